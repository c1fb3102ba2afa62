/* What videos show of captions: styles, speakers, logo, drafts, fonts. Looks at pixels. */
#include "support_media.h"
#include "support_quote.h"
#include "support_skip.h"

#include "video/scene/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE     48000
#define LENGTH_S 8

typedef struct example {
    sb_alignment *alignment;
    sb_wave wave;
    sb_video_params video;
    sb_caption_span span;
    sb_film_params params;
    sb_scene *scene;
    sb_notes notes;
} example;

/* A clip that begins `lead_ms` before the first word. */
static void begin(example *e, sb_video_shape shape, int lead_ms)
{
    *e = (example){.alignment = quote_alignment(SB_METHOD_ENERGY), .wave.sample_rate = RATE};
    float *sound = calloc(RATE * LENGTH_S, sizeof *sound);
    assert_non_null(sound);
    const float *planes[] = {sound};
    assert_int_equal(sb_wave_push(&e->wave, planes, 1, RATE * LENGTH_S, NULL), SB_OK);
    free(sound);
    e->video = (sb_video_params){.shape = shape, .background = "#101020"};
    e->span = (sb_caption_span){
        .last_word = SIZE_MAX, .shift = lead_ms * SB_TIME_MS, .within = {0, LENGTH_S * SB_TIME_SECOND}};
}

static void open_scene(example *e)
{
    sb_error err = {0};
    e->span.last_turn = e->alignment->n_turns - 1;
    e->params = (sb_film_params){.video = &e->video,
                                 .audio_path = "sound.wav",
                                 .title = "Bridges",
                                 .speaker = e->alignment->turns[0].speaker,
                                 .alignment = e->alignment,
                                 .spans = &e->span,
                                 .n_spans = 1,
                                 .wave = &e->wave,
                                 .n_samples = RATE * LENGTH_S,
                                 .sound = {.sample_rate = RATE, .channels = 2}};
    if (sb_scene_create(&e->scene, &e->params, &e->notes, &err))
        fail_msg("%s", err.message);
}

static void end(example *e)
{
    sb_scene_free(&e->scene);
    sb_alignment_free(&e->alignment);
    sb_wave_finish(&e->wave);
    sb_notes_finish(&e->notes);
}

static sb_yuv frame_at(example *e, int64_t index)
{
    const sb_yuv *picture;
    sb_yuv copy;
    assert_int_equal(sb_scene_draw(&picture, e->scene, index, NULL), SB_OK);
    assert_int_equal(sb_yuv_init(&copy, picture->width, picture->height, NULL), SB_OK);
    sb_yuv_copy(&copy, picture);
    return copy;
}

/* The bright part of the middle of the picture, where captions are. */
static sb_rect bright(const sb_yuv *p)
{
    sb_rect box = {0};
    for (int y = p->height * 30 / 100; y < p->height * 60 / 100; y++)
        for (int x = 0; x < p->width; x++)
            if (p->planes[0][y * p->strides[0] + x] > 120)
                box = sb_rect_join(box, (sb_rect){x, y, 1, 1});
    return box;
}

static size_t difference(const sb_yuv *a, const sb_yuv *b, sb_rect in)
{
    size_t n = 0;
    for (int y = in.y; y < in.y + in.height; y++)
        for (int x = in.x; x < in.x + in.width; x++)
            n += abs(a->planes[0][y * a->strides[0] + x] - b->planes[0][y * b->strides[0] + x]) > 20;
    return n;
}

static sb_rect middle_of(const sb_yuv *p)
{
    return (sb_rect){0, p->height * 3 / 10, p->width, p->height * 3 / 10};
}

