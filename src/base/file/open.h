/* Opening files. platform.c implements it. */
#ifndef SB_BASE_FILE_OPEN_H
#define SB_BASE_FILE_OPEN_H

#include <stdio.h>

/* Open a file as open and openat do, with O_CLOEXEC and the mode 0666. The descriptor is never 0, 1 or 2: if
 * standard output is closed, what the caller prints must not get into a file. */
int sb_open(const char *path, int flags);
int sb_open_at(int folder, const char *path, int flags);

/* Opens a file without a name, as tmpfile does. Its descriptor is not 0, 1 or 2 either. */
FILE *sb_unnamed_file(void);

/* Renames a file in the folder with the descriptor `folder` and fails with EEXIST if `to` exists. Returns 0,
 * or -1 and errno. With POSIX only: uses a second link; on file systems without links, another program can
 * create the name in between. */
int sb_rename_new_at(int folder, const char *from, const char *to);

#endif
