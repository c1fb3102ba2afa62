#include "cli/info/info.h"

#include "cli/term/term.h"

#include "base/run/run.h"
#include <string.h>

#define SPEAKERS_SHOWN 30
#define HINTS_SHOWN    12
#define WORDS_WIDTH    40

static const char *transcript_word(const void *owner, size_t row, size_t word)
{
    const sb_turn *turn = &((const sb_transcript *)owner)->turns[row];
    return word < turn->n_words ? turn->words[word].text : NULL;
}

static bool transcript_goes_on(const void *owner, size_t row)
{
    return ((const sb_transcript *)owner)->turns[row].goes_on;
}

static const char *transcript_speaker(const void *owner, size_t row, sb_time *stamp)
{
    const sb_turn *turn = &((const sb_transcript *)owner)->turns[row];
    *stamp = turn->stamp;
    return turn->speaker;
}

static const char *alignment_word(const void *owner, size_t row, size_t word)
{
    const sb_aligned_turn *turn = &((const sb_alignment *)owner)->turns[row];
    return word < turn->n_words ? turn->words[word].text : NULL;
}

static bool alignment_goes_on(const void *owner, size_t row)
{
    return ((const sb_alignment *)owner)->turns[row].goes_on;
}

static const char *alignment_speaker(const void *owner, size_t row, sb_time *stamp)
{
    const sb_aligned_turn *turn = &((const sb_alignment *)owner)->turns[row];
    *stamp = turn->stamp;
    return turn->speaker;
}

cli_rows cli_rows_of_transcript(const sb_transcript *transcript)
{
    return (cli_rows){transcript, transcript->n_turns, transcript_word, transcript_goes_on,
                      transcript_speaker};
}

cli_rows cli_rows_of_alignment(const sb_alignment *alignment)
{
    return (cli_rows){alignment, alignment->n_turns, alignment_word, alignment_goes_on, alignment_speaker};
}

/* A word that is longer than the line is cut. */
static void add_cut(sb_bytes *out, const char *word, size_t width)
{
    size_t size = strlen(word), end = 0;
    for (size_t next = 0; next < size && sb_utf8_width(word, next) < width; end = next)
        next = sb_grapheme_end(word, size, next);
    sb_bytes_append(out, word, end);
}

void cli_rows_begin(sb_bytes *out, const cli_rows *rows, size_t row, size_t width)
{
    const char *before = NULL, *word;
    size_t used = 0;
    for (size_t first = row; row < rows->n_rows && (row == first || rows->goes_on(rows->owner, row)); row++)
        for (size_t i = 0; (word = rows->word_at(rows->owner, row, i)); i++) {
            const char *gap = before ? sb_word_gap(before, word) : "";
            used += strlen(gap) + sb_utf8_width(word, strlen(word));
            if (used > width && !before)
                add_cut(out, word, width);
            if (used > width) {
                sb_bytes_text(out, before ? " ..." : "...");
                return;
            }
            sb_bytes_text(out, gap);
            sb_bytes_text(out, word);
            before = word;
        }
}

static void add_speaker_lines(cli_report *report, const sb_speakers *speakers)
{
    size_t n_named = 0;
    for (size_t i = 0; i < speakers->n_items; i++)
        n_named += speakers->items[i].name != NULL;
    cli_report_whole(report, NULL, "speakers", (int64_t)n_named);
    for (size_t i = 0; i < speakers->n_items && i < SPEAKERS_SHOWN; i++) {
        const sb_speaker *s = &speakers->items[i];
        cli_report_line(report, "", "%s: %zu turn%s, %zu word%s", s->name ? s->name : "Unnamed speaker",
                        s->n_turns, cli_plural(s->n_turns), s->n_words, cli_plural(s->n_words));
    }
    if (speakers->n_items > SPEAKERS_SHOWN)
        cli_report_line(report, "", "... and %zu more", speakers->n_items - SPEAKERS_SHOWN);
}

