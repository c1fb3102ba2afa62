/* What a file is, told by its first bytes, so that a mistake can be explained. */
#ifndef SB_CLI_FILE_KIND_H
#define SB_CLI_FILE_KIND_H

#include "soundbite/status.h"

typedef enum cli_file_kind {
    CLI_FILE_UNKNOWN, /* cannot be told: a pipe, or bytes of no known kind */
    CLI_FILE_EMPTY,
    CLI_FILE_MEDIA,
    CLI_FILE_ALIGNMENT,
    CLI_FILE_PLAYLIST,
    CLI_FILE_TEXT,
    CLI_FILE_OTHER /* a document, a picture, an archive: cli_file_description says which */
} cli_file_kind;

/* The kind of `size` first bytes of a file. `*description` ("a PDF document") is static. */
cli_file_kind cli_bytes_kind(const void *data, size_t size, const char **description);

/* The kind of the file at `path` ("-" is standard input), of which nothing is taken. Pipes and devices are
 * CLI_FILE_UNKNOWN.
 * SB_ERR_IO where it cannot be opened. */
sb_status cli_file_kind_of(cli_file_kind *out, const char *path, const char **description, sb_error *err);

#endif
