#include "transcript/readers/readers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "transcript/transcript.h"

/* Removes Markdown marks around a heading. */
static sb_range strip_marks(const char *text, sb_range line)
{
    line = sb_range_trim(text, line);
    while (line.length > 0 && strchr("#*_", text[line.at]) && text[line.at]) {
        line.at++;
        line.length--;
    }
    while (line.length > 0 && strchr("#*_:", text[line.at + line.length - 1]) &&
           text[line.at + line.length - 1])
        line.length--;
    return sb_range_trim(text, line);
}

bool sb_front_matter_ends(const char *text, sb_range line)
{
    static const char *const headings[] = {"transcript", "full transcript", "episode transcript"};
    if (line.length > 80)
        return false;
    line = strip_marks(text, line);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        if (line.length == strlen(headings[i]) && strncasecmp(text + line.at, headings[i], line.length) == 0)
            return true;
    }
    return false;
}

static sb_status take_text(char **slot, const char *text, sb_range range)
{
    bool ok = true;
    if (!*slot)
        *slot = sb_text_plain(text + range.at, range.length, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static bool is_rule(const char *text, sb_range line)
{
    return line.length == 3 &&
           (memcmp(text + line.at, "---", 3) == 0 || memcmp(text + line.at, "...", 3) == 0);
}

/* Returns the value of a line "key: value" without quotes. Length 0 if the key differs. */
static sb_range yaml_value(const char *text, sb_range line, const char *key)
{
    size_t n = strlen(key);
    if (line.length <= n || strncasecmp(text + line.at, key, n) != 0 || text[line.at + n] != ':')
        return (sb_range){0};
    sb_range value = sb_range_trim(text, (sb_range){line.at + n + 1, line.length - n - 1});
    if (value.length >= 2 && strchr("\"'", text[value.at]) &&
        text[value.at + value.length - 1] == text[value.at])
        value = (sb_range){value.at + 1, value.length - 2};
    return value;
}

static sb_status take_yaml(sb_transcript *t, const char *text, sb_range line)
{
    sb_range title = yaml_value(text, line, "title");
    sb_range language = yaml_value(text, line, "language");
    if (language.length == 0)
        language = yaml_value(text, line, "lang");
    sb_status status = title.length ? take_text(&t->title, text, title) : SB_OK;
    if (status == SB_OK && language.length)
        status = take_text(&t->language, text, language);
    return status;
}

sb_status sb_front_matter_take(sb_reading *reading, size_t size)
{
    const char *text = reading->text;
    sb_line line = {0};
    bool in_yaml = false, is_first = true;
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0)
            continue;
        if (is_rule(text, content) && (is_first || in_yaml))
            in_yaml = !in_yaml;
        else if (in_yaml)
            status = take_yaml(reading->transcript, text, content);
        else if (!sb_front_matter_ends(text, content))
            return take_text(&reading->transcript->title, text, strip_marks(text, content));
        is_first = false;
    }
    return status;
}
