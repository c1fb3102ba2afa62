#include "show/entries.h"

#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SNIFF_SIZE 4096

static size_t leading_blanks(const char *text, size_t size)
{
    size_t n = 0;
    while (n < size && sb_is_ascii_space(text[n]))
        n++;
    return n;
}

bool sb_show_entries_sniff(const void *data, size_t size)
{
    const char *text = data;
    size_t n = size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
    n += leading_blanks(text + n, size - n);
    return (size - n >= 7 && !memcmp(text + n, "#EXTM3U", 7)) ||
           sb_feed_sniff(text, sb_least_size(size, SNIFF_SIZE));
}

sb_status sb_show_entries_read(sb_show_entries **out, const void *data, size_t size, const char *path,
                               sb_error *err)
{
    sb_bytes text = {0};
    const char *encoding;
    bool lossy = false;
    sb_show_entries *entries = calloc(1, sizeof *entries);
    *out = NULL;
    if (entries)
        entries->memory = calloc(1, sizeof *entries->memory);
    bool ok =
        entries && entries->memory && sb_encoding_decode(&text, &encoding, &lossy, size ? data : "", size);
    sb_status status = ok ? SB_OK : sb_error_memory(err, "reading the list");
    if (ok) {
        const char *begin = text.data ? text.data : "";
        status = sb_feed_sniff(begin, sb_least_size(text.size, SNIFF_SIZE))
                     ? sb_feed_read(entries, begin, text.size, path, err)
                     : sb_playlist_read(entries, begin, text.size, path, err);
    }
    if (status == SB_OK && entries->n_items == 0)
        status = sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "names no audio; check that it is complete");
    sb_bytes_finish(&text);
    if (status != SB_OK)
        sb_show_entries_free(&entries);
    *out = entries;
    return status;
}

/* Decodes "%20" in place. Returns false for an encoded slash or NUL. */
static bool decode_percent(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        int high = *from == '%' ? sb_hex_value(from[1]) : -1, low = high >= 0 ? sb_hex_value(from[2]) : -1;
        *to = low >= 0 ? (char)(high * 16 + low) : *from;
        if (low >= 0 && (*to == 0 || *to == '/'))
            return false;
        from += low >= 0 ? 2 : 0;
        to++;
    }
    *to = 0;
    return true;
}

static bool is_folder_name(const char *name)
{
    return !*name || !strcmp(name, ".") || !strcmp(name, "..");
}

char *sb_show_entry_path(const char *address)
{
    bool is_file = !strncasecmp(address, "file://", 7);
    const char *scheme = strstr(address, "://");
    if (!scheme || strcspn(address, "/") < (size_t)(scheme - address))
        return *address ? sb_copy_text(address, NULL) : NULL;
    const char *path = is_file ? strchr(address + 7, '/') : scheme + 3;
    if (!path)
        return NULL;
    char *copy = sb_copy_bytes(path, is_file ? strlen(path) : strcspn(path, "?#"));
    if (!copy)
        return NULL;
    char *slash = strrchr(copy, '/');
    char *name = is_file ? copy : slash ? slash + 1 : copy + strlen(copy);
    bool ok = decode_percent(name) && !is_folder_name(name);
    char *kept = ok ? sb_copy_text(name, NULL) : NULL;
    free(copy);
    return kept;
}
