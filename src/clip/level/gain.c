#include "clip/clip.h"

#include <math.h>

#define MAX_ROUNDS   8
#define TOLERANCE_LU 0.1
#define MISSED_LU    0.15 /* for the decoded clip */
#define MARGIN_DB    0.1  /* below the ceiling, so that the next attempt succeeds */
#define SPARE_DB     0.3  /* unused headroom that justifies another attempt */
#define SHORT_LU     0.25 /* missing loudness that justifies another attempt */

void sb_clip_level_apply(const sb_clip_level *level, const sb_clip_sound *sound, float *const *planes,
                         int64_t at, size_t n)
{
    float gain = (float)pow(10, level->gain_db / 20);
    if (level->limited) {
        sb_true_peaks_apply(&sound->peaks, planes, at, n, gain);
        return;
    }
    if (level->gain_db == 0)
        return;
    for (int c = 0; c < sound->shape.channels_out; c++)
        for (size_t i = 0; i < n; i++)
            planes[c][i] *= gain;
}

typedef struct measurement {
    const sb_clip_level *level;
    const sb_clip_sound *sound;
    sb_loudness_meter *meter;
    sb_true_peaks peaks;
} measurement;

static sb_status measure_block(void *user, float *const *planes, int64_t at, size_t n, sb_error *err)
{
    measurement *m = user;
    sb_clip_level_apply(m->level, m->sound, planes, at, n);
    sb_status status = sb_loudness_meter_push(m->meter, (const float *const *)planes, n, err);
    return status ? status : sb_true_peaks_push(&m->peaks, (const float *const *)planes, n, err);
}

static sb_status measure_limited(sb_clip_level *level, sb_clip_sound *sound, sb_error *err)
{
    const sb_clip_shape *shape = &sound->shape;
    measurement m = {.level = level, .sound = sound};
    sb_status status =
        sb_loudness_meter_create(&m.meter, shape->rate_out, shape->channels_out, shape->speakers, err);
    if (!status)
        status = sb_true_peaks_init(&m.peaks, shape->rate_out, shape->channels_out, err);
    if (!status)
        status = sb_clip_sound_play(sound, measure_block, &m, err);
    if (!status)
        status = sb_true_peaks_end(&m.peaks, err);
    if (!status) {
        level->lufs = sb_loudness_meter_read(m.meter, &level->kind);
        level->true_peak_db = sb_true_peaks_max_db(&m.peaks);
    }
    sb_loudness_meter_free(&m.meter);
    sb_true_peaks_finish(&m.peaks);
    return status;
}

sb_status sb_clip_level_settle(sb_clip_level *level, sb_clip_sound *sound, const sb_clip_aim *aim,
                               sb_error *err)
{
    double lufs = sb_loudness_meter_read(sound->meter, &level->kind);
    double max_gain_db = sb_clip_max_gain_db(&sound->shape);
    double peak_db = sb_true_peaks_max_db(&sound->peaks);
    level->gain_db = aim->has_gain     ? aim->gain_db
                     : aim->keep_level ? 0
                                       : sb_loudness_gain(lufs, aim->target_lufs, max_gain_db);
    for (int round = 0; round < MAX_ROUNDS; round++) {
        level->limited =
            !aim->keep_level && sb_true_peaks_limit(&sound->peaks, level->gain_db, aim->ceiling_db);
        level->lufs = lufs + level->gain_db;
        level->true_peak_db = isfinite(peak_db) ? peak_db + level->gain_db : NAN;
        if (!level->limited)
            return SB_OK;
        sb_status status = measure_limited(level, sound, err);
        if (status)
            return status;
        double missing = aim->target_lufs - level->lufs;
        if (aim->has_gain || !(missing > TOLERANCE_LU) || round + 1 == MAX_ROUNDS ||
            level->gain_db >= max_gain_db)
            return SB_OK;
        level->gain_db = fmin(level->gain_db + missing, max_gain_db);
    }
    return SB_OK;
}

bool sb_clip_aim_adjust(sb_clip_aim *aim, const sb_clip_aim *wanted, const sb_clip_level *level,
                        const sb_remeasured *heard, int n_left)
{
    bool again = false;
    if (wanted->keep_level)
        return false;
    double over = heard->true_peak_db - wanted->ceiling_db, off = wanted->target_lufs - heard->lufs;
    bool reached = fabs(aim->target_lufs - level->lufs) <= MISSED_LU;
    if (over > 0) {
        aim->ceiling_db =
            aim->has_kept ? aim->kept_db : fmin(aim->ceiling_db, level->true_peak_db) - over - MARGIN_DB;
        again = true;
    } else if (!wanted->has_gain && off > SHORT_LU && level->limited && over < -SPARE_DB && n_left > 1 &&
               aim->ceiling_db < wanted->ceiling_db && !(aim->has_kept && aim->ceiling_db == aim->kept_db)) {
        aim->has_kept = true;
        aim->kept_db = aim->ceiling_db;
        aim->ceiling_db = fmin(aim->ceiling_db - over / 2, wanted->ceiling_db);
        again = true;
    }
    if (!wanted->has_gain && reached && fabs(off) > MISSED_LU) {
        aim->target_lufs += off;
        again = true;
    }
    return again;
}
