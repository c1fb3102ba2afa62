/* Parts of single commands. */
#ifndef SB_CLI_COMMANDS_COMMANDS_H
#define SB_CLI_COMMANDS_COMMANDS_H

#include "cli/session/session.h"
#include "soundbite/media.h"
#include "soundbite/remap.h"
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

/* Chapters inside audio files, for the command remap. */

/* Appends the chapters of an audio file as JSON chapters. Returns SB_ERR_FORMAT if it has none; the statuses of
 * sb_chapters_read. */
sb_status cli_chapters_of_media(sb_bytes *out, const char *path, sb_error *err);

/* Returns the file of -o if its name is that of an audio file with chapters, or else NULL. */
const char *cli_chapters_copy_path(const cli_context *context);

/* Writes the moved items as chapters into a copy of the source's audio. Returns SB_ERR_IO if the audio is not found; the
 * statuses of sb_chapters_write. */
sb_status cli_chapters_copy(const cli_context *context, const cli_source *source, const sb_time_list *list,
                            const sb_moved_item *moved, sb_error *err);

#endif
