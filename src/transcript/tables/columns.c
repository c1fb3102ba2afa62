#include "transcript/tables/tables.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/words/words.h"
#include "transcript/model/model.h"

#define MAX_COLUMNS    64
#define HEADER_LINES   30
#define HEADER_BYTES   8192
#define MAX_HEADING    60
#define PEEKED_ROWS    20
#define MIN_HEADERLESS 3

/* The first rows of a table, to see what its columns hold. */
typedef struct peek {
    size_t n_rows, n_same; /* n_same: with the expected number of cells */
    size_t n_times[MAX_COLUMNS], n_clocks[MAX_COLUMNS], n_filled[MAX_COLUMNS], n_files[MAX_COLUMNS];
    size_t n_letters[MAX_COLUMNS], n_blanks[MAX_COLUMNS], n_changes[MAX_COLUMNS];
    size_t n_names[MAX_COLUMNS], n_decimals[MAX_COLUMNS];
    uint64_t last[MAX_COLUMNS];
} peek;

static bool is_file_name(const char *cell)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t size = strlen(cell);
    const char *dot = strrchr(cell, '.');
    size_t tail = dot ? size - (size_t)(dot + 1 - cell) : 0;
    bool has_extension = tail >= 2 && tail <= 5 && dot > cell && strchr(letters, dot[1]) &&
                         strspn(dot + 1, letters) + 1 >= tail && !strpbrk(cell, "\n\",");
    return size > 2 && size < 500 && (has_extension || (strchr(cell, '/') && !strchr(cell, ' ')));
}

/* The colours of markers are no names, and "Ann: Yes" is one with the text of a turn. */
static bool is_column_name(const char *cell)
{
    static const char *const colours[] = {"red",     "green",  "blue",  "cyan",
                                          "magenta", "yellow", "black", "white"};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
        if (strcasecmp(cell, colours[i]) == 0)
            return false;
    const char *colon = strstr(cell, ": ");
    if (colon && colon[2])
        return false;
    unsigned char second = cell[0] ? (unsigned char)cell[1] : 0;
    return strlen(cell) <= MAX_HEADING && (second >= 0x80 || isalpha(second)) &&
           sb_is_name(cell, strlen(cell));
}

static void look_at_cell(peek *p, size_t column, const char *cell)
{
    sb_range range;
    size_t size = strlen(cell);
    const sb_cell_clock clock = {0};
    sb_range body = sb_range_trim(cell, (sb_range){0, size});
    if (body.length == 0)
        return;
    sb_stamp stamp = sb_cell_time(&range, &clock, cell, body);
    bool is_time = stamp.length == body.length ||
                   (stamp.length > 0 && range.length >= 4 && memchr(cell + range.at, ':', range.length));
    p->n_filled[column]++;
    p->n_times[column] += is_time;
    p->n_clocks[column] += is_time && memchr(cell + body.at, ':', body.length) != NULL;
    p->n_decimals[column] += is_time && strchr(cell, '.') != NULL;
    p->n_files[column] += is_file_name(cell);
    p->n_names[column] += !is_time && is_column_name(cell);
    for (size_t i = 0; i < size; i++) {
        p->n_blanks[column] += cell[i] == ' ';
        p->n_letters[column] += (cell[i] >= 'a' && cell[i] <= 'z') || (cell[i] >= 'A' && cell[i] <= 'Z') ||
                                (unsigned char)cell[i] >= 0x80;
    }
    uint64_t hash = sb_hash_text(SB_HASH_SEED, cell);
    p->n_changes[column] += hash != p->last[column];
    p->last[column] = hash;
}

static void look_at_rows(peek *p, sb_csv csv, size_t n_columns)
{
    *p = (peek){0};
    while (p->n_rows < PEEKED_ROWS) {
        sb_csv_record record;
        if (sb_csv_next(&csv, &record, NULL) != SB_OK || record.n_cells == 0)
            break;
        bool is_whole = csv.at < csv.size || csv.data[csv.at - 1] == '\n' || csv.data[csv.at - 1] == '\r' ||
                        p->n_rows == 0;
        p->n_rows += is_whole;
        p->n_same += is_whole && record.n_cells == n_columns;
        for (size_t i = 0; is_whole && i < record.n_cells && i < n_columns && i < MAX_COLUMNS; i++)
            look_at_cell(p, i, record.cells[i]);
        sb_csv_record_finish(&record);
    }
}

