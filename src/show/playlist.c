#include "show/entries.h"

#include <string.h>

#define EXTINF "#EXTINF:"

/* "#EXTINF:123,The title" */
static const char *title_of(const char *line, size_t length, size_t *title_length)
{
    const char *comma = memchr(line, ',', length);
    *title_length = comma ? length - (size_t)(comma + 1 - line) : 0;
    return comma ? comma + 1 : NULL;
}

static bool begins_with(const char *line, size_t length, const char *start)
{
    size_t n = strlen(start);
    return length >= n && !memcmp(line, start, n);
}

sb_status sb_playlist_read(sb_show_entries *entries, const char *text, size_t size, const char *path,
                           sb_error *err)
{
    const char *title = NULL;
    size_t title_length = 0;
    int64_t number = 0;
    bool ok = true;
    for (size_t at = 0, length; at < size && ok; at += length + 1) {
        const char *line = text + at, *end = memchr(line, '\n', size - at);
        length = end ? (size_t)(end - line) : size - at;
        number++;
        if (begins_with(line, length, "#EXT-X-"))
            return sb_error_set_at(err, SB_ERR_FORMAT, path, number, 0,
                                   "is a playlist of the pieces of one stream; name the audio file itself");
        if (begins_with(line, length, EXTINF))
            title = title_of(line, length, &title_length);
        if (*line == '#')
            continue;
        const char *audio = sb_show_entry_keep(entries, line, length, &ok);
        if (!audio)
            continue;
        if (entries->n_items >= SB_SHOW_ENTRIES_MAX)
            return sb_error_set_at(err, SB_ERR_LIMIT, path, number, 0, "has too many entries; divide it");
        sb_show_entry *entry = sb_show_entry_add(entries, number);
        ok = entry != NULL;
        if (ok) {
            entry->audio = audio;
            entry->title = title ? sb_show_entry_keep(entries, title, title_length, &ok) : NULL;
        }
        title = NULL;
    }
    return ok ? SB_OK : sb_error_memory(err, "reading the list");
}
