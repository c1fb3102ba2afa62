/* The metadata of a clip file. */
#ifndef SB_CLIP_TAGS_H
#define SB_CLIP_TAGS_H

#include "clip/job.h"

#define SB_CLIP_N_TAGS    4
#define SB_CLIP_TITLE_MAX 200

typedef struct sb_clip_tags {
    sb_tag items[SB_CLIP_N_TAGS];
    char title[SB_CLIP_TITLE_MAX + 4];
    char comment[512];
} sb_clip_tags;

/* Makes title, artist, album and the position in the source. They refer to `tags` and to the job. */
void sb_clip_tags_make(sb_clip_tags *tags, const sb_clip_job *job);

#endif
