#include "media/media.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK      64
#define N_TAPS     129 /* of the whole filter; every fourth tap belongs to one phase */
#define PHASE_TAPS 32
#define HISTORY    (PHASE_TAPS - 1)
#define DELAY      16
/* relative to the loudest so far; chunks that cannot exceed it are not interpolated */
#define LOW             0.25f
#define RELEASE_DB      60.0 /* per second */
#define HEADROOM_DB     0.05
#define BLOCKS_A_SECOND 375

typedef struct interpolator {
    float taps[3][PHASE_TAPS];
    int n_phases, first_phase;
    float most;    /* an interpolated value is at most `most` times the largest sample around it */
    float loudest; /* peak of all chunks so far */
    size_t filled; /* samples waiting in each window */
    int64_t done;  /* samples interpolated so far */
    float (*windows)[HISTORY + CHUNK];
    size_t capacity;
} interpolator;

static float filter_tap(int j)
{
    double m = (j - N_TAPS / 2) * M_PI / 4;
    double window = 0.5 * (1 - cos(2 * M_PI * j / (N_TAPS - 1)));
    return (float)(window * (m == 0 ? 1 : sin(m) / m));
}

/* Phase 0 is the sample itself. At twice the rate, only the middle phase remains. */
static void init_taps(interpolator *ip, int sample_rate)
{
    ip->n_phases = sample_rate < 96000 ? 3 : sample_rate < 192000 ? 1 : 0;
    ip->first_phase = ip->n_phases == 1 ? 2 : 1;
    ip->most = 1;
    for (int p = 0; p < ip->n_phases; p++) {
        float sum = 0;
        for (int k = 0; k < PHASE_TAPS; k++) {
            ip->taps[p][k] = filter_tap(ip->first_phase + p + 4 * k);
            sum += fabsf(ip->taps[p][k]);
        }
        ip->most = fmaxf(ip->most, sum);
    }
}

sb_status sb_true_peaks_init(sb_true_peaks *peaks, int sample_rate, int channels, sb_error *err)
{
    size_t chunks = (size_t)((double)sample_rate / BLOCKS_A_SECOND / CHUNK + 0.5);
    *peaks = (sb_true_peaks){.sample_rate = sample_rate, .channels = channels};
    peaks->block_samples = CHUNK * (chunks ? chunks : 1);
    interpolator *ip = calloc(1, sizeof *ip);
    peaks->interpolator = ip;
    if (ip)
        ip->windows = calloc((size_t)channels, sizeof *ip->windows);
    if (!ip || !ip->windows) {
        sb_true_peaks_finish(peaks);
        return sb_error_memory(err, "processing the audio");
    }
    init_taps(ip, sample_rate);
    return SB_OK;
}

void sb_true_peaks_finish(sb_true_peaks *peaks)
{
    interpolator *ip = peaks->interpolator;
    if (ip)
        free(ip->windows);
    free(ip);
    free(peaks->blocks);
    free(peaks->gains);
    *peaks = (sb_true_peaks){0};
}

static void raise_to(float lanes[CHUNK], const float values[CHUNK])
{
    for (size_t i = 0; i < CHUNK; i++) {
        float magnitude = fabsf(values[i]);
        lanes[i] = magnitude > lanes[i] ? magnitude : lanes[i];
    }
}

/* Vectors, because this loop is most of the work, and compilers do not vectorise it at all levels, nor with
 * sanitizers. */
typedef float quad __attribute__((vector_size(16), aligned(4), may_alias));

static void interpolate(float out[CHUNK], const float taps[PHASE_TAPS], const float window[HISTORY + CHUNK])
{
    for (size_t i = 0; i < CHUNK; i += 16) {
        quad sum0 = {0}, sum1 = {0}, sum2 = {0}, sum3 = {0};
        for (size_t k = 0; k < PHASE_TAPS; k++) {
            const quad *at = (const quad *)(window + HISTORY - k + i);
            sum0 += taps[k] * at[0];
            sum1 += taps[k] * at[1];
            sum2 += taps[k] * at[2];
            sum3 += taps[k] * at[3];
        }
        quad *to = (quad *)(out + i);
        to[0] = sum0;
        to[1] = sum1;
        to[2] = sum2;
        to[3] = sum3;
    }
}

static float sample_peak(const float window[HISTORY + CHUNK])
{
    float lanes[CHUNK] = {0}, peak = 0;
    raise_to(lanes, window + HISTORY);
    raise_to(lanes, window);
    for (size_t i = 0; i < CHUNK; i++)
        peak = fmaxf(peak, lanes[i]);
    return peak;
}

/* For chunks far below the loudest an upper bound is enough. */
static float window_peak(const interpolator *ip, const float window[HISTORY + CHUNK])
{
    float lanes[CHUNK] = {0}, values[CHUNK], peak = 0, bound = sample_peak(window) * ip->most;
    if (bound < ip->loudest * LOW)
        return bound;
    raise_to(lanes, window + HISTORY);
    for (int p = 0; p < ip->n_phases; p++) {
        interpolate(values, ip->taps[p], window);
        raise_to(lanes, values);
    }
    for (size_t i = 0; i < CHUNK; i++)
        peak = fmaxf(peak, lanes[i]);
    return peak;
}

