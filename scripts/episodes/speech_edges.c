/* Finds the first and last sample of speech in clean recordings: the truth of the real-voices episode.
 *
 * speech_edges RATE FILE... FILE: mono, 16-bit little-endian, no header
 *
 * Prints one line per file: path, n_samples, first, last (half-open), peak, threshold (dB relative to full
 * scale). See fixtures/real-voices/README.md for the rule. Shares no code with libsoundbite. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { HOP_US = 1000, WINDOW_HOPS = 5, MIN_RUN_HOPS = 8, ONSET_HOLE_HOPS = 40, RELEASE_HOLE_HOPS = 150 };

static const double below_peak_db = 42, above_floor_db = 15, core_below_peak_db = 28,
                    highest_below_peak_db = 34, clear_above_db = 8;

struct recording {
    int16_t *samples;
    size_t n_samples;
};

struct band {
    double *signal;
    double *level_db;
    double peak_db, threshold_db, core_db;
};

static int read_recording(const char *path, struct recording *out)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    fseek(file, 0, SEEK_END);
    long n_bytes = ftell(file);
    rewind(file);
    out->n_samples = (size_t)n_bytes / sizeof(int16_t);
    out->samples = malloc((size_t)n_bytes + 1);
    size_t got = out->samples ? fread(out->samples, sizeof(int16_t), out->n_samples, file) : 0;
    fclose(file);
    return got == out->n_samples && got > 0 ? 0 : -1;
}

static void high_pass(const struct recording *in, int rate, double *out)
{
    double keep = exp(-2 * M_PI * 80 / rate), previous[2] = {0}, state[2] = {0};
    for (size_t i = 0; i < in->n_samples; i++) {
        double value = in->samples[i] / 32768.0;
        for (int stage = 0; stage < 2; stage++) {
            state[stage] = keep * (state[stage] + value - previous[stage]);
            previous[stage] = value;
            value = state[stage];
        }
        out[i] = value;
    }
}

static void pre_emphasise(const double *in, size_t n_samples, double *out)
{
    out[0] = 0;
    for (size_t i = 1; i < n_samples; i++)
        out[i] = in[i] - 0.97 * in[i - 1];
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure_band(struct band *band, size_t n_hops, size_t hop)
{
    for (size_t h = 0; h < n_hops; h++) {
        double sum = 0;
        for (size_t i = h * hop; i < (h + WINDOW_HOPS) * hop; i++)
            sum += band->signal[i] * band->signal[i];
        band->level_db[h] = 10 * log10(sum / (double)(WINDOW_HOPS * hop) + 1e-12);
    }
    double *sorted = malloc(n_hops * sizeof *sorted);
    for (size_t h = 0; h < n_hops; h++)
        sorted[h] = band->level_db[h];
    qsort(sorted, n_hops, sizeof *sorted, by_value);
    double floor_db = sorted[n_hops / 100];
    band->peak_db = sorted[n_hops - 1];
    free(sorted);
    band->core_db = band->peak_db - core_below_peak_db;
    band->threshold_db = fmin(fmax(band->peak_db - below_peak_db, floor_db + above_floor_db),
                              band->peak_db - highest_below_peak_db);
}

/* 0: quiet, 1: above a threshold, 2: well above it, 3: certainly speech. */
static int state_at(const struct band bands[2], size_t hop)
{
    int state = 0;
    for (int b = 0; b < 2; b++) {
        double level = bands[b].level_db[hop];
        int own = level >= bands[b].core_db                         ? 3
                  : level >= bands[b].threshold_db + clear_above_db ? 2
                                                                    : level >= bands[b].threshold_db;
        state = own > state ? own : state;
    }
    return state;
}

/* Marks runs that are too short or too quiet to be speech as quiet. */
static void classify(const struct band bands[2], size_t n_hops, char *state)
{
    for (size_t h = 0; h < n_hops; h++)
        state[h] = (char)state_at(bands, h);
    for (size_t h = 0, end; h < n_hops; h = end + 1) {
        int loudest = 0;
        for (end = h; end < n_hops && state[end]; end++)
            loudest = state[end] > loudest ? state[end] : loudest;
        int speech = loudest >= 2 && end - h >= MIN_RUN_HOPS;
        for (size_t i = h; !speech && i < end; i++)
            state[i] = 0;
    }
}

/* Returns the furthest hop from `core` in direction `step` without a gap longer than `hole`. */
static size_t extend(const char *state, size_t n_hops, size_t core, int step, size_t hole)
{
    size_t edge = core, quiet = 0;
    for (size_t h = core; h < n_hops && quiet <= hole; h += (size_t)step) {
        quiet = state[h] ? 0 : quiet + 1;
        if (state[h])
            edge = h;
    }
    return edge;
}

static size_t first_loud(const struct band bands[2], size_t from, size_t until, int step)
{
    for (size_t i = from; i != until; i += (size_t)step)
        for (int b = 0; b < 2; b++)
            if (20 * log10(fabs(bands[b].signal[i]) + 1e-9) >= bands[b].threshold_db)
                return i;
    return from;
}

static int find_edges(const struct band bands[2], size_t n_hops, size_t hop, size_t *first, size_t *last)
{
    char *state = malloc(n_hops);
    classify(bands, n_hops, state);
    size_t low = 0, high = n_hops - 1;
    while (low < n_hops && state[low] != 3)
        low++;
    while (high > low && state[high] != 3)
        high--;
    if (low < n_hops) {
        low = extend(state, n_hops, low, -1, ONSET_HOLE_HOPS);
        high = extend(state, n_hops, high, 1, RELEASE_HOLE_HOPS);
        *first = first_loud(bands, low * hop, (low + WINDOW_HOPS) * hop, 1);
        *last = first_loud(bands, (high + WINDOW_HOPS) * hop - 1, high * hop, -1) + 1;
    }
    free(state);
    return low < n_hops ? 0 : -1;
}

static int report(const char *path, int rate)
{
    struct recording in = {0};
    struct band bands[2] = {0};
    size_t hop = (size_t)((long long)rate * HOP_US / 1000000), first = 0, last = 0;
    int result = read_recording(path, &in);
    size_t n_hops = in.n_samples / hop > WINDOW_HOPS ? in.n_samples / hop - WINDOW_HOPS : 0;
    if (result != 0 || n_hops == 0)
        goto done;
    for (int b = 0; b < 2; b++) {
        bands[b].signal = malloc(in.n_samples * sizeof(double));
        bands[b].level_db = malloc(n_hops * sizeof(double));
    }
    high_pass(&in, rate, bands[0].signal);
    pre_emphasise(bands[0].signal, in.n_samples, bands[1].signal);
    for (int b = 0; b < 2; b++)
        measure_band(&bands[b], n_hops, hop);
    result = find_edges(bands, n_hops, hop, &first, &last);
    if (result == 0)
        printf("%s\t%zu\t%zu\t%zu\t%.1f\t%.1f\n", path, in.n_samples, first, last, bands[0].peak_db,
               bands[0].threshold_db);
done:
    for (int b = 0; b < 2; b++) {
        free(bands[b].signal);
        free(bands[b].level_db);
    }
    free(in.samples);
    return result;
}

int main(int argc, char **argv)
{
    int rate = argc > 1 ? atoi(argv[1]) : 0;
    if (argc < 3 || rate < 8000)
        return fputs("usage: speech_edges RATE FILE...\n", stderr), 2;
    for (int i = 2; i < argc; i++)
        if (report(argv[i], rate) != 0)
            fprintf(stderr, "speech_edges: %s: no speech found\n", argv[i]);
    return 0;
}