/* In every shape and style, even if the clip begins with a long pause. */
static void the_first_frame_has_its_caption(void **user)
{
    (void)user;
    for (int shape = SB_VIDEO_9_16; shape <= SB_VIDEO_16_9; shape++)
        for (int style = SB_VIDEO_KARAOKE; style <= SB_VIDEO_PLAIN; style++) {
            example e;
            begin(&e, (sb_video_shape)shape, 2500);
            quote_add_turn(e.alignment, "Ann Lee", 0, 3000, "nobody knew about the bridge");
            e.video.style = (sb_video_style)style;
            open_scene(&e);
            sb_yuv first = frame_at(&e, 0);
            if (bright(&first).width < first.width / 8)
                fail_msg("shape %d, style %d: no caption", shape, style);
            sb_yuv_finish(&first);
            end(&e);
        }
}

static void styles_differ(void **user)
{
    (void)user;
    sb_yuv pictures[SB_VIDEO_PLAIN + 1];
    for (int style = SB_VIDEO_KARAOKE; style <= SB_VIDEO_PLAIN; style++) {
        example e;
        begin(&e, SB_VIDEO_1_1, 0);
        quote_add_turn(e.alignment, "Ann Lee", 0, 4000, "nobody knew about the bridge");
        e.video.style = (sb_video_style)style;
        open_scene(&e);
        pictures[style] = frame_at(&e, 40);
        end(&e);
    }
    for (int a = SB_VIDEO_KARAOKE; a <= SB_VIDEO_PLAIN; a++)
        for (int b = a + 1; b <= SB_VIDEO_PLAIN; b++)
            if (difference(&pictures[a], &pictures[b], middle_of(&pictures[a])) < 300)
                fail_msg("styles %d and %d look the same", a, b);
    for (int style = SB_VIDEO_KARAOKE; style <= SB_VIDEO_PLAIN; style++)
        sb_yuv_finish(&pictures[style]);
}

static void a_theme_sets_what_was_not_asked_for(void **user)
{
    (void)user;
    sb_yuv pictures[3];
    media_store("boxed.theme", "style = box\nuppercase = yes\n", 28);
    for (int i = 0; i < 3; i++) {
        example e;
        begin(&e, SB_VIDEO_1_1, 0);
        quote_add_turn(e.alignment, "Ann Lee", 0, 4000, "nobody knew about the bridge");
        e.video.theme = i == 1 ? NULL : "boxed.theme";
        e.video.style = i == 0 ? SB_VIDEO_STYLE_OF_THEME : i == 1 ? SB_VIDEO_BOX : SB_VIDEO_PLAIN;
        e.video.uppercase = i == 1;
        open_scene(&e);
        pictures[i] = frame_at(&e, 40);
        end(&e);
    }
    assert_int_equal(difference(&pictures[0], &pictures[1], middle_of(&pictures[0])), 0);
    assert_true(difference(&pictures[0], &pictures[2], middle_of(&pictures[0])) > 300);
    for (int i = 0; i < 3; i++)
        sb_yuv_finish(&pictures[i]);
}

/* Words that popped up stay where they are. */
static void popping_words_do_not_move(void **user)
{
    (void)user;
    example e;
    begin(&e, SB_VIDEO_1_1, 0);
    quote_add_turn(e.alignment, "Ann Lee", 0, 4000, "one two three four");
    e.video.style = SB_VIDEO_POP;
    open_scene(&e);
    sb_rect before = {0};
    for (int frame = 25; frame < 110; frame += 30) {
        sb_yuv picture = frame_at(&e, frame);
        sb_rect now = bright(&picture);
        assert_true(now.width > before.width + 20);
        assert_true(!before.width || abs(now.x - before.x) < 4);
        before = now;
        sb_yuv_finish(&picture);
    }
    end(&e);
}

/* The width of the widest gap without bright pixels between letters. */
static int widest_gap(const sb_yuv *p)
{
    sb_rect box = bright(p);
    int gap = 0, widest = 0;
    for (int x = box.x; x < box.x + box.width; x++) {
        bool is_bright = false;
        for (int y = box.y; y < box.y + box.height; y++)
            is_bright |= p->planes[0][y * p->strides[0] + x] > 120;
        gap = is_bright ? 0 : gap + 1;
        widest = gap > widest ? gap : widest;
    }
    return widest;
}

