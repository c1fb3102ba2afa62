#include "cli/args/args.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "cli/commands/commands.h"
#include "cli/session/session.h"
#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>

#define LIST_LIMIT ((size_t)64 << 20)

/* The state of one run of the command. */
typedef struct verify_run {
    cli_source source;
    const char **quotes; /* from --quote */
    sb_claims *list;     /* from --quote-file */
    sb_claim *claims;    /* all of them */
    sb_verification *results;
    size_t n;
} verify_run;

static void finish_run(verify_run *run)
{
    for (size_t i = 0; run->results && i < run->n; i++)
        sb_verification_finish(&run->results[i]);
    free(run->results);
    free(run->claims);
    free(run->quotes);
    sb_claims_free(&run->list);
    cli_source_finish(&run->source);
}

static sb_status read_list(verify_run *run, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    if (!sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_claims_read(&run->list, bytes.data, bytes.size, path, err);
    sb_bytes_finish(&bytes);
    return err->status;
}

/* The audio may lack. */
static bool has_audio(const cli_context *context)
{
    return cli_operand(context, 1) != NULL;
}

static const char *source_operand(const cli_context *context)
{
    return cli_operand(context, has_audio(context) ? 1 : 0);
}

static sb_status read_claims(verify_run *run, const cli_context *context, sb_error *err)
{
    bool ok = true;
    const char *path = cli_text(context->args, CLI_OPT_QUOTE_FILE, NULL);
    size_t n_quotes = cli_texts(context->args, CLI_OPT_QUOTE, &run->quotes, &ok);
    if (!n_quotes && !path)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "there is no quote to check; add one with --quote TEXT, or a list with --quote-file FILE");
    if (path && !strcmp(path, "-") &&
        (!strcmp(source_operand(context), "-") || !strcmp(cli_operand(context, 0), "-")))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "standard input can be read only once; name a file instead of one of the -");
    if (path && read_list(run, path, err))
        return err->status;
    run->n = n_quotes + (run->list ? run->list->n_items : 0);
    run->claims = calloc(run->n, sizeof *run->claims);
    run->results = calloc(run->n, sizeof *run->results);
    if (!ok || !run->claims || !run->results)
        return sb_error_memory(err, "verifying quotations");
    for (size_t i = 0; i < run->n; i++)
        run->claims[i] = i < n_quotes ? (sb_claim){.quote = run->quotes[i]} : run->list->items[i - n_quotes];
    return SB_OK;
}

/* A saved alignment is valid only for the audio that was aligned. */
static sb_status check_audio(const cli_context *context, const cli_source *source, const char *audio_path,
                             sb_error *err)
{
    char sha256[SB_SHA256_TEXT];
    const char *expected = source->alignment->audio.sha256;
    if (source->transcript || !*expected || cli_has(context->args, CLI_OPT_ALLOW_MISMATCH))
        return SB_OK;
    if (sb_file_sha256(sha256, audio_path, err) || !strcmp(sha256, expected))
        return err->status;
    return sb_error_set_at(err, SB_ERR_MISMATCH, audio_path, 0, 0,
                           "is not the audio that %s was made from; name the transcript to align it again, "
                           "or use the alignment anyway with --allow-mismatch",
                           source->path);
}

/* A saved alignment without its audio still knows which words were heard. */
static sb_status read_alone(verify_run *run, cli_context *context, sb_error *err)
{
    const char *path = source_operand(context), *description;
    cli_file_kind kind;
    if (cli_file_kind_of(&kind, path, &description, err))
        return err->status;
    if (kind == CLI_FILE_MEDIA)
        return sb_error_set_at(err, SB_ERR_ARGUMENT, path, 0, 0,
                               "is audio, and there is no transcript; name it after the audio");
    if (cli_source_read(&run->source, context, path, err))
        return err->status;
    return cli_source_plain(&run->source, context, err);
}

static sb_status align(verify_run *run, cli_context *context, sb_error *err)
{
    if (!has_audio(context))
        return read_alone(run, context, err);
    if (cli_stdin_audio(context, err))
        return err->status;
    const char *audio_path = cli_operand(context, 0), *source_path = cli_operand(context, 1);
    const cli_align_how how = cli_align_how_given(context);
    if (cli_source_check_pair(context, audio_path, source_path, err) ||
        cli_source_read(&run->source, context, source_path, err) ||
        cli_source_align(&run->source, context, audio_path, &how, err))
        return err->status;
    return check_audio(context, &run->source, audio_path, err);
}

/* With the names of its files a line is a row of a list for batch. */
static void add_files(sb_bytes *text, const cli_context *context, const verify_run *run)
{
    sb_json_writer json = {.out = text, .need_comma = true};
    if (text->size == 0 || text->data[text->size - 1] != '}')
        return;
    text->size--;
    sb_json_text(&json, "audio",
                 has_audio(context) ? cli_operand(context, 0) : run->source.alignment->audio.path);
    sb_json_text(&json, "transcript", source_operand(context));
    sb_json_end(&json, '}');
}

