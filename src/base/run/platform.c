#include "base/run/run.h"

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

static int rename_in_one_step(const char *from, const char *to)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
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

static int rename_in_one_step(const char *from, const char *to)
{
    (void)from;
    (void)to;
    errno = ENOSYS;
    return -1;
}
#endif

/* On file systems with hard links, a second name is created and the first removed. On others, another program
 * can create the name between the check and the renaming. */
int sb_rename_new(const char *from, const char *to)
{
    struct stat info;
    if (rename_in_one_step(from, to) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (link(from, to) == 0)
        return unlink(from);
    if (errno != EPERM && errno != ENOTSUP && errno != EOPNOTSUPP && errno != EMLINK)
        return -1;
    if (lstat(to, &info) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(from, to);
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
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
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