/* A long word grows too, but the blank before it stays visible. */
static void popping_words_do_not_touch(void **user)
{
    (void)user;
    example e;
    begin(&e, SB_VIDEO_1_1, 0);
    quote_add_turn(e.alignment, "Ann Lee", 0, 4000, "ten considerations");
    e.video.style = SB_VIDEO_POP;
    open_scene(&e);
    sb_yuv largest = frame_at(&e, 63), at_rest = frame_at(&e, 75);
    assert_true(bright(&largest).height > bright(&at_rest).height);
    assert_true(2 * widest_gap(&largest) > widest_gap(&at_rest));
    sb_yuv_finish(&largest);
    sb_yuv_finish(&at_rest);
    end(&e);
}

/* In a script without blanks, nothing of the next word is shown before it is said. */
static void popping_words_are_whole(void **user)
{
    (void)user;
    int widths[2];
    for (int i = 0; i < 2; i++) {
        example e;
        begin(&e, SB_VIDEO_1_1, 0);
        quote_add_turn(e.alignment, "Ann Lee", 0, 4000, i ? "\u4e2d \u56fd \u4eba" : "\u4e2d");
        e.video.style = SB_VIDEO_POP;
        open_scene(&e);
        sb_yuv picture = frame_at(&e, 25);
        widths[i] = bright(&picture).width;
        if (strstr(e.notes.n_items ? e.notes.items[0].text : "", "font"))
            skip();
        sb_yuv_finish(&picture);
        end(&e);
    }
    assert_true(widths[0] > 10);
    assert_in_range(widths[1], widths[0] - 1, widths[0] + 1);
}

static size_t count_bright(const sb_yuv *p, int left, int right)
{
    size_t n = 0;
    for (int y = 0; y < p->height * 3 / 10; y++)
        for (int x = left; x < right; x++)
            n += p->planes[0][y * p->strides[0] + x] > 110;
    return n;
}

/* Names of other scripts need more height, and are below the title. */
static void changing_names_are_whole(void **user)
{
    (void)user;
    size_t counts[2];
    for (int i = 0; i < 2; i++) {
        example e;
        begin(&e, SB_VIDEO_9_16, 0);
        quote_add_turn(e.alignment, "\u0644\u064a\u0644\u0649", 0, 2000, "nobody knew about it");
        if (i)
            quote_add_turn(e.alignment, "Bob Stone", 2500, 4500, "nobody knew about it");
        open_scene(&e);
        sb_yuv picture = frame_at(&e, 20);
        counts[i] = count_bright(&picture, 0, picture.width);
        assert_int_equal(count_bright(&picture, picture.width / 2, picture.width), 0);
        sb_yuv_finish(&picture);
        end(&e);
    }
    assert_in_range(counts[1], counts[0] * 97 / 100, counts[0] * 103 / 100);
}

/* The average colour of bright pixels. */
static void colour_of(const sb_yuv *p, sb_rect in, double *blue, double *red)
{
    double n = 0;
    *blue = *red = 0;
    for (int y = in.y & ~1; y < in.y + in.height; y += 2)
        for (int x = in.x & ~1; x < in.x + in.width; x += 2)
            if (p->planes[0][y * p->strides[0] + x] > 150) {
                *blue += p->planes[1][y / 2 * p->strides[1] + x / 2];
                *red += p->planes[2][y / 2 * p->strides[2] + x / 2];
                n++;
            }
    *blue /= n;
    *red /= n;
}

/* The name and the colour of the captions change with the speaker. A speaker has the same colour in every
 * clip. */
