#include "cli/args/args.h"

#include "base/json/json.h"
#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"

#include "cli/session/session.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include <stdlib.h>

#define CONTEXT_WORDS 6
#define BOLD          "\033[1m"
#define CYAN          "\033[36m"
#define PLAIN         "\033[0m"

static void add_json_match(sb_bytes *out, const sb_match *match, const sb_alignment *alignment,
                           sb_turn_index *at)
{
    sb_json_writer json = {.out = out};
    sb_json_begin(&json, NULL, '{');
    sb_json_int(&json, "n", (int64_t)match->number);
    char *speakers = sb_match_speakers(match);
    sb_json_text(&json, "speaker", speakers && *speakers ? speakers : NULL);
    if (match->n_speakers > 1) {
        sb_json_begin(&json, "speakers", '[');
        for (size_t i = 0; i < match->n_speakers; i++)
            sb_json_text(&json, NULL, match->speakers[i]);
        sb_json_end(&json, ']');
    }
    sb_json_text(&json, "text", match->text);
    sb_json_time(&json, "start", match->span.start);
    sb_json_time(&json, "end", match->span.end);
    sb_json_number(&json, "confidence", match->confidence, 3);
    sb_json_text(&json, "phrase", match->phrase);
    sb_json_int(&json, "first_turn", (int64_t)sb_turn_index_of(at, alignment, match->first_turn));
    sb_json_int(&json, "last_turn", (int64_t)sb_turn_index_of(at, alignment, match->last_turn));
    sb_json_bool(&json, "estimated", match->estimated);
    sb_json_int(&json, "not_heard", (int64_t)match->n_not_heard);
    sb_json_text(&json, "match", sb_match_how_print(match->how));
    sb_json_number(&json, "score", match->score, 3);
    sb_json_text(&json, "why", match->why);
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
    out->failed = out->failed || !speakers;
    free(speakers);
}

static const sb_aligned_word *row_word_at(const sb_aligned_turn *rows, size_t row, size_t word)
{
    return &rows[row].words[word];
}

/* Goes one word back in the turn. Returns false at its start. */
static bool step_back(const sb_aligned_turn *rows, size_t *row, size_t *word)
{
    while (*word == 0) {
        if (!rows[*row].goes_on || *row == 0)
            return false;
        --*row;
        *word = rows[*row].n_words;
    }
    --*word;
    return true;
}

/* Goes one word forward in the turn, from before word `*word`. Returns false at its end. */
static bool step_forward(const sb_alignment *alignment, size_t *row, size_t *word)
{
    ++*word;
    while (*word >= alignment->turns[*row].n_words) {
        if (*row + 1 == alignment->n_turns || !alignment->turns[*row + 1].goes_on)
            return false;
        ++*row;
        *word = 0;
    }
    return true;
}

/* Up to six words of the turn before the match. */
static void add_before(sb_bytes *out, const sb_alignment *alignment, const sb_match *match)
{
    const sb_aligned_turn *rows = alignment->turns;
    const sb_aligned_word *words[CONTEXT_WORDS + 1] = {
        row_word_at(rows, match->first_turn, match->first_word)};
    size_t row = match->first_turn, word = match->first_word, n = 0;
    while (n < CONTEXT_WORDS && step_back(rows, &row, &word))
        words[++n] = row_word_at(rows, row, word);
    sb_bytes_text(out, n == CONTEXT_WORDS && step_back(rows, &row, &word) ? "... " : "");
    for (; n > 0; n--) {
        sb_append_printable(out, words[n]->text);
        sb_bytes_text(out, sb_word_gap(words[n]->text, words[n - 1]->text));
    }
}

static void add_after(sb_bytes *out, const sb_alignment *alignment, const sb_match *match)
{
    size_t row = match->last_turn, word = match->last_word;
    const sb_aligned_word *before = row_word_at(alignment->turns, row, word);
    for (int n = 0; step_forward(alignment, &row, &word); n++) {
        if (n == CONTEXT_WORDS) {
            sb_bytes_text(out, " ...");
            return;
        }
        const sb_aligned_word *next = row_word_at(alignment->turns, row, word);
        sb_bytes_text(out, sb_word_gap(before->text, next->text));
        sb_append_printable(out, next->text);
        before = next;
    }
}

static void add_times(sb_bytes *out, const sb_match *match, const sb_aligned_turn *turn, int decimals)
{
    char text[SB_TIME_TEXT];
    bool placed = match->span.start != SB_TIME_NONE;
    sb_bytes_print(out, "%s  ", sb_time_print(text, placed ? match->span.start : turn->start, decimals));
    if (placed && match->span.end != SB_TIME_NONE)
        sb_bytes_print(out, "%5.1f s  ", sb_time_to_seconds(match->span.end - match->span.start));
    else
        sb_bytes_print(out, "%9s", "");
}

