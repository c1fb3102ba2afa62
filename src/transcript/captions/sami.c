#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "transcript/cues/cues.h"
#include "transcript/documents/documents.h"

/* Microsoft's SAMI: `<SYNC Start=1200><P Class=ENCC>text<br>text`. A caption ends where the next begins; one
 * of a blank alone only ends the one before. Several classes are translations; the first is read. */

#define EMPTY_ELEMENT "area"

typedef struct sami_scan {
    sb_reading *reading;
    sb_text_writer writer;
    sb_line line;
    size_t at;
    sb_time start;
    sb_range range;
    bool is_in_sync, is_in_title, is_in_body, is_other_class, names_speaker;
    sb_bytes title, speaker, class;
    size_t open_turn; /* 1 + the turn that the next caption ends; 0: none */
    size_t n_other, n_problems;
} sami_scan;

static sb_status end_caption(sami_scan *s)
{
    sb_status status = sb_text_end(&s->writer);
    if (s->open_turn > 0 && s->start != SB_TIME_NONE) {
        sb_turn *turn = &s->reading->transcript->turns[s->open_turn - 1];
        if (turn->stamp != SB_TIME_NONE && s->start >= turn->stamp) {
            turn->stop = s->start;
            turn->stop_range = s->range;
        }
        s->open_turn = 0;
    }
    return status;
}

static sb_status begin_sync(sami_scan *s, const sb_markup_tag *tag)
{
    const sb_markup_attribute *start = sb_markup_find(tag, "start");
    sb_stamp stamp =
        start ? sb_stamp_number(start->value, start->length, SB_TIME_MS) : (sb_stamp){.time = SB_TIME_NONE};
    bool is_good = stamp.length > 0 && start && stamp.length == start->length && !stamp.problem;
    if (!is_good)
        sb_cue_note(s->reading, &s->n_problems, tag->at,
                    stamp.problem ? stamp.problem
                                  : "<SYNC> has no Start in milliseconds; its text has no time");
    s->is_in_sync = true;
    s->is_other_class = s->names_speaker = false;
    s->speaker.size = 0;
    s->at = tag->at;
    s->start = is_good ? stamp.time : SB_TIME_NONE;
    s->range = is_good ? start->range : (sb_range){0};
    return end_caption(s);
}

static void begin_paragraph(sami_scan *s, const sb_markup_tag *tag)
{
    const sb_markup_attribute *class = sb_markup_find(tag, "class"), *id = sb_markup_find(tag, "id");
    s->names_speaker = sb_markup_is(id, "Source");
    s->is_other_class = false;
    if (!class || class->length == 0)
        return;
    if (s->class.size == 0)
        sb_bytes_append(&s->class, class->value, class->length);
    s->is_other_class =
        s->class.size != class->length || strncasecmp(s->class.data, class->value, class->length) != 0;
    s->n_other += s->is_other_class;
}

static sb_status sami_begin(void *user, const sb_markup_tag *tag)
{
    sami_scan *s = user;
    if (strcmp(tag->name, EMPTY_ELEMENT) == 0)
        return begin_sync(s, tag);
    if (strcmp(tag->name, "title") == 0)
        s->is_in_title = true;
    else if (strcmp(tag->name, "p") == 0)
        begin_paragraph(s, tag);
    if (s->writer.turn && (strcmp(tag->name, "br") == 0 || strcmp(tag->name, "p") == 0))
        sb_text_break(&s->writer);
    return SB_OK;
}

static sb_status sami_end(void *user, const char *name, int level)
{
    sami_scan *s = user;
    (void)level;
    s->is_in_title = s->is_in_title && strcmp(name, "title") != 0;
    s->names_speaker = s->names_speaker && strcmp(name, "p") != 0;
    return SB_OK;
}

static bool is_blank_markup(const char *text, size_t size)
{
    bool ok;
    char *plain = sb_text_plain(text, size, &ok);
    bool is_empty = !plain && ok;
    free(plain);
    return is_empty;
}

