/* Mixes recordings over room tone: mix RATE SAMPLES SEED TONE_DB <score >stereo.raw
 *
 * A score line: AT FIRST LENGTH FADE_IN FADE_OUT GAIN_LEFT GAIN_RIGHT PATH
 *
 * LENGTH samples of PATH, from sample FIRST, are mixed at sample AT of the episode, with raised-cosine fades
 * of FADE_IN and FADE_OUT samples. PATH is mono. Input and output are 16-bit little-endian without header. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double next_noise(uint64_t *state)
{
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += (double)(next_random(state) >> 11) / 9007199254740992.0 - 0.5;
    return sum * sqrt(3.0);
}

/* Noise that falls by about 4 dB per octave above 150 Hz, as in a quiet room, and a little white noise. */
static void fill_room_tone(float *out, size_t n_samples, int rate, uint64_t seed, double level)
{
    double slow = 0, keep = exp(-2 * M_PI * 150 / rate);
    double gain = sqrt((1 + keep) / (1 - keep));
    for (size_t i = 0; i < n_samples; i++) {
        double white = next_noise(&seed);
        slow = keep * slow + (1 - keep) * white;
        out[2 * i] = (float)(level * (0.85 * gain * slow + 0.5 * next_noise(&seed)));
        out[2 * i + 1] = (float)(level * (0.85 * gain * slow + 0.5 * next_noise(&seed)));
    }
}

static double fade_at(size_t distance, size_t fade)
{
    return distance >= fade ? 1 : 0.5 - 0.5 * cos(M_PI * ((double)distance + 0.5) / (double)fade);
}

static int add_recording(float *out, size_t n_samples, char *line)
{
    size_t at, first, length, fades[2];
    double gains[2];
    int path_at = 0;
    if (sscanf(line, "%zu %zu %zu %zu %zu %lf %lf %n", &at, &first, &length, &fades[0], &fades[1], &gains[0],
               &gains[1], &path_at) < 7)
        return -1;
    char *path = line + path_at;
    for (char *c = path; *c; c++)
        if (*c == '\n')
            *c = 0;
    int16_t *samples = malloc(length * sizeof *samples);
    FILE *file = fopen(path, "rb");
    int ok = samples && file && length > 0 && at + length <= n_samples &&
             fseek(file, (long)(first * sizeof *samples), SEEK_SET) == 0 &&
             fread(samples, sizeof *samples, length, file) == length;
    for (size_t i = 0; ok && i < length; i++) {
        double value = samples[i] / 32768.0 * fade_at(i, fades[0]) * fade_at(length - 1 - i, fades[1]);
        out[2 * (at + i)] += (float)(value * gains[0]);
        out[2 * (at + i) + 1] += (float)(value * gains[1]);
    }
    if (file)
        fclose(file);
    free(samples);
    return ok ? 0 : -1;
}

static int write_samples(const float *in, size_t n_values)
{
    for (size_t i = 0; i < n_values; i++) {
        double value = fmax(-32767, fmin(32767, in[i] * 32768.0));
        int16_t sample = (int16_t)lrint(value);
        if (fwrite(&sample, sizeof sample, 1, stdout) != 1)
            return -1;
    }
    return fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return fputs("usage: mix RATE SAMPLES SEED TONE_DB <score >stereo.raw\n", stderr), 2;
    int rate = atoi(argv[1]);
    size_t n_samples = strtoull(argv[2], NULL, 10);
    float *out = malloc(2 * n_samples * sizeof *out);
    if (!out)
        return fputs("mix: out of memory\n", stderr), 1;
    fill_room_tone(out, n_samples, rate, strtoull(argv[3], NULL, 10), pow(10, atof(argv[4]) / 20));
    char line[4096];
    int result = 0;
    while (result == 0 && fgets(line, sizeof line, stdin))
        if ((result = add_recording(out, n_samples, line)) != 0)
            fprintf(stderr, "mix: cannot add: %s\n", line);
    if (result == 0 && (result = write_samples(out, 2 * n_samples)) != 0)
        perror("mix");
    free(out);
    return result != 0;
}
