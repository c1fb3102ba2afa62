#include "transcript/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/tokens/tokens.h"

/* Takes over `text`. NULL: memory ran out before. */
static bool push_token(sb_tokens *out, char *text, const sb_part *first, const sb_part *last)
{
    if (!text || !sb_push_room(&out->items, out->n_items, sizeof *out->items)) {
        free(text);
        return false;
    }
    bool is_minutes = out->n_items > 0 && out->items[out->n_items - 1].is_hour;
    out->items[out->n_items++] = (sb_token){.text = text,
                                            .other = first == last ? first->other : NULL,
                                            .first_word = first->word,
                                            .last_word = last->last_word,
                                            .is_lower = first->is_lower,
                                            .is_hour = first->is_hour,
                                            .joint = is_minutes ? ':' : first->joint,
                                            .has_point = last->has_point,
                                            .stop = last->stop};
    return true;
}

static bool is_hour(const char *text)
{
    size_t size = strlen(text);
    return size > 0 && size <= 2 && strspn(text, "0123456789") == size && atoi(text) <= 24;
}

/* Returns the length of the hour in "7.30", or 0. */
static size_t hour_size(const char *text)
{
    size_t size = strlen(text), hour = strspn(text, "0123456789");
    bool is_clock = hour <= 2 && size == hour + 3 && text[hour] == '.' && text[hour + 1] < '6';
    return is_clock ? hour : 0;
}

static bool is_two_digits(const char *text)
{
    return strspn(text, "0123456789") == 2 && !text[2];
}

/* "am" or "pm" comes next. "7.30" before it is "7" "30", and "seven thirty" is a time too, but "seven,
 * thirty" is not. */
static bool end_clock_time(sb_tokens *out, const sb_part *before)
{
    sb_token *last = out->n_items > 0 ? &out->items[out->n_items - 1] : NULL;
    size_t size = last ? hour_size(last->text) : 0;
    if (size > 0) {
        last->text[size] = '\0';
        last->is_hour = true;
        return push_token(out, sb_copy_text(last->text + size + 1, NULL), before, before);
    }
    if (out->n_items > 1 && is_two_digits(last->text) && last->text[0] < '6' &&
        last[-1].stop == SB_STOP_NONE && is_hour(last[-1].text)) {
        last[-1].is_hour = true;
        last->joint = ':';
    }
    return true;
}

/* Adds the token or tokens that begin at parts[at]: a number with its unit, or the part itself. */
static bool push_tokens_at(sb_tokens *out, sb_parts *parts, size_t at, size_t *n_used)
{
    char number[SB_NUMBER_TEXT];
    size_t used = sb_number_read(number, parts->items, parts->n_items, at);
    sb_part *part = &parts->items[at];
    bool is_spelled = used > 0 && !sb_is_ascii_digit(part->text[0]);
    bool is_half_of_day = strcmp(part->text, "am") == 0 || strcmp(part->text, "pm") == 0;
    if (is_half_of_day && at > 0 && part[-1].stop == SB_STOP_NONE && !end_clock_time(out, &part[-1]))
        return false;
    *n_used = used ? used : 1;
    const sb_part *last = part + *n_used - 1;
    char *text = used ? sb_copy_text(number, NULL) : part->text;
    if (!used)
        part->text = NULL;
    if (!push_token(out, text, part, last))
        return false;
    out->items[out->n_items - 1].is_spelled = is_spelled;
    return !part->unit || push_token(out, sb_copy_text(part->unit, NULL), part, last);
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