static sb_status begin_sync_turn(sami_scan *s)
{
    if (sb_reading_begin_turn(s->reading, &s->writer, sb_line_number_at(&s->line, s->reading, s->at)) !=
        SB_OK)
        return SB_ERR_MEMORY;
    s->writer.turn->stamp = s->start;
    s->writer.turn->stamp_range = s->range;
    s->open_turn = s->reading->transcript->n_turns;
    sb_range name =
        s->speaker.size ? sb_range_trim(s->speaker.data, (sb_range){0, s->speaker.size}) : (sb_range){0};
    if (name.length > 0 && s->speaker.data[name.at + name.length - 1] == ':')
        name.length--;
    return name.length ? sb_reading_set_speaker(s->writer.turn, s->speaker.data + name.at, name.length)
                       : SB_OK;
}

static sb_status sami_put(void *user, const char *text, size_t size)
{
    sami_scan *s = user;
    sb_status status = SB_OK;
    if (s->is_in_title)
        sb_bytes_append(&s->title, text, size);
    if (!s->is_in_sync || s->is_other_class)
        return SB_OK;
    if (s->names_speaker) {
        sb_bytes_append(&s->speaker, text, size);
        return SB_OK;
    }
    if (!s->writer.turn && is_blank_markup(text, size))
        return SB_OK;
    if (!s->writer.turn)
        status = begin_sync_turn(s);
    if (status == SB_OK)
        sb_text_put(&s->writer, text, size);
    return status;
}

static sb_status sami_finish(sami_scan *s)
{
    bool ok = true;
    if (s->title.size)
        s->reading->transcript->title = sb_text_plain(s->title.data, s->title.size, &ok);
    if (!ok || s->title.failed || s->speaker.failed || s->class.failed)
        return SB_ERR_MEMORY;
    sb_cue_notes_end(s->reading, s->n_problems);
    if (s->n_other > 0)
        sb_notes_add(s->reading->notes, s->reading->transcript->path, 0, 0,
                     "%zu captions of other classes than \"%s\" are translations; ignored", s->n_other,
                     s->class.data);
    if (s->reading->transcript->n_turns == 0)
        return sb_reading_fail(s->reading, 0,
                               "there is no <SYNC> with text; choose another format, or get the whole file");
    return SB_OK;
}

/* <SYNC> is rarely closed and is not an HTML element, so each would be inside the one before. It is replaced
 * by an HTML element that is always empty. */
static bool replace_syncs(sb_bytes *out, const sb_reading *reading)
{
    sb_bytes_append(out, reading->text, reading->size);
    if (out->failed)
        return false;
    char *at = out->data, *end = out->data + out->size;
    for (; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
        char *name = at + 1 + (at[1] == '/');
        if (end - name > 4 && strncasecmp(name, "sync", 4) == 0)
            memcpy(name, EMPTY_ELEMENT, 4);
    }
    return true;
}

static sb_status read_sami(sb_reading *reading)
{
    sami_scan s = {.reading = reading, .start = SB_TIME_NONE};
    sb_bytes text = {0};
    if (!replace_syncs(&text, reading))
        return SB_ERR_MEMORY;
    sb_markup markup = {text.data, text.size, &s, sami_begin, sami_end, sami_put, false, 0};
    reading->transcript->number_unit = SB_TIME_MS;
    sb_status status = sb_html_walk(&markup), end_status = sb_text_end(&s.writer);
    if (status == SB_ERR_LIMIT)
        status = sb_reading_fail(reading, 0, "the file is too large; split it");
    if (status == SB_OK)
        status = end_status == SB_OK ? sami_finish(&s) : end_status;
    sb_bytes_finish(&text);
    sb_bytes_finish(&s.title);
    sb_bytes_finish(&s.speaker);
    sb_bytes_finish(&s.class);
    return status;
}

static sb_sniff sniff_sami(const char *text, size_t size)
{
    sb_range content = sb_range_trim(text, (sb_range){0, size < 4096 ? size : 4096});
    if (content.length > 5 && strncasecmp(text + content.at, "<sami", 5) == 0)
        return (sb_sniff){100, "the first tag is <SAMI>"};
    bool has_sync = content.length > 0 && text[content.at] == '<' &&
                    (memmem(text, size, "<SYNC Start=", 12) || memmem(text, size, "<sync start=", 12));
    return has_sync ? (sb_sniff){90, "tags such as <SYNC Start=1200>"} : (sb_sniff){0};
}

const sb_reader sb_reader_sami = {"sami", "SAMI captions: <SYNC Start=1200><P>text", sniff_sami, read_sami,
                                  SB_UNIT_CUE};
