/* The formats of transcripts and results, for options. */
#ifndef SB_CLI_FORMATS_H
#define SB_CLI_FORMATS_H

#include "arguments.h"

/* Returns the name of writer `index` of sb_export, or NULL beyond the last. */
const char *cli_format_name(size_t index);

/* Returns a short description of what it writes. */
const char *cli_format_summary(size_t index);

/* Returns the name of transcript reader `index`, or NULL beyond the last. */
const char *cli_reader_name(size_t index);

/* Returns the name of frame rate `index`, or NULL beyond the last. */
const char *cli_frame_rate_name(size_t index);

/* Gives the frame duration of --fps for `format`; 0 if it was not given. Returns SB_ERR_ARGUMENT if the
 * format does not count frames. */
sb_status cli_frame_wanted(sb_time *out, const cli_arguments *arguments, const char *format, sb_error *err);

/* Returns the name of time list format `index`, or NULL beyond the last. */
const char *cli_list_format_name(size_t index);

/* Returns the name of caption format `index`, or NULL beyond the last. */
const char *cli_captions_name(size_t index);

/* Returns the name of profile `index`, or NULL beyond the last. */
const char *cli_profile_name(size_t index);

/* Returns the format of --to, or else the one with the extension of the file of -o, or else the fallback. */
const char *cli_format_wanted(const cli_arguments *arguments, const char *fallback);

#endif
