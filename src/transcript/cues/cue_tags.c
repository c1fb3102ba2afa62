#include <string.h>
#include <strings.h>

#include "base/words/words.h"
#include "transcript/cues/cues.h"

#define MAX_TAG_BYTES   400
#define MAX_STYLE_BYTES 100

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

sb_range sb_cue_trim(const char *text, sb_range range)
{
    for (;;) {
        range = sb_range_trim(text, range);
        const char *end = text + range.at + range.length;
        bool begins = range.length >= 3 && memcmp(text + range.at, BYTE_ORDER_MARK, 3) == 0;
        if (!begins && (range.length < 3 || memcmp(end - 3, BYTE_ORDER_MARK, 3) != 0))
            return range;
        range.at += begins ? 3 : 0;
        range.length -= 3;
    }
}

static bool is_tag_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Tags of WebVTT and SubRip, and HTML that occurs in both. Other tags count as text, and so does "<b and
 * c>". */
static bool is_known(const char *name, size_t size, const char *after, const char *end)
{
    static const char *const plain[] = {"b",  "i",  "u",      "s",   "c",   "rt",  "rp",    "em",     "ruby",
                                        "tt", "br", "strong", "big", "sup", "sub", "small", "center", NULL};
    static const char *const with_attributes[] = {"v", "font", "lang", "span", "p", "div", "a", NULL};
    while (after < end && (*after == ' ' || *after == '/'))
        after++;
    return sb_part_is_among(name, size, with_attributes) ||
           ((after == end || *after == '.') && sb_part_is_among(name, size, plain));
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

/* False for "<v ->", which names nobody. */
static bool has_letter(const char *text, const char *end)
{
    for (; text < end; text++) {
        if ((unsigned char)*text >= 0x80 || is_tag_letter(*text) || (*text >= '0' && *text <= '9'))
            return true;
    }
    return false;
}

static sb_cue_tag read_angle_tag(const char *text, size_t size)
{
    sb_cue_tag tag = {.time = SB_TIME_NONE};
    bool is_time = text[1] >= '0' && text[1] <= '9';
    const char *end = is_time || text[1] == '/' || is_tag_letter(text[1])
                          ? memchr(text, '>', size < MAX_TAG_BYTES ? size : MAX_TAG_BYTES)
                          : NULL;
    if (!end)
        return tag;
    size_t length = (size_t)(end - text) + 1, name = text[1] == '/' ? 2 : 1, n = 0;
    if (is_time)
        return read_time_tag(text, length);
    while (is_tag_letter(text[name + n]))
        n++;
    if (!strchr(" \t./>", text[name + n]) || !text[name + n] ||
        !is_known(text + name, n, text + name + n, end))
        return tag;
    tag.length = length;
    tag.is_line_break = n == 2 && strncasecmp(text + name, "br", 2) == 0;
    bool is_reading =
        n == 2 && (strncasecmp(text + name, "rt", 2) == 0 || strncasecmp(text + name, "rp", 2) == 0);
    tag.begins_ruby = is_reading && name == 1;
    tag.ends_ruby = name == 2 && (is_reading || (n == 4 && strncasecmp(text + name, "ruby", 4) == 0));
    bool is_voice = n == 1 && (text[name] == 'v' || text[name] == 'V');
    tag.ends_voice = is_voice && name == 2;
    if (is_voice && name == 1) {
        size_t blank = strcspn(text, " \t>");
        tag.voice = text + blank + (text[blank] != '>');
        tag.voice_length = has_letter(tag.voice, end) ? (size_t)(end - tag.voice) : 0;
    }
    return tag;
}

sb_cue_tag sb_cue_tag_read(const char *text, size_t size)
{
    sb_cue_tag tag = {.time = SB_TIME_NONE};
    if (size >= 3 && text[0] == '<')
        return read_angle_tag(text, size);
    if (size >= 3 && text[0] == '{' && (text[1] == '\\' || (is_tag_letter(text[1]) && text[2] == ':'))) {
        const char *end = memchr(text, '}', size < MAX_STYLE_BYTES ? size : MAX_STYLE_BYTES);
        tag.length = end ? (size_t)(end - text) + 1 : 0;
    }
    if (size >= 2 && text[0] == '\\' && (text[1] == 'N' || text[1] == 'h')) {
        tag.length = 2;
        tag.is_line_break = true;
    }
    return tag;
}