static bool is_heading(const char *cell)
{
    size_t size = strlen(cell), n_digits = 0;
    for (size_t i = 0; i < size; i++)
        n_digits += cell[i] >= '0' && cell[i] <= '9';
    return size <= MAX_HEADING && !strpbrk(cell, "{}<>\n") && 2 * n_digits < size + 1 &&
           !(size > 0 && strchr(".?!", cell[size - 1]));
}

/* Prose has a blank after each comma. A table has none. */
static bool are_headings(const sb_csv_record *record, char separator)
{
    size_t n_filled = 0;
    for (size_t i = 0; i < record->n_cells; i++) {
        const char *cell = record->cells[i];
        if (!is_heading(cell) || (separator != '\t' && i > 0 && cell[0] == ' ' && cell[1]))
            return false;
        n_filled += *cell != 0;
        for (size_t k = 0; k < i && *cell && i < MAX_COLUMNS; k++)
            if (strcmp(record->cells[k], cell) == 0)
                return false;
    }
    return record->n_cells >= 2 && n_filled >= 2;
}

typedef struct found {
    size_t at[SB_COLUMN_FILE + 1]; /* first column of each kind */
    sb_column_kind kinds[MAX_COLUMNS];
    size_t n_other;
} found;

static void read_names(found *f, sb_columns *out, const sb_csv_record *header)
{
    for (size_t i = 0; i <= SB_COLUMN_FILE; i++)
        f->at[i] = SB_COLUMN_NONE;
    for (size_t i = 0; i < header->n_cells && i < MAX_COLUMNS; i++) {
        sb_column column = sb_column_read(header->cells[i]);
        if (f->at[column.kind] == SB_COLUMN_NONE)
            f->at[column.kind] = i;
        f->kinds[i] = column.kind;
        bool is_time = column.kind >= SB_COLUMN_START && column.kind <= SB_COLUMN_TIME;
        if (is_time && f->at[column.kind] == i && out->unit == 0)
            out->unit = column.unit;
        f->n_other += column.kind == SB_COLUMN_OTHER || column.kind == SB_COLUMN_FILE;
    }
}

static void choose_columns(sb_columns *out, const found *f)
{
    const size_t *at = f->at;
    out->start = at[SB_COLUMN_START] != SB_COLUMN_NONE ? at[SB_COLUMN_START] : at[SB_COLUMN_TIME];
    out->end = at[SB_COLUMN_END];
    out->length = at[SB_COLUMN_LENGTH];
    out->speaker = at[SB_COLUMN_SPEAKER];
    out->text = at[SB_COLUMN_TEXT];
    if (out->text == SB_COLUMN_NONE && out->start != SB_COLUMN_NONE)
        out->text = at[SB_COLUMN_REMARK];
    if (out->text == SB_COLUMN_NONE && out->start != SB_COLUMN_NONE)
        out->text = at[SB_COLUMN_NAME];
    else if (out->speaker == SB_COLUMN_NONE && at[SB_COLUMN_TEXT] != SB_COLUMN_NONE)
        out->speaker = at[SB_COLUMN_NAME];
}

static bool holds_times(const peek *p, size_t column)
{
    return column < MAX_COLUMNS && p->n_times[column] > 0 && 2 * p->n_times[column] >= p->n_filled[column];
}

/* A column whose cells name files, and not always the same one. */
static bool lists_files(const peek *p, size_t column)
{
    return column < MAX_COLUMNS && p->n_files[column] > 0 && 2 * p->n_files[column] > p->n_filled[column] &&
           (p->n_changes[column] > 1 || p->n_rows == 1);
}

static bool set_if_lettered(size_t *column, const found *f, sb_column_kind kind, const peek *p, size_t n)
{
    for (size_t i = 0; i < n && i < MAX_COLUMNS; i++) {
        if (f->kinds[i] == kind && p->n_letters[i] > 0 && !p->n_clocks[i]) {
            *column = i;
            return true;
        }
    }
    return false;
}

/* Of several columns that can be the text, the first one with letters is used: "Segment" may be a number,
 * "Description" empty. */
