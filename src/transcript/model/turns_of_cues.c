#include "transcript/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"

/* Captions without speakers: where a turn ends. The values are conventions, not measurements: a pause of half
 * a second after a sentence begins a new paragraph, and a minute is longer than usual quotes. */
#define PAUSE_AFTER_SENTENCE (SB_TIME_SECOND / 2)
#define PAUSE_IN_SENTENCE    (2 * SB_TIME_SECOND)
#define PAUSE_UNPUNCTUATED   SB_TIME_SECOND
#define TURN_MAX             (60 * SB_TIME_SECOND)
#define TURN_MIN             (20 * SB_TIME_SECOND) /* a turn that is cut at TURN_MAX keeps at least this much */
#define TURN_MAX_WORDS       180                   /* without times: a minute at three words per second */
#define TURN_MIN_WORDS       60
#define LOOK_BACK            256 /* rows */
/* The last word of a cue takes about this long, if only its start is known. */
#define WORD_LENGTH (SB_TIME_SECOND * 2 / 5)
/* Text with fewer sentence ends than one in this many words has no punctuation. */
#define WORDS_PER_SENTENCE_MAX 60

static sb_time row_end(const sb_turn *row)
{
    const sb_word *last = row->n_words ? &row->words[row->n_words - 1] : NULL;
    if (last && last->end != SB_TIME_NONE)
        return last->end;
    if (last && last->start != SB_TIME_NONE && (row->stop == SB_TIME_NONE || last->start < row->stop))
        return last->start + WORD_LENGTH;
    return row->stop;
}

/* Returns the pause before `row`, or 0 if it is unknown. */
static sb_time pause_before(const sb_turn *row)
{
    sb_time end = row_end(row - 1);
    return row->stamp == SB_TIME_NONE || end == SB_TIME_NONE ? 0 : row->stamp - end;
}

static bool goes_back(const sb_turn *row)
{
    return row->stamp != SB_TIME_NONE && row[-1].stamp != SB_TIME_NONE && row->stamp < row[-1].stamp;
}

static bool cue_ends_sentence(const sb_turn *row)
{
    return row->n_words > 0 && sb_word_ends_sentence(row->words[row->n_words - 1].text);
}

static bool has_punctuation(const sb_transcript *t)
{
    size_t n_words = 0, n_ends = 0;
    for (size_t i = 0; i < t->n_turns; i++) {
        for (size_t j = 0; j < t->turns[i].n_words; j++)
            n_ends += sb_word_ends_sentence(t->turns[i].words[j].text);
        n_words += t->turns[i].n_words;
    }
    return n_ends * WORDS_PER_SENTENCE_MAX >= n_words;
}

static bool pause_ends_turn(const sb_turn *row, bool is_punctuated)
{
    sb_time pause = pause_before(row);
    if (!is_punctuated)
        return pause >= PAUSE_UNPUNCTUATED;
    return pause >= (cue_ends_sentence(row - 1) ? PAUSE_AFTER_SENTENCE : PAUSE_IN_SENTENCE);
}

/* Whether the passage from `first` to `last`, both included, is as long as TURN_MAX, or TURN_MIN. */
static bool is_longer(const sb_turn *first, const sb_turn *last, size_t n_words, sb_time length, size_t words)
{
    sb_time end = row_end(last);
    end = end == SB_TIME_NONE ? last->stamp : end;
    if (first->stamp == SB_TIME_NONE || end == SB_TIME_NONE)
        return n_words > words;
    return end - first->stamp > length;
}

/* Returns the row to begin a new turn at, because the rows first ... last, with `n_words` words, are too long
 * for one: after a sentence if possible, and after the longest pause. */
static size_t best_cut(const sb_turn *rows, size_t first, size_t last, size_t n_words)
{
    size_t best = last, limit = last - first > LOOK_BACK ? last - LOOK_BACK : first;
    bool best_ends = cue_ends_sentence(&rows[last - 1]);
    n_words -= rows[last].n_words;
    for (size_t i = last - 1; i > limit; i--) {
        n_words -= rows[i].n_words;
        if (!is_longer(&rows[first], &rows[i - 1], n_words, TURN_MIN, TURN_MIN_WORDS))
            break;
        bool ends = cue_ends_sentence(&rows[i - 1]);
        if (ends > best_ends || (ends == best_ends && pause_before(&rows[i]) > pause_before(&rows[best]))) {
            best = i;
            best_ends = ends;
        }
    }
    return best;
}

/* Rows first ... end - 1 have no speaker. */
static void divide_unnamed(sb_turn *rows, size_t first, size_t end, bool is_punctuated)
{
    size_t begin = first, n_words = 0;
    for (size_t i = first; i < end; i++) {
        if (i > begin && (goes_back(&rows[i]) || pause_ends_turn(&rows[i], is_punctuated))) {
            begin = i;
            n_words = 0;
        }
        n_words += rows[i].n_words;
        rows[i].goes_on = i > begin;
        if (i > begin && is_longer(&rows[begin], &rows[i], n_words, TURN_MAX, TURN_MAX_WORDS)) {
            begin = best_cut(rows, begin, i, n_words);
            rows[begin].goes_on = false;
            n_words = 0;
            for (size_t j = begin; j <= i; j++)
                n_words += rows[j].n_words;
        }
    }
}

void sb_cues_divide_into_turns(sb_transcript *t)
{
    bool is_punctuated = has_punctuation(t);
    for (size_t i = 0, end; i < t->n_turns; i = end) {
        const char *speaker = t->turns[i].speaker;
        for (end = i + 1;
             end < t->n_turns && !t->turns[end].is_change && sb_same_text(speaker, t->turns[end].speaker);
             end++)
            t->turns[end].goes_on = speaker && !goes_back(&t->turns[end]);
        if (!speaker)
            divide_unnamed(t->turns, i, end, is_punctuated);
    }
}
