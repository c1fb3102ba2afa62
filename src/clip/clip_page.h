/* The parts of the page of clips. */
#ifndef SB_CLIP_CLIP_PAGE_H
#define SB_CLIP_CLIP_PAGE_H

/* The head and clip_page.html, the style sheets and the script as they stood when the library was built. A NUL ends each. */
extern const unsigned char sb_clip_page_frame[];
extern const unsigned char sb_clip_page_style[];
extern const unsigned char sb_clip_page_script[];

#endif
