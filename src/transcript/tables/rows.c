#include "transcript/tables/tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "transcript/model/model.h"

#define PAUSE           (SB_TIME_SECOND + SB_TIME_SECOND / 2)
#define LONGEST         (60 * SB_TIME_SECOND)
#define MAX_WORD_BYTES  80
#define MAX_IDEOGRAPHIC 4 /* characters of a word in Chinese or Japanese */
#define MAX_UNSPACED    12
#define MAX_ROW_BYTES   (4 << 20)

static const char *const faults[SB_N_FAULTS] = {
    [SB_FAULT_REVERSED] = "the row ends before it starts; its end was ignored",
    [SB_FAULT_TIME] = "the time cannot be read; the row was kept without it",
    [SB_FAULT_EMPTY] = "a row without text; ignored",
    [SB_FAULT_LINE] = "the line has no times; ignored",
    [SB_FAULT_CELLS] = "the row has more cells than columns; the rest was added to its text",
    [SB_FAULT_QUOTE] = "a quotation mark is not closed; it was read as a character",
    [SB_FAULT_ALTERNATIVE] = "alternative words; the first of them were read"};

void sb_table_count(sb_table *table, sb_table_fault fault, size_t at)
{
    if (table->n_faults[fault]++ == 0)
        table->first_fault[fault] = at;
}

sb_status sb_table_add(sb_table *table, const sb_table_row *row)
{
    if (row->text.range.length > MAX_ROW_BYTES)
        return sb_reading_fail(
            table->reading, row->text.range.at,
            "a row with more than %d MB of text is not part of a transcript; check its line ends and "
            "quotation marks",
            MAX_ROW_BYTES >> 20);
    if (!sb_grow(&table->items, table->n_items, &table->capacity, sizeof *table->items))
        return SB_ERR_MEMORY;
    sb_table_row *added = &table->items[table->n_items++];
    *added = *row;
    if (row->channel >= table->n_channels)
        table->n_channels = row->channel + 1;
    if (row->start != SB_TIME_NONE && row->end != SB_TIME_NONE && row->end < row->start) {
        sb_table_count(table, SB_FAULT_REVERSED,
                       row->end_range.length ? row->end_range.at : row->text.range.at);
        added->end = SB_TIME_NONE;
        added->end_range.length = 0;
    }
    return SB_OK;
}

void sb_table_finish(sb_table *table)
{
    free(table->items);
    *table = (sb_table){0};
}

/* Gives the text before "{", the first alternative after it, and so on. */
static bool next_alternative(sb_range *piece, size_t *at, const char *text, size_t end)
{
    const char *open = memchr(text + *at, '{', end - *at);
    if (open && open == text + *at) {
        size_t from = *at + 1, stop = from;
        while (stop < end && text[stop] != '/' && text[stop] != '}')
            stop++;
        const char *close = memchr(text + stop, '}', end - stop);
        *piece = sb_range_trim(text, (sb_range){from, stop - from});
        if (piece->length == 1 && text[piece->at] == '@')
            piece->length = 0;
        *at = close ? (size_t)(close - text) + 1 : end;
        return true;
    }
    size_t stop = open ? (size_t)(open - text) : end;
    *piece = (sb_range){*at, stop - *at};
    *at = stop;
    return true;
}

/* Gives the pieces of a cell between doubled quotation marks, each with one mark at its end. */
static bool next_piece(sb_range *piece, size_t *at, const char *text, const sb_cell *cell)
{
    size_t end = cell->range.at + cell->range.length;
    if (*at >= end)
        return false;
    if (cell->has_alternatives)
        return next_alternative(piece, at, text, end);
    const char *quote = cell->is_quoted ? memmem(text + *at, end - *at, "\"\"", 2) : NULL;
    size_t stop = quote ? (size_t)(quote - text) + 1 : end;
    *piece = (sb_range){*at, stop - *at};
    *at = quote ? stop + 1 : end;
    return true;
}

void sb_cell_append(sb_bytes *out, const char *text, const sb_cell *cell)
{
    sb_range piece;
    for (size_t at = cell->range.at; next_piece(&piece, &at, text, cell);)
        sb_bytes_append(out, text + piece.at, piece.length);
}

