/* Joining several quotes in one file. */
#ifndef SOUNDBITE_MONTAGE_H
#define SOUNDBITE_MONTAGE_H

#include "soundbite/clip.h"

SB_BEGIN_DECLS

/* A montage in progress. sb_clip_render adds the sound of each request that names it. The requests may belong
 * to several episodes. sb_montage_write then writes the file. */
typedef struct sb_montage sb_montage;

/* The default gap. */
#define SB_MONTAGE_GAP (400 * SB_TIME_MS)

/* How to join. A zeroed struct means the defaults. */
typedef struct sb_montage_params {
    /* Length of the room tone between two quotes with their padding, from 0 to 60 s. 0: SB_MONTAGE_GAP,
     * except that two quotes that follow each other in the source keep the pause between them. */
    sb_time gap;
    /* Used instead of a gap: the end of one quote's padding fades into the beginning of the next one's at
     * equal power, from 0 to 60 s. It never overlaps speech, so it is shorter if the padding is shorter. 0:
     * use a gap. */
    sb_time crossfade;
    bool has_gap, has_crossfade; /* use the value even if it is 0 */
    /* The file's level, rate, channels, bit rate, bits, captions, picture and profile. Each quote is cut with
     * the parameters of its own request. */
    sb_clip_params clip;
    bool overwrite, dry_run;   /* as in sb_render_params */
    const sb_monitor *monitor; /* NULL: none */
} sb_montage_params;

/* Checks the times. sb_montage_create does so too. Returns SB_ERR_ARGUMENT, with the fields, if a time is out
 * of range or both a gap and a crossfade are set. */
SB_API sb_status sb_montage_params_check(const sb_montage_params *params, sb_error *err);

/* Begins a montage of `n_parts` quotes. The extension of `path` is the format. Strings are copied. `params`
 * may be NULL. Returns SB_ERR_ARGUMENT if both a gap and a crossfade are set, or one is out of range;
 * SB_ERR_UNSUPPORTED if the format cannot be written; SB_ERR_EXISTS if the file exists and may not be
 * overwritten; SB_ERR_IO if `path` is a folder; SB_ERR_MEMORY. */
SB_API sb_status sb_montage_create(sb_montage **out, const char *path, size_t n_parts,
                                   const sb_montage_params *params, sb_error *err);
SB_API void sb_montage_free(sb_montage **montage);

/* Joins the parts in order and writes the file. A part is left out if its clip failed, or if `strict` is set
 * and its certificate failed; the result's warnings name it. `result->joins` lists the quotes, and
 * `result->text` is their text.
 *
 * A gain brings the integrated loudness of each quote to the target. A quote shorter than 400 ms gets the
 * gain of the quote before it. Then the whole file gets the target loudness, as a clip does. With
 * `keep_level`, levels are unchanged. Gaps are filled with room tone from the quotes on both sides. The rate
 * and channels are those in the parameters, or else the highest of all quotes. m4a, mp3, opus and flac files
 * get one chapter per quote.
 *
 * Returns SB_ERR_ARGUMENT if no quote was added; otherwise the statuses of a clip. */
SB_API sb_status sb_montage_write(sb_clip_result *result, sb_montage *montage, sb_error *err);

SB_END_DECLS

#endif
