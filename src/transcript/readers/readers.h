/* Text above the speech: title, description, YAML, show notes. */
#ifndef SB_TRANSCRIPT_READERS_READERS_H
#define SB_TRANSCRIPT_READERS_READERS_H

#include "transcript/transcript.h"

/* Returns true for a heading that introduces the speech, such as "Transcript" or "## Full transcript:". */
bool sb_front_matter_ends(const char *text, sb_range line);

/* Takes title and language from the first `size` bytes of the source. They come from YAML between lines of
 * "---"; without YAML, the title is the first line. Returns SB_ERR_MEMORY. */
sb_status sb_front_matter_take(sb_reading *reading, size_t size);

#endif
