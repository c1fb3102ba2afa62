/* The parts of the clip page. */
#ifndef SB_CLIP_CLIP_PAGE_H
#define SB_CLIP_CLIP_PAGE_H

/* clip_page.html with the head, the style sheets and the script, included at build time. Each ends with a
 * NUL. */
extern const unsigned char sb_clip_page_frame[];
extern const unsigned char sb_clip_page_style[];
extern const unsigned char sb_clip_page_script[];

#endif
