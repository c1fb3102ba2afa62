#include "quote/verify/verify.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/find/find.h"

/* A quote is proven if one in PROVEN_PARTS of its words was heard. In seven minutes of conversation, 1 %
 * of the passages of four words have none, and 0.5 % of those of five. If whole turns are replaced by
 * other text, every passage of eight words or more has fewer. */
#define PROVEN_PARTS 4
#define PROVEN_LEAST 2 /* words, if the quote has that many; a single word may match by chance */

typedef struct judged {
    sb_passage passage;
    sb_pieces pieces;
    sb_quote_verdict verdict;
    size_t n_differences, n_left_out, n_heard, n_unheard;
} judged;

static sb_quote_verdict verdict_by_wording(const judged *j)
{
    if (j->n_differences)
        return SB_QUOTE_ALTERED;
    return j->n_left_out ? SB_QUOTE_ELIDED : SB_QUOTE_VERBATIM;
}

static bool is_proven(const judged *j, size_t n_right)
{
    size_t least = n_right < PROVEN_LEAST ? n_right : PROVEN_LEAST;
    return j->n_heard >= least && PROVEN_PARTS * j->n_heard >= n_right;
}

/* `wrong` and `unheard` are weights in words. `n_right` counts words that are also in the transcript. */
static sb_quote_verdict verdict_of(const judged *j, const sb_wording *wording, const sb_said *said,
                                   double wrong, double unheard, size_t n_right)
{
    double n_words = (double)wording->n_words;
    if (2 * wrong >= n_words)
        return SB_QUOTE_NOT_SAID;
    if (2 * (wrong + unheard) >= n_words || said->evidence == SB_EVIDENCE_AGAINST)
        return SB_QUOTE_NOT_HEARD;
    if (said->evidence == SB_EVIDENCE_UNSURE ||
        (said->evidence == SB_EVIDENCE_WORDS && !is_proven(j, n_right)))
        return SB_QUOTE_UNSURE;
    return verdict_by_wording(j);
}

static void judge(judged *j, const sb_wording *wording, const sb_said *said)
{
    double wrong = 0, unheard = 0;
    size_t n_right = 0;
    for (size_t i = 0; i < j->pieces.n_items; i++) {
        const sb_wording_part *piece = &j->pieces.items[i];
        bool is_unheard = piece->kind == SB_DIFF_NOT_HEARD;
        *(is_unheard ? &unheard : &wrong) += sb_piece_weight(piece);
        j->n_differences += sb_piece_differences(piece);
        j->n_left_out += piece->kind == SB_DIFF_LEFT_OUT ? piece->n_said : 0;
        j->n_unheard += is_unheard ? piece->n_quoted : 0;
        j->n_heard += piece->n_proven;
        n_right += is_unheard || piece->kind == SB_DIFF_SAME ? piece->n_quoted : 0;
    }
    j->verdict = verdict_of(j, wording, said, wrong, unheard, n_right);
}

static sb_status judge_passage(judged *out, const sb_passage *passage, const sb_wording *wording,
                               const sb_said *said, sb_error *err)
{
    sb_steps steps;
    *out = (judged){.passage = *passage};
    sb_status status = sb_steps_find(&steps, wording, said, passage, err);
    if (!status)
        status = sb_pieces_make(&out->pieces, &steps, wording, said, err);
    sb_steps_finish(&steps);
    if (!status)
        judge(out, wording, said);
    return status;
}

static char *quoted_text(const sb_wording *wording, const sb_wording_part *piece, bool *ok)
{
    sb_bytes text = {0};
    for (size_t w = piece->first_quoted; piece->n_quoted && w <= piece->last_quoted; w++)
        sb_bytes_print(&text, "%s%s",
                       w > piece->first_quoted
                           ? sb_word_gap(wording->quoted.words[w - 1].text, wording->quoted.words[w].text)
                           : "",
                       wording->quoted.words[w].text);
    *ok = *ok && !text.failed;
    return text.data;
}

static sb_status add_diffs(sb_quote_place *out, const judged *j, const sb_quote_place_maker *maker,
                           const sb_wording *wording, sb_error *err)
{
    bool ok = true;
    out->diffs = calloc(j->pieces.n_items + 1, sizeof *out->diffs);
    for (size_t i = 0; out->diffs && ok && i < j->pieces.n_items; i++) {
        const sb_wording_part *piece = &j->pieces.items[i];
        sb_diff *diff = &out->diffs[out->n_diffs++];
        sb_hit hit = {.first = piece->first_said, .last = piece->last_said};
        *diff = (sb_diff){.kind = piece->kind,
                          .n_quoted = piece->n_quoted,
                          .n_said = piece->n_said,
                          .span = {SB_TIME_NONE, SB_TIME_NONE}};
        diff->quoted = quoted_text(wording, piece, &ok);
        if (!piece->n_said)
            continue;
        diff->span = sb_hit_span(&maker->runs, &hit);
        diff->said = sb_runs_text(&maker->runs, hit.first, hit.last);
        ok = ok && diff->said;
    }
    return out->diffs && ok ? SB_OK : sb_error_memory(err, "verifying quotations");
}

