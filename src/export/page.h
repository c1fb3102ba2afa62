/* Pages for a browser: what the report of drift and the page of clips have in common. */
#ifndef SB_EXPORT_PAGE_H
#define SB_EXPORT_PAGE_H

#include "soundbite/file.h"

/* Appends text for an element or an attribute. Control characters and marks that would turn the direction of what follows
 * become U+FFFD. */
void sb_page_escape(sb_bytes *out, const char *text);

typedef struct sb_page_part {
    const char *name;
    void (*put)(sb_bytes *out, const void *user);
} sb_page_part;

/* Appends `frame` with each {{name}} replaced by what its part puts there. The last of `parts` has no name. */
void sb_page_fill(sb_bytes *out, const char *frame, const sb_page_part *parts, const void *user);

#endif
