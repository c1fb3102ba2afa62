#include "transcript/tables/tables.h"

#include <string.h>
#include <strings.h>

/* Drops brackets around a time, and an apostrophe with which spreadsheets mark text. */
static sb_range inside(const char *text, sb_range cell)
{
    sb_range range = sb_range_trim(text, cell);
    while (range.length > 0 && strchr("[('", text[range.at])) {
        range.at++;
        range.length--;
    }
    return range;
}

static const struct {
    const char *name;
    bool is_ms;
} units[] = {{"ms", true}, {"msec", true}, {"s", false}, {"sec", false}, {"seconds", false}};

/* Reads a number and a unit after it. */
static sb_stamp read_number(sb_range *range, sb_time unit, const char *text, sb_range cell)
{
    sb_stamp stamp = sb_stamp_number(text + cell.at, cell.length, unit);
    sb_range rest = sb_range_trim(text, (sb_range){cell.at + stamp.length, cell.length - stamp.length});
    *range = (sb_range){cell.at, stamp.length};
    for (size_t i = 0; stamp.length > 0 && i < sizeof units / sizeof *units; i++) {
        size_t n = strlen(units[i].name);
        if (rest.length < n || strncasecmp(text + rest.at, units[i].name, n) != 0 ||
            (rest.length > n && !strchr(" )]", text[rest.at + n])))
            continue;
        sb_time own = units[i].is_ms ? SB_TIME_MS : SB_TIME_SECOND;
        sb_stamp again = sb_stamp_number(text + cell.at, stamp.length, own);
        again.length = rest.at + n - cell.at;
        if (own != unit)
            range->length = 0;
        return again;
    }
    return stamp;
}

sb_stamp sb_cell_time(sb_range *range, const sb_cell_clock *clock, const char *text, sb_range cell)
{
    sb_range body = inside(text, cell);
    sb_time frame = clock->frame ? clock->frame : SB_TIME_SECOND / 25;
    sb_stamp stamp = sb_stamp_frames(text + body.at, body.length, frame);
    if (stamp.length == 0)
        stamp = sb_stamp_clock(text + body.at, body.length);
    *range = (sb_range){body.at, stamp.length};
    if (stamp.length == 0)
        stamp = read_number(range, clock->unit ? clock->unit : SB_TIME_SECOND, text, body);
    stamp.length += stamp.length ? body.at - cell.at : 0;
    return stamp;
}
