/* Rendering matches as audio or video clips, with captions, certificates and a manifest. */
#ifndef SOUNDBITE_CLIP_H
#define SOUNDBITE_CLIP_H

#include "soundbite/drop.h"
#include "soundbite/media.h"
#include "soundbite/quote.h"
#include "soundbite/video.h"

SB_BEGIN_DECLS

/* Caption formats. Bit i is the format that sb_clip_captions_format(i) names. */
typedef enum sb_clip_captions { SB_CLIP_SRT = 1, SB_CLIP_VTT = 2, SB_CLIP_ASS = 4 } sb_clip_captions;
/* The checks of a certificate. */
typedef enum sb_certificate_check {
    SB_CERTIFICATE_SOUND = 1, /* the file's sound differs from the source, or is at another position */
    /* More than a fifth of the requested words were not heard; or the clip has a turn beside an inserted
     * passage, no word of which is proven in the episode. */
    SB_CERTIFICATE_WORDS = 2,
    /* more than 35 ms of it is outside the clip, or 20 ms if there is a pause nearby */
    SB_CERTIFICATE_FIRST_WORD = 4,
    SB_CERTIFICATE_LAST_WORD = 8,         /* the same for the last word */
    SB_CERTIFICATE_NEIGHBOUR_BEFORE = 16, /* more than 35 ms of another word is in the clip */
    SB_CERTIFICATE_NEIGHBOUR_AFTER = 32,
    SB_CERTIFICATE_START_EDGE = 64, /* speech continues across the edge although the cut assumed a pause */
    SB_CERTIFICATE_END_EDGE = 128,
    /* more than 0.5 LU from the target, for a clip of at least 3 s with its own gain */
    SB_CERTIFICATE_LOUDNESS = 256,
    SB_CERTIFICATE_TRUE_PEAK = 512, /* more than 0.1 dB above the ceiling */
    /* the alignment's pairing is not SB_PAIRING_OK, so words that are heard at the expected place prove
     * little */
    SB_CERTIFICATE_PAIRING = 1024,
} sb_certificate_check;

/* The answer to a question that cannot always be decided. */
typedef enum sb_answer { SB_ANSWER_UNKNOWN, SB_ANSWER_NO, SB_ANSWER_YES } sb_answer;

/* The result of checking a written file. The file is decoded and compared with the source, and the acoustic
 * model looks for its words and the words beside it. Without a model for the language, or if most words are
 * in no dictionary, only the energy is checked. That proves nothing about the words. */
typedef struct sb_certificate {
    bool made;     /* false: no certificate was made and all other fields are 0 */
    bool acoustic; /* the acoustic model looked for the words; otherwise only the energy was checked */
    sb_answer first_word_whole, last_word_whole;
    size_t words_asked, words_heard; /* words that have a pronunciation */
    /* missing parts of the first and last word; SB_TIME_NONE if unknown */
    sb_time lost_at_start, lost_at_end;
    /* parts of neighbouring words in the clip; SB_TIME_NONE if unknown */
    sb_time neighbour_before, neighbour_after;
    /* level of the outermost 20 ms above the room noise; NaN if unknown */
    double start_edge_db, end_edge_db;
    double loudness_lufs, true_peak_db; /* of the file; NaN or -infinity if it cannot be measured */
    unsigned failed;                    /* the failed checks, as bits of sb_certificate_check */
} sb_certificate;

/* Returns the name of failed check `index` in `failed`, such as "first-word". Returns NULL beyond the
 * last. */
SB_API const char *sb_certificate_failure(unsigned failed, size_t index);
/* Returns the bit of the check called `name`, or 0 if there is no such check. */
SB_API unsigned sb_certificate_check_find(const char *name);

/* Which part of the file has the target loudness. SPEAKER and EPISODE keep the level differences between
 * clips: a quiet remark stays quiet. They read the whole file one more time. */
typedef enum sb_loudness_of {
    SB_LOUDNESS_OF_CLIP,
    /* all turns of the clip's speaker; turns without a speaker count as one speaker */
    SB_LOUDNESS_OF_SPEAKER,
    SB_LOUDNESS_OF_EPISODE /* the whole file */
} sb_loudness_of;

struct sb_clip_result;

/* Defaults of sb_clip_params. */
#define SB_LOUDNESS_SOUND (-16.0) /* in LUFS */
#define SB_LOUDNESS_VIDEO (-14.0) /* in LUFS */
#define SB_TRUE_PEAK      (-1.0)  /* in dBTP */

