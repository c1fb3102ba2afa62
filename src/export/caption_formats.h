/* Captions as files of their own. */
#ifndef SB_EXPORT_CAPTION_FORMATS_H
#define SB_EXPORT_CAPTION_FORMATS_H

#include "export/captions.h"

typedef struct sb_caption_format {
    const char *name; /* also the extension */
    /* Appends a whole file. `voices`: who speaks is written where the format has a place of its own for it. */
    void (*append)(sb_bytes *out, const sb_captions *captions, bool voices);
    bool has_voices; /* and shows no name in the text */
} sb_caption_format;

/* Format `index`; NULL beyond the last. */
const sb_caption_format *sb_caption_format_at(size_t index);

void sb_srt_append(sb_bytes *out, const sb_captions *captions, bool voices);
void sb_vtt_append(sb_bytes *out, const sb_captions *captions, bool voices);
/* Each word lights up as it is said; the parts of a cue add up to it exactly. */
void sb_ass_append(sb_bytes *out, const sb_captions *captions, bool voices);

#endif
