#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

static float round_confidence(float confidence)
{
    return isfinite(confidence) ? (float)(round(confidence * 1000.0) / 1000.0) : 0;
}

void sb_alignment_round(sb_alignment *a)
{
    for (size_t i = 0; i < a->n_map; i++)
        a->map[i].rate_ppm = round(a->map[i].rate_ppm * 1000.0) / 1000.0;
    for (size_t i = 0; i < a->n_breaks; i++)
        a->breaks[i].confidence = round_confidence(a->breaks[i].confidence);
    for (size_t i = 0; i < a->n_turns; i++) {
        sb_aligned_turn *turn = &a->turns[i];
        turn->confidence = round_confidence(turn->confidence);
        for (size_t j = 0; j < turn->n_words; j++)
            turn->words[j].confidence = round_confidence(turn->words[j].confidence);
    }
}

static void write_hash(sb_json_writer *w, const char *sha256)
{
    sb_json_text(w, "sha256", *sha256 ? sha256 : NULL);
}

static void write_confidence(sb_json_writer *w, float confidence)
{
    sb_json_number(w, "confidence", isfinite(confidence) ? confidence : 0, SB_ALIGNMENT_DECIMALS);
}

static void write_audio(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_newline(w);
    sb_json_begin(w, "audio", '{');
    sb_json_text(w, "path", a->audio.path);
    write_hash(w, a->audio.sha256);
    sb_json_time(w, "duration", a->audio.duration);
    sb_json_int(w, "sample_rate", a->audio.sample_rate);
    sb_json_int(w, "channels", a->audio.channels);
    sb_json_text(w, "codec", a->audio.codec);
    sb_json_bool(w, "damaged", a->audio.damaged);
    sb_json_text(w, "damage", a->audio.damage);
    sb_json_bool(w, "seek_safe", a->audio.seek_safe);
    if (*a->audio.packets)
        sb_json_text(w, "packets", a->audio.packets);
    if (a->audio.microphones)
        sb_json_bool(w, "microphones", true);
    sb_json_end(w, '}');
}

static void write_transcript(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_newline(w);
    sb_json_begin(w, "transcript", '{');
    sb_json_text(w, "path", a->transcript.path);
    write_hash(w, a->transcript.sha256);
    sb_json_text(w, "format", a->transcript.format);
    sb_json_text(w, "title", a->transcript.title);
    sb_json_text(w, "language", a->transcript.language);
    sb_json_text(w, "encoding", a->transcript.encoding);
    if (a->transcript.container)
        sb_json_text(w, "container", a->transcript.container);
    sb_json_time(w, "resolution", a->transcript.resolution);
    sb_json_end(w, '}');
}

static void write_map(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_newline(w);
    sb_json_begin(w, "time_map", '[');
    for (size_t i = 0; i < a->n_map; i++) {
        sb_json_begin(w, NULL, '{');
        sb_json_time(w, "from", a->map[i].from);
        sb_json_time(w, "until", a->map[i].until);
        sb_json_time(w, "offset", a->map[i].offset);
        sb_json_number(w, "rate_ppm", a->map[i].rate_ppm, SB_ALIGNMENT_DECIMALS);
        sb_json_end(w, '}');
    }
    sb_json_end(w, ']');
}

void sb_alignment_write_breaks(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_begin(w, "breaks", '[');
    for (size_t i = 0; i < a->n_breaks; i++) {
        const sb_break *b = &a->breaks[i];
        sb_json_begin(w, NULL, '{');
        sb_json_time(w, "at", b->at);
        sb_json_time(w, "audio_from", b->audio.start);
        sb_json_time(w, "audio_until", b->audio.end);
        sb_json_time(w, "gap", b->gap);
        sb_json_text(w, "kind", b->gap < 0 ? "removed" : "inserted");
        write_confidence(w, b->confidence);
        sb_json_end(w, '}');
    }
    sb_json_end(w, ']');
}

void sb_alignment_write_spans(sb_json_writer *w, const char *key, const sb_span *spans, size_t n)
{
    sb_json_begin(w, key, '[');
    for (size_t i = 0; i < n; i++)
        sb_json_span(w, NULL, spans[i]);
    sb_json_end(w, ']');
}

static void write_word(sb_json_writer *w, const sb_aligned_word *word)
{
    sb_json_begin(w, NULL, '{');
    sb_json_text(w, "text", word->text);
    sb_json_time(w, "start", word->start);
    sb_json_time(w, "end", word->end);
    write_confidence(w, word->confidence);
    sb_json_text(w, "status", sb_word_status_name(word->status));
    sb_json_end(w, '}');
}

