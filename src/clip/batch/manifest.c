#include "soundbite/clip.h"

#include "base/text/text.h"
#include "clip/batch/batch.h"
#include "clip/certify/certify.h"
#include "export/export.h"

#include <stdio.h>
#include <string.h>

/* JSON has no -inf (silence), so it becomes null, as NaN does. */
static void write_numbers(sb_json_writer *w, const sb_clip_result *result)
{
    sb_json_number(w, "confidence", result->confidence, 3);
    sb_json_number(w, "loudness_lufs", result->loudness_lufs, 2);
    sb_json_number(w, "gain_db", result->gain_db, 2);
    sb_json_number(w, "true_peak_db", result->true_peak_db, 2);
}

/* One file is written as a string, several as an array. */
static void write_captions(sb_json_writer *w, const sb_clip_result *result)
{
    if (result->n_captions < 2) {
        sb_json_text(w, "captions", result->n_captions ? result->captions[0] : NULL);
        return;
    }
    sb_json_begin(w, "captions", '[');
    for (size_t i = 0; i < result->n_captions; i++)
        sb_json_text(w, NULL, result->captions[i]);
    sb_json_end(w, ']');
}

static void write_speakers(sb_json_writer *w, const sb_clip_result *result)
{
    sb_json_begin(w, "speakers", '[');
    for (size_t i = 0; i < result->n_speakers; i++)
        sb_json_text(w, NULL, result->speakers[i]);
    sb_json_end(w, ']');
}

static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

#define SIZE_TEXT 32

static void print_size(char out[SIZE_TEXT], const sb_clip_result *result)
{
    *out = 0;
    if (result->video_width)
        snprintf(out, SIZE_TEXT, "%dx%d", result->video_width, result->video_height);
}

static void write_sample(sb_json_writer *w, const char *key, int64_t sample)
{
    if (sample < 0)
        sb_json_text(w, key, NULL);
    else
        sb_json_int(w, key, sample);
}

/* Writes a time such as 0:01:02.345. Returns NULL if it is unknown. */
static const char *print_clock(char out[SB_TIME_TEXT], sb_time t)
{
    if (t == SB_TIME_NONE)
        return NULL;
    sb_time_print(out, t, 3);
    return out[0] == '0' ? out + 1 : out;
}

static void write_drop(sb_json_writer *w, const sb_drop *drop)
{
    sb_json_begin(w, NULL, '{');
    sb_json_text(w, "kind", sb_drop_print(drop->kinds));
    sb_json_text(w, "text", drop->text);
    sb_json_time(w, "start", drop->span.start);
    sb_json_time(w, "end", drop->span.end);
    sb_json_time(w, "cut_from", drop->removed.start);
    sb_json_time(w, "cut_until", drop->removed.end);
    sb_json_time(w, "fill", drop->fill);
    sb_json_number(w, "quality", drop->quality, 3);
    sb_json_number(w, "correlation", drop->correlation, 3);
    sb_json_end(w, '}');
}

static void write_drops(sb_json_writer *w, const sb_drop *drops, size_t n)
{
    if (!drops)
        return;
    sb_json_begin(w, "drops", '[');
    for (size_t i = 0; i < n; i++)
        write_drop(w, &drops[i]);
    sb_json_end(w, ']');
}

static void write_join(sb_json_writer *w, const sb_join *join)
{
    sb_json_begin(w, NULL, '{');
    sb_json_text(w, "id", join->id);
    sb_json_text(w, "speaker", join->speaker);
    sb_json_text(w, "text", join->text);
    sb_json_text(w, "audio", join->audio);
    sb_json_text(w, "source_sha256", or_null(join->source_sha256));
    sb_json_time(w, "start", join->speech.start);
    sb_json_time(w, "end", join->speech.end);
    sb_json_time(w, "from", join->place.start);
    sb_json_time(w, "until", join->place.end);
    sb_json_time(w, "speech_from", join->speech_place.start);
    sb_json_time(w, "speech_until", join->speech_place.end);
    sb_json_time(w, "gap", join->gap);
    sb_json_time(w, "crossfade", join->crossfade);
    sb_json_number(w, "loudness_lufs", join->loudness_lufs, 2);
    sb_json_number(w, "gain_db", join->gain_db, 2);
    write_drops(w, join->drops, join->n_drops);
    sb_json_end(w, '}');
}

