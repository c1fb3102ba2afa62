#include "transcript/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "transcript/model/model.h"

/* Takes over `text`. NULL: memory ran out before. */
static bool push_token(sb_tokens *out, char *text, size_t first_word, size_t last_word)
{
    if (!text || !sb_push_room(&out->items, out->n_items, sizeof *out->items)) {
        free(text);
        return false;
    }
    out->items[out->n_items++] = (sb_token){text, first_word, last_word};
    return true;
}

/* Adds the token or tokens that begin at parts[at]: a number with its unit, or the part itself. */
static bool push_tokens_at(sb_tokens *out, sb_parts *parts, size_t at, size_t *n_used)
{
    char number[SB_NUMBER_TEXT];
    size_t used = sb_number_read(number, parts->items, parts->n_items, at);
    sb_part *part = &parts->items[at];
    *n_used = used ? used : 1;
    size_t last_word = parts->items[at + *n_used - 1].last_word;
    char *text = used ? sb_copy_text(number, NULL) : part->text;
    if (!used)
        part->text = NULL;
    if (!push_token(out, text, part->word, last_word))
        return false;
    return !part->unit || push_token(out, sb_copy_text(part->unit, NULL), part->word, last_word);
}

sb_status sb_tokens_make(sb_tokens *out, const char *const *words, size_t n_words, sb_error *err)
{
    sb_parts parts = {0};
    bool ok = true;
    *out = (sb_tokens){0};
    for (size_t i = 0; ok && i < n_words; i++)
        ok = sb_parts_add_word(&parts, words[i], i);
    ok = ok && sb_parts_join_styles(&parts);
    for (size_t at = 0, used = 0; ok && at < parts.n_items; at += used)
        ok = push_tokens_at(out, &parts, at, &used);
    sb_parts_finish(&parts);
    if (ok)
        return SB_OK;
    sb_tokens_finish(out);
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory to compare %zu words; close other programs and try again",
                        n_words);
}

void sb_tokens_finish(sb_tokens *tokens)
{
    for (size_t i = 0; i < tokens->n_items; i++)
        free(tokens->items[i].text);
    free(tokens->items);
    *tokens = (sb_tokens){0};
}