static void speakers_have_their_colours(void **user)
{
    (void)user;
    example e;
    double blue[3], red[3];
    begin(&e, SB_VIDEO_9_16, 0);
    quote_add_turn(e.alignment, "Ann Lee", 0, 2000, "nobody knew about it");
    quote_add_turn(e.alignment, "Bob Stone", 2500, 4500, "nobody knew about it");
    e.video.style = SB_VIDEO_PLAIN;
    open_scene(&e);
    sb_yuv ann = frame_at(&e, 30), bob = frame_at(&e, 100);
    sb_rect header = {0, ann.height * 14 / 100, ann.width, ann.height / 10};
    assert_true(difference(&ann, &bob, header) > 100);
    colour_of(&ann, middle_of(&ann), &blue[0], &red[0]);
    colour_of(&bob, middle_of(&bob), &blue[1], &red[1]);
    assert_true(red[0] - red[1] > 20);
    e.span.first_turn = 1;
    sb_scene_free(&e.scene);
    open_scene(&e);
    sb_yuv again = frame_at(&e, 100);
    colour_of(&again, middle_of(&again), &blue[2], &red[2]);
    assert_true(abs((int)(red[1] - red[2])) < 2 && abs((int)(blue[1] - blue[2])) < 2);
    sb_yuv_finish(&ann);
    sb_yuv_finish(&bob);
    sb_yuv_finish(&again);
    end(&e);
}

static void themes_name_the_colours_of_speakers(void **user)
{
    (void)user;
    sb_theme theme;
    sb_error err = {0};
    static const char text[] = "speaker-colours = text, #00ff00, #ff00ff\nspeaker.Bob* = #123456\n";
    sb_alignment *a = quote_alignment(SB_METHOD_ENERGY);
    static const char *const names[] = {"Ann", NULL, "Bob Stone", "Cem", "Ann", "Dot"};
    for (int i = 0; i < 6; i++)
        quote_add_turn(a, names[i], i * 1000, i * 1000 + 900, "yes");
    sb_theme_init(&theme, SB_VIDEO_1_1);
    assert_int_equal(sb_theme_read(&theme, text, strlen(text), NULL, SB_VIDEO_1_1, &err), SB_OK);
    assert_int_equal(sb_theme_voice_colour(&theme, a, "Ann"), theme.text);
    assert_int_equal(sb_theme_voice_colour(&theme, a, "Bob Stone"), 0x123456);
    assert_int_equal(sb_theme_voice_colour(&theme, a, "Cem"), 0xff00ff);
    assert_int_equal(sb_theme_voice_colour(&theme, a, "Dot"), theme.text);
    assert_int_equal(sb_theme_voice_colour(&theme, a, NULL), theme.text);
    static const char *const wrong[] = {"speaker-colours = text, gren\n",
                                        "speaker. = red\n",
                                        "speaker.Bob = 12\n",
                                        "style = bold\n",
                                        "logo-at = middle\n",
                                        "uppercase = 1\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(sb_theme_read(&theme, wrong[i], strlen(wrong[i]), NULL, SB_VIDEO_1_1, &err),
                         SB_ERR_FORMAT);
    sb_alignment_free(&a);
}

/* A BMP file of one colour. */
static void store_logo(void)
{
    enum { WIDTH = 60, HEIGHT = 30, HEAD = 54 };
    uint8_t bmp[HEAD + WIDTH * HEIGHT * 3] = {'B', 'M'};
    bmp[2] = sizeof bmp & 255;
    bmp[3] = sizeof bmp >> 8;
    bmp[10] = HEAD;
    bmp[14] = 40;
    bmp[18] = WIDTH;
    bmp[22] = HEIGHT;
    bmp[26] = 1;
    bmp[28] = 24;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        memcpy(bmp + HEAD + i * 3, (const uint8_t[]){40, 220, 240}, 3);
    media_store("logo.bmp", (const char *)bmp, sizeof bmp);
}

