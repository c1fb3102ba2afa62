/* Measuring how far a transcript's timestamps are from the speech, and reporting it. */
#ifndef SOUNDBITE_DRIFT_H
#define SOUNDBITE_DRIFT_H

#include "soundbite/align.h"

SB_BEGIN_DECLS

/* The verdict, from good to bad. UNSURE: there is too little evidence that transcript and audio belong
 * together, so the figures are not reliable. */
typedef enum sb_verdict {
    SB_VERDICT_OK,
    SB_VERDICT_UNSURE,
    SB_VERDICT_DRIFT,
    SB_VERDICT_MISMATCH
} sb_verdict;

/* What looks wrong with a turn. */
typedef enum sb_suspect_kind {
    SB_SUSPECT_DUPLICATE_TEXT,
    SB_SUSPECT_UNHEARD_TEXT,
    /* a speaker label in mid-sentence, or first or last words that seem to belong to the neighbouring turn */
    SB_SUSPECT_SPEAKER,
    SB_SUSPECT_ORDER,      /* timestamps go backwards */
    SB_SUSPECT_SAME_SECOND /* several turns have one timestamp */
} sb_suspect_kind;

/* A place in the transcript that a person should check. */
typedef struct sb_suspect {
    size_t turn, last_turn; /* equal, unless unheard text spans several turns */
    sb_suspect_kind kind;
    char *note;    /* the evidence, as one sentence */
    sb_span audio; /* where to listen; both times are SB_TIME_NONE if unknown */
    /* `speech` is the amount of speech at that place. `needed` is the time that the words would take at the
     * episode's speaking rate. Both are SB_TIME_NONE for kinds that are found from the text alone, and if too
     * few turns have a measured speaking rate. */
    sb_time speech, needed;
} sb_suspect;

/* The measured drift. The error of a turn is its start in the audio minus its timestamp. A timestamp that was
 * truncated to the resolution r is correct if 0 <= error < r. */
typedef struct sb_drift {
    sb_verdict verdict;
    sb_time offset;  /* of the first piece of the time map; without a map, the median error */
    double rate_ppm; /* of the clock, as in sb_map_piece */
    /* Set if the clock rate is that of a frame rate conversion: the timestamps were made for video at
     * `made_for_fps` frames per second, and the audio runs at `runs_at_fps`, such as "25" and "23.976".
     * Otherwise NULL. */
    const char *made_for_fps, *runs_at_fps;
    size_t n_stamps; /* number of timestamps whose turns were found in the audio */
    sb_time median_abs_error, p95_abs_error, max_abs_error; /* SB_TIME_NONE without timestamps */
    size_t n_within_resolution;                             /* number of correct timestamps */
    sb_time resolution;
    sb_time max_drift; /* the limit that was used */
    size_t n_beyond;   /* timestamps whose error exceeds it */
    sb_time *errors;   /* one per turn; SB_TIME_NONE if the turn has no timestamp or was not found */
    size_t n_errors;
    sb_suspect *suspects;
    size_t n_suspects;
    char *reason; /* explains the verdict and names the regions that were not heard */
} sb_drift;

/* The default of sb_drift_params.max_drift. */
#define SB_MAX_DRIFT (500 * SB_TIME_MS)

/* How to measure. A zeroed struct means the defaults. */
typedef struct sb_drift_params {
    /* The largest error that is not drift, from 0 to 24 h; 0 means SB_MAX_DRIFT. An error outside
     * [-max_drift, resolution + max_drift) counts as drift if the turn's position is certain, or if more than
     * 5 % of the timestamps have such an error. A break larger than `max_drift` counts too. A turn that seems
     * late because its first words were not heard is not certain. */
    sb_time max_drift;
    bool has_max_drift; /* use `max_drift` even if it is 0 */
} sb_drift_params;

/* Measures an alignment. `params` may be NULL. `out->reason` explains the verdict and names the regions that
 * were not heard.
 *
 * The verdict is MISMATCH if the alignment's pairing is MISMATCH, if more than half of the words were not
 * heard, or if the time map puts more than half of the timestamps beyond the end of the audio. It is DRIFT if
 * errors or breaks exceed `max_drift`, or if a contiguous fifth of the text was not heard. Otherwise it is
 * UNSURE if the pairing is UNSURE, or else OK.
 *
 * Returns SB_ERR_ARGUMENT for an alignment of method NONE or if `max_drift` is out of range;
 * SB_ERR_MEMORY. */
SB_API sb_status sb_drift_measure(sb_drift **out, const sb_alignment *alignment,
                                  const sb_drift_params *params, sb_error *err);
SB_API void sb_drift_free(sb_drift **drift);

/* Appends the measurement as a JSON object (soundbite(1) lists its members), or as text for a terminal of
 * `width` columns, at least 40. For a mismatch the text is only the reason, because the figures would be
 * meaningless. If an allocation fails, out->failed is set. */
SB_API void sb_drift_write_json(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment);
SB_API void sb_drift_write_text(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment,
                                int width);

/* Appends the measurement as one HTML document in UTF-8 that needs no other file and no network. It shows the
 * verdict, the figures, a plot of every turn's error, the waveform with turns, breaks and speech without
 * text, tables of what to check, and the transcript with its words shaded by confidence.
 *
 * Words can be played if the audio file is in the same folder as the page, with the file name of
 * alignment->audio.path. The page shows no other part of that path. For a mismatch the plot and the figures
 * are left out. The waveform is drawn from alignment->levels, or from the speech spans if the levels are
 * unknown. All text is escaped. The page takes about half a megabyte per hour of speech. If an allocation
 * fails, out->failed is set. */
SB_API void sb_drift_write_html(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment);

/* The names that the JSON object uses, in lower case. Never NULL. */
SB_API const char *sb_verdict_name(sb_verdict verdict);
SB_API const char *sb_suspect_kind_name(sb_suspect_kind kind);

SB_END_DECLS

#endif
