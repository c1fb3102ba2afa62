#include "cli/archive/archive.h"

#include "base/json/json.h"
#include "base/text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOLD  "\033[1m"
#define CYAN  "\033[36m"
#define PLAIN "\033[0m"

#define EXACT 9 /* decimals that tell all times apart */

/* "ep12-143.2": the episode and the second. */
static void put_id(sb_bytes *out, const sb_archive_match *match)
{
    char seconds[SB_TIME_TEXT] = "0";
    if (match->span.start != SB_TIME_NONE)
        sb_time_print_seconds(seconds, match->span.start, 1);
    sb_bytes_print(out, "%s-%s", match->episode, seconds);
}

void cli_found_json(sb_bytes *out, const sb_archive_match *match, const cli_found_check *check)
{
    sb_bytes id = {0};
    sb_json_writer json = {.out = out};
    put_id(&id, match);
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "id", id.data);
    sb_json_text(&json, "audio", match->audio);
    sb_json_text(&json, "transcript", match->transcript);
    sb_json_time(&json, "from", match->span.start);
    sb_json_time(&json, "until", match->span.end);
    sb_json_text(&json, "phrase", match->text);
    sb_json_text(&json, "episode", match->episode);
    sb_json_text(&json, "episode_title", match->title); /* in a list, title is that of the clip */
    sb_json_text(&json, "date", match->date);
    sb_json_text(&json, "who", *match->speakers ? match->speakers : NULL);
    sb_json_text(&json, "before", match->before);
    sb_json_text(&json, "text", match->text);
    sb_json_text(&json, "after", match->after);
    sb_json_text(&json, "how", sb_match_how_print(match->how));
    sb_json_number(&json, "score", match->score, 3);
    sb_json_text(&json, "why", match->why);
    sb_json_number(&json, "confidence", match->confidence, 3);
    sb_json_bool(&json, "estimated", match->estimated);
    sb_json_int(&json, "not_heard", (int64_t)match->n_not_heard);
    if (check) {
        sb_json_text(&json, "heard", sb_hearing_name(check->hearing));
        sb_json_text(&json, "unchecked", check->why);
        if (check->was_compared) {
            sb_json_number(&json, "advantage", check->advantage, 3);
            sb_json_number(&json, "fit", check->fit, 3);
        }
    }
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
    out->failed = out->failed || id.failed;
    sb_bytes_finish(&id);
}

/* `text` may be NULL. */
static void put_cell(sb_bytes *out, const char *text, const char *end)
{
    sb_csv_append_safe(out, text);
    sb_bytes_text(out, end);
}

void cli_found_csv(sb_bytes *out, const sb_archive_match *match, const cli_found_check *check, bool is_first)
{
    char from[SB_TIME_TEXT] = "", until[SB_TIME_TEXT] = "";
    sb_bytes id = {0};
    put_id(&id, match);
    if (is_first)
        sb_bytes_print(out, "id,audio,transcript,from,until,episode,date,who,phrase%s\r\n",
                       check ? ",heard" : "");
    if (match->span.start != SB_TIME_NONE && match->span.end != SB_TIME_NONE) {
        sb_time_print_seconds(from, match->span.start, EXACT);
        sb_time_print_seconds(until, match->span.end, EXACT);
    }
    put_cell(out, id.data, ",");
    put_cell(out, match->audio, ",");
    put_cell(out, match->transcript, ",");
    put_cell(out, from, ",");
    put_cell(out, until, ",");
    put_cell(out, match->episode, ",");
    put_cell(out, match->date, ",");
    put_cell(out, match->speakers, ",");
    put_cell(out, match->text, check ? "," : "\r\n");
    if (check)
        put_cell(out, sb_hearing_name(check->hearing), "\r\n");
    out->failed = out->failed || id.failed;
    sb_bytes_finish(&id);
}

static void put_context(sb_bytes *out, const sb_archive_match *match, bool color)
{
    sb_append_printable(out, match->before);
    sb_bytes_text(out, *match->before ? sb_word_gap(match->before, match->text) : "");
    sb_bytes_text(out, color ? BOLD : "[");
    sb_append_printable(out, match->text);
    sb_bytes_text(out, color ? PLAIN : "]");
    sb_bytes_text(out, *match->after ? sb_word_gap(match->text, match->after) : "");
    sb_append_printable(out, match->after);
}

/* The line that cuts the match. */
static void put_command(sb_bytes *out, const sb_archive_match *match, const char *archive)
{
    char from[SB_TIME_TEXT], until[SB_TIME_TEXT];
    sb_bytes id = {0}, file = {0}, line = {0};
    if (match->span.start == SB_TIME_NONE || match->span.end == SB_TIME_NONE || !match->transcript)
        return;
    put_id(&id, match);
    for (const char *at = id.data; at && *at; at++) /* the name of the clip is a template */
        sb_bytes_print(&file, *at == '{' || *at == '}' ? "%c%c" : "%c", *at == '/' ? '-' : *at, *at);
    sb_bytes_text(&file, ".mp3");
    sb_bytes_text(&line, "     soundbite clip ");
    cli_shell_quote(&line, match->audio);
    sb_bytes_text(&line, " ");
    cli_shell_quote(&line, match->transcript);
    if (archive) {
        sb_bytes_text(&line, " --archive ");
        cli_shell_quote(&line, archive);
    }
    sb_bytes_print(&line, " --from %s --until %s -o ", sb_time_print_seconds(from, match->span.start, 6),
                   sb_time_print_seconds(until, match->span.end, 6));
    cli_shell_quote(&line, file.data ? file.data : "");
    sb_append_printable(out, line.data ? line.data : "");
    sb_bytes_text(out, "\n");
    out->failed = out->failed || id.failed || file.failed || line.failed;
    sb_bytes_finish(&id);
    sb_bytes_finish(&file);
    sb_bytes_finish(&line);
}

/* "  1  ep12  00:02:23.125  1.2 s  Ben Wilson: words before [the match] words after", and the line to cut
 * it. */
void cli_found_text(sb_bytes *out, const sb_archive_match *match, const cli_found_check *check, size_t number,
                    const char *archive, bool color)
{
    char start[SB_TIME_TEXT];
    sb_bytes_print(out, "%3zu  ", number);
    sb_append_printable(out, match->episode);
    if (match->date) {
        sb_bytes_text(out, " (");
        sb_append_printable(out, match->date);
        sb_bytes_text(out, ")");
    }
    if (match->span.start != SB_TIME_NONE)
        sb_bytes_print(out, "  %s  %.1f s", sb_time_print(start, match->span.start, 3),
                       sb_time_to_seconds(match->span.end - match->span.start));
    sb_bytes_text(out, "  ");
    if (*match->speakers) {
        sb_bytes_text(out, color ? CYAN : "");
        sb_append_printable(out, match->speakers);
        sb_bytes_text(out, color ? PLAIN ": " : ": ");
    }
    put_context(out, match, color);
    if (match->how >= SB_MATCH_FUZZY) {
        sb_bytes_text(out, "  (");
        sb_append_printable(out, match->why);
        sb_bytes_text(out, ")");
    }
    if (check && check->hearing)
        sb_bytes_print(out, "  (%s)", sb_hearing_name(check->hearing));
    else if (check) {
        sb_bytes_text(out, "  (not checked: ");
        sb_append_printable(out, check->why ? check->why : "");
        sb_bytes_text(out, ")");
    }
    sb_bytes_text(out, "\n");
    put_command(out, match, archive);
}
