#include "video/scene/scene.h"

#include "base/run/run.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SHADE_STEP 0.03
#define GRID       6 /* in pixels, between two that are examined */

typedef struct range {
    sb_colour darkest, brightest;
} range;

static range range_of(const sb_pixels *p)
{
    range out = {0xffffff, 0};
    double low = 256, high = -1;
    for (int y = 0; y < p->height; y += GRID)
        for (int x = 0; x < p->width; x += GRID) {
            sb_colour c = p->rows[(size_t)y * (size_t)p->stride + (size_t)x] & 0xffffff;
            double weight = 0.2126 * (c >> 16) + 0.7152 * (c >> 8 & 255) + 0.0722 * (c & 255);
            if (weight < low) {
                low = weight;
                out.darkest = c;
            }
            if (weight > high) {
                high = weight;
                out.brightest = c;
            }
        }
    return out;
}

static double contrast_on(sb_colour colour, range on)
{
    return fmin(sb_colour_contrast(colour, on.darkest), sb_colour_contrast(colour, on.brightest));
}

/* Returns the colour if it is readable, otherwise one moved towards white or black as little as necessary. */
static sb_colour readable(sb_colour colour, range on, double least)
{
    sb_colour end = contrast_on(0xffffff, on) >= contrast_on(0, on) ? 0xffffff : 0;
    for (int step = 0; step < 20; step++) {
        sb_colour tried = sb_colour_mix(colour, end, step / 20.0);
        if (contrast_on(tried, on) >= least)
            return tried;
    }
    return end;
}

static void check_colour(sb_colour *colour, const char *name, range on, double least, sb_notes *notes)
{
    sb_colour taken = readable(*colour, on, least);
    if (taken != *colour)
        sb_notes_add(notes, NULL, 0, 0,
                     "the colour #%06x of '%s' is hard to read on its background; #%06x is used instead",
                     *colour, name, taken);
    *colour = taken;
}

static void check_voice(sb_colour *colour, range on)
{
    if (*colour != SB_COLOUR_TEXT)
        check_colour(colour, "speaker-colours", on, SB_COLOUR_CONTRAST, NULL);
}

static void check_colours(sb_theme *theme, range on, sb_notes *notes)
{
    if (contrast_on(theme->text, on) < SB_COLOUR_CONTRAST)
        theme->text = contrast_on(0xffffff, on) >= contrast_on(0, on) ? 0xffffff : 0;
    check_colour(&theme->speaker, "speaker", on, SB_COLOUR_CONTRAST, NULL);
    check_colour(&theme->lit, "lit", on, SB_COLOUR_CONTRAST, notes);
    for (size_t i = 0; i < theme->n_voices; i++)
        check_voice(&theme->voices[i], on);
    for (size_t i = 0; i < theme->n_named; i++)
        check_voice(&theme->named[i].colour, on);
    check_colour(&theme->wave, "wave", on, 3, NULL);
    check_colour(&theme->wave_rest, "wave-rest", on, 1.7, NULL);
}

static bool is_readable(const sb_theme *theme, range on, double shade)
{
    range seen = {sb_colour_mix(on.darkest, theme->background_end, shade),
                  sb_colour_mix(on.brightest, theme->background_end, shade)};
    return contrast_on(theme->text, seen) >= SB_COLOUR_CONTRAST + 0.1 &&
           contrast_on(theme->lit, seen) >= SB_COLOUR_CONTRAST + 0.1 &&
           contrast_on(theme->speaker, seen) >= SB_COLOUR_CONTRAST + 0.1;
}

static void shade_all(const sb_pixels *p, sb_colour colour, double shade)
{
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++) {
            uint32_t *pixel = &p->rows[(size_t)y * (size_t)p->stride + (size_t)x];
            *pixel = 0xff000000 | sb_colour_mix(*pixel & 0xffffff, colour, shade);
        }
}

sb_status sb_backdrop_picture(sb_still *out, const char *background, sb_error *err)
{
    struct stat st;
    *out = (sb_still){0};
    if (*background == '#' || (!strpbrk(background, "./") && stat(background, &st)))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "'%.60s' is neither a colour nor a picture; write #102030, a name such as navy, "
                            "or the name of a picture file",
                            background);
    return sb_still_read(out, background, err);
}

static sb_status draw_picture(sb_canvas *canvas, sb_theme *theme, const sb_still *still, double blur,
                              sb_error *err)
{
    sb_pixels pixels = sb_canvas_pixels(canvas);
    int side = pixels.width < pixels.height ? pixels.width : pixels.height;
    sb_canvas_gradient(canvas, theme->background, theme->background_end);
    sb_canvas_still(canvas, still, (sb_rect){0, 0, pixels.width, pixels.height}, 0);
    pixels = sb_canvas_pixels(canvas);
    if (!sb_pixels_blur(&pixels, blur / 100 * side))
        return sb_error_memory(err, "drawing the video");
    range on = range_of(&pixels);
    double shade = theme->shade / 100;
    while (shade < 1 && !is_readable(theme, on, shade))
        shade += SHADE_STEP;
    shade_all(&pixels, theme->background_end, fmin(shade, 1));
    return SB_OK;
}

static sb_status draw_background(sb_canvas *canvas, sb_theme *theme, const char *background,
                                 const sb_still *cover, sb_error *err)
{
    sb_colour colour;
    sb_still still;
    if (background && sb_colour_read(&colour, background)) {
        theme->background = theme->background_end = colour;
        sb_canvas_gradient(canvas, colour, colour);
        return SB_OK;
    }
    if (!background && cover->pixels)
        return draw_picture(canvas, theme, cover, theme->cover_blur, err);
    if (!background) {
        sb_canvas_gradient(canvas, theme->background, theme->background_end);
        return SB_OK;
    }
    sb_status status = sb_backdrop_picture(&still, background, err);
    if (!status)
        status = draw_picture(canvas, theme, &still, theme->picture_blur, err);
    sb_still_finish(&still);
    return status;
}

sb_status sb_backdrop_draw(sb_canvas *canvas, sb_theme *theme, const char *background, const sb_still *cover,
                           sb_notes *notes, sb_error *err)
{
    sb_status status = draw_background(canvas, theme, background, cover, err);
    if (status)
        return status;
    sb_pixels pixels = sb_canvas_pixels(canvas);
    check_colours(theme, range_of(&pixels), notes);
    return SB_OK;
}