static void write_joins(sb_json_writer *w, const sb_clip_result *result)
{
    if (!result->n_joins)
        return;
    sb_json_begin(w, "joins", '[');
    for (size_t i = 0; i < result->n_joins; i++)
        write_join(w, &result->joins[i]);
    sb_json_end(w, ']');
}

void sb_clip_result_write_json(sb_bytes *out, const sb_clip_result *result)
{
    sb_json_writer w = {.out = out};
    char size[SIZE_TEXT], clock[SB_TIME_TEXT];
    sb_json_begin(&w, NULL, '{');
    sb_json_text(&w, "file", result->file);
    sb_json_text(&w, "id", result->id);
    sb_json_text(&w, "episode", result->episode);
    sb_json_text(&w, "audio", result->audio);
    sb_json_text(&w, "transcript", result->transcript);
    sb_json_text(&w, "speaker", result->speaker);
    if (result->n_speakers > 1)
        write_speakers(&w, result);
    sb_json_text(&w, "text", result->text);
    sb_json_time(&w, "start", result->cut.speech.start);
    sb_json_time(&w, "end", result->cut.speech.end);
    sb_json_text(&w, "start_time", print_clock(clock, result->cut.speech.start));
    sb_json_text(&w, "end_time", print_clock(clock, result->cut.speech.end));
    write_sample(&w, "start_sample", result->start_sample);
    write_sample(&w, "end_sample", result->end_sample);
    sb_json_int(&w, "sample_rate", result->source_rate);
    sb_json_begin(&w, "asked", '{');
    sb_json_time(&w, "start", result->asked.start);
    sb_json_time(&w, "end", result->asked.end);
    sb_json_text(&w, "text", result->asked_text);
    sb_json_end(&w, '}');
    sb_json_time(&w, "lead", result->lead);
    sb_json_time(&w, "tail", result->tail);
    sb_json_time(&w, "length", result->length);
    write_numbers(&w, result);
    sb_json_text(&w, "codec", result->codec);
    sb_json_text(&w, "sha256", or_null(result->sha256));
    sb_json_text(&w, "source_sha256", or_null(result->source_sha256));
    write_captions(&w, result);
    sb_certificate_json(out, &result->certificate);
    print_size(size, result);
    sb_json_text(&w, "video", or_null(size));
    write_drops(&w, result->drops, result->n_drops);
    write_joins(&w, result);
    sb_json_begin(&w, "warnings", '[');
    for (size_t i = 0; i < result->n_warnings; i++)
        sb_json_text(&w, NULL, result->warnings[i]);
    sb_json_end(&w, ']');
    sb_json_end(&w, '}');
}

static void write_cell(sb_bytes *out, const char *text)
{
    if (!text)
        return;
    bool quote = strpbrk(text, ",\"\r\n;\t") != NULL || sb_csv_is_formula(text);
    if (quote)
        sb_bytes_text(out, "\"");
    if (sb_csv_is_formula(text))
        sb_bytes_text(out, "'");
    for (const char *c = text; *c; c++) {
        if (*c == '"')
            sb_bytes_text(out, "\"");
        sb_bytes_append(out, c, 1);
    }
    if (quote)
        sb_bytes_text(out, "\"");
}

static void write_list(sb_bytes *out, char *const *texts, size_t n)
{
    sb_bytes list = {0};
    for (size_t i = 0; i < n; i++)
        sb_bytes_print(&list, "%s%s", i ? " | " : "", texts[i]);
    write_cell(out, list.data);
    out->failed = out->failed || list.failed;
    sb_bytes_finish(&list);
}

