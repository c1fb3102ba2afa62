/* Detecting truncated files from the structure of their container. */
#ifndef SB_MEDIA_ENDING_H
#define SB_MEDIA_ENDING_H

#include "media/input.h"

/* Call these after the end was read. They return false if the size is unknown or the writer left it open. */
bool sb_ending_wav_is_cut(sb_input *input);      /* the data chunk ends beyond the file */
bool sb_ending_ogg_is_cut(sb_input *input);      /* the last page is incomplete */
bool sb_ending_matroska_is_cut(sb_input *input); /* the segment ends beyond the file */

#endif
