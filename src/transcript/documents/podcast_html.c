#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/cues/cues.h"
#include "transcript/documents/documents.h"

/* Text around the transcript that is not speech, and the readings beside ruby characters. */
static bool is_left_out(const char *name)
{
    static const char *const names[] = {"head",     "script", "style",  "nav", "header", "footer",
                                        "aside",    "form",   "iframe", "svg", "select", "noscript",
                                        "template", "button", "rt",     "rp",  NULL};
    return sb_word_is_among(name, names);
}

static bool is_heading(const char *name)
{
    return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2];
}

static bool ends_word(const char *name)
{
    static const char *const names[] = {"p",  "br", "div",     "li",         "td", "th",
                                        "dd", "dt", "section", "blockquote", NULL};
    return sb_word_is_among(name, names);
}

typedef enum field { FIELD_TEXT, FIELD_CITE, FIELD_TIME, FIELD_TITLE, FIELD_HEADING } field;

/* `<cite>` and `<time>` before the next text. */
typedef struct header {
    bool has_any, has_name;
    sb_time time;
    sb_range range;
    size_t at;
} header;

typedef struct page_reader {
    sb_reading *reading;
    sb_text_writer writer;
    sb_line line;
    bool is_page; /* a whole page, in which text above the first header is not speech */
    int skipped;  /* level of the element that is left out */
    bool is_skipping;
    field field;
    size_t last_at; /* the end of the last tag */
    sb_bytes name, title, heading;
    header header;
    bool is_in_sentence; /* there was speech since the last tag of a block */
    bool has_headers;
    size_t n_empty, empty_at, n_problems;
} page_reader;

/* Reads "PT1M9.5S". */
static sb_time read_duration(const char *text, size_t size)
{
    sb_time time = 0;
    if (size < 4 || strncmp(text, "PT", 2) != 0)
        return SB_TIME_NONE;
    for (size_t at = 2; at < size;) {
        sb_stamp n = sb_stamp_number(text + at, size - at, SB_TIME_SECOND);
        at += n.length;
        if (n.length == 0 || at == size || n.time > 100000 * SB_TIME_SECOND)
            return SB_TIME_NONE;
        int64_t seconds = text[at] == 'H' ? 3600 : text[at] == 'M' ? 60 : text[at] == 'S' ? 1 : 0;
        if (n.time == SB_TIME_NONE || seconds == 0)
            return SB_TIME_NONE;
        time += n.time * seconds;
        at++;
    }
    return time;
}

static sb_time read_attribute(const sb_markup_attribute *a)
{
    if (!a)
        return SB_TIME_NONE;
    sb_time time = read_duration(a->value, a->length);
    return time != SB_TIME_NONE ? time : sb_stamp_any(a->value, a->length).time;
}

/* A header without text gives no turn, but its time can be corrected. */
static sb_status drop_header(page_reader *r)
{
    size_t n = r->reading->transcript->n_turns;
    header h = r->header;
    r->header = (header){.time = SB_TIME_NONE};
    if (!h.has_any)
        return SB_OK;
    if (r->n_empty++ == 0)
        r->empty_at = h.at;
    return h.range.length ? sb_reading_add_inner_time(r->reading, n ? n - 1 : 0, h.range, h.time) : SB_OK;
}

static sb_status open_header(page_reader *r, const sb_markup_tag *tag, bool repeats)
{
    sb_status status = repeats ? drop_header(r) : SB_OK;
    r->has_headers = true;
    if (!r->header.has_any)
        r->header = (header){.has_any = true, .time = SB_TIME_NONE, .at = tag->at};
    return status;
}

static sb_status begin_name(page_reader *r, const sb_markup_tag *tag)
{
    sb_status status = open_header(r, tag, r->header.has_name);
    r->header.has_name = true;
    r->name.size = 0;
    r->field = FIELD_CITE;
    return status;
}

/* Returns the range between the tags in the source, without brackets around it. */
static sb_range content_of(const page_reader *r, const sb_markup_tag *tag)
{
    const char *text = r->reading->text, *from = text + tag->content_at;
    const char *end = memchr(from, '<', r->reading->size - tag->content_at);
    sb_range content = sb_range_trim(text, (sb_range){tag->content_at, end ? (size_t)(end - from) : 0});
    if (content.length > 2 && strchr("[(", text[content.at]) &&
        strchr(")]", text[content.at + content.length - 1]))
        content = sb_range_trim(text, (sb_range){content.at + 1, content.length - 2});
    return content;
}

