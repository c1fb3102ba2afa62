#include "cli/info/info.h"

#include "base/run/run.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#define TURNS_SHOWN   5
#define WORDS_WIDTH   56
#define SPEAKER_BYTES 80

static sb_time later(sb_time a, sb_time b)
{
    return a == SB_TIME_NONE || (b != SB_TIME_NONE && b > a) ? b : a;
}

static void add_stamps(cli_report *report, const sb_transcript *transcript)
{
    sb_time first = SB_TIME_NONE, last = SB_TIME_NONE, stop = SB_TIME_NONE;
    for (size_t i = 0; i < transcript->n_turns; i++) {
        sb_time stamp = transcript->turns[i].stamp;
        stop = later(stop, transcript->turns[i].stop);
        last = later(last, stamp);
        if (stamp != SB_TIME_NONE && (first == SB_TIME_NONE || stamp < first))
            first = stamp;
    }
    if (first == SB_TIME_NONE)
        cli_report_line(report, "times", "none");
    cli_report_time(report, "first_stamp", "first timestamp", first);
    cli_report_time(report, "last_stamp", "last timestamp", last);
    cli_report_time(report, "last_stop", "last end", stop);
    cli_report_time(report, "resolution", "resolution", transcript->resolution);
}

/* The score is null if the format was named and not detected. */
static void add_format(cli_report *report, const sb_transcript *t)
{
    cli_report_text(report, "format", "format", t->format);
    cli_report_whole(report, t->evidence ? "certainty" : NULL, NULL, t->certainty);
    if (!t->evidence)
        cli_report_text(report, "certainty", NULL, NULL);
    cli_report_text(report, "evidence", NULL, t->evidence);
    cli_report_text(report, "other_format", NULL, t->other_format);
    cli_report_text(report, "other_evidence", NULL, t->other_evidence);
    if (t->evidence)
        cli_report_line(report, "certainty", "%d of 100: %s", t->certainty, t->evidence);
    else
        cli_report_line(report, "certainty", "named by --transcript-format");
    if (t->other_format)
        cli_report_line(report, "could also be", "%s: %s; --transcript-format %s selects that format",
                        t->other_format, t->other_evidence, t->other_format);
}

static void add_counts(cli_report *report, size_t n_turns, size_t n_rows, size_t n_words)
{
    cli_report_whole(report, "turns", "turns", (int64_t)n_turns);
    cli_report_whole(report, "cues", n_rows > n_turns ? "cues" : NULL, (int64_t)n_rows);
    cli_report_whole(report, "words", "words", (int64_t)n_words);
}

static void add_notes(cli_report *report, const sb_notes *notes)
{
    size_t n = notes->n_items + notes->n_dropped;
    if (n)
        cli_report_whole(report, NULL, "notes", (int64_t)n);
    if (!report->as_json)
        return;
    sb_json_begin(&report->json, "notes", '[');
    for (size_t i = 0; i < notes->n_items; i++) {
        const sb_note *note = &notes->items[i];
        sb_json_begin(&report->json, NULL, '{');
        sb_json_int(&report->json, "line", note->line);
        sb_json_int(&report->json, "column", note->column);
        sb_json_text(&report->json, "text", note->text);
        sb_json_end(&report->json, '}');
    }
    sb_json_end(&report->json, ']');
}

static void add_turn_row(cli_report *report, const cli_rows *rows, size_t row, sb_time resolution,
                         const char *words, bool is_first)
{
    char at[SB_TIME_TEXT] = "no time";
    sb_time stamp;
    const char *speaker = rows->speaker(rows->owner, row, &stamp);
    bool has_parts = resolution != SB_TIME_NONE && resolution < SB_TIME_SECOND;
    if (stamp != SB_TIME_NONE)
        sb_time_print(at, stamp, has_parts ? 3 : 0);
    cli_report_line(report, is_first ? "begins" : "", "%s  %.*s%s%s", at, SPEAKER_BYTES,
                    speaker ? speaker : "", speaker ? ": " : "", words);
    if (!report->as_json)
        return;
    sb_json_begin(&report->json, NULL, '{');
    sb_json_time(&report->json, "stamp", stamp);
    sb_json_text(&report->json, "speaker", speaker);
    sb_json_text(&report->json, "text", words);
    sb_json_end(&report->json, '}');
}

/* Adds the first turns as they were read. */
static bool add_beginning(cli_report *report, const cli_rows *rows, sb_time resolution)
{
    bool ok = true;
    if (report->as_json)
        sb_json_begin(&report->json, "begins", '[');
    for (size_t row = 0, n = 0; row < rows->n_rows && n < TURNS_SHOWN; row++) {
        sb_bytes words = {0};
        if (rows->goes_on(rows->owner, row))
            continue;
        cli_rows_begin(&words, rows, row, WORDS_WIDTH);
        add_turn_row(report, rows, row, resolution, words.data ? words.data : "", n++ == 0);
        ok = ok && !words.failed;
        sb_bytes_finish(&words);
    }
    if (report->as_json)
        sb_json_end(&report->json, ']');
    return ok;
}

