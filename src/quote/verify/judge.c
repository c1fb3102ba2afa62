#include "quote/verify/verify.h"

#include <stdlib.h>

#include "base/run/run.h"

/* A quote is proven if 1/PROVEN_PARTS of its words were heard. In seven minutes of conversation, 1 % of the
 * passages of four words have no proven word, and 0.5 % of those of five. If whole turns are replaced by
 * other text, every passage of eight words or more has fewer. */
#define PROVEN_PARTS 4
#define PROVEN_LEAST 2 /* words, if the quote has that many; a single word may match by chance */

/* Text that is not in the audio, in the middle of a quote that is: so many words in sequence need their part
 * of proven ones too. In seven minutes of conversation, 3 % of the passages of eight words that were said
 * have fewer. */
#define STRETCH 8

#define UNHEARD_MOST 1 /* quoted words in sequence that the recogniser may have missed */

static sb_quote_verdict verdict_by_wording(const sb_judged *j)
{
    if (j->misleads)
        return SB_QUOTE_MISLEADING;
    if (j->n_differences)
        return SB_QUOTE_ALTERED;
    return j->n_left_out ? SB_QUOTE_ELIDED : SB_QUOTE_VERBATIM;
}

static bool is_proven(const sb_judged *j, size_t n_right)
{
    size_t least = n_right < PROVEN_LEAST ? n_right : PROVEN_LEAST;
    return j->n_heard >= least && PROVEN_PARTS * j->n_heard >= n_right;
}

/* Weights in tokens. */
typedef struct tally {
    double wrong, unheard;
    size_t n_right;      /* words that are also in the transcript */
    bool is_weak;        /* a stretch of it is hardly proven */
    bool lacks_evidence; /* quoted words were not heard that are more than a miss of the recogniser */
} tally;

static sb_quote_verdict verdict_of(const sb_judged *j, const sb_wording *wording, const sb_said *said,
                                   const tally *t)
{
    double n_words = (double)wording->n_tokens;
    sb_quote_verdict verdict = verdict_by_wording(j);
    if (2 * t->wrong >= n_words)
        return SB_QUOTE_NOT_SAID;
    if (2 * (t->wrong + t->unheard) >= n_words || said->evidence == SB_PROOF_AGAINST)
        return SB_QUOTE_NOT_HEARD;
    if (said->evidence == SB_PROOF_WORDS && t->lacks_evidence)
        return SB_QUOTE_NOT_HEARD;
    bool is_doubted = j->doubted.words || j->doubted.unnegated;
    bool unsure = said->evidence == SB_PROOF_UNSURE ||
                  (said->evidence == SB_PROOF_WORDS &&
                   (t->is_weak || (is_doubted && verdict < SB_QUOTE_ALTERED) || !is_proven(j, t->n_right)));
    return unsure && verdict < SB_QUOTE_UNSURE ? SB_QUOTE_UNSURE : verdict;
}

/* True if a stretch of the words that agree with the transcript is hardly proven. */
static bool has_weak_stretch(const sb_steps *steps, const sb_wording *wording, const sb_said *said)
{
    bool proven[STRETCH] = {0};
    size_t n = 0, n_proven = 0;
    for (size_t i = 0; i < steps->n_items; i++) {
        const sb_step *step = &steps->items[i];
        const sb_said_unit *unit = &said->units[step->unit];
        if (step->kind != SB_STEP_MATCH || wording->rows[step->row].free ||
            wording->rows[step->row].id != unit->unit.id)
            continue;
        n_proven -= n >= STRETCH && proven[n % STRETCH];
        proven[n % STRETCH] = unit->proven;
        n_proven += unit->proven;
        n++;
        if (n >= STRETCH && PROVEN_PARTS * n_proven < STRETCH)
            return true;
    }
    return false;
}

static void judge_passage(sb_judged *j, const sb_wording *wording, const sb_said *said, bool is_weak)
{
    tally t = {.is_weak = is_weak};
    for (size_t i = 0; i < j->pieces.n_items; i++) {
        const sb_wording_part *piece = &j->pieces.items[i];
        bool is_unheard = piece->kind == SB_DIFF_NOT_HEARD;
        *(is_unheard ? &t.unheard : &t.wrong) += sb_piece_weight(piece);
        j->n_differences += sb_piece_differences(piece);
        j->n_left_out += piece->kind == SB_DIFF_LEFT_OUT ? piece->n_said : 0;
        j->n_unheard += is_unheard ? piece->n_quoted : 0;
        j->n_heard += piece->n_proven;
        t.n_right += is_unheard || piece->kind == SB_DIFF_SAME ? piece->n_quoted : 0;
        if (is_unheard && piece->n_quoted)
            t.lacks_evidence =
                t.lacks_evidence || piece->n_quoted > UNHEARD_MOST || piece->grade == SB_GRADE_SUBSTANCE;
        j->grade = piece->grade > j->grade ? piece->grade : j->grade;
        j->misleads |= piece->misleads;
    }
    j->verdict = verdict_of(j, wording, said, &t);
}

sb_status sb_passage_judge(sb_judged *out, const sb_passage *passage, const sb_quote_place_maker *maker,
                           const sb_wording *wording, const sb_said *said, sb_error *err)
{
    sb_steps steps;
    bool ok = true;
    *out = (sb_judged){.passage = *passage};
    sb_status status = sb_steps_find(&steps, wording, said, passage, err);
    bool is_weak = !status && has_weak_stretch(&steps, wording, said);
    if (!status)
        ok = sb_words_doubted(&out->doubted, &steps, wording, said, maker) &&
             sb_steps_add_neighbours(&steps, maker, wording, said);
    if (!status && ok)
        status = sb_pieces_make(&out->pieces, &steps, wording, said, err);
    sb_steps_finish(&steps);
    if (!ok)
        status = sb_error_memory(err, "verifying quotations");
    if (!status) {
        sb_pieces_add_edges(&out->pieces, maker, wording);
        status = sb_pieces_grade(&out->pieces, maker, wording, err);
    }
    if (!status)
        status = sb_pieces_find_misleading(&out->pieces, maker, wording, err);
    if (!status)
        judge_passage(out, wording, said, is_weak);
    return status;
}