static void the_logo_is_in_its_corner(void **user)
{
    (void)user;
    static const char *const corners[] = {"top-left", "top-right", "bottom-left", "bottom-right"};
    store_logo();
    for (int corner = 0; corner < 4; corner++) {
        example e;
        char text[64];
        snprintf(text, sizeof text, "logo-at = %s\nlogo-size = 8\n", corners[corner]);
        media_store("corner.theme", text, strlen(text));
        begin(&e, SB_VIDEO_9_16, 0);
        quote_add_turn(e.alignment, "Ann Lee", 0, 4000, "nobody knew about it");
        e.video.logo = "logo.bmp";
        e.video.theme = "corner.theme";
        open_scene(&e);
        sb_yuv picture = frame_at(&e, 0);
        sb_rect zone = sb_video_safe_zone(SB_VIDEO_9_16);
        int height = picture.width * 8 / 100, width = height * 2;
        int x = corner & 1 ? zone.x + zone.width - width : zone.x;
        int y = corner & 2 ? zone.y + zone.height - height : zone.y;
        for (int at = 8; at < height - 8; at += 4) {
            int luma = picture.planes[0][(y + at) * picture.strides[0] + x + width * at / height];
            if (luma < 170)
                fail_msg("%s: %d at %d", corners[corner], luma, at);
        }
        sb_yuv_finish(&picture);
        end(&e);
    }
}

/* Half the size and half as many pictures, with the same words at the same time. */
static void a_draft_shows_the_same(void **user)
{
    (void)user;
    example whole, draft;
    begin(&whole, SB_VIDEO_9_16, 0);
    begin(&draft, SB_VIDEO_9_16, 0);
    quote_add_turn(whole.alignment, "Ann Lee", 0, 6000, "nobody knew. it was about the bridge and the water");
    quote_add_turn(draft.alignment, "Ann Lee", 0, 6000, "nobody knew. it was about the bridge and the water");
    draft.video.draft = true;
    open_scene(&whole);
    open_scene(&draft);
    assert_int_equal(sb_scene_length(draft.scene), sb_scene_length(whole.scene) / 2);
    for (int frame = 4; frame < 180; frame += 30) {
        sb_yuv a = frame_at(&whole, frame), b = frame_at(&draft, frame / 2);
        assert_int_equal(b.width, a.width / 2);
        assert_int_equal(b.height, a.height / 2);
        sb_rect large = bright(&a), small = bright(&b);
        if (abs(large.x - 2 * small.x) > 6 || abs(large.width - 2 * small.width) > 8)
            fail_msg("frame %d: %d, %d; the draft: %d, %d", frame, large.x, large.width, small.x,
                     small.width);
        sb_yuv_finish(&a);
        sb_yuv_finish(&b);
    }
    end(&whole);
    end(&draft);
}

/* Long titles, and one that cannot fit, stay in the zone. */
static void long_titles_are_balanced(void **user)
{
    (void)user;
    sb_canvas *canvas = NULL;
    assert_int_equal(sb_canvas_create(&canvas, 1000, 300, NULL), SB_OK);
    sb_canvas_text text = {
        .text = "What the mice did to the transmitter at Cape Wrath, and why nobody would believe us",
        .fonts = "Inter, DejaVu Sans",
        .size = 50,
        .bold = true,
        .lines = 3,
        .colour = 0xffffff};
    int height = sb_canvas_write(canvas, &text, (sb_rect){0, 0, 1000, 300}, false, NULL);
    sb_pixels p = sb_canvas_pixels(canvas);
    int n_lines = (height + 30) / 60, widths[3] = {0};
    assert_true(n_lines >= 2);
    for (int line = 0; line < n_lines; line++)
        for (int y = line * height / n_lines; y < (line + 1) * height / n_lines; y++)
            for (int x = 0; x < 1000; x++)
                if ((p.rows[y * p.stride + x] & 255) > 128 && x > widths[line])
                    widths[line] = x;
    for (int line = 1; line < n_lines; line++)
        assert_true(widths[line] > widths[0] * 6 / 10 && widths[0] > widths[line] * 6 / 10);
    sb_canvas_free(&canvas);
}

static bool has_note(const example *e, const char *text)
{
    for (size_t i = 0; i < e->notes.n_items; i++)
        if (strstr(e->notes.items[i].text, text))
            return true;
    return false;
}

/* Characters of the private use area are in no font; neither are most of a script that was encoded last. */
static void a_missing_script_is_named(void **user)
{
    (void)user;
    example e;
    begin(&e, SB_VIDEO_1_1, 0);
    quote_add_turn(e.alignment, "Ann Lee", 0, 3000, "this is \xf3\xb0\x80\x80\xf3\xb0\x80\x81 here");
    open_scene(&e);
    assert_true(has_note(&e, "no installed font has 2 characters of the captions"));
    assert_true(has_note(&e, "add a font such as"));
    end(&e);
}

