/* The formats that transcripts are read from and results are written in. */
#ifndef SB_CLI_FORMATS_H
#define SB_CLI_FORMATS_H

#include "arguments.h"

/* The name of writer `index` of sb_export; NULL beyond the last. */
const char *cli_format_name(size_t index);

/* What it writes, a few words. */
const char *cli_format_summary(size_t index);

/* The name of reader `index` of transcripts; NULL beyond the last. */
const char *cli_reader_name(size_t index);

/* The format of --to; without it, the one whose extension the file of -o has; else the fallback. */
const char *cli_format_wanted(const cli_arguments *arguments, const char *fallback);

#endif