/* Dates and times of day in a sentence stay text. */
static sb_status begin_time(page_reader *r, const sb_markup_tag *tag)
{
    sb_range content = content_of(r, tag);
    sb_stamp stamp = sb_stamp_any(r->reading->text + content.at, content.length);
    sb_time given = read_attribute(sb_markup_find(tag, "datetime"));
    if (stamp.time == SB_TIME_NONE && given == SB_TIME_NONE && !stamp.problem)
        return SB_OK;
    sb_status status = open_header(r, tag, r->header.time != SB_TIME_NONE);
    if (stamp.problem)
        sb_cue_note(r->reading, &r->n_problems, content.at, stamp.problem);
    r->header.time = stamp.time != SB_TIME_NONE ? stamp.time : given;
    r->header.range = stamp.time != SB_TIME_NONE ? content : (sb_range){0};
    r->field = FIELD_TIME;
    return status;
}

/* True for the content of `<cite>Name:</cite>`. Titles of books have no colon. */
static bool holds_name(const char *text, size_t size)
{
    const char *colon = memchr(text, ':', size < 200 ? size : 200);
    return colon && sb_text_begins(colon, size - (size_t)(colon - text), ":</cite>");
}

static void end_block(page_reader *r, const char *name)
{
    if (!ends_word(name))
        return;
    r->is_in_sentence = false;
    if (r->writer.turn)
        sb_text_break(&r->writer);
}

static sb_status podcast_begin(void *user, const sb_markup_tag *tag)
{
    page_reader *r = user;
    const char *content = r->reading->text + tag->content_at;
    size_t n_left = r->reading->size - tag->content_at;
    r->last_at = tag->content_at;
    if (r->is_skipping && tag->level > r->skipped) {
        if (strcmp(tag->name, "title") == 0)
            r->field = FIELD_TITLE;
        return SB_OK;
    }
    r->is_skipping = is_left_out(tag->name);
    r->skipped = tag->level;
    if (strcmp(tag->name, "html") == 0 || strcmp(tag->name, "head") == 0 || strcmp(tag->name, "body") == 0)
        r->is_page = true;
    end_block(r, tag->name);
    if (r->is_skipping)
        return SB_OK;
    if (strcmp(tag->name, "cite") == 0 && (!r->is_in_sentence || holds_name(content, n_left)))
        return begin_name(r, tag);
    if (strcmp(tag->name, "time") == 0 && (!r->is_in_sentence || r->header.has_any))
        return begin_time(r, tag);
    if (strcmp(tag->name, "title") == 0)
        r->field = FIELD_TITLE;
    else if (is_heading(tag->name))
        r->field = FIELD_HEADING;
    return SB_OK;
}

static sb_status podcast_end(void *user, const char *name, int level)
{
    page_reader *r = user;
    if (r->is_skipping && level <= r->skipped)
        r->is_skipping = false;
    bool ends_field = strcmp(name, "time") == 0 || strcmp(name, "cite") == 0 || strcmp(name, "title") == 0 ||
                      is_heading(name);
    if (ends_field)
        r->field = FIELD_TEXT;
    end_block(r, name);
    return SB_OK;
}

static sb_status set_speaker(page_reader *r)
{
    sb_range name = r->name.size ? sb_range_trim(r->name.data, (sb_range){0, r->name.size}) : (sb_range){0};
    while (name.length > 0 && r->name.data[name.at + name.length - 1] == ':')
        name = sb_range_trim(r->name.data, (sb_range){name.at, name.length - 1});
    return name.length ? sb_reading_set_speaker(r->writer.turn, r->name.data + name.at, name.length) : SB_OK;
}

/* Without a name, the speaker is the one before. */
static sb_status begin_turn(page_reader *r)
{
    header h = r->header;
    int64_t line = sb_line_number_at(&r->line, r->reading, h.has_any ? h.at : r->last_at);
    if (sb_reading_begin_turn(r->reading, &r->writer, line ? line : 1) != SB_OK)
        return SB_ERR_MEMORY;
    r->writer.turn->stamp = h.time;
    r->writer.turn->stamp_range = h.range;
    r->header = (header){.time = SB_TIME_NONE};
    return set_speaker(r);
}

static bool is_blank_text(const char *text, size_t size)
{
    for (size_t at = 0, bytes = 0; at < size; at += bytes) {
        int32_t c = text[at] == '&' ? sb_entity_read(text + at, size - at, &bytes) : 0;
        if (c == 0) {
            bytes = 0;
            c = sb_utf8_next(text + at, size - at, &bytes);
        }
        if (!sb_is_space(c))
            return false;
    }
    return true;
}

