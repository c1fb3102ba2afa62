/* Exporting alignments to text, for tests of the writers. */
#ifndef SUPPORT_EXPORT_H
#define SUPPORT_EXPORT_H

#include "soundbite/export.h"

/* `frame` 0 is the default. `notes` may be NULL. The caller frees the result. */
char *exported(const sb_alignment *alignment, const char *format, sb_time frame, sb_notes *notes);

void assert_export(const sb_alignment *alignment, const char *format, sb_time frame, const char *expected);

/* Checks that nothing is written and that the message contains `why`. */
void assert_export_refused(const sb_alignment *alignment, const char *format, sb_time frame, sb_status status,
                           const char *why);

void assert_has(const char *text, const char *part);

#endif
