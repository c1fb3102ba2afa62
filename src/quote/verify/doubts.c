#include "quote/verify/verify.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alignment/alignment.h"
#include "base/text/text.h"

/* A negation that the search skipped, or for which it has little evidence, was either said badly or not at
 * all. Measured on quotes of eight English recordings in which one word was changed in the transcript alone,
 * and on quotes that were not changed (`scripts/bench one-word`, 2026-11-30). */
#define AROUND         3 /* words on each side */
#define CLEAR_NEGATION 6 /* one of so many words around a negation must be clear */

static bool was_skipped(const sb_aligned_word *word)
{
    float over = word->confidence - SB_SKIPPED_CONFIDENCE;
    return word->status == SB_WORD_ESTIMATED && over < 0.0005f && over > -0.0005f;
}

/* "No." before a number. */
static bool is_number_sign(const sb_runs *runs, size_t word)
{
    const char *next = word + 1 < runs->n_words ? runs->texts[word + 1] : "";
    return strcasecmp(runs->texts[word], "no.") == 0 && next[0] >= '0' && next[0] <= '9';
}

/* A negation that the search skipped among clear words. Where few words are clear, a skipped one tells
 * nothing. Other words are skipped too often though they were said: 2 of 8 quotes of a synthetic voice. */
static bool is_doubted(const sb_runs *runs, const sb_senses *senses, size_t word, bool *ok)
{
    if (!was_skipped(sb_runs_word(runs, word)) ||
        !(sb_senses_in(senses, runs->texts[word], ok) & SB_MISLEADS_NEGATION))
        return false;
    size_t n = 0, n_clear = 0;
    size_t first = word > AROUND ? word - AROUND : 0;
    for (size_t w = first; w <= word + AROUND && w < runs->n_words; w++) {
        n += w != word;
        n_clear += sb_runs_word(runs, w)->status == SB_WORD_ALIGNED;
    }
    return CLEAR_NEGATION * n_clear >= n && !is_number_sign(runs, word);
}

static void add_word(sb_bytes *list, const char *word)
{
    sb_bytes_print(list, "%s\"%s\"", list->size ? ", " : "", word);
}

bool sb_words_doubted(sb_doubted_words *out, const sb_steps *steps, const sb_wording *wording,
                      const sb_said *said, const sb_quote_place_maker *maker)
{
    sb_bytes words = {0}, unnegated = {0};
    size_t next = 0; /* a word may have several tokens */
    bool ok = true;
    for (size_t i = 0; said->evidence == SB_PROOF_WORDS && i < steps->n_items; i++) {
        const sb_step *step = &steps->items[i];
        if (step->kind != SB_STEP_MATCH || wording->rows[step->row].free)
            continue;
        const sb_unit *unit = &said->units[step->unit].unit;
        if (wording->rows[step->row].id != unit->id)
            continue;
        for (size_t w = unit->first_word > next ? unit->first_word : next; w <= unit->last_word; w++) {
            sb_word_doubt doubt = sb_runs_word(&maker->runs, w)->doubt;
            if (doubt == SB_DOUBT_WORD || is_doubted(&maker->runs, maker->senses, w, &ok))
                add_word(&words, maker->runs.texts[w]);
            else if (doubt == SB_DOUBT_LEFT_OUT)
                add_word(&unnegated, maker->runs.texts[w]);
            next = w + 1;
        }
    }
    *out = (sb_doubted_words){words.data, unnegated.data};
    return ok && !words.failed && !unnegated.failed;
}
