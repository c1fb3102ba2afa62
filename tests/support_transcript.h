/* Reading transcripts in tests and printing them in a compact form. */
#ifndef SUPPORT_TRANSCRIPT_H
#define SUPPORT_TRANSCRIPT_H

#include "soundbite/file.h"
#include "soundbite/transcript.h"

/* Reads a literal with the reader `format` (NULL: detected). Fails the test if that fails. */
sb_transcript *transcript_of(const char *text, const char *format);

/* One line for the document and each turn, one for each event; word times as "<1.000>" before the word:
 *   format=srt encoding=utf-8 title="A" language=en resolution=0.001
 *   format=srt container=docx encoding=utf-8 ...
 *   3 1.000-2.500 "Name" the words
 *     ! 0 [laughter] */
void transcript_dump(sb_bytes *out, const sb_transcript *t, const sb_notes *notes);

/* Returns the path of a file in the shared folder beside the project, or NULL if there is none. The caller
 * frees it. */
char *shared_path(const char *name);

#endif
