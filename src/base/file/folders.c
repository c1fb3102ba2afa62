#include "soundbite/file.h"

#include "base/run/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

sb_status sb_folders_make(const char *path, sb_error *err)
{
    char *folder = sb_copy_text(path, NULL);
    if (!folder)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_status status = SB_OK;
    for (char *slash = strchr(folder + 1, '/'); slash && !status; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            status = sb_error_set_at(err, SB_ERR_IO, folder, 0, 0,
                                     "the folder cannot be created (%s); choose another", strerror(errno));
        *slash = '/';
    }
    free(folder);
    return status;
}
