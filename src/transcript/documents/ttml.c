#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/cues/cues.h"
#include "transcript/documents/documents.h"

#define MAX_ELEMENTS 300 /* the parser allows fewer */
#define MAX_AGENTS   256

#define CLOSED_BREAK "b" /* replaces a `<br>` that is not closed, with the same number of bytes */

typedef struct agent {
    sb_range id;
    char *name; /* NULL: none */
} agent;

/* An open element of the body. Times are those of the document. */
typedef struct element {
    int level;
    bool is_timed, is_paragraph, stands_alone;
    sb_time begin, end;
    sb_range begin_range, end_range;
    sb_range speaker;
} element;

typedef struct ttml_scan {
    sb_reading *reading;
    sb_text_writer writer;
    sb_line line;
    sb_ttml_clock clock;
    element elements[MAX_ELEMENTS];
    size_t n_elements;
    agent agents[MAX_AGENTS];
    size_t n_agents;
    int skipped; /* level of the element that is left out; 0: none */
    enum { FIELD_NONE, FIELD_TITLE, FIELD_NAME } field;
    bool is_measuring, is_absolute, has_unit, is_in_body;
    size_t n_absolute, n_relative;
    sb_range turn_speaker;
    /* the last word before the end of a timed span, if it is complete by then */
    size_t ended_word;
    sb_time ended_at;
    size_t n_problems, paragraph_at;
    size_t n_turns_before; /* the open paragraph */
} ttml_scan;

static element *innermost(ttml_scan *s)
{
    return s->n_elements ? &s->elements[s->n_elements - 1] : NULL;
}

static bool is_in_paragraph(const ttml_scan *s)
{
    for (size_t i = 0; i < s->n_elements; i++) {
        if (s->elements[i].is_paragraph)
            return true;
    }
    return false;
}

/* Speakers */

static sb_status add_agent(ttml_scan *s, const sb_markup_tag *tag)
{
    const sb_markup_attribute *id = sb_markup_find(tag, "id");
    if (id && id->range.length > 0 && s->n_agents < MAX_AGENTS)
        s->agents[s->n_agents++] = (agent){id->range, NULL};
    return SB_OK;
}

/* The value may be several identifiers; the first one speaks. */
static sb_range first_identifier(const sb_reading *reading, const sb_markup_attribute *a)
{
    if (!a || a->range.length == 0)
        return (sb_range){0};
    sb_range out = sb_range_trim(reading->text, a->range);
    const char *text = reading->text + out.at;
    if (out.length > 0 && text[0] == '#') {
        text++;
        out = (sb_range){out.at + 1, out.length - 1};
    }
    for (size_t i = 0; i < out.length; i++) {
        if (text[i] == ' ' || text[i] == ',')
            out.length = i;
    }
    return out;
}

static sb_status set_speaker(ttml_scan *s, sb_range speaker)
{
    const char *text = s->reading->text;
    s->turn_speaker = speaker;
    for (size_t i = 0; i < s->n_agents; i++) {
        const char *name = s->agents[i].name;
        if (name && sb_ranges_equal(text, s->agents[i].id, speaker))
            return sb_reading_set_speaker(s->writer.turn, name, strlen(name));
    }
    return speaker.length ? sb_reading_set_speaker(s->writer.turn, text + speaker.at, speaker.length) : SB_OK;
}

/* Times */

static void note_problem(ttml_scan *s, size_t at, const char *problem)
{
    if (!s->is_measuring)
        sb_cue_note(s->reading, &s->n_problems, at, problem);
}

