#include "show/entries.h"

#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

void sb_show_entries_free(sb_show_entries **entries)
{
    if (!*entries)
        return;
    for (size_t i = 0; i < (*entries)->n_items; i++)
        free((*entries)->items[i].transcripts);
    free((*entries)->items);
    sb_show_memory_free(&(*entries)->memory);
    free(*entries);
    *entries = NULL;
}

sb_show_entry *sb_show_entry_add(sb_show_entries *entries, int64_t line)
{
    if (!sb_push_room(&entries->items, entries->n_items, sizeof *entries->items))
        return NULL;
    sb_show_entry *entry = &entries->items[entries->n_items++];
    *entry = (sb_show_entry){.line = line};
    return entry;
}

const char *sb_show_entry_keep(sb_show_entries *entries, const char *text, size_t size, bool *ok)
{
    while (size && sb_is_ascii_space(*text)) {
        text++;
        size--;
    }
    while (size && sb_is_ascii_space(text[size - 1]))
        size--;
    if (!size || memchr(text, 0, size))
        return NULL;
    const char *kept = sb_arena_copy(&entries->memory->texts, text, size);
    *ok = *ok && kept;
    return kept;
}
