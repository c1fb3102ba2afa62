#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "transcript/cues/cues.h"

/* One line is held back until the next line shows whether it was an identifier. */
typedef struct block_scan {
    sb_cues *cues;
    sb_reading *reading;
    sb_line held;
    bool has_held, held_after_blank, held_after_times;
    bool after_blank, after_times;
    bool is_vtt, is_closed, in_comment, in_header;
    bool has_named_cues; /* SubRip with names in place of numbers: the first cue has one */
    /* length of the last cue's text before a line that may be an index */
    size_t length_before_index;
    size_t n_stray, stray_at;
    size_t n_unnumbered, unnumbered_at, n_close,
        close_at; /* cues without a number, without a blank line above */
    size_t n_repairs, n_usable;
    sb_cue_repair first_problem;
} block_scan;

/* Further repairs of one document are counted only. */
#define MAX_REPAIR_NOTES 5

#define MAX_LINE ((size_t)8 << 20)

static sb_cue *last_cue(const block_scan *s)
{
    return s->cues->n_items ? &s->cues->items[s->cues->n_items - 1] : NULL;
}

static bool is_digits(const char *text, sb_range range)
{
    for (size_t i = 0; i < range.length; i++) {
        if (text[range.at + i] < '0' || text[range.at + i] > '9')
            return false;
    }
    return range.length > 0 && range.length < 10;
}

static sb_range held_content(const block_scan *s)
{
    return sb_cue_trim(s->reading->text, (sb_range){s->held.at, s->held.length});
}

static bool held_is_digits(const block_scan *s)
{
    return s->has_held && is_digits(s->reading->text, held_content(s));
}

static size_t held_number(const block_scan *s)
{
    size_t number = 0;
    sb_range range = held_content(s);
    for (size_t i = 0; i < range.length; i++)
        number = number * 10 + (size_t)(s->reading->text[range.at + i] - '0');
    return number;
}

/* True for "Subtitle 12" and "#12" above cue 12. */
static bool held_has_number(const block_scan *s)
{
    const char *text = s->reading->text;
    sb_range range = held_content(s);
    size_t end = range.at + range.length, begin, number = 0;
    while (end > range.at && text[end - 1] > 0 && strchr(".):]", text[end - 1]))
        end--;
    for (begin = end; begin > range.at && text[begin - 1] >= '0' && text[begin - 1] <= '9';)
        begin--;
    for (size_t i = begin; i < end && i < begin + 9; i++)
        number = number * 10 + (size_t)(text[i] - '0');
    return begin < end && number == s->cues->n_items + 1;
}

static bool held_is_identifier(const block_scan *s)
{
    if (!s->has_held)
        return false;
    if (s->held_after_blank && (s->is_vtt || s->has_named_cues || held_has_number(s)))
        return true;
    if (!held_is_digits(s))
        return false;
    return !s->held_after_times || held_number(s) == s->cues->n_items + 1;
}

/* Adds the line that was held back to the text. */
static void release_held(block_scan *s)
{
    sb_cue *cue = last_cue(s);
    bool was_held = s->has_held;
    s->length_before_index = SIZE_MAX;
    if (was_held && cue && s->held_after_blank && held_is_digits(s))
        s->length_before_index = cue->text.length;
    s->has_held = false;
    if (!was_held)
        return;
    if (!cue || s->is_closed) {
        if (s->n_stray++ == 0)
            s->stray_at = s->held.at;
        return;
    }
    if (cue->text.length == 0)
        cue->text.at = s->held.at;
    cue->text.length = s->held.at + s->held.length - cue->text.at;
}

static void hold(block_scan *s, const sb_line *line)
{
    release_held(s);
    s->held = *line;
    s->has_held = true;
    s->held_after_blank = s->after_blank;
    s->held_after_times = s->after_times;
    s->after_blank = s->after_times = false;
}

static bool begins_comment(const char *text, sb_range content)
{
    static const char *const words[] = {"NOTE", "STYLE", "REGION"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (content.length >= n && memcmp(text + content.at, words[i], n) == 0 &&
            (content.length == n || text[content.at + n] == ' ' || text[content.at + n] == '\t'))
            return true;
    }
    return false;
}

/* In a document with a blank line after every line, the index is above a blank line too. */
static bool held_may_be_index(const block_scan *s)
{
    return !s->is_vtt && s->held_after_blank && held_is_digits(s) && held_number(s) == s->cues->n_items + 1;
}

