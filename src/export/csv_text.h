/* Cells of CSV files after RFC 4180. */
#ifndef SB_EXPORT_CSV_TEXT_H
#define SB_EXPORT_CSV_TEXT_H

#include "soundbite/file.h"

/* Appends one cell, in quotes where it needs them, its control characters made blanks. `text` may be NULL. */
void sb_csv_append_cell(sb_bytes *out, const char *text);

/* The same for spreadsheets: what they would take for a formula gets an apostrophe before it. */
void sb_csv_append_safe(sb_bytes *out, const char *text);

/* True of what spreadsheets take for a formula and run; an apostrophe before it makes it text (OWASP, CSV injection). */
bool sb_csv_is_formula(const char *text);

#endif
