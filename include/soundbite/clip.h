/* Clips: matches rendered as files, one by one or by the hundred. */
#ifndef SOUNDBITE_CLIP_H
#define SOUNDBITE_CLIP_H

#include "soundbite/drop.h"
#include "soundbite/media.h"
#include "soundbite/quote.h"
#include "soundbite/video.h"

#include <math.h>

/* The formats of captions beside a clip, numbered as sb_clip_captions_format has them. */
typedef enum sb_clip_captions { SB_CLIP_SRT = 1, SB_CLIP_VTT = 2, SB_CLIP_ASS = 4 } sb_clip_captions;
/* What a certificate found wrong. */
typedef enum sb_certificate_check {
    SB_CERTIFICATE_SOUND = 1,      /* the file's sound is not the source's, or not where the cut is */
    SB_CERTIFICATE_WORDS = 2,      /* more than a fifth of the words asked for was not heard */
    SB_CERTIFICATE_FIRST_WORD = 4, /* over 35 ms of it lie outside the clip, or 20 where a pause is near */
    SB_CERTIFICATE_LAST_WORD = 8,  /* the same */
    SB_CERTIFICATE_NEIGHBOUR_BEFORE = 16, /* over 35 ms of another word are heard */
    SB_CERTIFICATE_NEIGHBOUR_AFTER = 32,
    SB_CERTIFICATE_START_EDGE = 64, /* speech goes on across the edge, where the cut took it for a pause */
    SB_CERTIFICATE_END_EDGE = 128,
    SB_CERTIFICATE_LOUDNESS =
        256, /* over 0.5 LU off what was asked for, in a clip of 3 s or more whose gain is its own */
    SB_CERTIFICATE_TRUE_PEAK = 512, /* over 0.1 dB above the ceiling */
} sb_certificate_check;

typedef enum sb_answer { SB_ANSWER_UNKNOWN, SB_ANSWER_NO, SB_ANSWER_YES } sb_answer;

/* What hearing the written file again has shown. It is decoded, compared with the source, and its words and those beside them are
 * looked for in it by the acoustic model; without one for the language, or where most of its words are in no dictionary, by
 * energy alone, which knows nothing of words. */
typedef struct sb_certificate {
    bool made; /* false: there is none, and the rest is zero */
    bool acoustic;
    sb_answer first_word_whole, last_word_whole;
    size_t words_asked, words_heard;           /* of those that can be said */
    sb_time lost_at_start, lost_at_end;        /* of the outermost words; SB_TIME_NONE unknown */
    sb_time neighbour_before, neighbour_after; /* of other words, within the clip; SB_TIME_NONE unknown */
    double start_edge_db, end_edge_db;  /* the outermost 20 ms of the file over the room; NaN unknown */
    double loudness_lufs, true_peak_db; /* of the file; NaN or -infinity where it has none */
    unsigned failed;                    /* of sb_certificate_check */
} sb_certificate;

/* The name of a check that failed ("first-word"); NULL beyond the last. */
SB_API const char *sb_certificate_failure(unsigned failed, size_t index);
/* The bit of a check by its name; 0 where there is none. */
SB_API unsigned sb_certificate_check_find(const char *name);

/* Whose loudness is brought to the target. By the speaker's or the episode's, clips keep their relations: what was said
 * softly stays soft. The file is then read once more, from beginning to end. */
typedef enum sb_loudness_of {
    SB_LOUDNESS_OF_CLIP,
    SB_LOUDNESS_OF_SPEAKER, /* all turns of the clip's speaker; those of nobody named count as one */
    SB_LOUDNESS_OF_EPISODE  /* the whole file */
} sb_loudness_of;

struct sb_clip_result;