static void add_speaker_objects(sb_json_writer *json, const sb_speakers *speakers)
{
    sb_json_begin(json, "speakers", '[');
    for (size_t i = 0; i < speakers->n_items; i++) {
        sb_json_begin(json, NULL, '{');
        sb_json_text(json, "name", speakers->items[i].name);
        sb_json_int(json, "turns", (int64_t)speakers->items[i].n_turns);
        sb_json_int(json, "words", (int64_t)speakers->items[i].n_words);
        sb_json_end(json, '}');
    }
    sb_json_end(json, ']');
}

/* Puts the text between quotation marks so that a shell gives it to the program unchanged. */
static void add_quoted_name(sb_bytes *out, const char *text)
{
    if (!strpbrk(text, "\"\\$`!")) {
        sb_bytes_print(out, "\"%s\"", text);
        return;
    }
    sb_bytes_text(out, "'");
    for (; *text; text++)
        if (*text == '\'')
            sb_bytes_text(out, "'\\''");
        else
            sb_bytes_append(out, text, 1);
    sb_bytes_text(out, "'");
}

static void explain_hint(sb_bytes *out, const sb_name_hint *hint, const sb_speakers *speakers,
                         const cli_rows *rows)
{
    const sb_speaker *speaker = &speakers->items[hint->speaker];
    switch (hint->kind) {
    case SB_NAME_SPELLING:
    case SB_NAME_PART:
        sb_bytes_print(out, "\"%s\" may be \"%s\"", speaker->name, speakers->items[hint->other].name);
        return;
    case SB_NAME_LABEL:
        sb_bytes_print(out, "\"%s\" is a label, not a name", speaker->name);
        break;
    default:
        sb_bytes_print(out, "%zu turn%s no name", speaker->n_turns,
                       speaker->n_turns == 1 ? " has" : "s have");
    }
    sb_bytes_text(out, "; the first is \"");
    cli_rows_begin(out, rows, speaker->first_turn, WORDS_WIDTH);
    sb_bytes_text(out, "\"");
}

static void add_hint_lines(cli_report *report, const sb_name_hints *hints, const sb_speakers *speakers,
                           const cli_rows *rows, bool *ok)
{
    for (size_t i = 0; i < hints->n_items && i < HINTS_SHOWN; i++) {
        sb_bytes text = {0};
        explain_hint(&text, &hints->items[i], speakers, rows);
        sb_bytes_text(&text, ": --alias ");
        add_quoted_name(&text, hints->items[i].alias);
        cli_report_text(report, NULL, i ? "" : "names", text.data ? text.data : "");
        *ok = *ok && !text.failed;
        sb_bytes_finish(&text);
    }
    if (hints->n_items > HINTS_SHOWN)
        cli_report_line(report, "", "... and %zu more; --json lists all", hints->n_items - HINTS_SHOWN);
}

static void add_hint_objects(sb_json_writer *json, const sb_name_hints *hints, const sb_speakers *speakers)
{
    sb_json_begin(json, "name_hints", '[');
    for (size_t i = 0; i < hints->n_items; i++) {
        const sb_name_hint *hint = &hints->items[i];
        sb_json_begin(json, NULL, '{');
        sb_json_text(json, "kind", sb_name_hint_kind_name(hint->kind));
        sb_json_text(json, "speaker", speakers->items[hint->speaker].name);
        sb_json_text(json, "other", hint->other == SIZE_MAX ? NULL : speakers->items[hint->other].name);
        sb_json_text(json, "alias", hint->alias);
        sb_json_end(json, '}');
    }
    sb_json_end(json, ']');
}

sb_status cli_info_speakers(cli_report *report, const sb_speakers *speakers, const cli_rows *rows,
                            sb_error *err)
{
    sb_name_hints hints;
    bool ok = true;
    sb_status status = sb_name_hints_find(&hints, speakers, err);
    if (status)
        return status;
    if (report->as_json) {
        add_speaker_objects(&report->json, speakers);
        add_hint_objects(&report->json, &hints, speakers);
    } else {
        add_speaker_lines(report, speakers);
        add_hint_lines(report, &hints, speakers, rows, &ok);
    }
    sb_name_hints_finish(&hints);
    return ok ? SB_OK : sb_error_memory(err, "describing the transcript");
}