static void take_blank(block_scan *s, const sb_line *line)
{
    if (line->length == 0 || !s->is_vtt) {
        if (!held_may_be_index(s))
            release_held(s);
        s->is_closed = s->is_closed || s->is_vtt;
        s->in_comment = s->in_header = false;
        s->after_blank = true;
    }
    s->after_times = false;
}

/* Joined files have a header again. */
static bool begins_header(const block_scan *s, sb_range content)
{
    const char *text = s->reading->text + content.at;
    return s->is_vtt && s->after_blank && content.length >= 6 && memcmp(text, "WEBVTT", 6) == 0 &&
           (content.length == 6 || text[6] == ' ' || text[6] == '\t');
}

static void take_other(block_scan *s, const sb_line *line)
{
    sb_range content = sb_cue_trim(s->reading->text, (sb_range){line->at, line->length});
    if (content.length == 0) {
        take_blank(s, line);
        return;
    }
    if (s->is_vtt && s->after_blank && begins_comment(s->reading->text, content))
        s->in_comment = true;
    s->in_header = s->in_header || begins_header(s, content);
    if (!s->in_comment && !s->in_header &&
        !(content.length == 3 && memcmp(s->reading->text + content.at, "```", 3) == 0))
        hold(s, line);
}

static void note_repair(block_scan *s, const sb_cue *cue, const sb_cue_repair *repair)
{
    char start[SB_TIME_TEXT], end[SB_TIME_TEXT];
    if (repair->problem && !s->first_problem.problem)
        s->first_problem = *repair;
    if (!repair->what || s->n_repairs++ >= MAX_REPAIR_NOTES)
        return;
    if (repair->shows_times)
        sb_reading_note(s->reading, repair->at, "%s %s --> %s", repair->what,
                        sb_time_print(start, cue->start, 3), sb_time_print(end, cue->end, 3));
    else
        sb_reading_note(s->reading, repair->at, "%s", repair->what);
}

static void count_missing(block_scan *s, const sb_cue *cue, bool has_index)
{
    bool has_text = s->cues->n_items > 0 && last_cue(s)->text.length > 0;
    bool is_close = has_text && !(s->has_held ? s->held_after_blank : s->after_blank);
    if (is_close && s->n_close++ == 0)
        s->close_at = cue->start_range.at;
    if (!has_index && s->n_unnumbered++ == 0)
        s->unnumbered_at = cue->start_range.at;
}

static sb_status take_times(block_scan *s, const sb_cue *cue, bool has_own_index)
{
    bool has_index = !has_own_index && held_is_identifier(s), is_first = s->cues->n_items == 0;
    s->n_usable += cue->start != SB_TIME_NONE && cue->end != SB_TIME_NONE;
    if (is_first && !s->is_vtt && !has_own_index)
        s->has_named_cues = s->has_held && !held_is_digits(s) && s->held_after_blank && !s->after_blank;
    has_index = has_index || s->has_named_cues;
    bool has_id = has_index && s->has_held && !held_is_digits(s);
    if (!has_index)
        release_held(s);
    count_missing(s, cue, has_index || has_own_index);
    s->has_held = s->after_blank = s->in_comment = s->in_header = s->is_closed = false;
    s->after_times = true;
    if (!sb_grow(&s->cues->items, s->cues->n_items, &s->cues->capacity, sizeof *s->cues->items))
        return SB_ERR_MEMORY;
    s->cues->items[s->cues->n_items] = *cue;
    s->cues->items[s->cues->n_items++].has_id = has_id;
    return SB_OK;
}

/* True if the last line has no line end and may be the beginning of an index or of times. */
static bool held_is_cut(const block_scan *s)
{
    if (!s->has_held || s->held.has_end)
        return s->has_held && s->held_after_blank && held_is_digits(s);
    for (size_t i = 0; i < s->held.length; i++) {
        char c = s->reading->text[s->held.at + i];
        if (!c || !strchr("0123456789:.,-> ", c))
            return false;
    }
    return s->held_after_blank || s->length_before_index != SIZE_MAX;
}

