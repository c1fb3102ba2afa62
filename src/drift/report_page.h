/* The parts of the report page. */
#ifndef SB_DRIFT_REPORT_PAGE_H
#define SB_DRIFT_REPORT_PAGE_H

#include "soundbite/drift.h"

/* The head and report_page.html, the style sheets and the scripts, each kind one after the other, as they stood when the
 * library was built; cmake/pages.cmake has their order. A NUL ends each. */
extern const unsigned char sb_report_page_frame[];
extern const unsigned char sb_report_page_style[];
extern const unsigned char sb_report_page_script[];

/* Appends all that the page draws as one JSON object that can stand inside a script element: every '<' is escaped. Times
 * are whole milliseconds. report_data.js reads it. A failed allocation sets out->failed. */
void sb_page_data(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment);

/* The last component of a path; NULL for NULL and for standard input. */
const char *sb_page_file_name(const char *path);

#endif