typedef struct sb_clip_params {
    sb_cut_params cut;
    double loudness_lufs; /* integrated target; NaN leaves the level alone */
    sb_loudness_of loudness_of;
    double true_peak_db;       /* ceiling in dBTP that the gain respects; NaN is -1 */
    int sample_rate;           /* 0 as the source, or the next the format can hold */
    int channels;              /* 0 as the source; 1 or 2 mixes */
    int64_t bit_rate;          /* 0 the format's default */
    int bits;                  /* 0 is 16 */
    unsigned captions;         /* of sb_clip_captions: a file each beside the clip */
    bool caption_names;        /* the captions say who speaks */
    bool copy;                 /* packets of the source untouched: see sb_clip_params_check */
    unsigned drop;             /* of sb_drop_kind: words left out of the clip; 0 none */
    const sb_fillers *fillers; /* what fillers are; NULL the built-in list, for English transcripts */
    bool overwrite;
    bool dry_run;               /* everything but writing */
    int jobs;                   /* clips encoded at once; 0 is the number of cores */
    bool no_certificate;        /* the file is not heard again */
    bool strict;                /* a clip whose certificate fails is an error, and its file is not kept */
    const char *acoustic_model; /* for the certificate: as sb_align_params has it; NULL the one installed */
    const sb_dictionary
        *dictionary; /* for the certificate: as sb_align_params has it; NULL none. In the phones of another
                                        model it is passed over */
    const sb_media_params *media; /* the stream that was aligned; NULL the best */
    const sb_monitor *monitor;
    /* Told of each clip once it is written or has failed, from any thread, one at a time; NULL nobody is. */
    void (*done)(void *user, const struct sb_clip_result *result);
    void *done_user;

    /* Of files that end in .mp4. */
    sb_video_params video;
    /* Says what is not given otherwise; NULL none. */
    const sb_profile *profile;
} sb_clip_params;

/* A loudness target: what the profile says, without one -16 LUFS, of a video -14. */
#define SB_LOUDNESS_NORM ((double)INFINITY)

#define SB_CLIP_PARAMS_DEFAULT                                                                               \
    ((sb_clip_params){.cut = SB_CUT_PARAMS_DEFAULT, .loudness_lufs = SB_LOUDNESS_NORM, .true_peak_db = -1})

/* SB_ERR_ARGUMENT where two wishes exclude each other, with both in the message: a copy has no level, fade, rate, channels,
 * bit rate or picture of its own, pictures of the file have no background and title, a level that is left alone is reached by
 * nothing, and a clip with words dropped has no certificate to be strict about. */
SB_API sb_status sb_clip_params_check(const sb_clip_params *params, sb_error *err);

/* One clip asked for. Strings stay the caller's until the render call returns. */
typedef struct sb_clip_request {
    const char *id; /* free text for the manifest; NULL none */
    const char
        *path; /* the file to write; its extension is the format. NULL where the montage alone is wanted */
    const sb_match *match;
    const sb_clip_params *
        params; /* of this clip alone (not its jobs, media, monitor, acoustic_model, dictionary, done); NULL those of the call */
    struct sb_montage *montage; /* the quote is part `part` of it too; NULL none. See soundbite/montage.h */
    size_t part;
} sb_clip_request;

/* A quote in a montage. */
typedef struct sb_join {
    char *id, *speaker, *text;
    char *audio; /* the file it was cut from, as it was named */
    char source_sha256[65];
    sb_span speech;                /* in the source */
    sb_span place;                 /* of its sound in the montage, padding and all */
    sb_span speech_place;          /* of its speech in the montage */
    double loudness_lufs, gain_db; /* before, and what was done to be even with the others; NaN unknown */
    sb_drop *drops;                /* what was dropped from it */
    size_t n_drops;
    sb_time gap, crossfade; /* between the quote before and this one; one of them is 0; both for the first */
} sb_join;