static void write_events(sb_json_writer *w, const sb_aligned_turn *rows, size_t n_rows)
{
    size_t n_words = 0;
    sb_json_begin(w, "events", '[');
    for (size_t i = 0; i < n_rows; n_words += rows[i++].n_words) {
        for (size_t j = 0; j < rows[i].n_events; j++) {
            sb_json_begin(w, NULL, '{');
            sb_json_text(w, "text", rows[i].events[j].text);
            sb_json_int(w, "before_word", (int64_t)(n_words + rows[i].events[j].before_word));
            sb_json_end(w, '}');
        }
    }
    sb_json_end(w, ']');
}

/* Writes the members of each cue of a turn, without speaker and words. */
static void write_cues(sb_json_writer *w, const sb_aligned_turn *rows, size_t n_rows)
{
    sb_json_begin(w, "cues", '[');
    for (size_t i = 0; i < n_rows; i++) {
        sb_json_begin(w, NULL, '{');
        sb_json_int(w, "words", (int64_t)rows[i].n_words);
        sb_json_int(w, "events", (int64_t)rows[i].n_events);
        sb_json_time(w, "stamp", rows[i].stamp);
        sb_json_time(w, "start", rows[i].start);
        sb_json_time(w, "end", rows[i].end);
        write_confidence(w, rows[i].confidence);
        sb_json_text(w, "status", sb_turn_status_name(rows[i].status));
        if (rows[i].language)
            sb_json_text(w, "language", rows[i].language);
        sb_json_end(w, '}');
    }
    sb_json_end(w, ']');
}

/* The text of all rows. The caller frees it. */
static char *rows_text(const sb_aligned_turn *rows, size_t n_rows)
{
    sb_bytes out = {0};
    const sb_aligned_word *before = NULL;
    sb_bytes_append(&out, "", 0);
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t j = 0; j < rows[i].n_words; before = &rows[i].words[j++]) {
            sb_bytes_text(&out, before ? sb_word_gap(before->text, rows[i].words[j].text) : "");
            sb_bytes_text(&out, rows[i].words[j].text);
        }
    }
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}

static void write_turn(sb_json_writer *w, const sb_aligned_turn *rows, size_t n_rows, size_t index)
{
    char *text = rows_text(rows, n_rows);
    sb_span span = sb_aligned_rows_span(rows, n_rows);

    if (!text)
        w->out->failed = true;
    sb_json_newline(w);
    sb_json_begin(w, NULL, '{');
    sb_json_int(w, "index", (int64_t)index);
    sb_json_text(w, "speaker", rows->speaker);
    sb_json_time(w, "stamp", rows->stamp);
    sb_json_time(w, "start", span.start);
    sb_json_time(w, "end", span.end);
    write_confidence(w, rows->confidence);
    sb_json_text(w, "status", sb_turn_status_name(sb_aligned_rows_status(rows, n_rows)));
    sb_json_text(w, "text", text);
    sb_json_begin(w, "words", '[');
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < rows[i].n_words; j++)
            write_word(w, &rows[i].words[j]);
    sb_json_end(w, ']');
    write_events(w, rows, n_rows);
    if (n_rows > 1)
        write_cues(w, rows, n_rows);
    else if (rows->language)
        sb_json_text(w, "language", rows->language);
    if (rows->goes_on)
        sb_json_bool(w, "goes_on", true);
    sb_json_end(w, '}');
    free(text);
}

/* Returns true if `row` is written into the line of the row before. This is so for the cues of a named
 * speaker. In captions without names, the end of a turn is uncertain, so each cue keeps its line and is
 * marked. */
static bool is_joined(const sb_alignment *a, size_t row)
{
    const sb_aligned_turn *turn = &a->turns[row];
    return row > 0 && turn->goes_on && turn->speaker && sb_same_text(turn->speaker, turn[-1].speaker);
}

size_t sb_turn_index_of(sb_turn_index *at, const sb_alignment *alignment, size_t row)
{
    if (row < at->row)
        *at = (sb_turn_index){0};
    while (at->row < row && at->row + 1 < alignment->n_turns)
        at->index += !is_joined(alignment, ++at->row);
    return at->index;
}

static size_t count_joined(const sb_alignment *a, size_t first)
{
    size_t end = first + 1;
    while (end < a->n_turns && is_joined(a, end))
        end++;
    return end - first;
}

static size_t count_whole_turns(const sb_alignment *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_turns; i += count_joined(a, i))
        n++;
    return n;
}

