/* Reading and writing cache files, and limiting their total size. */
#ifndef SB_CLI_CACHE_FILES_H
#define SB_CLI_CACHE_FILES_H

#include "soundbite/file.h"

/* Reads entry FOLDER/KIND/KEY and marks it as recently used. Returns false if it does not exist or is larger
 * than `limit`. */
bool cli_cache_read(sb_bytes *out, const char *folder, const char *kind, const char *key, size_t limit);

/* Writes an entry and creates its folders. Then removes the least recently used entries of its kind until the
 * total is at most `total_limit` bytes, counting each as at least 4096. Errors are ignored. */
void cli_cache_write(const char *folder, const char *kind, const char *key, const void *data, size_t size,
                     int64_t total_limit);

#endif
