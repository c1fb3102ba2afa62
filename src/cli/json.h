/* JSON for --json: commas and escapes. */
#ifndef SB_CLI_JSON_H
#define SB_CLI_JSON_H

#include "soundbite/file.h"
#include "soundbite/time.h"

typedef struct cli_json {
    sb_bytes *out;
    bool need_comma;
} cli_json;

/* `key` is NULL inside an array and at the top. Bytes that are no UTF-8 become U+FFFD. */
void cli_json_begin(cli_json *json, const char *key, char bracket);    /* '{' or '[' */
void cli_json_end(cli_json *json, char bracket);                       /* '}' or ']' */
void cli_json_text(cli_json *json, const char *key, const char *text); /* NULL: null */
void cli_json_whole(cli_json *json, const char *key, int64_t value);
void cli_json_number(cli_json *json, const char *key, double value, int decimals); /* not finite: null */
void cli_json_bool(cli_json *json, const char *key, bool value);
void cli_json_time(cli_json *json, const char *key, sb_time value); /* seconds; SB_TIME_NONE: null */

/* Ends a line of JSON Lines. */
void cli_json_line(cli_json *json);

#endif
