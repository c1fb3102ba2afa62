/* Reading CSV (RFC 4180) and the variants that spreadsheets write. */
#ifndef SB_BASE_CSV_H
#define SB_BASE_CSV_H

#include "soundbite/status.h"

typedef struct sb_csv {
    const char *data;
    size_t size, at;
    int64_t line; /* line of `at`, from 1 */
    char separator;
} sb_csv;

typedef struct sb_csv_record {
    char **cells;
    size_t n_cells;
    int64_t line;  /* line on which the record begins */
    bool unclosed; /* a quotation mark is not closed before the end of the file */
} sb_csv_record;

/* Begins reading. The separator is detected: the most frequent of comma, semicolon and tab in the first line,
 * outside quotes. */
void sb_csv_init(sb_csv *csv, const char *data, size_t size);

/* Reads the next record that is not blank. At the end, n_cells is 0. Returns SB_ERR_MEMORY. */
sb_status sb_csv_next(sb_csv *csv, sb_csv_record *out, sb_error *err);
void sb_csv_record_finish(sb_csv_record *record);

#endif
