#include "cli/args/args.h"

#include "base/text/text.h"
#include "cli/session/session.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include "soundbite/export.h"
#include "soundbite/media.h"
#include "soundbite/waveform.h"

#include <stdlib.h>
#include <string.h>

static sb_status check_is_audio(const cli_context *context, const char *path, sb_error *err)
{
    cli_file_kind kind;
    const char *description;
    if (cli_selection_given(context->args))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "'peaks' always cover the whole audio; leave out the selection");
    if (cli_file_kind_of(&kind, path, &description, err))
        return err->status;
    if (kind == CLI_FILE_TEXT || kind == CLI_FILE_ALIGNMENT)
        return sb_error_set_at(
            err, SB_ERR_ARGUMENT, path, 0, 0,
            "is %s, but 'peaks' are made from the audio; name the audio: 'soundbite export AUDIO --to peaks'",
            description);
    return SB_OK;
}

static void warn_of_damage(cli_context *context, const sb_decoder *decoder)
{
    const sb_media_report *found = sb_decoder_report(decoder);
    sb_notes notes = {0};
    for (size_t i = 0; i < found->n_events; i++)
        sb_notes_add(&notes, sb_decoder_info(decoder)->path, 0, 0, "%s", found->events[i].text);
    cli_message_notes(context, &notes);
}

static sb_waveform_form peaks_form(const cli_context *context)
{
    const char *path = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    return sb_path_has_extension(path, "dat") ? SB_WAVEFORM_DAT : SB_WAVEFORM_JSON;
}

/* Binary if the file of -o ends in ".dat", otherwise JSON. */
static sb_status export_peaks(sb_bytes *out, cli_context *context, bool *damaged, sb_error *err)
{
    const char *path = cli_operand(context, 0);
    sb_decoder *decoder = NULL;
    sb_waveform *waveform = NULL;
    sb_media_params params = {.monitor = &context->monitor};
    if (check_is_audio(context, path, err) || sb_decoder_open(&decoder, path, &params, err))
        return err->status;
    const sb_media_info *info = sb_decoder_info(decoder);
    if (!sb_waveform_create(&waveform, info->sample_rate, info->channels, NULL, err) &&
        !cli_decode_all(decoder, waveform, context, err) &&
        !sb_waveform_write(out, waveform, peaks_form(context), err)) {
        warn_of_damage(context, decoder);
        *damaged = sb_decoder_report(decoder)->damaged;
    }
    sb_waveform_free(&waveform);
    sb_decoder_free(&decoder);
    return err->status;
}

static bool holds_all(const char *format)
{
    return !strcmp(format, "json") || !strcmp(format, "text");
}

static sb_status choose_quotes(sb_alignment **out, const cli_source *source, const sb_selection *selection,
                               sb_error *err)
{
    sb_matches *matches = NULL;
    if (sb_matches_find(&matches, source->alignment, selection, err))
        return err->status;
    if (matches->n_items == 0)
        cli_selection_nothing(matches, selection, source->alignment, source->path, err);
    else
        sb_matches_excerpt(out, source->alignment, matches, err);
    sb_matches_free(&matches);
    return err->status;
}

static sb_status write_export(sb_bytes *text, cli_context *context, const sb_alignment *alignment,
                              const char *format, const sb_export_params *params, sb_error *err)
{
    sb_notes notes = {0};
    sb_status status = sb_alignment_export(text, alignment, format, params, &notes, err);
    cli_message_notes(context, &notes);
    return status ? status : cli_output_end(context, text, err);
}

static sb_status export_sound(cli_context *context, bool *damaged, sb_error *err)
{
    sb_bytes peaks = {0};
    if (!cli_output_begin(context, err) && !export_peaks(&peaks, context, damaged, err))
        cli_output_end(context, &peaks, err);
    sb_bytes_finish(&peaks);
    return err->status;
}

