#include "align/acoustic/acoustic_aligner.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdlib.h>
#include <string.h>

typedef struct candidate {
    const sb_lexeme *lexeme; /* in the lexicon's array: a lower address is earlier in the text */
    char *word, *folded;
    bool again; /* already listed */
} candidate;

/* From the first letter or digit to the last. */
static char *without_punctuation(const char *text)
{
    size_t from, size = sb_word_core(text, &from);
    return sb_copy_bytes(text + from, size);
}

bool sb_is_oov_word(const sb_lexeme *lexeme)
{
    return (lexeme->guessed || lexeme->n_ways == 0) && sb_text_is_spoken(lexeme->text);
}

static void mark_listened(bool *listened, const sb_alignment *a, const sb_lexicon *lexicon, const bool *skip)
{
    size_t word = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++, word++)
            if (!skip[t])
                listened[lexicon->lexeme_of[word]] = true;
}

static bool collect_candidates(candidate *candidates, size_t *n, const sb_lexicon *lexicon,
                               const bool *listened)
{
    for (size_t i = 0; i < lexicon->n_lexemes; i++) {
        if (!listened[i] || !sb_is_oov_word(&lexicon->lexemes[i]))
            continue;
        candidate *c = &candidates[(*n)++];
        c->lexeme = &lexicon->lexemes[i];
        c->word = without_punctuation(c->lexeme->text);
        c->folded = c->word ? sb_fold(c->word) : NULL;
        if (!c->folded)
            return false;
    }
    return true;
}

static int by_word(const void *a, const void *b)
{
    const candidate *left = a, *right = b;
    int order = strcmp(left->folded, right->folded);
    return order ? order : left->lexeme < right->lexeme ? -1 : 1;
}

static int compare_oov_places(const void *a, const void *b)
{
    const candidate *left = a, *right = b;
    return left->lexeme < right->lexeme ? -1 : 1;
}

static void mark_doubles(candidate *candidates, size_t n)
{
    if (n > 0)
        qsort(candidates, n, sizeof *candidates, by_word);
    for (size_t i = 1; i < n; i++)
        candidates[i].again = strcmp(candidates[i].folded, candidates[i - 1].folded) == 0;
    if (n > 0)
        qsort(candidates, n, sizeof *candidates, compare_oov_places);
}

static bool list(sb_alignment *a, candidate *candidates, size_t n)
{
    a->oov_words = calloc(n + 1, sizeof *a->oov_words);
    for (size_t i = 0; a->oov_words && i < n; i++) {
        candidate *c = &candidates[i];
        if (c->again)
            continue;
        sb_oov_word *guess = &a->oov_words[a->n_oov_words++];
        guess->word = c->word;
        c->word = NULL;
        if (c->lexeme->n_ways > 0 && !(guess->phones = sb_spoken_way_text(&c->lexeme->ways[0])))
            return false;
    }
    return a->oov_words != NULL;
}

sb_status sb_oov_words_take(sb_alignment *a, const sb_lexicon *lexicon, const bool *skip, sb_error *err)
{
    size_t n = 0;
    candidate *candidates = calloc(lexicon->n_lexemes + 1, sizeof *candidates);
    bool *listened = calloc(lexicon->n_lexemes + 1, sizeof *listened);
    bool ok = candidates && listened;
    if (ok) {
        mark_listened(listened, a, lexicon, skip);
        ok = collect_candidates(candidates, &n, lexicon, listened);
    }
    if (ok) {
        mark_doubles(candidates, n);
        ok = list(a, candidates, n);
    }
    for (size_t i = 0; i < n; i++) {
        free(candidates[i].word);
        free(candidates[i].folded);
    }
    free(candidates);
    free(listened);
    return ok ? SB_OK : sb_error_memory(err, "aligning");
}
