#include "quote/verify/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

/* The words that were said, first to last. Returns false if the pieces have none. */
static bool words_said(const sb_pieces *pieces, size_t *first, size_t *last)
{
    bool any = false;
    for (size_t i = 0; i < pieces->n_items; i++) {
        const sb_wording_part *piece = &pieces->items[i];
        if (!piece->n_said)
            continue;
        *first = any ? *first : piece->first_said;
        *last = piece->last_said;
        any = true;
    }
    return any;
}

static sb_wording_part edge_of(size_t first_said, size_t end_said)
{
    return (sb_wording_part){.kind = SB_DIFF_LEFT_OUT,
                             .first_said = first_said,
                             .last_said = end_said - 1,
                             .n_said = end_said - first_said,
                             .is_edge = true};
}

void sb_pieces_add_edges(sb_pieces *pieces, const sb_quote_place_maker *maker, const sb_wording *wording)
{
    const sb_sentences *sentences = &maker->sentences;
    size_t first, last;
    if (!words_said(pieces, &first, &last))
        return;
    size_t begin = sentences->starts[sb_sentence_of(sentences, first)];
    size_t end = sentences->starts[sb_sentence_of(sentences, last) + 1];
    if (wording->gap_first && begin < first) {
        memmove(pieces->items + 1, pieces->items, pieces->n_items * sizeof *pieces->items);
        pieces->items[0] = edge_of(begin, first);
        pieces->n_items++;
    }
    if (wording->gap_last && last + 1 < end)
        pieces->items[pieces->n_items++] = edge_of(last + 1, end);
}

/* A span of pieces that the editor marked: an ellipsis, a bracket, or several next to each other. */
typedef struct span {
    size_t first, end; /* pieces */
    size_t n_left_out;
    bool inner;            /* quoted words are on both sides */
    unsigned said, quoted; /* what the words have, as bits of sb_misleads */
} span;

static bool is_marked(const sb_wording_part *piece)
{
    return piece->kind == SB_DIFF_LEFT_OUT || piece->kind == SB_DIFF_BRACKET;
}

static bool continues(const sb_wording_part *piece)
{
    return is_marked(piece) || (piece->kind == SB_DIFF_NOT_HEARD && !piece->n_quoted);
}

static unsigned senses_of(const sb_senses *senses, char *text, bool *ok)
{
    unsigned found = sb_senses_in(senses, text, ok);
    free(text);
    return found;
}

static void read_piece(span *s, const sb_wording_part *piece, const sb_quote_place_maker *maker,
                       const sb_wording *wording, bool *ok)
{
    if (!is_marked(piece))
        return;
    s->said |= senses_of(maker->senses, sb_piece_said(piece, &maker->runs, ok), ok);
    s->quoted |= senses_of(maker->senses, sb_piece_quoted(piece, wording, ok), ok);
    s->n_left_out += piece->kind == SB_DIFF_LEFT_OUT && !piece->is_edge ? piece->n_said : 0;
}

/* The last word said before the span, or the first one after it. Returns false if there is none. */
static bool word_before(size_t *out, const sb_pieces *pieces, const span *s)
{
    for (size_t i = s->first; i-- > 0;)
        if (pieces->items[i].n_said) {
            *out = pieces->items[i].last_said;
            return true;
        }
    return false;
}

static bool word_after(size_t *out, const sb_pieces *pieces, const span *s)
{
    for (size_t i = s->end; i < pieces->n_items; i++)
        if (pieces->items[i].n_said) {
            *out = pieces->items[i].first_said;
            return true;
        }
    return false;
}

static bool joins_speakers(const sb_pieces *pieces, const sb_runs *runs, const span *s)
{
    size_t before, after;
    if (!word_before(&before, pieces, s) || !word_after(&after, pieces, s))
        return false;
    return !sb_same_text(sb_runs_speaker(runs, before), sb_runs_speaker(runs, after));
}

/* "You knew? I did." quoted as "You knew ... I did": the mark of the question is gone with what follows. */
static bool loses_question_mark(const sb_pieces *pieces, const sb_quote_place_maker *maker,
                                const sb_wording *wording, const span *s, bool *ok)
{
    size_t word;
    const sb_wording_part *piece = s->first > 0 ? &pieces->items[s->first - 1] : NULL;
    if (!piece || !piece->n_quoted || !piece->n_said || !word_before(&word, pieces, s))
        return false;
    return (sb_senses_in(maker->senses, maker->runs.texts[word], ok) & SB_MISLEADS_QUESTION) &&
           !(sb_senses_in(maker->senses, wording->quoted.words[piece->last_quoted].text, ok) &
             SB_MISLEADS_QUESTION);
}

/* A bracket at the beginning or the end may stand for words that the comparison did not need: those next to
 * it in the sentence, one more than the bracket has. */
