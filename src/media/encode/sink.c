#include "media/media.h"

#include "base/file/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_SIZE 65536

static bool can_seek_and_read(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR;
}

static int open_spool(void)
{
    FILE *file = sb_unnamed_file();
    if (!file)
        return -1;
    int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    fclose(file);
    return fd;
}

sb_status sb_sink_open(sb_sink *sink, sb_output *output, sb_error *err)
{
    *sink = (sb_sink){.output = output, .fd = sb_output_fd(output), .spool = -1};
    if (can_seek_and_read(sink->fd))
        return SB_OK;
    sink->spool = open_spool();
    if (sink->spool < 0)
        return sb_error_set(err, SB_ERR_IO, "cannot make a temporary file (%s); free some space",
                            strerror(errno));
    sink->fd = sink->spool;
    return SB_OK;
}

static int64_t fail_sink(sb_sink *sink)
{
    if (!sink->error)
        sink->error = errno;
    return -1;
}

int64_t sb_sink_write(sb_sink *sink, const void *data, size_t size)
{
    const char *from = data;
    for (size_t done = 0; done < size;) {
        ssize_t n = write(sink->fd, from + done, size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_sink(sink);
        done += (size_t)n;
    }
    return (int64_t)size;
}

int64_t sb_sink_read_at(sb_sink *sink, void *data, size_t size, int64_t offset)
{
    ssize_t n;
    do
        n = pread(sink->fd, data, size, offset);
    while (n < 0 && errno == EINTR);
    return n < 0 ? fail_sink(sink) : n;
}

int64_t sb_sink_seek(sb_sink *sink, int64_t offset, int whence)
{
    off_t at = lseek(sink->fd, offset, whence);
    return at < 0 ? fail_sink(sink) : at;
}

int64_t sb_sink_size(sb_sink *sink)
{
    struct stat st;
    return fstat(sink->fd, &st) < 0 ? fail_sink(sink) : st.st_size;
}

sb_status sb_sink_check(const sb_sink *sink, sb_error *err)
{
    if (!sink->error)
        return SB_OK;
    const char *advice = sink->error == ENOSPC || sink->error == EDQUOT ? "free some space"
                         : sink->error == EFBIG                         ? "raise the limit on file sizes"
                                                                        : "check the disk and the folder";
    return sb_error_set(err, SB_ERR_IO, "cannot write (%s); %s", strerror(sink->error), advice);
}

static sb_status copy_spool(sb_sink *sink, sb_error *err)
{
    char buffer[COPY_SIZE];
    for (int64_t at = 0;;) {
        int64_t n = sb_sink_read_at(sink, buffer, sizeof buffer, at);
        if (n <= 0)
            return sb_sink_check(sink, err);
        sb_status status = sb_output_write(sink->output, buffer, (size_t)n, err);
        if (status)
            return status;
        at += n;
    }
}

sb_status sb_sink_close(sb_sink *sink, sb_status status, sb_error *err)
{
    if (!status)
        status = sb_sink_check(sink, err);
    if (sink->spool < 0)
        return status;
    if (!status)
        status = copy_spool(sink, err);
    close(sink->spool);
    sink->spool = -1;
    return status;
}
