/* The sandbox: what the process may still do when it begins to read files that others made. */
#ifndef SB_CLI_SANDBOX_SANDBOX_H
#define SB_CLI_SANDBOX_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "soundbite/status.h"

struct cli_context;
struct sb_output;

/* In the order of the choices of --sandbox. */
typedef enum cli_sandbox_mode { CLI_SANDBOX_AUTO, CLI_SANDBOX_ON, CLI_SANDBOX_OFF } cli_sandbox_mode;

/* Folders of outputs that were created for the sandbox. */
typedef struct cli_made_folder {
    char *path;
    size_t existing;          /* the length of the part of the path that existed before */
    struct sb_output *holder; /* an unfinished file: while it is there, no other run removes the folder */
} cli_made_folder;

typedef struct cli_sandbox {
    cli_made_folder *made;
    size_t n_made;
} cli_sandbox;

/* Restricts this process, and all threads and processes that it starts later, as --sandbox says. To be called
 * before the first byte of an input is read and before the first thread starts. Afterwards
 *     - files can be read only if the command line names them, a list named on it does, or the program needs
 * them itself (libraries, models, fonts, the cache);
 *     - files can be written only in the folders of the outputs, in the cache and, for some commands, in that
 * for temporary files;
 *     - there are no sockets, no other programs, and no access to other processes.
 * Folders of outputs are created first, because a folder that does not exist cannot be allowed.
 * cli_sandbox_leave must be called, also after a failure; it removes those that are still empty. With AUTO,
 * what the system cannot restrict stays possible. Returns SB_ERR_UNSUPPORTED with ON if anything of this
 * cannot be had; SB_ERR_MEMORY. */
sb_status cli_sandbox_enter(cli_sandbox *sandbox, struct cli_context *context, sb_error *err);
void cli_sandbox_leave(cli_sandbox *sandbox);

/* The files and folders that may be used. */

typedef enum cli_place_use {
    CLI_PLACE_READ,  /* a file, or everything in a folder */
    CLI_PLACE_WRITE, /* files in a folder and below it are read, created, replaced and removed */
    CLI_PLACE_EMPTY, /* empty folders in a folder are removed */
    CLI_PLACE_DEVICE /* a device or pipe is read and written */
} cli_place_use;

typedef struct cli_place {
    char *path;
    cli_place_use use;
} cli_place;

typedef struct cli_places {
    cli_place *items;
    size_t n;
    bool failed; /* memory ran out */
} cli_places;

/* Copies the path. One that does not exist is allowed, and has no effect. */
void cli_places_add(cli_places *places, const char *path, cli_place_use use);

/* Adds FOLDER/NAME, unless `folder` is NULL or not absolute. */
void cli_places_add_in(cli_places *places, const char *folder, const char *name, cli_place_use use);

/* Adds what the command needs of the system: libraries, models, fonts, the cache, temporary files. The
 * inputs come first: audio from standard input is kept in a temporary file. */
void cli_places_of_system(cli_places *places, const struct cli_context *context);

/* Adds what the operands and options name to be read. */
void cli_places_of_inputs(cli_places *places, const struct cli_context *context);

/* Adds the folders of archives that are read: what a killed process left unfinished in one is undone
 * before. */
void cli_places_of_archives(cli_places *places, const struct cli_context *context);

/* Returns true if one of them is standard input. */
bool cli_places_have_stdin(const cli_places *places);

/* Adds the folders of the outputs. Creates them, unless with --dry-run, and notes them in `sandbox`. */
void cli_places_of_outputs(cli_places *places, cli_sandbox *sandbox, const struct cli_context *context);

/* Creates the folder `path`, which ends with '/', and notes it. It is not an error if it cannot be created.
 * Returns false if memory runs out. */
bool cli_sandbox_make_folder(cli_sandbox *sandbox, const char *path);

void cli_places_finish(cli_places *places);

/* What the system offers. */

/* Returns the version of Landlock, or 0 if the system has none. */
int cli_landlock_version(void);

/* Restricts file access to the places for good. Returns false if that is not possible. */
bool cli_landlock_enter(const cli_places *places);

/* Returns false if the program was built without libseccomp. */
bool cli_filter_exists(void);

/* Forbids sockets, other programs, and access to other processes for good. Returns false if that is not
 * possible. */
bool cli_filter_enter(void);

#endif
