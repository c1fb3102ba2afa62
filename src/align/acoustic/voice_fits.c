#include "align/acoustic/acoustic_aligner.h"

#include "alignment/alignment.h"
#include "base/run/run.h"

#include "base/text/text.h"

#include <stdlib.h>

/* Minimum words of a language in the sample for its voices to be judged. A single language is always
 * judged. */
#define LANGUAGE_WORDS 20

void sb_voices_finish(sb_voices *voices)
{
    free(voices->of_voice);
    free(voices->of_word);
    *voices = (sb_voices){0};
}

static bool is_same_group(bool by_speaker, const sb_aligned_turn *one, const sb_aligned_turn *two)
{
    return (!by_speaker || sb_same_text(one->speaker, two->speaker)) &&
           sb_same_text(one->language, two->language);
}

/* Numbers the groups: turns of one speaker in one language, or of one language. `group` gets one entry per
 * turn. */
static size_t number_groups(const sb_alignment *a, bool by_speaker, size_t *group)
{
    size_t n = 0;
    for (size_t t = 0; t < a->n_turns; t++) {
        size_t before = 0;
        while (before < t && !is_same_group(by_speaker, &a->turns[before], &a->turns[t]))
            before++;
        group[t] = before < t ? group[before] : n++;
    }
    return n;
}

/* The words of one group only. */
static void take_group(sb_heard_word *out, const sb_alignment *a, const sb_heard_word *heard,
                       const size_t *group, size_t which)
{
    size_t w = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t i = 0; i < a->turns[t].n_words; i++, w++)
            out[w] = group[t] == which ? heard[w] : (sb_heard_word){0};
}

/* The evidence of the words of each group. */
typedef struct groups {
    size_t *of_turn;
    size_t n;
    sb_evidence *evidence;
} groups;

static void finish_groups(groups *g)
{
    free(g->of_turn);
    free(g->evidence);
}

static sb_status measure_groups(groups *out, const sb_alignment *a, bool by_speaker,
                                const sb_heard_word *heard, const sb_heard_word *decoys, size_t n_words,
                                sb_error *err)
{
    sb_heard_word *own = calloc(n_words + 1, sizeof *own);
    out->of_turn = calloc(a->n_turns + 1, sizeof *out->of_turn);
    out->n = out->of_turn ? number_groups(a, by_speaker, out->of_turn) : 0;
    out->evidence = calloc(out->n + 1, sizeof *out->evidence);
    sb_status status = own && out->of_turn && out->evidence ? SB_OK : sb_error_memory(err, "aligning");
    for (size_t i = 0; i < out->n && status == SB_OK; i++) {
        take_group(own, a, heard, out->of_turn, i);
        status = sb_evidence_measure(&out->evidence[i], own, decoys, n_words, err);
    }
    free(own);
    return status;
}

/* A voice is judged by its own words and those of its language. */
static void blend(const groups *voices, const groups *languages, const sb_alignment *a, sb_evidence *out)
{
    for (size_t t = 0; t < a->n_turns; t++) {
        const sb_evidence *all = &languages->evidence[languages->of_turn[t]];
        size_t voice = voices->of_turn[t];
        if (all->n_words >= LANGUAGE_WORDS || languages->n == 1)
            out[voice] = sb_evidence_of_voice(&voices->evidence[voice], all);
    }
}

sb_status sb_voices_measure(sb_voices *out, const sb_alignment *a, const sb_heard_word *heard,
                            const sb_heard_word *decoys, size_t n_words, sb_error *err)
{
    static const sb_evidence unknown = {0};
    groups voices = {0}, languages = {0};
    sb_status status = measure_groups(&voices, a, true, heard, decoys, n_words, err);
    if (status == SB_OK)
        status = measure_groups(&languages, a, false, heard, decoys, n_words, err);
    out->of_word = calloc(n_words + 1, sizeof *out->of_word);
    out->of_voice = calloc(voices.n + 1, sizeof *out->of_voice);
    if (status == SB_OK && !(out->of_voice && out->of_word))
        status = sb_error_memory(err, "aligning");
    if (status == SB_OK)
        blend(&voices, &languages, a, out->of_voice);
    for (size_t t = 0, w = 0; t < a->n_turns && status == SB_OK; t++)
        for (size_t i = 0; i < a->turns[t].n_words; i++, w++)
            out->of_word[w] =
                sb_turn_language_is_told(&a->turns[t]) ? &out->of_voice[voices.of_turn[t]] : &unknown;
    finish_groups(&voices);
    finish_groups(&languages);
    return status;
}
