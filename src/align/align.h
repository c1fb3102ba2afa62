/* The aligners for the rest of the library: features from one decode pass, and the check of a clip's
 * words. */
#ifndef SB_ALIGN_ALIGN_H
#define SB_ALIGN_ALIGN_H

#include "acoustic/acoustic.h"
#include "soundbite/align.h"
#include "soundbite/status.h"
#include "speech/speech.h"

/* Chunks: the text in pieces short enough for forced alignment, cut in pauses between words with known
 * places. */

typedef struct sb_word_range {
    size_t first, end;
} sb_word_range;

/* A chunk finds the positions of the words in `own`. All words in `heard` are searched in `sound`, so that
 * the own words have neighbours if the edge of the sound is uncertain. If text and audio differ (an ad, a
 * passage that was cut out), both have a second part, and the sound between the parts is skipped; otherwise
 * the second part is empty. Word indices count all words of the text. */
typedef struct sb_chunk {
    sb_word_range own;
    sb_word_range heard[2];
    sb_span sound[2];
    bool join; /* text and audio differ in it: many words may be missing */
    /* of a join, for each part: a span in which its own speakers certainly speak; empty if there is none */
    sb_span known[2];
} sb_chunk;

typedef struct sb_chunks {
    sb_chunk *items;
    size_t n_items;
} sb_chunks;

#define SB_CHUNK_SECONDS_MAX 60
#define SB_CHUNK_WORDS_MAX   400

typedef struct sb_chunk_plan {
    const sb_alignment *alignment; /* most words have positions, accurate to about a second */
    const bool *skip;              /* one per turn: it is not searched */
    const bool *anchored;          /* one per word: its position is known to 100 ms; NULL: none are */
    sb_time begin;                 /* where the first sound begins, see sb_cepstra.n_lead */
    sb_time context;               /* additional sound at uncertain edges; 0: 2.5 s */
} sb_chunk_plan;

/* Plans chunks of about 14 s, within the limits above. The `own` ranges do not overlap. Returns
 * SB_ERR_MEMORY. */
sb_status sb_chunks_plan(sb_chunks *out, const sb_chunk_plan *plan, sb_error *err);
void sb_chunks_finish(sb_chunks *chunks);

/* Features for the acoustic aligner, computed in the decode pass so that the samples need not be kept. */

/* From time zero of the file: cepstra of mono at the model's rate, and band levels of 16 kHz mono. */
typedef struct sb_features {
    sb_cepstra cepstra;
    sb_band_levels levels;
} sb_features;

/* Computes the features, on its own thread if there are two cores and more than a second of sound. */
typedef struct sb_features_maker sb_features_maker;

/* `front_end` is that of the model; NULL means sb_front_end_default. Returns SB_ERR_UNSUPPORTED if the
 * library was built without acoustic alignment or the rate cannot be converted, or SB_ERR_MEMORY. */
sb_status sb_features_maker_create(sb_features_maker **out, int sample_rate, int channels,
                                   const sb_front_end *front_end, sb_error *err);
void sb_features_maker_free(sb_features_maker **maker);

/* The result is the mean of all channels. While the channels cancel each other out, one channel is used
 * alone. Returns SB_ERR_MEMORY. */
sb_status sb_features_push(sb_features_maker *maker, const float *const *planes, size_t n_samples,
                           sb_error *err);

/* Returns SB_ERR_MEMORY. */
sb_status sb_features_end(sb_features_maker *maker, sb_features *out, sb_error *err);
void sb_features_finish(sb_features *features);

/* The alignment from all features. */

/* NULL if the acoustic model is used. Otherwise the reason as a sentence, or "" if it was not requested. */
const char *sb_align_without_model(const sb_align_params *params);

/* The alignment of audio without a transcript; see sb_alignment_from_audio. Returns SB_ERR_MEMORY. */
sb_status sb_align_without_text(sb_alignment **out, const sb_speech *speech, const sb_align_audio *audio,
                                sb_error *err);

/* Like sb_alignment_from_speech, with the features for the acoustic model. Without features (NULL) it aligns
 * by energy, and `why` is the reason to record; NULL: none. */
