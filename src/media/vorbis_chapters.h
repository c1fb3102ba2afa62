/* Chapters as Vorbis comments, CHAPTER000=00:00:00.000 and CHAPTER000NAME=title, as Ogg and Matroska tools
 * read them (https://wiki.xiph.org/Chapter_Extension). */
#ifndef SB_MEDIA_VORBIS_CHAPTERS_H
#define SB_MEDIA_VORBIS_CHAPTERS_H

#include "soundbite/media.h"

#define SB_VORBIS_KEY 32

/* Writes the two keys and the time of chapter `number`. */
void sb_vorbis_chapter(char key[SB_VORBIS_KEY], char name_key[SB_VORBIS_KEY], char time[SB_TIME_TEXT],
                       const sb_chapter *chapter, size_t number);

#endif
