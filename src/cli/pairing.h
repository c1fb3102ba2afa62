/* Messages and errors if the transcript may not belong to the audio. */
#ifndef SB_CLI_PAIRING_H
#define SB_CLI_PAIRING_H

#include "context.h"

#include "soundbite/align.h"

/* Returns true with --strict. */
bool cli_pairing_is_strict(const cli_context *context);

/* Returns SB_ERR_MISMATCH. The message says why it is uncertain whether `path`, the transcript or alignment,
 * belongs to the audio. */
sb_status cli_pairing_fail_unsure(const sb_alignment *alignment, const char *path, sb_error *err);

/* Warns about an uncertain pairing, or about a mismatch that --allow-mismatch accepts. Silent if the pairing
 * is OK. */
void cli_pairing_warn(cli_context *context, const sb_alignment *alignment, const char *path);

/* Returns SB_ERR_MISMATCH if a saved alignment has a transcript that is not in the audio. */
sb_status cli_pairing_refuse(const sb_alignment *alignment, const char *path, sb_error *err);

/* Adds the option that helps to an error of the library, which does not know options. */
void cli_pairing_advise(const cli_context *context, sb_error *err);

#endif
