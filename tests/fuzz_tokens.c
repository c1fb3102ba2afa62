/* Divides any words, one a line, into tokens, and grades the differences between them. The first byte chooses
 * the language of the grades. The tokens have text and are in the order of the words, the same words give the
 * same tokens, and each difference has a grade. */
#include "fuzz.h"
#include "quote/sense/sense.h"
#include "transcript/transcript.h"

enum { WORDS_MAX = 64, GRADES_MAX = 6 /* which take longer than the tokens */ };

static void check_tokens(const sb_tokens *tokens, size_t n_words)
{
    for (size_t i = 0; i < tokens->n_items; i++) {
        const sb_token *token = &tokens->items[i];
        require(token->text && *token->text);
        require(token->first_word <= token->last_word && token->last_word < n_words);
        /* "$12 400" is "12400" and "dollars", both of two words */
        require(i == 0 || tokens->items[i - 1].first_word <= token->first_word);
        require(i == 0 || tokens->items[i - 1].last_word <= token->last_word);
    }
}

static void check_same(const sb_tokens *a, const sb_tokens *b)
{
    require(a->n_items == b->n_items);
    for (size_t i = 0; i < a->n_items; i++) {
        const sb_token *x = &a->items[i], *y = &b->items[i];
        require(!strcmp(x->text, y->text) && x->first_word == y->first_word && x->last_word == y->last_word);
        require(x->is_hour == y->is_hour && x->is_spelled == y->is_spelled && x->stop == y->stop);
    }
}

/* Each word is quoted for the next one. */
static void check_grades(char *const *words, size_t n_words, uint8_t language)
{
    const sb_senses *senses = &sb_sense_languages[language % sb_n_sense_languages];
    bool ok = true;
    for (size_t i = 0; i < n_words && i < GRADES_MAX; i++) {
        const char *said = i + 1 < n_words ? words[i + 1] : NULL;
        require(sb_words_grade(senses, words[i], said, i % 2, NULL, NULL, &ok) > SB_GRADE_NONE);
        require(sb_words_grade(senses, NULL, words[i], i % 2, NULL, NULL, &ok) > SB_GRADE_NONE);
        sb_senses_in(senses, words[i], &ok);
    }
    require(ok);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    char *words[WORDS_MAX];
    size_t n_words = 0;
    uint8_t language = fuzz_take(&bytes);
    while (bytes.size > 0 && n_words < WORDS_MAX)
        words[n_words++] = fuzz_take_line(&bytes);
    sb_tokens tokens, again;
    require(sb_tokens_make(&tokens, (const char *const *)words, n_words, NULL) == SB_OK);
    require(sb_tokens_make(&again, (const char *const *)words, n_words, NULL) == SB_OK);
    check_tokens(&tokens, n_words);
    check_same(&tokens, &again);
    check_grades(words, n_words, language);
    sb_tokens_finish(&tokens);
    sb_tokens_finish(&again);
    for (size_t i = 0; i < n_words; i++)
        free(words[i]);
    return 0;
}
