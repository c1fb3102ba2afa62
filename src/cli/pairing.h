/* What is said and done where transcript and audio may not belong together. */
#ifndef SB_CLI_PAIRING_H
#define SB_CLI_PAIRING_H

#include "context.h"

#include "soundbite/align.h"

/* True with --strict. */
bool cli_pairing_is_strict(const cli_context *context);

/* SB_ERR_MISMATCH that says why it is unsure whether `path`, the transcript or alignment, belongs to the audio. */
sb_status cli_pairing_fail_unsure(const sb_alignment *alignment, const char *path, sb_error *err);

/* The warning of the same, and of a mismatch that --allow-mismatch accepts; nothing where the pairing is OK. */
void cli_pairing_warn(cli_context *context, const sb_alignment *alignment, const char *path);

/* SB_ERR_MISMATCH where a saved alignment says that it is of text that is not in the audio. */
sb_status cli_pairing_refuse(const sb_alignment *alignment, const char *path, sb_error *err);

/* Names the option that would help, where the library's error came of a parameter that one sets: it knows no options. */
void cli_pairing_advise(const cli_context *context, sb_error *err);

#endif
