#include "cli/args/args.h"

#include "base/text/text.h"

#include "cli/session/session.h"
#include "cli/term/term.h"

#define CONTEXT_WORDS 6
#define BOLD          "\033[1m"
#define CYAN          "\033[36m"
#define PLAIN         "\033[0m"

static void add_json(sb_bytes *out, const sb_match *match)
{
    sb_json_writer json = {.out = out};
    sb_json_begin(&json, NULL, '{');
    sb_json_int(&json, "n", (int64_t)match->number);
    sb_json_text(&json, "speaker", match->speaker);
    sb_json_text(&json, "text", match->text);
    sb_json_time(&json, "start", match->span.start);
    sb_json_time(&json, "end", match->span.end);
    sb_json_number(&json, "confidence", match->confidence, 3);
    sb_json_text(&json, "phrase", match->phrase);
    sb_json_int(&json, "first_turn", (int64_t)match->first_turn);
    sb_json_int(&json, "last_turn", (int64_t)match->last_turn);
    sb_json_bool(&json, "estimated", match->estimated);
    sb_json_int(&json, "not_heard", (int64_t)match->n_not_heard);
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
}

static void add_words(sb_bytes *out, const sb_aligned_turn *turn, size_t from, size_t until)
{
    for (size_t i = from; i < until && i < turn->n_words; i++) {
        sb_bytes_text(out, i > from ? sb_word_gap(turn->words[i - 1].text, turn->words[i].text) : "");
        sb_append_printable(out, turn->words[i].text);
    }
}

static void add_before(sb_bytes *out, const sb_aligned_turn *turn, size_t first)
{
    if (first == 0)
        return;
    size_t from = first > CONTEXT_WORDS ? first - CONTEXT_WORDS : 0;
    sb_bytes_text(out, from ? "... " : "");
    add_words(out, turn, from, first);
    sb_bytes_text(out, sb_word_gap(turn->words[first - 1].text, turn->words[first].text));
}

static void add_after(sb_bytes *out, const sb_aligned_turn *turn, size_t last)
{
    if (last + 1 >= turn->n_words)
        return;
    sb_bytes_text(out, sb_word_gap(turn->words[last].text, turn->words[last + 1].text));
    add_words(out, turn, last + 1, last + 1 + CONTEXT_WORDS);
    sb_bytes_text(out, last + 1 + CONTEXT_WORDS < turn->n_words ? " ..." : "");
}

/* If the quote has no times, shows those of its turn. */
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
static void add_line(sb_bytes *out, const sb_match *match, const sb_alignment *alignment, bool color)
{
    const sb_aligned_turn *first = &alignment->turns[match->first_turn],
                          *last = &alignment->turns[match->last_turn];
    sb_bytes_print(out, "%3zu  ", match->number);
    add_times(out, match, first, alignment->method == SB_METHOD_NONE ? 0 : 3);
    if (match->speaker) {
        sb_bytes_text(out, color ? CYAN : "");
        sb_append_printable(out, match->speaker);
        sb_bytes_text(out, color ? PLAIN ": " : ": ");
    }
    add_before(out, first, match->first_word);
    sb_bytes_text(out, color ? BOLD : "[");
    sb_append_printable(out, match->text);
    sb_bytes_text(out, color ? PLAIN : "]");
    add_after(out, last, match->last_word);
    sb_bytes_text(out, "\n");
}

static sb_status print(cli_context *context, const sb_matches *matches, const sb_alignment *alignment,
                       sb_error *err)
{
    sb_bytes text = {0};
    bool as_json = cli_has(context->args, CLI_OPT_JSON);
    for (size_t i = 0; i < matches->n_items; i++)
        if (as_json)
            add_json(&text, &matches->items[i]);
        else
            add_line(&text, &matches->items[i], alignment, context->color_out && !context->output);
    sb_status status = cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return status;
}

static sb_status find(cli_context *context, cli_source *source, const sb_selection *selection, sb_error *err)
{
    sb_matches *matches = NULL;
    if (cli_output_begin(context, err) || cli_source_read(source, context, cli_operand(context, 0), err) ||
        cli_source_plain(source, context, err))
        return err->status;
    if (sb_matches_find(&matches, source->alignment, selection, err))
        return err->status;
    if (matches->n_items == 0)
        cli_selection_nothing(matches, selection, source->alignment, source->path, err);
    else
        print(context, matches, source->alignment, err);
    sb_matches_free(&matches);
    return err->status;
}

static int run(cli_context *context)
{
    sb_error err = {0};
    cli_source source = {0};
    cli_selection selection = {0};
    int code = CLI_EXIT_OK;
    if (cli_selection_read(&selection, context->args, &err) ||
        find(context, &source, &selection.selection, &err))
        code = cli_fail(context, &err);
    cli_source_finish(&source);
    cli_selection_finish(&selection);
    return code;
}

const cli_command cli_command_find = {
    .name = "find",
    .summary = "List quotes by phrase, pattern, speaker or time",
    .operands = (const char *const[]){"SOURCE", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL,
             "SOURCE is a transcript or an alignment file. No audio is needed. The times of a transcript are "
             "its own timestamps. If nothing matches, the nearest passage is shown and the exit code is 3."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_JSON, CLI_OPT_OUTPUT, CLI_OPT_TRANSCRIPT_FORMAT,
                                       CLI_OPT_SPEAKERS, CLI_OPT_ALIAS, CLI_SELECTION_OPTIONS, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite find episode.txt --phrase \"imposter syndrome\"",
             "List every place where somebody says it."},
            {"soundbite find episode.json --speaker \"ben*\" --min-length 20s --max-length 45s",
             "List Ben's turns that have a good length for a clip."},
            {"soundbite find episode.json --regex 'scal(e|ing)' --expand sentence --json",
             "List whole sentences that match, one JSON object per line."},
            {NULL, NULL}},
    .run = run,
};
