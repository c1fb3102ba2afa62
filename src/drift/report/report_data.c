#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/text/text.h"
#include "drift/measure/measure.h"
#include "drift/report/report.h"

const char *sb_page_file_name(const char *path)
{
    return !path || !strcmp(path, "-") ? NULL : sb_path_name(path);
}

static int64_t to_ms(sb_time t)
{
    int64_t ms = (llabs(t) + SB_TIME_MS / 2) / SB_TIME_MS;

    return t < 0 ? -ms : ms;
}

static void put_ms(sb_json_writer *w, const char *key, sb_time t)
{
    if (t == SB_TIME_NONE)
        sb_json_text(w, key, NULL);
    else
        sb_json_int(w, key, to_ms(t));
}

static void put_spans(sb_json_writer *w, const char *key, const sb_span *spans, size_t n)
{
    sb_json_begin(w, key, '[');
    for (size_t i = 0; i < n; i++) {
        put_ms(w, NULL, spans[i].start);
        put_ms(w, NULL, spans[i].end);
    }
    sb_json_end(w, ']');
}

static void put_files(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_text(w, "audio", sb_page_file_name(a->audio.path));
    sb_json_text(w, "transcript", sb_page_file_name(a->transcript.path));
    sb_json_text(w, "language", a->transcript.language);
    sb_json_text(w, "method", sb_method_name(a->method));
    put_ms(w, "duration", a->audio.duration);
}

static void put_figures(sb_json_writer *w, const sb_drift *d)
{
    sb_json_text(w, "verdict", sb_verdict_name(d->verdict));
    put_ms(w, "offset", d->offset);
    sb_json_number(w, "rate", d->rate_ppm, 3);
    sb_json_text(w, "madeForFps", d->made_for_fps);
    sb_json_text(w, "runsAtFps", d->runs_at_fps);
    put_ms(w, "resolution", d->resolution);
    put_ms(w, "limit", d->max_drift);
    sb_json_int(w, "stamps", (int64_t)d->n_stamps);
    sb_json_int(w, "right", (int64_t)d->n_within_resolution);
    put_ms(w, "median", d->median_abs_error);
    put_ms(w, "p95", d->p95_abs_error);
    put_ms(w, "worst", d->max_abs_error);
}

static void put_map(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_begin(w, "map", '[');
    for (size_t i = 0; i < a->n_map; i++) {
        sb_json_begin(w, NULL, '[');
        put_ms(w, NULL, a->map[i].from);
        put_ms(w, NULL, a->map[i].until);
        put_ms(w, NULL, a->map[i].offset);
        sb_json_number(w, NULL, a->map[i].rate_ppm, 3);
        sb_json_end(w, ']');
    }
    sb_json_end(w, ']');
}

static void put_breaks(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_begin(w, "breaks", '[');
    for (size_t i = 0; i < a->n_breaks; i++) {
        sb_json_begin(w, NULL, '[');
        put_ms(w, NULL, a->breaks[i].at);
        put_ms(w, NULL, a->breaks[i].audio.start);
        put_ms(w, NULL, a->breaks[i].audio.end);
        put_ms(w, NULL, a->breaks[i].gap);
        sb_json_int(w, NULL, a->breaks[i].confidence >= SB_DRIFT_SURE);
        sb_json_end(w, ']');
    }
    sb_json_end(w, ']');
}

static void put_suspects(sb_json_writer *w, const sb_drift *d)
{
    sb_json_begin(w, "suspects", '[');
    for (size_t i = 0; i < d->n_suspects; i++) {
        sb_json_begin(w, NULL, '[');
        sb_json_int(w, NULL, (int64_t)d->suspects[i].turn);
        sb_json_text(w, NULL, sb_suspect_kind_name(d->suspects[i].kind));
        sb_json_text(w, NULL, d->suspects[i].note);
        sb_json_end(w, ']');
    }
    sb_json_end(w, ']');
}

static int tenths(float confidence)
{
    return confidence >= 1 ? 9 : confidence > 0 ? (int)(confidence * 10) : 0;
}

/* One letter per word: confidence '0' to '9' if it was heard, 'a' to 'j' if it was estimated, '-' if it has
 * no position. */
static void put_marks(sb_json_writer *w, const sb_aligned_turn *turn)
{
    sb_bytes marks = {0};

    for (size_t i = 0; i < turn->n_words; i++) {
        const sb_aligned_word *word = &turn->words[i];
        bool placed = sb_word_has_place(word);
        char base = word->status == SB_WORD_ALIGNED ? '0' : 'a';
        char mark =
            placed && word->status != SB_WORD_NOT_HEARD ? (char)(base + tenths(word->confidence)) : '-';
        sb_bytes_append(&marks, &mark, 1);
    }
    sb_json_text_n(w, NULL, marks.data ? marks.data : "", marks.size);
    w->out->failed = w->out->failed || marks.failed;
    sb_bytes_finish(&marks);
}