static sb_status export_source(cli_context *context, cli_source *source, const sb_selection *selection,
                               const char *format, sb_error *err)
{
    bool chosen = cli_selection_given(context->args);
    sb_export_params params = {0};
    if (chosen && holds_all(format))
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "'%s' always contains the whole transcript; leave out the selection, or choose another format",
            format);
    if (cli_export_params_read(&params, context->args, format, err) || cli_output_begin(context, err) ||
        cli_source_read(source, context, cli_operand(context, 0), err) ||
        cli_source_plain(source, context, err))
        return err->status;
    sb_transcript_free(&source->transcript);
    sb_alignment *excerpt = NULL;
    if (chosen && choose_quotes(&excerpt, source, selection, err))
        return err->status;
    sb_bytes text = {0};
    char *media = sb_export_refers_to_audio(format)
                      ? cli_media_seen_from_output(context, source->alignment->audio.path, source->path)
                      : NULL;
    params.media = media;
    write_export(&text, context, excerpt ? excerpt : source->alignment, format, &params, err);
    free(media);
    sb_alignment_free(&excerpt);
    sb_bytes_finish(&text);
    return err->status;
}

static sb_status export(cli_context *context, cli_source *source, bool *damaged, sb_error *err)
{
    const char *format = cli_format_wanted(context->args, NULL);
    cli_selection selection = {0};
    sb_export_params params;
    const char *to = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    if (!format && to && strcmp(to, "-"))
        return sb_error_set_at(err, SB_ERR_ARGUMENT, to, 0, 0,
                               "no format has the extension of this name; add --to FORMAT, such as --to srt");
    if (!format)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "no format was given; add --to FORMAT, or end -o in .srt, .vtt, .csv or the like");
    if (sb_export_needs_audio(format))
        return cli_export_params_read(&params, context->args, format, err)
                   ? err->status
                   : export_sound(context, damaged, err);
    if (!cli_selection_read(&selection, context->args, err))
        export_source(context, source, &selection.selection, format, err);
    cli_selection_finish(&selection);
    return err->status;
}

static int run_export(cli_context *context)
{
    sb_error err = {0};
    cli_source source = {0};
    bool damaged = false;
    int code = CLI_EXIT_OK;
    if (export(context, &source, &damaged, &err))
        code = cli_fail(context, &err);
    else if (damaged)
        code = CLI_EXIT_DAMAGED;
    cli_source_finish(&source);
    return code;
}

const cli_command cli_command_export = {
    .name = "export",
    .summary = "Write a transcript or alignment in another format",
    .operands = (const char *const[]){"SOURCE", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL, "SOURCE is a transcript or an alignment file. No audio is needed. The times of a "
                   "transcript are its own timestamps. With a selection, only the selected quotes are "
                   "written, each as one turn. If nothing matches, the exit code is 3."},
            {NULL, "With --alias, the format text keeps the names of the input. All other formats have the "
                   "new names."},
            {NULL, "edl, fcpxml and otio refer to the audio by its path relative to the folder of -o, or to "
                   "the current folder if the output is standard output. An absolute path stays absolute."},
            {NULL, "The format peaks needs the audio file as SOURCE. The output is binary if its name ends "
                   "in .dat, else JSON."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_TO, CLI_OPT_OUTPUT, CLI_OPT_FPS, CLI_OPT_TRANSCRIPT_FORMAT,
                                       CLI_OPT_SPEAKERS, CLI_OPT_ALIAS, CLI_SELECTION_OPTIONS, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite export episode.json --to vtt -o episode.vtt",
             "Write WebVTT captions with speakers and the times of the audio."},
            {"soundbite export episode.json --to text > corrected.txt",
             "Write the transcript with corrected timestamps."},
            {"soundbite export episode.json --speaker \"ben*\" --min-length 20s --to edl --fps 25",
             "Write Ben's longer turns as an edit list."},
            {NULL, NULL}},
    .run = run_export,
};