static bool is_known(const sb_quote_place *place, const char *speaker)
{
    for (size_t i = 0; i < place->n_speakers; i++) {
        const char *known = place->speakers[i];
        if (sb_same_text(speaker, known))
            return true;
    }
    return false;
}

/* The speakers of the words in the quote. */
static sb_status add_speakers(sb_quote_place *out, const judged *j, const sb_runs *runs, sb_error *err)
{
    for (size_t i = 0; i < j->pieces.n_items; i++) {
        const sb_wording_part *piece = &j->pieces.items[i];
        if (!piece->n_quoted || piece->kind == SB_DIFF_BRACKET)
            continue;
        for (size_t w = piece->first_said; piece->n_said && w <= piece->last_said; w++) {
            const char *speaker = runs->alignment->turns[runs->row_of[w]].speaker;
            if (is_known(out, speaker))
                continue;
            if (!sb_push_room(&out->speakers, out->n_speakers, sizeof *out->speakers))
                return sb_error_memory(err, "verifying quotations");
            out->speakers[out->n_speakers++] = speaker;
        }
    }
    return SB_OK;
}

static sb_status make_place(sb_quote_place *out, const judged *j, const sb_quote_place_maker *maker,
                            const sb_wording *wording, const sb_said *said, sb_error *err)
{
    const sb_said_unit *first = &said->units[j->passage.start], *last = &said->units[j->passage.end];
    sb_hit hit = {.run = first->run, .first = first->unit.first_word, .last = last->unit.last_word};
    out->n_differences = j->n_differences;
    out->n_left_out = j->n_left_out;
    out->n_heard = j->n_heard;
    out->n_unheard = j->n_unheard;
    sb_status status = sb_match_make(&out->match, &maker->runs, &hit, err);
    if (!status)
        status = add_diffs(out, j, maker, wording, err);
    if (!status)
        status = add_speakers(out, j, &maker->runs, err);
    return status ? status : sb_quote_place_add_context(out, maker, hit.first, hit.last, err);
}

static bool is_better(const judged *a, const judged *b)
{
    return a->verdict != b->verdict ? a->verdict < b->verdict : a->n_differences < b->n_differences;
}

/* Keeps the places as good as the best. If no place is good enough, keeps the nearest. */
static sb_status keep_best(sb_verification *out, const judged *all, size_t n,
                           const sb_quote_place_maker *maker, const sb_wording *wording, const sb_said *said,
                           sb_error *err)
{
    const judged *best = all;
    sb_status status = SB_OK;
    for (size_t i = 1; i < n; i++)
        best = is_better(&all[i], best) ? &all[i] : best;
    out->verdict = n ? best->verdict : SB_QUOTE_NOT_SAID;
    out->places = calloc(n + 1, sizeof *out->places);
    if (!out->places)
        return sb_error_memory(err, "verifying quotations");
    for (size_t i = 0; !status && i < n; i++) {
        if (is_better(best, &all[i]) || (best->verdict == SB_QUOTE_NOT_SAID && &all[i] != best))
            continue;
        sb_quote_place *place = &out->places[out->n_places++];
        status = make_place(place, &all[i], maker, wording, said, err);
        place->match.number = out->n_places;
    }
    return status;
}

sb_status sb_quote_places_find(const sb_quote_place_maker *maker, sb_verification *out,
                               const sb_wording *wording, const sb_said *said, sb_error *err)
{
    sb_passages passages;
    *out =
        (sb_verification){.has_evidence = said->evidence == SB_EVIDENCE_WORDS, .n_words = wording->n_words};
    sb_status status = sb_passages_find(&passages, wording, said, err);
    if (status)
        return status;
    size_t n = 0;
    judged *all = calloc(passages.n_items + 1, sizeof *all);
    if (!all)
        status = sb_error_memory(err, "verifying quotations");
    for (; !status && n < passages.n_items; n++)
        status = judge_passage(&all[n], &passages.items[n], wording, said, err);
    if (!status)
        status = keep_best(out, all, n, maker, wording, said, err);
    for (size_t i = 0; i < n; i++)
        sb_pieces_finish(&all[i].pieces);
    free(all);
    sb_passages_finish(&passages);
    if (status)
        sb_verification_finish(out);
    return status;
}

static void finish_place(sb_quote_place *place)
{
    for (size_t i = 0; i < place->n_diffs; i++) {
        free(place->diffs[i].quoted);
        free(place->diffs[i].said);
    }
    free(place->diffs);
    free(place->speakers);
    free(place->match.text);
    free(place->before);
    free(place->after);
}

void sb_verification_finish(sb_verification *verification)
{
    for (size_t i = 0; i < verification->n_places; i++)
        finish_place(&verification->places[i]);
    free(verification->places);
    *verification = (sb_verification){0};
}
