#include "show/show.h"

#include <stdlib.h>
#include <string.h>

const char *sb_show_keep(struct sb_show_memory *memory, const char *text)
{
    return text ? sb_arena_copy(&memory->texts, text, strlen(text)) : NULL;
}

const char **sb_show_list(struct sb_show_memory *memory, size_t n)
{
    if (!sb_push_room(&memory->lists, memory->n_lists, sizeof *memory->lists))
        return NULL;
    const char **list = calloc(n + 1, sizeof *list);
    if (list)
        memory->lists[memory->n_lists++] = list;
    return list;
}

void sb_show_memory_free(struct sb_show_memory **memory)
{
    if (!*memory)
        return;
    sb_arena_finish(&(*memory)->texts);
    for (size_t i = 0; i < (*memory)->n_lists; i++)
        free((*memory)->lists[i]);
    free((*memory)->lists);
    free(*memory);
    *memory = NULL;
}
