/* Parts of single commands. */
#ifndef SB_CLI_COMMANDS_COMMANDS_H
#define SB_CLI_COMMANDS_COMMANDS_H

#include "cli/session/session.h"
#include "soundbite/media.h"
#include "soundbite/verify.h"
#include "soundbite/waveform.h"

/* Exporting waveform overviews, the only format made from the audio. */

/* Decodes the whole file, shows the progress and adds the sound to `waveform`, which may be NULL. Returns the statuses of
 * sb_decoder_read and SB_ERR_MEMORY. */
sb_status cli_decode_all(sb_decoder *decoder, sb_waveform *waveform, cli_context *context, sb_error *err);

/* Decodes the operand and appends its waveform: binary if the file of -o ends in ".dat", otherwise JSON.
 * `*damaged` is set, with a warning, if part of the audio could not be read. Returns SB_ERR_ARGUMENT if the
 * operand is a transcript or an alignment, or if quotes were selected; and the statuses of sb_decoder_open
 * and sb_decoder_read. */
sb_status cli_export_peaks(sb_bytes *out, cli_context *context, bool *damaged, sb_error *err);

/* The text output of the command verify. */

/* Appends a paragraph about one quotation: the verdict, where it was said, each difference in words, and the
 * sentences around it. */
void cli_verify_text(sb_bytes *out, const sb_verification *verification, const sb_claim *claim,
                     const sb_alignment *alignment, bool color);

#endif
