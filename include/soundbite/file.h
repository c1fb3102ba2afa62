/* Files as this library treats them: read whole within a limit, written whole or not at all. */
#ifndef SOUNDBITE_FILE_H
#define SOUNDBITE_FILE_H

#include "soundbite/status.h"

SB_BEGIN_DECLS

/* Growing bytes, always followed by a NUL that `size` does not count. A zeroed struct is empty.
 * The first failed allocation sets `failed`; later additions do nothing, so that a writer checks once. */
typedef struct sb_bytes {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
} sb_bytes;

SB_API void sb_bytes_append(sb_bytes *bytes, const void *data, size_t size);
SB_API void sb_bytes_text(sb_bytes *bytes, const char *text);
SB_API void sb_bytes_print(sb_bytes *bytes, const char *format, ...) SB_PRINTF(2, 3);
SB_API void sb_bytes_finish(sb_bytes *bytes);

/* Reads a whole file, or standard input where `path` is "-", of at most `limit` bytes. SB_ERR_IO (missing,
 * a folder, no permission), SB_ERR_LIMIT, SB_ERR_MEMORY; the error names the file. */
SB_API sb_status sb_file_read(sb_bytes *out, const char *path, size_t limit, sb_error *err);

/* SHA-256 of a file's content as 64 lower-case hex digits and a NUL. SB_ERR_IO. */
#define SB_SHA256_TEXT 65
SB_API sb_status sb_file_sha256(char out[SB_SHA256_TEXT], const char *path, sb_error *err);
SB_API void sb_sha256(char out[SB_SHA256_TEXT], const void *data, size_t size);

/* A file on its way: written under a hidden temporary name in the folder of its final name, and given that
 * name only by sb_output_commit. */
typedef struct sb_output sb_output;

/* Begins an output. An existing file is refused with SB_ERR_EXISTS unless `overwrite`; so is, always, a
 * folder or anything that is not a regular file (SB_ERR_IO), but devices such as /dev/null and
 * named pipes are written straight through. "-" is standard output. */
SB_API sb_status sb_output_open(sb_output **out, const char *path, bool overwrite, sb_error *err);

/* The descriptor to write to, seekable unless the output is a pipe or a device; the output owns it. */
SB_API int sb_output_fd(const sb_output *output);

/* Where it lies until it is committed, so that it can be read again; NULL where it goes straight to a pipe or a device. */
SB_API const char *sb_output_temporary(const sb_output *output);

/* Drops what was written and begins again. SB_ERR_IO for a pipe or a device. */
SB_API sb_status sb_output_rewind(sb_output *output, sb_error *err);

/* Writes all of `data` at the current position. SB_ERR_IO names the file and the system's reason. */
SB_API sb_status sb_output_write(sb_output *output, const void *data, size_t size, sb_error *err);

/* Gives the file its final name and frees the output, setting it to NULL; on failure nothing is left behind.
 * SB_ERR_EXISTS where, without `overwrite`, somebody else was first. */
SB_API sb_status sb_output_commit(sb_output **output, sb_error *err);

/* Removes what was written and frees the output; does nothing for NULL. Sets it to NULL. */
SB_API void sb_output_abort(sb_output **output);

/* Removes the temporary files of every open output. Safe in a signal handler, just before the program ends. */
SB_API void sb_output_abort_all(void);

/* Opens, writes `bytes`, commits. */
SB_API sb_status sb_file_write(const char *path, const void *data, size_t size, bool overwrite,
                               sb_error *err);

/* Makes every folder that `path` needs, the last component left out. SB_ERR_IO names the one that cannot be made. */
SB_API sb_status sb_folders_make(const char *path, sb_error *err);

/* Turns any text into one safe component of a file name, in UTF-8, at most `max_bytes` long: separators, control
 * and bidirectional characters, what Windows forbids, leading dots and dashes and trailing dots and blanks are
 * replaced or dropped, device names (CON, NUL ...) get an underscore, nothing left gives "_". NFC normalised. The
 * caller frees. NULL when out of memory. */
SB_API char *sb_file_name_safe(const char *text, size_t max_bytes);

SB_END_DECLS

#endif
