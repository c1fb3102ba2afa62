#include "support_media.h"
#include "support_skip.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PULSE_US = 1000 };

void media_enter(const char *name)
{
    char command[512];
    snprintf(command, sizeof command, "rm -rf '%s/%s' && mkdir -p '%s/%s'", SB_BUILD_DIR, name, SB_BUILD_DIR,
             name);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "%s/%s", SB_BUILD_DIR, name);
    assert_int_equal(chdir(command), 0);
}

bool media_has_ffmpeg(void)
{
    return system("ffmpeg -version >/dev/null 2>&1") == 0;
}

void media_need_ffmpeg(void)
{
    if (!media_has_ffmpeg())
        skip_because("ffmpeg is not installed");
}

void media_run(const char *format, ...)
{
    char command[2048] = "FF='ffmpeg -nostdin -v error -y'\n";
    size_t n = strlen(command);
    va_list args;
    va_start(args, format);
    vsnprintf(command + n, sizeof command - n, format, args);
    va_end(args);
    for (char *at = command + n; (at = strstr(at, "FF ")); at += 3) {
        memmove(at + 1, at, strlen(at) + 1);
        *at = '$';
        at++;
    }
    if (system(command) != 0)
        fail_msg("failed: %s", command + n);
}

double media_pulse_s(int index)
{
    return index + 0.3 + 0.003 * index;
}

static double pulse_at(double t)
{
    int index = (int)((t - 0.3) / 1.003 + 0.5);
    double away = (t - media_pulse_s(index < 0 ? 0 : index)) * 1e6 / PULSE_US;
    return fabs(away) < 1 ? 0.5 + 0.5 * cos(away * 3.14159265358979) : 0;
}

static void put(unsigned char *out, unsigned value, int n)
{
    for (int i = 0; i < n; i++)
        out[i] = (unsigned char)(value >> (8 * i));
}

void media_write_pulses(const char *path, int rate, int channels, int seconds)
{
    size_t n = (size_t)rate * (size_t)seconds, bytes = n * (size_t)channels * 2;
    unsigned char *file = malloc(44 + bytes), *out = file + 44;
    assert_non_null(file);
    memcpy(file, "RIFF....WAVEfmt ", 16);
    put(file + 4, (unsigned)(36 + bytes), 4);
    put(file + 16, 16, 4);
    put(file + 20, 1, 2);
    put(file + 22, (unsigned)channels, 2);
    put(file + 24, (unsigned)rate, 4);
    put(file + 28, (unsigned)(rate * channels * 2), 4);
    put(file + 32, (unsigned)channels * 2, 2);
    put(file + 34, 16, 2);
    memcpy(file + 36, "data", 4);
    put(file + 40, (unsigned)bytes, 4);
    for (size_t i = 0; i < n; i++)
        for (int ch = 0; ch < channels; ch++, out += 2) {
            double t = (double)i / rate;
            double x = 0.7 * pulse_at(t) + 0.02 * sin(6.2831853 * (110 + 70 * ch) * t);
            put(out, (unsigned)(int)lrint(x * 32767), 2);
        }
    media_store(path, file, 44 + bytes);
    free(file);
}

unsigned char *media_load(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    struct stat st;
    assert_int_equal(fstat(fileno(f), &st), 0);
    *size = (size_t)st.st_size;
    unsigned char *data = malloc(*size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, *size, f), *size);
    fclose(f);
    return data;
}

void media_store(const char *path, const void *data, size_t size)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, size, f), size);
    assert_int_equal(fclose(f), 0);
}

void media_corrupt(const char *path, const char *out, size_t at, size_t n)
{
    size_t size;
    unsigned char *data = media_load(path, &size);
    unsigned noise = 12345;
    for (size_t i = at; i < at + n && i < size; i++) {
        noise = noise * 1664525u + 1013904223u;
        data[i] = (unsigned char)(noise >> 24);
    }
    media_store(out, data, size);
    free(data);
}

static void append(media_sound *sound, const sb_pcm *block, size_t *room)
{
    size_t need = (size_t)sound->n_samples + block->n_samples;
    if (need > *room) {
        *room = need * 2;
        for (int ch = 0; ch < sound->channels && ch < 8; ch++) {
            sound->planes[ch] = realloc(sound->planes[ch], *room * sizeof(float));
            assert_non_null(sound->planes[ch]);
        }
    }
    for (int ch = 0; ch < sound->channels && ch < 8; ch++)
        memcpy(sound->planes[ch] + sound->n_samples, block->planes[ch], block->n_samples * sizeof(float));
    sound->n_samples += (int64_t)block->n_samples;
}

