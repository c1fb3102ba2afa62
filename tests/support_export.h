/* Alignments as the text of a format, for tests of the writers. */
#ifndef SUPPORT_EXPORT_H
#define SUPPORT_EXPORT_H

#include "soundbite/export.h"

/* `frame` is 0 for the default, `notes` may be NULL; to be freed. */
char *exported(const sb_alignment *alignment, const char *format, sb_time frame, sb_notes *notes);

void assert_export(const sb_alignment *alignment, const char *format, sb_time frame, const char *expected);

/* Nothing is written, and the message has `why` in it. */
void assert_export_refused(const sb_alignment *alignment, const char *format, sb_time frame, sb_status status,
                           const char *why);

void assert_has(const char *text, const char *part);

#endif
