#include "pronounce/spoken/spoken.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool sb_is_letter_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 128;
}

void sb_sayings_add(sb_sayings *s, const char *saying)
{
    if (s->n_items == SB_SAYINGS_MAX || strlen(saying) >= SB_SAYING_SIZE_MAX || saying[0] == '\0')
        return;
    for (size_t i = 0; i < s->n_items; i++)
        if (strcmp(s->items[i], saying) == 0)
            return;
    strcpy(s->items[s->n_items++], saying);
}

void sb_sayings_print(sb_sayings *s, const char *format, ...)
{
    char text[SB_SAYING_SIZE_MAX + 1];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    sb_sayings_add(s, text);
}

void sb_sayings_join(sb_sayings *s, const sb_sayings *more)
{
    sb_sayings joined = {.n_items = 0};
    if (more->n_items == 0)
        return;
    if (s->n_items == 0) {
        *s = *more;
        return;
    }
    for (size_t rank = 0; rank < s->n_items + more->n_items - 1; rank++)
        for (size_t i = 0; i <= rank && i < s->n_items; i++)
            if (rank - i < more->n_items)
                sb_sayings_print(&joined, "%s %s", s->items[i], more->items[rank - i]);
    *s = joined;
}

void sb_sayings_append(sb_sayings *s, const char *words)
{
    sb_sayings more = {.n_items = 0};
    sb_sayings_add(&more, words);
    sb_sayings_join(s, &more);
}
