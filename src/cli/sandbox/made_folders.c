#include "cli/sandbox/sandbox.h"

#include "base/file/file.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_TRIES 10

/* The length of the longest part of `path`, up to a '/', that exists. */
static size_t existing_length(const char *path)
{
    size_t length = strlen(path);
    char *part = sb_copy_text(path, NULL);
    while (part && length > 0 && access(part, F_OK)) {
        do
            length--;
        while (length > 0 && path[length - 1] != '/');
        part[length] = 0;
    }
    free(part);
    return length;
}

/* Another run that found nothing may remove the folder until the file is in it. */
static sb_output *hold(const char *folder)
{
    sb_output *holder = NULL;
    char *name = sb_text_print("%ssoundbite", folder);
    for (int i = 0; name && !holder && i < MOST_TRIES; i++) {
        sb_error unheard = {0};
        if (sb_folders_make(folder, &unheard) ||
            (sb_output_open_in(&holder, folder, name, true, &unheard) && access(folder, F_OK) == 0))
            break;
    }
    free(name);
    return holder;
}

bool cli_sandbox_make_folder(cli_sandbox *sandbox, const char *path)
{
    size_t existing = existing_length(path);
    if (!sb_push_room(&sandbox->made, sandbox->n_made, sizeof *sandbox->made))
        return false;
    cli_made_folder made = {.path = sb_copy_text(path, NULL), .existing = existing};
    if (!made.path)
        return false;
    made.holder = hold(path);
    sandbox->made[sandbox->n_made++] = made;
    return true;
}

/* From the innermost to the outermost; those with files stay. */
static void remove_empty(cli_made_folder *made)
{
    size_t length = strlen(made->path);
    while (length > made->existing) {
        made->path[length] = 0;
        if (rmdir(made->path))
            return;
        do
            length--;
        while (length > made->existing && made->path[length - 1] != '/');
    }
}

void cli_sandbox_leave(cli_sandbox *sandbox)
{
    for (size_t i = 0; i < sandbox->n_made; i++)
        sb_output_abort(&sandbox->made[i].holder);
    for (size_t i = 0; i < sandbox->n_made; i++) {
        remove_empty(&sandbox->made[i]);
        free(sandbox->made[i].path);
    }
    free(sandbox->made);
    *sandbox = (cli_sandbox){0};
}