static bool raise_block(sb_true_peaks *peaks, interpolator *ip, size_t block, float peak)
{
    while (block >= peaks->n_blocks) {
        if (!sb_grow(&peaks->blocks, peaks->n_blocks, &ip->capacity, sizeof *peaks->blocks))
            return false;
        peaks->blocks[peaks->n_blocks++] = 0;
    }
    peaks->blocks[block] = fmaxf(peaks->blocks[block], peak);
    return true;
}

/* The samples of a chunk, and the values interpolated DELAY samples earlier, can be in two blocks. Both
 * blocks are raised. */
static sb_status end_chunk(sb_true_peaks *peaks, interpolator *ip, sb_error *err)
{
    float peak = 0;
    for (int c = 0; c < peaks->channels; c++) {
        float *window = ip->windows[c];
        peak = fmaxf(peak, window_peak(ip, window));
        memmove(window, window + CHUNK, HISTORY * sizeof *window);
    }
    size_t first = (size_t)(ip->done > DELAY ? ip->done - DELAY : 0) / peaks->block_samples;
    size_t last = (size_t)(ip->done + CHUNK - 1) / peaks->block_samples;
    ip->done += CHUNK;
    ip->filled = 0;
    ip->loudest = fmaxf(ip->loudest, peak);
    if (!raise_block(peaks, ip, last, peak) || !raise_block(peaks, ip, first, peak))
        return sb_error_memory(err, "processing the audio");
    return SB_OK;
}

sb_status sb_true_peaks_push(sb_true_peaks *peaks, const float *const *planes, size_t n, sb_error *err)
{
    interpolator *ip = peaks->interpolator;
    for (size_t done = 0; done < n;) {
        size_t part = n - done < CHUNK - ip->filled ? n - done : CHUNK - ip->filled;
        for (int c = 0; c < peaks->channels; c++)
            memcpy(ip->windows[c] + HISTORY + ip->filled, planes[c] + done, part * sizeof(float));
        ip->filled += part;
        done += part;
        sb_status status = ip->filled == CHUNK ? end_chunk(peaks, ip, err) : SB_OK;
        if (status)
            return status;
    }
    return SB_OK;
}

sb_status sb_true_peaks_end(sb_true_peaks *peaks, sb_error *err)
{
    interpolator *ip = peaks->interpolator;
    sb_status status = SB_OK;
    for (int tail = 0; tail < 2 && !status; tail++) {
        for (int c = 0; c < peaks->channels; c++)
            memset(ip->windows[c] + HISTORY + ip->filled, 0, (CHUNK - ip->filled) * sizeof(float));
        status = end_chunk(peaks, ip, err);
    }
    if (status)
        return status;
    peaks->gains = malloc(sizeof *peaks->gains * peaks->n_blocks);
    return peaks->gains ? SB_OK : sb_error_memory(err, "processing the audio");
}

double sb_true_peaks_max_db(const sb_true_peaks *peaks)
{
    float peak = 0;
    for (size_t i = 0; i < peaks->n_blocks; i++)
        peak = fmaxf(peak, peaks->blocks[i]);
    return 20 * log10(peak);
}

/* The minimum of three blocks allows any value between two neighbouring block centres in both blocks. */
static void widen_gains(float *gains, size_t n)
{
    float before = 1;
    for (size_t i = 0; i < n; i++) {
        float own = gains[i], after = i + 1 < n ? gains[i + 1] : 1;
        gains[i] = fminf(own, fminf(before, after));
        before = own;
    }
}

bool sb_true_peaks_limit(sb_true_peaks *peaks, double gain_db, double ceiling_db)
{
    double allowed = pow(10, (ceiling_db - HEADROOM_DB - gain_db) / 20);
    bool limited = sb_true_peaks_max_db(peaks) + gain_db > ceiling_db;
    for (size_t i = 0; i < peaks->n_blocks; i++)
        peaks->gains[i] = limited && peaks->blocks[i] > allowed ? (float)(allowed / peaks->blocks[i]) : 1;
    if (!limited)
        return false;
    widen_gains(peaks->gains, peaks->n_blocks);
    double block_seconds = (double)peaks->block_samples / peaks->sample_rate;
    float release = (float)pow(10, RELEASE_DB * block_seconds / 20);
    for (size_t i = 1; i < peaks->n_blocks; i++)
        peaks->gains[i] = fminf(peaks->gains[i], peaks->gains[i - 1] * release);
    return true;
}

static float gain_at(const sb_true_peaks *peaks, int64_t at)
{
    double position = ((double)at + 0.5) / (double)peaks->block_samples - 0.5;
    double whole = floor(position);
    size_t left = whole < 0 ? 0 : (size_t)whole, right = whole < 0 ? 0 : left + 1;
    if (right >= peaks->n_blocks)
        return left < peaks->n_blocks ? peaks->gains[left] : 1;
    float share = (float)(position - whole);
    return peaks->gains[left] * (1 - share) + peaks->gains[right] * share;
}

void sb_true_peaks_apply(const sb_true_peaks *peaks, float *const *planes, int64_t at, size_t n, float gain)
{
    for (size_t i = 0; i < n; i++) {
        float total = gain * gain_at(peaks, at + (int64_t)i);
        for (int c = 0; c < peaks->channels; c++)
            planes[c][i] *= total;
    }
}
