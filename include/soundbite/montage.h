/* Several quotes in one file, one after the other. */
#ifndef SOUNDBITE_MONTAGE_H
#define SOUNDBITE_MONTAGE_H

#include "soundbite/clip.h"

SB_BEGIN_DECLS

/* A montage in the making. sb_clip_render gives it the sound of each request that names it, of one episode or of several;
 * sb_montage_write makes the file. */
typedef struct sb_montage sb_montage;

#define SB_MONTAGE_GAP (400 * SB_TIME_MS)

typedef struct sb_montage_params {
    sb_time gap; /* of room tone between two quotes' padding; SB_TIME_NONE is SB_MONTAGE_GAP */
    sb_time
        crossfade; /* instead of a gap: the end of one quote's padding over the beginning of the next one's, at equal
                        * power and never over speech, so shorter where the padding is; SB_TIME_NONE: a gap */
    sb_clip_params clip; /* level, rate, channels and bit rate of the whole; overwrite, dry_run and monitor */
} sb_montage_params;

#define SB_MONTAGE_PARAMS_DEFAULT                                                                            \
    ((sb_montage_params){.gap = SB_TIME_NONE, .crossfade = SB_TIME_NONE, .clip = SB_CLIP_PARAMS_DEFAULT})

/* Begins a montage of `n_parts` quotes in `path`, whose extension is the format. Strings are copied. `params` may be NULL.
 * SB_ERR_ARGUMENT (both a gap and a crossfade), SB_ERR_UNSUPPORTED (the format), SB_ERR_EXISTS, SB_ERR_IO (`path` is a
 * folder), SB_ERR_MEMORY. */
SB_API sb_status sb_montage_create(sb_montage **out, const char *path, size_t n_parts,
                                   const sb_montage_params *params, sb_error *err);
SB_API void sb_montage_free(sb_montage **montage);

/* Joins the quotes that came, in the order of their parts, and writes the file. Each quote is brought to the target
 * by its integrated loudness, or where it is under 400 ms by the gain of the one before; then the whole is levelled as
 * a clip is. With a target of NaN no level is touched. A gap is filled with room tone of the quotes beside it. Rate and
 * channels are those asked for, or the most that a quote has. m4a, mp3, opus and flac have a chapter for each quote.
 * The result's `joins` has them all, its text is theirs, its warnings name the quotes that are missing, as one is
 * whose own clip failed, also for its certificate where clips are strict.
 * SB_ERR_ARGUMENT where no quote came; else as clips fail. */
SB_API sb_status sb_montage_write(sb_clip_result *result, sb_montage *montage, sb_error *err);

SB_END_DECLS

#endif
