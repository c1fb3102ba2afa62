/* Removing a stretch of sound so that the join is not audible.
 *
 * The join is searched as in WSOLA (Verhelst and Roelands, An overlap-add technique based on waveform
 * similarity, ICASSP 1993). Candidates keep the words and about the wanted pause. The best has the most
 * similar band levels on both sides; low levels are preferred. Within a few milliseconds around it, the place
 * with the highest waveform correlation is taken. The crossfade keeps the power constant for that correlation
 * (Fink, Holters, Zoelzer, Signal-matched power-complementary cross-fading, DAFx 2016).
 *
 * Whether the join is audible is measured on the joined sound: the change of its bands across the join is
 * compared with the changes at other moments of the clip. */
#ifndef SB_CLIP_SPLICE_H
#define SB_CLIP_SPLICE_H

#include "clip/room_tone.h"
#include "clip/spool.h"
#include "clip/timbre.h"

/* Samples [from, until) are removed and `fill` samples of room tone inserted. The crossfade from the sound at
 * `from` to that at `until` takes `fade` samples, half on each side; 0 at an edge of the clip. */
typedef struct sb_splice {
    int64_t from, until, fade, fill;
    double quality, correlation; /* as in sb_drop */
} sb_splice;

/* A word of the stretch that is repeated after it, so that the join may be inside the two. */
typedef struct sb_splice_twin {
    int64_t start, end; /* of the first copy */
    int64_t again;      /* start of the second copy */
} sb_splice_twin;

#define SB_SPLICE_TWINS 4

/* The limits of a cut, in samples. */
typedef struct sb_splice_spot {
    int64_t before, first; /* end of the word before; start of the dropped words */
    int64_t last, after;   /* end of the dropped words; start of the word after */
    int64_t pause;         /* wanted between the remaining words */
    sb_splice_twin twins[SB_SPLICE_TWINS];
    size_t n_twins;
} sb_splice_spot;

typedef struct sb_splicer {
    sb_clip_spool *raw;
    int rate;
    sb_timbre_meter *meter;
    double *changes; /* at other moments of the clip, ascending */
    size_t n_changes;
    float *planes[64];        /* buffers for one block */
    const sb_room_tone *tone; /* NULL: gaps cannot be filled */
} sb_splicer;

/* The caller keeps `raw`. A zeroed struct may be finished. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_splicer_init(sb_splicer *splicer, sb_clip_spool *raw, int rate, sb_error *err);
void sb_splicer_finish(sb_splicer *splicer);

/* Reads samples [at, at + n) of the clip as the mean of the channels; silence outside it. Returns
 * SB_ERR_IO. */
sb_status sb_splicer_read(sb_splicer *splicer, float *out, int64_t at, int64_t n, sb_error *err);

/* sb_splicer_change measures how the bands change around the middle of 2 * sb_splicer_reach samples: the
 * largest difference between two successive windows, in dB. */
int64_t sb_splicer_reach(const sb_splicer *splicer);
double sb_splicer_change(sb_splicer *splicer, const float *samples);

/* Returns the share of the clip's moments at which the bands change at least as much. */
double sb_splicer_share(const sb_splicer *splicer, double change);

/* Finds the best join for a stretch inside the clip, whatever its quality. The quality is 0 if there is none.
 * Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_splice_find(sb_splice *out, sb_splicer *splicer, const sb_splice_spot *spot, sb_error *err);

/* Applies splices, which are sorted and do not overlap. Replaces `raw`. Returns SB_ERR_MEMORY or
 * SB_ERR_IO. */
sb_status sb_splices_make(sb_splicer *splicer, const sb_splice *splices, size_t n, sb_error *err);

/* Returns the position of sample `at` after splicing. Removed samples map to the join. */
int64_t sb_splices_map(const sb_splice *splices, size_t n, int64_t at);

/* The two weights of a crossfade at sample `i` of `fade`, for sounds with correlation `r`. */
typedef struct sb_splice_weights {
    float out, in;
} sb_splice_weights;

sb_splice_weights sb_splice_weigh(int64_t i, int64_t fade, double r);

#endif