sb_status sb_align_features(sb_alignment **out, const sb_speech *speech, const sb_features *features,
                            const char *why, const sb_transcript *transcript, const sb_align_audio *audio,
                            const sb_align_params *params, sb_error *err);

/* A file, once all of it was decoded. `audio` points into the other members. */
typedef struct sb_heard_file {
    sb_speech *speech;
    sb_features features;
    char sha256[SB_SHA256_TEXT], packets[SB_SHA256_TEXT];
    char *path, *codec, *damage;
    sb_align_audio audio;
} sb_heard_file;

/* Reads a file, with the features for `front_end` unless it is NULL. Damage and other events become notes.
 * `media`, `monitor` and `notes` may be NULL. Returns the statuses of sb_decoder_open, and
 * SB_ERR_INTERRUPTED. The caller calls sb_heard_file_finish also after a failure. */
sb_status sb_heard_file_read(sb_heard_file *out, const char *path, const struct sb_media_params *media,
                             const sb_front_end *front_end, const sb_monitor *monitor, sb_notes *notes,
                             sb_error *err);
void sb_heard_file_finish(sb_heard_file *file);

/* Conversion to mono, at 16 kHz or at the rate of an acoustic model. */

#define SB_MONO_HZ 16000

typedef struct sb_mono_maker sb_mono_maker;

/* Converts to mono at `mono_hz`. Returns SB_ERR_MEMORY, or SB_ERR_UNSUPPORTED if the rate cannot be
 * converted. */
sb_status sb_mono_maker_create(sb_mono_maker **out, int sample_rate, int channels, int mono_hz,
                               sb_error *err);
void sb_mono_maker_free(sb_mono_maker **maker);

/* Called with every block of the result. Its first failure stops the work. */
typedef sb_status (*sb_mono_take)(void *user, const float *mono, size_t n, sb_error *err);

/* A growing buffer of mono sound. The caller frees `samples`. */
typedef struct sb_mono_sound {
    float *samples;
    size_t n, capacity;
} sb_mono_sound;

/* An sb_mono_take that appends to an sb_mono_sound. Returns SB_ERR_MEMORY. */
sb_status sb_mono_keep(void *sound, const float *mono, size_t n, sb_error *err);

/* The result is the mean of all channels. While the channels cancel each other out, one channel is used
 * alone. Returns SB_ERR_MEMORY. */
sb_status sb_mono_push(sb_mono_maker *maker, const float *const *planes, size_t n_samples, sb_mono_take take,
                       void *user, sb_error *err);

/* Passes on the sound that the resampler has buffered. */
sb_status sb_mono_end(sb_mono_maker *maker, sb_mono_take take, void *user, sb_error *err);

/* Probing: whether a text was said in an audio file, from a few windows of its sound. Each file is decoded
 * once for many texts. */

/* The windows of one audio file: how well each phone explains each 20 ms of them. About 80 kB per window. */
typedef struct sb_audio_probe sb_audio_probe;

/* Decodes twelve windows of ten seconds at equal distances, or the first eight minutes of a file that is
 * short by its header. A file without a length in its header is decoded once more, to find it. `model` must
 * live longer. `media` and `monitor` may be NULL. Returns the statuses of sb_decoder_open; SB_ERR_NO_SPEECH
 * if there is no sound. */
sb_status sb_audio_probe_create(sb_audio_probe **out, const char *path, const sb_acoustic_model *model,
                                const struct sb_media_params *media, const sb_monitor *monitor,
                                sb_error *err);
void sb_audio_probe_free(sb_audio_probe **probe);

/* The length of the file by its header, or as decoded if the header does not say. */
sb_time sb_audio_probe_duration(const sb_audio_probe *probe);

/* The words of a transcript with their pronunciations. */
typedef struct sb_text_probe sb_text_probe;

/* `dictionary` may be NULL. Returns SB_ERR_UNSUPPORTED if most words have no pronunciation; SB_ERR_ARGUMENT
 * if there are no words; SB_ERR_MEMORY. */
sb_status sb_text_probe_create(sb_text_probe **out, const sb_transcript *transcript,
                               const sb_acoustic_model *model, const sb_dictionary *dictionary,
                               sb_error *err);
void sb_text_probe_free(sb_text_probe **probe);

