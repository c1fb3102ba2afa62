#include "cli/args/args.h"

#include "base/file/file.h"
#include "cli/info/info.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static sb_status describe_source(cli_report *report, cli_context *context, const char *path, sb_error *err)
{
    cli_source source;
    sb_status status = cli_source_read(&source, context, path, err);
    bool has_layer = cli_has(context->args, CLI_OPT_SPEAKERS);
    if (!status && (source.alignment || has_layer))
        status = cli_source_plain(&source, context, err);
    else if (!status)
        status = cli_names_apply_to_transcript(&context->names, source.transcript, err);
    if (!status && source.transcript)
        status = cli_info_transcript(report, &source, err);
    else if (!status)
        status = cli_info_alignment(report, source.alignment, path, err);
    cli_source_finish(&source);
    return status;
}

static sb_status refuse_file(const char *path, cli_file_kind kind, const char *description, sb_error *err)
{
    const char *advice = kind == CLI_FILE_EMPTY ? "download or export it again"
                                                : "name audio, a transcript or a saved alignment";
    return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "is %s; %s", description, advice);
}

static sb_status describe_file(cli_report *report, cli_context *context, bool *damaged, sb_error *err)
{
    const char *path = cli_operand(context, 0), *description;
    cli_file_kind kind;
    if (cli_output_begin(context, err) || (!strcmp(path, "-") && cli_stdin_settle(context, err)) ||
        cli_file_kind_of(&kind, path, &description, err))
        return err->status;
    cli_report_begin(report, cli_has(context->args, CLI_OPT_JSON));
    sb_status status;
    if (kind == CLI_FILE_EMPTY || kind == CLI_FILE_OTHER || kind == CLI_FILE_PLAYLIST)
        status = refuse_file(path, kind, description, err);
    else if (kind == CLI_FILE_TEXT || kind == CLI_FILE_ALIGNMENT || kind == CLI_FILE_DOCUMENT)
        status = describe_source(report, context, path, err);
    else
        status = cli_info_media(report, context, path, damaged, err);
    cli_report_end(report);
    return status ? status : cli_output_end(context, &report->text, err);
}

static bool is_show(const cli_context *context)
{
    const cli_arguments *args = context->args;
    return args->n_operands && cli_show_kind_of(args->operands[0]) != CLI_SHOW_NONE;
}

static int describe_show(cli_context *context)
{
    sb_error err = {0};
    sb_show *show = NULL;
    const cli_arguments *args = context->args;
    if (!cli_output_begin(context, &err) &&
        !cli_show_read(&show, context, args->operands, args->n_operands, &err))
        cli_show_print(context, show, &err);
    int code = err.status ? cli_fail(context, &err) : show->n_paired ? CLI_EXIT_OK : CLI_EXIT_NOT_FOUND;
    sb_show_free(&show);
    return code;
}

static int refuse_second(cli_context *context)
{
    sb_error err = {0};
    const char *first = cli_operand(context, 0);
    if (access(first, F_OK))
        sb_error_set_system(&err, first, "opened", errno);
    else
        sb_error_set_at(&err, SB_ERR_ARGUMENT, first, 0, 0,
                        "is one file, so the operand %s has no meaning; leave it out",
                        cli_operand(context, 1));
    return cli_fail(context, &err);
}

static int run_info(cli_context *context)
{
    sb_error err = {0};
    if (is_show(context))
        return describe_show(context);
    if (cli_operand(context, 1))
        return refuse_second(context);
    cli_report report = {0};
    bool damaged = false;
    int code = CLI_EXIT_OK;
    if (describe_file(&report, context, &damaged, &err))
        code = cli_fail(context, &err);
    else if (damaged)
        code = CLI_EXIT_DAMAGED;
    cli_report_finish(&report);
    return code;
}

static void name_info_files(cli_context *context, sb_bytes *out)
{
    if (is_show(context))
        cli_show_name_files(out, context->args->operands, context->args->n_operands);
}

const cli_command cli_command_info = {
    .name = "info",
    .summary = "Describe a file, or show which audio and transcripts of a folder are pairs",
    .operands = (const char *const[]){"AUDIO|TRANSCRIPT|ALIGNMENT|DIR|FEED|ARCHIVE", "DIR", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL, "Audio is decoded to its end, to find its true duration and any damage."},
            {NULL, "For a transcript, the report says in which format it was read, how certain that is and "
                   "why, and shows the first turns as they were understood. If another format fits almost as "
                   "well, it is named. Names that may belong to one person, and labels instead of names, are "
                   "listed with the --alias that changes them."},
            {NULL,
             "For a folder, the report shows which audio and transcripts are pairs, and why. Folders "
             "inside it are searched too, except those for the clips of a batch. A quoted pattern such "
             "as 'show/*', an M3U playlist, the RSS feed of a podcast or an archive may be given instead. "
             "The second "
             "operand "
             "is another folder in which files are looked for, such as that of the downloads of a feed."},
            {NULL,
             "Pairs are found by the feed, by the names (the same name, season and episode, number, date, or "
             "words of the title that no other file has) and, for what is left, by content: some "
             "seconds of each audio file are searched for the words of each transcript. A file that may "
             "belong to several others is listed as doubtful and is not used. If there are several "
             "transcripts of an episode, an alignment is preferred, then one that names the speakers, "
             "then one with timestamps. A transcript that cannot be read is not paired; the reason is shown. "
             "If there "
             "are several recordings of an episode, one without raw, final or a similar word in its name is "
             "preferred, then the highest version (v2), then a lossless one. If there are no pairs, the "
             "exit code is 3."},
            {NULL,
             "A pair of a list whose audio or transcript is missing is left out, with a warning. Neither "
             "file is paired with another one then."},
            {NULL, NULL}},
    .options =
        (const cli_option_id[]){CLI_OPT_JSON, CLI_OPT_OUTPUT, CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_FROM_FORMAT,
                                CLI_OPT_SPEAKERS, CLI_OPT_ALIAS, CLI_OPT_STREAM, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite info episode.mp3", "Show codec, true duration, tags and damage."},
            {"soundbite info episode.txt --json",
             "Print format, turns, words and speakers of the transcript as JSON."},
            {"soundbite info episode.srt --alias \"Berk=Burke\"",
             "Show the transcript with both spellings as one speaker."},
            {"soundbite info show/", "Show which audio and transcripts are pairs."},
            {"soundbite info feed.xml downloads/", "Find the audio and transcripts of a feed in a folder."},
            {NULL, NULL}},
    .name_files = name_info_files,
    .run = run_info,
};
