/* Edits inside a clip: words left out, splices, room tone, breaths. */
#ifndef SB_CLIP_EDIT_EDIT_H
#define SB_CLIP_EDIT_EDIT_H

#include "clip/clip.h"
#include "export/export.h"
#include "soundbite/drop.h"

/* Moving cuts out of breaths and other sounds in a pause. */

#define SB_BREATH_HOPS 200 /* per second */

/* Chooses where to cut a pause. `powers` has the power of its hops, from the quote's speech outwards, and
 * `planned` is the hop of the planned cut. If it is quiet there, the cut stays. A sound that continues from
 * the quote is included, a sound that leads to the neighbouring speech is excluded, and for a separate sound
 * the nearer side is chosen. If a sound fills the whole pause, the cut stays. Returns SB_ERR_MEMORY. */
sb_status sb_breath_cut(size_t *out, const float *powers, size_t n, size_t planned, sb_error *err);

/* Analyses the pauses at both ends of each clip and moves the cuts, before anything is rendered. `stream` is
 * that of the source. Returns the statuses of sb_decoder_open and sb_decoder_read. */
sb_status sb_clip_avoid_breaths(sb_clip_job *const *jobs, size_t n, const sb_monitor *monitor, sb_error *err);

/* Matching the words of a quote with the list of fillers. */

/* A word with the properties that dropping needs. */
typedef struct sb_drop_word {
    const char *text; /* owned by the alignment */
    char *folded;     /* without case, accents and punctuation; "" for punctuation alone */
    sb_span span;     /* SB_TIME_NONE if it was not heard */
    bool heard;       /* it has a position */
    bool sure;        /* the position is certain */
    bool marked;      /* punctuation follows it */
    bool stopped;     /* a full stop, question mark or exclamation mark follows it */
    bool cut_off;     /* it ends in a dash: an abandoned word */
    unsigned dropped; /* bits of sb_drop_kind */
    size_t again;     /* for a repeat: index of the word that repeats it; 0: none */
} sb_drop_word;

/* Returns the number of words at `at` that form a filler, the longest if several do, or 0. */
size_t sb_fillers_match(const sb_fillers *fillers, const sb_drop_word *words, size_t n, size_t at);

/* Folds a word. The caller frees it. Returns NULL if memory runs out. */
char *sb_drop_fold(const char *text);

/* Dropping fillers and stuttered repeats from a clip. */

/* Words of a quote, first ... last, that are dropped together. */
typedef struct sb_drop_run {
    size_t first, last;
    unsigned kinds;
    bool left; /* not dropped: their position is uncertain or the join would be audible */
} sb_drop_run;

/* What can be dropped from a quote. A zeroed struct may be finished. */
typedef struct sb_drop_plan {
    sb_drop_word *words;
    size_t n_words;
    sb_drop_run *runs; /* in order, with at least one word between them */
    size_t n_runs;
    bool foreign; /* the built-in lists are English but the transcript is not */
} sb_drop_plan;

/* Finds the words of the kinds in the job's parameters. A quote of fillers alone has no runs, because nothing
 * would be left of it. Returns SB_ERR_MEMORY. */
sb_status sb_drop_plan_make(sb_drop_plan *plan, const sb_clip_job *job, sb_error *err);
void sb_drop_plan_finish(sb_drop_plan *plan);

/* Returns the text of the remaining words, separated by blanks. A comma before dropped words is removed with
 * them; a full stop after them stays. The caller frees it. Returns NULL if memory runs out. */
char *sb_drop_text(const sb_drop_plan *plan);

/* sb_drop_plan_drops returns whether word `index` is dropped. sb_drop_word_text returns a remaining word as
 * it stands in that text. The caller frees it; NULL if memory runs out. */
bool sb_drop_plan_drops(const sb_drop_plan *plan, size_t index);
char *sb_drop_word_text(const sb_drop_plan *plan, size_t index);

/* Puts the drops into the result without analysing the sound, for a dry run. */
sb_status sb_clip_job_plan_drops(sb_clip_job *job, sb_error *err);

/* Drops words from the sound in `raw` and updates the job's shape and splices and the result's text, drops
 * and edges. Runs whose join would be audible stay, with a warning. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_job_drop(sb_clip_job *job, sb_error *err);

/* The words of a clip that is not one piece of its source: words were dropped, or it is a montage. */

/* Makes a turn of the quote's words without the dropped ones, with the events between them. Times are
 * relative to the job's sound. `plan` NULL means that nothing was dropped. Returns SB_ERR_MEMORY. */
sb_status sb_spoken_turn(sb_aligned_turn *out, const sb_clip_job *job, const sb_drop_plan *plan,
                         sb_error *err);
sb_status sb_spoken_copy(sb_aligned_turn *out, const sb_aligned_turn *turn, sb_time shift, sb_error *err);

/* The input for captions. */
typedef struct sb_clip_words {
    const sb_alignment *alignment;
    const sb_caption_span *spans;
    size_t n_spans;
    sb_caption_span own; /* used if there is only one span */
    sb_alignment of_turn;
} sb_clip_words;

/* Gets the words of the job's clip of length `length`. They refer to the job and to `out`. */
void sb_clip_words_of_job(sb_clip_words *out, const sb_clip_job *job, sb_time length);

/* Finding pauses in a clip, and the room tone in them. */

/* Finds the pause after the quote, the one before it and those inside it, in samples of the source's sound as
 * it was cut. The caller frees `*out`. Returns SB_ERR_MEMORY. */
sb_status sb_clip_pauses_find(sb_sample_span **out, size_t *n, const sb_clip_job *job, sb_error *err);

/* Makes room tone from these spans of the spool, using a few seconds at most. `*out` is NULL if they are too
 * short. Spans that end beyond the spool are cut. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_pauses_tone(sb_room_tone **out, sb_clip_spool *spool, int rate, const sb_sample_span *quiet,
                              size_t n, sb_error *err);

/* Detecting words that a speaker repeated by mistake. */

/* Marks the first copies in each stutter with SB_DROP_REPEATS. `order` has the `n` indices of the words that
 * count; words that are already dropped are not in it.
 *
 * A stutter is one of two things. The first is an abandoned word ("th- the") whose letters begin the next
 * word. The second is one to four words that are repeated within 700 ms, without a full stop between them. A
 * single word must be on a short list of words that are not doubled for effect ("the the", "I I"). Several
 * words must begin with such a word, and more of the sentence must follow ("I think I think that", but not "I
 * do, I do.").
 *
 * "very very", "no no no" and grammatical doubles ("that that", "had had", "what it is is") are not stutters.
 * Neither is "over and over and over", because the word before equals the last one of the two.
 *
 * All copies but the last are marked. Words that were not heard well stay. */
void sb_repeats_mark(sb_drop_word *words, const size_t *order, size_t n);

/* The content of a room tone. */

/* The runs are stored one after the other in the planes. Each is at least three times as long as the overlap
 * of two joined pieces, which is at least 1. */
struct sb_room_tone {
    int channels, sample_rate;
    float **planes; /* of sb_planes_alloc */
    size_t n;
    sb_sample_span *runs;
    size_t n_runs;
    size_t overlap;
};

/* Allocates a tone for runs of these lengths, filled with zeros. Returns SB_ERR_MEMORY. */
sb_status sb_room_tone_alloc(sb_room_tone **out, int channels, int sample_rate, const size_t *lengths,
                             size_t n_runs, sb_error *err);

#endif