void sb_cell_put(sb_text_writer *writer, const char *text, const sb_cell *cell)
{
    sb_range piece;
    for (size_t at = cell->range.at; next_piece(&piece, &at, text, cell);)
        sb_text_put(writer, text + piece.at, piece.length);
}

/* A run of rows that become one turn. */
typedef struct run {
    sb_time start, last; /* latest time in it */
    size_t rows_end;     /* index of its last row plus 1 */
    bool is_open;
} run;

typedef struct row_place {
    sb_time start; /* of the run */
    size_t run, row;
} row_place;

typedef struct builder {
    sb_table *table;
    const char *text;
    sb_text_writer writer;
    sb_bytes name, word;
    bool joins, uses_names;
    row_place *places;
} builder;

static bool cell_is_blank(const char *text, const sb_cell *cell)
{
    return sb_range_trim(text, cell->range).length == 0;
}

static bool is_single_word(const char *text, const sb_cell *cell)
{
    sb_range body = sb_range_trim(text, cell->range);
    size_t n_ideographic = 0, n_unspaced = 0, end = body.at + body.length;
    if (body.length == 0 || body.length >= MAX_WORD_BYTES || memchr(text + body.at, ' ', body.length))
        return false;
    for (size_t at = body.at; at < end;) {
        int32_t c = sb_utf8_next(text, end, &at);
        n_ideographic += sb_is_ideographic(c);
        n_unspaced += sb_is_unspaced(c);
    }
    return n_ideographic <= MAX_IDEOGRAPHIC && n_unspaced <= MAX_UNSPACED;
}

static bool is_word_by_word(const builder *b)
{
    size_t n_single = 0, n = 0;
    for (size_t i = 0; i < b->table->n_items; i++) {
        n += !cell_is_blank(b->text, &b->table->items[i].text);
        n_single += is_single_word(b->text, &b->table->items[i].text);
    }
    return n >= 2 && 5 * n_single >= 4 * n;
}

/* As in captions: names before a colon count if the first text has one, or if one occurs twice. */
static bool uses_names(const builder *b)
{
    sb_label_list names = {0};
    bool is_first = true;
    for (size_t i = 0; i < b->table->n_items; i++)
        if (b->table->items[i].has_speaker)
            return false;
    for (size_t i = 0; i < b->table->n_items; i++) {
        sb_range body = sb_range_trim(b->text, b->table->items[i].text.range);
        size_t n_before = names.n, length = sb_name_prefix(b->text + body.at, body.length);
        if (length > 0 && is_first)
            return true;
        is_first = is_first && body.length == 0;
        if (length == 0)
            continue;
        sb_label_number(&names, b->text, (sb_range){body.at, length});
        if (names.n == n_before)
            return true;
    }
    return false;
}

static bool sentence_goes_on(const builder *b, const run *before, const sb_table_row *row)
{
    if (!b->joins || !before->is_open)
        return false;
    const sb_table_row *last = &b->table->items[before->rows_end - 1];
    sb_range said = sb_range_trim(b->text, last->text.range);
    if (!sb_ranges_equal(b->text, last->speaker.range, row->speaker.range) ||
        sb_text_ends_sentence(b->text + said.at, said.length))
        return false;
    if (row->start == SB_TIME_NONE || before->last == SB_TIME_NONE)
        return true;
    return row->start >= before->start && row->start - before->last < PAUSE &&
           row->start - before->start < LONGEST;
}

/* Assigns each row to a run. Each channel has runs of its own. */
static void find_runs(builder *b)
{
    run open[SB_LABELS_MAX] = {0};
    size_t ids[SB_LABELS_MAX], n_runs = 0;
    sb_time latest = 0;
    for (size_t i = 0; i < b->table->n_items; i++) {
        const sb_table_row *row = &b->table->items[i];
        size_t channel = row->channel < SB_LABELS_MAX ? row->channel : SB_LABELS_MAX - 1;
        run *r = &open[channel];
        latest = row->start != SB_TIME_NONE ? row->start : latest;
        if (!sentence_goes_on(b, r, row)) {
            *r = (run){.start = latest, .is_open = true};
            ids[channel] = n_runs++;
        }
        r->last = row->end != SB_TIME_NONE ? row->end : row->start;
        r->rows_end = i + 1;
        b->places[i] = (row_place){r->start, ids[channel], i};
    }
}

