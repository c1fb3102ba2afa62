#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "remap/lists/lists.h"
#include "transcript/transcript.h"

static const sb_list_reader *const readers[] = {
    &sb_list_reader_chapters, &sb_list_reader_soundbite, &sb_list_reader_audacity,
    &sb_list_reader_srt,      &sb_list_reader_vtt,       &sb_list_reader_plain,
};
#define N_READERS (sizeof readers / sizeof *readers)

const char *sb_time_list_format(size_t index, const char **summary)
{
    if (summary)
        *summary = index < N_READERS ? readers[index]->summary : NULL;
    return index < N_READERS ? readers[index]->name : NULL;
}

const sb_list_reader *sb_list_reader_named(const char *name)
{
    for (size_t i = 0; i < N_READERS; i++)
        if (strcasecmp(readers[i]->name, name) == 0)
            return readers[i];
    return NULL;
}

void sb_time_list_free(sb_time_list **list)
{
    sb_time_list *l = *list;
    if (!l)
        return;
    for (size_t i = 0; i < l->n_items; i++)
        free(l->items[i].label);
    free(l->items);
    free(l->inner_times);
    free(l->path);
    free(l->source);
    free(l);
    *list = NULL;
}

sb_timed_item *sb_time_list_add(sb_time_list *list, sb_time start, sb_range start_range)
{
    if (!sb_push_room(&list->items, list->n_items, sizeof *list->items))
        return NULL;
    sb_timed_item *item = &list->items[list->n_items++];
    *item = (sb_timed_item){.start = start, .end = SB_TIME_NONE, .start_range = start_range};
    return item;
}

sb_status sb_list_read_time(sb_time *out, sb_range *digits, sb_reading *reading, sb_range range)
{
    *digits = sb_range_trim(reading->text, range);
    const char *text = reading->text + digits->at;
    sb_stamp stamp = sb_stamp_clock(text, digits->length);
    if (stamp.length == 0)
        stamp = sb_stamp_number(text, digits->length, SB_TIME_SECOND);
    *out = stamp.time;
    if (stamp.length > 0 && stamp.problem)
        return sb_reading_fail(reading, digits->at, "%s", stamp.problem);
    if (stamp.length == 0 || stamp.length != digits->length)
        return sb_reading_fail(reading, range.at, "not a time; write it as 90.5 or 00:01:30.5");
    return SB_OK;
}

sb_status sb_list_set_label(sb_timed_item *item, const sb_reading *reading, sb_range range)
{
    bool ok = true;
    free(item->label);
    item->label = sb_text_plain(reading->text + range.at, range.length, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static void number_lines(sb_time_list *list)
{
    sb_line line = {0};
    size_t i = 0;
    while (i < list->n_items && sb_line_next(&line, list->source, list->source_size))
        while (i < list->n_items && list->items[i].start_range.at < line.next)
            list->items[i++].line = line.number;
}

static sb_status refuse_format(sb_reading *reading, const char *format)
{
    sb_bytes names = {0};
    for (size_t i = 0; i < N_READERS; i++)
        sb_bytes_print(&names, "%s%s", i ? ", " : "", readers[i]->name);
    sb_status status = SB_ERR_MEMORY;
    if (!names.failed && format)
        status = sb_error_set(reading->err, SB_ERR_ARGUMENT, "unknown list format '%.60s'; use one of %s",
                              format, names.data);
    else if (!names.failed)
        status = sb_reading_fail(
            reading, 0,
            "no list of times was recognised: no JSON with chapters, no <podcast:soundbite>, no "
            "labels or captions, no line that begins with a time; the formats are %s",
            names.data);
    sb_bytes_finish(&names);
    return status;
}

static sb_status choose_list_reader(const sb_list_reader **out, sb_reading *reading, const char *format)
{
    int best = 0;
    *out = format ? sb_list_reader_named(format) : NULL;
    for (size_t i = 0; !format && i < N_READERS; i++) {
        int score = readers[i]->sniff(reading->text, reading->size);
        if (score > best) {
            best = score;
            *out = readers[i];
        }
    }
    return *out ? SB_OK : refuse_format(reading, format);
}

static sb_status check_items(const sb_time_list *list, sb_reading *reading)
{
    if (list->n_items == 0)
        return sb_reading_fail(reading, 0, "there is no time in the list; use a list with times");
    for (size_t i = 0; i < list->n_items; i++) {
        const sb_timed_item *item = &list->items[i];
        if (item->end != SB_TIME_NONE && item->end < item->start)
            return sb_reading_fail(reading, item->end_range.at,
                                   "it ends before it starts; correct one of its two times");
    }
    return SB_OK;
}

static sb_status read_list_text(sb_time_list *list, const char *format, sb_notes *notes, sb_error *err)
{
    sb_transcript named = {.path = list->path};
    sb_reading reading = {&named, list->source, list->source_size, notes, err};
    const sb_list_reader *reader;
    sb_status status = choose_list_reader(&reader, &reading, format);
    if (status != SB_OK)
        return status;
    list->format = reader->name;
    status = reader->read(list, &reading);
    if (status == SB_OK)
        status = check_items(list, &reading);
    number_lines(list);
    return status;
}

static sb_status decode_list(sb_time_list *list, const void *data, size_t size, sb_notes *notes)
{
    sb_bytes text = {0};
    bool lossy = false;
    if (!sb_encoding_decode(&text, &list->encoding, &lossy, data, size)) {
        sb_bytes_finish(&text);
        return SB_ERR_MEMORY;
    }
    if (lossy)
        sb_notes_add(notes, list->path, 0, 0, "some characters cannot be read and will be written as U+FFFD");
    list->source = text.data ? text.data : sb_copy_bytes("", 0);
    list->source_size = text.size;
    return list->source ? SB_OK : SB_ERR_MEMORY;
}

static sb_status check_text(const unsigned char *data, size_t size, const char *path, sb_error *err)
{
    bool has_mark = size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0);
    const unsigned char *zero = size && !has_mark ? memchr(data, 0, size) : NULL;
    if (!zero)
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                           "not a text file: byte %zu is zero; use chapters, labels, captions or times",
                           (size_t)(zero - data) + 1);
}

sb_status sb_time_list_read(sb_time_list **out, const void *data, size_t size, const char *path,
                            const char *format, sb_notes *notes, sb_error *err)
{
    bool ok = true;
    sb_status status = check_text(data, size, path, err);
    *out = NULL;
    if (status != SB_OK)
        return status;
    sb_time_list *list = calloc(1, sizeof *list);
    if (!list)
        return sb_error_memory(err, "reading the list");
    list->path = sb_copy_text(path, &ok);
    status = ok ? decode_list(list, data, size, notes) : SB_ERR_MEMORY;
    if (status == SB_OK)
        status = read_list_text(list, format, notes, err);
    if (status == SB_ERR_MEMORY)
        sb_error_memory(err, "reading the list");
    if (status != SB_OK)
        sb_time_list_free(&list);
    *out = list;
    return status;
}
