/* Reading playlists and feeds. */
#ifndef SB_SHOW_ENTRIES_H
#define SB_SHOW_ENTRIES_H

#include "show/show.h"

#define SB_SHOW_ENTRIES_MAX 1000000

/* Adds an entry. Returns NULL if memory runs out. */
sb_show_entry *sb_show_entry_add(sb_show_entries *entries, int64_t line);

/* Copies the text without blanks around it. NULL stays NULL; `*ok` becomes false only if memory runs out. */
const char *sb_show_entry_keep(sb_show_entries *entries, const char *text, size_t size, bool *ok);

/* Add the entries of UTF-8 text. Return SB_ERR_FORMAT, SB_ERR_LIMIT or SB_ERR_MEMORY. */
sb_status sb_playlist_read(sb_show_entries *entries, const char *text, size_t size, const char *path,
                           sb_error *err);
sb_status sb_feed_read(sb_show_entries *entries, const char *text, size_t size, const char *path,
                       sb_error *err);

bool sb_feed_sniff(const char *text, size_t size);

#endif
