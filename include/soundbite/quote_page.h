/* Writing a web page of verified quotations. */
#ifndef SOUNDBITE_QUOTE_PAGE_H
#define SOUNDBITE_QUOTE_PAGE_H

#include "soundbite/verify.h"

SB_BEGIN_DECLS

/* One quotation on the page. */
typedef struct sb_quote_page_item {
    const sb_claim *claim;
    const sb_verification *result;
    const void *audio; /* the passage as an audio file, which becomes a part of the page; NULL: no player */
    size_t audio_size;
    const char *media_type; /* of `audio`, such as "audio/mpeg" */
} sb_quote_page_item;

/* Appends one HTML document in UTF-8. It needs no network and no other file: the audio is inside. Each quotation has its
 * verdict, its differences in the text and as sentences, the sentences around it, and a player. The page can be searched,
 * filtered and sorted by verdict; without JavaScript it shows everything in the order of `items`. `checked` says what the
 * quotations were compared with. All text is escaped. The same items give the same bytes. If an allocation fails,
 * out->failed is set. */
SB_API void sb_quote_page_write_html(sb_bytes *out, const sb_quote_page_item *items, size_t n,
                                     const char *title, const char *checked);

SB_END_DECLS

#endif
