/* The places that --for knows, in words. */
#ifndef SB_CLI_PLACES_H
#define SB_CLI_PLACES_H

#include "soundbite/file.h"

/* Appends what place `index` asks for: "YouTube Shorts: 9:16, -14 LUFS, at most 180 s; ...". False beyond the last, with nothing
 * appended. */
bool cli_place_add(sb_bytes *out, size_t index);

#endif
