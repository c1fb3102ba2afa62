#include "voice/voice.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fitted to the voices of the field sets (bench `voices`). */
#define LEAST_S    8.0  /* of words */
#define QUIET_PART 0.3  /* of the frames, which are left out: consonants' closures and pauses inside words */
#define SHRINKAGE  0.02 /* of the mean variance is added to each variance */

/* Calls take(user, frame) for each frame of the speaker's aligned words. */
static void each_frame(const sb_cepstra *cepstra, const sb_alignment *alignment, const char *speaker,
                       void (*take)(void *user, const float *frame), void *user)
{
    for (size_t t = 0; t < alignment->n_turns; t++) {
        const sb_aligned_turn *turn = &alignment->turns[t];
        if (!turn->speaker || strcmp(turn->speaker, speaker))
            continue;
        for (size_t w = 0; w < turn->n_words; w++) {
            if (turn->words[w].status != SB_WORD_ALIGNED)
                continue;
            sb_span span = {turn->words[w].start, turn->words[w].end};
            double first = ceil(sb_time_to_seconds(span.start) * SB_CEPSTRA_RATE);
            for (size_t i = first > 0 ? (size_t)first : 0;
                 i < cepstra->n_frames && (double)i < sb_time_to_seconds(span.end) * SB_CEPSTRA_RATE; i++)
                take(user, cepstra->values + i * SB_CEPSTRA);
        }
    }
}

typedef struct levels {
    float *items;
    size_t n, capacity;
    bool failed;
} levels;

static void take_level(void *user, const float *frame)
{
    levels *l = user;
    l->failed = l->failed || !sb_grow(&l->items, l->n, &l->capacity, sizeof *l->items);
    if (!l->failed)
        l->items[l->n++] = frame[0];
}

static int compare_levels(const void *a, const void *b)
{
    const float *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

typedef struct sums {
    float least_level;
    size_t n;
    double first[SB_VOICE_SIZE], second[SB_VOICE_SIZE][SB_VOICE_SIZE];
} sums;

static void take_sums(void *user, const float *frame)
{
    sums *s = user;
    if (frame[0] < s->least_level)
        return;
    s->n++;
    for (size_t i = 0; i < SB_VOICE_SIZE; i++) {
        s->first[i] += frame[i + 1];
        for (size_t j = 0; j <= i; j++)
            s->second[i][j] += (double)frame[i + 1] * frame[j + 1];
    }
}

static void covariance_of(sb_voice *out, const sums *s)
{
    double trace = 0, n = (double)s->n;
    for (size_t i = 0; i < SB_VOICE_SIZE; i++)
        trace += s->second[i][i] / n - s->first[i] / n * s->first[i] / n;
    float *at = out->covariance;
    for (size_t i = 0; i < SB_VOICE_SIZE; i++)
        for (size_t j = 0; j <= i; j++)
            *at++ = (float)(s->second[i][j] / n - s->first[i] / n * s->first[j] / n +
                            (i == j ? SHRINKAGE * trace / SB_VOICE_SIZE : 0));
}

/* Sets `heard` to 0 if there is too little speech. */
static sb_status make_voice(sb_voice *out, const sb_cepstra *cepstra, const sb_alignment *alignment,
                            const char *speaker, sb_error *err)
{
    levels l = {0};
    sums s = {0};
    *out = (sb_voice){0};
    each_frame(cepstra, alignment, speaker, take_level, &l);
    if (!l.failed && (double)l.n >= LEAST_S * SB_CEPSTRA_RATE) {
        qsort(l.items, l.n, sizeof *l.items, compare_levels);
        s.least_level = l.items[(size_t)(QUIET_PART * (double)l.n)];
        each_frame(cepstra, alignment, speaker, take_sums, &s);
        covariance_of(out, &s);
        out->heard = sb_time_from_seconds((double)l.n / SB_CEPSTRA_RATE);
    }
    free(l.items);
    return l.failed ? sb_error_memory(err, "recognising voices") : SB_OK;
}

static bool has_voice(const sb_recording *recording, const char *speaker)
{
    for (size_t i = 0; i < recording->n_voices; i++)
        if (!strcmp(recording->voices[i].speaker, speaker))
            return true;
    return false;
}

static bool spoke_before(const sb_alignment *alignment, size_t turn)
{
    for (size_t t = 0; t < turn; t++)
        if (alignment->turns[t].speaker &&
            !strcmp(alignment->turns[t].speaker, alignment->turns[turn].speaker))
            return true;
    return false;
}

static sb_status add_voice(sb_recording *out, const char *speaker, const sb_voice *voice, sb_error *err)
{
    char *copy = sb_copy_text(speaker, NULL);
    if (!copy || !sb_push_room(&out->voices, out->n_voices, sizeof *out->voices)) {
        free(copy);
        return sb_error_memory(err, "recognising voices");
    }
    out->voices[out->n_voices++] = (struct sb_named_voice){copy, *voice};
    return SB_OK;
}

sb_status sb_recording_add_voices(sb_recording *out, const sb_cepstra *cepstra, const sb_alignment *alignment,
                                  sb_error *err)
{
    for (size_t t = 0; t < alignment->n_turns; t++) {
        const char *speaker = alignment->turns[t].speaker;
        sb_voice voice;
        if (!speaker || !*speaker || has_voice(out, speaker) || spoke_before(alignment, t))
            continue;
        sb_status status = make_voice(&voice, cepstra, alignment, speaker, err);
        if (status == SB_OK && voice.heard)
            status = add_voice(out, speaker, &voice, err);
        if (status != SB_OK)
            return status;
    }
    return SB_OK;
}
