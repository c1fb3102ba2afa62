/* Names of clip files. */
#ifndef SB_CLIP_NAMES_H
#define SB_CLIP_NAMES_H

#include "soundbite/clip.h"

/* Returns the first words of a text as lower-case letters and digits of any script without accents, joined by
 * '-'. At most about 40 bytes, cut between words. "quote" if there are none. The caller frees it. Returns
 * NULL if memory runs out. */
char *sb_clip_slug(const char *text);

/* Returns the length of a path without its extension. */
size_t sb_clip_stem_length(const char *path);

#endif