static sb_status print(cli_context *context, const verify_run *run, sb_error *err)
{
    sb_bytes text = {0};
    bool as_json = cli_has(context->args, CLI_OPT_JSON), color = context->color_out && !context->output;
    for (size_t i = 0; i < run->n; i++) {
        if (!as_json) {
            cli_verify_text(&text, &run->results[i], &run->claims[i], run->source.alignment, color);
            continue;
        }
        sb_verification_write_json(&text, &run->results[i], &run->claims[i]);
        add_files(&text, context, run);
        sb_bytes_text(&text, "\n");
    }
    sb_status status = cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return status;
}

static void say_what_was_checked(cli_context *context, const verify_run *run)
{
    const sb_alignment *a = run->source.alignment;
    if (!has_audio(context) && a->method == SB_METHOD_ACOUSTIC)
        cli_message_warning(context, NULL,
                            "no audio was given; what was heard is taken from the alignment, which is not "
                            "compared with any audio now");
    else if (!has_audio(context))
        cli_message_warning(context, NULL,
                            "no audio was given, so the quotes were compared with the transcript only, not "
                            "with what is heard; name the audio before the transcript to check both");
    else if (a->method != SB_METHOD_ACOUSTIC && a->pairing == SB_PAIRING_OK)
        cli_message_warning(context, NULL,
                            "the words were placed by %s, so the quotes were compared with the transcript "
                            "only, not with what is heard",
                            sb_method_name(a->method));
}

static void sum_up(cli_context *context, const verify_run *run)
{
    size_t n[SB_QUOTE_NOT_SAID + 1] = {0}, n_wrong = 0;
    for (size_t i = 0; i < run->n; i++) {
        n[run->results[i].verdict]++;
        n_wrong += run->results[i].attribution == SB_ATTRIBUTION_WRONG;
    }
    say_what_was_checked(context, run);
    cli_message_note(context, "%zu quote%s: %zu verbatim, %zu elided, %zu altered, %zu not said", run->n,
                     cli_plural(run->n), n[SB_QUOTE_VERBATIM], n[SB_QUOTE_ELIDED], n[SB_QUOTE_ALTERED],
                     n[SB_QUOTE_NOT_SAID]);
    if (n[SB_QUOTE_MISLEADING])
        cli_message_note(context, "%zu with an ellipsis or a bracket that changes the meaning",
                         n[SB_QUOTE_MISLEADING]);
    if (n[SB_QUOTE_NOT_HEARD])
        cli_message_note(context, "%zu in the transcript but not heard in the audio", n[SB_QUOTE_NOT_HEARD]);
    if (n[SB_QUOTE_UNSURE])
        cli_message_warning(context, NULL,
                            "%zu in the transcript but unsure in the audio; listen to the places named",
                            n[SB_QUOTE_UNSURE]);
    if (n_wrong)
        cli_message_note(context, "%zu said by another speaker than the one named", n_wrong);
}

static int exit_code(const cli_context *context, const verify_run *run)
{
    bool altered = false, unsure = false;
    for (size_t i = 0; i < run->n; i++) {
        const sb_verification *v = &run->results[i];
        if (v->verdict >= SB_QUOTE_MISLEADING)
            return CLI_EXIT_NOT_FOUND;
        altered = altered || v->verdict >= SB_QUOTE_ALTERED;
        unsure = unsure || v->verdict == SB_QUOTE_UNSURE;
    }
    if ((altered && cli_has(context->args, CLI_OPT_EXACT)) || (unsure && cli_pairing_is_strict(context)))
        return CLI_EXIT_FAILED;
    return run->source.alignment->audio.damaged ? CLI_EXIT_DAMAGED : CLI_EXIT_OK;
}

static int run_verify(cli_context *context)
{
    sb_error err = {0};
    verify_run run = {0};
    int code;
    if (read_claims(&run, context, &err) || cli_output_begin(context, &err) || align(&run, context, &err) ||
        sb_claims_verify(run.results, run.source.alignment, run.claims, run.n, &context->monitor, &err) ||
        print(context, &run, &err)) {
        code = cli_fail(context, &err);
    } else {
        sum_up(context, &run);
        code = exit_code(context, &run);
    }
    finish_run(&run);
    return code;
}

