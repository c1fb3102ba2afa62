/* Words that are left out of a clip, and the words that remain. */
#ifndef SB_CLIP_EDIT_EDIT_H
#define SB_CLIP_EDIT_EDIT_H

#include "clip/clip.h"
#include "export/export.h"
#include "soundbite/drop.h"

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

/* Finds the words to drop, of the kinds in the job's parameters. A quote that consists only of fillers has no
 * runs, because no words would remain. Returns SB_ERR_MEMORY. */
sb_status sb_drop_plan_make(sb_drop_plan *plan, const sb_clip_job *job, sb_error *err);
void sb_drop_plan_finish(sb_drop_plan *plan);

/* Returns the text of the remaining words, separated by blanks. A comma before dropped words is removed with
 * them; a full stop after them stays. The caller frees it. Returns NULL if memory runs out. */
char *sb_drop_text(const sb_drop_plan *plan);

/* sb_drop_plan_drops returns whether word `index` is dropped. sb_drop_word_text returns a remaining word in
 * the form that it has in that text. The caller frees it; NULL if memory runs out. */
bool sb_drop_plan_drops(const sb_drop_plan *plan, size_t index);
char *sb_drop_word_text(const sb_drop_plan *plan, size_t index);

/* Puts the drops into the result without analysing the sound, for a dry run. */
sb_status sb_clip_job_plan_drops(sb_clip_job *job, sb_error *err);

/* Drops words from the sound in `raw` and updates the job's shape and splices and the result's text, drops
 * and edges. Runs whose join would be audible stay, with a warning. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_clip_job_drop(sb_clip_job *job, sb_error *err);

/* The words of a clip that consists of several pieces of its source, because words were dropped or it is a
 * montage. */

/* Collects the words of the match, without those that `plan` drops (NULL: none), with times relative to the
 * clip. Each change of speaker begins a turn. Free the result with sb_spoken_finish. Returns
 * SB_ERR_MEMORY. */
sb_status sb_spoken_take(sb_spoken *out, const sb_clip_job *job, const sb_drop_plan *plan, sb_error *err);
/* Copies the turns with their times moved by `shift`. Returns SB_ERR_MEMORY. */
sb_status sb_spoken_copy(sb_spoken *out, const sb_spoken *from, sb_time shift, sb_error *err);
void sb_spoken_finish(sb_spoken *spoken);

/* The input for captions. */
typedef struct sb_clip_words {
    const sb_alignment *alignment;
    const sb_caption_span *spans;
    size_t n_spans;
    sb_caption_span own; /* used if there is only one span */
    sb_alignment of_spoken;
    bool changes_speaker; /* more than one speaker */
} sb_clip_words;

/* Gets the words of the job's clip of length `length`. They refer to the job and to `out`. */
void sb_clip_words_of_job(sb_clip_words *out, const sb_clip_job *job, sb_time length);

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
 * Neither is "over and over and over", because the word before the repeat equals its last word.
 *
 * All copies but the last are marked. Words that were not clearly heard stay. */
void sb_repeats_mark(sb_drop_word *words, const size_t *order, size_t n);

#endif
