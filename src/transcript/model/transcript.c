#include "soundbite/transcript.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/file.h"
#include "transcript/documents/documents.h"
#include "transcript/model/model.h"
#include "transcript/transcript.h"

static void finish_turn(sb_turn *turn)
{
    for (size_t i = 0; i < turn->n_words; i++)
        free(turn->words[i].text);
    for (size_t i = 0; i < turn->n_events; i++)
        free(turn->events[i].text);
    free(turn->words);
    free(turn->events);
    free(turn->speaker);
}

void sb_transcript_free(sb_transcript **transcript)
{
    sb_transcript *t = *transcript;
    if (!t)
        return;
    for (size_t i = 0; i < t->n_turns; i++)
        finish_turn(&t->turns[i]);
    free(t->turns);
    free(t->inner_times);
    free(t->path);
    free(t->format);
    free(t->container);
    free(t->title);
    free(t->language);
    free(t->source);
    free(t->encoding);
    free(t);
    *transcript = NULL;
}

char *sb_turn_text(const sb_turn *turn)
{
    sb_bytes out = {0};
    sb_bytes_append(&out, "", 0);
    for (size_t i = 0; i < turn->n_words; i++) {
        if (i > 0)
            sb_bytes_text(&out, sb_word_gap(turn->words[i - 1].text, turn->words[i].text));
        sb_bytes_text(&out, turn->words[i].text);
    }
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}

static bool all_are_multiples(const sb_transcript *t, sb_time unit)
{
    for (size_t i = 0; i < t->n_turns; i++) {
        if (t->turns[i].stamp != SB_TIME_NONE && t->turns[i].stamp % unit != 0)
            return false;
    }
    return true;
}

/* The largest decimal unit of which all timestamps are multiples. */
static sb_time measure_resolution(const sb_transcript *t)
{
    size_t n_stamps = 0;
    for (size_t i = 0; i < t->n_turns; i++)
        n_stamps += t->turns[i].stamp != SB_TIME_NONE;
    if (n_stamps == 0)
        return SB_TIME_NONE;
    for (int64_t parts = 1; parts <= 100000; parts *= 10) {
        if (all_are_multiples(t, SB_TIME_SECOND / parts))
            return SB_TIME_SECOND / parts;
    }
    return sb_time_from_seconds(1e-6);
}

/* Files with inserted teasers and advertisements have such timestamps, so the order is reported but not
 * changed. */
static void note_backward_stamps(const sb_reading *reading)
{
    const sb_transcript *t = reading->transcript;
    sb_time latest = SB_TIME_NONE, before = 0;
    const sb_turn *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < t->n_turns; i++) {
        sb_time stamp = t->turns[i].stamp;
        if (stamp == SB_TIME_NONE)
            continue;
        if (latest != SB_TIME_NONE && stamp < latest) {
            before = count++ == 0 ? latest : before;
            first = first ? first : &t->turns[i];
        }
        latest = stamp;
    }
    if (count == 0)
        return;
    char from[SB_TIME_TEXT], to[SB_TIME_TEXT];
    sb_notes_add(reading->notes, t->path, first->line, 0,
                 "the times go backwards %zu time%s, first from %s to %s; the order of the file is kept; "
                 "check for a spliced-in passage",
                 count, count == 1 ? "" : "s", sb_time_print(from, before, 3),
                 sb_time_print(to, first->stamp, 3));
}

static void note_repairs(const sb_reading *reading, bool lossy)
{
    const sb_transcript *t = reading->transcript;
    if (lossy)
        sb_notes_add(reading->notes, t->path, 0, 0,
                     "some characters are damaged and were replaced (%s); export the transcript again",
                     t->encoding);
    note_backward_stamps(reading);
}

static sb_status fail_memory(sb_error *err, size_t size)
{
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory for a transcript of %zu bytes; close other programs and try again",
                        size);
}

static bool take_source(sb_transcript *t, const void *data, size_t size, const char *path, bool *lossy)
{
    sb_bytes text = {0};
    const char *encoding = NULL;
    bool ok = sb_encoding_decode(&text, &encoding, lossy, data, size);
    t->source = text.data;
    t->source_size = text.size;
    t->number_unit = SB_TIME_SECOND;
    t->resolution = SB_TIME_NONE;
    t->path = sb_copy_text(path, &ok);
    t->encoding = sb_copy_text(encoding, &ok);
    return ok;
}

