/* One clip between its request and its result, and the types that all parts of `clip` share. */
#ifndef SB_CLIP_CLIP_H
#define SB_CLIP_CLIP_H

#include <pthread.h>
#include <stdio.h>

#include "align/align.h"
#include "clip/sound/sound.h"
#include "media/media.h"
#include "soundbite/align.h"
#include "soundbite/clip.h"
#include "soundbite/media.h"
#include "soundbite/status.h"

/* Room tone: background sound of a room, in any length, made from pauses. */

/* Calm pieces from a few seconds of the episode's pauses. It does not change once made, so threads may share
 * it. */
typedef struct sb_room_tone sb_room_tone;

typedef struct sb_sample_span {
    size_t start, end; /* half-open */
} sb_sample_span;

/* Makes room tone from samples. `quiet` lists the pauses, the best first; with none, all `n` samples are
 * used. Breaths, clicks and the ends of words are excluded: only sound within 6 dB of the floor (the 20th
 * percentile of the energies of 5 ms) is used. If most of the sound is digital silence, the tone is digital
 * silence too. Returns SB_ERR_MEMORY. */
sb_status sb_room_tone_make(sb_room_tone **out, const float *const *planes, size_t n, int channels,
                            int sample_rate, const sb_sample_span *quiet, size_t n_quiet, sb_error *err);

/* Makes room tone from the pauses nearest to `near`, according to the alignment's speech list, mixed to
 * `channels` and resampled to `sample_rate`. The caller keeps the decoder, whose position changes. Returns
 * the statuses of sb_decoder_seek and sb_decoder_read, and SB_ERR_MEMORY. */
sb_status sb_room_tone_listen(sb_room_tone **out, sb_decoder *decoder, const sb_alignment *alignment,
                              sb_time near, int sample_rate, int channels, sb_error *err);

void sb_room_tone_free(sb_room_tone **tone);

/* Returns the RMS in dB relative to full scale, averaged over the channels; -HUGE_VAL for digital silence. */
double sb_room_tone_level_db(const sb_room_tone *tone);

/* Writes `n` samples of room tone to each plane. Pieces of varying length are joined at constant power where
 * their waveforms agree. The same `number` gives the same tone, so number the gaps of a file. There are no
 * fades at the ends. The number of channels is that of the tone. */
void sb_room_tone_fill(const sb_room_tone *tone, float *const *planes, size_t n, uint64_t number);

/* Comparing two moments of sound by the levels of their bands. */

#define SB_TIMBRE_BANDS     16 /* equal widths on the mel scale, 100 Hz to 8 kHz */
#define SB_TIMBRE_WINDOW_MS 20

typedef struct sb_timbre {
    float db[SB_TIMBRE_BANDS]; /* relative to full scale; levels below the floor are compressed towards it */
} sb_timbre;

/* Not to be shared by threads. Free it with sb_timbre_meter_free. */
typedef struct sb_timbre_meter {
    int window; /* samples that sb_timbre_read needs */
    int size;   /* of the transform: the next power of two */
    int edges[SB_TIMBRE_BANDS + 1];
    double floor[SB_TIMBRE_BANDS]; /* power below which differences are ignored; 0 at first */
    float *shape;                  /* Hann window */
    sb_spectrum *spectrum;
} sb_timbre_meter;

/* `rate` is at least 4000 Hz. Returns SB_ERR_MEMORY. */
sb_status sb_timbre_meter_create(sb_timbre_meter **out, int rate, sb_error *err);
void sb_timbre_meter_free(sb_timbre_meter **meter);

/* Measures `window` samples. */
void sb_timbre_read(sb_timbre_meter *meter, sb_timbre *out, const float *samples);

/* Returns the root mean square of the differences of the bands, in dB. */
double sb_timbre_distance(const sb_timbre *a, const sb_timbre *b);

