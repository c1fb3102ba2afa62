/* Writing a web page that lists all clips of a run with players. */
#ifndef SOUNDBITE_CLIP_PAGE_H
#define SOUNDBITE_CLIP_PAGE_H

#include "soundbite/clip.h"

SB_BEGIN_DECLS

/* One clip on the page. */
typedef struct sb_clip_page_item {
    const sb_clip_result *result; /* a clip that was written */
    const char *path;    /* of the clip's file, relative to the folder of the page, with '/' as separator */
    const char *episode; /* NULL if unknown */
} sb_clip_page_item;

/* Appends one HTML document in UTF-8. It needs no network, and no other files except the clips that it links
 * to. Each clip has a player and shows its speaker, words, length, position in the episode, loudness and
 * warnings. The page can be searched and used with the keyboard; it works without JavaScript, except for the
 * search and the shortcuts. All text is escaped. The same items give the same bytes. If an allocation fails,
 * out->failed is set. */
SB_API void sb_clip_page_write_html(sb_bytes *out, const sb_clip_page_item *items, size_t n,
                                    const char *title);

SB_END_DECLS

#endif
