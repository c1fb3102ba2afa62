/* Properties of a file as lines of text or as one JSON object. */
#ifndef SB_CLI_REPORT_H
#define SB_CLI_REPORT_H

#include "json.h"

typedef struct cli_report {
    sb_bytes text;
    cli_json json;
    bool as_json;
} cli_report;

void cli_report_begin(cli_report *report, bool as_json);
void cli_report_end(cli_report *report);
void cli_report_finish(cli_report *report);

/* Each property has a key for JSON and a label for text; NULL leaves it out there. An unknown value is null
 * in JSON and left out in text. */
void cli_report_text(cli_report *report, const char *key, const char *label, const char *value);
void cli_report_whole(cli_report *report, const char *key, const char *label, int64_t value);
void cli_report_time(cli_report *report, const char *key, const char *label, sb_time value);
void cli_report_bool(cli_report *report, const char *key, const char *label, bool value);

/* Adds a line to the text only. */
void cli_report_line(cli_report *report, const char *label, const char *format, ...) SB_PRINTF(3, 4);

#endif
