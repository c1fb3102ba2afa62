/* The warnings of an alignment as a cache file, so that they are shown each time. */
#ifndef SB_CLI_CACHE_NOTES_H
#define SB_CLI_CACHE_NOTES_H

#include "soundbite/file.h"

/* Writes one line per note: "a" for the audio, "t" for the transcript or "-" for neither, then line, column
 * and text. */
void cli_notes_write(sb_bytes *out, const sb_notes *notes, const char *audio_path,
                     const char *transcript_path);

/* Adds the notes in `text`, with the current paths of the files. Invalid lines are skipped. */
void cli_notes_read(sb_notes *out, const sb_bytes *text, const char *audio_path, const char *transcript_path);

#endif