static unsigned replaced_at_edge(const sb_pieces *pieces, const sb_quote_place_maker *maker,
                                 const sb_wording *wording, const span *s, bool *ok)
{
    const sb_sentences *sentences = &maker->sentences;
    size_t word, from, until, n = 1;
    for (size_t i = s->first; i < s->end; i++) {
        if (pieces->items[i].kind == SB_DIFF_LEFT_OUT || pieces->items[i].n_said)
            return 0;
        for (size_t w = pieces->items[i].first_quoted;
             pieces->items[i].n_quoted && w <= pieces->items[i].last_quoted; w++)
            n += wording->quoted.words[w].n_bracketed;
    }
    if (s->first == 0 && word_after(&word, pieces, s)) {
        size_t begin = sentences->starts[sb_sentence_of(sentences, word)];
        from = word - begin > n ? word - n : begin;
        until = word;
    } else if (s->end == pieces->n_items && word_before(&word, pieces, s)) {
        size_t end = sentences->starts[sb_sentence_of(sentences, word) + 1];
        from = word + 1;
        until = end - from > n ? from + n : end;
    } else {
        return 0;
    }
    if (from >= until)
        return 0;
    char *text = sb_runs_text(&maker->runs, from, until - 1);
    *ok = *ok && text;
    return senses_of(maker->senses, text, ok) & ~(unsigned)SB_MISLEADS_QUESTION;
}

/* Words of another speaker that are more than "Mm" or "Right". */
#define OTHERS_LEAST 2

static bool passes_over_speaker(const sb_pieces *pieces, const sb_quote_place_maker *maker, const span *s)
{
    const sb_runs *runs = &maker->runs;
    size_t before, n = 0, n_fillers = 0;
    if (!word_before(&before, pieces, s))
        return false;
    for (size_t i = s->first; i < s->end; i++) {
        const sb_wording_part *piece = &pieces->items[i];
        for (size_t w = piece->first_said; is_marked(piece) && piece->n_said && w <= piece->last_said; w++) {
            if (sb_same_text(sb_runs_speaker(runs, w), sb_runs_speaker(runs, before)))
                continue;
            n++;
            n_fillers += sb_words_grade(maker->senses, NULL, runs->texts[w], false, NULL, NULL,
                                        &(bool){true}) == SB_GRADE_STYLE;
        }
    }
    return n >= OTHERS_LEAST && n_fillers < n;
}

static unsigned misleads(const sb_pieces *pieces, const sb_quote_place_maker *maker,
                         const sb_wording *wording, span *s, bool *ok)
{
    unsigned found;
    s->inner = s->first > 0 && s->end < pieces->n_items;
    s->said |= replaced_at_edge(pieces, maker, wording, s, ok);
    found = s->said ^ s->quoted;
    if (loses_question_mark(pieces, maker, wording, s, ok))
        found |= SB_MISLEADS_QUESTION;
    if (s->inner && (joins_speakers(pieces, &maker->runs, s) || passes_over_speaker(pieces, maker, s)))
        found |= SB_MISLEADS_SPEAKERS;
    if (s->inner && s->n_left_out > SB_ELISION_MOST)
        found |= SB_MISLEADS_LENGTH;
    return found;
}

/* An ellipsis at which nothing is left out may still join two speakers. */
static bool joins_inside(const sb_wording_part *piece, const sb_runs *runs, const sb_wording *wording)
{
    bool gap = false, change = false;
    if (piece->kind != SB_DIFF_SAME)
        return false;
    for (size_t w = piece->first_quoted + 1; w <= piece->last_quoted; w++)
        gap = gap || wording->quoted.words[w].gap_before;
    for (size_t w = piece->first_said + 1; gap && w <= piece->last_said; w++)
        change = change || !sb_same_text(sb_runs_speaker(runs, w - 1), sb_runs_speaker(runs, w));
    return change;
}

sb_status sb_pieces_find_misleading(sb_pieces *pieces, const sb_quote_place_maker *maker,
                                    const sb_wording *wording, sb_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < pieces->n_items; i++) {
        if (joins_inside(&pieces->items[i], &maker->runs, wording)) {
            pieces->items[i].misleads = SB_MISLEADS_SPEAKERS;
            pieces->items[i].grade = SB_GRADE_SUBSTANCE;
        }
        if (!is_marked(&pieces->items[i]))
            continue;
        span s = {.first = i};
        while (i < pieces->n_items && continues(&pieces->items[i]))
            read_piece(&s, &pieces->items[i++], maker, wording, &ok);
        s.end = i;
        unsigned found = misleads(pieces, maker, wording, &s, &ok);
        for (size_t k = s.first; found && k < s.end; k++)
            if (is_marked(&pieces->items[k])) {
                pieces->items[k].misleads = found;
                pieces->items[k].grade = SB_GRADE_SUBSTANCE;
            }
    }
    return ok ? SB_OK : sb_error_memory(err, "verifying quotations");
}