static void keep_report(media_sound *sound, const sb_decoder *d)
{
    sound->report = *sb_decoder_report(d);
    size_t bytes = sound->report.n_events * sizeof *sound->report.events;
    sb_media_event *events = malloc(bytes + 1);
    assert_non_null(events);
    if (bytes)
        memcpy(events, sound->report.events, bytes);
    sound->report.events = events;
    sound->info = *sb_decoder_info(d);
}

media_sound media_decode(const char *path)
{
    media_sound sound = {0};
    sb_error err = {0};
    sb_decoder *d;
    if (sb_decoder_open(&d, path, NULL, &err))
        fail_msg("%s: %s", path, err.message);
    sound.rate = sb_decoder_info(d)->sample_rate;
    sound.channels = sb_decoder_info(d)->channels;
    sb_pcm block;
    size_t room = 0;
    do {
        if (sb_decoder_read(d, &block, &err))
            fail_msg("%s: %s", path, err.message);
        if (block.n_samples) {
            assert_int_equal(block.first_sample, sound.n_samples);
            append(&sound, &block, &room);
        }
    } while (block.n_samples);
    keep_report(&sound, d);
    assert_true(sound.report.ended);
    assert_int_equal(sound.report.n_samples, sound.n_samples);
    sb_decoder_free(&d);
    return sound;
}

void media_sound_finish(media_sound *sound)
{
    for (int ch = 0; ch < 8; ch++)
        free(sound->planes[ch]);
    free(sound->report.events);
    *sound = (media_sound){0};
}

double media_find_pulse(const float *samples, int64_t n, int rate, double at_s)
{
    int64_t from = (int64_t)((at_s - 0.05) * rate), until = (int64_t)((at_s + 0.05) * rate), best = -1;
    for (int64_t i = from < 0 ? 0 : from; i < until && i < n; i++)
        if (best < 0 || samples[i] > samples[best])
            best = i;
    return best < 0 || samples[best] < 0.2f ? NAN : (double)best / rate;
}

void media_check_pulses(const media_sound *sound, int first, int last, double offset_s, double tolerance_s)
{
    for (int i = first; i < last; i++) {
        double expected = media_pulse_s(i) + offset_s;
        double found = media_find_pulse(sound->planes[0], sound->n_samples, sound->rate, expected);
        if (!(fabs(found - expected) <= tolerance_s))
            fail_msg("pulse %d expected at %.5f s, found at %.5f s", i, expected, found);
    }
}

size_t media_count_events(const sb_media_report *report, sb_media_event_kind kind,
                          const sb_media_event **first)
{
    size_t n = 0;
    if (first)
        *first = NULL;
    for (size_t i = 0; i < report->n_events; i++)
        if (report->events[i].kind == kind && n++ == 0 && first)
            *first = &report->events[i];
    return n;
}

static double compare(sb_decoder *d, const media_sound *full, int64_t at, int64_t length)
{
    sb_pcm block;
    sb_error err = {0};
    double worst = 0;
    int64_t done = 0;
    while (done < length) {
        assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
        if (block.n_samples == 0)
            break;
        assert_int_equal(block.first_sample, at + done);
        for (size_t i = 0; i < block.n_samples && at + done + (int64_t)i < full->n_samples; i++)
            worst = fmax(worst, fabs(block.planes[0][i] - full->planes[0][at + done + (int64_t)i]));
        done += (int64_t)block.n_samples;
    }
    if (done < length && at + done != full->n_samples)
        fail_msg("from sample %lld only %lld of %lld", (long long)at, (long long)done,
                 (long long)full->n_samples);
    return worst;
}

double media_check_seeks(const char *path, const media_sound *full, bool seek_safe)
{
    static const double places[] = {0.9, 0.501, 0.35, 0.7777, 0.02, 0.999, 0.6, 0.61, 0, 0.45};
    sb_error err = {0};
    sb_decoder *d;
    assert_int_equal(sb_decoder_open(&d, path, NULL, &err), SB_OK);
    double worst = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int64_t at = (int64_t)(places[i] * (double)full->n_samples);
        assert_int_equal(sb_decoder_seek(d, at, seek_safe, &err), SB_OK);
        worst = fmax(worst, compare(d, full, at, full->rate / 2));
    }
    assert_int_equal(sb_decoder_seek(d, full->n_samples + 1000, seek_safe, &err), SB_OK);
    sb_pcm block;
    assert_int_equal(sb_decoder_read(d, &block, &err), SB_OK);
    assert_int_equal(block.n_samples, 0);
    sb_decoder_free(&d);
    return worst;
}

sb_status media_open_fails(const char *path, char message[512])
{
    sb_error err = {0};
    sb_decoder *d = NULL;
    sb_status status = sb_decoder_open(&d, path, NULL, &err);
    assert_null(d);
    snprintf(message, 512, "%s", err.message);
    return status;
}
