#include "quote/find/find.h"

#include "base/run/run.h"

#include <stdlib.h>

bool sb_passages_add(sb_passages *passages, int64_t cost, size_t start, size_t end)
{
    if (!sb_grow(&passages->items, passages->n_items, &passages->capacity, sizeof *passages->items))
        return false;
    passages->items[passages->n_items++] = (sb_passage){cost, start, end};
    return true;
}

static int compare_passages(const void *a, const void *b)
{
    const sb_passage *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

void sb_passages_sort(sb_passages *passages)
{
    if (passages->n_items > 1)
        qsort(passages->items, passages->n_items, sizeof *passages->items, compare_passages);
}

void sb_passages_finish(sb_passages *passages)
{
    free(passages->items);
    *passages = (sb_passages){0};
}