/* Removing a stretch of sound so that the join is not audible.
 *
 * The join is searched as in WSOLA (Verhelst and Roelands, An overlap-add technique based on waveform
 * similarity, ICASSP 1993). Candidates keep the words and about the wanted pause. The best has the most
 * similar band levels on both sides; low levels are preferred. Within a few milliseconds around it, the place
 * with the highest waveform correlation is taken. The crossfade keeps the power constant for that correlation
 * (Fink, Holters, Zoelzer, Signal-matched power-complementary cross-fading, DAFx 2016).
 *
 * Whether the join is audible is measured on the joined sound: the change of its bands across the join is
 * compared with the changes at other moments of the clip. */

/* Samples [from, until) are removed and `fill` samples of room tone inserted. The crossfade from the sound at
 * `from` to that at `until` takes `fade` samples, half on each side; 0 at an edge of the clip. */
typedef struct sb_splice {
    int64_t from, until, fade, fill;
    double quality, correlation; /* as in sb_drop */
} sb_splice;

/* A word of the stretch that is repeated after it, so that the join may be inside the two. */
typedef struct sb_splice_twin {
    int64_t start, end; /* start and end of the first copy */
    int64_t again;      /* start of the second copy */
} sb_splice_twin;

#define SB_SPLICE_TWINS 4

/* The limits of a cut, in samples. */
typedef struct sb_splice_spot {
    int64_t before, first; /* end of the word before; start of the dropped words */
    int64_t last, after;   /* end of the dropped words; start of the word after */
    int64_t pause;         /* wanted length of the pause between the remaining words */
    sb_splice_twin twins[SB_SPLICE_TWINS];
    size_t n_twins;
} sb_splice_spot;

typedef struct sb_splicer {
    sb_clip_spool *raw;
    int rate;
    sb_timbre_meter *meter;
    double *changes; /* changes at other moments of the clip, ascending */
    size_t n_changes;
    float **planes;           /* buffers for one block */
    const sb_room_tone *tone; /* NULL: gaps cannot be filled */
} sb_splicer;

/* The caller keeps `raw`. A zeroed struct may be finished. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_splicer_init(sb_splicer *splicer, sb_clip_spool *raw, int rate, sb_error *err);
void sb_splicer_finish(sb_splicer *splicer);

/* Reads samples [at, at + n) of the clip as the mean of the channels; silence outside it. Returns
 * SB_ERR_IO. */
sb_status sb_splicer_read(sb_splicer *splicer, float *out, int64_t at, int64_t n, sb_error *err);

/* sb_splicer_change measures how the bands change around the middle of 2 * sb_splicer_reach samples: the
 * largest difference between two successive windows, in dB. */
int64_t sb_splicer_reach(const sb_splicer *splicer);
double sb_splicer_change(sb_splicer *splicer, const float *samples);

/* Returns the share of the clip's moments at which the bands change at least as much. */
double sb_splicer_share(const sb_splicer *splicer, double change);

/* Finds the best join for a stretch inside the clip, whatever its quality. The quality is 0 if there is none.
 * Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_splice_find(sb_splice *out, sb_splicer *splicer, const sb_splice_spot *spot, sb_error *err);

/* Applies splices, which are sorted and do not overlap. Replaces `raw`. Returns SB_ERR_MEMORY or
 * SB_ERR_IO. */
sb_status sb_splices_make(sb_splicer *splicer, const sb_splice *splices, size_t n, sb_error *err);

/* Returns the position of sample `at` after splicing. Removed samples map to the join. */
int64_t sb_splices_map(const sb_splice *splices, size_t n, int64_t at);

/* The two weights of a crossfade at sample `i` of `fade`, for sounds with correlation `r`. */
typedef struct sb_splice_weights {
    float out, in;
} sb_splice_weights;

sb_splice_weights sb_splice_weigh(int64_t i, int64_t fade, double r);

/* Decoding a written clip and measuring it. */

typedef struct sb_remeasured {
    double lufs;         /* NaN if it cannot be measured */
    double true_peak_db; /* -HUGE_VAL for silence */
    sb_mono_sound mono;  /* the whole sound at SB_MONO_HZ; no samples unless requested */
} sb_remeasured;

