#include "soundbite/file.h"

#include "base/file/file.h"
#include "base/run/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct sb_output {
    char *path;
    char *temporary; /* NULL if a device, pipe or standard output is written directly */
    int fd;
    sb_unfinished unfinished;
    bool overwrite;
};

static void free_output(sb_output *output)
{
    if (output->fd >= 0 && output->fd != STDOUT_FILENO)
        close(output->fd);
    free(output->path);
    free(output->temporary);
    free(output);
}

static void remove_temporary(sb_output *output)
{
    sb_unfinished_hold hold;
    sb_unfinished_lock(&hold);
    unlink(output->temporary);
    sb_unfinished_remove(&output->unfinished);
    sb_unfinished_unlock(&hold);
}

/* ".NAME.part" beside NAME. It is the same every time, so a file left by a killed run is reused. */
static char *temporary_name(const char *path, unsigned attempt)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    if (attempt == 0)
        return sb_text_print("%.*s.%.200s.part", folder, path, path + folder);
    return sb_text_print("%.*s.%.200s.%ld-%u.part", folder, path, path + folder, (long)getpid(), attempt);
}

static bool still_named(int fd, const char *name)
{
    struct stat by_fd, by_name;
    return fstat(fd, &by_fd) == 0 && lstat(name, &by_name) == 0 && by_fd.st_ino == by_name.st_ino &&
           by_fd.st_dev == by_name.st_dev && S_ISREG(by_fd.st_mode);
}

/* A lock distinguishes a live writer from a killed one. If the file was renamed between open and lock, it is
 * another process's finished output and must not be touched. */
static int take_temporary(const char *name)
{
    int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        fd = open(name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && still_named(fd, name) && ftruncate(fd, 0) == 0)
        return fd;
    close(fd);
    errno = EEXIST;
    return -1;
}

/* Also puts the name into the list of unfinished files. */
static int take_and_note(sb_output *output)
{
    int fd = -1;
    sb_unfinished_hold hold;
    sb_unfinished_lock(&hold);
    if (sb_unfinished_abandoned())
        errno = ECANCELED;
    else
        fd = take_temporary(output->temporary);
    if (fd >= 0)
        sb_unfinished_add(&output->unfinished, output->temporary);
    sb_unfinished_unlock(&hold);
    return fd;
}

static sb_status open_temporary(sb_output *output, sb_error *err)
{
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        output->temporary = temporary_name(output->path, attempt);
        if (!output->temporary)
            return sb_error_memory(err, "writing a file");
        output->fd = take_and_note(output);
        if (output->fd >= 0)
            break;
        int reason = errno;
        free(output->temporary);
        output->temporary = NULL;
        if (reason == ECANCELED)
            return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
        if (reason != EEXIST && reason != ELOOP)
            return sb_error_set_system(err, output->path, "written", reason);
    }
    if (output->fd < 0)
        return sb_error_set_at(err, SB_ERR_IO, output->path, 0, 0,
                               "no temporary file can be created next to it; remove the old .part files "
                               "there, or choose another name");
    return SB_OK;
}

static sb_status open_straight(sb_output *output, sb_error *err)
{
    output->fd = open(output->path, O_WRONLY | O_CLOEXEC);
    if (output->fd < 0)
        return sb_error_set_system(err, output->path, "written", errno);
    return SB_OK;
}

static sb_status refuse_existing(const char *path, sb_error *err)
{
    return sb_error_set_field(err, SB_ERR_EXISTS, "overwrite", path, "exists already");
}

static sb_status open_by_kind(sb_output *output, sb_error *err)
{
    struct stat st;
    if (!strcmp(output->path, "-")) {
        output->fd = STDOUT_FILENO;
        return SB_OK;
    }
    if (stat(output->path, &st) == 0 && S_ISDIR(st.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, output->path, 0, 0, "is a folder; name a file in it");
    if (stat(output->path, &st) == 0 && (S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode)))
        return open_straight(output, err);
    if (stat(output->path, &st) == 0 && !S_ISREG(st.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, output->path, 0, 0,
                               "is not a regular file; choose another name");
    if (!output->overwrite && lstat(output->path, &st) == 0)
        return refuse_existing(output->path, err);
    return open_temporary(output, err);
}

sb_status sb_output_open(sb_output **out, const char *path, bool overwrite, sb_error *err)
{
    *out = NULL;
    sb_output *output = calloc(1, sizeof *output);
    if (!output)
        return sb_error_memory(err, "writing a file");
    *output = (sb_output){.fd = -1, .overwrite = overwrite};
    output->path = sb_copy_text(path, NULL);
    sb_status status = output->path ? open_by_kind(output, err) : sb_error_memory(err, "writing a file");
    if (status == SB_OK)
        *out = output;
    else
        free_output(output);
    return status;
}

int sb_output_fd(const sb_output *output)
{
    return output->fd;
}

const char *sb_output_temporary(const sb_output *output)
{
    return output->temporary;
}

sb_status sb_output_rewind(sb_output *output, sb_error *err)
{
    if (lseek(output->fd, 0, SEEK_SET) == 0 && ftruncate(output->fd, 0) == 0)
        return SB_OK;
    return sb_error_set_system(err, output->path, "written", errno);
}

static const char *shown_name(const sb_output *output)
{
    return strcmp(output->path, "-") ? output->path : "standard output";
}

sb_status sb_output_write(sb_output *output, const void *data, size_t size, sb_error *err)
{
    const char *at = data;
    while (size > 0) {
        ssize_t written = write(output->fd, at, size < SSIZE_MAX ? size : SSIZE_MAX);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return sb_error_set_system(err, shown_name(output), "written", errno);
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

static int give_final_name(sb_output *output)
{
    sb_unfinished_hold hold;
    sb_unfinished_lock(&hold);
    int result = output->overwrite ? rename(output->temporary, output->path)
                                   : sb_rename_new(output->temporary, output->path);
    int reason = errno;
    if (result != 0)
        unlink(output->temporary);
    sb_unfinished_remove(&output->unfinished);
    if (result != 0 && sb_unfinished_abandoned())
        reason = ECANCELED;
    sb_unfinished_unlock(&hold);
    errno = reason;
    return result;
}

static sb_status commit_temporary(sb_output *output, sb_error *err)
{
    if (settle_content(output->fd) != 0) {
        int reason = errno;
        remove_temporary(output);
        return sb_error_set_system(err, output->path, "written", reason);
    }
    if (give_final_name(output) == 0)
        return sb_folder_sync(output->path, err);
    if (errno == EEXIST)
        return refuse_existing(output->path, err);
    if (errno == ECANCELED)
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    return sb_error_set_system(err, output->path, "written", errno);
}

sb_status sb_output_commit(sb_output **slot, sb_error *err)
{
    sb_output *output = *slot;
    *slot = NULL;
    sb_status status = output->temporary ? commit_temporary(output, err) : SB_OK;
    int fd = output->fd;
    output->fd = -1;
    if (fd != STDOUT_FILENO && sb_close(fd) != 0 && !status)
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
    if (output->temporary)
        remove_temporary(output);
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