/* Reads a time and gives where it can be replaced. */
static sb_time take_attribute_time(ttml_scan *s, sb_range *range, const sb_markup_tag *tag, const char *name)
{
    const sb_markup_attribute *a = sb_markup_find(tag, name);
    *range = (sb_range){0};
    if (!a || a->length == 0)
        return SB_TIME_NONE;
    sb_ttml_time time = sb_ttml_time_read(&s->clock, a->value, a->length);
    if (time.stamp.problem) {
        note_problem(s, a->range.length ? a->range.at : tag->at, time.stamp.problem);
        return SB_TIME_NONE;
    }
    sb_time *unit = &s->reading->transcript->number_unit;
    if (time.unit > 0 && !s->has_unit) {
        *unit = time.unit;
        s->has_unit = true;
    }
    if (a->range.length > 0 && (time.unit == 0 || time.unit == *unit))
        *range = (sb_range){a->range.at, time.stamp.length};
    return time.stamp.time;
}

/* In the standard, the times of an element are relative to the begin of the element around it. Many programs
 * write times relative to the document instead. The latter is assumed if the inner times are inside the outer
 * ones. */
static void set_element_times(ttml_scan *s, const element *outer, sb_time begin)
{
    if (outer->begin <= 0)
        return;
    bool is_open = outer->end == SB_TIME_NONE;
    bool fits_outside = begin >= outer->begin && (is_open || begin <= outer->end);
    bool fits_inside = is_open ? begin < outer->begin : begin <= outer->end - outer->begin;
    s->n_absolute += fits_outside + 2 * (begin == outer->begin);
    s->n_relative += fits_inside;
}

static void resolve_times(ttml_scan *s, element *e, const element *outer, const sb_markup_tag *tag)
{
    sb_range ignored;
    sb_time begin = take_attribute_time(s, &e->begin_range, tag, "begin"),
            end = take_attribute_time(s, &e->end_range, tag, "end");
    sb_time length = end == SB_TIME_NONE ? take_attribute_time(s, &ignored, tag, "dur") : SB_TIME_NONE;
    bool is_inside = outer && outer->begin != SB_TIME_NONE && outer->begin > 0;
    if (s->is_measuring && outer && begin != SB_TIME_NONE)
        set_element_times(s, outer, begin);
    if (is_inside && !s->is_absolute && !s->is_measuring) {
        begin = begin != SB_TIME_NONE ? begin + outer->begin : begin;
        end = end != SB_TIME_NONE ? end + outer->begin : end;
        e->begin_range = e->end_range = (sb_range){0};
    }
    e->is_timed = begin != SB_TIME_NONE;
    e->begin = begin == SB_TIME_NONE && outer ? outer->begin : begin;
    if (end == SB_TIME_NONE && length != SB_TIME_NONE && e->begin != SB_TIME_NONE)
        end = e->begin + length;
    if (end != SB_TIME_NONE && e->begin != SB_TIME_NONE && end < e->begin) {
        note_problem(s, tag->at, "it ends before it begins; its begin is used, and its end is ignored");
        end = SB_TIME_NONE;
        e->end_range = (sb_range){0};
    }
    e->end = end;
}

/* Text */

static void settle_end(ttml_scan *s)
{
    sb_turn *turn = s->writer.turn;
    if (turn && s->ended_at != SB_TIME_NONE && turn->n_words > s->ended_word)
        turn->words[s->ended_word].end = s->ended_at;
    s->ended_at = SB_TIME_NONE;
}

static sb_status end_turn(ttml_scan *s)
{
    if (s->writer.turn) {
        sb_text_break(&s->writer);
        settle_end(s);
    }
    return sb_text_end(&s->writer);
}

/* A paragraph without times of its own has those of its spans. */
static sb_status begin_paragraph_turn(ttml_scan *s)
{
    const element *timed = NULL, *last = innermost(s);
    for (size_t i = s->n_elements; i-- > 0;) {
        const element *e = &s->elements[i];
        if (e->is_timed && (!timed || e->is_paragraph))
            timed = e;
    }
    sb_status status = end_turn(s);
    if (status != SB_OK ||
        sb_reading_begin_turn(s->reading, &s->writer,
                              sb_line_number_at(&s->line, s->reading, s->paragraph_at)) != SB_OK)
        return SB_ERR_MEMORY;
    if (timed) {
        s->writer.turn->stamp = timed->begin;
        s->writer.turn->stamp_range = timed->begin_range;
        s->writer.turn->stop = timed->end;
        s->writer.turn->stop_range = timed->end_range;
    }
    return set_speaker(s, last->speaker);
}

