#include "commands.h"

#include "formats.h"
#include "messages.h"
#include "output.h"
#include "source.h"

#include "soundbite/export.h"

static sb_status export(cli_context *context, cli_source *source, sb_bytes *text, sb_error *err)
{
    const char *format = cli_format_wanted(context->args, NULL);
    if (!format)
        return sb_error_set(err, SB_ERR_ARGUMENT, "export needs --to FORMAT; see 'soundbite export --help'");
    if (cli_output_begin(context, err) || cli_source_read(source, context, cli_operand(context, 0), err) ||
        cli_source_plain(source, err))
        return err->status;
    sb_notes notes = {0};
    sb_status status = sb_export(text, source->alignment, format, NULL, &notes, err);
    cli_message_notes(context, &notes);
    return status ? status : cli_output_end(context, text, err);
}

static int run(cli_context *context)
{
    sb_error err = {0};
    sb_bytes text = {0};
    cli_source source = {0};
    int code = export(context, &source, &text, &err) ? cli_fail(context, &err) : CLI_EXIT_OK;
    cli_source_finish(&source);
    sb_bytes_finish(&text);
    return code;
}

const cli_command cli_command_export = {
    .name = "export",
    .summary = "Write a transcript or alignment in another format",
    .operands = (const char *const[]){"SOURCE", NULL},
    .n_needed = 1,
    .details = "SOURCE is a transcript or a saved alignment; no audio is needed. With a transcript alone the "
               "times are "
               "its own; with an alignment they are those of the audio.",
    .options = (const cli_option_id[]){CLI_OPT_TO, CLI_OPT_OUTPUT, CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_END},
    .examples = (const cli_example[]){{"soundbite export episode.json --to vtt -o episode.vtt",
                                       "WebVTT captions with speakers and the times as heard."},
                                      {"soundbite export episode.json --to text > corrected.txt",
                                       "The transcript as it was, its stamps corrected."},
                                      {NULL, NULL}},
    .run = run,
};