/* For each word with a position: the time since the end of the word before, and its duration. */
static void put_word_times(sb_json_writer *w, const sb_aligned_turn *turn)
{
    int64_t at = 0;

    sb_json_begin(w, NULL, '[');
    for (size_t i = 0; i < turn->n_words; i++) {
        const sb_aligned_word *word = &turn->words[i];
        if (word->start == SB_TIME_NONE || word->end == SB_TIME_NONE || word->status == SB_WORD_NOT_HEARD)
            continue;
        sb_json_int(w, NULL, to_ms(word->start) - at);
        sb_json_int(w, NULL, to_ms(word->end) - to_ms(word->start));
        at = to_ms(word->end);
    }
    sb_json_end(w, ']');
}

static void put_words(sb_json_writer *w, const sb_aligned_turn *turn)
{
    sb_json_begin(w, NULL, '[');
    for (size_t i = 0; i < turn->n_words; i++)
        sb_json_text(w, NULL, turn->words[i].text);
    sb_json_end(w, ']');
}

static void put_events(sb_json_writer *w, const sb_aligned_turn *turn)
{
    sb_json_begin(w, NULL, '[');
    for (size_t i = 0; i < turn->n_events; i++) {
        sb_json_int(w, NULL, (int64_t)turn->events[i].before_word);
        sb_json_text(w, NULL, turn->events[i].text);
    }
    sb_json_end(w, ']');
}

/* "right", "near" or "off" by its first letter; "" without an error. */
static const char *grade(const sb_drift *d, size_t i)
{
    sb_time error = d->errors[i];

    if (error == SB_TIME_NONE)
        return "";
    if (error >= 0 && error < d->resolution)
        return "r";
    return sb_drift_is_beyond(d, i) ? "o" : "n";
}

static void put_turn(sb_json_writer *w, const sb_drift *d, const sb_aligned_turn *turn, size_t i)
{
    sb_json_newline(w);
    sb_json_begin(w, NULL, '[');
    sb_json_text(w, NULL, turn->speaker);
    put_ms(w, NULL, turn->stamp);
    put_ms(w, NULL, turn->start);
    put_ms(w, NULL, turn->end);
    sb_json_int(w, NULL, turn->confidence >= SB_DRIFT_SURE);
    sb_json_text(w, NULL, grade(d, i));
    put_marks(w, turn);
    put_word_times(w, turn);
    put_words(w, turn);
    if (turn->n_events > 0)
        put_events(w, turn);
    sb_json_end(w, ']');
}

static void put_levels(sb_json_writer *w, const sb_alignment *a)
{
    sb_bytes text = {0};

    sb_levels_print(&text, a->levels, a->n_levels);
    sb_json_int(w, "hop", SB_OVERVIEW_HOP / SB_TIME_MS);
    sb_json_text(w, "levels", text.data);
    w->out->failed = w->out->failed || text.failed;
    sb_bytes_finish(&text);
}

static void put_all(sb_bytes *out, const sb_drift *d, const sb_alignment *a)
{
    sb_json_writer w = {out, false};

    sb_json_begin(&w, NULL, '{');
    put_files(&w, a);
    put_figures(&w, d);
    put_map(&w, a);
    put_breaks(&w, a);
    put_suspects(&w, d);
    put_spans(&w, "speech", a->speech, a->n_speech);
    put_spans(&w, "unmatched", a->unmatched, a->n_unmatched);
    put_levels(&w, a);
    sb_json_begin(&w, "turns", '[');
    for (size_t i = 0; i < a->n_turns; i++)
        put_turn(&w, d, &a->turns[i], i);
    sb_json_end(&w, ']');
    sb_json_end(&w, '}');
}

/* "</script>" and "<!--" would end or change the element. '<' occurs in strings only, where an escape means
 * the same. */
void sb_page_data(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment)
{
    sb_bytes json = {0};

    put_all(&json, drift, alignment);
    for (const char *at = json.data; at && *at;) {
        size_t n = strcspn(at, "<");
        sb_bytes_append(out, at, n);
        at += n;
        if (*at == '<') {
            sb_bytes_text(out, "\\u003c");
            at++;
        }
    }
    out->failed = out->failed || json.failed;
    sb_bytes_finish(&json);
}
