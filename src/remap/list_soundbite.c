#include <string.h>

#include "remap/remap.h"

#define TAG "<podcast:soundbite"
#define END "</podcast:soundbite"

typedef struct feed {
    sb_time_list *list;
    sb_reading *reading;
    size_t at;
    size_t n_episodes, episode_of_first; /* <item> elements so far */
} feed;

static int sniff(const char *text, size_t size)
{
    return memmem(text, size, TAG, sizeof TAG - 1) ? 90 : 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool stands(const feed *f, size_t at, const char *word)
{
    size_t n = strlen(word);
    return f->reading->size - at >= n && memcmp(f->reading->text + at, word, n) == 0;
}

/* True if the name of an element ends there. */
static bool opens(const feed *f, const char *name)
{
    size_t after = f->at + strlen(name);
    return stands(f, f->at, name) && after < f->reading->size &&
           (is_blank(f->reading->text[after]) || strchr("/>", f->reading->text[after]));
}

/* Returns the position after `end`, or the end of the text. */
static size_t find_after(const feed *f, size_t at, const char *end)
{
    const char *text = f->reading->text;
    const char *found = memmem(text + at, f->reading->size - at, end, strlen(end));
    return found ? (size_t)(found - text) + strlen(end) : f->reading->size;
}

/* Reads the attribute at `*at` and advances `*at`: its name, and the text between its quotes. Returns false
 * at the end of the tag. */
static bool next_attribute(const feed *f, size_t *at, sb_range *name, sb_range *value)
{
    const char *text = f->reading->text;
    size_t size = f->reading->size;
    while (*at < size && (is_blank(text[*at]) || text[*at] == '/'))
        ++*at;
    name->at = *at;
    while (*at < size && !is_blank(text[*at]) && text[*at] != '=' && text[*at] != '>')
        ++*at;
    name->length = *at - name->at;
    while (*at < size && (is_blank(text[*at]) || text[*at] == '='))
        ++*at;
    if (name->length == 0 || *at >= size || (text[*at] != '"' && text[*at] != '\''))
        return false;
    const char *close = memchr(text + *at + 1, text[*at], size - *at - 1);
    if (!close)
        return false;
    *value = (sb_range){*at + 1, (size_t)(close - text) - *at - 1};
    *at = (size_t)(close - text) + 1;
    return true;
}

static bool is_called(const feed *f, sb_range range, const char *name)
{
    return range.length == strlen(name) && memcmp(f->reading->text + range.at, name, range.length) == 0;
}

/* An element alone on its line includes the whole line. */
static sb_range widen(const feed *f, size_t begin, size_t end)
{
    const char *text = f->reading->text;
    size_t first = begin, last = end;
    while (first > 0 && (text[first - 1] == ' ' || text[first - 1] == '\t'))
        first--;
    while (last < f->reading->size && (text[last] == ' ' || text[last] == '\t' || text[last] == '\r'))
        last++;
    if ((first > 0 && text[first - 1] != '\n') || last == f->reading->size || text[last] != '\n')
        return (sb_range){begin, end - begin};
    return (sb_range){first, last + 1 - first};
}

static sb_status end_tag(feed *f, sb_timed_item *item, size_t begin)
{
    const char *text = f->reading->text;
    size_t size = f->reading->size;
    if (f->at >= size || text[f->at] != '>')
        return sb_reading_fail(f->reading, begin, "the tag is not closed; close it with >");
    f->at++;
    if (text[f->at - 2] == '/') {
        item->whole = widen(f, begin, f->at);
        return SB_OK;
    }
    size_t content = f->at;
    const char *close = memmem(text + content, size - content, END, sizeof END - 1);
    if (!close)
        return sb_reading_fail(f->reading, begin,
                               "the tag is not closed; close it with </podcast:soundbite>");
    size_t length = (size_t)(close - text) - content;
    f->at = find_after(f, content + length, ">");
    item->whole = widen(f, begin, f->at);
    return sb_list_set_label(item, f->reading, (sb_range){content, length});
}

static sb_status add_times(feed *f, sb_range start, sb_range length, size_t begin, sb_timed_item **item)
{
    sb_time from = SB_TIME_NONE, lasts = SB_TIME_NONE;
    if (start.at == 0 || length.at == 0)
        return sb_reading_fail(f->reading, begin, "the soundbite has no %s; add one",
                               start.at == 0 ? "startTime" : "duration");
    sb_status status = sb_list_read_time(&from, &start, f->reading, start);
    if (status == SB_OK)
        status = sb_list_read_time(&lasts, &length, f->reading, length);
    if (status != SB_OK)
        return status;
    if (lasts > INT64_MAX - from)
        return sb_reading_fail(f->reading, length.at, "the time is too large; correct it");
    *item = sb_time_list_add(f->list, from, start);
    if (!*item)
        return SB_ERR_MEMORY;
    (*item)->end = from + lasts;
    (*item)->end_range = length;
    (*item)->end_is_length = true;
    return SB_OK;
}

static sb_status read_tag(feed *f)
{
    size_t begin = f->at, at = begin + sizeof TAG - 1;
    sb_range start = {0}, length = {0}, name, value;
    sb_timed_item *item = NULL;
    while (next_attribute(f, &at, &name, &value)) {
        if (is_called(f, name, "startTime"))
            start = value;
        else if (is_called(f, name, "duration"))
            length = value;
    }
    f->at = at;
    sb_status status = add_times(f, start, length, begin, &item);
    return status == SB_OK ? end_tag(f, item, begin) : status;
}

/* Soundbites of other episodes refer to other audio. */
static sb_status check_episode(feed *f)
{
    if (f->list->n_items == 0)
        f->episode_of_first = f->n_episodes;
    if (f->episode_of_first == f->n_episodes)
        return SB_OK;
    return sb_reading_fail(
        f->reading, f->at,
        "the feed has soundbites of more than one episode; use only the <item> of this episode");
}

static sb_status read(sb_time_list *list, sb_reading *reading)
{
    feed f = {.list = list, .reading = reading};
    sb_status status = SB_OK;
    while (status == SB_OK && f.at < reading->size) {
        const char *next = memchr(reading->text + f.at, '<', reading->size - f.at);
        if (!next)
            break;
        f.at = (size_t)(next - reading->text);
        if (stands(&f, f.at, "<!--")) {
            f.at = find_after(&f, f.at, "-->");
        } else if (stands(&f, f.at, "<![CDATA[")) {
            f.at = find_after(&f, f.at, "]]>");
        } else if (opens(&f, TAG)) {
            status = check_episode(&f);
            status = status == SB_OK ? read_tag(&f) : status;
        } else {
            f.n_episodes += opens(&f, "<item");
            f.at++;
        }
    }
    return status;
}

const sb_list_reader sb_list_reader_soundbite = {
    .name = "soundbite",
    .summary = "<podcast:soundbite> tags, in a feed or alone",
    .sniff = sniff,
    .read = read,
};
