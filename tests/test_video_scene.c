#include "support_media.h"
#include "support_memory.h"
#include "support_quote.h"

#include "video/scene/scene.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE      48000
#define LENGTH_S  4
#define N_SAMPLES (RATE * LENGTH_S)

static const char words[] = "one two three four five six seven eight";

typedef struct example {
    sb_alignment *alignment;
    sb_wave wave;
    sb_video_params video;
    sb_caption_span span;
    sb_film_params params;
} example;

/* Eight words; word n starts at n / 2 s. The sound is loud in the first second and silent in the second. */
static example make_example(sb_video_shape shape, const char *text)
{
    example e = {.alignment = quote_alignment(SB_METHOD_ENERGY), .wave.sample_rate = RATE};
    quote_add_turn(e.alignment, "Ann Lee", 0, LENGTH_S * 1000, text);
    float *sound = calloc(N_SAMPLES, sizeof *sound);
    assert_non_null(sound);
    for (int i = 0; i < N_SAMPLES; i++)
        sound[i] = i / RATE == 1 ? 0 : 0.5f * sinf((float)i * 0.05f);
    const float *planes[] = {sound};
    assert_int_equal(sb_wave_push(&e.wave, planes, 1, N_SAMPLES, NULL), SB_OK);
    free(sound);
    e.video = (sb_video_params){.shape = shape, .background = "#101020"};
    return e;
}

static const sb_yuv *draw(sb_scene *scene, int64_t index)
{
    const sb_yuv *picture;
    assert_int_equal(sb_scene_draw(&picture, scene, index, NULL), SB_OK);
    return picture;
}

static const sb_film_params *params_of(example *e)
{
    e->span = (sb_caption_span){.last_word = e->alignment->turns[0].n_words - 1,
                                .within = {0, LENGTH_S * SB_TIME_SECOND}};
    e->params = (sb_film_params){.video = &e->video,
                                 .audio_path = "sound.wav",
                                 .title = "Bridges and water",
                                 .speaker = "Ann Lee",
                                 .alignment = e->alignment,
                                 .spans = &e->span,
                                 .n_spans = 1,
                                 .wave = &e->wave,
                                 .n_samples = N_SAMPLES,
                                 .sound = {.sample_rate = RATE, .channels = 2}};
    return &e->params;
}

static void finish_example(example *e)
{
    sb_alignment_free(&e->alignment);
    sb_wave_finish(&e->wave);
}

static sb_scene *open_scene(example *e)
{
    sb_scene *scene = NULL;
    sb_error err = {0};
    if (sb_scene_create(&scene, params_of(e), NULL, &err))
        fail_msg("%s", err.message);
    return scene;
}

static sb_yuv keep(const sb_yuv *picture)
{
    sb_yuv copy;
    assert_int_equal(sb_yuv_init(&copy, picture->width, picture->height, NULL), SB_OK);
    sb_yuv_copy(&copy, picture);
    return copy;
}

static sb_rect where_they_differ(const sb_yuv *a, const sb_yuv *b)
{
    sb_rect box = {0};
    for (int y = 0; y < a->height; y++)
        for (int x = 0; x < a->width; x++)
            if (a->planes[0][y * a->width + x] != b->planes[0][y * b->width + x])
                box = sb_rect_join(box, (sb_rect){x, y, 1, 1});
    return box;
}

/* The part of the picture whose brightness differs from the background. */
static sb_rect where_it_is_drawn_on(const sb_yuv *p)
{
    sb_rect box = {0};
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            if (abs(p->planes[0][y * p->width + x] - p->planes[0][0]) > 2)
                box = sb_rect_join(box, (sb_rect){x, y, 1, 1});
    return box;
}

static void everything_is_inside_the_safe_zone(void **user)
{
    (void)user;
    for (int shape = SB_VIDEO_9_16; shape <= SB_VIDEO_16_9; shape++) {
        example e = make_example((sb_video_shape)shape, words);
        sb_scene *scene = open_scene(&e);
        assert_int_equal(sb_scene_length(scene), LENGTH_S * SB_VIDEO_FPS);
        sb_rect zone = sb_video_safe_zone((sb_video_shape)shape), box = {0};
        for (int i = 0; i < LENGTH_S * SB_VIDEO_FPS; i += 13)
            box = sb_rect_join(box, where_it_is_drawn_on(draw(scene, i)));
        assert_true(box.x >= zone.x - 2 && box.x + box.width <= zone.x + zone.width + 2);
        assert_true(box.y >= zone.y && box.y + box.height <= zone.y + zone.height);
        assert_true(box.width > zone.width * 9 / 10 && box.height > zone.height * 9 / 10);
        sb_scene_free(&scene);
        finish_example(&e);
    }
}

