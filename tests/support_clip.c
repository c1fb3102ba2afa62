#include "support_clip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static sb_time ms(int64_t value)
{
    return value * SB_TIME_MS;
}

static void fill_alignment(clip_episode *e)
{
    sb_alignment *a = &e->alignment;
    a->audio.path = e->path;
    a->audio.sample_rate = CLIP_RATE;
    a->audio.seek_safe = true;
    a->audio.duration = CLIP_SECONDS * SB_TIME_SECOND;
    a->method = SB_METHOD_ENERGY;
    a->turns = e->turns;
    a->speech = e->speech;
    a->n_turns = a->n_speech = CLIP_N_TURNS;
    for (int i = 0; i < CLIP_N_TURNS; i++) {
        sb_time start = ms(3000 * i + 600), end = ms(3000 * i + 2400), middle = ms(3000 * i + 1500);
        e->words[i][0] =
            (sb_aligned_word){.text = (char *)"one", .start = start, .end = middle, .confidence = 1};
        e->words[i][1] =
            (sb_aligned_word){.text = (char *)"two.", .start = middle, .end = end, .confidence = 1};
        e->speech[i] = (sb_span){start, end};
        e->turns[i] = (sb_aligned_turn){.speaker = (char *)"Ada",
                                        .stamp = start,
                                        .start = start,
                                        .end = end,
                                        .confidence = 1,
                                        .words = e->words[i],
                                        .n_words = 2};
        e->matches[i] = (sb_match){.number = (size_t)i + 1,
                                   .first_turn = (size_t)i,
                                   .last_turn = (size_t)i,
                                   .last_word = 1,
                                   .speaker = "Ada",
                                   .text = (char *)"one two.",
                                   .span = {start, end},
                                   .confidence = 1};
    }
}

void clip_episode_make(clip_episode *e, const char *folder, int channels, const char *extension)
{
    memset(e, 0, sizeof *e);
    e->render.overwrite = true;
    snprintf(e->folder, sizeof e->folder, "%s", folder);
    sound_make(&e->sound, channels, CLIP_RATE, CLIP_SECONDS, 77);
    for (size_t i = 0; i < e->sound.n_samples; i++) {
        size_t in_turn = i % (3 * CLIP_RATE);
        for (int c = 0; c < channels; c++)
            if (in_turn < CLIP_RATE * 6 / 10 || in_turn >= CLIP_RATE * 24 / 10)
                e->sound.planes[c][i] = (float)((int)(i * 7919 % 9) - 4) / 32768;
    }
    snprintf(e->path, sizeof e->path, "%s/episode.%s", folder, extension);
    fill_alignment(e);
    e->alignment.audio.channels = channels;
    clip_episode_save(e, extension);
}

void clip_episode_save(clip_episode *e, const char *extension)
{
    assert_int_equal(sound_write(&e->sound, e->path, extension, NULL, NULL), SB_OK);
    assert_int_equal(sb_file_sha256(e->alignment.audio.sha256, e->path, NULL), SB_OK);
}

void clip_episode_finish(clip_episode *e)
{
    for (int i = 0; i < CLIP_N_TURNS; i++)
        sb_clip_result_finish(&e->results[i]);
    sound_finish(&e->sound);
    unlink(e->path);
}

sb_status clip_episode_render(clip_episode *e, size_t n, const char *name, const char *extension,
                              const sb_clip_params *params, sb_error *err)
{
    for (size_t i = 0; i < n; i++) {
        sb_clip_result_finish(&e->results[i]);
        snprintf(e->paths[i], sizeof e->paths[i], "%s/%s-%zu.%s", e->folder, name, i, extension);
        e->requests[i] = (sb_clip_request){.path = e->paths[i], .match = &e->matches[i], .params = params};
    }
    return sb_clip_render(e->results, e->path, &e->alignment, e->requests, n, &e->render, NULL, err);
}

void clip_episode_render_ok(clip_episode *e, size_t n, const char *name, const char *extension,
                            const sb_clip_params *params)
{
    sb_error err = {0};
    if (clip_episode_render(e, n, name, extension, params, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < n; i++)
        if (e->results[i].status)
            fail_msg("clip %zu: %s", i, e->results[i].error.message);
}

sb_clip_params clip_params_as_it_is(void)
{
    sb_clip_params params = {0};
    params.keep_level = true;
    return params;
}
