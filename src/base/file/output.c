#include "soundbite/file.h"

#include "base/file/file.h"
#include "base/file/open.h"
#include "base/run/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct sb_output {
    char *path;
    char *temporary_path; /* NULL if a device, pipe or standard output is written directly */
    int folder;           /* of `name`; AT_FDCWD if the path is used as it is */
    const char *name;     /* within `path` */
    sb_temporary temporary;
    int fd;
    bool overwrite;
};

static void free_output(sb_output *output)
{
    if (output->fd > STDERR_FILENO)
        close(output->fd);
    if (output->folder != AT_FDCWD)
        close(output->folder);
    free(output->path);
    free(output->temporary_path);
    free(output->temporary.name);
    free(output);
}

static sb_status fail_to_take(const sb_output *output, int reason, sb_error *err)
{
    if (reason == ECANCELED)
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    if (reason == ENOMEM)
        return sb_error_memory(err, "writing a file");
    if (reason == EEXIST)
        return sb_error_set_at(err, SB_ERR_IO, output->path, 0, 0,
                               "no temporary file can be created next to it; remove the old .part files "
                               "there, or choose another name");
    return sb_error_set_system(err, output->path, "written", reason);
}

static sb_status open_temporary(sb_output *output, sb_error *err)
{
    if (sb_temporary_take(&output->temporary, output->folder, output->name) != 0)
        return fail_to_take(output, errno, err);
    output->fd = output->temporary.fd;
    output->temporary_path =
        sb_text_print("%.*s%s", (int)(output->name - output->path), output->path, output->temporary.name);
    if (output->temporary_path)
        return SB_OK;
    sb_temporary_drop(&output->temporary);
    return sb_error_memory(err, "writing a file");
}

static sb_status open_straight(sb_output *output, sb_error *err)
{
    output->fd = sb_open(output->path, O_WRONLY);
    if (output->fd < 0)
        return sb_error_set_system(err, output->path, "written", errno);
    return SB_OK;
}

static sb_status refuse_existing(const char *path, sb_error *err)
{
    return sb_error_set_field(err, SB_ERR_EXISTS, "overwrite", path, "exists already");
}

int sb_standard_stream(const char *path)
{
    struct stat link, target, stream;
    if (lstat(path, &link) != 0 || !S_ISLNK(link.st_mode) || stat(path, &target) != 0)
        return -1;
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
        if (fstat(fd, &stream) == 0 && stream.st_dev == target.st_dev && stream.st_ino == target.st_ino)
            return fd;
    return -1;
}

