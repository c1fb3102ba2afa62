#include <string.h>

#include "transcript/tables/tables.h"

/* Speech has about 15 letters a second: 0.015 a millisecond, and more than a million a day. The limits are the geometric
 * means. */
#define LETTERS_PER_MS  0.5
#define LETTERS_PER_DAY 4400.0
#define DAY             (86400 * SB_TIME_SECOND)
/* Nobody speaks for this many seconds on average, and nobody as few milliseconds. */
#define LONG_SEGMENT 300.0

typedef struct number_sums {
    double letters, length, latest;
    size_t n;
    bool has_decimals;
} number_sums;

static bool read_number(double *value, const char *text, sb_range cell)
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
        if (!read_number(&start, text, row->start_range))
            continue;
        sums.has_decimals = sums.has_decimals ||
                            memchr(text + row->start_range.at, '.', row->start_range.length) ||
                            memchr(text + row->start_range.at, ',', row->start_range.length);
        sums.latest = start > sums.latest ? start : sums.latest;
        if (has_ends && read_number(&end, text, row->end_range))
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
