#include "align/acoustic/voices.h"

#include "align/acoustic/turn_languages.h"
#include "alignment/alignment.h"

#include "base/fold.h"

#include <stdlib.h>

#define VOICE_WORDS 20 /* of the sample, for a voice to be judged */

void sb_voices_finish(sb_voices *voices)
{
    free(voices->of_voice);
    free(voices->of_word);
    *voices = (sb_voices){0};
}

static bool is_same_voice(const sb_alignment *a, const sb_aligned_turn *one, const sb_aligned_turn *two)
{
    return sb_same_text(one->speaker, two->speaker) &&
           sb_same_text(sb_turn_language(a, one), sb_turn_language(a, two));
}

/* Turns of one speaker in one language; `voice` gets one entry a turn. */
static size_t number_voices(const sb_alignment *a, size_t *voice)
{
    size_t n = 0;
    for (size_t t = 0; t < a->n_turns; t++) {
        size_t before = 0;
        while (before < t && !is_same_voice(a, &a->turns[before], &a->turns[t]))
            before++;
        voice[t] = before < t ? voice[before] : n++;
    }
    return n;
}

/* The words of one voice alone. */
static void take_voice(sb_heard_word *out, const sb_alignment *a, const sb_heard_word *heard,
                       const size_t *voice, size_t which)
{
    size_t w = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t i = 0; i < a->turns[t].n_words; i++, w++)
            out[w] = voice[t] == which ? heard[w] : (sb_heard_word){0};
}

sb_status sb_voices_measure(sb_voices *out, const sb_alignment *a, const sb_heard_word *heard,
                            const sb_heard_word *decoys, size_t n_words, sb_error *err)
{
    size_t *voice = calloc(a->n_turns + 1, sizeof *voice);
    sb_heard_word *own = calloc(n_words + 1, sizeof *own);
    size_t n = voice ? number_voices(a, voice) : 0;
    out->of_word = calloc(n_words + 1, sizeof *out->of_word);
    out->of_voice = calloc(n + 1, sizeof *out->of_voice);
    sb_status status = own && voice && out->of_voice && out->of_word
                           ? SB_OK
                           : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t v = 0; v < n && status == SB_OK; v++) {
        take_voice(own, a, heard, voice, v);
        status = sb_evidence_measure(&out->of_voice[v], own, decoys, n_words, err);
        if (out->of_voice[v].n_words < VOICE_WORDS && n > 1)
            out->of_voice[v] = (sb_evidence){0};
    }
    for (size_t t = 0, w = 0; t < a->n_turns && status == SB_OK; t++)
        for (size_t i = 0; i < a->turns[t].n_words; i++, w++)
            out->of_word[w] = &out->of_voice[voice[t]];
    free(voice);
    free(own);
    return status;
}