/* How one clip is made. A zeroed struct means the defaults. sb_clip_params_check checks the ranges. */
typedef struct sb_clip_params {
    sb_cut_params cut;
    /* Target of the integrated loudness, from -70 to 0 LUFS. 0, unless `has_loudness_lufs` is set: the
     * profile's, or else SB_LOUDNESS_SOUND for audio and SB_LOUDNESS_VIDEO for video. */
    double loudness_lufs;
    /* Ceiling of the true peak, from -20 to 0 dBTP. 0, unless `has_true_peak_db` is set: SB_TRUE_PEAK. */
    double true_peak_db;
    bool has_loudness_lufs, has_true_peak_db; /* use the value even if it is 0 */
    bool keep_level;                          /* leave the level as it is; there is no loudness target */
    sb_loudness_of loudness_of;
    int sample_rate; /* in Hz, from 8000 to 192000; 0: as the source, or the next rate of the format */
    /* 0: as the source, or 2 if the format does not support so many. 1 and 2 mix the channels. A larger
     * number must be the number of the source. */
    int channels;
    int64_t bit_rate; /* bits per second, from 6000 to 512000; 0: the format's default */
    /* Bits per sample for wav (16, 24 or 32) and flac (16 or 24). 0 means 16, or with `keep_level` the bits
     * of a lossless source; wav then also keeps floating-point samples of 32 bits. */
    int bits;
    unsigned captions;  /* bits of sb_clip_captions: one caption file per bit is written beside the clip */
    bool caption_names; /* captions name the speakers */
    bool copy;          /* copy the source's packets unchanged; see sb_clip_params_check */
    unsigned drop;      /* bits of sb_drop_kind: words to leave out; 0: none */
    const sb_fillers *fillers; /* the filler words; NULL: the built-in list, for English */
    bool no_certificate;       /* do not check the written file */
    /* If the certificate of a clip fails, or the alignment's pairing is not SB_PAIRING_OK, the clip fails and
     * its file is not kept. */
    bool strict;
    sb_video_params video;     /* for files that end in .mp4 */
    const sb_profile *profile; /* defaults for parameters that are not set; NULL: none */
} sb_clip_params;

/* How a call of sb_clip_render works. It holds for all its clips. A zeroed struct means the defaults. */
typedef struct sb_render_params {
    int jobs;       /* clips encoded in parallel, up to 256; 0: the number of cores */
    bool overwrite; /* replace files that exist; otherwise such a clip fails with SB_ERR_EXISTS */
    bool dry_run;   /* do everything except writing files */
    /* the caller has compared the alignment with this audio (sb_alignment_fit); do not hash it again */
    bool fits;
    /* For certificates, as in sb_align_params. NULL: the installed model, and no dictionary. A dictionary in
     * the phones of another model is ignored. */
    const char *acoustic_model;
    const sb_dictionary *dictionary;
    /* How to decode; selects the stream that was aligned. Its monitor is not used. NULL: the best stream. */
    const sb_media_params *media;
    const sb_monitor *monitor; /* NULL: none */
    /* Called once per clip, after it was written or failed. It may be called on any thread, but never by two
     * threads at once. NULL: not called. */
    void (*done)(void *user, const struct sb_clip_result *result);
    void *done_user;
} sb_render_params;

/* Checks parameters for conflicts. Returns SB_ERR_ARGUMENT if two options conflict; the message names both.
 * The conflicts are:
 *     - `copy` with a level, fade, rate, channels, bit rate, picture, profile or dropped words;
 *     - the file's own pictures with a background or a title, or with dropped words;
 *     - `keep_level` with a loudness target, or with the loudness of a speaker or episode;
 *     - `strict` with dropped words, with a draft or with `no_certificate`, because such a clip has no
 *       certificate. */
SB_API sb_status sb_clip_params_check(const sb_clip_params *params, sb_error *err);

/* A request for one clip. The strings must stay valid until the render call returns. */
typedef struct sb_clip_request {
    const char *id; /* for the manifest; any text or NULL */
    /* The path of the transcript or the alignment file, for the manifest. NULL: the path in the alignment. */
    const char *transcript;
    /* The file to write. Its extension is the format. NULL if only the montage is wanted. */
    const char *path;
    /* The folder that the file must be in: the beginning of `path`, or "." for a relative path. A symbolic
     * link in the rest of the path that leads out of it is an error. NULL: any folder. */
    const char *folder;
    const sb_match *match;
    const sb_clip_params *params; /* NULL: the defaults */
    struct sb_montage *montage;   /* the clip is also part `part` of this montage; NULL: none */
    size_t part;
} sb_clip_request;

/* One quote in a montage. */
typedef struct sb_join {
    char *id, *speaker, *text;
    char *audio; /* the file it was cut from, as the caller named it */
    char source_sha256[65];
    sb_span speech;       /* in the source */
    sb_span place;        /* of its sound with padding, in the montage */
    sb_span speech_place; /* of its speech in the montage */
    /* loudness before levelling, and the gain that was applied; NaN if unknown */
    double loudness_lufs, gain_db;
    sb_drop *drops; /* the words that were left out of it */
    size_t n_drops;
    /* transition from the quote before; at least one of them is 0, and both are 0 for the first quote */
    sb_time gap, crossfade;
} sb_join;

