/* Help, manual page and completions, all made from the tables of commands and options. */
#ifndef SB_CLI_HELP_H
#define SB_CLI_HELP_H

#include "command.h"

#include "soundbite/file.h"

/* Help for a command, or with NULL for the program. */
void cli_help_text(sb_bytes *out, const cli_command *command);

/* soundbite(1) in mdoc. */
void cli_manual(sb_bytes *out);

/* A completion script for "bash", "zsh" or "fish"; false for any other shell. */
bool cli_completion(sb_bytes *out, const char *shell);

#endif
