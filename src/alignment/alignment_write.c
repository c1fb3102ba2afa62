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

static void write_events(sb_json_writer *w, const sb_aligned_turn *turn)
{
    sb_json_begin(w, "events", '[');
    for (size_t i = 0; i < turn->n_events; i++) {
        sb_json_begin(w, NULL, '{');
        sb_json_text(w, "text", turn->events[i].text);
        sb_json_int(w, "before_word", (int64_t)turn->events[i].before_word);
        sb_json_end(w, '}');
    }
    sb_json_end(w, ']');
}

static void write_turn(sb_json_writer *w, const sb_aligned_turn *turn, size_t index)
{
    char *text = sb_aligned_turn_text(turn);

    if (!text)
        w->out->failed = true;
    sb_json_newline(w);
    sb_json_begin(w, NULL, '{');
    sb_json_int(w, "index", (int64_t)index);
    sb_json_text(w, "speaker", turn->speaker);
    sb_json_time(w, "stamp", turn->stamp);
    sb_json_time(w, "start", turn->start);
    sb_json_time(w, "end", turn->end);
    write_confidence(w, turn->confidence);
    sb_json_text(w, "status", sb_turn_status_name(turn->status));
    sb_json_text(w, "text", text);
    sb_json_begin(w, "words", '[');
    for (size_t i = 0; i < turn->n_words; i++)
        write_word(w, &turn->words[i]);
    sb_json_end(w, ']');
    write_events(w, turn);
    if (turn->language)
        sb_json_text(w, "language", turn->language);
    sb_json_end(w, '}');
    free(text);
}

static void write_turns(sb_json_writer *w, const sb_alignment *a)
{
    sb_json_newline(w);
    sb_json_begin(w, "turns", '[');
    for (size_t i = 0; i < a->n_turns; i++)
        write_turn(w, &a->turns[i], i);
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
    sb_json_int(w, "turns", (int64_t)a->n_turns);
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
    write_turns(&w, alignment);
    write_summary(&w, alignment);
    write_rest(&w, alignment);
    sb_json_end(&w, '}');
    sb_bytes_append(out, "\n", 1);
    if (!out->failed)
        return SB_OK;
    sb_bytes_finish(out);
    return sb_error_memory(err, "writing an alignment");
}
