#include "clip/splice/splice.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHORTEST_MS 100 /* of a piece between two joins, if the run is long enough */
#define LONGEST_MS  400
#define SEARCH_MS   10 /* in each direction: together one period of 50 Hz hum */
#define SEED        UINT64_C(0x9e3779b97f4a7c15)

void sb_room_tone_free(sb_room_tone **tone)
{
    if (!*tone)
        return;
    sb_planes_free((*tone)->planes);
    free((*tone)->runs);
    free(*tone);
    *tone = NULL;
}

double sb_room_tone_level_db(const sb_room_tone *tone)
{
    double sum = 0;
    for (int c = 0; c < tone->channels; c++)
        for (size_t i = 0; i < tone->n; i++)
            sum += (double)tone->planes[c][i] * tone->planes[c][i];
    return tone->n ? 10 * log10(sum / (double)tone->n / tone->channels) : -HUGE_VAL;
}

/* A piece being played from `at` on. Its last `overlap` samples before `end` are crossfaded with the next
 * piece. */
typedef struct piece {
    size_t at, end;
} piece;

static size_t below(uint64_t *state, size_t limit)
{
    return limit ? (size_t)(sb_random_next(state) >> 11) % limit : 0;
}

static const sb_sample_span *run_at(const sb_room_tone *tone, size_t at)
{
    const sb_sample_span *run = tone->runs;
    while (run + 1 < tone->runs + tone->n_runs && at >= run->end)
        run++;
    return run;
}

/* Long enough for some sound between its two joins. */
static piece draw_piece(const sb_room_tone *tone, uint64_t *state)
{
    size_t shortest = (size_t)tone->sample_rate * SHORTEST_MS / 1000;
    size_t longest = (size_t)tone->sample_rate * LONGEST_MS / 1000;
    size_t length = shortest + below(state, longest - shortest);
    const sb_sample_span *run = run_at(tone, below(state, tone->n));
    size_t room = run->end - run->start;
    if (length > room)
        length = room;
    size_t at = run->start + below(state, room - length + 1);
    return (piece){at, at + length};
}

/* Returns the correlation of a join in which `b` fades in while `a` fades out. */
static double correlation(const sb_room_tone *tone, size_t a, size_t b)
{
    double product = 0, left = 0, right = 0;
    for (int c = 0; c < tone->channels; c++) {
        const float *x = tone->planes[c] + a, *y = tone->planes[c] + b;
        float xy = 0, xx = 0, yy = 0;
        for (size_t i = 0; i < tone->overlap; i++) {
            xy += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        product += (double)xy;
        left += (double)xx;
        right += (double)yy;
    }
    return left > 0 && right > 0 ? product / sqrt(left * right) : 0;
}

/* Moves `next` to where it correlates best with the current sound, so that hum stays in phase. */
static double fit_piece(const sb_room_tone *tone, size_t playing, piece *next)
{
    const sb_sample_span *run = run_at(tone, next->at);
    size_t search = (size_t)tone->sample_rate * SEARCH_MS / 1000, length = next->end - next->at;
    size_t first = next->at - run->start > search ? next->at - search : run->start;
    size_t last = run->end - next->end > search ? next->at + search : run->end - length;
    double best = -1;
    for (size_t at = first; at <= last; at++) {
        double r = correlation(tone, playing, at);
        if (r > best) {
            best = r;
            next->at = at;
        }
    }
    next->end = next->at + length;
    return best;
}

/* The weights keep the power at 1 if the correlation of the two sounds is `r`. */
static void join(const sb_room_tone *tone, float *const *planes, size_t to, size_t n, size_t a, size_t b,
                 double r)
{
    if (r < 0)
        r = 0;
    for (size_t i = 0; i < n; i++) {
        double angle = M_PI / 2 * ((double)i + 0.5) / (double)tone->overlap;
        double scale = 1 / sqrt(1 + r * sin(2 * angle));
        float out = (float)(cos(angle) * scale), in = (float)(sin(angle) * scale);
        for (int c = 0; c < tone->channels; c++)
            planes[c][to + i] = out * tone->planes[c][a + i] + in * tone->planes[c][b + i];
    }
}

void sb_room_tone_fill(const sb_room_tone *tone, float *const *planes, size_t n, uint64_t number)
{
    uint64_t state = (number + 1) * SEED | 1;
    piece playing = draw_piece(tone, &state);
    for (size_t done = 0; done < n;) {
        size_t body = sb_least_size(playing.end - tone->overlap - playing.at, n - done);
        for (int c = 0; c < tone->channels; c++)
            memcpy(planes[c] + done, tone->planes[c] + playing.at, body * sizeof(float));
        done += body;
        size_t leaving = playing.at + body;
        if (done == n)
            return;
        piece next = draw_piece(tone, &state);
        double r = fit_piece(tone, leaving, &next);
        size_t overlap = sb_least_size(tone->overlap, n - done);
        join(tone, planes, done, overlap, leaving, next.at, r);
        done += overlap;
        playing = (piece){next.at + overlap, next.end};
    }
}
