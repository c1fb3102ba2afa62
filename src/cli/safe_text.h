/* Text from files and arguments, made fit for a terminal. */
#ifndef SB_CLI_SAFE_TEXT_H
#define SB_CLI_SAFE_TEXT_H

#include "soundbite/file.h"

/* Appends `text` with a '?' for each control character and each mark that turns the direction of writing, so that nothing in
 * it can drive the terminal. Blanks stay, line ends do not. */
void cli_add_safe(sb_bytes *out, const char *text);

#endif
