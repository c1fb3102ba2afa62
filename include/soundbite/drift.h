/* How far a transcript's stamps are from what is heard. */
#ifndef SOUNDBITE_DRIFT_H
#define SOUNDBITE_DRIFT_H

#include "soundbite/align.h"

SB_BEGIN_DECLS

/* From good to bad. UNSURE: too little evidence to tell whether transcript and audio belong together, so that the figures say
 * nothing for sure. */
typedef enum sb_verdict {
    SB_VERDICT_OK,
    SB_VERDICT_UNSURE,
    SB_VERDICT_DRIFT,
    SB_VERDICT_MISMATCH
} sb_verdict;

typedef enum sb_suspect_kind {
    SB_SUSPECT_DUPLICATE_TEXT,
    SB_SUSPECT_UNHEARD_TEXT,
    SB_SUSPECT_SPEAKER, /* a label beside a name in mid-sentence; first or last words that seem to be the neighbour's */
    SB_SUSPECT_ORDER,
    SB_SUSPECT_SAME_SECOND
} sb_suspect_kind;

typedef struct sb_suspect {
    size_t turn, last_turn; /* the same but for unheard text that goes on through several turns */
    sb_suspect_kind kind;
    char *note;    /* the evidence, one sentence */
    sb_span audio; /* where in the audio to listen; SB_TIME_NONE in both where no place is known */
    /* How much speech lies there, and how long the words in question would take at the pace of the episode; SB_TIME_NONE
     * for kinds that are told by the text alone, and where too few turns tell a pace. */
    sb_time speech, needed;
} sb_suspect;

/* error = audio start - stamp. A stamp cut to its resolution r is right when 0 <= error < r. */
typedef struct sb_drift {
    sb_verdict verdict;
    sb_time offset; /* of the first piece, or the median */
    double rate_ppm;
    /* Where the rate is that of a conversion between frame rates: the timestamps were made for video at so many frames a second, and the
     * audio runs at so many, such as "25" and "23.976". Both NULL otherwise. */
    const char *made_for_fps, *runs_at_fps;
    size_t n_stamps;                                        /* of turns that have a place in the audio too */
    sb_time median_abs_error, p95_abs_error, max_abs_error; /* SB_TIME_NONE without stamps */
    size_t n_within_resolution;
    sb_time resolution;
    sb_time max_drift; /* as measured against */
    size_t n_beyond;   /* stamps off by more */
    sb_time *errors;   /* one a turn, SB_TIME_NONE without stamp or place */
    size_t n_errors;
    sb_suspect *suspects;
    size_t n_suspects;
    char *reason; /* one sentence for the verdict, as a producer would say it */
} sb_drift;

typedef struct sb_drift_params {
    /* Errors beyond [-max_drift, resolution + max_drift) are drift, where the turn's place is sure or where they are
     * more than one in twenty; so is a break larger than this. A turn that seems late because its first words were not heard is
     * not sure. SB_TIME_NONE is 500 ms. */
    sb_time max_drift;
} sb_drift_params;

/* Measures a saved or fresh alignment. The verdict is mismatch where the alignment says so, where more than half of the
 * words were not heard, or where more than half of the stamps, by the time map, lie beyond the end of the audio. It is drift also where
 * a fifth of the text, in one piece, was not heard. Else it is unsure where the
 * alignment's pairing is. `reason` names the regions that were not heard. `params` may be NULL.
 * SB_ERR_ARGUMENT for an alignment of method NONE, SB_ERR_MEMORY. */
SB_API sb_status sb_drift_measure(sb_drift **out, const sb_alignment *alignment,
                                  const sb_drift_params *params, sb_error *err);
SB_API void sb_drift_free(sb_drift **drift);

/* The contract's JSON object, and the same as a page of text for a terminal (`width` columns, at least 40),
 * which for a mismatch is the reason alone: the figures would mean nothing. A failed allocation sets out->failed. */
SB_API void sb_drift_json(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment);
SB_API void sb_drift_text(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment, int width);

/* The same as a page for a browser: one HTML document in UTF-8 that needs no other file and no network. It has the
 * verdict, the figures, a plot of every turn's error, the waveform with turns, breaks and speech without text, tables of what
 * should be looked at, and the transcript with its words shaded by confidence. Where the audio lies beside it under the last
 * component of alignment->audio.path, words can be heard; no other part of a path is shown. For a mismatch the plot and the
 * figures are left out. The waveform comes from alignment->levels, or where those are not known, from the speech spans. All
 * text of the alignment is escaped. About half a megabyte an hour of speech. A failed allocation sets out->failed. */
SB_API void sb_drift_html(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment);

SB_API const char *sb_verdict_name(sb_verdict verdict);
SB_API const char *sb_suspect_name(sb_suspect_kind kind);

SB_END_DECLS

#endif
