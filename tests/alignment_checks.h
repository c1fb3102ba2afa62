/* What holds for every alignment, read or made, whatever its input was. For fuzz targets. */
#ifndef ALIGNMENT_CHECKS_H
#define ALIGNMENT_CHECKS_H

#include "soundbite/align.h"

/* Checks times, confidences and the file that is written: it can be read, and writing it again gives the same
 * bytes. Returns NULL, or a static text that says what does not hold. */
const char *alignment_check(const sb_alignment *alignment);

#endif
