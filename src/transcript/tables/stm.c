#include "transcript/tables/tables.h"

#include <string.h>

#define MAX_SNIFFED_LINES 100
#define IGNORED           "ignore_time_segment_in_scoring"
#define MAX_LABEL         200

typedef enum line_kind { LINE_OTHER, LINE_SKIPPED, LINE_SEGMENT } line_kind;

/* Skips a label such as "<o,f0,male>" before the text. */
static sb_range without_label(const char *text, sb_range rest)
{
    size_t limit = rest.length < MAX_LABEL ? rest.length : MAX_LABEL;
    const char *end = rest.length > 0 && text[rest.at] == '<' ? memchr(text + rest.at, '>', limit) : NULL;
    if (!end)
        return rest;
    size_t length = (size_t)(end - text) - rest.at + 1;
    bool is_label = length <= 4 || memchr(text + rest.at, ',', length) ||
                    sb_range_is(text, (sb_range){rest.at, length}, "<NA>");
    return is_label ? sb_range_trim(text, (sb_range){rest.at + length, rest.length - length}) : rest;
}

static bool is_named(const char *text, sb_range speaker)
{
    return !sb_range_is(text, speaker, "inter_segment_gap") && !sb_range_is(text, speaker, "<NA>") &&
           !sb_range_is(text, speaker, "excluded_region") && !sb_range_is(text, speaker, "unknown");
}

/* Reads `file channel speaker start end [<label>] text`. */
static line_kind read_stm_line(sb_table_row *row, sb_range *file, sb_range *channel, const char *text,
                               const sb_line *line)
{
    *row = (sb_table_row){.line = line->number};
    if (sb_line_is_blank(line, text) || (line->length > 1 && memcmp(text + line->at, ";;", 2) == 0))
        return LINE_SKIPPED;
    sb_fields f = sb_fields_split(text, line, 6);
    if (f.n < 5 || text[f.items[0].at + f.items[0].length - 1] == ':')
        return LINE_OTHER;
    row->start = sb_field_seconds(text, f.items[3]);
    row->end = sb_field_seconds(text, f.items[4]);
    if (row->start == SB_TIME_NONE || row->end == SB_TIME_NONE)
        return LINE_OTHER;
    *file = f.items[0];
    *channel = f.items[1];
    row->start_range = f.items[3];
    row->end_range = f.items[4];
    row->text.range =
        f.n > 5 ? without_label(text, f.items[5]) : (sb_range){f.items[4].at + f.items[4].length, 0};
    row->text.has_alternatives = memchr(text + row->text.range.at, '{', row->text.range.length) != NULL;
    if (is_named(text, f.items[2])) {
        row->speaker.range = f.items[2];
        row->has_speaker = true;
    }
    return LINE_SEGMENT;
}

/* A single line needs decimals, because "We saw that 12 400 people" has two numbers at the same place. */
static bool has_decimals(const char *text, const sb_table_row *row)
{
    return memchr(text + row->start_range.at, '.', row->start_range.length) &&
           memchr(text + row->end_range.at, '.', row->end_range.length);
}

static sb_sniff sniff_stm(const char *text, size_t size)
{
    sb_line line = {0};
    sb_table_row row;
    sb_range file, channel;
    size_t n = 0, n_other = 0, n_decimal = 0;
    while (line.number < MAX_SNIFFED_LINES && sb_line_next(&line, text, size)) {
        line_kind kind = read_stm_line(&row, &file, &channel, text, &line);
        n_other += kind == LINE_OTHER && line.has_end;
        n += kind == LINE_SEGMENT;
        n_decimal += kind == LINE_SEGMENT && has_decimals(text, &row);
    }
    return n > 0 && n_other * 4 <= n && (n > 1 || n_decimal > 0)
               ? (sb_sniff){90, "lines such as file 1 speaker 0.50 2.75 text"}
               : (sb_sniff){0};
}

static sb_status read_stm(sb_reading *reading)
{
    sb_label_list channels = {0}, files = {0};
    sb_table table = {.reading = reading, .has_silences = true, .channel_names = &channels};
    sb_line line = {0};
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        sb_table_row row;
        sb_range file, channel;
        line_kind kind = read_stm_line(&row, &file, &channel, reading->text, &line);
        if (kind == LINE_OTHER && line.has_end)
            sb_table_count(&table, SB_FAULT_LINE, line.at);
        if (kind != LINE_SEGMENT)
            continue;
        if (sb_range_is(reading->text, row.text.range, IGNORED))
            row.text.range.length = 0;
        sb_label_number(&files, reading->text, file);
        row.channel = sb_label_number(&channels, reading->text, channel);
        status = sb_table_add(&table, &row);
    }
    if (status == SB_OK && table.n_items == 0)
        status = sb_reading_fail(reading, 0,
                                 "no line such as \"file 1 speaker 0.50 2.75 text\"; choose another format");
    sb_table_check_files(&table, &files);
    if (status == SB_OK)
        status = sb_table_add_turns(&table);
    sb_table_finish(&table);
    return status;
}

const sb_reader sb_reader_stm = {"stm", "NIST: file, channel, speaker, start, end and text on a line",
                                 sniff_stm, read_stm, SB_UNIT_CUE};