/* " 3 00:05:43.120 4.2 s Ben Wilson: ... words before [the quote] words after ..." */
static void add_match_line(sb_bytes *out, const sb_match *match, const sb_alignment *alignment, bool color)
{
    sb_bytes_print(out, "%3zu  ", match->number);
    add_times(out, match, &alignment->turns[match->first_turn], alignment->method == SB_METHOD_NONE ? 0 : 3);
    char *speakers = sb_match_speakers(match);
    if (speakers && *speakers) {
        sb_bytes_text(out, color ? CYAN : "");
        sb_append_printable(out, speakers);
        sb_bytes_text(out, color ? PLAIN ": " : ": ");
    }
    out->failed = out->failed || !speakers;
    free(speakers);
    add_before(out, alignment, match);
    sb_bytes_text(out, color ? BOLD : "[");
    sb_append_printable(out, match->text);
    sb_bytes_text(out, color ? PLAIN : "]");
    add_after(out, alignment, match);
    if (match->how >= SB_MATCH_FUZZY) {
        sb_bytes_text(out, "  (");
        sb_append_printable(out, match->why);
        sb_bytes_text(out, ")");
    }
    sb_bytes_text(out, "\n");
}

static sb_status print(cli_context *context, const sb_matches *matches, const sb_alignment *alignment,
                       sb_error *err)
{
    sb_bytes text = {0};
    sb_turn_index at = {0};
    bool as_json = cli_has(context->args, CLI_OPT_JSON);
    for (size_t i = 0; i < matches->n_items; i++)
        if (as_json)
            add_json_match(&text, &matches->items[i], alignment, &at);
        else
            add_match_line(&text, &matches->items[i], alignment, context->color_out && !context->output);
    sb_status status = cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return status;
}

static sb_status find_in_source(cli_context *context, cli_source *source, const sb_selection *selection,
                                sb_error *err)
{
    sb_matches *matches = NULL;
    if (cli_output_begin(context, err) || cli_source_read(source, context, cli_operand(context, 0), err) ||
        cli_source_plain(source, context, err))
        return err->status;
    sb_transcript_free(&source->transcript);
    if (sb_matches_find(&matches, source->alignment, selection, err))
        return err->status;
    if (matches->n_items == 0)
        cli_selection_nothing(matches, selection, source->alignment, source->path, err);
    else
        print(context, matches, source->alignment, err);
    cli_selection_note_later(context, matches);
    sb_matches_free(&matches);
    return err->status;
}

/* The second operand is one more phrase. */
static sb_status add_operand(const char ***phrases, sb_selection *selection, const cli_context *context,
                             sb_error *err)
{
    const char *text = cli_operand(context, 1);
    size_t n = selection->n_phrases;
    if (!text)
        return SB_OK;
    *phrases = calloc(n + 1, sizeof **phrases);
    if (!*phrases)
        return sb_error_memory(err, "reading the options");
    for (size_t i = 0; i < n; i++)
        (*phrases)[i] = selection->phrases[i];
    (*phrases)[n] = text;
    selection->phrases = *phrases;
    selection->n_phrases = n + 1;
    selection->or_alike = true;
    return SB_OK;
}

static int run_find(cli_context *context)
{
    sb_error err = {0};
    cli_source source = {0};
    cli_selection selection = {0};
    const char **phrases = NULL;
    int code = CLI_EXIT_OK;
    if (cli_selection_read(&selection, context->args, &err) ||
        add_operand(&phrases, &selection.selection, context, &err) ||
        find_in_source(context, &source, &selection.selection, &err))
        code = cli_fail(context, &err);
    cli_source_finish(&source);
    cli_selection_finish(&selection);
    free(phrases);
    return code;
}

const cli_command cli_command_find = {
    .name = "find",
    .summary = "List quotes by phrase, pattern, speaker or time",
    .operands = (const char *const[]){"SOURCE", "TEXT", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL,
             "SOURCE is a transcript or an alignment file. No audio is needed. The times of a transcript are "
             "its own timestamps. If nothing matches, the nearest passage is shown and the exit code is 3."},
            {NULL, "TEXT is a phrase, as with --phrase. If it is not found, passages that have its words "
                   "near each other are listed, as with --near. If there are none, passages that sound like "
                   "it are listed, as with --sounds-like. The best matches come first. Each line says why "
                   "the passage matches; with --json, the keys match, score and why say so."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_JSON, CLI_OPT_OUTPUT, CLI_OPT_TRANSCRIPT_FORMAT,
                                       CLI_OPT_SPEAKERS, CLI_OPT_ALIAS, CLI_SELECTION_OPTIONS, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite find episode.txt --phrase \"imposter syndrome\"",
             "List every place where somebody says it."},
            {"soundbite find episode.txt \"mice in the transmitter\"",
             "List where somebody says it, or says something like it."},
            {"soundbite find episode.json --speaker \"ben*\" --min-length 20s --max-length 45s",
             "List Ben's turns that have a good length for a clip."},
            {"soundbite find episode.json --regex 'scal(e|ing)' --expand sentence --json",
             "List whole sentences that match, one JSON object per line."},
            {NULL, NULL}},
    .run = run_find,
};
