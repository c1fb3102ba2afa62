#include "export/captions/captions.h"

#include "base/run/run.h"

#include <stdlib.h>

#define COST_LINE  10 /* per line, because one line covers less of the picture than two */
#define COST_SHORT 3  /* per column below min_line_width */

sb_status sb_caption_layout_init(sb_caption_layout *layout, sb_error *err)
{
    size_t n = layout->n_items;
    layout->columns = calloc(n + 1, sizeof *layout->columns);
    layout->breaks = calloc(n + 1, sizeof *layout->breaks);
    layout->sentences = calloc(n + 1, sizeof *layout->sentences);
    if (!layout->columns || !layout->breaks || !layout->sentences)
        return sb_error_memory(err, "making captions");
    size_t column = 0;
    for (size_t i = 0; i < n; i++) {
        layout->columns[i] = column += i > 0 && !layout->items[i].joined;
        column += layout->items[i].width;
        layout->breaks[i] = sb_caption_break_cost(layout->items, n, i);
        layout->sentences[i + 1] = layout->sentences[i] + sb_caption_ends_sentence(layout->items, n, i);
    }
    layout->columns[n] = column;
    return SB_OK;
}

void sb_caption_layout_finish(sb_caption_layout *layout)
{
    free(layout->columns);
    free(layout->breaks);
    free(layout->sentences);
    *layout = (sb_caption_layout){0};
}

size_t sb_caption_layout_width(const sb_caption_layout *layout, size_t first, size_t last)
{
    return layout->columns[last] + layout->items[last].width - layout->columns[first];
}

/* The cost of a line of `width` columns below one of `above` columns (0 for the first line). Lines of equal
 * length look best, with the upper one shorter. */
static int64_t shape_cost(const sb_caption_layout *layout, size_t width, size_t above)
{
    size_t least = layout->params->min_line_width;
    int64_t cost = COST_LINE + (width < least ? COST_SHORT * (int64_t)(least - width) : 0);
    if (!above)
        return cost;
    return cost + (above > width ? (int64_t)(above - width) : (int64_t)(width - above) / 2);
}

static int64_t break_cost(const sb_caption_layout *layout, size_t at)
{
    int cost = layout->breaks[at];
    return cost >= SB_CAPTION_NEVER ? SB_CAPTION_FAULT + cost : cost;
}

/* Returns the lowest cost of setting first ... last in at most `lines` lines below one of `above` columns;
 * negative if they do not fit. Sets `*end` to the last item of the first line. */
static int64_t best_lines(const sb_caption_layout *layout, size_t first, size_t last, size_t lines,
                          size_t above, size_t *end)
{
    size_t width = sb_caption_layout_width(layout, first, last), most = layout->params->max_line_width;
    int64_t best = width <= most ? shape_cost(layout, width, above) : -1;
    *end = last;
    if (lines < 2 || (best >= 0 && !above))
        return best;
    for (size_t at = first; at < last; at++) {
        size_t upper = sb_caption_layout_width(layout, first, at), below_end;
        if (upper > most)
            break;
        int64_t below = best_lines(layout, at + 1, last, lines - 1, upper, &below_end);
        int64_t cost = shape_cost(layout, upper, above) + break_cost(layout, at) + below;
        if (below < 0 || (best >= 0 && cost >= best))
            continue;
        best = cost;
        *end = at;
    }
    return best;
}

int64_t sb_caption_lines_cost(const sb_caption_layout *layout, size_t first, size_t last)
{
    size_t end;
    return best_lines(layout, first, last, layout->params->max_lines, 0, &end);
}

/* Puts as many items on a line as fit, for text that is too long for a cue. */
static size_t wrap(const sb_caption_layout *layout, size_t first, size_t last)
{
    size_t line = 0;
    for (size_t i = first, begin = first; i <= last; i++) {
        bool fits = sb_caption_layout_width(layout, begin, i) <= layout->params->max_line_width;
        if (!fits && i > begin) {
            line++;
            begin = i;
        }
        layout->items[i].line = line;
    }
    return line + 1;
}

size_t sb_caption_lines_set(const sb_caption_layout *layout, size_t first, size_t last)
{
    size_t above = 0, n = 0;
    if (sb_caption_lines_cost(layout, first, last) < 0)
        return wrap(layout, first, last);
    for (size_t at = first, end; at <= last; at = end + 1, n++) {
        best_lines(layout, at, last, layout->params->max_lines - n, above, &end);
        for (size_t i = at; i <= end; i++)
            layout->items[i].line = n;
        above = sb_caption_layout_width(layout, at, end);
    }
    return n;
}
