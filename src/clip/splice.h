/* A stretch of sound taken out so that it is not missed.
 *
 * Where to join is looked for as in WSOLA (Verhelst and Roelands, An overlap-add technique based on waveform similarity,
 * ICASSP 1993): of all places that keep the words and about the pause that is wanted, the one where the sound that
 * leaves and the sound that comes are most alike in their bands, at low level before high; then, within a few
 * milliseconds, where their waveforms correlate best. There they are crossfaded with weights that keep the power even
 * whatever that correlation is (Fink, Holters, Zoelzer, Signal-matched power-complementary cross-fading, DAFx 2016).
 * Whether the join will be heard is measured on the joined sound: how much its bands change across the join, against
 * how much they change at the clip's own moments. */
#ifndef SB_CLIP_SPLICE_H
#define SB_CLIP_SPLICE_H

#include "clip/room_tone.h"
#include "clip/spool.h"
#include "clip/timbre.h"

/* Samples [from, until) are taken out and `fill` samples of room tone put in. The sound at `from` goes over into that
 * at `until` within `fade` samples, half of them on either side; 0 at an edge of the clip. */
typedef struct sb_splice {
    int64_t from, until, fade, fill;
    double quality, correlation; /* as in sb_drop */
} sb_splice;

/* A word of the stretch that is said again behind it, so that a join may lie within the two. */
typedef struct sb_splice_twin {
    int64_t start, end; /* of the first one */
    int64_t again;      /* where the second one starts */
} sb_splice_twin;

#define SB_SPLICE_TWINS 4

/* What may be cut, in samples. */
typedef struct sb_splice_spot {
    int64_t before, first; /* the end of the word before, and the start of what is dropped */
    int64_t last, after;   /* the end of what is dropped, and the start of the next word */
    int64_t pause;         /* wanted between the two that stay */
    sb_splice_twin twins[SB_SPLICE_TWINS];
    size_t n_twins;
} sb_splice_spot;

typedef struct sb_splicer {
    sb_clip_spool *raw;
    int rate;
    sb_timbre_meter *meter;
    double *changes; /* of the clip's own moments, ascending */
    size_t n_changes;
    float *planes[64];        /* a block to read into */
    const sb_room_tone *tone; /* NULL: nothing can be filled */
} sb_splicer;

/* `raw` stays the caller's. A zeroed struct may be finished. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_splicer_init(sb_splicer *splicer, sb_clip_spool *raw, int rate, sb_error *err);
void sb_splicer_finish(sb_splicer *splicer);

/* Samples [at, at + n) of the clip as the mean of the channels; silence outside it. SB_ERR_IO. */
sb_status sb_splicer_read(sb_splicer *splicer, float *out, int64_t at, int64_t n, sb_error *err);

/* How much the bands change about the middle of 2 * sb_splicer_reach samples: the most between any two windows that
 * follow each other there, in dB. */
int64_t sb_splicer_reach(const sb_splicer *splicer);
double sb_splicer_change(sb_splicer *splicer, const float *samples);

/* The share of the clip's own moments that change as much or more. */
double sb_splicer_share(const sb_splicer *splicer, double change);

/* The best join for a stretch within the clip, whatever its quality; a quality of 0 where there is none. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_splice_find(sb_splice *out, sb_splicer *splicer, const sb_splice_spot *spot, sb_error *err);

/* The sound with the splices made, which are in order and apart; `raw` is replaced. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_splices_make(sb_splicer *splicer, const sb_splice *splices, size_t n, sb_error *err);

/* Where sample `at` of the source lies afterwards; what was taken out lies at the join. */
int64_t sb_splices_map(const sb_splice *splices, size_t n, int64_t at);

/* Half a join's weights at sample `i` of `fade`, for sounds that correlate by `r`. */
typedef struct sb_splice_weights {
    float out, in;
} sb_splice_weights;

sb_splice_weights sb_splice_weigh(int64_t i, int64_t fade, double r);

#endif
