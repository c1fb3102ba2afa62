/* Files: hashing, unfinished outputs, and errors of the operating system. */
#ifndef SB_BASE_FILE_FILE_H
#define SB_BASE_FILE_FILE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "soundbite/file.h"

/* SHA-256 of data that arrives in pieces. Built on nettle. */

typedef struct sb_sha256_state {
    _Alignas(16) uint8_t opaque[160];
} sb_sha256_state;

void sb_sha256_init(sb_sha256_state *state);
void sb_sha256_update(sb_sha256_state *state, const void *data, size_t size);

/* Writes 64 lower-case hex digits and a NUL. The state must then be initialised again. */
void sb_sha256_finish(sb_sha256_state *state, char out[65]);

/* Folders. A descriptor `folder` may be AT_FDCWD; names are relative to it. */

/* Opens the folder of the file `path`, which must be in the folder `root`: a symbolic link after `root` may
 * lead anywhere in `root`, but not out of it, and not to an absolute path. `path` is relative if `root` is
 * ".", and begins with `root` otherwise. With `make`, missing folders after `root` are created. `*name`
 * becomes the last part of `path`. The caller closes the descriptor. Returns SB_ERR_ARGUMENT if `path` does
 * not begin with `root`, SB_ERR_IO or SB_ERR_MEMORY; without `make`, SB_OK and -1 if a folder is missing. */
sb_status sb_folder_open_in(int *folder, const char **name, const char *root, const char *path, bool make,
                            sb_error *err);

/* Fails if an existing link leads the file `path` out of `root`. Creates nothing. */
sb_status sb_folder_check_in(const char *root, const char *path, sb_error *err);

/* The descriptor if `path` is a symbolic link to what standard output or standard error is, such as
 * /dev/stdout; otherwise -1. Renaming a file to such a name would replace the link. */
int sb_standard_stream(const char *path);

/* Opens an output as sb_output_open does. If `root` is not NULL, the file must be in that folder, as
 * sb_folder_open_in says, and missing folders are created. */
sb_status sb_output_open_in(sb_output **out, const char *root, const char *path, bool overwrite,
                            sb_error *err);

/* The list of unfinished files, which sb_output_abort_all removes. It has no limit: each output brings its
 * own item. Between lock and unlock no signal interrupts the thread, and a handler in another thread waits,
 * so a file and its item appear and disappear together. */

typedef struct sb_unfinished {
    int folder, fd;   /* not owned; `fd`: of the file itself */
    const char *name; /* not copied */
    pid_t owner;      /* a forked process does not remove its parent's files */
    struct sb_unfinished *next;
} sb_unfinished;

typedef struct sb_unfinished_hold {
    sigset_t signals; /* signals that were blocked before the lock */
} sb_unfinished_hold;

void sb_unfinished_lock(sb_unfinished_hold *hold);
void sb_unfinished_unlock(const sb_unfinished_hold *hold);

/* Call these while holding the lock. Removing an item that is not in the list does nothing. */
void sb_unfinished_add(sb_unfinished *item, int folder, int fd, const char *name);
void sb_unfinished_remove(sb_unfinished *item);

/* Closes the unfinished files of the process that this one was forked from. It calls this if it does not use
 * them, so that their locks end with that process. */
void sb_unfinished_leave_to_parent(void);

/* Returns true after sb_output_abort_all: no new outputs may be created. */
bool sb_unfinished_abandoned(void);

/* A temporary file: ".NAME.part" in the folder of NAME. A file that a killed run left is replaced. A lock
 * distinguishes it from the file of a live writer, which is left alone; the name is then ".NAME.1.part" and
 * so on. Where files cannot be locked, the name is ".NAME.open.part", and a file is taken for left after an
 * hour without a change. */

#define SB_TEMPORARY_LEASE_S 3600

typedef struct sb_temporary {
    int folder; /* not owned */
    int fd;
    char *name; /* NULL: none */
    bool locked;
    sb_unfinished unfinished;
} sb_temporary;

/* Creates the temporary file for the file `path` in `folder`. Other files like it that killed runs left are
 * removed. Returns 0, or -1 and errno: EEXIST if a hundred files are in use, ECANCELED after
 * sb_output_abort_all. */
int sb_temporary_take(sb_temporary *out, int folder, const char *path);

/* Renames the file to `path`. Fails with EEXIST if that exists and `overwrite` is false, with ESTALE if
 * another run has taken the file, with ECANCELED after sb_output_abort_all. If it fails, the file is
 * removed. */
int sb_temporary_publish(sb_temporary *file, const char *path, bool overwrite);

/* Removes the file. */
void sb_temporary_drop(sb_temporary *file);

/* Waits until the name of the file `path` is on the disk. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_folder_sync(const char *path, sb_error *err);

/* Error messages for failed system calls. */

/* Sets `err` to "cannot be DONE (the system's reason); advice" for the errno value `reason` and the file
 * `path`. `done` is "opened", "read" or "written". Returns SB_ERR_IO. */
sb_status sb_error_set_system(sb_error *err, const char *path, const char *done, int reason);

#endif