/* A page in a form that a reader knows stays as it is, so that its times can be corrected in place. */
static bool is_page_to_unpack(const sb_transcript *t, const char *format)
{
    static const char *const own[] = {"podcast-html", "ttml", "sami"};
    if (t->container || !sb_html_is_page(t->source, t->source_size))
        return false;
    for (size_t i = 0; format && i < sizeof own / sizeof *own; i++) {
        if (strcasecmp(format, own[i]) == 0)
            return false;
    }
    size_t size = t->source_size < SB_SNIFF_BYTES ? t->source_size : SB_SNIFF_BYTES;
    return format || sb_reader_podcast_html.sniff(t->source, size).score == 0;
}

static sb_status unpack_page(sb_transcript *t)
{
    sb_bytes text = {0};
    bool ok = true;
    sb_status status = sb_html_text(&text, &t->title, t->source, t->source_size);
    if (status == SB_OK) {
        free(t->source);
        free(t->encoding);
        t->source = text.data;
        t->source_size = text.size;
        t->encoding = sb_copy_text("utf-8", &ok);
        t->container = sb_copy_text("html", &ok);
    } else {
        sb_bytes_finish(&text);
    }
    return ok ? status : SB_ERR_MEMORY;
}

static sb_status fill(sb_reading *reading, const char *format, bool lossy)
{
    const sb_reader *reader;
    sb_transcript *t = reading->transcript;
    sb_status status = is_page_to_unpack(t, format) ? unpack_page(t) : SB_OK;
    reading->text = t->source;
    reading->size = t->source_size;
    if (status == SB_OK)
        status = sb_reader_choose(&reader, reading, format);
    if (status != SB_OK)
        return status;
    t->format = sb_copy_text(reader->name, NULL);
    status = t->format ? reader->read(reading) : SB_ERR_MEMORY;
    if (status == SB_OK && reader->unit == SB_UNIT_CUE)
        status = sb_cues_join_split_words(t);
    if (status != SB_OK)
        return status;
    if (reader->unit == SB_UNIT_CUE)
        sb_cues_divide_into_turns(t);
    t->resolution = measure_resolution(t);
    note_repairs(reading, lossy);
    return SB_OK;
}

/* `container` is the document that the text was in, or NULL. */
static sb_status read_text(sb_transcript *t, const sb_bytes *text, const char *container,
                           const sb_transcript_params *params, sb_notes *notes, sb_error *err)
{
    const char *path = params ? params->path : NULL;
    bool lossy = false, ok = true;
    sb_status status = sb_reader_refuse_binary((const unsigned char *)text->data, text->size, path, err);
    if (status != SB_OK)
        return status;
    t->container = sb_copy_text(container, &ok);
    if (!ok || !take_source(t, text->data, text->size, path, &lossy))
        return SB_ERR_MEMORY;
    sb_reading reading = {t, t->source, t->source_size, notes, err};
    return fill(&reading, params ? params->format : NULL, lossy);
}

sb_status sb_transcript_read(sb_transcript **out, const void *data, size_t size,
                             const sb_transcript_params *params, sb_notes *notes, sb_error *err)
{
    const char *container;
    sb_bytes unpacked = {0}, given = {.data = (char *)(size ? data : ""), .size = size};
    sb_transcript *t = NULL;
    *out = NULL;
    sb_status status =
        sb_document_unpack(&unpacked, &container, given.data, size, params ? params->path : NULL, err);
    if (status == SB_OK) {
        t = calloc(1, sizeof *t);
        status =
            t ? read_text(t, container ? &unpacked : &given, container, params, notes, err) : SB_ERR_MEMORY;
    }
    sb_bytes_finish(&unpacked);
    if (status == SB_OK) {
        sb_sha256(t->sha256, given.data, size);
        *out = t;
    } else {
        sb_transcript_free(&t);
    }
    return status == SB_ERR_MEMORY ? fail_memory(err, size) : status;
}
