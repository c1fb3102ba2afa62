#include "cli/args/args.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "cli/clips/clips.h"
#include "cli/session/session.h"
#include "cli/source/source.h"
#include "cli/term/term.h"
#include "cli/verify/verify.h"

#include <stdlib.h>
#include <string.h>

/* The state of one run of the command. */
typedef struct verify_run {
    cli_source source;
    cli_claims claims;
    sb_verification *results;
    size_t *order; /* the order in which the results are shown */
    cli_quote_clips clips;
    cli_side_file page;
} verify_run;

static void finish_verify_run(verify_run *run)
{
    cli_quote_clips_finish(&run->clips);
    for (size_t i = 0; run->results && i < run->claims.n_items; i++)
        sb_verification_finish(&run->results[i]);
    free(run->results);
    free(run->order);
    cli_side_file_finish(&run->page);
    cli_claims_finish(&run->claims);
    cli_source_finish(&run->source);
}

/* The operand AUDIO may be missing. */
static bool has_audio(const cli_context *context)
{
    return cli_operand(context, 1) != NULL;
}

static const char *source_operand(const cli_context *context)
{
    return cli_operand(context, has_audio(context) ? 1 : 0);
}

/* A saved alignment says which words were heard, even if its audio is not given. */
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
    return SB_OK;
}

/* With the paths of its files, a line can be a row of a list for batch. */
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

static size_t rank_of(const sb_verification *v)
{
    bool said = v->n_places && v->verdict != SB_QUOTE_NOT_SAID;
    return (size_t)v->verdict * 10 + (said ? v->places->grade : 0);
}

/* Puts the worst first; equal ones stay in their order. */
static void sort_worst(size_t *order, size_t n, const sb_verification *results)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && rank_of(&results[order[k]]) > rank_of(&results[order[k - 1]]); k--) {
            size_t swap = order[k];
            order[k] = order[k - 1];
            order[k - 1] = swap;
        }
}

/* Judges the quotes twice: first to find their places, then with the doubts about words that were heard again
 * there. */
static sb_status judge(verify_run *run, cli_context *context, size_t n, sb_error *err)
{
    sb_alignment *alignment = run->source.alignment;
    const char *audio = has_audio(context) ? cli_operand(context, 0) : NULL;
    if (sb_claims_verify(run->results, alignment, run->claims.items, n, &context->monitor, err) || !audio ||
        cli_quotes_hear_again(context, audio, alignment, run->results, n, err))
        return err->status;
    for (size_t i = 0; i < n; i++)
        sb_verification_finish(&run->results[i]);
    return sb_claims_verify(run->results, alignment, run->claims.items, n, &context->monitor, err);
}

static sb_status verify(verify_run *run, cli_context *context, sb_error *err)
{
    size_t n;
    if (cli_claims_complete(&run->claims, context, run->source.alignment, err))
        return err->status;
    n = run->claims.n_items;
    run->results = calloc(n + 1, sizeof *run->results);
    run->order = calloc(n + 1, sizeof *run->order);
    if (!run->results || !run->order)
        return sb_error_memory(err, "verifying quotations");
    if (judge(run, context, n, err))
        return err->status;
    for (size_t i = 0; i < n; i++)
        run->order[i] = i;
    if (cli_has(context->args, CLI_OPT_WORST_FIRST))
        sort_worst(run->order, n, run->results);
    return cli_quote_clips_make(&run->clips, context, has_audio(context), run->source.alignment, run->results,
                                n, err);
}

static sb_status print(cli_context *context, const verify_run *run, sb_error *err)
{
    sb_bytes text = {0};
    bool as_json = cli_has(context->args, CLI_OPT_JSON), color = context->color_out && !context->output;
    for (size_t k = 0; k < run->claims.n_items; k++) {
        const sb_verification *result = &run->results[run->order[k]];
        const sb_claim *claim = &run->claims.items[run->order[k]];
        if (!as_json) {
            cli_verify_text(&text, result, claim, run->source.alignment, color);
            continue;
        }
        sb_verification_write_json(&text, result, claim);
        add_files(&text, context, run);
        sb_bytes_text(&text, "\n");
    }
    sb_status status = cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return status;
}

