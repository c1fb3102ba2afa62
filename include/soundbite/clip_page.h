/* A page for a browser on which all the clips of a run can be heard and read. */
#ifndef SOUNDBITE_CLIP_PAGE_H
#define SOUNDBITE_CLIP_PAGE_H

#include "soundbite/clip.h"

SB_BEGIN_DECLS

typedef struct sb_clip_page_item {
    const sb_clip_result *result; /* one that was written */
    const char *path;             /* of its file, from the folder of the page; '/' parts it */
    const char *episode;          /* NULL unknown */
} sb_clip_page_item;

/* Appends one HTML document in UTF-8 that needs no network and no other file than the clips, to which it links: for each its
 * player, speaker, words, length, place in the episode, loudness and warnings. It can be searched and used by the keyboard, and
 * works without JavaScript but for that. All text is escaped. The same items give the same bytes. A failed allocation
 * sets out->failed. */
SB_API void sb_clip_page_html(sb_bytes *out, const sb_clip_page_item *items, size_t n, const char *title);

SB_END_DECLS

#endif
