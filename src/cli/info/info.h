/* The output of the command info. */
#ifndef SB_CLI_INFO_INFO_H
#define SB_CLI_INFO_INFO_H

#include "base/json/json.h"
#include "base/text/text.h"
#include "cli/session/session.h"
#include "cli/source/source.h"
#include "soundbite/align.h"
#include "soundbite/media.h"
#include "soundbite/names.h"

/* Properties of a file as lines of text or as one JSON object. */

typedef struct cli_report {
    sb_bytes text;
    sb_json_writer json;
    bool as_json;
} cli_report;

void cli_report_begin(cli_report *report, bool as_json);
void cli_report_end(cli_report *report);
void cli_report_finish(cli_report *report);

/* Each property has a key for JSON and a label for text; If one is NULL, the property is left out of that
 * output. An unknown value is null in JSON and left out of the text. */
void cli_report_text(cli_report *report, const char *key, const char *label, const char *value);
void cli_report_whole(cli_report *report, const char *key, const char *label, int64_t value);
void cli_report_time(cli_report *report, const char *key, const char *label, sb_time value);
void cli_report_bool(cli_report *report, const char *key, const char *label, bool value);

/* Adds a line to the text only. */
void cli_report_line(cli_report *report, const char *label, const char *format, ...) SB_PRINTF(3, 4);

/* The command `info` for each kind of file. */

/* Decodes the whole file, to measure the duration and find damage instead of trusting the header. */
sb_status cli_info_media(cli_report *report, cli_context *context, const char *path, bool *damaged,
                         sb_error *err);

/* Describe a transcript or alignment. The speakers of a transcript are those of source->alignment, if there
 * is one. Return SB_ERR_MEMORY. */
sb_status cli_info_transcript(cli_report *report, const cli_source *source, sb_error *err);
sb_status cli_info_alignment(cli_report *report, const sb_alignment *alignment, const char *path,
                             sb_error *err);

/* The words of a transcript or alignment, by row. */
typedef struct cli_rows {
    const void *owner;
    size_t n_rows;
    const char *(*word_at)(const void *owner, size_t row, size_t word); /* NULL beyond the last word */
    bool (*goes_on)(const void *owner, size_t row);
    const char *(*speaker)(const void *owner, size_t row, sb_time *stamp); /* NULL if unnamed */
} cli_rows;

cli_rows cli_rows_of_transcript(const sb_transcript *transcript);
cli_rows cli_rows_of_alignment(const sb_alignment *alignment);

/* Appends the first words of the turn that begins with `row`, in at most about `width` columns, and "..." if
 * there are more. */
void cli_rows_begin(sb_bytes *out, const cli_rows *rows, size_t row, size_t width);

/* Adds the speakers with their turns and words, and the hints about their names. Returns SB_ERR_MEMORY. */
sb_status cli_info_speakers(cli_report *report, const sb_speakers *speakers, const cli_rows *rows,
                            sb_error *err);

#endif
