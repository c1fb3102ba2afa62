/* Writing JSON for --json. */
#ifndef SB_CLI_JSON_H
#define SB_CLI_JSON_H

#include "soundbite/file.h"
#include "soundbite/time.h"

typedef struct cli_json {
    sb_bytes *out;
    bool need_comma;
} cli_json;

/* `key` is NULL inside an array and at the top. Invalid UTF-8 becomes U+FFFD. */
void cli_json_begin(cli_json *json, const char *key, char bracket);    /* '{' or '[' */
void cli_json_end(cli_json *json, char bracket);                       /* '}' or ']' */
void cli_json_text(cli_json *json, const char *key, const char *text); /* NULL writes null */
void cli_json_whole(cli_json *json, const char *key, int64_t value);
/* not finite writes null */
void cli_json_number(cli_json *json, const char *key, double value, int decimals);
void cli_json_bool(cli_json *json, const char *key, bool value);
void cli_json_time(cli_json *json, const char *key, sb_time value); /* in seconds; SB_TIME_NONE writes null */

/* Ends a line of JSON Lines. */
void cli_json_line(cli_json *json);

#endif