/* The result of one request. The manifest line has the same fields. sb_clip_result_finish frees it. */
typedef struct sb_clip_result {
    sb_status status;
    sb_error error; /* set if the status is not SB_OK */
    char *file, *id, *text, *codec;
    char *speaker;   /* the names of all speakers, separated by ", "; NULL if no speaker has a name */
    char **speakers; /* each name once, in the order in which they begin to speak */
    size_t n_speakers;
    /* The source: the audio as the caller named it, its name without folder and extension, and the
     * transcript. NULL for a montage. */
    char *audio, *episode, *transcript;
    sb_cut cut;
    sb_span asked; /* span of the match */
    /* the cut in samples of the source; for a copy, the part that the file plays */
    int64_t start_sample, end_sample;
    int source_rate;
    sb_time lead, tail; /* silence before and after the speech, as it was cut */
    float confidence;
    /* Measured on the written file. NaN or -HUGE_VAL if it cannot be measured. */
    double loudness_lufs, true_peak_db;
    double gain_db; /* the gain that was applied, without the limiter's reduction */
    sb_certificate certificate;
    char sha256[65], source_sha256[65];
    char **captions; /* paths of the caption files, in the order of their formats */
    size_t n_captions;
    int video_width, video_height; /* in pixels; 0 for audio */
    char **warnings;
    size_t n_warnings;
    char *asked_text; /* all words of the match, including dropped ones */
    sb_drop *drops;   /* set if the parameters drop words */
    size_t n_drops;
    sb_time length; /* length of the file; planned length for a dry run */
    /* Quotes of a montage. For the montage itself, `cut` and `asked` are SB_TIME_NONE, and the samples are
     * -1. */
    sb_join *joins;
    size_t n_joins;
} sb_clip_result;

/* Renders `n` clips of one audio file. The file is read once, or with one seek per clip, whichever is faster.
 * Clips are encoded on several threads. results[i] is the result of requests[i] and is set even if other
 * clips fail; `results` has room for `n`. Each clip appears together with its captions: if either fails,
 * neither is kept. Captions have the words that were heard, with times relative to the clip. `params`,
 * `notes` and `err` may be NULL.
 *
 * The call fails only if no clip could be made. Returns SB_ERR_IO, SB_ERR_FORMAT or SB_ERR_NO_AUDIO if the
 * file cannot be decoded; SB_ERR_MISMATCH if it is not the aligned file (compared by SHA-256 up to 1 GB,
 * above that by rate and channels); SB_ERR_INTERRUPTED; SB_ERR_MEMORY. */
SB_API sb_status sb_clip_render(sb_clip_result *results, const char *audio_path,
                                const sb_alignment *alignment, const sb_clip_request *requests, size_t n,
                                const sb_render_params *params, sb_notes *notes, sb_error *err);
/* Frees the result's strings and lists. */
SB_API void sb_clip_result_finish(sb_clip_result *result);

/* Appends the manifest line of a result: one JSON object without newline. If an allocation fails, out->failed
 * is set. */
SB_API void sb_clip_result_write_json(sb_bytes *out, const sb_clip_result *result);
/* Append the same manifest as CSV. The header is a byte order mark, so that spreadsheets read UTF-8, and a
 * line of column names. Each result is one line. Cells that a spreadsheet would read as a formula get a
 * prefix that prevents it. If an allocation fails, out->failed is set. */
SB_API void sb_clip_result_write_csv_header(sb_bytes *out);
SB_API void sb_clip_result_write_csv(sb_bytes *out, const sb_clip_result *result);

/* Returns the name of caption format `index`, which is bit `index` of sb_clip_captions. Returns NULL beyond
 * the last. */
SB_API const char *sb_clip_captions_format(size_t index);

/* Returns the path of a clip's captions: the clip's path with the extension of format `index`. The caller
 * frees it. Returns NULL if memory runs out. */
SB_API char *sb_clip_captions_path(const char *clip_path, size_t index);

/* A template for file names, such as "clips/{n:02}-{speaker}-{slug}.mp3". The fields are n, speaker, slug,
 * phrase, start, end, episode and id. Fields are made safe for file names, so a path never leaves the
 * template's folder. */
typedef struct sb_template sb_template;
/* Parses a template. Returns SB_ERR_ARGUMENT for an unknown field or a missing brace; the message gives the
 * column. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_template_read(sb_template **out, const char *text, sb_error *err);
/* Returns the path for match number `n`. `episode` and `id` may be NULL. The caller frees the path. Returns
 * NULL if memory runs out. */
SB_API char *sb_template_path(const sb_template *tmpl, const sb_match *match, size_t n, const char *episode,
                              const char *id);
/* Returns the folder of all paths: the part of the template before its first field, up to a slash; "." if
 * there is none. The caller frees it. Returns NULL if memory runs out. */
SB_API char *sb_template_folder(const sb_template *tmpl);
/* True if there is a field. A template without one is a path that the user chose, also through links. */
SB_API bool sb_template_has_field(const sb_template *tmpl);
/* Returns true if two matches can get different names. */
SB_API bool sb_template_varies(const sb_template *tmpl);
SB_API void sb_template_free(sb_template **tmpl);

/* Makes paths distinct on any file system, ignoring case and Unicode normal form, by adding -2, -3 ... before
 * the extension. Replaces the strings in place. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_clip_paths_distinct(char **paths, size_t n, sb_error *err);

/* Does the same, but makes the paths distinct without their extensions. Use it for clips with captions. */
SB_API sb_status sb_clip_stems_distinct(char **paths, size_t n, sb_error *err);

SB_END_DECLS

#endif
