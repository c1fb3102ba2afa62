#include <string.h>

#include "transcript/cues/cues.h"

/* Advanced SubStation Alpha of Aegisub, and SSA: lines `Dialogue:
 * 0,0:00:01.00,0:00:04.00,Style,Name,0,0,0,,Text`, whose columns a line `Format:` names. The text is the last
 * column and may contain commas. */

#define MAX_COLUMNS 24

typedef enum ass_column { COLUMN_START, COLUMN_END, COLUMN_NAME, COLUMN_TEXT, N_COLUMNS } ass_column;

typedef struct ass_scan {
    sb_reading *reading;
    sb_text_writer writer;
    int columns[N_COLUMNS]; /* -1: there is none */
    int n_columns;
    bool is_in_events, has_format;
    bool is_drawing;    /* the text is a shape */
    sb_time word_start; /* of the next syllable; SB_TIME_NONE: no karaoke */
    size_t n_problems, n_dialogues;
} ass_scan;

/* Takes the text up to the next comma, trimmed, and moves `*rest` after it. */
static sb_range next_cell(const char *text, sb_range *rest)
{
    const char *comma = memchr(text + rest->at, ',', rest->length);
    size_t length = comma ? (size_t)(comma - text) - rest->at : rest->length;
    sb_range cell = sb_range_trim(text, (sb_range){rest->at, length});
    size_t used = length + (comma != NULL);
    *rest = (sb_range){rest->at + used, rest->length - used};
    return cell;
}

static void set_usual_columns(ass_scan *s)
{
    s->n_columns = 10;
    s->columns[COLUMN_START] = 1;
    s->columns[COLUMN_END] = 2;
    s->columns[COLUMN_NAME] = 4;
    s->columns[COLUMN_TEXT] = 9;
}

static void take_format(ass_scan *s, sb_range rest)
{
    static const char *const names[N_COLUMNS] = {"Start", "End", "Name", "Text"};
    const char *text = s->reading->text;
    int columns[N_COLUMNS] = {-1, -1, -1, -1}, n = 0;
    while (rest.length > 0 && n < MAX_COLUMNS) {
        sb_range cell = next_cell(text, &rest);
        for (int i = 0; i < N_COLUMNS; i++) {
            if (sb_range_is(text, cell, names[i]))
                columns[i] = n;
        }
        if (sb_range_begins(text, cell, "Actor"))
            columns[COLUMN_NAME] = n;
        n++;
    }
    if (columns[COLUMN_START] < 0 || columns[COLUMN_TEXT] != n - 1)
        return;
    memcpy(s->columns, columns, sizeof columns);
    s->n_columns = n;
}

static sb_time take_ass_time(ass_scan *s, sb_range *cell)
{
    sb_stamp stamp = sb_stamp_clock(s->reading->text + cell->at, cell->length);
    if (stamp.time != SB_TIME_NONE && stamp.length == cell->length)
        return stamp.time;
    if (cell->length > 0)
        sb_cue_note(s->reading, &s->n_problems, cell->at,
                    stamp.problem ? stamp.problem : "not a time; write it as 0:00:01.00");
    cell->length = 0;
    return SB_TIME_NONE;
}

/* Reads `\k20` in hundredths of a second. Returns -1 for other tags. */
static int64_t karaoke_length(const char *tag, size_t size)
{
    size_t at = 1;
    if (size < 3 || (tag[1] != 'k' && tag[1] != 'K'))
        return -1;
    at += 1 + (tag[2] == 'f' || tag[2] == 'o');
    sb_stamp n = sb_stamp_number(tag + at, size - at, 1);
    return n.length > 0 && n.time >= 0 && n.time < 1000000 ? n.time : -1;
}

/* The syllable before ends here, and with it a word that is complete. */
static void end_syllable(ass_scan *s)
{
    sb_turn *turn = s->writer.turn;
    if (s->writer.word.size == 0 && turn->n_words > 0 && turn->words[turn->n_words - 1].end == SB_TIME_NONE)
        turn->words[turn->n_words - 1].end = s->word_start;
}

/* Reads the karaoke tags in `{...}`. */
static void take_karaoke(ass_scan *s, const char *block, size_t size, sb_time *next)
{
    for (size_t at = 0; at < size;) {
        const char *tag = memchr(block + at, '\\', size - at);
        if (!tag)
            break;
        size_t left = size - (size_t)(tag - block);
        int64_t length = karaoke_length(tag, left);
        if (length >= 0 && *next != SB_TIME_NONE) {
            s->word_start = *next;
            end_syllable(s);
            *next += length * (SB_TIME_SECOND / 100);
        }
        at = (size_t)(tag - block) + 1;
    }
}

