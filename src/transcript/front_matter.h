/* What stands above the speech: title, description, YAML, show notes. */
#ifndef SB_TRANSCRIPT_FRONT_MATTER_H
#define SB_TRANSCRIPT_FRONT_MATTER_H

#include "transcript/reader.h"

/* True for a line that says that the speech begins below it: "Transcript", "## Full transcript:". */
bool sb_front_matter_ends(const char *text, sb_range line);

/* Takes title and language from the first `size` bytes of the source: from YAML between lines of "---", else the title is
 * the first line. SB_ERR_MEMORY. */
sb_status sb_front_matter_take(sb_reading *reading, size_t size);

#endif
