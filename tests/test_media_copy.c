#include "support_media.h"

#include "media/copy/copy.h"
#include "media/media.h"
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
    const char *name, *make; /* `make`: the ffmpeg arguments that make it from pulses.wav */
    const char *extension;   /* of the copies */
    int rate;
    int grid;       /* samples by which an edge may be outside; 0: exact */
    int settle_ms;  /* time from the start of the copy until it equals the source */
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
    if (sb_copy_spans(spans, n, path, &(sb_media_params){0}, &err))
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

static void copies_match_their_description(void **user)
{
    (void)user;
    media_need_ffmpeg();
    for (size_t i = 0; i < N_KINDS; i++)
        check_kind(&kinds[i]);
}

/* Blocks of 1000 samples. [3000, 4000) contains the start, [8000, 9000) the end. */
static sb_copy_span on_a_grid(int64_t quiet_from, int64_t speech_start, int64_t speech_end,
                              int64_t quiet_until)
{
    return (sb_copy_span){.start = 3400,
                          .end = 8300,
                          .quiet_from = quiet_from,
                          .speech_start = speech_start,
                          .speech_end = speech_end,
                          .quiet_until = quiet_until,
                          .extension = "flac"};
}

static void edges_stay_in_the_pause_if_possible(void **user)
{
    (void)user;
    media_need_ffmpeg();
    media_run("FF -i pulses.wav -c:a flac -frame_size 1000 -sample_fmt s16 grid.flac");
    sb_copy_span spans[] = {
        on_a_grid(2500, 3500, 8200, 9500), /* room outside */
        on_a_grid(3300, 4000, 8000, 8400), /* a neighbour outside, room inside */
        on_a_grid(3300, 3900, 8100, 8400), /* no room: the speech is complete */
    };
    assert_int_equal(sb_copy_spans(spans, 3, "grid.flac", &(sb_media_params){0}, NULL), SB_OK);
    assert_int_equal(spans[0].got_start, 3000);
    assert_int_equal(spans[0].got_end, 9000);
    assert_int_equal(spans[1].got_start, 4000);
    assert_int_equal(spans[1].got_end, 8000);
    assert_int_equal(spans[2].got_start, 3000);
    assert_int_equal(spans[2].got_end, 9000);
}

static void flac_states_its_length(void **user)
{
    (void)user;
    media_need_ffmpeg();
    media_run("FF -i pulses.wav -c:a flac -sample_fmt s16 long.flac");
    sb_copy_span span = span_ms(3000, 5000, 44100, "flac");
    copy_spans(&span, 1, "long.flac");
    size_t size;
    unsigned char *file = media_load("copy-0.flac", &size);
    int64_t told = (int64_t)(file[8 + 13] & 15) << 32 | (int64_t)file[8 + 14] << 24 | file[8 + 15] << 16 |
                   file[8 + 16] << 8 | file[8 + 17];
    assert_int_equal(told, span.got_end - span.got_start);
    for (int i = 0; i < 16; i++)
        assert_int_equal(file[8 + 18 + i], 0);
    free(file);
    if (system("flac --version >/dev/null 2>&1") == 0)
        assert_int_equal(system("flac -t -s copy-0.flac 2>/dev/null"), 0);
}

static void frame_numbers_of_every_length(void **user)
{
    (void)user;
    static const int64_t numbers[] = {0,     127,   128,     2047,    2048,
                                      65535, 65536, 2097151, 2097152, INT64_C(0xfffffffff)};
    media_need_ffmpeg();
    media_run("FF -i pulses.wav -t 1 -c:a flac -sample_fmt s16 one.flac");
    size_t size, at = 0, length = 0;
    unsigned char *file = media_load("one.flac", &size);
    sb_flac_frame frame, again;
    while (at + 8 < size && !(file[at] == 0xff && file[at + 1] == 0xf8))
        at++;
    for (length = 8; at + length <= size && !sb_flac_frame_read(&frame, file + at, length); length++)
        ;
    assert_true(at + length <= size);
    assert_int_equal(frame.number, 0);
    unsigned char *out = malloc(length + SB_FLAC_NUMBER_BYTES);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        size_t n = sb_flac_frame_renumber(out, file + at, length, &frame, numbers[i]);
        assert_true(sb_flac_frame_read(&again, out, n));
        assert_int_equal(again.number, numbers[i]);
        assert_int_equal(again.n_samples, frame.n_samples);
    }
    size_t n = sb_flac_frame_renumber(out, file + at, length, &frame, 0);
    assert_memory_equal(out, file + at, length);
    out[n / 2] ^= 1;
    assert_false(sb_flac_frame_read(&again, out, n));
    free(out);
    free(file);
}

