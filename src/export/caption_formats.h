/* Writing captions as files. */
#ifndef SB_EXPORT_CAPTION_FORMATS_H
#define SB_EXPORT_CAPTION_FORMATS_H

#include "export/captions.h"

typedef struct sb_caption_format {
    const char *name; /* also the file extension */
    /* Appends a whole file. With `voices`, speakers are written if the format has a field for them. */
    void (*append)(sb_bytes *out, const sb_captions *captions, bool voices);
    bool has_voices; /* it has that field, and names are not shown in the text */
} sb_caption_format;

/* Returns format `index`, or NULL beyond the last. */
const sb_caption_format *sb_caption_format_at(size_t index);

void sb_srt_append(sb_bytes *out, const sb_captions *captions, bool voices);
void sb_vtt_append(sb_bytes *out, const sb_captions *captions, bool voices);
/* Each word is highlighted as it is spoken. The syllable times of a cue add up to its exact duration. */
void sb_ass_append(sb_bytes *out, const sb_captions *captions, bool voices);

#endif
