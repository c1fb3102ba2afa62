#include "soundbite/file.h"

#include "base/file/file.h"
#include "base/run/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *folder_of(const char *path)
{
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] != '/')
        length--;
    return length > 0 ? sb_copy_bytes(path, length) : sb_copy_text(".", NULL);
}

sb_status sb_folder_sync(const char *path, sb_error *err)
{
    char *folder = folder_of(path);
    if (!folder)
        return sb_error_memory(err, "writing a file");
    int result = sb_sync_folder(folder), reason = errno;
    free(folder);
    return result == 0 ? SB_OK : sb_error_set_system(err, path, "written", reason);
}

sb_status sb_folders_make(const char *path, sb_error *err)
{
    char *folder = sb_copy_text(path, NULL);
    if (!folder)
        return sb_error_memory(err, "writing a file");
    sb_status status = SB_OK;
    for (char *slash = strchr(folder + 1, '/'); slash && !status; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(folder, 0777) == 0)
            status = sb_folder_sync(folder, err);
        else if (errno != EEXIST)
            status = sb_error_set_at(err, SB_ERR_IO, folder, 0, 0,
                                     "the folder cannot be created (%s); choose another", strerror(errno));
        *slash = '/';
    }
    free(folder);
    return status;
}