static void prefer_letters(sb_columns *out, const found *f, const peek *p)
{
    bool is_marked = out->start != SB_COLUMN_NONE;
    if (out->text >= MAX_COLUMNS || set_if_lettered(&out->text, f, SB_COLUMN_TEXT, p, out->n) || !is_marked ||
        set_if_lettered(&out->text, f, SB_COLUMN_REMARK, p, out->n))
        return;
    set_if_lettered(&out->text, f, SB_COLUMN_NAME, p, out->n);
}

/* Drops columns whose content does not fit their names. */
static void check_columns(sb_columns *out, const found *f, const peek *p)
{
    size_t *times[] = {&out->start, &out->end, &out->length};
    for (int i = 0; i < 3; i++)
        if (p->n_rows > 0 && *times[i] < MAX_COLUMNS && p->n_filled[*times[i]] > 0 &&
            !holds_times(p, *times[i])) {
            *times[i] = SB_COLUMN_NONE;
            out->lost_times = true;
        }
    prefer_letters(out, f, p);
    bool has_text_files = lists_files(p, out->text);
    for (size_t i = 0; i < out->n && i < MAX_COLUMNS; i++)
        out->is_file_list = out->is_file_list || (i != out->text && i != out->speaker && lists_files(p, i));
    out->is_file_list = has_text_files || (out->is_file_list && f->at[SB_COLUMN_FILE] != SB_COLUMN_NONE);
    /* Text among columns of other things, without times or speakers, is a table of something else. */
    bool is_other =
        out->start == SB_COLUMN_NONE && out->speaker == SB_COLUMN_NONE && (f->n_other > 1 || p->n_rows == 0);
    if (is_other)
        out->text = SB_COLUMN_NONE;
}

static bool read_column_names(sb_columns *out, const sb_csv_record *header, const sb_csv *after,
                              bool takes_any)
{
    found f = {0};
    peek p;
    *out = (sb_columns){.csv = *after, .n = header->n_cells, .has_header = true};
    read_names(&f, out, header);
    choose_columns(out, &f);
    bool is_known =
        out->text != SB_COLUMN_NONE && (out->start != SB_COLUMN_NONE || out->speaker != SB_COLUMN_NONE);
    look_at_rows(&p, *after, header->n_cells);
    bool is_narrow = header->n_cells < 3 && f.n_other == header->n_cells;
    if (!is_known && (!takes_any || p.n_rows == 0 || p.n_same < p.n_rows || is_narrow))
        return false;
    check_columns(out, &f, &p);
    out->has_rows = p.n_rows > 0;
    return true;
}

/* With `takes_any`, the first line may also be the header of a table that is no transcript. */
static bool find_header(sb_columns *out, const char *text, size_t size, bool takes_any)
{
    sb_line line = {0};
    bool is_first = true;
    while (line.number < HEADER_LINES && sb_line_next(&line, text, size)) {
        if (sb_line_is_blank(&line, text))
            continue;
        sb_csv csv;
        sb_csv_record header;
        size_t limit = size - line.at < HEADER_BYTES ? size - line.at : HEADER_BYTES;
        sb_csv_init(&csv, text + line.at, limit);
        if (sb_csv_next(&csv, &header, NULL) != SB_OK) {
            out->failed = true;
            return false;
        }
        csv.data = text;
        csv.size = size;
        csv.at += line.at;
        csv.line += line.number - 1;
        bool is_table = header.n_cells > 1 && !header.unclosed && are_headings(&header, csv.separator) &&
                        read_column_names(out, &header, &csv, takes_any && is_first);
        sb_csv_record_finish(&header);
        if (is_table)
            return true;
        is_first = false;
    }
    return false;
}

static bool is_rising(sb_csv csv, size_t column)
{
    double before = -1;
    sb_csv_record record;
    bool is_good = true;
    for (size_t n = 0;
         n < PEEKED_ROWS && sb_csv_next(&csv, &record, NULL) == SB_OK && record.n_cells > column; n++) {
        sb_stamp stamp = sb_stamp_number(record.cells[column], strlen(record.cells[column]), SB_TIME_SECOND);
        double value = stamp.time == SB_TIME_NONE ? -1 : sb_time_to_seconds(stamp.time);
        is_good = is_good && value > before;
        before = value;
        sb_csv_record_finish(&record);
    }
    sb_csv_record_finish(&record);
    return is_good;
}

