#include "commands.h"

#include "messages.h"
#include "output.h"
#include "pairing.h"
#include "source.h"
#include "stdin_audio.h"
#include "verify_text.h"

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

static sb_status read_claims(verify_run *run, const cli_context *context, sb_error *err)
{
    bool ok = true;
    const char *path = cli_text(context->args, CLI_OPT_QUOTE_FILE, NULL);
    size_t n_quotes = cli_texts(context->args, CLI_OPT_QUOTE, &run->quotes, &ok);
    if (!n_quotes && !path)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "no quote to check; give one with --quote TEXT, or a list with --quote-file FILE");
    if (path && !strcmp(path, "-") &&
        (!strcmp(cli_operand(context, 0), "-") || !strcmp(cli_operand(context, 1), "-")))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "standard input can be read once only; name a file instead of one -");
    if (path && read_list(run, path, err))
        return err->status;
    run->n = n_quotes + (run->list ? run->list->n_items : 0);
    run->claims = calloc(run->n, sizeof *run->claims);
    run->results = calloc(run->n, sizeof *run->results);
    if (!ok || !run->claims || !run->results)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory; close other programs");
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
                           "is not the audio that %s was made from; name the transcript to align again, or "
                           "go by the alignment alone with --allow-mismatch",
                           source->path);
}

