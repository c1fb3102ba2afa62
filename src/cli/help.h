/* Help, manual page and completion scripts, generated from the tables of commands and options. */
#ifndef SB_CLI_HELP_H
#define SB_CLI_HELP_H

#include "command.h"

#include "soundbite/file.h"

/* Writes the help of a command, or of the program if `command` is NULL. */
void cli_help_text(sb_bytes *out, const cli_command *command);

/* Writes soundbite(1) in mdoc. */
void cli_manual(sb_bytes *out);

/* Writes a completion script for "bash", "zsh" or "fish". Returns false for any other shell. */
bool cli_completion(sb_bytes *out, const char *shell);

#endif
