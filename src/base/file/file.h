/* Files: hashing, unfinished outputs, and errors of the operating system. */
#ifndef SB_BASE_FILE_FILE_H
#define SB_BASE_FILE_FILE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "soundbite/status.h"

/* SHA-256 of data that arrives in pieces. Built on nettle. */

typedef struct sb_sha256_state {
    _Alignas(16) uint8_t opaque[160];
} sb_sha256_state;

void sb_sha256_init(sb_sha256_state *state);
void sb_sha256_update(sb_sha256_state *state, const void *data, size_t size);

/* Writes 64 lower-case hex digits and a NUL. The state must then be initialised again. */
void sb_sha256_finish(sb_sha256_state *state, char out[65]);

/* The list of unfinished files, which sb_output_abort_all removes. It has no limit: each output brings its
 * own item. Between lock and unlock no signal interrupts the thread, and a handler in another thread waits,
 * so a file and its item appear and disappear together. */

typedef struct sb_unfinished {
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
void sb_unfinished_add(sb_unfinished *item, const char *name);
void sb_unfinished_remove(sb_unfinished *item);

/* Returns true after sb_output_abort_all: no new outputs may be created. */
bool sb_unfinished_abandoned(void);

/* Waits until the name of the file `path` is on the disk. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status sb_folder_sync(const char *path, sb_error *err);

/* Error messages for failed system calls. */

/* Sets `err` to "cannot be DONE (the system's reason); advice" for the errno value `reason` and the file
 * `path`. `done` is "opened", "read" or "written". Returns SB_ERR_IO. */
sb_status sb_error_set_system(sb_error *err, const char *path, const char *done, int reason);

#endif
