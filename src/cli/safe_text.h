/* Making text from files and arguments safe for terminals. */
#ifndef SB_CLI_SAFE_TEXT_H
#define SB_CLI_SAFE_TEXT_H

#include "soundbite/file.h"

/* Appends `text` with '?' for each control character and each bidirectional control, including line ends.
 * Blanks are unchanged. */
void cli_add_safe(sb_bytes *out, const char *text);

#endif
