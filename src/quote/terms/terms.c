#include "quote/terms/terms.h"

#include "base/run/run.h"
#include "base/words/words.h"
#include "quote/alike/alike.h"
#include "transcript/tokens/tokens.h"

#include <stdlib.h>
#include <string.h>

static void add_term(sb_bytes *out, const char *mark, const char *text)
{
    const char same = SB_TERM_SAME;
    sb_bytes_append(out, &same, 1);
    sb_bytes_text(out, mark);
    sb_bytes_text(out, text);
}

static bool add_stem(sb_bytes *out, sb_stems *stems, const char *text)
{
    char *stem = sb_stem_of(stems, text);
    if (stem)
        add_term(out, "~", stem);
    free(stem);
    return stem != NULL;
}

static bool is_number(const char *text)
{
    return text[0] >= '0' && text[0] <= '9';
}

/* Adds what else the token may be: its digits in German, and "minute" for "minutes" of "3 min". */
static bool add_others(sb_bytes *out, const sb_token *token, bool is_german, sb_stems *stems)
{
    char number[SB_FORM_SIZE];
    if (is_german && sb_german_number(number, token->text)) {
        add_term(out, "", number);
        return add_stem(out, stems, number);
    }
    if (token->other)
        add_term(out, "", token->other);
    return true;
}

/* `whole` is the group that begins or ends with the token; NULL: none. */
static bool add_place(sb_terms *terms, const sb_token *token, const char *whole, bool is_german,
                      const char *const *texts, size_t word_base, sb_stems *stems)
{
    sb_bytes *out = &terms->text;
    const char next = SB_TERM_NEXT;
    if (!sb_grow(&terms->places, terms->n_places, &terms->capacity, sizeof *terms->places))
        return false;
    sb_term_place *place = &terms->places[terms->n_places++];
    *place = (sb_term_place){.word = word_base + token->first_word,
                             .end = word_base + token->last_word + 1,
                             .at = out->size,
                             .token_size = strlen(token->text)};
    sb_bytes_text(out, token->text);
    if (whole)
        add_term(out, "", whole);
    bool ok = !whole || add_stem(out, stems, whole);
    ok = ok && add_others(out, token, is_german, stems);
    if (ok && is_number(token->text))
        ok = sb_number_words_add(out, SB_TERM_SAME, texts, token->first_word, token->last_word);
    else if (ok)
        ok = add_stem(out, stems, token->text);
    place->size = out->size - place->at;
    sb_bytes_append(out, &next, 1);
    return ok && !out->failed;
}

static bool add_run(sb_terms *terms, const sb_tokens *tokens, const char *const *texts, size_t word_base,
                    sb_stems *stems)
{
    bool ok = true;
    for (size_t i = 0, last; ok && i < tokens->n_items; i = last + 1) {
        last = sb_tokens_group_end(tokens, i);
        char *whole = last > i ? sb_tokens_join(tokens, i, last) : NULL;
        ok = whole || last == i;
        for (size_t k = i; ok && k <= last; k++)
            ok = add_place(terms, &tokens->items[k], k == i || k == last ? whole : NULL, tokens->is_german,
                           texts, word_base, stems);
        free(whole);
    }
    return ok;
}

sb_status sb_terms_make(sb_terms *out, const sb_runs *runs, const char *language, sb_error *err)
{
    sb_phrase_text text;
    sb_stems *stems = NULL;
    *out = (sb_terms){0};
    if (sb_phrase_text_init(&text, runs, err))
        return SB_ERR_MEMORY;
    bool ok = sb_stems_create(&stems, language);
    for (size_t r = 0; ok && r < runs->n_items; r++) {
        size_t first = runs->items[r].first_word;
        ok = add_run(out, &text.of_run[r], runs->texts + first, first, stems);
    }
    sb_stems_free(&stems);
    sb_phrase_text_finish(&text);
    return ok ? SB_OK : sb_error_memory(err, "indexing an alignment");
}

void sb_terms_finish(sb_terms *terms)
{
    sb_bytes_finish(&terms->text);
    free(terms->places);
    *terms = (sb_terms){0};
}