/* What became of a request; the manifest line has the same fields. */
typedef struct sb_clip_result {
    sb_status status;
    sb_error error; /* where status is not SB_OK */
    char *file, *id, *speaker, *text, *codec;
    sb_cut cut;
    sb_span asked;                    /* the match's own span */
    int64_t start_sample, end_sample; /* the cut in the source's samples; of a copy what its file presents */
    int source_rate;
    sb_time lead, tail; /* got */
    float confidence;
    double loudness_lufs,
        true_peak_db; /* of the file, decoded again; NaN or -HUGE_VAL where it cannot be measured */
    double gain_db;   /* the one linear gain, without what a limiter took */
    sb_certificate certificate;
    char sha256[65], source_sha256[65];
    char **captions; /* the files, in the order of their formats */
    size_t n_captions;
    int video_width, video_height; /* pixels; 0 for sound alone */
    char **warnings;
    size_t n_warnings;
    char *asked_text; /* all words of the match, those dropped as well */
    sb_drop *drops;   /* where the params drop anything */
    size_t n_drops;
    sb_time length; /* of the file; on a dry run as planned */
    sb_join *joins; /* of a montage, whose own cut, asked and samples are SB_TIME_NONE and -1 */
    size_t n_joins;
} sb_clip_result;

/* Renders `n` clips of one audio file: one pass over the file, or one seek a clip, whichever is cheaper; encodes on
 * several threads. results[i] belongs to requests[i] whatever happens to the others; the call itself fails only
 * where nothing could be done (SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_NO_AUDIO, SB_ERR_MEMORY, SB_ERR_INTERRUPTED, SB_ERR_MISMATCH when
 * the file is not what the alignment was made from: by its SHA-256 up to 1 GB, beyond by rate and channels).
 * Captions are written beside a clip or, where either fails, neither gets its name; they hold the words that were heard, in times of the clip.
 * `results` has room for n. */
SB_API sb_status sb_clip_render(sb_clip_result *results, const char *audio_path,
                                const sb_alignment *alignment, const sb_clip_request *requests, size_t n,
                                const sb_clip_params *params, sb_notes *notes, sb_error *err);
SB_API void sb_clip_result_finish(sb_clip_result *result);

/* One JSON object without newline, as the contract's manifest has it. */
SB_API void sb_clip_result_json(sb_bytes *out, const sb_clip_result *result);
/* The CSV twin: the header line, then a line a result; cells that a spreadsheet would take for formulas are defused. */
SB_API void sb_clip_csv_header(sb_bytes *out);
SB_API void sb_clip_result_csv(sb_bytes *out, const sb_clip_result *result);

/* The name of caption format `index`, which is bit `index` of sb_clip_captions; NULL beyond the last. */
SB_API const char *sb_clip_captions_format(size_t index);

/* The name of a clip's captions: its own with the extension of format `index`. The caller frees. NULL when out of memory. */
SB_API char *sb_clip_captions_path(const char *clip_path, size_t index);

/* File names from a template such as "clips/{n:02}-{speaker}-{slug}.mp3": fields n, speaker, slug, phrase, start, end,
 * episode, id. Every field is made safe, the result never leaves the template's folder. */
typedef struct sb_template sb_template;
/* SB_ERR_ARGUMENT names an unknown field or a missing brace with its column. */
SB_API sb_status sb_template_read(sb_template **out, const char *text, sb_error *err);
/* `episode` and `id` may be NULL. The caller frees the path. NULL when out of memory. */
SB_API char *sb_template_path(const sb_template *tmpl, const sb_match *match, size_t n, const char *episode,
                              const char *id);
/* True where two matches can get different names. */
SB_API bool sb_template_varies(const sb_template *tmpl);
SB_API void sb_template_free(sb_template **tmpl);

/* Makes the paths distinct under any file system (case and normal form ignored) by adding -2, -3 ... before the
 * extension; replaces the strings in place. SB_ERR_MEMORY. */
SB_API sb_status sb_clip_paths_distinct(char **paths, size_t n, sb_error *err);

/* The same for paths that differ even without their extensions, as those of clips with captions must. */
SB_API sb_status sb_clip_stems_distinct(char **paths, size_t n, sb_error *err);

#endif
