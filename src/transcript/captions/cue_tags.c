#include <string.h>
#include <strings.h>

#include "transcript/captions/captions.h"

#define MAX_TAG_BYTES   400
#define MAX_STYLE_BYTES 100

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Tags of WebVTT and SubRip, and HTML that occurs in both. Other tags count as text. */
static bool is_known(const char *name, size_t size)
{
    static const char *const known[] = {"b",  "i",    "u",    "c",    "v",    "s",      "br", "rt", "rp",
                                        "em", "font", "lang", "ruby", "span", "strong", "p",  "div"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i]) == size && strncasecmp(known[i], name, size) == 0)
            return true;
    }
    return false;
}

static sb_cue_tag read_time_tag(const char *text, size_t length)
{
    sb_stamp stamp = sb_stamp_clock(text + 1, length - 2);
    sb_cue_tag tag = {.time = SB_TIME_NONE};
    if (stamp.length == 0 || stamp.length != length - 2)
        return tag;
    tag.length = length;
    tag.time = stamp.time;
    tag.time_length = stamp.length;
    return tag;
}

static sb_cue_tag read_angle_tag(const char *text, size_t size)
{
    sb_cue_tag tag = {.time = SB_TIME_NONE};
    const char *end = memchr(text, '>', size < MAX_TAG_BYTES ? size : MAX_TAG_BYTES);
    if (!end)
        return tag;
    size_t length = (size_t)(end - text) + 1, name = text[1] == '/' ? 2 : 1, n = 0;
    if (text[1] >= '0' && text[1] <= '9')
        return read_time_tag(text, length);
    while (is_letter(text[name + n]))
        n++;
    if (!is_known(text + name, n) || !strchr(" \t./>", text[name + n]) || !text[name + n])
        return tag;
    tag.length = length;
    tag.is_line_break = n == 2 && strncasecmp(text + name, "br", 2) == 0;
    bool is_reading =
        n == 2 && (strncasecmp(text + name, "rt", 2) == 0 || strncasecmp(text + name, "rp", 2) == 0);
    tag.begins_ruby = is_reading && name == 1;
    tag.ends_ruby = name == 2 && (is_reading || (n == 4 && strncasecmp(text + name, "ruby", 4) == 0));
    const char *blank = memchr(text, ' ', length);
    if (n == 1 && name == 1 && (text[1] == 'v' || text[1] == 'V') && blank) {
        tag.voice = blank + 1;
        tag.voice_length = (size_t)(end - blank) - 1;
    }
    return tag;
}

sb_cue_tag sb_cue_tag_read(const char *text, size_t size)
{
    sb_cue_tag tag = {.time = SB_TIME_NONE};
    if (size >= 3 && text[0] == '<')
        return read_angle_tag(text, size);
    if (size >= 3 && text[0] == '{' && text[1] == '\\') {
        const char *end = memchr(text, '}', size < MAX_STYLE_BYTES ? size : MAX_STYLE_BYTES);
        tag.length = end ? (size_t)(end - text) + 1 : 0;
    }
    return tag;
}
