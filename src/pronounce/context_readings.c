#include "pronounce/pronounce.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool sb_language_is_english(const char *language)
{
    return !language || (strncasecmp(language, "en", 2) == 0 && strchr("-_", language[2]));
}

/* Returns false if memory runs out. A reading that finds no room is left out. */
static bool add_reading(sb_context_readings *r, const sb_ipa_word *word)
{
    size_t i = 0;
    while (i < r->n && (r->words[i].n != word->n || memcmp(r->words[i].rows, word->rows, word->n) != 0))
        i++;
    if (i < r->n)
        r->n_times[i]++;
    if (i < r->n || i == SB_CONTEXTS_MAX)
        return true;
    if (!sb_push_room(&r->words, r->n, sizeof *r->words))
        return false;
    r->words[i] = *word;
    r->n_times[r->n++] = 1;
    return true;
}

static void sort(sb_context_readings *r)
{
    for (size_t i = 1; i < r->n; i++)
        for (size_t k = i; k > 0 && r->n_times[k] > r->n_times[k - 1]; k--) {
            sb_ipa_word word = r->words[k];
            uint32_t n_times = r->n_times[k];
            r->words[k] = r->words[k - 1];
            r->n_times[k] = r->n_times[k - 1];
            r->words[k - 1] = word;
            r->n_times[k - 1] = n_times;
        }
}

/* Returns the end of a row of words of one language whose total length is within the limit; at least one
 * word. */
static size_t row_end(const char *const *words, const char *const *languages, size_t first, size_t n_words)
{
    size_t end = first + 1, size = strlen(words[first]) + 1;
    while (end < n_words && sb_same_text(languages[end], languages[first]) &&
           (size += strlen(words[end]) + 1) <= SB_ROW_BYTES_MAX)
        end++;
    return end;
}

sb_status sb_context_readings_find(sb_context_readings *out, sb_speller *speller, const sb_lexicon *lexicon,
                                   const char *const *words, const char *const *languages, sb_error *err)
{
    sb_ipa_word *row = calloc(SB_ROW_BYTES_MAX, sizeof *row);
    sb_status status = row ? SB_OK : SB_ERR_MEMORY;
    for (size_t first = 0, end; status == SB_OK && languages && first < lexicon->n_words; first = end) {
        end = row_end(words, languages, first, lexicon->n_words);
        if (sb_language_is_english(languages[first]))
            continue;
        status = sb_speller_read(speller, languages[first], words + first, end - first, row, err);
        for (size_t i = first; status == SB_OK && i < end; i++)
            if (row[i - first].n > 0 && !add_reading(&out[lexicon->lexeme_of[i]], &row[i - first]))
                status = SB_ERR_MEMORY;
    }
    for (size_t i = 0; i < lexicon->n_lexemes; i++)
        sort(&out[i]);
    free(row);
    return status == SB_ERR_MEMORY ? sb_error_memory(err, "looking up pronunciations") : status;
}

void sb_context_readings_free(sb_context_readings *readings, size_t n)
{
    for (size_t i = 0; readings && i < n; i++)
        free(readings[i].words);
    free(readings);
}
