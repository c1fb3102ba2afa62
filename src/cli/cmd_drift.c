#include "commands.h"

#include "messages.h"
#include "output.h"
#include "side_file.h"
#include "source.h"

#include "soundbite/drift.h"

#include <string.h>

#define TEXT_COLUMNS 80

/* A saved alignment speaks of the audio it was made from only. */
static sb_status check_audio(const cli_source *source, const char *audio_path, sb_error *err)
{
    char sha256[SB_SHA256_TEXT];
    if (source->transcript || !strcmp(audio_path, "-"))
        return SB_OK;
    if (sb_file_sha256(sha256, audio_path, err))
        return err->status;
    if (!strcmp(sha256, source->alignment->audio.sha256))
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_MISMATCH, source->path, 0, 0,
                           "was made from other audio than %s; align the transcript to this one", audio_path);
}

static sb_status print(cli_context *context, const sb_drift *drift, const sb_alignment *alignment,
                       sb_error *err)
{
    sb_bytes text = {0};
    if (cli_has(context->args, CLI_OPT_JSON)) {
        sb_drift_json(&text, drift, alignment);
        if (text.size && text.data[text.size - 1] != '\n')
            sb_bytes_text(&text, "\n");
    } else {
        sb_drift_text(&text, drift, alignment, TEXT_COLUMNS);
    }
    sb_status status = cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return status;
}

static sb_status write_page(cli_context *context, cli_side_file *page, const sb_drift *drift,
                            const sb_alignment *alignment, sb_error *err)
{
    sb_bytes html = {0};
    if (page->path)
        sb_drift_html(&html, drift, alignment);
    sb_status status = cli_side_file_write(page, context, &html, err);
    sb_bytes_finish(&html);
    return status;
}

static sb_status measure(cli_context *context, cli_source *source, sb_drift **drift, cli_side_file *page,
                         sb_error *err)
{
    const char *audio_path = cli_operand(context, 0), *source_path = cli_operand(context, 1);
    const cli_align_how how = {.force = true};
    if (cli_source_check_pair(context, audio_path, source_path, err) ||
        cli_side_file_open(page, context, CLI_OPT_HTML, err) || cli_output_begin(context, err))
        return err->status;
    if (cli_source_read(source, context, source_path, err) || check_audio(source, audio_path, err))
        return err->status;
    if (cli_source_align(source, context, audio_path, &how, err))
        return err->status;
    sb_drift_params params = {.max_drift = cli_time(context->args, CLI_OPT_MAX_DRIFT, SB_TIME_NONE)};
    if (sb_drift_measure(drift, source->alignment, &params, err))
        return err->status;
    if (write_page(context, page, *drift, source->alignment, err))
        return err->status;
    return print(context, *drift, source->alignment, err);
}

static int run(cli_context *context)
{
    sb_error err = {0};
    cli_source source = {0};
    sb_drift *drift = NULL;
    cli_side_file page = {0};
    int code = CLI_EXIT_OK;
    if (measure(context, &source, &drift, &page, &err))
        code = err.status == SB_ERR_MISMATCH ? (cli_fail(context, &err), CLI_EXIT_DRIFT)
                                             : cli_fail(context, &err);
    else if (drift->verdict != SB_VERDICT_OK)
        code = CLI_EXIT_DRIFT;
    else if (source.alignment->audio.damaged)
        code = CLI_EXIT_DAMAGED;
    cli_side_file_finish(&page);
    sb_drift_free(&drift);
    cli_source_finish(&source);
    return code;
}

const cli_command cli_command_drift = {
    .name = "drift",
    .summary = "Say how far a transcript's stamps are from what is heard",
    .operands = (const char *const[]){"AUDIO", "TRANSCRIPT", NULL},
    .n_needed = 2,
    .details =
        "The offset, the clock's rate, inserted and removed passages, the errors of the stamps and what is "
        "suspicious about the turns. Exits with 4 where a stamp is wrong by more than --max-drift, or where "
        "the transcript does not belong to the audio. In place of the transcript, an alignment made from it "
        "and this audio will do.",
    .options = (const cli_option_id[]){CLI_OPT_MAX_DRIFT, CLI_OPT_JSON, CLI_OPT_HTML, CLI_OPT_OUTPUT,
                                       CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_METHOD, CLI_OPT_DICT,
                                       CLI_OPT_BOUNDARY_MODEL, CLI_OPT_STREAM, CLI_OPT_NO_CACHE, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite drift episode.mp3 episode.txt", "Prints a page about the transcript."},
            {"soundbite drift episode.mp3 episode.txt --max-drift 2s --json > drift.json",
             "For a check before publishing: exit code 4 where a stamp is wrong by more than two seconds."},
            {"soundbite drift episode.mp3 episode.txt --html episode.html",
             "A page with a plot of every error, the waveform and the transcript; opened beside the audio, a "
             "click on a word plays it."},
            {NULL, NULL}},
    .run = run,
};
