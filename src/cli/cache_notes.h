/* The warnings of an alignment as a file of the cache, so that they are shown each time it is taken. */
#ifndef SB_CLI_CACHE_NOTES_H
#define SB_CLI_CACHE_NOTES_H

#include "soundbite/file.h"

/* One line a note: a for the audio, t for the transcript or - for neither, line, column, text. */
void cli_notes_write(sb_bytes *out, const sb_notes *notes, const char *audio_path,
                     const char *transcript_path);

/* Adds the notes that `text` holds, about the files as they are called now. What does not read well is left out. */
void cli_notes_read(sb_notes *out, const sb_bytes *text, const char *audio_path, const char *transcript_path);

#endif