static sb_status put_speech(page_reader *r, const char *text, size_t size)
{
    sb_status status = SB_OK;
    if (!is_blank_text(text, size)) {
        if (r->is_page && !r->header.has_any && !r->writer.turn)
            return SB_OK;
        r->is_in_sentence = true;
        status = r->header.has_any || !r->writer.turn ? begin_turn(r) : SB_OK;
    }
    if (status == SB_OK && r->writer.turn && !r->header.has_any)
        sb_text_put(&r->writer, text, size);
    return status;
}

static sb_status podcast_put(void *user, const char *text, size_t size)
{
    page_reader *r = user;
    if (r->field == FIELD_TITLE)
        sb_bytes_append(&r->title, text, size);
    else if (r->is_skipping || r->field == FIELD_TIME)
        return SB_OK;
    else if (r->field == FIELD_CITE)
        sb_bytes_append(&r->name, text, size);
    else if (r->field == FIELD_HEADING && r->reading->transcript->n_turns == 0)
        sb_bytes_append(&r->heading, text, size);
    else if (r->field == FIELD_TEXT)
        return put_speech(r, text, size);
    return SB_OK;
}

static sb_status podcast_finish(page_reader *r)
{
    bool ok = true;
    const sb_bytes *title = r->heading.size ? &r->heading : &r->title;
    sb_status status = drop_header(r), end_status = sb_text_end(&r->writer);
    if (title->size)
        r->reading->transcript->title = sb_text_plain(title->data, title->size, &ok);
    if (!ok || r->title.failed || r->name.failed || r->heading.failed)
        return SB_ERR_MEMORY;
    sb_cue_notes_end(r->reading, r->n_problems);
    if (r->n_empty > 0)
        sb_reading_note(r->reading, r->empty_at, "%zu header%s without text; ignored", r->n_empty,
                        r->n_empty == 1 ? "" : "s");
    if (status == SB_OK && (r->reading->transcript->n_turns == 0 || !r->has_headers))
        return sb_reading_fail(
            r->reading, 0, "no text after <cite> or <time>; choose another format, or get the whole file");
    return status == SB_OK ? end_status : status;
}

static sb_status read_podcast_html(sb_reading *reading)
{
    page_reader r = {.reading = reading, .header = {.time = SB_TIME_NONE}};
    sb_markup markup = {reading->text, reading->size, &r, podcast_begin, podcast_end, podcast_put, false, 0};
    sb_status status = sb_html_walk(&markup);
    if (status == SB_ERR_LIMIT)
        status = sb_reading_fail(reading, 0, "the page is too large; use the transcript alone");
    sb_status end_status = status == SB_OK ? podcast_finish(&r) : sb_text_end(&r.writer);
    sb_bytes_finish(&r.name);
    sb_bytes_finish(&r.title);
    sb_bytes_finish(&r.heading);
    return status == SB_OK ? end_status : status;
}

/* True for `<time>` with a clock time in it. Articles have others, such as dates. */
static bool holds_time(const char *text, size_t size)
{
    const char *open = memchr(text, '>', size < 200 ? size : 200);
    size_t at = open ? (size_t)(open - text) + 1 : size;
    while (at < size && text[at] && strchr(" \r\n\t[(", text[at]))
        at++;
    return sb_stamp_clock(text + at, size - at).length > 0;
}

static sb_sniff sniff_podcast_html(const char *text, size_t size)
{
    size_t n_cites = 0, n_times = 0, n_names = 0, first = 0;
    while (first < size && text[first] && strchr(" \t\r\n", text[first]))
        first++;
    const char *end = text + size;
    for (const char *at = text; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
        size_t left = (size_t)(end - at);
        if (sb_text_begins(at, left, "<cite>")) {
            n_cites++;
            n_names += holds_name(at + 6, left - 6);
        } else if (sb_text_begins(at, left, "<time")) {
            n_times += holds_time(at, left);
        }
    }
    if (n_cites > 0 && n_times > 0)
        return (sb_sniff){95, "<cite>Name:</cite> and <time>0:09</time> before paragraphs"};
    if (n_names > 1)
        return (sb_sniff){85, "<cite>Name:</cite> before paragraphs"};
    if (n_times > 1 || (n_times == 1 && sb_text_begins(text + first, size - first, "<time")))
        return (sb_sniff){85, "<time>0:09</time> before paragraphs"};
    return (sb_sniff){0};
}

const sb_reader sb_reader_podcast_html = {
    "podcast-html", "HTML of podcast feeds: <cite>Name:</cite><time>0:09</time><p>text</p>",
    sniff_podcast_html, read_podcast_html, SB_UNIT_TURN};
