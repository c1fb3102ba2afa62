#include "cli/session/session.h"

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
