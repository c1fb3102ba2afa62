#include "cli/clips/clips.h"

#include <stdio.h>
#include <string.h>

char *cli_list_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash || !strcmp(path, "-"))
        return strdup("");
    return strndup(path, slash > path ? (size_t)(slash - path) : 1);
}

char *cli_list_path(const char *folder, const char *path)
{
    char *joined = NULL;
    if (*path == '/' || !*folder)
        return strdup(path);
    return asprintf(&joined, "%s/%s", folder, path) < 0 ? NULL : joined;
}
