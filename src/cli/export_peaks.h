/* The one format of export that is made of the sound. */
#ifndef SB_CLI_EXPORT_PEAKS_H
#define SB_CLI_EXPORT_PEAKS_H

#include "context.h"

/* Decodes the operand and appends its waveform: binary where the file of -o ends in ".dat", else JSON. `*damaged` tells
 * that the audio could be read only in part, which is then a warning. SB_ERR_ARGUMENT where the operand is a transcript or an
 * alignment, or quotes were selected; as sb_decoder_open and sb_decoder_read. */
sb_status cli_export_peaks(sb_bytes *out, cli_context *context, bool *damaged, sb_error *err);

#endif