static int compare_places(const void *a, const void *b)
{
    const row_place *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->run != right->run)
        return left->run < right->run ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

static sb_status add_inner(builder *b, sb_range range, sb_time time)
{
    size_t n_turns = b->table->reading->transcript->n_turns;
    if (range.length == 0 || time == SB_TIME_NONE)
        return SB_OK;
    return sb_reading_add_inner_time(b->table->reading, n_turns ? n_turns - 1 : 0, range, time);
}

/* Takes the name before the colon from the text. */
static sb_status take_name(builder *b, sb_table_row *row)
{
    sb_range body = sb_range_trim(b->text, row->text.range);
    size_t length = sb_name_prefix(b->text + body.at, body.length);
    if (length > 0) {
        size_t after = body.at + length;
        while (after < body.at + body.length && b->text[after] != ':')
            after++;
        after += after < body.at + body.length;
        row->speaker.range = (sb_range){body.at, length};
        row->text.range = (sb_range){after, body.at + body.length - after};
        row->has_speaker = true;
    }
    return SB_OK;
}

/* The cell of a speaker may end with a colon: "RA:". */
static void drop_colon(sb_bytes *name)
{
    sb_range body = sb_range_trim(name->data, (sb_range){0, name->size});
    while (body.length > 1 && name->data[body.length + body.at - 1] == ':')
        body = sb_range_trim(name->data, (sb_range){body.at, body.length - 1});
    if (body.length > 3 && memcmp(name->data + body.at + body.length - 3, "\xEF\xBC\x9A", 3) == 0)
        body.length -= 3; /* full-width */
    name->size = body.at + body.length;
}

static sb_status set_speaker(builder *b, const sb_table_row *row)
{
    if (row->has_speaker) {
        b->name.size = 0;
        sb_cell_append(&b->name, b->text, &row->speaker);
        if (b->name.size > 0)
            drop_colon(&b->name);
    } else if (b->table->channel_names && b->table->channel_names->n > 1) {
        sb_range label = b->table->channel_names->items[row->channel];
        b->name.size = 0;
        sb_bytes_text(&b->name, "Channel ");
        sb_bytes_append(&b->name, b->text + label.at, label.length);
    } else if (!b->uses_names && !b->table->repeats_names) {
        b->name.size = 0;
    }
    if (b->name.failed)
        return SB_ERR_MEMORY;
    return b->name.size ? sb_reading_set_speaker(b->writer.turn, b->name.data, b->name.size) : SB_OK;
}

static sb_status begin_row_turn(builder *b, const sb_table_row *row)
{
    if (sb_reading_begin_turn(b->table->reading, &b->writer, row->line) != SB_OK)
        return SB_ERR_MEMORY;
    b->writer.turn->stamp = row->start;
    b->writer.turn->stamp_range = row->start_range;
    return set_speaker(b, row);
}

/* Gives the turn's words, from `first` on, the times of the row's words if they are the same words. */
static sb_status time_words(builder *b, const sb_table_row *row, size_t first)
{
    sb_turn *turn = b->writer.turn;
    if (row->n_words == 0 || row->n_words != turn->n_words - first)
        return SB_OK;
    for (size_t i = 0; i < row->n_words; i++) {
        b->word.size = 0;
        sb_cell_append(&b->word, b->text, &row->words[i].text);
        if (b->word.failed)
            return SB_ERR_MEMORY;
        sb_range body = sb_range_trim(b->word.data, (sb_range){0, b->word.size});
        const char *word = turn->words[first + i].text;
        if (strlen(word) != body.length || memcmp(word, b->word.data + body.at, body.length) != 0)
            return SB_OK;
    }
    for (size_t i = 0; i < row->n_words; i++) {
        turn->words[first + i].start = row->words[i].start;
        turn->words[first + i].end = row->words[i].end;
    }
    return SB_OK;
}

