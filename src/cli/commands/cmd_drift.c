#include "cli/args/args.h"

#include "cli/clips/clips.h"
#include "cli/drift/drift.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "cli/term/term.h"

#include "soundbite/export.h"

#include <string.h>

#define TEXT_COLUMNS 80

static sb_status print(cli_context *context, const cli_drift *drift, sb_error *err)
{
    sb_bytes text = {0};
    if (cli_has(context->args, CLI_OPT_JSON)) {
        sb_drift_write_json(&text, drift->drift, drift->source.alignment);
        if (text.size && text.data[text.size - 1] != '\n')
            sb_bytes_text(&text, "\n");
    } else {
        sb_drift_write_text(&text, drift->drift, drift->source.alignment, TEXT_COLUMNS);
    }
    sb_status status = cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return status;
}

static sb_status write_page(cli_context *context, cli_side_file *page, const cli_drift *drift, sb_error *err)
{
    sb_bytes html = {0};
    if (page->path)
        sb_drift_write_html(&html, drift->drift, drift->source.alignment);
    sb_status status = cli_side_file_write(page, context, &html, err);
    sb_bytes_finish(&html);
    return status;
}

static bool moves_stamps(const sb_alignment *alignment)
{
    for (size_t i = 0; i < alignment->n_map; i++)
        if (alignment->map[i].offset != 0 || alignment->map[i].rate_ppm != 0)
            return true;
    return false;
}

/* With an uncertain pairing, a uniform shift of the timestamps is not written. */
static bool may_be_fixed(const cli_context *context, const cli_drift *drift)
{
    sb_verdict verdict = drift->drift->verdict;
    if (cli_has(context->args, CLI_OPT_ALLOW_MISMATCH))
        return true;
    return verdict != SB_VERDICT_MISMATCH &&
           (verdict != SB_VERDICT_UNSURE || !moves_stamps(drift->source.alignment));
}

/* A transcript that may not belong to the audio has no correct timestamps. */
static sb_status write_fixed(cli_context *context, cli_side_file *fixed, const cli_drift *drift,
                             sb_error *err)
{
    sb_notes notes = {0};
    sb_bytes text = {0};
    if (!fixed->path)
        return SB_OK;
    if (!may_be_fixed(context, drift)) {
        cli_message_warning(context, fixed->path,
                            "was not written because the transcript %s belong to the audio; --allow-mismatch "
                            "writes it anyway",
                            drift->drift->verdict == SB_VERDICT_UNSURE ? "may not" : "does not");
        return SB_OK;
    }
    if (!sb_alignment_export(&text, drift->source.alignment, "text", NULL, &notes, err))
        cli_side_file_write(fixed, context, &text, err);
    cli_message_notes(context, &notes);
    sb_bytes_finish(&text);
    return err->status;
}

static sb_status open_side_files(cli_side_file *page, cli_side_file *fixed, cli_context *context,
                                 sb_error *err)
{
    const char *page_path = cli_text(context->args, CLI_OPT_HTML, NULL);
    const char *fixed_path = cli_text(context->args, CLI_OPT_FIXED, NULL);
    if (page_path && fixed_path && !strcmp(page_path, fixed_path))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--html and --fixed would both write to %s; name another file",
                            strcmp(page_path, "-") ? page_path : "standard output");
    if (cli_side_file_open(page, context, CLI_OPT_HTML, err))
        return err->status;
    return cli_side_file_open(fixed, context, CLI_OPT_FIXED, err);
}

static sb_status measure_episode(cli_context *context, cli_drift *drift, sb_error *err)
{
    cli_side_file page = {0}, fixed = {0};
    if (!open_side_files(&page, &fixed, context, err) && !cli_output_begin(context, err) &&
        !cli_drift_measure(drift, context, cli_operand(context, 0), cli_operand(context, 1), NULL, err) &&
        !write_page(context, &page, drift, err) && !write_fixed(context, &fixed, drift, err))
        print(context, drift, err);
    cli_side_file_finish(&page);
    cli_side_file_finish(&fixed);
    return err->status;
}

static int run_episode(cli_context *context)
{
    sb_error err = {0};
    cli_drift drift = {0};
    int code = CLI_EXIT_OK;
    if (measure_episode(context, &drift, &err))
        code = cli_drift_fail(context, &drift, &err);
    else if (cli_drift_is_wrong(drift.drift->verdict))
        code = CLI_EXIT_DRIFT;
    else if (cli_has(context->args, CLI_OPT_FIXED) && !may_be_fixed(context, &drift))
        code = CLI_EXIT_FAILED;
    else if (drift.source.alignment->audio.damaged)
        code = CLI_EXIT_DAMAGED;
    cli_drift_finish(&drift);
    return code;
}

