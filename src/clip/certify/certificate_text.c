#include "clip/certify/certify.h"

#include "base/text/text.h"
#include "clip/batch/batch.h"

#include <string.h>

const char sb_certificate_csv_header[] =
    "certificate,certificate_method,first_word_whole,last_word_whole,words_asked,words_heard,lost_at_start,"
    "lost_at_end,neighbour_before,neighbour_after,start_edge_db,end_edge_db,heard_lufs,heard_true_peak_db,";

#define N_COLUMNS 14

static void write_answer(sb_json_writer *w, const char *key, sb_answer answer)
{
    if (answer == SB_ANSWER_UNKNOWN)
        sb_json_text(w, key, NULL);
    else
        sb_json_bool(w, key, answer == SB_ANSWER_YES);
}

static void write_count(sb_json_writer *w, const char *key, const sb_certificate *c, size_t n)
{
    if (c->acoustic)
        sb_json_int(w, key, (int64_t)n);
    else
        sb_json_text(w, key, NULL);
}

static const char *method_of(const sb_certificate *c)
{
    return sb_method_name(c->acoustic ? SB_METHOD_ACOUSTIC : SB_METHOD_ENERGY);
}

void sb_certificate_json(sb_bytes *out, const sb_certificate *c)
{
    sb_json_writer w = {.out = out, .need_comma = true};
    if (!c->made) {
        sb_json_text(&w, "certificate", NULL);
        return;
    }
    sb_json_begin(&w, "certificate", '{');
    sb_json_bool(&w, "passed", !c->failed);
    sb_json_text(&w, "method", method_of(c));
    write_answer(&w, "first_word_whole", c->first_word_whole);
    write_answer(&w, "last_word_whole", c->last_word_whole);
    write_count(&w, "words_asked", c, c->words_asked);
    write_count(&w, "words_heard", c, c->words_heard);
    sb_json_time(&w, "lost_at_start", c->lost_at_start);
    sb_json_time(&w, "lost_at_end", c->lost_at_end);
    sb_json_time(&w, "neighbour_before", c->neighbour_before);
    sb_json_time(&w, "neighbour_after", c->neighbour_after);
    sb_json_number(&w, "start_edge_db", c->start_edge_db, 1);
    sb_json_number(&w, "end_edge_db", c->end_edge_db, 1);
    sb_json_number(&w, "loudness_lufs", c->loudness_lufs, 2);
    sb_json_number(&w, "true_peak_db", c->true_peak_db, 2);
    sb_json_begin(&w, "failed", '[');
    for (size_t i = 0; sb_certificate_failure(c->failed, i); i++)
        sb_json_text(&w, NULL, sb_certificate_failure(c->failed, i));
    sb_json_end(&w, ']');
    sb_json_end(&w, '}');
}

static void add_answer(sb_bytes *out, sb_answer answer)
{
    sb_bytes_text(out, answer == SB_ANSWER_UNKNOWN ? "," : answer == SB_ANSWER_YES ? "yes," : "no,");
}

static void add_verdict(sb_bytes *out, const sb_certificate *c)
{
    if (!c->failed)
        sb_bytes_text(out, "passed");
    for (size_t i = 0; sb_certificate_failure(c->failed, i); i++)
        sb_bytes_print(out, "%s%s", i ? " " : "", sb_certificate_failure(c->failed, i));
    sb_bytes_print(out, ",%s,", method_of(c));
}

void sb_certificate_csv(sb_bytes *out, const sb_certificate *c)
{
    for (int i = 0; !c->made && i < N_COLUMNS; i++)
        sb_bytes_text(out, ",");
    if (!c->made)
        return;
    add_verdict(out, c);
    add_answer(out, c->first_word_whole);
    add_answer(out, c->last_word_whole);
    if (c->acoustic)
        sb_bytes_print(out, "%zu,%zu,", c->words_asked, c->words_heard);
    else
        sb_bytes_text(out, ",,");
    sb_csv_time_cell(out, c->lost_at_start);
    sb_csv_time_cell(out, c->lost_at_end);
    sb_csv_time_cell(out, c->neighbour_before);
    sb_csv_time_cell(out, c->neighbour_after);
    sb_csv_number_cell(out, c->start_edge_db, 1);
    sb_csv_number_cell(out, c->end_edge_db, 1);
    sb_csv_number_cell(out, c->loudness_lufs, 2);
    sb_csv_number_cell(out, c->true_peak_db, 2);
}

static sb_answer read_answer(const sb_json_value *v)
{
    return !v || sb_json_is_null(v) ? SB_ANSWER_UNKNOWN : sb_json_true(v) ? SB_ANSWER_YES : SB_ANSWER_NO;
}

static size_t read_count(const sb_json_value *v)
{
    double number = sb_json_double(v);
    return number >= 0 && number < 1e9 ? (size_t)number : 0;
}

void sb_certificate_recall(sb_certificate *out, const sb_json_value *v)
{
    *out = (sb_certificate){.made = sb_json_is_object(v)};
    if (!out->made)
        return;
    const char *method = sb_json_string(sb_json_member(v, "method"));
    out->acoustic = method && strcmp(method, sb_method_name(SB_METHOD_ACOUSTIC)) == 0;
    out->first_word_whole = read_answer(sb_json_member(v, "first_word_whole"));
    out->last_word_whole = read_answer(sb_json_member(v, "last_word_whole"));
    out->words_asked = read_count(sb_json_member(v, "words_asked"));
    out->words_heard = read_count(sb_json_member(v, "words_heard"));
    out->lost_at_start = sb_json_seconds(sb_json_member(v, "lost_at_start"));
    out->lost_at_end = sb_json_seconds(sb_json_member(v, "lost_at_end"));
    out->neighbour_before = sb_json_seconds(sb_json_member(v, "neighbour_before"));
    out->neighbour_after = sb_json_seconds(sb_json_member(v, "neighbour_after"));
    out->start_edge_db = sb_json_double(sb_json_member(v, "start_edge_db"));
    out->end_edge_db = sb_json_double(sb_json_member(v, "end_edge_db"));
    out->loudness_lufs = sb_json_double(sb_json_member(v, "loudness_lufs"));
    out->true_peak_db = sb_json_double(sb_json_member(v, "true_peak_db"));
    const sb_json_value *failed = sb_json_member(v, "failed");
    for (size_t i = 0; i < sb_json_length(failed); i++) {
        const char *name = sb_json_string(sb_json_item(failed, i));
        out->failed |= name ? sb_certificate_check_find(name) : 0;
    }
}