/* For any positions in a theme. */
static void themes_do_not_leave_the_safe_zone(void **user)
{
    (void)user;
    static const char *const themes[] = {
        "captions-at = 0\ncaption-size = 16\nheader-at = 100\ntitle-size = 12\nspeaker-size = 9\nwave-at = "
        "0\n",
        "captions-at = 100\ncaption-size = 16\nheader-at = 100\nalign = centre\ntitle-size = 10\nwave-at = "
        "100\n",
        "title-size = 0\nspeaker-size = 0\nwave-height = 0\nprogress-height = 0\ncaptions-at = 100\n"};
    for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++) {
        example e = make_example(SB_VIDEO_9_16, words);
        media_store("extreme.theme", themes[i], strlen(themes[i]));
        e.video.theme = "extreme.theme";
        sb_scene *scene = open_scene(&e);
        sb_rect zone = sb_video_safe_zone(SB_VIDEO_9_16), box = {0};
        for (int frame = 0; frame < LENGTH_S * SB_VIDEO_FPS; frame += 13)
            box = sb_rect_join(box, where_it_is_drawn_on(draw(scene, frame)));
        if (box.y < zone.y - 1 || box.y + box.height > zone.y + zone.height + 1)
            fail_msg("theme %zu: from %d to %d", i, box.y, box.y + box.height);
        if (i == 2)
            assert_true(box.y > zone.y + zone.height / 2);
        sb_scene_free(&scene);
        finish_example(&e);
    }
}

/* Yellow has less blue than everything else between title and waveform. */
static sb_rect lit_word(const sb_yuv *p)
{
    sb_rect box = {0};
    sb_rect zone = sb_video_safe_zone(SB_VIDEO_9_16);
    int top = (zone.y + zone.height / 4) / 2, bottom = (zone.y + zone.height * 7 / 10) / 2;
    for (int y = top; y < bottom; y++)
        for (int x = 0; x < p->width / 2; x++)
            if (p->planes[1][y * p->strides[1] + x] < 80)
                box = sb_rect_join(box, (sb_rect){x, y, 1, 1});
    return box;
}

static void the_word_is_lit_in_the_frame_in_which_it_begins(void **user)
{
    (void)user;
    example e = make_example(SB_VIDEO_9_16, words);
    sb_scene *scene = open_scene(&e);
    sb_rect before = {0};
    for (int i = 0; i < LENGTH_S * SB_VIDEO_FPS; i++) {
        sb_rect now = lit_word(draw(scene, i));
        assert_true(now.width > 0);
        bool moved = memcmp(&now, &before, sizeof now) != 0;
        if (moved != (i % 15 == 0))
            fail_msg("frame %d: the lit word has%s moved", i, moved ? "" : " not");
        before = now;
    }
    sb_scene_free(&scene);
    finish_example(&e);
}

static void waveform_and_progress_move(void **user)
{
    (void)user;
    example e = make_example(SB_VIDEO_16_9, words);
    sb_scene *scene = open_scene(&e);
    sb_yuv first = keep(draw(scene, 31)), second = keep(draw(scene, 32));
    sb_rect box = where_they_differ(&first, &second), zone = sb_video_safe_zone(SB_VIDEO_16_9);
    assert_true(box.width > 0 && box.y > zone.y + zone.height / 2);
    sb_yuv_finish(&first);
    sb_yuv_finish(&second);
    sb_scene_free(&scene);
    finish_example(&e);
}

static void a_picture_does_not_depend_on_the_previous_ones(void **user)
{
    (void)user;
    example e = make_example(SB_VIDEO_1_1, words), f = make_example(SB_VIDEO_1_1, words);
    sb_scene *one = open_scene(&e), *other = open_scene(&f);
    for (int i = 0; i < 100; i++)
        draw(one, i);
    sb_yuv a = keep(draw(one, 100)), b = keep(draw(other, 100));
    assert_memory_equal(a.planes[0], b.planes[0], 1080 * 1080 * 3 / 2);
    sb_yuv_finish(&a);
    sb_yuv_finish(&b);
    sb_scene_free(&one);
    sb_scene_free(&other);
    finish_example(&e);
    finish_example(&f);
}

/* Braces and backslashes are special in libass; long words shrink the captions, and words that are still
 * too wide are split. */
