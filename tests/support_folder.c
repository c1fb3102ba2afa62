#include "support_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int folder_enter(void **state)
{
    char *folder = strdup("folder-XXXXXX");
    *state = folder;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

int folder_leave(void **state)
{
    char *folder = *state, command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    int result = chdir("..") == 0 ? system(command) : -1;
    free(folder);
    return result;
}