static bool begins_blank(const char *text, size_t size)
{
    size_t at = 0;
    return size > 0 && sb_is_space(sb_utf8_next(text, size, &at));
}

static sb_status put_speech(ttml_scan *s, const char *text, size_t size)
{
    const element *e = innermost(s);
    bool is_blank = sb_range_trim(text, (sb_range){0, size}).length == 0;
    bool is_other = !is_blank && s->writer.turn && s->writer.turn->n_words > 0 &&
                    !sb_ranges_equal(s->reading->text, s->turn_speaker, e->speaker);
    sb_status status = !is_blank && (!s->writer.turn || is_other) ? begin_paragraph_turn(s) : SB_OK;
    if (status != SB_OK || !s->writer.turn)
        return status;
    if (begins_blank(text, size))
        sb_text_break(&s->writer);
    settle_end(s);
    if (!is_blank && !e->is_paragraph && e->is_timed && s->writer.word.size == 0)
        s->writer.next_start = e->begin;
    sb_text_put(&s->writer, text, size);
    return SB_OK;
}

/* A span's times are corrected with the turn's, unless they are the turn's own. */
static sb_status end_span(ttml_scan *s, const element *e)
{
    sb_turn *turn = s->writer.turn;
    size_t n = s->reading->transcript->n_turns;
    if (!turn || !e->is_timed || n == 0)
        return SB_OK;
    if (e->stands_alone)
        sb_text_break(&s->writer);
    bool has_own = e->begin_range.at == turn->stamp_range.at && turn->stamp_range.length > 0;
    if (!has_own && turn->stop != SB_TIME_NONE && e->end != SB_TIME_NONE && e->end > turn->stop) {
        turn->stop = e->end;
        turn->stop_range = e->end_range;
    }
    size_t n_words = turn->n_words + (s->writer.word.size > 0);
    if (n_words > 0 && e->end != SB_TIME_NONE) {
        s->ended_word = n_words - 1;
        s->ended_at = e->end;
    }
    sb_status status = SB_OK;
    if (e->begin_range.length && !has_own)
        status = sb_reading_add_inner_time(s->reading, n - 1, e->begin_range, e->begin);
    if (status == SB_OK && e->end_range.length && e->end_range.at != turn->stop_range.at)
        status = sb_reading_add_inner_time(s->reading, n - 1, e->end_range, e->end);
    return status;
}

/* A paragraph without text still has times that are corrected with the turn before. */
static sb_status end_paragraph(ttml_scan *s, const element *e)
{
    size_t n = s->reading->transcript->n_turns;
    if (s->writer.turn || n > s->n_turns_before || n == 0)
        return end_turn(s);
    sb_status status = SB_OK;
    if (e->begin_range.length)
        status = sb_reading_add_inner_time(s->reading, n - 1, e->begin_range, e->begin);
    if (status == SB_OK && e->end_range.length)
        status = sb_reading_add_inner_time(s->reading, n - 1, e->end_range, e->end);
    return status;
}

static sb_status close_elements(ttml_scan *s, int level)
{
    sb_status status = SB_OK;
    while (status == SB_OK && s->n_elements > 0 && innermost(s)->level >= level) {
        element e = *innermost(s);
        if (!s->is_measuring)
            status = e.is_paragraph ? end_paragraph(s, &e) : end_span(s, &e);
        s->n_elements--;
    }
    return status;
}

/* A paragraph ends one that the text leaves open. */
static sb_status close_paragraph(ttml_scan *s)
{
    for (size_t i = 0; i < s->n_elements; i++) {
        if (s->elements[i].is_paragraph)
            return close_elements(s, s->elements[i].level);
    }
    return SB_OK;
}

static bool is_ruby(const sb_markup_tag *tag)
{
    const sb_markup_attribute *a = sb_markup_find(tag, "ruby");
    return sb_markup_is(a, "text") || sb_markup_is(a, "textContainer") || sb_markup_is(a, "delimiter");
}

