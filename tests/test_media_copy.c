#include "support_media.h"

#include "media/copy.h"
#include "media/flac_frame.h"
#include "media/mpeg_audio.h"
#include "soundbite/file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SECONDS 12

typedef struct kind {
    const char *name, *make; /* the ffmpeg arguments that make it of pulses.wav */
    const char *extension;   /* of the copies */
    int rate;
    int grid;       /* samples that an edge may lie outwards; 0: exact */
    int settle_ms;  /* from the start of the copy until it equals the source */
    double allowed; /* difference after that */
} kind;

static const kind kinds[] = {
    {"16.wav", "-c:a pcm_s16le", "wav", 44100, 0, 0, 0},
    {"24.wav", "-c:a pcm_s24le -ar 48000", "wav", 48000, 0, 0, 0},
    {"float.wav", "-c:a pcm_f32le", "WAVE", 44100, 0, 0, 0},
    {"mu.wav", "-c:a pcm_mulaw -ar 8000 -ac 1", "wav", 8000, 0, 0, 0},
    {"a.flac", "-c:a flac -sample_fmt s16", "flac", 44100, 4608, 0, 0},
    {"small.flac", "-c:a flac -frame_size 1000 -sample_fmt s32", "flac", 44100, 1000, 0, 0},
    {"a.mka", "-c:a flac -sample_fmt s16", "flac", 44100, 4608, 0, 0},
    {"flac.ogg", "-c:a flac -sample_fmt s16", "flac", 44100, 4608, 0, 0},
    {"a.mp3", "-b:a 128k", "mp3", 44100, 0, 0, 1e-6},
    {"vbr.mp3", "-q:a 6", "mp3", 44100, 0, 0, 1e-6},
    {"bare.mp3", "-b:a 64k -write_xing 0 -id3v2_version 0", "mp3", 44100, 0, 0, 1e-6},
    {"low.mp3", "-ar 22050 -ac 1 -b:a 24k", "mp3", 22050, 0, 0, 1e-6},
    {"least.mp3", "-ar 8000 -ac 1 -b:a 8k", "mp3", 8000, 0, 0, 1e-6},
    {"reservoir.mp3", "-ar 32000 -ac 1 -b:a 32k", "mp3", 32000, 0, 0, 1e-6},
    {"high.mp3", "-ar 48000 -b:a 320k", "mp3", 48000, 0, 0, 1e-6},
    {"a.m4a", "-c:a aac -aac_pns 0 -b:a 96k", "m4a", 44100, 1024, 0, 1e-6},
    {"b.m4a", "-c:a aac -aac_pns 0 -b:a 64k -ac 1 -ar 24000", "aac", 24000, 1024, 43, 1e-6},
    {"a.aac", "-c:a aac -aac_pns 0 -b:a 96k", "m4a", 44100, 1024, 0, 1e-6},
    {"raw.aac", "-c:a aac -aac_pns 0 -b:a 96k", "aac", 44100, 1024, 24, 1e-6},
    {"aac.mka", "-c:a aac -aac_pns 0 -b:a 96k", "m4a", 44100, 1024, 0, 1e-6},
    {"a.opus", "-c:a libopus -b:a 64k", "opus", 48000, 0, 100, 5e-3},
    {"speech.opus", "-c:a libopus -ac 1 -b:a 14k -application voip", "opus", 48000, 0, 100, 5e-3},
    {"short.ogg", "-c:a libopus -frame_duration 2.5", "ogg", 48000, 0, 100, 5e-3},
    {"opus.mka", "-c:a libopus", "opus", 48000, 0, 100, 5e-3},
    {"a.webm", "-c:a libopus", "ogg", 48000, 0, 100, 5e-3},
};
#define N_KINDS (sizeof kinds / sizeof kinds[0])

static int enter(void **user)
{
    (void)user;
    media_enter("media-copy");
    media_write_pulses("pulses.wav", 44100, 2, SECONDS);
    return 0;
}

static int64_t at_ms(int64_t ms, int rate)
{
    return ms * rate / 1000;
}

