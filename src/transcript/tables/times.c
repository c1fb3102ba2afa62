#include "transcript/tables/tables.h"

#include <string.h>
#include <strings.h>

/* Speech has about 15 letters a second: 0.015 a millisecond, and more than a million a day. The limits are
 * the geometric means. */
#define LETTERS_PER_MS  0.5
#define LETTERS_PER_DAY 4400.0
#define HOUR            (3600 * SB_TIME_SECOND)
#define MAX_TYPED       32
#define DAY             (86400 * SB_TIME_SECOND)
/* Longer than an average segment in seconds, and shorter than one in milliseconds. */
#define LONG_SEGMENT 300.0

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
static sb_stamp read_with_unit(sb_range *range, sb_time unit, const char *text, sb_range cell)
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

/* Reads the "AM" or "PM" after a clock time, as spreadsheets write it. */
static void take_half_day(sb_stamp *stamp, sb_range *range, const char *text, sb_range body)
{
    sb_range rest = sb_range_trim(text, (sb_range){body.at + stamp->length, body.length - stamp->length});
    if (rest.length < 2 || !stamp->has_hours || stamp->time == SB_TIME_NONE || stamp->time >= 13 * HOUR ||
        (rest.length > 2 && text[rest.at + 2] != ' '))
        return;
    bool is_am = strncasecmp(text + rest.at, "am", 2) == 0, is_pm = strncasecmp(text + rest.at, "pm", 2) == 0;
    if (!is_am && !is_pm)
        return;
    stamp->time = stamp->time % (12 * HOUR) + (is_pm ? 12 * HOUR : 0);
    stamp->length = rest.at + 2 - body.at;
    range->length = 0;
}

/* Reads what people type, such as "1m30s". Such a time cannot be rewritten. */
static sb_stamp read_typed(const char *text, sb_range body)
{
    char copy[MAX_TYPED];
    sb_stamp stamp = {.time = SB_TIME_NONE};
    if (body.length == 0 || body.length >= sizeof copy || memchr(text + body.at, 0, body.length))
        return stamp;
    memcpy(copy, text + body.at, body.length);
    copy[body.length] = 0;
    if (sb_time_parse(&stamp.time, copy, NULL) == SB_OK && stamp.time >= 0)
        stamp.length = body.length;
    else
        stamp.time = SB_TIME_NONE;
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
    if (stamp.length > 0)
        take_half_day(&stamp, range, text, body);
    else
        stamp = read_with_unit(range, clock->unit ? clock->unit : SB_TIME_SECOND, text, body);
    if (stamp.length < body.length && range->length == stamp.length &&
        !memchr(text + body.at, ':', stamp.length)) {
        sb_stamp typed = read_typed(text, body);
        if (typed.length > 0) {
            stamp = typed;
            range->length = 0;
        }
    }
    stamp.length += stamp.length ? body.at - cell.at : 0;
    return stamp;
}

typedef struct number_sums {
    double letters, length, latest;
    size_t n;
    bool has_decimals;
} number_sums;

static bool read_plain_number(double *value, const char *text, sb_range cell)
{
    cell = sb_range_trim(text, cell);
    sb_stamp stamp = sb_stamp_number(text + cell.at, cell.length, SB_TIME_SECOND);
    *value = stamp.time == SB_TIME_NONE ? 0 : sb_time_to_seconds(stamp.time);
    return stamp.length > 0 && stamp.length == cell.length && !stamp.problem;
}

static void add_length(number_sums *sums, const sb_table_row *row, double length)
{
    if (length <= 0)
        return;
    sums->letters += (double)row->text.range.length;
    sums->length += length;
    sums->n++;
}

static number_sums sum_up(const sb_table *table, bool has_ends)
{
    const char *text = table->reading->text;
    number_sums sums = {0};
    double start, end, before = -1;
    for (size_t i = 0; i < table->n_items; i++) {
        const sb_table_row *row = &table->items[i];
        if (!read_plain_number(&start, text, row->start_range))
            continue;
        sums.has_decimals = sums.has_decimals ||
                            memchr(text + row->start_range.at, '.', row->start_range.length) ||
                            memchr(text + row->start_range.at, ',', row->start_range.length);
        sums.latest = start > sums.latest ? start : sums.latest;
        if (has_ends && read_plain_number(&end, text, row->end_range))
            add_length(&sums, row, end - start);
        else if (!has_ends && before >= 0)
            add_length(&sums, row - 1, start - before);
        before = start;
    }
    return sums;
}

sb_time sb_table_number_unit(const sb_table *table, bool has_ends)
{
    number_sums sums = sum_up(table, has_ends);
    if (sums.n == 0)
        return SB_TIME_SECOND;
    if (table->are_names)
        return !sums.has_decimals && sums.length > LONG_SEGMENT * (double)sums.n ? SB_TIME_MS
                                                                                 : SB_TIME_SECOND;
    if (sums.latest < 1 && sums.has_decimals && sums.letters / sums.length > LETTERS_PER_DAY)
        return DAY;
    return !sums.has_decimals && sums.letters / sums.length < LETTERS_PER_MS ? SB_TIME_MS : SB_TIME_SECOND;
}
