/* Where decoded samples belong: counting, checked against time stamps. Pure arithmetic in samples of one rate. */
#ifndef SB_MEDIA_TIMELINE_H
#define SB_MEDIA_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#define SB_TIMELINE_NO_STAMP INT64_MIN
#define SB_TIMELINE_LEARNT   32 /* frames that sb_timeline_learn looks at, after the first */

typedef struct sb_timeline {
    int rate;
    int64_t counted; /* samples placed so far: the position of the next */
    int64_t shift;   /* added to stamps since the last jump that was counted across */
    bool stamped;    /* stamps are to be believed */
    bool coarse;     /* stamps are rounded to more than a sample */
    bool started;

    /* How far stamps lie from the count while all is well, and the grid that frames of one length form: what
     * places a frame after a seek. */
    int64_t offset_sum;
    int n_offsets;
    int64_t grid_origin;
    int grid_step; /* 0: frames vary in length */
    int n_frames;
} sb_timeline;

typedef enum sb_placing {
    SB_PLACED,
    SB_PLACED_GAP,           /* `*jump` samples of silence belong before the frame */
    SB_PLACED_DISCONTINUITY, /* the stamp lies `*jump` samples ahead, too far to be a gap */
    SB_PLACED_RESET          /* the stamp lies `*jump` samples behind */
} sb_placing;

/* `counted` starts at 0. */
void sb_timeline_init(sb_timeline *t, int rate, bool stamped, bool coarse);

/* Judges a frame stamped `stamp` (samples from the timeline's zero). Of a gap the caller reports the silence with
 * sb_timeline_count before it places the frame again; across the other jumps the timeline counts on by itself. `exact`
 * takes any stamp ahead for a gap, down to one sample. */
sb_placing sb_timeline_place(sb_timeline *t, int64_t stamp, bool exact, int64_t *jump);

/* `n` samples were handed on. */
void sb_timeline_count(sb_timeline *t, int64_t n);

/* Learns from a frame of `length` samples about to be counted, in a pass from the start. */
void sb_timeline_learn(sb_timeline *t, int64_t stamp, int length);

/* After a seek: takes the count from the frame's stamp, by what was learnt. */
void sb_timeline_land(sb_timeline *t, int64_t stamp, int length);

#endif