static void write_text(sb_bytes *out, const char *text)
{
    write_cell(out, text);
    sb_bytes_text(out, ",");
}

static void write_sample_cell(sb_bytes *out, int64_t sample)
{
    if (sample >= 0)
        sb_bytes_print(out, "%lld", (long long)sample);
    sb_bytes_text(out, ",");
}

void sb_clip_result_write_csv_header(sb_bytes *out)
{
    sb_bytes_print(
        out,
        "\xef\xbb\xbf"
        "file,id,episode,audio,transcript,speaker,text,start,end,start_time,end_time,start_sample,end_sample,"
        "sample_rate,asked_start,asked_end,asked_text,lead,tail,length,confidence,loudness_lufs,gain_db,true_"
        "peak_db,codec,sha256,source_sha256,"
        "captions,%svideo,drops,joins,warnings\r\n",
        sb_certificate_csv_header);
}

static void write_list_cell(sb_bytes *out, sb_bytes *list)
{
    write_text(out, list->data);
    out->failed = out->failed || list->failed;
    sb_bytes_finish(list);
}

static void add_times(sb_bytes *list, sb_span span)
{
    char start[SB_TIME_TEXT], end[SB_TIME_TEXT];
    sb_bytes_print(list, "%s-%s", sb_time_print_seconds(start, span.start, 3),
                   sb_time_print_seconds(end, span.end, 3));
}

static void write_drops_cell(sb_bytes *out, const sb_clip_result *result)
{
    sb_bytes list = {0};
    for (size_t i = 0; i < result->n_drops; i++) {
        sb_bytes_print(&list, "%s%s ", i ? " | " : "", result->drops[i].text);
        add_times(&list, result->drops[i].span);
    }
    write_list_cell(out, &list);
}

static void write_joins_cell(sb_bytes *out, const sb_clip_result *result)
{
    sb_bytes list = {0};
    for (size_t i = 0; i < result->n_joins; i++) {
        sb_bytes_text(&list, i ? " | " : "");
        add_times(&list, result->joins[i].place);
        sb_bytes_text(&list, " of ");
        add_times(&list, result->joins[i].speech);
    }
    write_list_cell(out, &list);
}

void sb_clip_result_write_csv(sb_bytes *out, const sb_clip_result *result)
{
    char size[SIZE_TEXT], clock[SB_TIME_TEXT];
    write_text(out, result->file);
    write_text(out, result->id);
    write_text(out, result->episode);
    write_text(out, result->audio);
    write_text(out, result->transcript);
    write_text(out, result->speaker);
    write_text(out, result->text);
    sb_csv_time_cell(out, result->cut.speech.start);
    sb_csv_time_cell(out, result->cut.speech.end);
    write_text(out, print_clock(clock, result->cut.speech.start));
    write_text(out, print_clock(clock, result->cut.speech.end));
    write_sample_cell(out, result->start_sample);
    write_sample_cell(out, result->end_sample);
    sb_bytes_print(out, "%d,", result->source_rate);
    sb_csv_time_cell(out, result->asked.start);
    sb_csv_time_cell(out, result->asked.end);
    write_text(out, result->asked_text);
    sb_csv_time_cell(out, result->lead);
    sb_csv_time_cell(out, result->tail);
    sb_csv_time_cell(out, result->length);
    sb_csv_number_cell(out, result->confidence, 3);
    sb_csv_number_cell(out, result->loudness_lufs, 2);
    sb_csv_number_cell(out, result->gain_db, 2);
    sb_csv_number_cell(out, result->true_peak_db, 2);
    write_text(out, result->codec);
    write_text(out, result->sha256);
    write_text(out, result->source_sha256);
    write_list(out, result->captions, result->n_captions);
    sb_bytes_text(out, ",");
    sb_certificate_csv(out, &result->certificate);
    print_size(size, result);
    write_text(out, size);
    write_drops_cell(out, result);
    write_joins_cell(out, result);
    write_list(out, result->warnings, result->n_warnings);
    sb_bytes_text(out, "\r\n");
}
