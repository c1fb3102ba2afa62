#include "support_sound.h"

#include "soundbite/file.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "test support: %s\n", what);
    abort();
}

static double uniform(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed / 4294967296.0 * 2 - 1;
}

void sound_make(sound *out, int channels, int sample_rate, double seconds, unsigned seed)
{
    *out = (sound){.channels = channels, .sample_rate = sample_rate};
    out->n_samples = (size_t)(seconds * sample_rate);
    for (int c = 0; c < channels; c++) {
        out->planes[c] = calloc(out->n_samples, sizeof(float));
        must(out->planes[c], "memory");
        double smooth = 0, level = 0;
        for (size_t i = 0; i < out->n_samples; i++) {
            if (i % (size_t)(sample_rate / 20) == 0)
                level = fabs(uniform(&seed)) * 0.5;
            smooth += 0.3 * (uniform(&seed) * level - smooth);
            out->planes[c][i] = (float)(rint(smooth * 32768) / 32768);
        }
    }
}

void sound_finish(sound *s)
{
    for (int c = 0; c < s->channels; c++)
        free(s->planes[c]);
    *s = (sound){0};
}

static sb_status write_all(sb_encoder *encoder, const sound *s, sb_error *err)
{
    const float *at[8];
    size_t step = 1;
    for (size_t done = 0; done < s->n_samples; step = step * 3 % 5003) {
        size_t n = s->n_samples - done < step ? s->n_samples - done : step;
        for (int c = 0; c < s->channels; c++)
            at[c] = s->planes[c] + done;
        sb_status status = sb_encoder_write(encoder, at, n, err);
        if (status)
            return status;
        done += n;
    }
    return SB_OK;
}

sb_status sound_write(const sound *s, const char *path, const char *extension,
                      const sb_encoder_params *params, sb_error *err)
{
    sb_output *output = NULL;
    sb_encoder *encoder = NULL;
    sb_encoder_params p = params ? *params : (sb_encoder_params){0};
    p.channels = s->channels;
    p.sample_rate = s->sample_rate;
    if (p.channels == 6 && !p.speakers)
        p.speakers = 0x3f; /* 5.1 */
    sb_status status = sb_output_open(&output, path, true, err);
    if (!status)
        status = sb_encoder_open(&encoder, output, extension, &p, err);
    if (!status)
        status = write_all(encoder, s, err);
    if (!status)
        status = sb_encoder_close(&encoder, err);
    if (!status)
        status = sb_output_commit(&output, err);
    sb_encoder_abort(&encoder);
    sb_output_abort(&output);
    return status;
}

SB_PRINTF(1, 0)
static char *print_command(const char *format, va_list arguments)
{
    char *command = NULL;
    must(vasprintf(&command, format, arguments) >= 0, "memory");
    return command;
}

void sound_decode(sound *out, const char *path, int channels, int sample_rate)
{
    char *command = NULL;
    must(asprintf(&command, "ffmpeg -v error -nostdin -i '%s' -f f32le -", path) >= 0, "memory");
    FILE *pipe = popen(command, "r");
    must(pipe, "popen");
    size_t capacity = 1 << 20, n = 0, got;
    float *samples = malloc(capacity * sizeof *samples);
    while ((got = fread(samples + n, sizeof *samples, capacity - n, pipe)) > 0) {
        n += got;
        if (n == capacity)
            samples = realloc(samples, (capacity *= 2) * sizeof *samples);
        must(samples, "memory");
    }
    must(pclose(pipe) == 0, "ffmpeg does not read the file");
    free(command);
    *out = (sound){.channels = channels, .sample_rate = sample_rate, .n_samples = n / (size_t)channels};
    for (int c = 0; c < channels; c++) {
        out->planes[c] = malloc((out->n_samples + 1) * sizeof(float));
        must(out->planes[c], "memory");
        for (size_t i = 0; i < out->n_samples; i++)
            out->planes[c][i] = samples[i * (size_t)channels + (size_t)c];
    }
    free(samples);
}

static double correlate(const sound *a, const sound *b, int shift)
{
    double ab = 0, aa = 1e-12, bb = 1e-12;
    for (size_t i = 0; i < a->n_samples; i++) {
        int64_t j = (int64_t)i + shift;
        double x = a->planes[0][i], y = j >= 0 && j < (int64_t)b->n_samples ? b->planes[0][j] : 0;
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return ab / sqrt(aa * bb);
}

int sound_shift(const sound *a, const sound *b, int range, double *correlation)
{
    int best = 0;
    *correlation = -1;
    for (int shift = -range; shift <= range; shift++) {
        double c = correlate(a, b, shift);
        if (c > *correlation) {
            *correlation = c;
            best = shift;
        }
    }
    return best;
}

char *command_line(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *command = print_command(format, arguments);
    va_end(arguments);
    FILE *pipe = popen(command, "r");
    must(pipe, "popen");
    char *line = calloc(1, 4096);
    must(line, "memory");
    if (!fgets(line, 4096, pipe))
        *line = 0;
    line[strcspn(line, "\n")] = 0;
    pclose(pipe);
    free(command);
    return line;
}

char *folder_make(void)
{
    char *path = strdup(SB_BUILD_DIR "/test-XXXXXX");
    must(path && mkdtemp(path), "mkdtemp");
    return path;
}

void folder_remove(char *path)
{
    char *line = command_line("rm -rf '%s'", path);
    free(line);
    free(path);
}

char *group_folder;

int folder_begin(void **state)
{
    (void)state;
    group_folder = folder_make();
    return 0;
}

int folder_end(void **state)
{
    (void)state;
    folder_remove(group_folder);
    return 0;
}