const cli_command cli_command_verify = {
    .name = "verify",
    .summary = "Check whether quotes were said word for word",
    .operands = (const char *const[]){"AUDIO", "SOURCE", NULL},
    .n_needed = 2,
    .first_may_lack = true,
    .details =
        (const cli_detail[]){
            {NULL, "SOURCE is a transcript, which is aligned first, or an alignment file. Without AUDIO, the "
                   "quotes are compared with the transcript only, and a warning says so. Each quote gets "
                   "one verdict:"},
            {"verbatim", "The words are exactly those that were said."},
            {"elided", "The quote is verbatim, except for words omitted at an ellipsis."},
            {"altered",
             "Some of the words are different. Each difference has a grade: style (\"didn't\" for "
             "\"did not\", a filler word), wording (other words), or substance (a number, a negation, a "
             "condition, a name, an amount, or words of another speaker in between)."},
            {"unsure", "The quote is in the transcript, but fewer than a quarter of its words were heard for "
                       "certain, or it is uncertain whether the transcript belongs to the audio."},
            {"misleading", "An ellipsis or a bracket removes or adds a negation, a condition or a "
                           "question, joins the words of "
                           "two speakers, or spans more than 30 words."},
            {"wrong speaker", "The quote was said, but not by the person that it is given to."},
            {"not heard",
             "The quote is in the transcript, but words of it were not heard in the audio: two or more in "
             "sequence, or a number, a negation, a condition or a name."},
            {"not said",
             "Half or more of the words would have to be different. The nearest passage is shown."},
            {NULL, "The output also shows the words that differ, the time, the speaker and the sentences "
                   "around the quote. If a quote was said several times, all places are shown. Case, "
                   "accents, punctuation and hyphens are ignored. Numbers match in words and in digits."},
            {NULL,
             "In a quote, ..., [...] and (...) stand for any number of omitted words. Square brackets mark "
             "the editor's words: [the mayor] may be added or replace a few words, and [T]he or work[ed] may "
             "adapt a word. Neither is an alteration. Words omitted without an ellipsis are an alteration, "
             "and so "
             "are words of another speaker within the quote. A single word that was not heard is one too."},
            {NULL, "Energy alignment does not hear words. Quotes are then compared with the transcript only, "
                   "and a warning says so."},
            {NULL,
             "In a --quote-file, blank lines and lines that start with # are skipped. If a quote has a "
             "speaker, that person must have said it. A part of the name is enough, and * matches any text."},
            {NULL, "Exit codes:"},
            {"0", "All quotes were said. Altered quotes count as said; unsure quotes cause a warning."},
            {"1", "With --exact, a quote is altered or unsure, or one of its words was not heard. With "
                  "--strict, a quote is unsure."},
            {"3", "A quote was not said, not heard, said by another speaker than the named one, or has a "
                  "misleading elision."},
            {NULL, "--json prints one object per quote:"},
            {"id", "The id of the quote, as given."},
            {"quote", "The quote, as given."},
            {"speaker", "The speaker, as given."},
            {"verdict", "verbatim, elided, altered, unsure, misleading-elision, wrong-speaker, not-heard or "
                        "not-said."},
            {"wording", "The same without regard to the speaker."},
            {"attribution", "right or wrong; null if no speaker was given or the speaker is unknown."},
            {"checked", "audio, or transcript if the words were not searched in the audio."},
            {"words", "The number of words in the quote."},
            {"grade", "The worst grade at the first place; null if there are no differences."},
            {"differences", "The pieces of diff at the first place that are not the same."},
            {"places", "All places where it was said."},
            {"nearest", "The nearest place, if it was not said."},
            {"audio, transcript",
             "The files, so that the output is a list for soundbite batch: it cuts the words that were "
             "found."},
            {NULL, "A place has:"},
            {"start, end", "The times in the audio."},
            {"speaker", "The speaker."},
            {"speakers", "All speakers whose words are quoted."},
            {"text", "The words of the transcript."},
            {"confidence", "From 0 to 1."},
            {"differences", "The number of words that differ."},
            {"left_out", "The number of omitted words."},
            {"heard",
             "The number of quoted words that were heard for certain; null if the alignment has no words."},
            {"not_heard", "The number of quoted words that are in the transcript but not in the audio."},
            {"before, after", "The sentences around it, each with speaker and text."},
            {"diff",
             "A list of pieces with kind, quote, said, start, end, grade, misleads and speaker. kind is "
             "same, "
             "missing, added, changed, left-out, bracket or not-heard. misleads lists negation, condition, "
             "question, speakers and length. speaker is set if the words are another speaker's."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_QUOTE, CLI_OPT_QUOTE_FILE, CLI_OPT_EXACT, CLI_OPT_JSON,
                                       CLI_OPT_OUTPUT, CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_FROM_FORMAT,
                                       CLI_OPT_SPEAKERS, CLI_OPT_ALIAS, CLI_ALIGN_OPTIONS,
                                       CLI_OPT_STRICT_PAIR, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite verify episode.mp3 episode.txt --quote \"water ... finds every crack\"",
             "Show whether this was said, who said it, and which words were omitted."},
            {"soundbite verify episode.mp3 episode.json --quote-file quotes.csv --json > checked.jsonl",
             "Check all quotes of an article with their speakers. The exit code is 3 if one was not said."},
            {"soundbite verify episode.mp3 episode.json --quote-file quotes.txt --exact -q",
             "Check before printing: the exit code is 1 if a quote is altered and 3 if it was not said."},
            {NULL, NULL}},
    .run = run_verify,
};