static sb_status open_by_kind(sb_output *output, sb_error *err)
{
    struct stat st = {0};
    bool beneath = output->folder != AT_FDCWD;
    bool exists = fstatat(output->folder, output->name, &st, beneath ? AT_SYMLINK_NOFOLLOW : 0) == 0;
    if (!exists && errno != ENOENT && errno != ELOOP && errno != ENOTDIR && errno != ENAMETOOLONG)
        return sb_error_set_system(err, output->path, "written", errno);
    if (exists && S_ISDIR(st.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, output->path, 0, 0, "is a folder; name a file in it");
    if (exists && !beneath && (S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode)))
        return open_straight(output, err);
    if (exists && !S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, output->path, 0, 0,
                               "is not a regular file; choose another name");
    if (!output->overwrite && fstatat(output->folder, output->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return refuse_existing(output->path, err);
    return open_temporary(output, err);
}

static sb_status open_in(sb_output *output, const char *root, sb_error *err)
{
    if (!root && !strcmp(output->path, "-")) {
        output->fd = STDOUT_FILENO;
        return SB_OK;
    }
    if (!root && (output->fd = sb_standard_stream(output->path)) >= 0)
        return SB_OK;
    sb_status status =
        root ? sb_folder_open_in(&output->folder, &output->name, root, output->path, true, err) : SB_OK;
    return status ? status : open_by_kind(output, err);
}

sb_status sb_output_open_in(sb_output **out, const char *root, const char *path, bool overwrite,
                            sb_error *err)
{
    *out = NULL;
    sb_output *output = calloc(1, sizeof *output);
    if (!output)
        return sb_error_memory(err, "writing a file");
    *output = (sb_output){.folder = AT_FDCWD, .fd = -1, .overwrite = overwrite};
    output->name = output->path = sb_copy_text(path, NULL);
    sb_status status = output->path ? open_in(output, root, err) : sb_error_memory(err, "writing a file");
    if (status == SB_OK)
        *out = output;
    else
        free_output(output);
    return status;
}

sb_status sb_output_open(sb_output **out, const char *path, bool overwrite, sb_error *err)
{
    return sb_output_open_in(out, NULL, path, overwrite, err);
}

int sb_output_fd(const sb_output *output)
{
    return output->fd;
}

const char *sb_output_temporary(const sb_output *output)
{
    return output->temporary_path;
}

sb_status sb_output_rewind(sb_output *output, sb_error *err)
{
    if (lseek(output->fd, 0, SEEK_SET) == 0 && ftruncate(output->fd, 0) == 0)
        return SB_OK;
    return sb_error_set_system(err, output->path, "written", errno);
}

sb_status sb_output_write(sb_output *output, const void *data, size_t size, sb_error *err)
{
    const char *at = data;
    while (size > 0) {
        ssize_t written = write(output->fd, at, size < SSIZE_MAX ? size : SSIZE_MAX);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return sb_error_set_system(err, strcmp(output->path, "-") ? output->path : "standard output",
                                       "written", errno);
        at += written;
        size -= (size_t)written;
    }
    return SB_OK;
}

/* The content is on the disk before it gets its name. The lock on the file lasts until then, so a copy of the
 * descriptor is closed to learn whether closing fails. */
static int settle_content(int fd)
{
    if (sb_sync_file(fd) != 0)
        return -1;
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    return copy < 0 ? -1 : sb_close(copy);
}

static sb_status sync_name(const sb_output *output, sb_error *err)
{
    if (output->folder == AT_FDCWD)
        return sb_folder_sync(output->path, err);
    /* EBADF: a folder that may not be listed */
    if (sb_sync_file(output->folder) == 0 || errno == EBADF)
        return SB_OK;
    return sb_error_set_system(err, output->path, "written", errno);
}

static sb_status commit_temporary(sb_output *output, sb_error *err)
{
    if (settle_content(output->fd) != 0) {
        int reason = errno;
        sb_temporary_drop(&output->temporary);
        return sb_error_set_system(err, output->path, "written", reason);
    }
    if (sb_temporary_publish(&output->temporary, output->name, output->overwrite) == 0)
        return sync_name(output, err);
    if (errno == EEXIST)
        return refuse_existing(output->path, err);
    if (errno == ECANCELED)
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    if (errno == ESTALE)
        return sb_error_set_at(err, SB_ERR_IO, output->path, 0, 0,
                               "another run has removed its temporary file; write it again");
    return sb_error_set_system(err, output->path, "written", errno);
}

sb_status sb_output_commit(sb_output **slot, sb_error *err)
{
    sb_output *output = *slot;
    *slot = NULL;
    bool straight = !output->temporary_path;
    sb_status status = straight ? SB_OK : commit_temporary(output, err);
    int fd = output->fd;
    output->fd = -1;
    if (fd > STDERR_FILENO && sb_close(fd) != 0 && straight)
        status = sb_error_set_system(err, output->path, "written", errno);
    free_output(output);
    return status;
}

void sb_output_abort(sb_output **slot)
{
    sb_output *output = *slot;
    *slot = NULL;
    if (!output)
        return;
    if (output->temporary_path)
        sb_temporary_drop(&output->temporary);
    free_output(output);
}

sb_status sb_file_write(const char *path, const void *data, size_t size, bool overwrite, sb_error *err)
{
    sb_output *output = NULL;
    sb_status status = sb_output_open(&output, path, overwrite, err);
    if (status == SB_OK)
        status = sb_output_write(output, data, size, err);
    if (status == SB_OK)
        return sb_output_commit(&output, err);
    sb_output_abort(&output);
    return status;
}
