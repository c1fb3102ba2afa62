/* The parts of a montage until its file is written. */
#ifndef SB_CLIP_MONTAGE_MONTAGE_H
#define SB_CLIP_MONTAGE_MONTAGE_H

#include "clip/clip.h"
#include "clip/render/render.h"
#include "soundbite/montage.h"

typedef struct sb_montage_part {
    bool described; /* the quote has a position in the source */
    bool taken;     /* its sound was added */
    sb_join join;
    float confidence;
    char *album, *codec; /* of the source; NULL if unknown */
    const sb_alignment *alignment;
    sb_word_range words; /* of the whole text */
    int64_t from, until; /* samples of the source */
    int rate, bits;      /* of the source; see sb_media_info */
    bool is_float;
    uint64_t speakers;
    sb_clip_spool piece;       /* no samples until the part is taken */
    int64_t head, tail;        /* samples of the piece before and after its speech */
    int64_t fade_in, fade_out; /* in samples */
    sb_sample_span *quiet;     /* pauses of the piece, with its edges first */
    size_t n_quiet;
    char **warnings;
    size_t n_warnings;
    sb_spoken spoken; /* its words, with times relative to the piece */
    /* The values below are in samples of the output file. */
    int64_t at, n_out;
    float gain;
} sb_montage_part;

struct sb_montage {
    char *path;
    sb_clip_target target;
    sb_time gap, crossfade;
    bool is_crossfaded; /* `crossfade` counts, not `gap` */
    bool has_gap;       /* a gap was requested, also between quotes that follow each other in their source */
    sb_render_params call;
    const sb_clip_params *clip; /* those of `target` */
    sb_montage_part *parts;
    size_t n_parts;
    sb_clip_store store;
};

/* Stores what the job's result says about its quote. Returns SB_ERR_MEMORY; SB_ERR_ARGUMENT if there is no
 * such part. */
sb_status sb_montage_describe(sb_montage *montage, sb_clip_job *job, sb_error *err);

/* Stores the sound in the job's `raw` and updates the description. Returns SB_ERR_MEMORY or SB_ERR_IO. */
sb_status sb_montage_take(sb_montage *montage, sb_clip_job *job, sb_error *err);

/* Removes the part because its sound is missing or its own clip failed. */
void sb_montage_leave_out(sb_montage *montage, size_t part);

/* The join of a part and the one before it, in samples of the montage. Quotes that follow each other in their
 * source keep the pause between them, unless a gap or a crossfade was requested. */
typedef struct sb_montage_seam {
    int64_t gap;     /* between the two pieces; 0 with a crossfade */
    int64_t out, in; /* fades of the pieces' edges; both are the length of a crossfade */
    bool is_crossfade;
} sb_montage_seam;

sb_montage_seam sb_montage_seam_between(const sb_montage *montage, const sb_montage_part *before,
                                        const sb_montage_part *after, int rate);

/* Sets the position and length of each part that was taken. Returns the total length. */
int64_t sb_montage_lay(sb_montage *montage, int rate);

/* Levels and joins all parts and pushes them to `whole`, whose input and output both have the montage's rate
 * and channels. Sets each part's gain and previous loudness. Returns SB_ERR_MEMORY, SB_ERR_IO or
 * SB_ERR_INTERRUPTED. */
sb_status sb_montage_compose(sb_montage *montage, sb_clip_sound *whole, sb_error *err);

#endif
