/* Writing web pages: shared by the drift report and the clip page. */
#ifndef SB_EXPORT_PAGE_H
#define SB_EXPORT_PAGE_H

#include "soundbite/file.h"

/* Appends text for an element or attribute. Control characters and bidirectional controls become U+FFFD. */
void sb_page_escape(sb_bytes *out, const char *text);

typedef struct sb_page_part {
    const char *name;
    void (*put)(sb_bytes *out, const void *user);
} sb_page_part;

/* Appends `frame` and replaces each {{name}} by the output of that part. The last of `parts` has no name. */
void sb_page_fill(sb_bytes *out, const char *frame, const sb_page_part *parts, const void *user);

#endif
