#include "quote/verify/verify.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/find/find.h"

static const char *other_speaker(const sb_wording_part *piece, const sb_runs *runs, const char *speaker)
{
    for (size_t w = piece->first_said; w <= piece->last_said; w++) {
        const char *other = runs->alignment->turns[runs->row_of[w]].speaker;
        if (!sb_same_text(other, speaker))
            return other;
    }
    return NULL;
}

static sb_status add_diffs(sb_quote_place *out, const sb_judged *j, const sb_quote_place_maker *maker,
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
                          .grade = piece->grade,
                          .misleads = piece->misleads,
                          .span = {SB_TIME_NONE, SB_TIME_NONE}};
        diff->quoted = sb_piece_quoted(piece, wording, &ok);
        diff->said = sb_piece_said(piece, &maker->runs, &ok);
        if (!piece->n_said)
            continue;
        diff->span = sb_hit_span(&maker->runs, &hit);
        if (piece->is_foreign)
            diff->speaker = other_speaker(piece, &maker->runs, out->match.speaker);
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
static sb_status add_said_speakers(sb_quote_place *out, const sb_judged *j, const sb_runs *runs,
                                   sb_error *err)
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

static sb_status make_place(sb_quote_place *out, sb_judged *j, const sb_quote_place_maker *maker,
                            const sb_wording *wording, const sb_said *said, sb_error *err)
{
    const sb_said_unit *first = &said->units[j->passage.start], *last = &said->units[j->passage.end];
    sb_hit hit = {.run = first->run, .first = first->unit.first_word, .last = last->unit.last_word};
    out->n_differences = j->n_differences;
    out->n_left_out = j->n_left_out;
    out->n_heard = j->n_heard;
    out->n_unheard = j->n_unheard;
    out->grade = j->grade;
    out->misleads = j->misleads;
    out->doubted = j->doubted.words;
    out->unnegated = j->doubted.unnegated;
    j->doubted = (sb_doubted_words){0};
    sb_status status = sb_match_make(&out->match, &maker->runs, &hit, err);
    if (!status)
        status = add_diffs(out, j, maker, wording, err);
    if (!status)
        status = add_said_speakers(out, j, &maker->runs, err);
    return status ? status : sb_quote_place_add_context(out, maker, hit.first, hit.last, err);
}

static bool is_better(const sb_judged *a, const sb_judged *b)
{
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict;
    return a->grade != b->grade ? a->grade < b->grade : a->n_differences < b->n_differences;
}

/* Keeps the places as good as the best. If no place is good enough, keeps the nearest. */
static sb_status keep_best(sb_verification *out, sb_judged *all, size_t n, const sb_quote_place_maker *maker,
                           const sb_wording *wording, const sb_said *said, sb_error *err)
{
    const sb_judged *best = all;
    sb_status status = SB_OK;
    for (size_t i = 1; i < n; i++)
        best = is_better(&all[i], best) ? &all[i] : best;
    out->verdict = out->wording = n ? best->verdict : SB_QUOTE_NOT_SAID;
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
    *out = (sb_verification){.has_evidence = said->evidence == SB_PROOF_WORDS, .n_words = wording->n_words};
    sb_status status = sb_passages_find(&passages, wording, said, err);
    if (status)
        return status;
    size_t n = 0;
    sb_judged *all = calloc(passages.n_items + 1, sizeof *all);
    if (!all)
        status = sb_error_memory(err, "verifying quotations");
    for (; !status && n < passages.n_items; n++)
        status = sb_passage_judge(&all[n], &passages.items[n], maker, wording, said, err);
    if (!status)
        status = keep_best(out, all, n, maker, wording, said, err);
    for (size_t i = 0; i < n; i++) {
        sb_pieces_finish(&all[i].pieces);
        free(all[i].doubted.words);
        free(all[i].doubted.unnegated);
    }
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
    sb_match_finish(&place->match);
    sb_match_finish(&place->context);
    free(place->doubted);
    free(place->unnegated);
    free(place->before);
    free(place->after);
}

void sb_verification_finish(sb_verification *verification)
{
    for (size_t i = 0; i < verification->n_places; i++)
        finish_place(&verification->places[i]);
    free(verification->places);
    free(verification->clip);
    *verification = (sb_verification){0};
}