static sb_status align(verify_run *run, cli_context *context, sb_error *err)
{
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

static sb_status print(cli_context *context, const verify_run *run, sb_error *err)
{
    sb_bytes text = {0};
    bool as_json = cli_has(context->args, CLI_OPT_JSON), color = context->color_out && !context->output;
    for (size_t i = 0; i < run->n; i++) {
        if (!as_json) {
            cli_verify_text(&text, &run->results[i], &run->claims[i], run->source.alignment, color);
            continue;
        }
        sb_verification_json(&text, &run->results[i], &run->claims[i]);
        sb_bytes_text(&text, "\n");
    }
    sb_status status = cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return status;
}

static void sum_up(cli_context *context, const verify_run *run)
{
    size_t n[SB_QUOTE_NOT_SAID + 1] = {0}, n_wrong = 0;
    for (size_t i = 0; i < run->n; i++) {
        n[run->results[i].verdict]++;
        n_wrong += run->results[i].attribution == SB_ATTRIBUTION_WRONG;
    }
    if (run->source.alignment->method != SB_METHOD_ACOUSTIC &&
        run->source.alignment->pairing == SB_PAIRING_OK)
        cli_message_warning(context, NULL,
                            "the words were placed by %s, not by their sound: what the transcript says was "
                            "compared, hardly what is heard",
                            sb_method_name(run->source.alignment->method));
    cli_message_note(context, "%zu quote%s: %zu verbatim, %zu elided, %zu altered, %zu not said", run->n,
                     cli_plural(run->n), n[SB_QUOTE_VERBATIM], n[SB_QUOTE_ELIDED], n[SB_QUOTE_ALTERED],
                     n[SB_QUOTE_NOT_SAID]);
    if (n[SB_QUOTE_NOT_HEARD])
        cli_message_note(context, "%zu in the transcript, but not heard in the audio", n[SB_QUOTE_NOT_HEARD]);
    if (n[SB_QUOTE_UNSURE])
        cli_message_warning(context, NULL,
                            "%zu in the transcript, but unsure in the audio; listen to the places named",
                            n[SB_QUOTE_UNSURE]);
    if (n_wrong)
        cli_message_note(context, "%zu said by somebody else than the speaker named", n_wrong);
}

static int exit_code(const cli_context *context, const verify_run *run)
{
    bool altered = false, unsure = false;
    for (size_t i = 0; i < run->n; i++) {
        const sb_verification *v = &run->results[i];
        if (v->verdict >= SB_QUOTE_NOT_HEARD || v->attribution == SB_ATTRIBUTION_WRONG)
            return CLI_EXIT_NOT_FOUND;
        altered = altered || v->verdict >= SB_QUOTE_ALTERED || v->places->n_unheard;
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
        sb_quote_verify(run.results, run.source.alignment, run.claims, run.n, &context->monitor, &err) ||
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
    .summary = "Check whether quotes were said, and word for word",
    .operands = (const char *const[]){"AUDIO", "SOURCE", NULL},
    .n_needed = 2,
    .details =
        "SOURCE is a transcript, which is aligned first as for clip, or a saved alignment. Each quote is "
        "verbatim, elided (verbatim but for words left out at an ellipsis), altered, unsure, not heard or "
        "not "
        "said; with the "
        "differences in words, the time, the speaker and the sentences around. Case, accents, punctuation "
        "and hyphens are no differences, and number words equal digits. A quote that was said more than "
        "once has all its places.\n\n"
        "In a quote ..., [...] and (...) stand for words left out, as many as there are. What is in square "
        "brackets is the editor's: [the mayor] may stand for a word or a few, or be put in, and [T]he or "
        "work[ed] for the word as said; neither is an alteration. Words left out without an ellipsis are. "
        "Words that the transcript has and the audio does not are told, and count as altered where they are "
        "quoted; a single one between words that were heard is told and does not count. A quote of which "
        "half or more would have to be different was not said; the nearest "
        "passage is shown.\n\n"
        "The transcript alone does not make a quote said. It is not heard where it stands in the transcript, "
        "but half or more of its words were not heard in the audio, and unsure where the audio tells too "
        "little: fewer than a quarter of its words were heard for sure, or it is unsure whether the "
        "transcript "
        "belongs to the audio at all. By energy no words are heard; the quote is then compared with the "
        "transcript alone, and a warning says so.\n\n"
        "In a --quote-file, blank lines and those that begin with # are skipped. With a speaker, the quote "
        "must be that person's: a part of the name will do, and * stands for anything.\n\n"
        "Exit code 3 where a quote was not said, not heard, or said by somebody else than the speaker named; "
        "altered quotes are 0, or 1 with --exact, and so are quotes with a word that was not heard; unsure "
        "ones are 0 with a warning, or 1 with --exact or --strict.\n\n"
        "With --json each quote is an object a line: id, quote, speaker (as claimed), verdict (verbatim, "
        "elided, altered, unsure, not-heard, not-said), attribution (right, wrong, null), words (of the "
        "quote), places, and "
        "nearest, the one place nearest to a quote that was not said. A place has start, end, speaker, "
        "speakers (all whose words are quoted), text, confidence, differences (in words), left_out (words), "
        "heard (quoted words that were heard for sure; null where no words were listened for), not_heard "
        "(quoted words that the transcript has and the audio does not), before and after (speaker "
        "and text of the sentences around), and "
        "diff: pieces with kind, quote, said, start and end, whose kind is same, missing, added, changed, "
        "left-out, bracket, not-heard or aside (a few words of somebody else in between).",
    .options = (const cli_option_id[]){CLI_OPT_QUOTE, CLI_OPT_QUOTE_FILE, CLI_OPT_EXACT, CLI_OPT_JSON,
                                       CLI_OPT_OUTPUT, CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_FROM_FORMAT,
                                       CLI_ALIGN_OPTIONS, CLI_OPT_STRICT_PAIR, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite verify episode.mp3 episode.txt --quote \"water ... finds every crack\"",
             "Was that said, by whom, and what was left out?"},
            {"soundbite verify episode.mp3 episode.json --quote-file quotes.csv --json > checked.jsonl",
             "All the quotes of an article, with their speakers; exit code 3 where one was not said."},
            {"soundbite verify episode.mp3 episode.json --quote-file quotes.txt --exact -q",
             "For a check before printing: exit code 1 where a quote is altered, 3 where it was not said."},
            {NULL, NULL}},
    .run = run_verify,
};
