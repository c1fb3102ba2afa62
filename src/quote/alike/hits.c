#include "quote/alike/alike.h"

#include "base/text/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_scores(const void *a, const void *b)
{
    const sb_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->last > y->last) - (x->last < y->last);
}

static bool take_hit_words(bool *taken, const sb_hit *hit)
{
    for (size_t w = hit->first; w <= hit->last; w++)
        if (taken[w])
            return false;
    memset(taken + hit->first, true, hit->last - hit->first + 1);
    return true;
}

bool sb_hits_keep_best(sb_hits *hits, size_t begin, size_t n_words)
{
    size_t kept = begin;
    bool *taken = calloc(n_words + 1, sizeof *taken);
    if (!taken)
        return false;
    if (hits->n_items > begin + 1)
        qsort(hits->items + begin, hits->n_items - begin, sizeof *hits->items, compare_scores);
    for (size_t i = begin; i < hits->n_items; i++)
        if (take_hit_words(taken, &hits->items[i]))
            hits->items[kept++] = hits->items[i];
    hits->n_items = kept;
    free(taken);
    return true;
}

const char *sb_why_print(sb_arena *whys, const char *format, ...)
{
    char buffer[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    size_t size = strlen(buffer);
    if (size + 1 == sizeof buffer)
        size = sb_utf8_cut(buffer, size - 1);
    return sb_arena_copy(whys, buffer, size);
}

sb_status sb_hits_keep_shared(sb_hits *hits, size_t begin, size_t n_words, sb_error *err)
{
    size_t *marked_to = calloc(n_words + 1, sizeof *marked_to), kept = 0;
    if (!marked_to)
        return sb_error_memory(err, "searching");
    for (size_t i = begin; i < hits->n_items; i++)
        for (size_t w = hits->items[i].first; w <= hits->items[i].last; w++)
            marked_to[w + 1] = 1;
    for (size_t w = 0; w < n_words; w++)
        marked_to[w + 1] += marked_to[w];
    for (size_t i = 0; i < begin; i++) {
        sb_hit hit = hits->items[i];
        if (marked_to[hit.last + 1] > marked_to[hit.first])
            hits->items[kept++] = hit;
    }
    hits->n_items = kept;
    free(marked_to);
    return SB_OK;
}