static void add_transcript(cli_report *report, const sb_transcript *t)
{
    size_t n_words = 0, n_turns = 0;
    for (size_t i = 0; i < t->n_turns; i++) {
        n_words += t->turns[i].n_words;
        n_turns += !t->turns[i].goes_on;
    }
    cli_report_text(report, "kind", "kind", "transcript");
    cli_report_text(report, "path", "file", t->path);
    add_format(report, t);
    cli_report_text(report, "container", "document", t->container);
    cli_report_text(report, "encoding", "encoding", t->encoding);
    cli_report_text(report, "title", "title", t->title);
    cli_report_text(report, "language", "language", t->language);
    add_counts(report, n_turns, t->n_turns, n_words);
    add_stamps(report, t);
}

sb_status cli_info_transcript(cli_report *report, const cli_source *source, sb_error *err)
{
    sb_speakers speakers;
    const sb_transcript *t = source->transcript;
    const sb_alignment *layered = source->alignment;
    const cli_rows rows = layered ? cli_rows_of_alignment(layered) : cli_rows_of_transcript(t);
    sb_status status = layered ? sb_speakers_of_alignment(&speakers, layered, err)
                               : sb_speakers_of_transcript(&speakers, t, err);
    if (status)
        return status;
    add_transcript(report, t);
    bool ok = add_beginning(report, &rows, t->resolution);
    status = cli_info_speakers(report, &speakers, &rows, err);
    sb_speakers_finish(&speakers);
    add_notes(report, &source->notes);
    cli_report_text(report, "sha256", "sha256", t->sha256);
    return ok || status ? status : sb_error_memory(err, "describing the transcript");
}

static void add_word_counts(cli_report *report, const sb_alignment *alignment)
{
    size_t n_words = 0, n_turns = 0, n_with[3] = {0};
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        n_words += turn->n_words;
        n_turns += !turn->goes_on;
        for (size_t j = 0; j < turn->n_words; j++)
            n_with[turn->words[j].status]++;
    }
    add_counts(report, n_turns, alignment->n_turns, n_words);
    for (int status = SB_WORD_ALIGNED; status <= SB_WORD_NOT_HEARD; status++) {
        const char *key =
            status == SB_WORD_NOT_HEARD ? "not_heard" : sb_word_status_name((sb_word_status)status);
        const char *label = status == SB_WORD_NOT_HEARD ? "not heard" : key;
        cli_report_whole(report, key, label, (int64_t)n_with[status]);
    }
}

/* Lists the languages of turns that differ from the transcript's. */
static void add_languages(cli_report *report, const sb_alignment *alignment)
{
    size_t n_other = 0;
    for (size_t i = 0; i < alignment->n_turns; i++)
        n_other += alignment->turns[i].language != NULL;
    cli_report_text(report, "language", "language", alignment->transcript.language);
    cli_report_whole(report, "turns_in_other_languages", n_other ? "in others" : NULL, (int64_t)n_other);
}

static void add_files(cli_report *report, const sb_alignment *alignment)
{
    cli_report_text(report, "audio", "audio", alignment->audio.path);
    cli_report_time(report, "duration", "duration", alignment->audio.duration);
    cli_report_text(report, "audio_sha256", NULL, alignment->audio.sha256);
    cli_report_text(report, "transcript", "transcript", alignment->transcript.path);
    cli_report_text(report, "format", "format", alignment->transcript.format);
    cli_report_text(report, "title", "title", alignment->transcript.title);
    add_languages(report, alignment);
}

sb_status cli_info_alignment(cli_report *report, const sb_alignment *alignment, const char *path,
                             sb_error *err)
{
    sb_speakers speakers;
    const cli_rows rows = cli_rows_of_alignment(alignment);
    if (sb_speakers_of_alignment(&speakers, alignment, err))
        return err->status;
    cli_report_text(report, "kind", "kind", "alignment");
    cli_report_text(report, "path", "file", path);
    cli_report_text(report, "method", "method", sb_method_name(alignment->method));
    cli_report_text(report, "method_note", "note", alignment->method_note);
    add_files(report, alignment);
    add_word_counts(report, alignment);
    cli_report_whole(report, "breaks", "breaks", (int64_t)alignment->n_breaks);
    cli_report_text(report, "pairing", alignment->pairing == SB_PAIRING_OK ? NULL : "pairing",
                    sb_pairing_name(alignment->pairing));
    cli_report_text(report, "pairing_note", "", alignment->pairing_note);
    sb_status status = cli_info_speakers(report, &speakers, &rows, err);
    sb_speakers_finish(&speakers);
    return status;
}