static void hostile_text_stays_in_the_zone(void **user)
{
    (void)user;
    static const char *const texts[] = {
        "{\\fs400\\pos(0,0)} \\N\\N\\N {\\p1}m a}b{c \\{x \\} end",
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft is one word",
        "WWWWWWWWWWWWWWWWWWWW MMMMMMMMMMMMMMMMMMMM",
        "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xd8\xa8\xd9\x83\xd9\x85",
        "\xe7\x89\x9b\xe5\xb0\x8f\xe5\xb1\x8b\xe3\x81\xae \xe9\x80\x81\xe4\xbf\xa1\xe6\xa9\x9f"};
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        example e = make_example(SB_VIDEO_9_16, texts[t]);
        sb_scene *scene = open_scene(&e);
        sb_rect zone = sb_video_safe_zone(SB_VIDEO_9_16), box = {0};
        for (int i = 0; i < LENGTH_S * SB_VIDEO_FPS; i += 10)
            box = sb_rect_join(box, where_it_is_drawn_on(draw(scene, i)));
        if (box.x < zone.x - 4 || box.x + box.width > zone.x + zone.width + 4 || box.y < zone.y ||
            box.y + box.height > zone.y + zone.height)
            fail_msg("text %zu leaves the zone: %d %d %d %d", t, box.x, box.y, box.width, box.height);
        sb_scene_free(&scene);
        finish_example(&e);
    }
}

static void text_can_be_read_on_any_background(void **user)
{
    (void)user;
    static const char *const backgrounds[] = {"white", "black", "#808080", "yellow", "#ffd34d", "navy"};
    for (size_t i = 0; i < sizeof backgrounds / sizeof backgrounds[0]; i++) {
        sb_canvas *canvas = NULL;
        sb_theme theme;
        sb_still none = {0};
        sb_theme_init(&theme, SB_VIDEO_1_1);
        assert_int_equal(sb_canvas_create(&canvas, 200, 200, NULL), SB_OK);
        assert_int_equal(sb_backdrop_draw(canvas, &theme, backgrounds[i], &none, NULL, NULL), SB_OK);
        sb_colour on = theme.background;
        if (sb_colour_contrast(theme.text, on) < 4.5 || sb_colour_contrast(theme.lit, on) < 4.5 ||
            sb_colour_contrast(theme.speaker, on) < 4.5)
            fail_msg("%s: #%06x, #%06x", backgrounds[i], theme.text, theme.lit);
        sb_canvas_free(&canvas);
    }
}

/* A cover with a white half and a black one is darkened until the text can be read on both. */
static void a_picture_is_darkened_until_text_can_be_read(void **user)
{
    (void)user;
    sb_still cover = {.width = 64, .height = 64};
    cover.pixels = malloc(64 * 64 * sizeof *cover.pixels);
    assert_non_null(cover.pixels);
    for (int i = 0; i < 64 * 64; i++)
        cover.pixels[i] = i % 64 < 32 ? 0xffffffff : 0xff000000;
    sb_canvas *canvas = NULL;
    sb_theme theme;
    sb_notes notes = {0};
    sb_theme_init(&theme, SB_VIDEO_16_9);
    sb_colour text = theme.text;
    assert_int_equal(sb_canvas_create(&canvas, 480, 270, NULL), SB_OK);
    assert_int_equal(sb_backdrop_draw(canvas, &theme, NULL, &cover, &notes, NULL), SB_OK);
    assert_int_equal(theme.text, text);
    assert_int_equal(notes.n_items, 0);
    sb_pixels p = sb_canvas_pixels(canvas);
    sb_colour brightest = p.rows[0] & 0xffffff, darkest = p.rows[479] & 0xffffff;
    assert_true(sb_colour_luminance(brightest) > sb_colour_luminance(darkest) + 0.02);
    for (int x = 0; x < 480; x++) {
        assert_true(sb_colour_contrast(theme.text, p.rows[x] & 0xffffff) >= 4.5);
        assert_true(sb_colour_contrast(theme.lit, p.rows[x] & 0xffffff) >= 4.5);
    }
    sb_canvas_free(&canvas);
    sb_still_finish(&cover);
    sb_notes_finish(&notes);
}

static void running_out_of_memory_is_an_error(void **user)
{
    (void)user;
    for (size_t n = 0; n < 4000; n++) {
        example e = make_example(SB_VIDEO_1_1, words);
        sb_scene *scene = NULL;
        sb_error err = {0};
        memory_fail_from(n);
        sb_status status = sb_scene_create(&scene, params_of(&e), NULL, &err);
        bool refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_true((scene == NULL) == refused);
        sb_scene_free(&scene);
        finish_example(&e);
        if (!refused)
            return;
    }
    fail_msg("it never succeeded");
}

static int enter(void **user)
{
    (void)user;
    media_enter("video-scene");
    media_write_pulses("sound.wav", RATE, 1, LENGTH_S);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_inside_the_safe_zone),
        cmocka_unit_test(themes_do_not_leave_the_safe_zone),
        cmocka_unit_test(the_word_is_lit_in_the_frame_in_which_it_begins),
        cmocka_unit_test(waveform_and_progress_move),
        cmocka_unit_test(a_picture_does_not_depend_on_the_previous_ones),
        cmocka_unit_test(hostile_text_stays_in_the_zone),
        cmocka_unit_test(text_can_be_read_on_any_background),
        cmocka_unit_test(a_picture_is_darkened_until_text_can_be_read),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
