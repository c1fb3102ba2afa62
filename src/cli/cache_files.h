/* The files of the cache: read, written whole, and kept within bounds. */
#ifndef SB_CLI_CACHE_FILES_H
#define SB_CLI_CACHE_FILES_H

#include "soundbite/file.h"

/* Reads entry FOLDER/KIND/KEY and marks it as used now. False where it is not there or larger than `limit`. */
bool cli_cache_read(sb_bytes *out, const char *folder, const char *kind, const char *key, size_t limit);

/* Writes an entry, making the folders where they are missing, then removes the least recently used ones of its kind
 * until they take at most `total_limit` bytes, each counted as at least one block of 4096. Failure is silent. */
void cli_cache_write(const char *folder, const char *kind, const char *key, const void *data, size_t size,
                     int64_t total_limit);

#endif
