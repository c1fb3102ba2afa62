/* The parts of the report page. */
#ifndef SB_DRIFT_REPORT_REPORT_H
#define SB_DRIFT_REPORT_REPORT_H

#include "soundbite/drift.h"

/* report_page.html with the head, the style sheets and the scripts, included at build time; see
 * cmake/pages.cmake for their order. Each ends with a NUL. */
extern const unsigned char sb_report_page_frame[];
extern const unsigned char sb_report_page_style[];
extern const unsigned char sb_report_page_script[];

/* Appends the data of the page as one JSON object that can be inside a script element: every '<' is escaped.
 * Times are whole milliseconds. report_data.js reads it. If an allocation fails, out->failed is set. */
void sb_page_data(sb_bytes *out, const sb_drift *drift, const sb_alignment *alignment);

/* Returns the last component of a path; NULL for NULL and for standard input. */
const char *sb_page_file_name(const char *path);

#endif
