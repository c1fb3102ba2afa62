#include "base/run/run.h"

#include "base/file/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__linux__) && !defined(SB_PORTABLE)
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>

int sb_cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n > 0 ? n : 1;
}

void sb_end_with_parent(void)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

bool sb_program_file(struct stat *out, const char *name, const char *folders)
{
    (void)name;
    (void)folders;
    return stat("/proc/self/exe", out) == 0;
}

static int rename_in_one_step(int folder, const char *from, const char *to)
{
    return renameat2(folder, from, folder, to, RENAME_NOREPLACE);
}

#else
#include <limits.h>
#include <string.h>

int sb_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 && n < INT_MAX ? (int)n : 1;
}

void sb_end_with_parent(void)
{
}

bool sb_program_file(struct stat *out, const char *name, const char *folders)
{
    char path[PATH_MAX];
    if (!name || strchr(name, '/'))
        return name && stat(name, out) == 0;
    for (const char *at = folders; at && *at; at += *at == ':') {
        int length = (int)strcspn(at, ":");
        int n = snprintf(path, sizeof path, "%.*s/%s", length ? length : 1, length ? at : ".", name);
        if (n > 0 && (size_t)n < sizeof path && stat(path, out) == 0 && S_ISREG(out->st_mode) &&
            access(path, X_OK) == 0)
            return true;
        at += length;
    }
    return false;
}

static int rename_in_one_step(int folder, const char *from, const char *to)
{
    (void)folder;
    (void)from;
    (void)to;
    errno = ENOSYS;
    return -1;
}
#endif

/* On file systems with hard links, a second name is created and the first removed. On others, another program
 * can create the name between the check and the renaming. */
static int rename_by_link(int folder, const char *from, const char *to)
{
    struct stat info;
    if (linkat(folder, from, folder, to, 0) == 0) {
        if (unlinkat(folder, from, 0) == 0)
            return 0;
        int reason = errno;
        unlinkat(folder, to, 0);
        errno = reason;
        return -1;
    }
    if (errno != EPERM && errno != ENOTSUP && errno != EOPNOTSUPP && errno != EMLINK)
        return -1;
    if (fstatat(folder, to, &info, AT_SYMLINK_NOFOLLOW) == 0)
        errno = EEXIST;
    else if (errno == ENOENT)
        return renameat(folder, from, folder, to);
    return -1;
}

int sb_rename_new_at(int folder, const char *from, const char *to)
{
    if (rename_in_one_step(folder, from, to) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? rename_by_link(folder, from, to) : -1;
}

static int keep_off_standard(int fd)
{
    if (fd < 0 || fd > STDERR_FILENO)
        return fd;
    int other = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1), reason = errno;
    close(fd);
    errno = reason;
    return other;
}

int sb_open_at(int folder, const char *path, int flags)
{
    int fd;
    do
        fd = openat(folder, path, flags | O_CLOEXEC, 0666);
    while (fd < 0 && errno == EINTR);
    return keep_off_standard(fd);
}

int sb_open(const char *path, int flags)
{
    return sb_open_at(AT_FDCWD, path, flags);
}

FILE *sb_unnamed_file(void)
{
    FILE *file = tmpfile();
    if (!file || fileno(file) > STDERR_FILENO)
        return file;
    int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    fclose(file);
    file = fd < 0 ? NULL : fdopen(fd, "w+b");
    if (!file && fd >= 0)
        close(fd);
    return file;
}

static bool is_not_offered(int reason)
{
    return reason == EINVAL || reason == ENOSYS || reason == ENOTSUP || reason == EROFS;
}

int sb_sync_file(int fd)
{
    int result;
#ifdef F_FULLFSYNC
    if (fcntl(fd, F_FULLFSYNC) == 0)
        return 0;
#endif
    do
        result = fsync(fd);
    while (result != 0 && errno == EINTR);
    return result == 0 || is_not_offered(errno) ? 0 : -1;
}

int sb_sync_folder(const char *path)
{
    int fd = sb_open(path, O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return errno == EACCES || errno == EPERM ? 0 : -1;
    int result = sb_sync_file(fd), reason = errno;
    close(fd);
    errno = reason;
    return result;
}

int sb_close(int fd)
{
    return close(fd) == 0 || errno == EINTR || errno == EINPROGRESS ? 0 : -1;
}
