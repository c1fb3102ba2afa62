#include "batch_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define MANIFEST_LIMIT ((size_t)512 << 20)

static bool has_manifest(const batch_folder *folder)
{
    return access(folder->manifest_path, F_OK) == 0;
}

static sb_status check_is_free(const batch_folder *folder, sb_error *err)
{
    if (folder->takes_over || !has_manifest(folder))
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_EXISTS, folder->manifest_path, 0, 0,
                           "the folder holds a batch already; go on with --resume, begin again with --force, "
                           "or name another folder");
}

sb_status batch_folder_init(batch_folder *out, const char *path, bool takes_over, sb_error *err)
{
    *out = (batch_folder){.takes_over = takes_over, .lock = -1};
    if (asprintf(&out->manifest_path, "%s/manifest.jsonl", path) < 0)
        out->manifest_path = NULL;
    if (asprintf(&out->csv_path, "%s/manifest.csv", path) < 0)
        out->csv_path = NULL;
    if (!out->manifest_path || !out->csv_path)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    return check_is_free(out, err);
}

sb_status batch_folder_earlier(sb_manifest **out, const batch_folder *folder, sb_error *err)
{
    *out = NULL;
    sb_bytes bytes = {0};
    if (!has_manifest(folder))
        return SB_OK;
    sb_status status = sb_file_read(&bytes, folder->manifest_path, MANIFEST_LIMIT, err);
    if (!status)
        status = sb_manifest_read(out, bytes.data, bytes.size, err);
    sb_bytes_finish(&bytes);
    return status;
}

sb_status batch_folder_lock(batch_folder *folder, const char *path, sb_error *err)
{
    if (sb_folders_make(folder->manifest_path, err))
        return err->status;
    folder->lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->lock >= 0 && flock(folder->lock, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
        return sb_error_set_at(
            err, SB_ERR_IO, path, 0, 0,
            "another batch works in this folder; wait for its end, or name another folder");
    return check_is_free(folder, err);
}

void batch_folder_finish(batch_folder *folder)
{
    free(folder->manifest_path);
    free(folder->csv_path);
    if (folder->lock >= 0)
        close(folder->lock);
}
