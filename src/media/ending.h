/* Whether the bytes of a container end where its structure says. */
#ifndef SB_MEDIA_ENDING_H
#define SB_MEDIA_ENDING_H

#include "media/input.h"

/* Each is asked once the end was read, and is false where the size is unknown or was left open by the writer. */
bool sb_ending_wav_is_cut(sb_input *input);      /* the data chunk ends beyond the file */
bool sb_ending_ogg_is_cut(sb_input *input);      /* the last page is incomplete */
bool sb_ending_matroska_is_cut(sb_input *input); /* the segment ends beyond the file */

#endif
