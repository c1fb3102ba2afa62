/* Comma-separated values after RFC 4180, as spreadsheets really write them. */
#ifndef SB_BASE_CSV_H
#define SB_BASE_CSV_H

#include "soundbite/status.h"

typedef struct sb_csv {
    const char *data;
    size_t size, at;
    int64_t line; /* of `at`, from 1 */
    char separator;
} sb_csv;

typedef struct sb_csv_record {
    char **cells;
    size_t n_cells;
    int64_t line;  /* where it begins */
    bool unclosed; /* a quotation mark is open to the end of the file */
} sb_csv_record;

/* The separator is what the first line has most of outside quotes: comma, semicolon or tab. */
void sb_csv_init(sb_csv *csv, const char *data, size_t size);

/* The next record that is not blank; n_cells 0 at the end. SB_ERR_MEMORY. */
sb_status sb_csv_next(sb_csv *csv, sb_csv_record *out, sb_error *err);
void sb_csv_record_finish(sb_csv_record *record);

#endif
