#include "video/style/style.h"

#include "base/text/text.h"

#include "soundbite/video.h"

#include <math.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    sb_colour colour;
} names[] = {
    {"black", 0x000000},   {"silver", 0xc0c0c0}, {"gray", 0x808080},  {"grey", 0x808080},
    {"white", 0xffffff},   {"maroon", 0x800000}, {"red", 0xff0000},   {"purple", 0x800080},
    {"fuchsia", 0xff00ff}, {"green", 0x008000},  {"lime", 0x00ff00},  {"olive", 0x808000},
    {"yellow", 0xffff00},  {"navy", 0x000080},   {"blue", 0x0000ff},  {"teal", 0x008080},
    {"aqua", 0x00ffff},    {"orange", 0xffa500}, {"gold", 0xffd700},  {"pink", 0xffc0cb},
    {"brown", 0xa52a2a},   {"indigo", 0x4b0082}, {"coral", 0xff7f50}, {"crimson", 0xdc143c},
};

static bool read_hex(sb_colour *out, const char *text)
{
    size_t n = strlen(text);
    *out = 0;
    if (n != 3 && n != 6)
        return false;
    for (size_t i = 0; i < n; i++) {
        int digit = sb_hex_value(text[i]);
        if (digit < 0)
            return false;
        *out = *out << 4 | (sb_colour)digit;
        if (n == 3)
            *out = *out << 4 | (sb_colour)digit;
    }
    return true;
}

bool sb_colour_read(sb_colour *out, const char *text)
{
    if (*text == '#')
        return read_hex(out, text + 1);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(text, names[i].name) == 0) {
            *out = names[i].colour;
            return true;
        }
    return false;
}

bool sb_video_is_colour(const char *background)
{
    sb_colour colour;
    return sb_colour_read(&colour, background);
}

static double linear(uint32_t channel)
{
    double c = (channel & 255) / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double sb_colour_luminance(sb_colour c)
{
    return 0.2126 * linear(c >> 16) + 0.7152 * linear(c >> 8) + 0.0722 * linear(c);
}

double sb_colour_contrast(sb_colour a, sb_colour b)
{
    double l = sb_colour_luminance(a), m = sb_colour_luminance(b);
    return (fmax(l, m) + 0.05) / (fmin(l, m) + 0.05);
}

sb_colour sb_colour_mix(sb_colour under, sb_colour over, double alpha)
{
    sb_colour out = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        double u = under >> shift & 255, o = over >> shift & 255;
        out |= (sb_colour)(u + (o - u) * alpha + 0.5) << shift;
    }
    return out;
}
