/* Detecting the kind of a file from its first bytes, for explaining mistakes. */
#ifndef SB_CLI_FILE_KIND_H
#define SB_CLI_FILE_KIND_H

#include "soundbite/status.h"

typedef enum cli_file_kind {
    CLI_FILE_UNKNOWN, /* unknown, such as a pipe */
    CLI_FILE_EMPTY,
    CLI_FILE_MEDIA,
    CLI_FILE_ALIGNMENT,
    CLI_FILE_PLAYLIST,
    CLI_FILE_TEXT,
    CLI_FILE_OTHER /* a document, a picture, an archive; `*description` says which */
} cli_file_kind;

/* Returns the kind of a file that begins with these bytes. `*description` ("a PDF document") is static. */
cli_file_kind cli_bytes_kind(const void *data, size_t size, const char **description);

/* Gives the kind of the file `path` ("-" is standard input) without consuming it. Pipes and devices are
 * CLI_FILE_UNKNOWN. Returns SB_ERR_IO if it cannot be opened. */
sb_status cli_file_kind_of(cli_file_kind *out, const char *path, const char **description, sb_error *err);

#endif
