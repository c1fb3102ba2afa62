/* Names of clips. */
#ifndef SB_CLIP_NAMES_H
#define SB_CLIP_NAMES_H

#include "soundbite/clip.h"

/* The first words of a text as lower-case letters and digits of any script, joined by '-', accents kept off; at most
 * about 40 bytes, cut at a word. "quote" where there are none. The caller frees; NULL when out of memory. */
char *sb_clip_slug(const char *text);

/* The length of a path without its extension. */
size_t sb_clip_stem_length(const char *path);

#endif
