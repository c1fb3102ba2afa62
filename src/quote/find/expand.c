#include "quote/find/find.h"

#include <stdlib.h>

#include "transcript/transcript.h"

/* A separate punctuation mark ends the sentence before it only if that is still open. Otherwise it starts
 * the next one. */
static void add_sentences(sb_sentences *out, const sb_runs *runs, const sb_run *run)
{
    bool is_spoken = false;
    for (size_t w = run->first_word; w < run->end_word; w++) {
        if (w == run->first_word || (is_spoken && sb_word_ends_sentence(runs->texts[w - 1]))) {
            out->starts[out->n_starts++] = w;
            is_spoken = false;
        }
        is_spoken = is_spoken || sb_word_syllables(runs->texts[w]) > 0;
    }
}

sb_status sb_sentences_init(sb_sentences *out, const sb_runs *runs, sb_error *err)
{
    *out = (sb_sentences){.starts = calloc(runs->n_words + 1, sizeof *out->starts)};
    if (!out->starts)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
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
        hit->first = runs->turn_start[runs->turn_of[hit->first]];
        hit->last = runs->turn_start[runs->turn_of[hit->last] + 1] - 1;
    }
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
        else if (hit.last > before->last)
            before->last = hit.last;
    }
    hits->n_items = kept;
}
