/* Reading and writing whole files: outputs appear under their name only when they are complete. */
#ifndef SOUNDBITE_FILE_H
#define SOUNDBITE_FILE_H

#include "soundbite/status.h"

SB_BEGIN_DECLS

/* A byte buffer that grows. `data` is always followed by a NUL that `size` does not count. A zeroed struct is
 * an empty buffer. If an allocation fails, `failed` is set and later additions do nothing, so a writer needs
 * only one check at the end. */
typedef struct sb_bytes {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
} sb_bytes;

/* Appends `size` bytes. `data` may be NULL if `size` is 0. */
SB_API void sb_bytes_append(sb_bytes *bytes, const void *data, size_t size);
/* Appends a string without its NUL. */
SB_API void sb_bytes_text(sb_bytes *bytes, const char *text);
/* Appends formatted text, as printf does. */
SB_API void sb_bytes_print(sb_bytes *bytes, const char *format, ...) SB_PRINTF(2, 3);
/* Frees the bytes and zeroes the struct. */
SB_API void sb_bytes_finish(sb_bytes *bytes);

/* Reads a whole file of at most `limit` bytes. The path "-" is standard input. The error names the file.
 * Returns SB_ERR_IO if the file is missing, is a folder or may not be read; SB_ERR_LIMIT if it is larger than
 * `limit`; SB_ERR_MEMORY. */
SB_API sb_status sb_file_read(sb_bytes *out, const char *path, size_t limit, sb_error *err);

/* Writes the SHA-256 of a file's content to `out`: 64 lower-case hex digits and a NUL. Returns SB_ERR_IO if
 * the file cannot be read. */
#define SB_SHA256_TEXT 65
SB_API sb_status sb_file_sha256(char out[SB_SHA256_TEXT], const char *path, sb_error *err);
/* Writes the SHA-256 of `size` bytes to `out` in the same form. */
SB_API void sb_sha256(char out[SB_SHA256_TEXT], const void *data, size_t size);

/* A file being written. It has a hidden temporary name in the folder of its final name until sb_output_commit
 * renames it. */
typedef struct sb_output sb_output;

/* Opens an output. The path "-" is standard output. Devices such as /dev/null and named pipes are written
 * directly. Returns SB_ERR_EXISTS if the file exists and `overwrite` is false; SB_ERR_IO if the path is a
 * folder or another special file, or if it cannot be created; SB_ERR_INTERRUPTED after sb_output_abort_all;
 * SB_ERR_MEMORY. */
SB_API sb_status sb_output_open(sb_output **out, const char *path, bool overwrite, sb_error *err);

/* Returns the file descriptor to write to. It can seek unless the output is a pipe or a device. The output
 * owns it. */
SB_API int sb_output_fd(const sb_output *output);

/* Returns the temporary path, so that the content can be read before the commit. NULL for a pipe or a
 * device. */
SB_API const char *sb_output_temporary(const sb_output *output);

/* Discards what was written, so that writing starts again. Returns SB_ERR_IO for a pipe or a device. */
SB_API sb_status sb_output_rewind(sb_output *output, sb_error *err);

/* Writes all of `data` at the current position. Returns SB_ERR_IO if that fails; the error names the file and
 * gives the system's reason. */
SB_API sb_status sb_output_write(sb_output *output, const void *data, size_t size, sb_error *err);

/* Waits until the content is on the disk, renames the file to its final name, waits until the name is on the
 * disk, frees the output and sets it to NULL. On failure the temporary file is removed. Returns SB_ERR_EXISTS
 * if `overwrite` was false and another process has created the file meanwhile; SB_ERR_IO if writing, closing
 * or renaming fails; SB_ERR_INTERRUPTED after sb_output_abort_all; SB_ERR_MEMORY. */
SB_API sb_status sb_output_commit(sb_output **output, sb_error *err);

/* Removes the temporary file, frees the output and sets it to NULL. Does nothing if it is NULL. */
SB_API void sb_output_abort(sb_output **output);

/* Removes the temporary files of all open outputs of this process. May be called in a signal handler just
 * before the program ends: afterwards, no output can be opened or committed. */
SB_API void sb_output_abort_all(void);

/* Writes `size` bytes to the file `path`: opens an output, writes to it and commits it. Returns what those
 * calls return. */
SB_API sb_status sb_file_write(const char *path, const void *data, size_t size, bool overwrite,
                               sb_error *err);

/* Creates every parent folder of `path`. The last component of `path` is not created. Returns SB_ERR_IO if a
 * folder cannot be created; the error names it. */
SB_API sb_status sb_folders_make(const char *path, sb_error *err);

/* Makes one safe file name component of at most `max_bytes` bytes out of any text. The result is UTF-8 in
 * NFC. Separators, control and bidirectional characters, characters that Windows forbids, leading dots and
 * dashes, and trailing dots and blanks are replaced or removed. Device names of Windows (CON, NUL ...) get an
 * underscore. If nothing is left, the result is "_". The caller frees the result. Returns NULL if memory runs
 * out. */
SB_API char *sb_file_name_safe(const char *text, size_t max_bytes);

SB_END_DECLS

#endif