static sb_copy_span span_ms(int64_t start, int64_t end, int rate, const char *extension)
{
    sb_copy_span span = {.start = at_ms(start, rate), .end = at_ms(end, rate), .extension = extension};
    span.speech_start = at_ms(start + 100, rate);
    span.speech_end = at_ms(end - 100, rate);
    span.quiet_until = INT64_MAX;
    return span;
}

static void copy_spans(sb_copy_span *spans, size_t n, const char *path)
{
    sb_error err = {0};
    sb_output *outputs[8];
    char name[64];
    for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "copy-%zu.%s", i, spans[i].extension);
        assert_int_equal(sb_output_open(&outputs[i], name, true, &err), SB_OK);
        spans[i].output = outputs[i];
    }
    if (sb_copy_spans(spans, n, path, &SB_MEDIA_PARAMS_DEFAULT, &err))
        fail_msg("%s: %s", path, err.message);
    for (size_t i = 0; i < n; i++) {
        if (spans[i].status)
            fail_msg("%s, span %zu: %s", path, i, spans[i].error.message);
        assert_int_equal(sb_output_commit(&outputs[i], &err), SB_OK);
    }
}

static void check_edges(const kind *k, const sb_copy_span *span)
{
    if (!k->grid) {
        assert_int_equal(span->got_start, span->start);
        assert_int_equal(span->got_end, span->end);
        return;
    }
    if (span->got_start > span->start || span->got_start < span->start - 2 * k->grid ||
        span->got_end < span->end || span->got_end > span->end + k->grid)
        fail_msg("%s: [%lld, %lld) became [%lld, %lld)", k->name, (long long)span->start,
                 (long long)span->end, (long long)span->got_start, (long long)span->got_end);
}

static void check_sound(const kind *k, const media_sound *whole, const sb_copy_span *span, const char *path)
{
    media_sound copy = media_decode(path);
    int64_t n = span->got_end - span->got_start, settled = at_ms(k->settle_ms, k->rate);
    assert_int_equal(copy.rate, whole->rate);
    assert_int_equal(copy.channels, whole->channels);
    if (copy.n_samples != n)
        fail_msg("%s: %s has %lld samples, not %lld", k->name, path, (long long)copy.n_samples, (long long)n);
    double worst = 0;
    for (int ch = 0; ch < copy.channels; ch++)
        for (int64_t i = settled; i < n; i++)
            worst = fmax(worst, fabs(copy.planes[ch][i] - whole->planes[ch][span->got_start + i]));
    if (worst > k->allowed)
        fail_msg("%s: %s differs by %g", k->name, path, worst);
    assert_false(copy.report.damaged);
    assert_true(copy.report.seek_safe);
    assert_int_equal(media_count_events(&copy.report, SB_MEDIA_DURATION, NULL), 0);
    media_sound_finish(&copy);
}

static void check_kind(const kind *k)
{
    static const int places[][2] = {
        {0, 1500}, {1234, 2617}, {5021, 5633}, {5300, 9871}, {9000, SECONDS * 1000}};
    enum { N = sizeof places / sizeof places[0] };
    media_run("FF -i pulses.wav %s %s", k->make, k->name);
    media_sound whole = media_decode(k->name);
    assert_true(whole.report.seek_safe);
    assert_int_equal(whole.rate, k->rate);
    sb_copy_span spans[N];
    for (int i = 0; i < N; i++)
        spans[i] = span_ms(places[i][0], places[i][1], k->rate, k->extension);
    spans[N - 1].end = k->grid ? whole.n_samples - 3 * k->grid / 2 : whole.n_samples;
    copy_spans(spans, N, k->name);
    char path[64];
    for (int i = 0; i < N; i++) {
        snprintf(path, sizeof path, "copy-%d.%s", i, k->extension);
        check_edges(k, &spans[i]);
        check_sound(k, &whole, &spans[i], path);
    }
    media_sound_finish(&whole);
}

static void copies_are_what_they_say(void **user)
{
    (void)user;
    if (!media_has_ffmpeg())
        skip();
    for (size_t i = 0; i < N_KINDS; i++)
        check_kind(&kinds[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_what_they_say),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
