#include "cli/commands/commands.h"

#include "cli/args/args.h"
#include "cli/session/session.h"
#include "cli/term/term.h"

#include "soundbite/media.h"
#include "soundbite/waveform.h"

#include <string.h>
#include <strings.h>

static sb_status check(const cli_context *context, const char *path, sb_error *err)
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

sb_status cli_decode_all(sb_decoder *decoder, sb_waveform *waveform, cli_context *context, sb_error *err)
{
    const sb_media_info *info = sb_decoder_info(decoder);
    double total_s = info->header_duration > 0 ? sb_time_to_seconds(info->header_duration) : 0;
    sb_pcm block;
    do {
        if (sb_decoder_read(decoder, &block, err) ||
            (waveform && sb_waveform_push(waveform, block.planes, block.n_samples, err)))
            return err->status;
        double done_s = (double)sb_decoder_report(decoder)->n_samples / info->sample_rate;
        cli_progress_step(&context->progress, "decode", done_s, total_s);
    } while (block.n_samples > 0);
    cli_progress_clear(&context->progress);
    return SB_OK;
}

static void warn(cli_context *context, const sb_decoder *decoder)
{
    const sb_media_report *found = sb_decoder_report(decoder);
    sb_notes notes = {0};
    for (size_t i = 0; i < found->n_events; i++)
        sb_notes_add(&notes, sb_decoder_info(decoder)->path, 0, 0, "%s", found->events[i].text);
    cli_message_notes(context, &notes);
}

static sb_waveform_form wanted_form(const cli_context *context)
{
    const char *path = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    const char *dot = path ? strrchr(path, '.') : NULL;
    return dot && !strcasecmp(dot, ".dat") ? SB_WAVEFORM_DAT : SB_WAVEFORM_JSON;
}

sb_status cli_export_peaks(sb_bytes *out, cli_context *context, bool *damaged, sb_error *err)
{
    const char *path = cli_operand(context, 0);
    sb_decoder *decoder = NULL;
    sb_waveform *waveform = NULL;
    sb_media_params params = {.monitor = &context->monitor};
    if (check(context, path, err) || sb_decoder_open(&decoder, path, &params, err))
        return err->status;
    const sb_media_info *info = sb_decoder_info(decoder);
    if (!sb_waveform_create(&waveform, info->sample_rate, info->channels, NULL, err) &&
        !cli_decode_all(decoder, waveform, context, err) &&
        !sb_waveform_write(out, waveform, wanted_form(context), err)) {
        warn(context, decoder);
        *damaged = sb_decoder_report(decoder)->damaged;
    }
    sb_waveform_free(&waveform);
    sb_decoder_free(&decoder);
    return err->status;
}
