/* Exporting waveform overviews, the only format made from the audio. */
#ifndef SB_CLI_EXPORT_PEAKS_H
#define SB_CLI_EXPORT_PEAKS_H

#include "context.h"

/* Decodes the operand and appends its waveform: binary if the file of -o ends in ".dat", otherwise JSON.
 * `*damaged` is set, with a warning, if part of the audio could not be read. Returns SB_ERR_ARGUMENT if the
 * operand is a transcript or an alignment, or if quotes were selected; and the statuses of sb_decoder_open
 * and sb_decoder_read. */
sb_status cli_export_peaks(sb_bytes *out, cli_context *context, bool *damaged, sb_error *err);

#endif
