/* Forms of headers that are ambiguous in a single line, so that the whole text decides. */
#include "base/text/text.h"
#include "transcript/headed/headed.h"
#include "transcript/model/model.h"

/* Times after the colon count if so many headers have one, and so many percent of those from the first on. */
#define MIN_LOOSE_TIMES 3
#define LOOSE_SHARE     90
#define MAX_ABOVE       16

/* Headers with a time between the colon and the text. */
typedef struct loose_times {
    size_t n, n_short;         /* n_short: without hours */
    size_t n_others;           /* other headers since the first, or above it with the same name */
    sb_range above[MAX_ABOVE]; /* names of the headers above the first */
    size_t n_above;
    sb_time last;
    bool goes_back;
} loose_times;

static bool is_header_of_turn(const char *text, const sb_header *h)
{
    return h->form != SB_HEADER_NONE && !h->level &&
           (h->has_time || (h->name.length > 0 && sb_is_plain_name(text + h->name.at, h->name.length)));
}

/* A speaker above the first time, unlike a key such as "Host:", shows that turns have no times. */
static void count_same_above(loose_times *l, const char *text, sb_range name)
{
    for (size_t i = 0; i < l->n_above; i++) {
        l->n_others += l->above[i].length > 0 && sb_ranges_equal(text, l->above[i], name);
        if (sb_ranges_equal(text, l->above[i], name))
            l->above[i].length = 0;
    }
}

static void count_loose_time(loose_times *l, const char *text, sb_range line)
{
    sb_header h;
    sb_header_read(&h, text, line, SB_STYLE_LOOSE_TIMES);
    if (!is_header_of_turn(text, &h))
        return;
    bool is_loose = h.form == SB_HEADER_MARKED && h.has_time && h.name.length > 0 && !h.time.bracket &&
                    h.rest.length > 0 && h.time.time.time != SB_TIME_NONE;
    if (!is_loose) {
        l->n_others += l->n > 0;
        if (l->n == 0 && l->n_above < MAX_ABOVE)
            l->above[l->n_above++] = h.name;
        return;
    }
    count_same_above(l, text, h.name);
    l->goes_back = l->goes_back || (l->n > 0 && h.time.time.time < l->last);
    l->last = h.time.time.time;
    l->n++;
    l->n_short += !h.time.time.has_hours;
}

/* "Ann Lee: 01:30 text" has a time if nearly all headers have one and the times do not go back. */
static bool has_loose_times(const loose_times *l)
{
    return l->n >= MIN_LOOSE_TIMES && l->n_short > 0 && !l->goes_back &&
           l->n * 100 >= (l->n + l->n_others) * LOOSE_SHARE;
}

unsigned sb_header_styles(const char *text, size_t size)
{
    loose_times loose = {0};
    for (sb_line line = {0}; sb_line_next(&line, text, size);) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length > 0)
            count_loose_time(&loose, text, content);
    }
    return has_loose_times(&loose) ? SB_STYLE_LOOSE_TIMES : 0;
}