/* A note about a property of all times in the document is added only once, at the first such time. */
static void note_spelling(const block_scan *s, const sb_cue_clock *clock)
{
    const char *text = s->reading->text;
    bool notes_ms = clock->counts_ms, notes_wide = true;
    for (size_t i = 0; i < s->cues->n_items && (notes_ms || notes_wide); i++) {
        const sb_range *range = &s->cues->items[i].start_range;
        sb_stamp stamp = sb_stamp_clock(text + range->at, range->length);
        if (notes_ms && stamp.n_decimals > 0 && stamp.n_decimals < 3) {
            sb_reading_note(
                s->reading, range->at,
                "milliseconds are written without leading zeros; read as .%03d, as in all times of this file",
                (int)stamp.decimals);
            notes_ms = false;
        }
        if (notes_wide && range->length > 0 && memmem(text + range->at, range->length, "\xEF\xBC", 2)) {
            sb_reading_note(s->reading, range->at,
                            "the times have full-width characters; read as plain ones");
            notes_wide = false;
        }
    }
}

static void note_missing(block_scan *s)
{
    size_t n = s->cues->n_items;
    if (n > 1 && s->n_close > 0)
        sb_reading_note(s->reading, s->close_at,
                        "%zu of %zu cues have no blank line above them; each is read as a new cue",
                        s->n_close, n);
    if (n > 0 && s->n_unnumbered > 0 && !s->is_vtt)
        sb_reading_note(s->reading, s->unnumbered_at,
                        "%zu of %zu cues have no number; they are read in the order of the file",
                        s->n_unnumbered, n);
}

/* Fails if no cue is usable. */
static sb_status end_blocks(block_scan *s)
{
    if (s->first_problem.problem && s->n_usable == 0)
        return sb_reading_fail(s->reading, s->first_problem.at, "%s", s->first_problem.problem);
    if (s->n_repairs > MAX_REPAIR_NOTES)
        sb_notes_add(s->reading->notes, s->reading->transcript->path, 0, 0,
                     "%zu more lines of cue times were repaired", s->n_repairs - MAX_REPAIR_NOTES);
    note_missing(s);
    if (s->n_repairs > 0 || s->n_close > 0 || (s->n_unnumbered > 0 && !s->is_vtt))
        s->reading->transcript->is_broken = true;
    sb_cue *cue = last_cue(s);
    if (!held_is_cut(s))
        release_held(s);
    else if (cue && !s->held_after_blank)
        cue->text.length = s->length_before_index;
    if (s->n_stray > 0 && cue)
        sb_reading_note(s->reading, s->stray_at, "%zu line%s %s; ignored", s->n_stray,
                        s->n_stray == 1 ? "" : "s", s->is_vtt ? "outside any cue" : "above the first cue");
    return SB_OK;
}

sb_status sb_cues_read(sb_cues *out, sb_reading *reading, sb_line line, bool is_vtt)
{
    block_scan s = {.cues = out,
                    .reading = reading,
                    .is_vtt = is_vtt,
                    .after_blank = true,
                    .is_closed = true,
                    .length_before_index = SIZE_MAX};
    sb_cue_clock clock = sb_cue_clock_measure(reading->text, reading->size);
    sb_status status = SB_OK;
    sb_cue_line kind = SB_CUE_LINE_OTHER;
    while (status == SB_OK && kind != SB_CUE_LINE_CUT && sb_line_next(&line, reading->text, reading->size)) {
        sb_cue cue;
        sb_cue_repair repair;
        if (line.length > MAX_LINE)
            return sb_reading_fail(
                reading, line.at,
                "this line has %zu bytes, and lines of captions are short; get the file again", line.length);
        kind = sb_cue_read_times(&cue, &repair, &clock, reading->text, &line);
        if (repair.is_weak && !held_is_digits(&s))
            kind = SB_CUE_LINE_OTHER;
        if (kind == SB_CUE_LINE_TIMES) {
            note_repair(&s, &cue, &repair);
            status = take_times(&s, &cue, repair.has_index);
        } else if (kind == SB_CUE_LINE_OTHER) {
            take_other(&s, &line);
        }
    }
    if (kind == SB_CUE_LINE_CUT)
        s.has_held = s.has_held && !held_is_identifier(&s);
    if (status == SB_OK)
        note_spelling(&s, &clock);
    return status == SB_OK ? end_blocks(&s) : status;
}

void sb_cues_finish(sb_cues *cues)
{
    free(cues->items);
    *cues = (sb_cues){0};
}
