/* Writing a web page of verified quotations. */
#ifndef SOUNDBITE_QUOTE_PAGE_H
#define SOUNDBITE_QUOTE_PAGE_H

#include "soundbite/verify.h"

SB_BEGIN_DECLS

/* One quotation on the page. */
typedef struct sb_quote_page_item {
    const sb_claim *claim;
    const sb_verification *result;
    /* the content of an audio file with the passage, embedded in the page; NULL: no player */
    const void *audio;
    size_t audio_size;
    const char *media_type; /* of `audio`, such as "audio/mpeg" */
} sb_quote_page_item;

/* Appends one HTML document in UTF-8. It needs no network and no other file, because the audio is embedded.
 * For each quotation it shows the verdict, the differences (marked in the text and as sentences), the
 * sentences around it, and a player. The page can be searched, filtered and sorted by verdict. Without
 * JavaScript it shows everything in the order of `items`. `checked` is a text for the reader: what the
 * quotations were compared with. All text is escaped. The same items give the same bytes. If an allocation
 * fails, out->failed is set. */
SB_API void sb_quote_page_write_html(sb_bytes *out, const sb_quote_page_item *items, size_t n,
                                     const char *title, const char *checked);

SB_END_DECLS

#endif