static const char *what_was_checked(const verify_run *run, const cli_context *context)
{
    const sb_alignment *a = run->source.alignment;
    if (a->method == SB_METHOD_ACOUSTIC && has_audio(context))
        return "Checked against the transcript and the audio.";
    if (a->method == SB_METHOD_ACOUSTIC)
        return "Checked against an alignment that says which words were heard; the audio was not read.";
    return "Checked against the transcript only, not against what is heard.";
}

static sb_status write_page(verify_run *run, const cli_context *context, sb_error *err)
{
    const char *article = cli_text(context->args, CLI_OPT_ARTICLE, NULL);
    const char *title = article ? article : run->source.alignment->transcript.title;
    title = title ? title : source_operand(context);
    return cli_quote_page_write(&run->page, context, &run->clips, run->results, run->claims.items,
                                run->claims.n_items, sb_path_name(title), what_was_checked(run, context),
                                err);
}

static void say_what_was_checked(cli_context *context, const verify_run *run)
{
    const sb_alignment *a = run->source.alignment;
    if (!has_audio(context) && a->method == SB_METHOD_ACOUSTIC)
        cli_message_warning(context, NULL,
                            "no audio was given; the alignment says which words were heard, but it was not "
                            "compared with the audio");
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

/* Counts the verdicts that were given, the good ones first. */
static void sum_up(cli_context *context, const verify_run *run)
{
    static const char *const names[SB_QUOTE_NOT_SAID + 1] = {
        [SB_QUOTE_VERBATIM] = "verbatim",
        [SB_QUOTE_ELIDED] = "elided",
        [SB_QUOTE_TOO_SHORT] = "too short to judge",
        [SB_QUOTE_ALTERED] = "altered",
        [SB_QUOTE_UNSURE] = "unsure",
        [SB_QUOTE_MISLEADING] = "misleading",
        [SB_QUOTE_WRONG_SPEAKER] = "by another speaker",
        [SB_QUOTE_NOT_HEARD] = "not heard",
        [SB_QUOTE_NOT_SAID] = "not said",
    };
    size_t n[SB_QUOTE_NOT_SAID + 1] = {0}, n_wrong = 0;
    sb_bytes counts = {0};
    for (size_t i = 0; i < run->claims.n_items; i++) {
        n[run->results[i].verdict]++;
        n_wrong += run->results[i].attribution == SB_ATTRIBUTION_WRONG;
    }
    for (size_t v = 0; v <= SB_QUOTE_NOT_SAID; v++)
        if (n[v])
            sb_bytes_print(&counts, "%s%zu %s", counts.size ? ", " : "", n[v], names[v]);
    say_what_was_checked(context, run);
    if (counts.size)
        cli_message_note(context, "%zu quote%s: %s", run->claims.n_items, cli_plural(run->claims.n_items),
                         counts.data);
    sb_bytes_finish(&counts);
    if (n[SB_QUOTE_UNSURE])
        cli_message_warning(context, NULL,
                            "the audio does not confirm every word of %zu quote%s; listen to %s",
                            n[SB_QUOTE_UNSURE], cli_plural(n[SB_QUOTE_UNSURE]),
                            n[SB_QUOTE_UNSURE] == 1 ? "it at the time shown" : "them at the times shown");
    if (n_wrong > n[SB_QUOTE_WRONG_SPEAKER])
        cli_message_note(context, "%zu said by another speaker than the one named", n_wrong);
}

static int exit_code(const cli_context *context, const verify_run *run)
{
    bool altered = false, unsure = false;
    for (size_t i = 0; i < run->claims.n_items; i++) {
        const sb_verification *v = &run->results[i];
        if (v->verdict >= SB_QUOTE_MISLEADING)
            return CLI_EXIT_NOT_FOUND;
        altered = altered || v->verdict == SB_QUOTE_ALTERED || v->verdict == SB_QUOTE_UNSURE;
        unsure = unsure || v->verdict == SB_QUOTE_UNSURE;
    }
    int clips =
        run->clips.folder ? cli_clips_exit(run->clips.results, run->clips.n_results, false) : CLI_EXIT_OK;
    if (clips != CLI_EXIT_OK)
        return clips;
    if ((altered && cli_has(context->args, CLI_OPT_EXACT)) || (unsure && cli_pairing_is_strict(context)))
        return CLI_EXIT_FAILED;
    return run->source.alignment->audio.damaged ? CLI_EXIT_DAMAGED : CLI_EXIT_OK;
}

static sb_status run_all(verify_run *run, cli_context *context, sb_error *err)
{
    if (cli_claims_read(&run->claims, context, err) ||
        cli_quote_clips_check(context, has_audio(context), err) ||
        cli_side_file_open(&run->page, context, CLI_OPT_PAGE, err) || cli_output_begin(context, err) ||
        align(run, context, err) || verify(run, context, err))
        return err->status;
    if (cli_quote_clips_report(&run->clips, context, run->results, run->claims.items, err) ||
        write_page(run, context, err))
        return err->status;
    return print(context, run, err);
}

static int run_verify(cli_context *context)
{
    sb_error err = {0};
    verify_run run = {0};
    int code;
    if (run_all(&run, context, &err)) {
        code = cli_fail(context, &err);
    } else {
        sum_up(context, &run);
        code = exit_code(context, &run);
    }
    finish_verify_run(&run);
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
             "condition, a name, an amount, or words of another speaker in between). A word beside the quote "
             "that changes its sense (\"minus\", \"half\") is missing from it."},
            {"unsure",
             "The quote is in the transcript, but fewer than a quarter of its words, or of eight in "
             "sequence, were clearly heard. Or a word may not have been said: another word, another "
             "number or no word fits the sound much better, or a negation was not found among words that "
             "were clearly heard. Or it is uncertain whether the transcript belongs to the audio."},
            {"misleading", "An ellipsis or a bracket removes or adds a negation, a condition or a "
                           "question, joins the words of "
                           "two speakers, or spans more than 30 words."},
            {"too short", "In an article, a single word, or two words without a speaker."},
            {"wrong speaker", "The quote was said, but not by the speaker that is named."},
            {"not heard",
             "The quote is in the transcript, but words of it were not heard in the audio: two or more in "
             "sequence, or a number, a negation, a condition or a name."},
            {"not said",
             "In every passage, at least half of the words are different. The nearest passage is shown."},
            {NULL,
             "The output also shows the words that differ, the time, the speaker and the sentences "
             "around the quote. If a quote was said several times, all places are shown. Case, "
             "accents, punctuation and hyphens are ignored. Numbers match in words and in digits. "
             "Between two numbers, another sign is a difference of style (\"3-2\" for \"3:2\"), and a "
             "slash, which may make a fraction, is one of substance (\"3-2\" for \"3/2\"). In dates and "
             "telephone numbers, a slash is the same as a hyphen or a blank."},
            {NULL,
             "In a quote, ..., [...] and (...) stand for any number of omitted words. Square brackets mark "
             "the editor's words: [the mayor] may be added or replace a few words, and [T]he or work[ed] may "
             "adapt a word. Neither is an alteration. These are alterations: words omitted without an "
             "ellipsis, words of another speaker within the quote, and a single word that was not heard."},
            {NULL, "In an --article, the quotation marks of all languages are recognised. Nested marks are "
                   "part of the quote. A quote over several paragraphs is one quote. An interrupted quote "
                   "(\"I went,\" said Ann, \"and came back.\") is one quote if its sentence continues. The "
                   "speaker is the person named beside the quote with a verb such as said, before a colon, "
                   "or with \"according to\". The report shows those words of the article. A speaker may "
                   "also be inferred, from \"she said\" or from the quote before it in the paragraph. An "
                   "inferred speaker never causes the verdict wrong speaker."},
            {NULL,
             "With AUDIO, English words of the quotes are heard again, to notice words that are wrong in the "
             "transcript. Similar words (\"hired\", \"fired\") are rarely noticed."},
            {NULL, "Energy alignment does not hear words. Quotes are then compared with the transcript only, "
                   "and a warning says so."},
            {NULL, "In a --quote-file, blank lines and lines that start with # are skipped. If a quote has a "
                   "speaker, that person must have said it. One word of the name is enough, and * matches "
                   "any text."},
            {NULL, "Exit codes:"},
            {"0", "All quotes were said. Altered quotes count as said; unsure quotes cause a warning."},
            {"1", "With --exact, a quote is altered or unsure, or one of its words was not heard. With "
                  "--strict, a quote is unsure."},
            {"3", "A quote was not said, was not heard, was said by another speaker than the one named, or "
                  "has a misleading elision."},
            {NULL, "--json prints one object per quote:"},
            {"id", "The id of the quote, as given."},
            {"quote", "The quote, as given."},
            {"speaker", "The speaker, as given."},
            {"verdict", "verbatim, elided, altered, unsure, misleading-elision, wrong-speaker, too-short, "
                        "not-heard or not-said."},
            {"wording", "The same without regard to the speaker."},
            {"attribution", "right, wrong or similar (no speaker has that name, but the one who said it has "
                            "a similar name); null if no speaker was given or the speaker is unknown."},
            {"checked", "audio, or transcript if the words were not searched in the audio."},
            {"words", "The number of words in the quote."},
            {"grade", "The worst grade at the first place; null if there are no differences."},
            {"differences", "The items of diff at the first place whose kind is not same."},
            {"places", "All places at which the quote was said."},
            {"nearest", "The nearest place, if it was not said."},
            {"audio", "The audio file. With it, the output is a list for soundbite batch, which cuts the "
                      "words that were found."},
            {"transcript", "The transcript or alignment file."},
            {"paragraph", "For an article: the number of the paragraph, from 1."},
            {"source", "For an article: the words that name the speaker."},
            {"inferred", "For an article: true if source has no name, so the speaker is inferred."},
            {"clip", "With --clips: the file of the clip."},
            {NULL, "A place has:"},
            {"start, end", "The times in the audio."},
            {"speaker", "The speaker."},
            {"speakers", "All speakers whose words are quoted."},
            {"text", "The words of the transcript."},
            {"confidence", "From 0 to 1."},
            {"differences", "The number of words that differ."},
            {"left_out", "The number of omitted words."},
            {"heard", "The number of quoted words that were clearly heard; null if the audio was not "
                      "searched for words."},
            {"not_heard", "The number of quoted words that are in the transcript but not in the audio."},
            {"doubted", "The words that may not have been said, in quotation marks; null if there are none."},
            {"unnegated",
             "The words with which a negation may have been said that the transcript does not have."},
            {"before, after", "The sentences before and after the quote, each with speaker and text."},
            {"diff",
             "A list of pieces with kind, quote, said, start, end, grade, misleads and speaker. kind is "
             "same, missing, added, changed, left-out, bracket or not-heard. misleads lists negation, "
             "condition, question, speakers and length. speaker is set if another speaker said the words."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_QUOTE, CLI_OPT_QUOTE_FILE, CLI_OPT_ARTICLE, CLI_OPT_CLIPS,
                                       CLI_OPT_ARCHIVE, CLI_OPT_PAGE, CLI_OPT_WORST_FIRST, CLI_OPT_EXACT,
                                       CLI_OPT_JSON, CLI_OPT_OUTPUT, CLI_OPT_TRANSCRIPT_FORMAT,
                                       CLI_OPT_FROM_FORMAT, CLI_OPT_SPEAKERS, CLI_OPT_ALIAS,
                                       CLI_ALIGN_OPTIONS, CLI_OPT_STRICT_PAIR, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite verify episode.mp3 episode.txt --quote \"water ... finds every crack\"",
             "Show whether this was said, who said it, and which words were omitted."},
            {"soundbite verify episode.mp3 episode.json --quote-file quotes.csv --json > checked.jsonl",
             "Check all quotes of an article with their speakers. The exit code is 3 if one was not said."},
            {"soundbite verify episode.mp3 episode.txt --article story.docx --html check.html --worst-first",
             "Check every quote of an article, and write a page on which each can be heard."},
            {"soundbite verify episode.mp3 episode.json --quote-file quotes.txt --exact -q",
             "Check before printing: the exit code is 1 if a quote is altered and 3 if it was not said."},
            {NULL, NULL}},
    .has_temporaries = true,
    .run = run_verify,
};
