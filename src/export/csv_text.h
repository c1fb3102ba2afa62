/* Writing CSV cells (RFC 4180). */
#ifndef SB_EXPORT_CSV_TEXT_H
#define SB_EXPORT_CSV_TEXT_H

#include "soundbite/file.h"

/* Appends a cell, quoted if necessary. Control characters become blanks. `text` may be NULL. */
void sb_csv_append_cell(sb_bytes *out, const char *text);

/* Does the same for spreadsheets: text that looks like a formula gets an apostrophe before it. */
void sb_csv_append_safe(sb_bytes *out, const char *text);

/* Returns true for text that a spreadsheet would run as a formula. An apostrophe before it prevents that
 * (OWASP, CSV injection). */
bool sb_csv_is_formula(const char *text);

#endif