/* Decodes the whole file. `with_mono` keeps its sound. `kind` says how to measure the loudness. The caller
 * chooses it because a lossy file may be slightly longer than its clip and so exceed the limit of 3 s.
 * Returns the statuses of sb_decoder_open and sb_decoder_read and SB_ERR_MEMORY. */
sb_status sb_remeasure(sb_remeasured *out, const char *path, sb_loudness_kind kind, bool with_mono,
                       const sb_monitor *monitor, sb_error *err);
void sb_remeasured_finish(sb_remeasured *heard);

/* Choosing the gain of a clip. */

typedef struct sb_clip_aim {
    /* do not change the level, even if its peaks are too high; the other members are not used */
    bool keep_level;
    double target_lufs;
    double ceiling_db; /* ceiling for the true peak */
    bool has_gain;
    double gain_db; /* a fixed gain, for clips that follow a common loudness */
    bool has_kept;
    double kept_db; /* a lower ceiling with which the peaks of an earlier attempt were low enough */
} sb_clip_aim;

typedef struct sb_clip_level {
    double gain_db;
    bool limited; /* sb_true_peaks_apply is needed too */
    sb_loudness_kind kind;
    double lufs, true_peak_db; /* of the clip before encoding; NaN if unknown */
} sb_clip_level;

/* Chooses one linear gain. If a true peak would exceed the ceiling, a limiter is added, and unless the gain
 * is fixed, it is raised to compensate for the limiter. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_level_settle(sb_clip_level *level, sb_clip_sound *sound, const sb_clip_aim *aim,
                               sb_error *err);

/* Compares the measured file with the target. Returns true if another attempt is needed because the codec
 * raised a peak above the ceiling or changed the loudness by more than 0.15 LU; `aim` is then corrected. If
 * the ceiling was lowered so far that the loudness is too low although the peaks have headroom, the ceiling
 * is raised again by half of that. If the peaks are then too high, the lower ceiling is used again; so this
 * needs two of the `n_left` attempts. */
bool sb_clip_aim_adjust(sb_clip_aim *aim, const sb_clip_aim *wanted, const sb_clip_level *level,
                        const sb_remeasured *heard, int n_left);

/* Applies the level to a block of the sound at position `at`. */
void sb_clip_level_apply(const sb_clip_level *level, const sb_clip_sound *sound, float *const *planes,
                         int64_t at, size_t n);

/* A clip between its request and its result. */

/* What all clips of a call share. */
typedef struct sb_clip_source {
    const char *audio_path;
    const sb_alignment *alignment;
    const sb_render_params *call;
    const sb_media_info *info; /* of the decoder */
    const char *sha256;
    const sb_rehearer *rehearer; /* for certificates; NULL: none are made */
    const sb_monitor *cancel;    /* checked between blocks */
    /* size and rate of the file's own pictures; width 0 until they are needed */
    struct sb_pictures_form *pictures;
} sb_clip_source;

/* The properties of the file to write. */
typedef struct sb_clip_target {
    sb_clip_params params; /* as given, completed from the profile and the format */
    const sb_encoder_format *format;
    const char *codec; /* for the manifest */
    int bits;          /* of wav and flac; 0: the default */
    bool is_float;     /* wav */
    bool is_video;
    int width, height; /* of a video */
} sb_clip_target;

/* Words with times relative to a clip or a montage, one turn for each change of speaker. */
typedef struct sb_spoken {
    sb_aligned_turn *turns;
    size_t n_turns;
} sb_spoken;

