/* The database file: SQLite behind a few calls, and compression. Nothing outside this folder knows the
 * libraries. */
#ifndef SB_ARCHIVE_STORE_STORE_H
#define SB_ARCHIVE_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "soundbite/file.h"
#include "soundbite/status.h"

/* A connection to a database file. Errors name the file. A damaged or hostile file gives SB_ERR_FORMAT: its
 * schema may not call functions or write, and sizes in it are checked. A file that another process is writing
 * is waited for; after a minute the call fails with SB_ERR_IO. */
typedef struct sb_database sb_database;

/* Opens a file. With `writable`, it is created if it does not exist. Otherwise it is never written, except to
 * undo a change that a killed process left unfinished. Returns SB_ERR_IO, SB_ERR_FORMAT, SB_ERR_MEMORY, or
 * SB_ERR_UNSUPPORTED if this build has no archive. */
sb_status sb_database_open(sb_database **out, const char *path, bool writable, sb_error *err);
void sb_database_close(sb_database **database);

const char *sb_database_path(const sb_database *database);

/* Runs statements without results. */
sb_status sb_database_run(sb_database *database, const char *sql, sb_error *err);

/* Makes the file one with a rollback journal, if it has a write-ahead log. Not for files that may be no
 * archive. */
sb_status sb_database_use_journal(sb_database *database, sb_error *err);

/* Takes back what was written since "BEGIN". */
void sb_database_roll_back(sb_database *database);

/* Runs one statement without results. `types` has a letter for each value: 'i' int64_t, 't' const char *
 * (NULL is stored as NULL), 'b' const sb_bytes *. */
sb_status sb_database_write(sb_database *database, sb_error *err, const char *sql, const char *types, ...);

/* A statement with results. Use it as
 *
 *     sb_rows *rows = sb_database_read(database, err, "SELECT ... WHERE id = ?", "i", id);
 *     while (sb_rows_next(rows, err))
 *         sb_rows_whole(rows, 0) ...
 *     sb_rows_end(&rows);
 *
 * An error ends the loop and is in `err`, which must be clean before. `rows` is NULL after an error; the
 * calls accept that. */
typedef struct sb_rows sb_rows;
sb_rows *sb_database_read(sb_database *database, sb_error *err, const char *sql, const char *types, ...);
bool sb_rows_next(sb_rows *rows, sb_error *err);
/* Runs the same statement again with other values. */
void sb_rows_again(sb_rows *rows, sb_error *err, const char *types, ...);
void sb_rows_end(sb_rows **rows);

/* Values of the current row, valid until the next call. A text is never NULL, NULL is "". */
int64_t sb_rows_whole(sb_rows *rows, int column);
double sb_rows_number(sb_rows *rows, int column);
const char *sb_rows_text(sb_rows *rows, int column);
bool sb_rows_is_null(sb_rows *rows, int column);
const void *sb_rows_bytes(sb_rows *rows, int column, size_t *size);

/* Appends `data` compressed (RFC 1951) to `out`, after its size. If an allocation fails, out->failed is
 * set. */
void sb_deflate(sb_bytes *out, const void *data, size_t size);

/* Appends the bytes that were compressed. Returns SB_ERR_FORMAT if the data is damaged, or if there are more
 * than `limit` bytes; SB_ERR_MEMORY. No error text is set. */
sb_status sb_inflate(sb_bytes *out, const void *data, size_t size, size_t limit);

/* Makes the tokenizer "soundbite" known to the full-text index of a connection, an sqlite3 *. Returns a
 * result code of SQLite. */
int sb_term_tokenizer_add(void *connection);

#endif
