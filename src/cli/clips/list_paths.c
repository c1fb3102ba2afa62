#include "cli/clips/clips.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *cli_list_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash || !strcmp(path, "-"))
        return strdup("");
    return strndup(path, slash > path ? (size_t)(slash - path) : 1);
}

char *cli_list_input(const char *folder, const char *path)
{
    char *placed = cli_list_path(folder, path);
    if (!placed || access(placed, F_OK) == 0 || access(path, F_OK) != 0)
        return placed;
    free(placed);
    return strdup(path);
}

char *cli_list_path(const char *folder, const char *path)
{
    char *joined = NULL;
    if (*path == '/' || !*folder)
        return strdup(path);
    return asprintf(&joined, "%s/%s", folder, path) < 0 ? NULL : joined;
}
