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

/* The name of frame rate `index`; NULL beyond the last. */
const char *cli_frame_rate_name(size_t index);

/* The frame of --fps for `format`, 0 where it was not given. SB_ERR_ARGUMENT where the format does not count frames. */
sb_status cli_frame_wanted(sb_time *out, const cli_arguments *arguments, const char *format, sb_error *err);

/* The name of format `index` of lists of times; NULL beyond the last. */
const char *cli_list_format_name(size_t index);

/* The name of format `index` of captions beside clips; NULL beyond the last. */
const char *cli_captions_name(size_t index);

/* The name of profile `index`; NULL beyond the last. */
const char *cli_profile_name(size_t index);

/* The format of --to; without it, the one whose extension the file of -o has; else the fallback. */
const char *cli_format_wanted(const cli_arguments *arguments, const char *fallback);

#endif
