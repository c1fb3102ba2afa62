/* Positions of decoded samples, by counting and by checking timestamps. Pure arithmetic in samples of one
 * rate. */
#ifndef SB_MEDIA_TIMELINE_H
#define SB_MEDIA_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#define SB_TIMELINE_NO_STAMP INT64_MIN
#define SB_TIMELINE_LEARNT   32 /* frames after the first that sb_timeline_learn uses */

typedef struct sb_timeline {
    int rate;
    int64_t counted; /* samples placed so far, which is the position of the next */
    int64_t shift;   /* added to timestamps since the last jump that was ignored */
    bool stamped;    /* timestamps are reliable */
    bool coarse;     /* timestamps are rounded to more than a sample */
    bool started;

    /* The difference between timestamps and count in normal operation, and the grid of frames with equal
     * length. They place a frame after a seek. */
    int64_t offset_sum;
    int n_offsets;
    int64_t grid_origin;
    int grid_step; /* 0 if the length of frames varies */
    int n_frames;
} sb_timeline;

typedef enum sb_placing {
    SB_PLACED,
    SB_PLACED_GAP,           /* `*jump` samples of silence belong before the frame */
    SB_PLACED_DISCONTINUITY, /* the timestamp is `*jump` samples ahead, too far for a gap */
    SB_PLACED_RESET          /* the timestamp is `*jump` samples behind */
} sb_placing;

/* `counted` starts at 0. */
void sb_timeline_init(sb_timeline *t, int rate, bool stamped, bool coarse);

/* Checks a frame with timestamp `stamp`, in samples. After a gap, the caller adds the silence with
 * sb_timeline_count and then places the frame again. After the other jumps, counting continues. With `exact`,
 * every forward jump of at least one sample is a gap. */
sb_placing sb_timeline_place(sb_timeline *t, int64_t stamp, bool exact, int64_t *jump);

/* Adds `n` samples that were output. */
void sb_timeline_count(sb_timeline *t, int64_t n);

/* Learns from a frame of `length` samples before it is counted, in a pass from the start. */
void sb_timeline_learn(sb_timeline *t, int64_t stamp, int length);

/* After a seek: sets the count from the frame's timestamp, using what was learnt. */
void sb_timeline_land(sb_timeline *t, int64_t stamp, int length);

#endif
