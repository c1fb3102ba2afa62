/* A montage between its parts and its file. */
#ifndef SB_CLIP_MONTAGE_H
#define SB_CLIP_MONTAGE_H

#include "clip/job.h"
#include "clip/piece_store.h"
#include "clip/room_tone.h"

#include "soundbite/montage.h"

typedef struct sb_montage_part {
    bool described; /* its quote has a place in the source */
    bool taken;     /* its sound is there */
    sb_join join;
    float confidence;
    char *album, *codec; /* of the source; NULL unknown */
    int rate;
    sb_piece piece;     /* without samples until it is taken */
    int64_t head, tail; /* samples of the piece before its speech begins, and from the end of its speech on */
    int64_t fade_in, fade_out; /* samples */
    sb_sample_span *quiet;     /* of the piece: where nobody speaks, the edges first */
    size_t n_quiet;
    char **warnings;
    size_t n_warnings;
    sb_aligned_turn spoken; /* its words, in times of the piece */
    /* On the way to the file, in samples of that: */
    int64_t at, n_out;
    float gain;
} sb_montage_part;

struct sb_montage {
    char *path;
    sb_clip_target target;
    sb_time gap, crossfade;     /* crossfade SB_TIME_NONE: a gap */
    const sb_clip_params *clip; /* those of `target` */
    sb_montage_part *parts;
    size_t n_parts;
    sb_piece_store store;
};

/* Keeps what the job's result says of its quote. SB_ERR_MEMORY, SB_ERR_ARGUMENT (no such part). */
sb_status sb_montage_describe(sb_montage *montage, sb_clip_job *job, sb_error *err);

/* Keeps the sound in the job's `raw`, and describes it again. SB_ERR_MEMORY, SB_ERR_IO. */
sb_status sb_montage_take(sb_montage *montage, sb_clip_job *job, sb_error *err);

/* Forgets the part, so that it is missing: its sound did not come, or its own clip failed. */
void sb_montage_leave_out(sb_montage *montage, size_t part);

/* How a part is joined to the one before, in samples of the montage. */
typedef struct sb_montage_seam {
    int64_t gap;     /* between the two pieces; 0 with a crossfade */
    int64_t out, in; /* of the pieces' edges under it; with a crossfade both are its length */
    bool is_crossfade;
} sb_montage_seam;

sb_montage_seam sb_montage_seam_between(const sb_montage *montage, const sb_montage_part *before,
                                        const sb_montage_part *after, int rate);

/* Sets the place and length of each part that was taken; the length of the whole. */
int64_t sb_montage_lay(sb_montage *montage, int rate);

/* Levels, joins and pushes all parts into `whole`, whose shape has the montage's rate and channels on both sides, and
 * ends it. Sets each part's gain and the loudness it had. SB_ERR_MEMORY, SB_ERR_IO, SB_ERR_INTERRUPTED. */
sb_status sb_montage_compose(sb_montage *montage, sb_clip_sound *whole, sb_error *err);

#endif