/* Returns the given option that requires a single episode. */
static const char *single_output(const cli_context *context)
{
    static const cli_option_id ids[] = {CLI_OPT_HTML, CLI_OPT_FIXED, CLI_OPT_SPEAKERS};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (cli_has(context->args, ids[i]))
            return cli_options[ids[i]].name;
    return NULL;
}

static int run_drift(cli_context *context)
{
    sb_error err = {0};
    const char *list = cli_text(context->args, CLI_OPT_LIST, NULL), *single = single_output(context);
    if (!list && !cli_has(context->args, CLI_OPT_JOBS))
        return run_episode(context);
    if (list && !single)
        return cli_drift_list(context, list);
    if (!list)
        sb_error_set(&err, SB_ERR_ARGUMENT, "--jobs needs --list; leave it out for one episode");
    else
        sb_error_set(&err, SB_ERR_ARGUMENT,
                     "--%s is for one episode, not for a --list; leave out one of the two", single);
    return cli_fail(context, &err);
}

static void name_listed_files(cli_context *context, sb_bytes *out)
{
    const char *list = cli_text(context->args, CLI_OPT_LIST, NULL);
    if (list && cli_show_kind_of(list) != CLI_SHOW_NONE)
        cli_show_name_files(out, &list, 1);
    else if (list)
        cli_list_name_files(out, list);
}

const cli_command cli_command_drift = {
    .name = "drift",
    .summary = "Measure how far a transcript's timestamps are from the audio",
    .operands = (const char *const[]){"AUDIO", "TRANSCRIPT", NULL},
    .n_needed = 2,
    .instead = (const cli_option_id[]){CLI_OPT_LIST, CLI_OPT_END},
    .details =
        (const cli_detail[]){
            {NULL, "The report shows the offset, the clock rate, inserted and removed passages, the error of "
                   "each timestamp, and turns that look wrong. TRANSCRIPT may also be an alignment that was "
                   "made from it and this audio. The verdict is one of:"},
            {"ok", "The timestamps are right within --max-drift."},
            {"drift", "Timestamps are wrong by more than --max-drift. The exit code is 4."},
            {"mismatch", "The transcript does not belong to the audio. The exit code is 4."},
            {"unsure",
             "There is too little evidence to tell whether the transcript belongs to the audio. This is a "
             "warning and the exit code is 0. With --strict it is an error and the exit code is 1."},
            {NULL,
             "--list measures many episodes. Do not give AUDIO and TRANSCRIPT with it. The list may be a "
             "folder, a quoted pattern, a playlist or the feed of a podcast, whose audio and "
             "transcripts are paired as by info. Otherwise its columns or keys are:"},
            {"audio", "The audio file, relative to the folder of the list."},
            {"transcript", "The transcript, relative to the folder of the list."},
            {"id", "The name of the episode."},
            {"language", "The language of the transcript, as in --language."},
            {"alias", "A new name for a speaker, as in --alias."},
            {NULL, "The list may also have the other columns of batch. The output is one line per episode, "
                   "the worst first. With --json it is one object per episode, which starts with its id, "
                   "audio, transcript and line. A row that fails does not stop the others; the exit code is "
                   "then 1. With --strict, a row with the verdict unsure fails."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_MAX_DRIFT, CLI_OPT_JSON, CLI_OPT_HTML, CLI_OPT_OUTPUT,
                                       CLI_OPT_FIXED, CLI_OPT_LIST, CLI_OPT_JOBS, CLI_OPT_TRANSCRIPT_FORMAT,
                                       CLI_OPT_FROM_FORMAT, CLI_OPT_SPEAKERS, CLI_OPT_ALIAS,
                                       CLI_ALIGN_OPTIONS, CLI_OPT_STRICT_PAIR, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite drift episode.mp3 episode.txt", "Print a report about the transcript."},
            {"soundbite drift episode.mp3 episode.txt --max-drift 2s --json > drift.json",
             "Check before publishing: the exit code is 4 if a timestamp is wrong by more than two seconds."},
            {"soundbite drift episode.mp3 episode.txt --html episode.html",
             "Write a page with a plot of all errors, the waveform and the transcript. If the audio is in "
             "the same folder, a click on a word plays it."},
            {"soundbite drift episode.mp3 episode.srt --fixed corrected.srt",
             "Write the captions with corrected times. Nothing else in the file changes."},
            {"soundbite drift --list episodes.csv --json > drift.jsonl", "Check all episodes of a show."},
            {"soundbite drift --list show/", "Check all episodes in a folder."},
            {NULL, NULL}},
    .has_temporaries = true,
    .name_files = name_listed_files,
    .run = run_drift,
};
