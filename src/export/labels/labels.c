#include "export/labels/labels.h"

#include <stdlib.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "export/captions/captions.h"

/* The state while labels are made. `n_words` and `n_lost` count single words. */
typedef struct label_maker {
    const sb_alignment *alignment;
    sb_labels *labels;
    sb_caption_items items;
    size_t n_words, n_lost, first_lost;
    sb_error *err;
} label_maker;

static bool has_placed_word(const sb_aligned_turn *turn)
{
    for (size_t w = 0; w < turn->n_words; w++)
        if (sb_word_has_place(&turn->words[w]))
            return true;
    return false;
}

static sb_status add_label(label_maker *m, size_t turn, const sb_aligned_word *word, sb_span span)
{
    sb_labels *labels = m->labels;
    if (!sb_grow(&labels->items, labels->n_items, &labels->capacity, sizeof *labels->items))
        return sb_error_memory(m->err, "exporting");
    sb_time start = span.start > 0 ? span.start : 0;
    sb_time end = span.end > start ? span.end : start;
    labels->items[labels->n_items++] = (sb_label){turn, word, {start, end}};
    return SB_OK;
}

static sb_status add_word_labels(label_maker *m, size_t turn)
{
    const sb_aligned_turn *t = &m->alignment->turns[turn];
    for (size_t w = 0; w < t->n_words; w++) {
        const sb_aligned_word *word = &t->words[w];
        m->n_words++;
        if (!sb_word_has_place(word)) {
            m->first_lost = m->n_lost++ ? m->first_lost : turn;
        } else if (add_label(m, turn, word, (sb_span){word->start, word->end})) {
            return SB_ERR_MEMORY;
        }
    }
    return SB_OK;
}

static sb_status add_turn_label(label_maker *m, size_t turn)
{
    const sb_aligned_turn *t = &m->alignment->turns[turn];
    sb_span span = {t->start, t->end};
    if (span.start == SB_TIME_NONE)
        return SB_OK;
    if (span.end == SB_TIME_NONE) {
        m->items.n_items = 0;
        if (sb_caption_items_add(&m->items, &(sb_caption_words){m->alignment, turn, 0, SIZE_MAX, span, true},
                                 m->err))
            return SB_ERR_MEMORY;
        span.end = m->items.n_items ? m->items.items[m->items.n_items - 1].end : span.start;
    }
    return add_label(m, turn, NULL, span);
}

static int compare_label_starts(const void *a, const void *b)
{
    const sb_label *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->turn != y->turn)
        return x->turn < y->turn ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

static void note_lost(const label_maker *m, sb_notes *notes)
{
    if (m->n_lost > 0)
        sb_notes_add(notes, m->alignment->transcript.path, 0, 0,
                     "%zu of %zu words have no time and are left out, the first in turn %zu; the formats "
                     "'text' and 'json' keep them",
                     m->n_lost, m->n_words, m->first_lost + 1);
}

sb_status sb_labels_make(sb_labels *out, const sb_alignment *alignment, sb_label_kind kind, sb_notes *notes,
                         sb_error *err)
{
    *out = (sb_labels){0};
    label_maker m = {.alignment = alignment, .labels = out, .err = err};
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        bool whole = kind == SB_LABEL_TURNS || (kind == SB_LABEL_WORDS_OR_TURN &&
                                                turn->start != SB_TIME_NONE && !has_placed_word(turn));
        status = whole ? add_turn_label(&m, i) : add_word_labels(&m, i);
    }
    sb_caption_items_finish(&m.items);
    if (status != SB_OK) {
        sb_labels_finish(out);
        return status;
    }
    if (out->n_items > 0)
        qsort(out->items, out->n_items, sizeof *out->items, compare_label_starts);
    if (kind == SB_LABEL_TURNS)
        sb_note_left_out(notes, alignment);
    note_lost(&m, notes);
    return SB_OK;
}

void sb_labels_finish(sb_labels *labels)
{
    free(labels->items);
    *labels = (sb_labels){0};
}

sb_status sb_labels_need_word_times(const sb_alignment *alignment, const char *format, sb_error *err)
{
    bool has_words = false;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        if (has_placed_word(&alignment->turns[i]))
            return SB_OK;
        has_words = has_words || alignment->turns[i].n_words > 0;
    }
    if (!has_words)
        return SB_OK;
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "'%s' needs word times, but no word has one; align the transcript to its audio first",
                        format);
}
