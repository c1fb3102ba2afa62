/* The page of verified quotes. */
#ifndef SB_CLIP_QUOTES_QUOTES_H
#define SB_CLIP_QUOTES_QUOTES_H

/* Parts of the page, embedded at build time and terminated by NUL. */
extern const unsigned char sb_quote_page_frame[], sb_quote_page_style[], sb_quote_page_script[];

#endif