static sb_status open_element(ttml_scan *s, const sb_markup_tag *tag)
{
    if (s->n_elements == MAX_ELEMENTS)
        return SB_OK;
    element e = {.level = tag->level, .is_paragraph = strcmp(tag->name, "p") == 0};
    if (e.is_paragraph && close_paragraph(s) != SB_OK)
        return SB_ERR_MEMORY;
    const element *outer = innermost(s);
    const sb_markup_attribute *speaker = sb_markup_find(tag, "agent"), *unit = sb_markup_find(tag, "unit");
    resolve_times(s, &e, outer, tag);
    e.speaker = speaker ? first_identifier(s->reading, speaker) : outer ? outer->speaker : (sb_range){0};
    e.stands_alone = unit != NULL;
    if (unit && s->is_measuring)
        s->n_absolute += 2;
    if (e.is_paragraph && !s->is_measuring) {
        s->paragraph_at = tag->at;
        s->n_turns_before = s->reading->transcript->n_turns;
    }
    if (s->writer.turn && e.stands_alone)
        sb_text_break(&s->writer);
    s->elements[s->n_elements++] = e;
    return SB_OK;
}

static sb_status begin_in_head(ttml_scan *s, const sb_markup_tag *tag)
{
    if (strcmp(tag->name, "agent") == 0)
        return add_agent(s, tag);
    s->field = strcmp(tag->name, "title") == 0                     ? FIELD_TITLE
               : strcmp(tag->name, "name") == 0 && s->n_agents > 0 ? FIELD_NAME
                                                                   : FIELD_NONE;
    return SB_OK;
}