typedef struct sb_probe_result {
    sb_pairing pairing; /* OK needs more evidence than an unrelated text can have, as in sb_pairing_judge */
    double evidence;    /* in nats above chance; 0: nothing was heard */
    size_t n_windows, n_found; /* searched, and with words of the text in its order */
} sb_probe_result;

/* Searches the windows for the text. If the first four have nothing, the others are not searched. Several
 * threads may call it at once. Returns SB_ERR_MEMORY. */
sb_status sb_probe_compare(sb_probe_result *out, const sb_audio_probe *audio, const sb_text_probe *text,
                           sb_error *err);

/* The check of a clip: whether it contains all requested words completely, and no part of other words. */

/* Data that all clips of one alignment share: the model, the pronunciations, the level of the room noise. */
typedef struct sb_rehearer sb_rehearer;

/* `asked` are the words that will be checked, counted through the whole text. The alignment must live
 * longer. `model` and `dictionary` are those of sb_align_params, so that clips are checked with the model
 * of the alignment; NULL means the installed model and no dictionary. Without a model only the sound is
 * checked. A dictionary in the phones of another model is ignored. Returns SB_ERR_IO, SB_ERR_FORMAT or
 * SB_ERR_UNSUPPORTED for the files of the model, or SB_ERR_MEMORY. */
sb_status sb_rehearer_create(sb_rehearer **out, const sb_alignment *alignment, const sb_word_range *asked,
                             size_t n_asked, const char *model, const sb_dictionary *dictionary,
                             sb_error *err);
void sb_rehearer_free(sb_rehearer **rehearer);

#define SB_REHEAR_CONTEXT (3 * SB_TIME_SECOND / 2) /* of the source, outside each edge of the cut */
#define SB_REHEAR_OVERLAP SB_TIME_SECOND           /* and inside */

/* Sound of the source around one edge of the cut, at SB_MONO_HZ. `cut` is its sample at which the clip
 * starts or ends. */
typedef struct sb_edge_sound {
    const float *samples;
    size_t n, cut;
} sb_edge_sound;

typedef struct sb_rehear_sound {
    const float *clip; /* decoded from the file, at SB_MONO_HZ */
    size_t n_clip;
    sb_edge_sound start, end;
    sb_span span; /* of the cut, in the source */
} sb_rehear_sound;

#define SB_REAL_PAUSE (100 * SB_TIME_MS) /* no closure inside a word is so long */

typedef struct sb_reheard_edge {
    /* Shift of the file's sound relative to the cut; SB_TIME_NONE: it is not the sound of the source. */
    sb_time moved;
    /* part of the outermost word that is outside the clip; SB_TIME_NONE: the word was not heard */
    sb_time lost;
    bool before_pause; /* the lost sound crosses the edge and ends in silence */
    /* sound inside the clip that belongs to a neighbouring word or crosses the edge; SB_TIME_NONE: not
     * known */
    sb_time foreign;
    /* Length of the silence around the edge. 0 if there is sound within 20 ms of it, or if the room is as
     * loud as the speech, which hides what is silent. */
    sb_time quiet;
    /* The distance from the edge to the outermost word or to the nearest neighbour that was heard, whichever
     * is shorter. Negative if the edge is inside one of them; SB_TIME_NONE if the word was not heard. */
    sb_time margin;
    bool ends_sentence; /* a sentence or a turn ends between the outermost word and its neighbour */
    bool runs_on;       /* sound as loud as speech is on both sides of the edge */
    double level_db;    /* the outermost 20 ms of the file, relative to the room; NaN if unknown */
} sb_reheard_edge;

typedef struct sb_reheard {
    bool acoustic; /* false: nothing is known about words, for example because most are in no dictionary */
    size_t n_asked,
        /* number of words with a pronunciation; number of these that were heard, unless the alignment says
         * that they were not said */
        n_heard;
    sb_reheard_edge start, end;
} sb_reheard;

/* The result does not depend on the alignment's times of the requested words. These are only used to find
 * the surrounding words, to a tenth of a second. Several threads may call it at once. Returns
 * SB_ERR_MEMORY. */
sb_status sb_rehear(sb_reheard *out, const sb_rehearer *rehearer, const sb_rehear_sound *sound,
                    sb_word_range asked, sb_error *err);

#endif