/* Reads `\p1`, which begins a shape, and `\p0`, which ends it. */
static void take_drawing(bool *is_drawing, const char *block, size_t size)
{
    const char *end = block + size;
    for (const char *tag = block; (tag = memchr(tag, '\\', (size_t)(end - tag))) != NULL; tag++) {
        if (end - tag > 2 && tag[1] == 'p' && tag[2] >= '0' && tag[2] <= '9')
            *is_drawing = tag[2] != '0';
    }
}

/* Returns the end of the block that begins at text[at], or NULL. `*is_open` becomes true if no block ends
 * after it. */
static const char *block_end(const char *text, size_t at, size_t end, bool *is_open)
{
    const char *close = text[at] == '{' && !*is_open ? memchr(text + at, '}', end - at) : NULL;
    *is_open = *is_open || (text[at] == '{' && !close);
    return close;
}

static void put_piece(ass_scan *s, const char *text, size_t size)
{
    if (s->is_drawing || size == 0)
        return;
    if (strchr(" \t", text[0]))
        sb_text_break(&s->writer);
    if (s->word_start != SB_TIME_NONE && s->writer.word.size == 0 && strspn(text, " \t") < size) {
        s->writer.next_start = s->word_start;
        s->word_start = SB_TIME_NONE;
    }
    sb_text_put(&s->writer, text, size);
}

static void put_text(ass_scan *s, sb_range range, sb_time start)
{
    const char *text = s->reading->text;
    size_t at = range.at, end = range.at + range.length, plain = at;
    sb_time next = start;
    bool is_open = false;
    s->is_drawing = false;
    s->word_start = SB_TIME_NONE;
    while (at < end) {
        const char *close = block_end(text, at, end, &is_open);
        bool is_break = text[at] == '\\' && at + 1 < end && strchr("Nnh", text[at + 1]) && text[at + 1];
        if (!close && !is_break) {
            at++;
            continue;
        }
        put_piece(s, text + plain, at - plain);
        if (is_break) {
            sb_text_break(&s->writer);
            at += 2;
        } else {
            size_t length = (size_t)(close - text) - at + 1;
            take_karaoke(s, text + at, length, &next);
            take_drawing(&s->is_drawing, text + at, length);
            at += length;
        }
        plain = at;
    }
    put_piece(s, text + plain, at - plain);
    sb_text_break(&s->writer);
    s->word_start = next != start ? next : SB_TIME_NONE;
    if (s->word_start != SB_TIME_NONE)
        end_syllable(s);
}

static bool has_speech(const char *text, sb_range range)
{
    bool is_drawing = false, is_open = false;
    for (size_t at = range.at, end = range.at + range.length; at < end; at++) {
        const char *close = block_end(text, at, end, &is_open);
        if (close) {
            take_drawing(&is_drawing, text + at, (size_t)(close - text) - at);
            at = (size_t)(close - text);
        } else if (text[at] == '\\' && at + 1 < end && text[at + 1] && strchr("Nnh", text[at + 1])) {
            at++;
        } else if (!is_drawing && !strchr(" \t", text[at])) {
            return true;
        }
    }
    return false;
}

/* Shapes and lines without text are not speech, but their times must move with the lines around them. */
static sb_status keep_times(ass_scan *s, const sb_range *cells, sb_time start, sb_time stop)
{
    size_t n = s->reading->transcript->n_turns;
    sb_status status = SB_OK;
    if (n == 0)
        return SB_OK;
    if (start != SB_TIME_NONE)
        status = sb_reading_add_inner_time(s->reading, n - 1, cells[COLUMN_START], start);
    if (status == SB_OK && stop != SB_TIME_NONE)
        status = sb_reading_add_inner_time(s->reading, n - 1, cells[COLUMN_END], stop);
    return status;
}