static void scripts_at_hand_are_drawn(void **user)
{
    (void)user;
    static const char *const texts[] = {
        "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xd8\xa8\xd9\x83\xd9\x85",        /* Arabic */
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",                                         /* Hebrew */
        "\xe0\xa4\xa8\xe0\xa4\xae\xe0\xa4\xb8\xe0\xa5\x8d\xe0\xa4\xa4\xe0\xa5\x87", /* Hindi */
        "\xe0\xb8\xaa\xe0\xb8\xa7\xe0\xb8\xb1\xe0\xb8\xaa\xe0\xb8\x94\xe0\xb8\xb5", /* Thai */
        "\xe7\x89\x9b\xe5\xb0\x8f\xe5\xb1\x8b\xe3\x81\xae",                         /* Japanese */
        "\xf0\x9f\x9a\x80 \xf0\x9f\x98\x82",                                        /* emoji */
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        example e;
        begin(&e, SB_VIDEO_1_1, 0);
        quote_add_turn(e.alignment, "Ann Lee", 0, 3000, texts[i]);
        open_scene(&e);
        if (e.notes.n_items) {
            end(&e);
            skip_because(
                "a font is missing: install fonts-noto-core, fonts-noto-color-emoji, fonts-droid-fallback");
        }
        sb_yuv picture = frame_at(&e, 10);
        if (bright(&picture).width < 40)
            fail_msg("text %zu is not drawn", i);
        sb_yuv_finish(&picture);
        end(&e);
    }
}

/* A rocket is not of one colour, as letters are. */
static void emoji_have_their_colours(void **user)
{
    (void)user;
    example e;
    begin(&e, SB_VIDEO_1_1, 0);
    quote_add_turn(e.alignment, "Ann Lee", 0, 3000, "\xf0\x9f\x9f\xa5 \xf0\x9f\x9f\xa6");
    e.video.style = SB_VIDEO_PLAIN;
    open_scene(&e);
    sb_yuv picture = frame_at(&e, 10);
    bool has_red = false, has_blue = false, is_missing = e.notes.n_items > 0;
    sb_rect in = middle_of(&picture);
    for (int y = in.y; y < in.y + in.height; y += 2)
        for (int x = 0; x < picture.width; x += 2) {
            has_blue = has_blue || picture.planes[1][y / 2 * picture.strides[1] + x / 2] > 170;
            has_red = has_red || picture.planes[2][y / 2 * picture.strides[2] + x / 2] > 170;
        }
    sb_yuv_finish(&picture);
    end(&e);
    if (is_missing || (!has_red && !has_blue))
        skip_because("no font with coloured emoji; install fonts-noto-color-emoji");
    assert_true(has_red && has_blue);
}

static int enter(void **user)
{
    (void)user;
    media_enter("video-captions");
    media_write_pulses("sound.wav", RATE, 1, LENGTH_S);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_frame_has_its_caption),
        cmocka_unit_test(styles_differ),
        cmocka_unit_test(a_theme_sets_what_was_not_asked_for),
        cmocka_unit_test(popping_words_do_not_move),
        cmocka_unit_test(popping_words_do_not_touch),
        cmocka_unit_test(popping_words_are_whole),
        cmocka_unit_test(changing_names_are_whole),
        cmocka_unit_test(speakers_have_their_colours),
        cmocka_unit_test(themes_name_the_colours_of_speakers),
        cmocka_unit_test(the_logo_is_in_its_corner),
        cmocka_unit_test(a_draft_shows_the_same),
        cmocka_unit_test(long_titles_are_balanced),
        cmocka_unit_test(a_missing_script_is_named),
        cmocka_unit_test(scripts_at_hand_are_drawn),
        cmocka_unit_test(emoji_have_their_colours),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