typedef struct sb_clip_job {
    const sb_clip_source *source;
    const sb_clip_request *request;
    const sb_clip_params *params; /* those of `target` */
    sb_clip_target target;
    sb_clip_result *result;
    sb_clip_shape shape;
    sb_edge_audio around;
    double reference_lufs; /* loudness of the speaker or episode that determines the gain; NaN: unknown */
    sb_clip_spool raw;     /* samples of the source, collected while decoding */
    sb_splice *splices;    /* made in `raw`; NULL: none */
    size_t n_splices;
    sb_spoken spoken; /* the remaining words, in times of the clip; no turns if none were dropped */
    /* for the words of a montage that all come from one alignment; NULL: the words of the match */
    const struct sb_caption_span *spans;
    size_t n_spans;
    const sb_chapter *chapters;
    size_t n_chapters;
} sb_clip_job;

/* Returns true if all samples of the source are needed at once, in `raw`. */
bool sb_clip_job_needs_raw(const sb_clip_job *job);

/* Renders the sound in `raw`, as a clip and as part of a montage, and frees it. */
sb_status sb_clip_job_render_raw(sb_clip_job *job, sb_error *err);

/* Copies `given` to `own`. Values that are not set come from the profile, or else are the defaults of the
 * format. */
void sb_clip_target_settle(sb_clip_params *own, const sb_clip_params *given, bool is_video);

/* Sets the depth and the codec. Sound that keeps its level has the depth of a lossless source, if the format
 * supports it. `info` is that of the source; NULL if it is not known. */
void sb_clip_target_settle_depth(sb_clip_target *target, const sb_media_info *info);

/* Determines the properties of the file `path`. `source` is NULL if there are several source files. Returns
 * SB_ERR_UNSUPPORTED; SB_ERR_ARGUMENT for a video that is not .mp4 or that needs pictures of several files;
 * and the statuses of sb_video_check and sb_pictures_open. */
sb_status sb_clip_target_find(sb_clip_target *out, const char *path, const sb_clip_params *given,
                              const sb_clip_source *source, sb_error *err);

/* Adds a warning if the length is outside the profile's limits. Returns SB_ERR_MEMORY. */
sb_status sb_clip_warn_of_length(sb_clip_result *result, const sb_profile *profile, sb_time length,
                                 sb_error *err);

/* Checks that `path` can be written, within `folder` if that is not NULL. Returns SB_ERR_EXISTS, SB_ERR_IO or
 * SB_ERR_MEMORY if not. */
sb_status sb_clip_output_check(const char *folder, const char *path, bool overwrite, sb_error *err);

/* Opens the output `path`, within `folder` if that is not NULL, and creates missing folders. */
sb_status sb_clip_output_open(sb_output **out, const char *folder, const char *path, bool overwrite,
                              sb_error *err);

/* Finds the cut, fills the known members of the result, and checks the format and the output. The status is
 * also stored in the result. */
sb_status sb_clip_job_init(sb_clip_job *job, const sb_clip_source *source, const sb_clip_request *request,
                           sb_clip_result *result);

/* The range of source samples that the job needs: the cut, and more for its certificate. */
int64_t sb_clip_job_first(const sb_clip_job *job);
int64_t sb_clip_job_end(const sb_clip_job *job);

/* Levels, fades, encodes and writes `sound` and completes the result. `n_got` is the number of source samples
 * that were read. */
sb_status sb_clip_job_write(sb_clip_job *job, sb_clip_sound *sound, int64_t n_got, sb_error *err);

/* Adds a warning if `n_got` is less than the cut has. Returns an error if it is 0. */
sb_status sb_clip_job_note_end(sb_clip_job *job, int64_t n_got, sb_error *err);

/* Adds warnings about decoding events inside the clip. Returns SB_ERR_MEMORY. */
sb_status sb_clip_job_note_damage(sb_clip_job *job, const sb_media_report *report, sb_error *err);

void sb_join_finish(sb_join *join);
void sb_drop_finish(sb_drop *drop);

/* Removes a warning with this text from the result, if it has one. */
void sb_clip_result_unwarn(sb_clip_result *result, const char *text);

/* Adds a warning to the result. Returns SB_ERR_MEMORY. */
sb_status sb_clip_result_warn(sb_clip_result *result, sb_error *err, const char *format, ...) SB_PRINTF(3, 4);

#endif
