/* An archive "a.db" in the current folder. The functions fail the test if a call fails. */
#ifndef SUPPORT_ARCHIVE_H
#define SUPPORT_ARCHIVE_H

#include "soundbite/archive_sound.h"

sb_archive *archive_open(sb_archive_use use);

/* The bytes of an alignment as a file. The caller frees them. */
char *archive_bytes_of(const sb_alignment *alignment);

/* Adds the alignment as the audio file `audio`, and frees it. The caller frees the name. */
char *archive_add_as(sb_archive *archive, sb_alignment *alignment, const char *audio);

/* Does the same; the name must be `expected`. */
void archive_add(sb_archive *archive, sb_alignment *alignment, const char *audio, const char *expected);

/* Adds the alignment of the transcript "t.txt" as the audio file `audio` of a date, and keeps it. */
void archive_add_dated(sb_archive *archive, const sb_alignment *alignment, const char *audio,
                       const char *date);

/* The episodes that match a pattern (NULL: all) must have these names, separated by ", ". */
void assert_archive_names(sb_archive *archive, const char *pattern, const char *expected);

/* The check of the archive must find nothing. */
void assert_archive_sound(sb_archive *archive);

/* Runs SQL on the file behind the library's back. */
void archive_change(const char *sql);

#endif
