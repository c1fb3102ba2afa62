#include "quote/find/find.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "transcript/transcript.h"

/* Text without punctuation: a sentence ends at a pause. The lengths are those of spoken clauses; they only
 * have to keep a quote short enough to use. */
#define PAUSE            (SB_TIME_SECOND * 3 / 5)
#define MIN_WORDS        4
#define MAX_WORDS        40
#define MAX_TIME         (30 * SB_TIME_SECOND)
#define WORDS_PER_MARK   60  /* fewer marks than this: the text has no punctuation */
#define MAX_MARKED_WORDS 120 /* a sentence of punctuated text that is longer lacks its mark */

/* A separate punctuation mark ends the sentence before it only if that is still open. Otherwise it starts
 * the next one. */
static bool begins_sentence(const sb_runs *runs, size_t word, bool *is_spoken)
{
    bool begins = *is_spoken && sb_word_ends_sentence(runs->texts[word - 1]);
    *is_spoken = (*is_spoken && !begins) || sb_word_syllables(runs->texts[word]) > 0;
    return begins;
}

/* The pause before a word. Between two rows of the transcript it counts a little more, so that a sentence
 * without pauses ends with a cue. */
static sb_time pause_before(const sb_runs *runs, size_t word)
{
    sb_time end = sb_runs_word_end(runs, word - 1), start = sb_runs_word_start(runs, word);
    sb_time pause = start == SB_TIME_NONE || end == SB_TIME_NONE || start < end ? 0 : start - end;
    return pause + (runs->row_of[word] != runs->row_of[word - 1] ? SB_TIME_MS : 0);
}

static bool is_too_long(const sb_runs *runs, size_t first, size_t word)
{
    sb_time start = sb_runs_word_start(runs, first), end = sb_runs_word_end(runs, word);
    return word - first >= MAX_WORDS ||
           (start != SB_TIME_NONE && end != SB_TIME_NONE && end - start > MAX_TIME);
}

/* Divides the words first ... end - 1, which have no punctuation. The first sentence has begun already. */
static void divide_at_pauses(sb_sentences *out, const sb_runs *runs, size_t first, size_t end)
{
    size_t best = 0;
    sb_time longest = -1;
    for (size_t w = first + 1; w < end; w++) {
        sb_time pause = pause_before(runs, w);
        bool is_cut = w - first >= MIN_WORDS && pause >= PAUSE;
        if (w - first >= MIN_WORDS && pause >= longest) {
            best = w;
            longest = pause;
        }
        if (!is_cut && !(best > first && is_too_long(runs, first, w)))
            continue;
        first = is_cut ? w : best;
        out->starts[out->n_starts++] = first;
        w = first;
        longest = -1;
        best = first;
    }
}

static bool has_punctuation(const sb_runs *runs, const sb_run *run)
{
    size_t n_marks = 0;
    for (size_t w = run->first_word; w < run->end_word; w++)
        n_marks += sb_word_ends_sentence(runs->texts[w]);
    return n_marks * WORDS_PER_MARK >= run->end_word - run->first_word;
}

static void add_sentences(sb_sentences *out, const sb_runs *runs, const sb_run *run)
{
    size_t limit = has_punctuation(runs, run) ? MAX_MARKED_WORDS : MAX_WORDS;
    bool is_spoken = false;
    for (size_t w = run->first_word, end; w < run->end_word; w = end) {
        out->starts[out->n_starts++] = w;
        is_spoken = sb_word_syllables(runs->texts[w]) > 0;
        for (end = w + 1; end < run->end_word && !begins_sentence(runs, end, &is_spoken);)
            end++;
        if (end - w > limit)
            divide_at_pauses(out, runs, w, end);
    }
}

sb_status sb_sentences_init(sb_sentences *out, const sb_runs *runs, sb_error *err)
{
    *out = (sb_sentences){.starts = calloc(runs->n_words + 1, sizeof *out->starts)};
    if (!out->starts)
        return sb_error_memory(err, "searching");
    for (size_t r = 0; r < runs->n_items; r++)
        add_sentences(out, runs, &runs->items[r]);
    out->starts[out->n_starts] = runs->n_words;
    return SB_OK;
}

void sb_sentences_finish(sb_sentences *sentences)
{
    free(sentences->starts);
    *sentences = (sb_sentences){0};
}

size_t sb_sentence_of(const sb_sentences *sentences, size_t word)
{
    size_t low = 0, high = sentences->n_starts;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sentences->starts[middle] <= word)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void expand_hit(sb_hit *hit, const sb_runs *runs, const sb_sentences *sentences, sb_expand expand)
{
    if (expand == SB_EXPAND_SENTENCE) {
        hit->first = sentences->starts[sb_sentence_of(sentences, hit->first)];
        hit->last = sentences->starts[sb_sentence_of(sentences, hit->last) + 1] - 1;
    }
    if (expand == SB_EXPAND_TURN) {
        hit->first = sb_runs_turn_first(runs, hit->first);
        hit->last = sb_runs_turn_end(runs, hit->last) - 1;
    }
}

/* The better of the two hits gives the explanation. */
static void join_hit(sb_hit *before, const sb_hit *hit)
{
    if (hit->score > before->score) {
        before->how = hit->how;
        before->score = hit->score;
        before->why = hit->why;
    }
    if (hit->last > before->last)
        before->last = hit->last;
}

void sb_hits_expand(sb_hits *hits, size_t begin, const sb_runs *runs, const sb_sentences *sentences,
                    sb_expand expand)
{
    size_t kept = begin;
    for (size_t i = begin; i < hits->n_items; i++) {
        sb_hit hit = hits->items[i];
        expand_hit(&hit, runs, sentences, expand);
        sb_hit *before = kept > begin ? &hits->items[kept - 1] : NULL;
        if (!before || hit.first > before->last)
            hits->items[kept++] = hit;
        else
            join_hit(before, &hit);
    }
    hits->n_items = kept;
}
