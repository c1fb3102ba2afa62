/* bench_words [--strict] [--print] WAV WORDS.tsv ...: lays each word list onto its sound (16 kHz mono, up to a minute) in one
 * chunk and compares the boundaries with those of the list: start s, end s, speaker, word. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sndfile.h>

#include "acoustic/cepstra.h"
#include "align/acoustic_model.h"

#define MAX_WORDS 400

typedef struct truth {
    char text[MAX_WORDS][64];
    double start[MAX_WORDS], end[MAX_WORDS];
    size_t n;
} truth;

static double errors[100000];
static size_t n_errors, n_unheard;
static double cpu_align, cpu_cepstra, audio_seconds;

static double cpu_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static float *read_sound(const char *path, size_t *n)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file || info.samplerate != SB_CEPSTRA_HZ || info.channels != 1) {
        fprintf(stderr, "%s: is no sound of 16 kHz mono; convert it by sox\n", path);
        exit(1);
    }
    float *samples = malloc((size_t)info.frames * sizeof *samples);
    *n = (size_t)sf_readf_float(file, samples, info.frames);
    sf_close(file);
    return samples;
}

static void read_truth(truth *t, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[256];
    t->n = 0;
    while (file && t->n < MAX_WORDS && fgets(line, sizeof line, file))
        if (line[0] != '#' &&
            sscanf(line, "%lf %lf %*s %63s", &t->start[t->n], &t->end[t->n], t->text[t->n]) == 3)
            t->n++;
    if (file)
        fclose(file);
}

static void count(double error)
{
    if (n_errors < sizeof errors / sizeof *errors)
        errors[n_errors++] = fabs(error);
}

static void fail(const sb_error *err)
{
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}

static void align(const truth *t, const float *samples, size_t n, const sb_acoustic_params *params, int print)
{
    const char *words[MAX_WORDS];
    sb_error err = {0};
    sb_lexicon lexicon;
    sb_cepstra_maker *maker;
    sb_cepstra cepstra;
    sb_acoustic_decoder *decoder;
    sb_acoustic_word out[MAX_WORDS];
    for (size_t i = 0; i < t->n; i++)
        words[i] = t->text[i];
    sb_lexicon_params lexicon_params = {.dictionary = sb_acoustic_model_dictionary()};
    if (sb_lexicon_make(&lexicon, words, t->n, &lexicon_params, &err) != SB_OK ||
        sb_cepstra_maker_create(&maker, &err) != SB_OK)
        fail(&err);
    double before = cpu_now();
    if (sb_cepstra_push(maker, samples, n, &err) != SB_OK || sb_cepstra_end(maker, &cepstra, &err) != SB_OK ||
        sb_acoustic_decoder_create(&decoder, &lexicon, &err) != SB_OK)
        fail(&err);
    double between = cpu_now();
    if (sb_acoustic_align(decoder, cepstra.values, cepstra.n_frames, lexicon.lexeme_of, t->n, params, out,
                          &err) != SB_OK)
        fail(&err);
    cpu_align += cpu_now() - between;
    cpu_cepstra += between - before;
    audio_seconds += (double)n / SB_CEPSTRA_HZ;
    for (size_t i = 0; i < t->n; i++) {
        if (print)
            printf("%-14s %d %6.3f %6.3f  %6.3f %6.3f  %c%c %c%c way %u score %.2f length %.2f confidence "
                   "%.2f\n",
                   words[i], out[i].heard, t->start[i], t->end[i], out[i].start / 100.0, out[i].end / 100.0,
                   out[i].before_class, out[i].first_class, out[i].last_class, out[i].after_class, out[i].way,
                   out[i].score, out[i].length_z, out[i].confidence);
        if (!out[i].heard) {
            n_unheard++;
            continue;
        }
        count(out[i].start / 100.0 - t->start[i]);
        count(out[i].end / 100.0 - t->end[i]);
    }
    sb_acoustic_decoder_free(&decoder);
    sb_cepstra_finish(&cepstra);
    sb_cepstra_maker_free(&maker);
    sb_lexicon_finish(&lexicon);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(void)
{
    double sum = 0, within_20 = 0, within_50 = 0;
    qsort(errors, n_errors, sizeof *errors, by_size);
    for (size_t i = 0; i < n_errors; i++) {
        sum += errors[i];
        within_20 += errors[i] <= 0.020;
        within_50 += errors[i] <= 0.050;
    }
    double n = (double)n_errors;
    printf("%zu boundaries, %zu words unheard: mean %.1f ms, median %.1f, <= 20 ms %.0f %%, <= 50 ms %.1f "
           "%%, worst %.0f\n",
           n_errors, n_unheard, 1000 * sum / n, 1000 * errors[n_errors / 2], 100 * within_20 / n,
           100 * within_50 / n, 1000 * errors[n_errors - 1]);
    printf("aligned at %.0f x real time, cepstra and start at %.0f x\n", audio_seconds / cpu_align,
           audio_seconds / cpu_cepstra);
}

int main(int n_arguments, char **arguments)
{
    sb_acoustic_params params = {0};
    int print = 0;
    for (int i = 1; i < n_arguments; i++) {
        static truth t;
        size_t n = 0;
        if (strcmp(arguments[i], "--strict") == 0) {
            params.strict = true;
        } else if (strcmp(arguments[i], "--print") == 0) {
            print = 1;
        } else if (i + 1 < n_arguments) {
            float *samples = read_sound(arguments[i], &n);
            read_truth(&t, arguments[++i]);
            align(&t, samples, n, &params, print);
            free(samples);
        }
    }
    if (n_errors > 0)
        report();
    return n_errors == 0;
}
