/* The text output of the command verify. */
#ifndef SB_CLI_VERIFY_TEXT_H
#define SB_CLI_VERIFY_TEXT_H

#include "soundbite/verify.h"

/* Appends a paragraph about one quotation: the verdict, where it was said, each difference in words, and the
 * sentences around it. */
void cli_verify_text(sb_bytes *out, const sb_verification *verification, const sb_claim *claim,
                     const sb_alignment *alignment, bool color);

#endif