static sb_status put_row(builder *b, const sb_table_row *row)
{
    sb_turn *turn = b->writer.turn;
    sb_text_break(&b->writer);
    size_t n_before = turn->n_words;
    if (b->joins)
        b->writer.next_start = row->start;
    sb_cell_put(&b->writer, b->text, &row->text);
    sb_text_break(&b->writer);
    b->writer.next_start = SB_TIME_NONE;
    if (b->joins && turn->n_words > n_before)
        turn->words[turn->n_words - 1].end = row->end;
    bool has_end = row->end != SB_TIME_NONE && (turn->stamp == SB_TIME_NONE || row->end >= turn->stamp);
    turn->stop = has_end ? row->end : SB_TIME_NONE;
    turn->stop_range = has_end ? row->end_range : (sb_range){0};
    /* The second time of a marker moves with its first. */
    sb_status status = row->end == SB_TIME_NONE ? add_inner(b, row->end_range, row->start) : SB_OK;
    return status == SB_OK ? time_words(b, row, n_before) : status;
}

static sb_status take_row(builder *b, sb_table_row row, bool is_new)
{
    sb_status status = b->uses_names ? take_name(b, &row) : SB_OK;
    if (status == SB_OK && is_new) {
        status = begin_row_turn(b, &row);
    } else if (status == SB_OK) {
        status = add_inner(b, b->writer.turn->stop_range, b->writer.turn->stop);
        if (status == SB_OK)
            status = add_inner(b, row.start_range, row.start);
    }
    return status == SB_OK ? put_row(b, &row) : status;
}

static sb_status take_rows(builder *b)
{
    sb_status status = SB_OK;
    size_t last_run = SIZE_MAX;
    for (size_t i = 0; status == SB_OK && i < b->table->n_items; i++) {
        const sb_table_row *row = &b->table->items[b->places[i].row];
        if (cell_is_blank(b->text, &row->text)) {
            status = add_inner(b, row->start_range, row->start);
            if (status == SB_OK)
                status = add_inner(b, row->end_range, row->end);
            continue;
        }
        bool is_new = !b->writer.turn || b->places[i].run != last_run;
        last_run = b->places[i].run;
        status = take_row(b, *row, is_new);
    }
    return status;
}

static void add_notes(const sb_table *table)
{
    for (int i = 0; i < SB_N_FAULTS; i++) {
        if (table->n_faults[i] == 1)
            sb_reading_note(table->reading, table->first_fault[i], "%s", faults[i]);
        else if (table->n_faults[i] > 1)
            sb_reading_note(table->reading, table->first_fault[i], "%s; %zu such places, this is the first",
                            faults[i], table->n_faults[i]);
    }
}

static void count_empty(sb_table *table)
{
    for (size_t i = 0; i < table->n_items; i++) {
        const sb_table_row *row = &table->items[i];
        if (!table->has_silences && cell_is_blank(table->reading->text, &row->text))
            sb_table_count(table, SB_FAULT_EMPTY,
                           row->start_range.length ? row->start_range.at : row->text.range.at);
    }
}

void sb_table_check_files(sb_table *table, const sb_label_list *files)
{
    table->keeps_order = files->n > 1;
    if (files->n > 1)
        sb_reading_note(
            table->reading, files->items[1].at,
            "the file has the words of %zu recordings, one after the other; keep only the lines of "
            "yours",
            files->n);
}

static void drop_blank(sb_table *table)
{
    bool keeps_times = table->n_channels <= 1;
    size_t n = 0;
    for (size_t i = 0; i < table->n_items; i++)
        if (keeps_times || !cell_is_blank(table->reading->text, &table->items[i].text))
            table->items[n++] = table->items[i];
    table->n_items = n;
}

sb_status sb_table_add_turns(sb_table *table)
{
    builder b = {.table = table, .text = table->reading->text};
    count_empty(table);
    drop_blank(table);
    b.places = calloc(table->n_items + 1, sizeof *b.places);
    if (!b.places)
        return SB_ERR_MEMORY;
    b.joins = table->are_words || is_word_by_word(&b);
    b.uses_names = !b.joins && uses_names(&b);
    find_runs(&b);
    if (table->n_channels > 1 && !table->keeps_order)
        qsort(b.places, table->n_items, sizeof *b.places, compare_places);
    sb_status status = take_rows(&b), end_status = sb_text_end(&b.writer);
    sb_bytes_finish(&b.name);
    sb_bytes_finish(&b.word);
    free(b.places);
    if (status == SB_OK)
        status = end_status;
    if (status == SB_OK && table->reading->transcript->n_turns == 0)
        return sb_reading_fail(table->reading, 0, "no row has text; export the transcript again");
    if (status == SB_OK)
        add_notes(table);
    return status;
}