static void write_alignment_turns(sb_json_writer *w, const sb_alignment *a)
{
    size_t index = 0;
    sb_json_newline(w);
    sb_json_begin(w, "turns", '[');
    for (size_t i = 0, n; i < a->n_turns; i += n) {
        n = count_joined(a, i);
        write_turn(w, &a->turns[i], n, index++);
    }
    sb_json_end(w, ']');
}

static void write_summary(sb_json_writer *w, const sb_alignment *a)
{
    int64_t n_words[3] = {0};
    sb_time unmatched = 0;

    for (size_t i = 0; i < a->n_turns; i++)
        for (size_t j = 0; j < a->turns[i].n_words; j++)
            n_words[a->turns[i].words[j].status]++;
    for (size_t i = 0; i < a->n_unmatched; i++)
        unmatched += a->unmatched[i].end - a->unmatched[i].start;
    sb_json_newline(w);
    sb_json_begin(w, "summary", '{');
    sb_json_int(w, "turns", (int64_t)count_whole_turns(a));
    sb_json_int(w, "words", n_words[0] + n_words[1] + n_words[2]);
    sb_json_int(w, "aligned", n_words[SB_WORD_ALIGNED]);
    sb_json_int(w, "estimated", n_words[SB_WORD_ESTIMATED]);
    sb_json_int(w, "not_heard", n_words[SB_WORD_NOT_HEARD]);
    sb_json_time(w, "unmatched_speech_s", unmatched);
    sb_json_end(w, '}');
}

static void write_levels(sb_json_writer *w, const sb_alignment *a)
{
    sb_bytes text = {0};

    sb_levels_print(&text, a->levels, a->n_levels);
    sb_json_newline(w);
    sb_json_text(w, "levels", text.data);
    w->out->failed = w->out->failed || text.failed;
    sb_bytes_finish(&text);
}

/* Alignments without it, of older versions, are written as they were. */
static void write_sound(sb_json_writer *w, const sb_alignment *a)
{
    if (!a->n_sound)
        return;
    sb_json_newline(w);
    sb_json_begin(w, "sound", '[');
    for (int band = 0; band < 2; band++) {
        sb_bytes text = {0};
        sb_levels_print(&text, a->sound[band], a->n_sound);
        sb_json_text(w, NULL, text.data);
        w->out->failed = w->out->failed || text.failed;
        sb_bytes_finish(&text);
    }
    sb_json_end(w, ']');
}

static void write_guesses(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_begin(w, "guesses", '[');
    for (size_t i = 0; i < a->n_oov_words; i++) {
        sb_json_begin(w, NULL, '{');
        sb_json_text(w, "word", a->oov_words[i].word);
        sb_json_text(w, "phones", a->oov_words[i].phones);
        sb_json_end(w, '}');
    }
    sb_json_end(w, ']');
}

static void write_rest(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_newline(w);
    sb_json_text(w, "method_note", a->method_note);
    sb_json_newline(w);
    sb_json_text(w, "pairing", sb_pairing_name(a->pairing));
    sb_json_newline(w);
    sb_json_text(w, "pairing_note", a->pairing_note);
    sb_json_newline(w);
    sb_alignment_write_spans(w, "unmatched_speech", a->unmatched, a->n_unmatched);
    write_levels(w, a);
    write_sound(w, a);
    sb_json_newline(w);
    write_guesses(w, a);
    sb_json_newline(w);
    sb_json_text_n(w, "transcript_source", a->transcript.source, a->transcript.source_size);
}

sb_status sb_alignment_write(sb_bytes *out, const sb_alignment *alignment, sb_error *err)
{
    sb_json_writer w = {out, false};

    sb_json_begin(&w, NULL, '{');
    sb_json_text(&w, "format", SB_ALIGNMENT_FORMAT);
    sb_json_int(&w, "version", SB_ALIGNMENT_VERSION);
    write_audio(&w, alignment);
    write_transcript(&w, alignment);
    sb_json_newline(&w);
    sb_json_text(&w, "method", sb_method_name(alignment->method));
    write_map(&w, alignment);
    sb_json_newline(&w);
    sb_alignment_write_breaks(&w, alignment);
    sb_json_newline(&w);
    sb_alignment_write_spans(&w, "speech", alignment->speech, alignment->n_speech);
    write_alignment_turns(&w, alignment);
    write_summary(&w, alignment);
    write_rest(&w, alignment);
    sb_json_end(&w, '}');
    sb_bytes_append(out, "\n", 1);
    if (!out->failed)
        return SB_OK;
    sb_bytes_finish(out);
    return sb_error_memory(err, "writing an alignment");
}
