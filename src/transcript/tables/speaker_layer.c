#include "soundbite/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/tables/tables.h"

#define MAX_SPEAKERS 1000
#define NEEDED       "an RTTM, labels with names, or a table with start, end and speaker"

static sb_status out_of_memory(sb_error *err)
{
    return sb_error_set(err, SB_ERR_MEMORY,
                        "not enough memory for the speakers; close other programs and try again");
}

void sb_speaker_layer_free(sb_speaker_layer **layer)
{
    sb_speaker_layer *l = *layer;
    if (!l)
        return;
    for (size_t i = 0; i < l->n_speakers; i++) {
        free(l->speakers[i].name);
        free(l->speakers[i].spans);
    }
    free(l->speakers);
    free(l->path);
    free(l);
    *layer = NULL;
}

static sb_status add_span(sb_speaker_layer *l, const char *name, sb_span span)
{
    size_t i = 0;
    while (i < l->n_speakers && strcmp(l->speakers[i].name, name) != 0)
        i++;
    if (i == l->n_speakers) {
        char *copy = i < MAX_SPEAKERS ? sb_copy_text(name, NULL) : NULL;
        if (!copy || !sb_push_room(&l->speakers, i, sizeof *l->speakers)) {
            free(copy);
            return i < MAX_SPEAKERS ? SB_ERR_MEMORY : SB_ERR_FORMAT;
        }
        l->speakers[l->n_speakers++] = (sb_layer_speaker){.name = copy};
    }
    sb_layer_speaker *s = &l->speakers[i];
    if (!sb_push_room(&s->spans, s->n_spans, sizeof *s->spans))
        return SB_ERR_MEMORY;
    s->spans[s->n_spans++] = span;
    return SB_OK;
}

/* Adds the segments of rows. Without a column of speakers, the text is the name. A segment without an end
 * lasts to the next one. */
static sb_status take_rows(sb_speaker_layer *l, const sb_table *table)
{
    const char *text = table->reading->text;
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < table->n_items; i++) {
        const sb_table_row *row = &table->items[i];
        const sb_cell *cell = row->has_speaker ? &row->speaker : &row->text;
        sb_time end = row->end == SB_TIME_NONE && i + 1 < table->n_items ? row[1].start : row->end;
        if (row->start == SB_TIME_NONE || end == SB_TIME_NONE || end <= row->start)
            continue;
        sb_bytes source = {0};
        bool ok = true;
        sb_cell_append(&source, text, cell);
        char *name = source.size ? sb_text_plain(source.data, source.size, &ok) : NULL;
        ok = ok && !source.failed;
        sb_bytes_finish(&source);
        status = !ok ? SB_ERR_MEMORY : name ? add_span(l, name, (sb_span){row->start, end}) : SB_OK;
        free(name);
    }
    return status;
}

/* The segments of any other transcript are its turns. */
static sb_status take_turns(sb_speaker_layer *l, const sb_transcript *t)
{
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < t->n_turns; i++) {
        const sb_turn *turn = &t->turns[i];
        sb_time end = turn->stop;
        if (end == SB_TIME_NONE && i + 1 < t->n_turns)
            end = t->turns[i + 1].stamp;
        if (turn->speaker && turn->stamp != SB_TIME_NONE && end != SB_TIME_NONE && end > turn->stamp)
            status = add_span(l, turn->speaker, (sb_span){turn->stamp, end});
    }
    return status;
}

/* Sorts the segments of each speaker and joins those that overlap or touch. */
static void join_spans(sb_speaker_layer *l)
{
    for (size_t i = 0; i < l->n_speakers; i++) {
        sb_layer_speaker *s = &l->speakers[i];
        size_t n = 0;
        if (s->n_spans > 1)
            qsort(s->spans, s->n_spans, sizeof *s->spans, sb_compare_span_starts);
        for (size_t k = 0; k < s->n_spans; k++) {
            if (n == 0 || s->spans[k].start > s->spans[n - 1].end)
                s->spans[n++] = s->spans[k];
            else if (s->spans[k].end > s->spans[n - 1].end)
                s->spans[n - 1].end = s->spans[k].end;
        }
        s->n_spans = n;
    }
}

static bool has_names(const sb_columns *c)
{
    return c->start != SB_COLUMN_NONE && (c->end != SB_COLUMN_NONE || c->length != SB_COLUMN_NONE) &&
           (c->speaker != SB_COLUMN_NONE || c->text != SB_COLUMN_NONE) && !c->is_file_list;
}

static sb_status read_transcript(sb_speaker_layer *l, sb_reading *reading)
{
    sb_transcript *t = NULL;
    sb_transcript_params params = {.path = l->path};
    sb_status status = sb_transcript_read(&t, reading->text, reading->size, &params, NULL, NULL);
    if (status == SB_OK)
        status = take_turns(l, t);
    else if (status == SB_ERR_FORMAT)
        status = sb_error_set_at(reading->err, SB_ERR_FORMAT, l->path, 1, 1,
                                 "the file does not say who speaks when; use " NEEDED);
    sb_transcript_free(&t);
    return status;
}

static sb_status read_layer(sb_speaker_layer *l, sb_reading *reading)
{
    size_t head = reading->size < SB_SNIFF_BYTES ? reading->size : SB_SNIFF_BYTES;
    sb_table table = {.reading = reading, .are_names = true};
    sb_columns columns;
    sb_status status;
    if (sb_reader_rttm.sniff(reading->text, head).score)
        status = sb_speaker_rows_read(&table);
    else if (sb_reader_audacity.sniff(reading->text, head).score)
        status = sb_label_rows_read(&table);
    else if (sb_columns_find(&columns, reading->text, reading->size) && has_names(&columns))
        status = sb_delimited_rows_read(&table, &columns);
    else
        return read_transcript(l, reading);
    if (status == SB_OK)
        status = take_rows(l, &table);
    sb_table_finish(&table);
    return status;
}

static sb_status check_layer(const sb_speaker_layer *l, sb_status status, sb_reading *reading)
{
    if (status == SB_OK && l->n_speakers == 0)
        return sb_reading_fail(reading, 0,
                               "the file has no segments with the name of a speaker; use " NEEDED);
    if (status == SB_ERR_FORMAT && l->n_speakers == MAX_SPEAKERS)
        return sb_reading_fail(reading, 0,
                               "the file has more than %d names, so they are not speakers; use " NEEDED,
                               MAX_SPEAKERS);
    return status;
}

sb_status sb_speaker_layer_read(sb_speaker_layer **out, const void *data, size_t size, const char *path,
                                sb_notes *notes, sb_error *err)
{
    bool lossy, ok = true;
    sb_bytes text = {0};
    const char *encoding;
    *out = NULL;
    data = size ? data : "";
    sb_status status = sb_reader_refuse_binary(data, size, path, err);
    if (status != SB_OK)
        return status;
    sb_speaker_layer *l = calloc(1, sizeof *l);
    if (!l)
        return out_of_memory(err);
    l->path = sb_copy_text(path, &ok);
    sb_sha256(l->sha256, data, size);
    sb_transcript place = {.path = l->path};
    ok = sb_encoding_decode(&text, &encoding, &lossy, data, size) && ok;
    sb_reading reading = {&place, text.data, text.size, notes, err};
    status = ok ? check_layer(l, read_layer(l, &reading), &reading) : SB_ERR_MEMORY;
    sb_bytes_finish(&text);
    join_spans(l);
    if (status == SB_OK)
        *out = l;
    else
        sb_speaker_layer_free(&l);
    return status == SB_ERR_MEMORY ? out_of_memory(err) : status;
}