static sb_status add_dialogue_turn(ass_scan *s, sb_range *cells, int64_t line)
{
    const char *text = s->reading->text;
    sb_time start = take_ass_time(s, &cells[COLUMN_START]), stop = take_ass_time(s, &cells[COLUMN_END]);
    if (start != SB_TIME_NONE && stop != SB_TIME_NONE && stop < start) {
        sb_cue_note(s->reading, &s->n_problems, cells[COLUMN_END].at,
                    "the line ends before it starts; its start is used, and its end is ignored");
        stop = SB_TIME_NONE;
        cells[COLUMN_END].length = 0;
    }
    s->n_dialogues++;
    if (!has_speech(text, cells[COLUMN_TEXT]))
        return keep_times(s, cells, start, stop);
    if (sb_reading_begin_turn(s->reading, &s->writer, line) != SB_OK)
        return SB_ERR_MEMORY;
    sb_turn *turn = s->writer.turn;
    turn->stamp = start;
    turn->stop = stop;
    turn->stamp_range = cells[COLUMN_START];
    turn->stop_range = cells[COLUMN_END];
    sb_status status = sb_reading_set_speaker(turn, text + cells[COLUMN_NAME].at, cells[COLUMN_NAME].length);
    put_text(s, cells[COLUMN_TEXT], start);
    sb_status end_status = sb_text_end(&s->writer);
    return status == SB_OK ? end_status : status;
}

static sb_status take_dialogue(ass_scan *s, sb_range rest, const sb_line *line)
{
    const char *text = s->reading->text;
    sb_range cells[N_COLUMNS] = {{0}, {0}, {0}, {0}};
    bool has_text_cell = false;
    for (int n = 0; n < s->n_columns; n++) {
        bool is_last = n == s->n_columns - 1;
        has_text_cell = is_last && (rest.length > 0 || text[rest.at - 1] == ',');
        sb_range cell = is_last ? sb_range_trim(text, rest) : next_cell(text, &rest);
        for (int i = 0; i < N_COLUMNS; i++) {
            if (s->columns[i] == n)
                cells[i] = cell;
        }
    }
    if (has_text_cell)
        return add_dialogue_turn(s, cells, line->number);
    if (line->has_end)
        sb_cue_note(s->reading, &s->n_problems, line->at, "the line has too few columns; ignored");
    return SB_OK;
}

static sb_status take_ass_line(ass_scan *s, const sb_line *line)
{
    const char *text = s->reading->text;
    sb_range content = sb_range_trim(text, (sb_range){line->at, line->length});
    bool ok = true;
    char **title = &s->reading->transcript->title;
    if (content.length > 0 && text[content.at] == '[')
        s->is_in_events = sb_range_begins(text, content, "[Events]");
    else if (sb_range_begins(text, content, "Title:") && !*title && !s->is_in_events)
        *title = sb_text_plain(text + content.at + 6, content.length - 6, &ok);
    else if (sb_range_begins(text, content, "Format:") && s->is_in_events)
        take_format(s, (sb_range){content.at + 7, content.length - 7});
    else if (sb_range_begins(text, content, "Dialogue:"))
        return take_dialogue(s, (sb_range){content.at + 9, line->at + line->length - content.at - 9}, line);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static sb_status read_ass(sb_reading *reading)
{
    ass_scan s = {.reading = reading, .word_start = SB_TIME_NONE};
    sb_line line = {0};
    sb_status status = SB_OK;
    set_usual_columns(&s);
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size))
        status = take_ass_line(&s, &line);
    sb_status end_status = sb_text_end(&s.writer);
    sb_cue_notes_end(reading, s.n_problems);
    if (status == SB_OK && s.n_dialogues == 0)
        status = sb_reading_fail(
            reading, 0, "there is no line \"Dialogue:\"; choose another format, or get the whole file");
    return status == SB_OK ? end_status : status;
}

static sb_sniff sniff_ass(const char *text, size_t size)
{
    sb_line line = {0};
    bool has_section = false;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        has_section = has_section || sb_range_begins(text, content, "[Script Info]") ||
                      sb_range_begins(text, content, "[Events]");
        if (!sb_range_begins(text, content, "Dialogue:"))
            continue;
        sb_range rest = {content.at + 9, content.length - 9};
        next_cell(text, &rest);
        sb_range start = next_cell(text, &rest);
        bool has_time = sb_stamp_clock(text + start.at, start.length).length > 0;
        if (has_section || has_time)
            return (sb_sniff){has_section ? 100 : 90, "lines such as Dialogue: 0,0:00:01.00,0:00:04.00"};
    }
    sb_range head = sb_range_trim(text, (sb_range){0, size});
    return sb_range_begins(text, head, "[Script Info]") ? (sb_sniff){90, "the section [Script Info]"}
                                                        : (sb_sniff){0};
}

const sb_reader sb_reader_ass = {"ass", "SubStation Alpha captions (ASS, SSA) of Aegisub", sniff_ass,
                                 read_ass, SB_UNIT_CUE};
