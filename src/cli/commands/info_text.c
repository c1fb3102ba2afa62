#include "cli/commands/commands.h"

#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>

typedef struct speaker {
    const char *name; /* NULL if unnamed */
    size_t n_turns, n_words;
} speaker;

static bool same_name(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* Speakers are in the order of their first words. Those beyond `room` are counted together. */
static void count_turn(speaker *speakers, size_t *n, size_t room, const char *name, size_t n_words)
{
    size_t i = 0;
    while (i < *n && !same_name(speakers[i].name, name))
        i++;
    if (i == room)
        return;
    if (i == *n)
        speakers[(*n)++] = (speaker){.name = name};
    speakers[i].n_turns++;
    speakers[i].n_words += n_words;
}

#define MAX_SPEAKERS 100

static void add_speakers(cli_report *report, const speaker *speakers, size_t n)
{
    if (report->as_json)
        sb_json_begin(&report->json, "speakers", '[');
    for (size_t i = 0; i < n; i++) {
        const speaker *s = &speakers[i];
        cli_report_line(report, i ? "" : "speakers", "%s: %zu turn%s, %zu word%s",
                        s->name ? s->name : "Unnamed speaker", s->n_turns, cli_plural(s->n_turns), s->n_words,
                        cli_plural(s->n_words));
        if (!report->as_json)
            continue;
        sb_json_begin(&report->json, NULL, '{');
        sb_json_text(&report->json, "name", s->name);
        sb_json_int(&report->json, "turns", (int64_t)s->n_turns);
        sb_json_int(&report->json, "words", (int64_t)s->n_words);
        sb_json_end(&report->json, '}');
    }
    if (report->as_json)
        sb_json_end(&report->json, ']');
}

static void add_transcript_speakers(cli_report *report, const sb_transcript *transcript)
{
    speaker speakers[MAX_SPEAKERS];
    size_t n = 0;
    for (size_t i = 0; i < transcript->n_turns; i++)
        count_turn(speakers, &n, MAX_SPEAKERS, transcript->turns[i].speaker, transcript->turns[i].n_words);
    add_speakers(report, speakers, n);
}

static void add_alignment_speakers(cli_report *report, const sb_alignment *alignment)
{
    speaker speakers[MAX_SPEAKERS];
    size_t n = 0;
    for (size_t i = 0; i < alignment->n_turns; i++)
        count_turn(speakers, &n, MAX_SPEAKERS, alignment->turns[i].speaker, alignment->turns[i].n_words);
    add_speakers(report, speakers, n);
}

static void add_stamps(cli_report *report, const sb_transcript *transcript)
{
    sb_time first = SB_TIME_NONE, last = SB_TIME_NONE;
    for (size_t i = 0; i < transcript->n_turns; i++) {
        sb_time stamp = transcript->turns[i].stamp;
        if (stamp == SB_TIME_NONE)
            continue;
        first = first == SB_TIME_NONE || stamp < first ? stamp : first;
        last = last == SB_TIME_NONE || stamp > last ? stamp : last;
    }
    cli_report_time(report, "first_stamp", "first stamp", first);
    cli_report_time(report, "last_stamp", "last stamp", last);
    cli_report_time(report, "resolution", "resolution", transcript->resolution);
}

void cli_info_transcript(cli_report *report, const sb_transcript *transcript, const sb_alignment *layered)
{
    size_t n_words = 0;
    for (size_t i = 0; i < transcript->n_turns; i++)
        n_words += transcript->turns[i].n_words;
    cli_report_text(report, "kind", "kind", "transcript");
    cli_report_text(report, "path", "file", transcript->path);
    cli_report_text(report, "format", "format", transcript->format);
    cli_report_text(report, "container", "document", transcript->container);
    cli_report_text(report, "encoding", "encoding", transcript->encoding);
    cli_report_text(report, "title", "title", transcript->title);
    cli_report_text(report, "language", "language", transcript->language);
    cli_report_whole(report, "turns", "turns", (int64_t)transcript->n_turns);
    cli_report_whole(report, "words", "words", (int64_t)n_words);
    add_stamps(report, transcript);
    if (layered)
        add_alignment_speakers(report, layered);
    else
        add_transcript_speakers(report, transcript);
    cli_report_text(report, "sha256", "sha256", transcript->sha256);
}

static void add_words(cli_report *report, const sb_alignment *alignment)
{
    size_t n_words = 0, n_with[3] = {0};
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        n_words += turn->n_words;
        for (size_t j = 0; j < turn->n_words; j++)
            n_with[turn->words[j].status]++;
    }
    cli_report_whole(report, "turns", "turns", (int64_t)alignment->n_turns);
    cli_report_whole(report, "words", "words", (int64_t)n_words);
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

void cli_info_alignment(cli_report *report, const sb_alignment *alignment, const char *path)
{
    cli_report_text(report, "kind", "kind", "alignment");
    cli_report_text(report, "path", "file", path);
    cli_report_text(report, "method", "method", sb_method_name(alignment->method));
    cli_report_text(report, "method_note", "note", alignment->method_note);
    add_files(report, alignment);
    add_words(report, alignment);
    cli_report_whole(report, "breaks", "breaks", (int64_t)alignment->n_breaks);
    cli_report_text(report, "pairing", alignment->pairing == SB_PAIRING_OK ? NULL : "pairing",
                    sb_pairing_name(alignment->pairing));
    cli_report_text(report, "pairing_note", "", alignment->pairing_note);
    add_alignment_speakers(report, alignment);
}