static bool is_increasing(sb_csv csv, size_t start, size_t end)
{
    size_t n = 0, n_good = 0;
    sb_csv_record record;
    const sb_cell_clock clock = {0};
    while (n < PEEKED_ROWS && sb_csv_next(&csv, &record, NULL) == SB_OK && record.n_cells > end) {
        sb_range range;
        sb_stamp a =
            sb_cell_time(&range, &clock, record.cells[start], (sb_range){0, strlen(record.cells[start])});
        sb_stamp b =
            sb_cell_time(&range, &clock, record.cells[end], (sb_range){0, strlen(record.cells[end])});
        n_good += a.time != SB_TIME_NONE && b.time != SB_TIME_NONE && b.time >= a.time;
        n++;
        sb_csv_record_finish(&record);
    }
    sb_csv_record_finish(&record);
    return n > 0 && n_good == n;
}

/* Two columns of decimal numbers are the times of segments if neither goes back. */
static void find_number_columns(sb_columns *out, const peek *p)
{
    for (size_t i = 0; i + 1 < out->n; i++) {
        if (p->n_times[i] < p->n_rows || p->n_times[i + 1] < p->n_rows)
            continue;
        bool is_alone = i + 2 >= out->n || p->n_times[i + 2] == 0; /* more numbers are measurements */
        if (is_alone && p->n_decimals[i] == p->n_rows && is_rising(out->csv, i) &&
            is_increasing(out->csv, i, i + 1)) {
            out->start = i;
            out->end = i + 1;
        }
        return;
    }
}

/* Finds the columns of a table without a header from their content: the first with clock times is the start,
 * the one with most blanks is the text. Two columns of names and text are enough. */
static bool find_by_content(sb_columns *out, const char *text, size_t size)
{
    peek p;
    sb_csv_record first;
    *out = (sb_columns){.start = SB_COLUMN_NONE,
                        .end = SB_COLUMN_NONE,
                        .length = SB_COLUMN_NONE,
                        .speaker = SB_COLUMN_NONE,
                        .text = SB_COLUMN_NONE};
    sb_csv_init(&out->csv, text, size);
    sb_csv start = out->csv;
    if (sb_csv_next(&start, &first, NULL) != SB_OK) {
        out->failed = true;
        return false;
    }
    out->n = first.n_cells;
    sb_csv_record_finish(&first);
    look_at_rows(&p, out->csv, out->n);
    if (out->n < 2 || out->n > MAX_COLUMNS || p.n_rows < MIN_HEADERLESS || p.n_same < p.n_rows)
        return false;
    for (size_t i = 0; i < out->n; i++) {
        bool is_clock = p.n_clocks[i] == p.n_rows;
        if (is_clock && out->start == SB_COLUMN_NONE)
            out->start = i;
        else if (is_clock && out->end == SB_COLUMN_NONE && is_increasing(out->csv, out->start, i))
            out->end = i;
        bool is_text = 2 * p.n_blanks[i] >= p.n_rows && p.n_letters[i] > 3 * p.n_rows && !p.n_clocks[i];
        if (is_text && (out->text == SB_COLUMN_NONE || p.n_blanks[i] > p.n_blanks[out->text]))
            out->text = i;
    }
    for (size_t i = 0; i < out->n && out->speaker == SB_COLUMN_NONE; i++)
        if (i != out->text && p.n_names[i] == p.n_rows && p.n_changes[i] > 1)
            out->speaker = i;
    if (out->start == SB_COLUMN_NONE)
        find_number_columns(out, &p);
    bool has_names = out->speaker != SB_COLUMN_NONE && out->speaker < out->text && out->n == 2;
    return (out->start != SB_COLUMN_NONE || has_names) && out->text != SB_COLUMN_NONE;
}

bool sb_columns_find(sb_columns *out, const char *text, size_t size)
{
    *out = (sb_columns){0};
    sb_range content = sb_range_trim(text, (sb_range){0, size < HEADER_BYTES ? size : HEADER_BYTES});
    if (content.length == 0 || strchr("{[<", text[content.at])) /* JSON, a time in brackets, XML */
        return false;
    if (find_header(out, text, size, false))
        return true;
    if (!out->failed && find_by_content(out, text, size))
        return true;
    return !out->failed && find_header(out, text, size, true);
}