static void a_broken_packet_is_refused(void **user)
{
    (void)user;
    media_need_ffmpeg();
    media_run("FF -i pulses.wav -c:a flac -sample_fmt s16 sound.flac");
    size_t size;
    free(media_load("sound.flac", &size));
    media_corrupt("sound.flac", "broken.flac", size / 2, 200);
    sb_copy_span spans[] = {span_ms(500, 1500, 44100, "flac"), span_ms(2000, 11000, 44100, "flac")};
    sb_error err = {0};
    assert_int_equal(sb_copy_spans(spans, 2, "broken.flac", &(sb_media_params){0}, &err), SB_ERR_FORMAT);
    assert_non_null(strstr(err.message, "broken"));
    assert_int_equal(spans[0].status, SB_OK);
    assert_int_equal(spans[1].status, SB_ERR_FORMAT);
}

static void codecs_go_into_their_own_files(void **user)
{
    (void)user;
    sb_error err = {0};
    assert_int_equal(sb_copy_codec_check("mp3", "MP3", &err), SB_OK);
    assert_int_equal(sb_copy_codec_check("opus", "ogg", &err), SB_OK);
    assert_int_equal(sb_copy_codec_check("aac", "aac", &err), SB_OK);
    assert_int_equal(sb_copy_codec_check("mp3", "wav", &err), SB_ERR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "the source is mp3"));
    assert_non_null(strstr(err.message, ".mp3"));
    assert_string_equal(err.field, "copy");
    err = (sb_error){0};
    assert_int_equal(sb_copy_codec_check("vorbis", "ogg", &err), SB_ERR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "turn copying off"));
    assert_true(sb_copy_knows(".aac"));
    assert_false(sb_copy_knows("mp4"));
    assert_string_equal(sb_copy_extension("pcm_s24le"), "wav");
    assert_null(sb_copy_extension("vorbis"));
}

/* The frame after a carrier finds its bytes directly before its own main data. */
static void a_carrier_ends_with_its_bytes(void **user)
{
    (void)user;
    static const uint8_t mono[] = {0xff, 0xfb, 0x10, 0xc4}, low[] = {0xff, 0xe3, 0x18, 0xc4};
    uint8_t bytes[SB_MPEG_RESERVOIR], out[SB_MPEG_FRAME_MAX];
    sb_mpeg_layer3 frame;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 7 + 1);
    for (size_t n = 0; n <= sizeof bytes; n += 73) {
        size_t size = sb_mpeg_layer3_carry(out, sizeof out, mono, bytes, n);
        assert_true(sb_mpeg_layer3_read(&frame, out, size));
        assert_int_equal(frame.bytes, size);
        assert_int_equal(frame.reservoir, 0);
        assert_int_equal(frame.n_samples, 1152);
        assert_true(frame.main_data + n <= size);
        assert_memory_equal(out + size - n, bytes, n);
    }
    size_t size = sb_mpeg_layer3_carry(out, sizeof out, low, bytes, 255);
    assert_true(sb_mpeg_layer3_read(&frame, out, size));
    assert_int_equal(frame.n_samples, 576);
    assert_int_equal(sb_mpeg_layer3_carry(out, 100, mono, bytes, 200), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_match_their_description),
        cmocka_unit_test(edges_stay_in_the_pause_if_possible),
        cmocka_unit_test(flac_states_its_length),
        cmocka_unit_test(frame_numbers_of_every_length),
        cmocka_unit_test(a_broken_packet_is_refused),
        cmocka_unit_test(codecs_go_into_their_own_files),
        cmocka_unit_test(a_carrier_ends_with_its_bytes),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
