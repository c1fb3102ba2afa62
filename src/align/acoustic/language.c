#include "align/acoustic/language.h"

#include "acoustic/installed.h"
#include "align/acoustic/guesses.h"
#include "align/acoustic/word_edges.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Of English talk a quarter of the words are of this list; of Spanish, French, Italian and Russian next to none, while a quarter to all of
 * them are in no English dictionary. */
#define COMMON_SHARE  0.05
#define STRANGE_SHARE 0.15
#define LEAST_WORDS   20

/* Frequent, and words of no neighbouring language. */
static const char *const common[] = {"the",  "and",   "to",    "that",   "it",   "you",  "with",
                                     "have", "are",   "this",  "they",   "from", "what", "there",
                                     "your", "would", "which", "know",   "when", "were", "how",
                                     "been", "not",   "but",   "because"};

static bool is_common(const char *word)
{
    while (*word && !isalpha((unsigned char)*word))
        word++;
    size_t length = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'");
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (strlen(common[i]) == length && strncasecmp(common[i], word, length) == 0)
            return true;
    return false;
}

static sb_status are_in_dictionaries(bool *are, const char *const *words, size_t n,
                                     const sb_dictionary *dictionary, sb_error *err)
{
    sb_lexicon lexicon = {0};
    sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary(), .user = dictionary};
    size_t n_strange = 0, n_said = 0;
    sb_status status = sb_lexicon_make(&lexicon, words, n, &params, err);
    if (status)
        return status;
    for (size_t w = 0; w < n; w++) {
        const sb_lexeme *lexeme = &lexicon.lexemes[lexicon.lexeme_of[w]];
        n_strange += sb_is_guess(lexeme);
        n_said += lexeme->n_ways > 0 || sb_is_guess(lexeme);
    }
    *are = (double)n_strange <= STRANGE_SHARE * (double)n_said;
    sb_lexicon_finish(&lexicon);
    return SB_OK;
}

sb_status sb_words_are_english(bool *english, const char *const *words, size_t n,
                               const sb_dictionary *dictionary, sb_error *err)
{
    size_t n_common = 0, n_said = 0;
    for (size_t w = 0; w < n; w++) {
        n_common += is_common(words[w]);
        n_said += sb_word_is_spoken(words[w]);
    }
    *english = n_said < LEAST_WORDS || (double)n_common >= COMMON_SHARE * (double)n_said;
    return *english ? SB_OK : are_in_dictionaries(english, words, n, dictionary, err);
}
