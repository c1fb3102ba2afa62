#include "base/file/file.h"
#include "base/file/open.h"
#include "base/run/run.h"
#include "soundbite/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static sb_status open_for_reading(int *fd, const char *path, sb_error *err)
{
    if (!strcmp(path, "-")) {
        *fd = STDIN_FILENO;
        return SB_OK;
    }
    *fd = sb_open(path, O_RDONLY);
    if (*fd < 0)
        return sb_error_set_system(err, path, "opened", errno);
    struct stat st;
    if (fstat(*fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(*fd);
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is a folder; name a file in it");
    }
    return SB_OK;
}

static sb_status read_all(sb_bytes *out, int fd, const char *name, size_t limit, sb_error *err)
{
    char block[1 << 16];
    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return sb_error_set_system(err, name, "read", errno);
        if (got == 0)
            break;
        if ((size_t)got > limit - out->size)
            return sb_error_set_at(err, SB_ERR_LIMIT, name, 0, 0,
                                   "is larger than the limit of %zu MB; check that it is the right file",
                                   limit >> 20);
        sb_bytes_append(out, block, (size_t)got);
    }
    sb_bytes_append(out, "", 0);
    return out->failed ? sb_error_memory(err, "reading a file") : SB_OK;
}

sb_status sb_file_read(sb_bytes *out, const char *path, size_t limit, sb_error *err)
{
    *out = (sb_bytes){0};
    int fd;
    sb_status status = open_for_reading(&fd, path, err);
    if (status != SB_OK)
        return status;
    status = read_all(out, fd, fd == STDIN_FILENO ? "standard input" : path, limit, err);
    if (fd != STDIN_FILENO)
        close(fd);
    if (status != SB_OK)
        sb_bytes_finish(out);
    return status;
}
