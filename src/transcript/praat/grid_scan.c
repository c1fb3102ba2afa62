#include "transcript/praat/praat.h"

#include "base/text/text.h"

#include <string.h>

static void count_lines(sb_grid_scan *s, size_t at)
{
    for (; s->counted < at; s->counted++) {
        char c = s->text[s->counted];
        bool is_pair = c == '\r' && s->counted + 1 < s->size && s->text[s->counted + 1] == '\n';
        s->line += c == '\n' || (c == '\r' && !is_pair);
    }
}

/* The closing mark is the first that is not doubled. */
static sb_grid_token take_quoted(sb_grid_scan *s)
{
    size_t from = ++s->at;
    while (s->at < s->size) {
        const char *quote = memchr(s->text + s->at, '"', s->size - s->at);
        if (!quote)
            break;
        s->at = (size_t)(quote - s->text) + 1;
        if (s->at < s->size && s->text[s->at] == '"') {
            s->at++;
            continue;
        }
        s->range = (sb_range){from, s->at - 1 - from};
        return SB_GRID_TEXT;
    }
    s->at = s->size;
    s->range = (sb_range){from, s->size - from};
    return SB_GRID_CUT;
}

/* Only a number between blanks is a value: the 2 of "intervals [2]:" is not. */
sb_grid_token sb_grid_next(sb_grid_scan *s)
{
    if (s->line == 0)
        s->line = 1;
    while (s->at < s->size) {
        char c = s->text[s->at];
        if (sb_is_ascii_space(c)) {
            s->at++;
            continue;
        }
        count_lines(s, s->at);
        if (c == '"')
            return take_quoted(s);
        size_t from = s->at;
        while (s->at < s->size && !sb_is_ascii_space(s->text[s->at]) && s->text[s->at] != '"')
            s->at++;
        s->range = (sb_range){from, s->at - from};
        if (c == '<' && s->text[s->at - 1] == '>')
            return SB_GRID_FLAG;
        if (c == '!') {
            while (s->at < s->size && s->text[s->at] != '\n' && s->text[s->at] != '\r')
                s->at++;
            continue;
        }
        sb_stamp stamp = sb_stamp_number(s->text + from, s->range.length, SB_TIME_SECOND);
        bool is_number = stamp.length == s->range.length && stamp.length > 0;
        if (is_number)
            return s->at == s->size ? SB_GRID_CUT : SB_GRID_NUMBER;
    }
    return SB_GRID_END;
}
