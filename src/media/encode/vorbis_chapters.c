#include "media/encode/encode.h"

#include <stdio.h>

void sb_vorbis_chapter(char key[SB_VORBIS_KEY], char name_key[SB_VORBIS_KEY], char time[SB_TIME_TEXT],
                       const sb_chapter *chapter, size_t number)
{
    snprintf(key, SB_VORBIS_KEY, "CHAPTER%03zu", number);
    snprintf(name_key, SB_VORBIS_KEY, "CHAPTER%03zuNAME", number);
    sb_time_print(time, chapter->start + SB_TIME_MS / 2, 3);
}
