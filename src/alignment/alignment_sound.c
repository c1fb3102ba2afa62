#include "alignment/alignment.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define STEP 4 /* in units of SB_LEVEL_DB; see sb_levels_print */

static uint8_t mean_level(const uint8_t *levels, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += pow(10, SB_LEVEL_DB(levels[i]) / 10);
    double level = (10 * log10(sum / (double)n) + 127.5) * 2;
    return level <= 0 ? 0 : (uint8_t)((int)(level / STEP + 0.5) * STEP);
}

sb_status sb_sound_take(sb_alignment *a, const sb_speech *speech, sb_error *err)
{
    size_t n_hops = speech->hop > 0 ? (size_t)(SB_OVERVIEW_HOP / speech->hop) : 0;
    size_t n = n_hops && speech->low_levels ? speech->n_levels / n_hops : 0;
    const uint8_t *bands[] = {speech->low_levels, speech->levels};
    for (int band = 0; band < 2 && n; band++) {
        a->sound[band] = malloc(n);
        if (!a->sound[band])
            return sb_error_memory(err, "aligning");
        for (size_t i = 0; i < n; i++)
            a->sound[band][i] = mean_level(bands[band] + i * n_hops, n_hops);
    }
    a->n_sound = n;
    return SB_OK;
}

static sb_time clamped(sb_time t, sb_time duration)
{
    return t < 0 ? 0 : t > duration ? duration : t;
}

static void move_time(sb_time *t, sb_time by, sb_time duration)
{
    if (*t != SB_TIME_NONE)
        *t = clamped(*t + by, duration);
}

static void move_spans(sb_span *spans, size_t n, sb_time by, sb_time duration)
{
    for (size_t i = 0; i < n; i++) {
        move_time(&spans[i].start, by, duration);
        move_time(&spans[i].end, by, duration);
    }
}

static void move_turn(sb_aligned_turn *turn, sb_time by, sb_time duration)
{
    move_time(&turn->start, by, duration);
    move_time(&turn->end, by, duration);
    for (size_t i = 0; i < turn->n_words; i++) {
        move_time(&turn->words[i].start, by, duration);
        move_time(&turn->words[i].end, by, duration);
    }
}

void sb_alignment_move(sb_alignment *a, sb_time by, sb_time duration)
{
    for (size_t i = 0; i < a->n_map; i++)
        a->map[i].offset += by;
    for (size_t i = 0; i < a->n_breaks; i++)
        move_spans(&a->breaks[i].audio, 1, by, duration);
    move_spans(a->speech, a->n_speech, by, duration);
    move_spans(a->unmatched, a->n_unmatched, by, duration);
    for (size_t i = 0; i < a->n_turns; i++)
        move_turn(&a->turns[i], by, duration);
    a->audio.duration = duration;
}