static sb_status begin_root(ttml_scan *s, const sb_markup_tag *tag)
{
    bool ok = true;
    const sb_markup_attribute *language = sb_markup_find(tag, "lang");
    sb_transcript *t = s->reading->transcript;
    sb_ttml_clock_read(&s->clock, tag);
    if (language && language->length > 0 && !t->language)
        t->language = sb_text_plain(language->value, language->length, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static sb_status ttml_begin(void *user, const sb_markup_tag *tag)
{
    static const char *const timed[] = {"body", "div", "p", "span"};
    ttml_scan *s = user;
    if (s->skipped && tag->level > s->skipped)
        return SB_OK;
    s->skipped = 0;
    sb_status status = close_elements(s, tag->level);
    if (status != SB_OK)
        return status;
    if (tag->level == 0)
        return begin_root(s, tag);
    s->is_in_body = s->is_in_body || strcmp(tag->name, "body") == 0;
    if (!s->is_in_body)
        return begin_in_head(s, tag);
    if (strcmp(tag->name, "metadata") == 0 || is_ruby(tag))
        s->skipped = tag->level;
    else if ((strcmp(tag->name, "br") == 0 || strcmp(tag->name, CLOSED_BREAK) == 0) && s->writer.turn)
        sb_text_break(&s->writer);
    for (size_t i = 0; i < sizeof timed / sizeof *timed && !s->skipped; i++) {
        if (strcmp(tag->name, timed[i]) == 0)
            return open_element(s, tag);
    }
    return SB_OK;
}

static sb_status ttml_end(void *user, const char *name, int level)
{
    ttml_scan *s = user;
    (void)name;
    if (s->skipped && level > s->skipped)
        return SB_OK;
    if (s->skipped == level)
        s->skipped = 0;
    s->field = FIELD_NONE;
    return close_elements(s, level);
}

static sb_status ttml_put(void *user, const char *text, size_t size)
{
    ttml_scan *s = user;
    bool ok = true;
    if (s->is_measuring || s->skipped)
        return SB_OK;
    char **slot = s->field == FIELD_TITLE ? &s->reading->transcript->title : NULL;
    if (s->field == FIELD_NAME && s->n_agents > 0)
        slot = &s->agents[s->n_agents - 1].name;
    if (slot && !*slot)
        *slot = sb_text_plain(text, size, &ok);
    else if (!slot && is_in_paragraph(s))
        return put_speech(s, text, size);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static sb_status ttml_finish(ttml_scan *s, const sb_markup *markup)
{
    sb_status status = close_elements(s, 0), end_status = end_turn(s);
    if (status != SB_OK || end_status != SB_OK)
        return status != SB_OK ? status : end_status;
    if (s->reading->transcript->n_turns == 0)
        return sb_reading_fail(s->reading, markup->is_damaged ? markup->damaged_at : 0,
                               "there is no <p> with text; choose another format, or get the whole file");
    sb_cue_notes_end(s->reading, s->n_problems);
    if (markup->is_damaged)
        sb_reading_note(s->reading, markup->damaged_at,
                        "the XML is damaged here; what could be read is used");
    return SB_OK;
}

/* Some programs write `<br>` as in HTML, without an end. */
static bool close_breaks(sb_bytes *out, const sb_reading *reading)
{
    static const char open[] = "<br>", closed[] = "<" CLOSED_BREAK "/>";
    sb_bytes_append(out, reading->text, reading->size);
    if (out->failed || memmem(out->data, out->size, "</br>", 5))
        return !out->failed;
    for (char *at = out->data, *end = at + out->size; (at = memmem(at, (size_t)(end - at), open, 4)) != NULL;)
        memcpy(at, closed, 4);
    return true;
}

static sb_status scan(ttml_scan *s, const sb_bytes *text)
{
    sb_reading *reading = s->reading;
    sb_markup markup = {text->data, text->size, s, ttml_begin, ttml_end, ttml_put, false, 0};
    s->is_measuring = true;
    s->ended_at = SB_TIME_NONE;
    sb_status status = sb_xml_walk(&markup);
    if (status == SB_ERR_LIMIT)
        return sb_reading_fail(reading, 0, "the file is too large; split it");
    s->is_absolute = s->n_absolute > s->n_relative;
    s->is_measuring = s->is_in_body = false;
    s->n_elements = s->n_agents = 0;
    s->skipped = 0;
    if (status == SB_OK)
        status = sb_xml_walk(&markup);
    return status == SB_OK ? ttml_finish(s, &markup) : status;
}

static sb_status read_ttml(sb_reading *reading)
{
    ttml_scan *s = calloc(1, sizeof *s);
    if (!s)
        return SB_ERR_MEMORY;
    s->reading = reading;
    sb_bytes text = {0};
    sb_status status = close_breaks(&text, reading) ? scan(s, &text) : SB_ERR_MEMORY;
    sb_status end_status = sb_text_end(&s->writer);
    sb_bytes_finish(&text);
    for (size_t i = 0; i < MAX_AGENTS; i++)
        free(s->agents[i].name);
    free(s);
    return status == SB_OK ? end_status : status;
}

static sb_sniff sniff_ttml(const char *text, size_t size)
{
    size_t head = size < 4096 ? size : 4096;
    sb_range content = sb_range_trim(text, (sb_range){0, head});
    bool has_name = memmem(text, head, "ns/ttml", 7) || memmem(text, head, "ttaf1", 5);
    const char *root = memmem(text, head, "<tt", 3), *prefixed = memmem(text, head, ":tt", 3);
    bool has_root = (root && root + 3 < text + head && strchr(" \t\r\n>", root[3])) ||
                    (prefixed && prefixed + 3 < text + head && strchr(" \t\r\n>", prefixed[3]));
    if (content.length == 0 || text[content.at] != '<' || !has_root)
        return (sb_sniff){0};
    return (sb_sniff){has_name ? 100 : 80, has_name ? "<tt> with the name of TTML" : "the root is <tt>"};
}

const sb_reader sb_reader_ttml = {"ttml", "Timed Text Markup Language: IMSC, EBU-TT, DFXP, Apple Podcasts",
                                  sniff_ttml, read_ttml, SB_UNIT_CUE};
