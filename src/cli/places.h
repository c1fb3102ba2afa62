/* Descriptions of the profiles that --for accepts. */
#ifndef SB_CLI_PLACES_H
#define SB_CLI_PLACES_H

#include "soundbite/file.h"

/* Appends the requirements of profile `index`: "YouTube Shorts: 9:16, -14 LUFS, at most 180 s; ...". Returns
 * false beyond the last. */
bool cli_place_add(sb_bytes *out, size_t index);

#endif
