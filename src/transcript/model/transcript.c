#include "soundbite/transcript.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "base/run/watch.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "soundbite/file.h"
#include "transcript/documents/documents.h"
#include "transcript/model/model.h"
#include "transcript/transcript.h"

/* 31 years, the limit of alignments too. */
#define TIME_MAX (INT64_C(1000000000) * SB_TIME_SECOND)

static void finish_turn(sb_turn *turn)
{
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
    if (t->memory) {
        sb_arena_finish(&t->memory->texts);
        sb_word_breaker_free(&t->memory->breaker);
    }
    free(t->memory);
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
    sb_transcript *t = reading->transcript;
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
    t->is_broken = true;
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
    if (sb_encoding_is_doubtful(t->encoding, t->source, t->source_size))
        sb_notes_add(
            reading->notes, t->path, 0, 0,
            "the encoding is not marked and was guessed (%s); if letters are wrong, save the transcript "
            "as UTF-8",
            t->encoding);
    if (t->memory->has_undivided)
        sb_notes_add(
            reading->notes, t->path, 0, 0,
            "this build has no ICU, so words of Thai, Lao, Khmer and Burmese are not found; what stands "
            "between two blanks counts as one word");
    note_backward_stamps(reading);
}

static sb_status fail_memory(sb_error *err, size_t size)
{
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory for a transcript of %zu bytes; close other programs and try again",
                        size);
}

/* Takes over `data`, or converts it and frees it. */
static bool take_source(sb_transcript *t, sb_bytes *data, const char *path, bool *lossy)
{
    const char *encoding = NULL;
    bool ok = true;
    if (sb_encoding_is_plain(data->data, data->size)) {
        encoding = "utf-8";
    } else {
        sb_bytes text = {0};
        ok = sb_encoding_decode(&text, &encoding, lossy, data->data, data->size);
        sb_bytes_finish(data);
        *data = text;
    }
    t->source = data->data;
    t->source_size = data->size;
    *data = (sb_bytes){0};
    t->number_unit = SB_TIME_SECOND;
    t->resolution = SB_TIME_NONE;
    t->path = sb_copy_text(path, &ok);
    t->encoding = sb_copy_text(encoding, &ok);
    t->memory = calloc(1, sizeof *t->memory);
    return ok && t->memory;
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

/* Makes a time unknown that no recording can have, so that sums of times cannot overflow. */
static size_t limit_time(sb_time *time)
{
    if (*time == SB_TIME_NONE || (*time >= -TIME_MAX && *time <= TIME_MAX))
        return 0;
    *time = SB_TIME_NONE;
    return 1;
}

static void limit_times(const sb_reading *reading)
{
    sb_transcript *t = reading->transcript;
    size_t n = 0, kept = 0, before = 0;
    int64_t line = 0;
    for (size_t i = 0; i < t->n_turns; i++) {
        sb_turn *turn = &t->turns[i];
        n += limit_time(&turn->stamp) + limit_time(&turn->stop);
        for (size_t w = 0; w < turn->n_words; w++)
            n += limit_time(&turn->words[w].start) + limit_time(&turn->words[w].end);
        line = n > before && line == 0 ? turn->line : line;
        before = n;
    }
    for (size_t i = 0; i < t->n_inner_times; i++)
        if (!limit_time(&t->inner_times[i].time))
            t->inner_times[kept++] = t->inner_times[i];
    t->n_inner_times = kept;
    if (n > 0)
        sb_notes_add(reading->notes, t->path, line, 0,
                     "%zu time%s beyond 30 years; taken as unknown; correct %s if the turns lie wrong", n,
                     n == 1 ? "" : "s", n == 1 ? "it" : "them");
}

static sb_status fill_transcript(sb_reading *reading, const char *format, bool lossy)
{
    const sb_reader *reader;
    sb_transcript *t = reading->transcript;
    sb_status status = is_page_to_unpack(t, format) ? unpack_page(t) : SB_OK;
    reading->text = t->source;
    reading->size = t->source_size;
    sb_memory_watch();
    if (status == SB_OK)
        status = sb_reader_choose(&reader, reading, format);
    if (status == SB_OK && sb_memory_failed())
        status = SB_ERR_MEMORY; /* a format may have been missed */
    if (status != SB_OK)
        return status;
    t->format = sb_copy_text(reader->name, NULL);
    status = t->format ? reader->read(reading) : SB_ERR_MEMORY;
    if (status == SB_OK)
        limit_times(reading);
    if (status == SB_OK && reader->unit == SB_UNIT_CUE)
        status = sb_cues_join_split_words(t);
    if (status != SB_OK)
        return status;
    if (reader->unit == SB_UNIT_CUE)
        sb_cues_divide_into_turns(t);
    t->resolution = measure_resolution(t);
    note_repairs(reading, lossy);
    return sb_memory_failed() ? SB_ERR_MEMORY : SB_OK;
}

/* Replaces a document by the text in it. */
static sb_status unpack_document(sb_transcript *t, sb_bytes *data, const char *path, sb_error *err)
{
    const char *container;
    sb_bytes text = {0};
    bool ok = true;
    sb_status status = sb_document_unpack(&text, &container, data->data, data->size, path, err);
    if (status != SB_OK || !container) {
        sb_bytes_finish(&text);
        return status;
    }
    sb_bytes_finish(data);
    *data = text;
    t->container = sb_copy_text(container, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

sb_status sb_transcript_take(sb_transcript **out, sb_bytes *data, const sb_transcript_params *params,
                             sb_notes *notes, sb_error *err)
{
    const char *path = params ? params->path : NULL;
    size_t size = data->size;
    bool lossy = false;
    *out = NULL;
    sb_bytes_append(data, "", 0);
    sb_transcript *t = data->failed ? NULL : calloc(1, sizeof *t);
    sb_status status = t ? SB_OK : SB_ERR_MEMORY;
    if (status == SB_OK) {
        sb_sha256(t->sha256, data->data, size);
        status = unpack_document(t, data, path, err);
    }
    if (status == SB_OK)
        status = sb_reader_refuse_binary((unsigned char *)data->data, data->size, path, err);
    if (status == SB_OK && !take_source(t, data, path, &lossy))
        status = SB_ERR_MEMORY;
    if (status == SB_OK) {
        sb_reading reading = {t, t->source, t->source_size, notes, err};
        status = fill_transcript(&reading, params ? params->format : NULL, lossy);
        bool starved = sb_memory_failed();
        sb_word_breaker_free(&t->memory->breaker);
        if (status != SB_OK && starved) { /* what could not be read may only be what did not fit */
            status = SB_ERR_MEMORY;
            if (err)
                *err = (sb_error){0};
        }
    }
    sb_bytes_finish(data);
    if (status == SB_OK)
        *out = t;
    else
        sb_transcript_free(&t);
    return status == SB_ERR_MEMORY ? fail_memory(err, size) : status;
}

sb_status sb_transcript_read(sb_transcript **out, const void *data, size_t size,
                             const sb_transcript_params *params, sb_notes *notes, sb_error *err)
{
    sb_bytes copy = {0};
    sb_bytes_append(&copy, size ? data : "", size);
    return sb_transcript_take(out, &copy, params, notes, err);
}
