/* The alignment file, soundbite-alignment(5). */
#ifndef SB_ALIGN_ALIGNMENT_FILE_H
#define SB_ALIGN_ALIGNMENT_FILE_H

#include "base/json_write.h"
#include "soundbite/align.h"

#define SB_ALIGNMENT_FORMAT   "soundbite-alignment"
#define SB_ALIGNMENT_VERSION  1
#define SB_ALIGNMENT_DECIMALS 3 /* of confidences and rates */

/* Rounds confidences and rates to what the file keeps, so that an alignment just made and the same one read back give the
 * same reports. */
void sb_alignment_round(sb_alignment *alignment);

/* Parts of the file that reports show in the same form. */
void sb_alignment_write_breaks(sb_json_writer *w, const sb_alignment *alignment);
void sb_alignment_write_spans(sb_json_writer *w, const char *key, const sb_span *spans, size_t n);

#endif
