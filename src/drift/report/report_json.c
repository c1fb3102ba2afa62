#include "alignment/alignment.h"
#include "base/text/text.h"
#include "drift/measure/measure.h"

static void write_stamps(sb_json_writer *w, const sb_drift *d)
{
    sb_json_begin(w, "stamps", '{');
    sb_json_int(w, "count", (int64_t)d->n_stamps);
    sb_json_time(w, "median_abs_error", d->median_abs_error);
    sb_json_time(w, "p95_abs_error", d->p95_abs_error);
    sb_json_time(w, "max_abs_error", d->max_abs_error);
    sb_json_int(w, "within_resolution", (int64_t)d->n_within_resolution);
    sb_json_int(w, "beyond_max_drift", (int64_t)d->n_beyond);
    sb_json_end(w, '}');
}

static void write_drift_turns(sb_json_writer *w, const sb_drift *d, const sb_alignment *a)
{
    sb_turn_index at = {0};
    sb_json_begin(w, "turns", '[');
    for (size_t i = 0; i < a->n_turns; i++) {
        sb_json_newline(w);
        sb_json_begin(w, NULL, '{');
        sb_json_int(w, "index", (int64_t)sb_turn_index_of(&at, a, i));
        sb_json_text(w, "speaker", a->turns[i].speaker);
        sb_json_time(w, "stamp", a->turns[i].stamp);
        sb_json_time(w, "start", a->turns[i].start);
        sb_json_time(w, "error", d->errors[i]);
        sb_json_number(w, "confidence", (double)a->turns[i].confidence, 3);
        sb_json_end(w, '}');
    }
    sb_json_end(w, ']');
}

/* Writes the position in the transcript, the position in the audio, and the evidence. */
static void write_evidence(sb_json_writer *w, const sb_suspect *suspect, const sb_alignment *a,
                           sb_turn_index *at)
{
    const sb_aligned_turn *turn = &a->turns[suspect->turn];
    sb_json_time(w, "stamp", turn->stamp);
    sb_json_time(w, "start", turn->start);
    sb_json_time(w, "audio_from", suspect->audio.start);
    sb_json_time(w, "audio_until", suspect->audio.end);
    sb_json_time(w, "speech", suspect->speech);
    sb_json_time(w, "needed", suspect->needed);
    sb_json_int(w, "last_index", (int64_t)sb_turn_index_of(at, a, suspect->last_turn));
}

static void write_suspects(sb_json_writer *w, const sb_drift *d, const sb_alignment *a)
{
    sb_turn_index at = {0};
    sb_json_begin(w, "suspect", '[');
    for (size_t i = 0; i < d->n_suspects; i++) {
        sb_json_newline(w);
        sb_json_begin(w, NULL, '{');
        sb_json_int(w, "index", (int64_t)sb_turn_index_of(&at, a, d->suspects[i].turn));
        sb_json_text(w, "kind", sb_suspect_kind_name(d->suspects[i].kind));
        sb_json_text(w, "note", d->suspects[i].note);
        write_evidence(w, &d->suspects[i], a, &at);
        sb_json_end(w, '}');
    }
    sb_json_end(w, ']');
}

void sb_drift_write_json(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment)
{
    sb_json_writer w = {out, false};

    sb_json_begin(&w, NULL, '{');
    sb_json_text(&w, "verdict", sb_verdict_name(drift->verdict));
    sb_json_time(&w, "offset", drift->offset);
    sb_json_number(&w, "rate_ppm", drift->rate_ppm, 3);
    sb_json_newline(&w);
    sb_alignment_write_breaks(&w, alignment);
    sb_json_newline(&w);
    write_stamps(&w, drift);
    sb_json_newline(&w);
    write_drift_turns(&w, drift, alignment);
    sb_json_newline(&w);
    write_suspects(&w, drift, alignment);
    sb_json_newline(&w);
    sb_alignment_write_spans(&w, "unmatched_speech", alignment->unmatched, alignment->n_unmatched);
    sb_json_newline(&w);
    sb_json_time(&w, "resolution", alignment->transcript.resolution);
    sb_json_time(&w, "max_drift", drift->max_drift);
    sb_json_text(&w, "reason", drift->reason);
    sb_json_text(&w, "made_for_fps", drift->made_for_fps);
    sb_json_text(&w, "runs_at_fps", drift->runs_at_fps);
    sb_json_end(&w, '}');
    sb_bytes_append(out, "\n", 1);
}
