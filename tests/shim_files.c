/* Preloaded into the program by tests: records what it does to files, in order, and lets calls fail.
 *
 * SB_SHIM_LOG names the record, which has one line per call: "create PATH", "write PATH", "sync PATH", "close
 * PATH" (only descriptors that can be written), "rename FROM<tab>TO" and "unlink PATH". SB_SHIM_FAIL makes
 * the calls that it names fail with EIO: "sync" of files, "folder" (sync of folders), "close" or "rename". */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define SHOWN            __attribute__((visibility("default")))
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

static ssize_t write_next(int fd, const void *data, size_t size)
{
    typedef ssize_t (*function)(int, const void *, size_t);
    return NEXT(function, "write")(fd, data, size);
}

static void record(const char *what, const char *path, const char *other)
{
    static int log = -1;
    char line[2 * PATH_MAX + 32];
    const char *name = getenv("SB_SHIM_LOG");
    int before = errno;
    if (log < 0 && name)
        log = (int)NEXT(int (*)(const char *, int, ...),
                        "open")(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    int length =
        snprintf(line, sizeof line, "%s %s%s%s\n", what, path, other ? "\t" : "", other ? other : "");
    if (log >= 0 && length > 0)
        (void)!write_next(log, line, (size_t)length);
    errno = before;
}

static int fails(const char *what)
{
    const char *wanted = getenv("SB_SHIM_FAIL");
    if (!wanted || strcmp(wanted, what))
        return 0;
    errno = EIO;
    return 1;
}

/* The path of a regular file or folder; empty for others. */
static const char *path_of(char out[PATH_MAX], int fd, mode_t *mode)
{
    char name[64];
    struct stat info;
    out[0] = 0;
    *mode = 0;
    if (fstat(fd, &info) || (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)))
        return out;
    *mode = info.st_mode;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, out, PATH_MAX - 1);
    out[length > 0 ? length : 0] = 0;
    return out;
}

static void record_fd(const char *what, int fd)
{
    char path[PATH_MAX];
    mode_t mode;
    int before = errno;
    if (*path_of(path, fd, &mode) && S_ISREG(mode))
        record(what, path, NULL);
    errno = before;
}

#define OPEN(name)                                                                                           \
    SHOWN int name(const char *path, int flags, ...)                                                         \
    {                                                                                                        \
        va_list arguments;                                                                                   \
        va_start(arguments, flags);                                                                          \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, int) : 0;                               \
        va_end(arguments);                                                                                   \
        int fd = NEXT(int (*)(const char *, int, ...), #name)(path, flags, mode);                            \
        if (fd >= 0 && flags & O_CREAT)                                                                      \
            record_fd("create", fd);                                                                         \
        return fd;                                                                                           \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                         \
    SHOWN int name(int folder, const char *path, int flags, ...)                                             \
    {                                                                                                        \
        va_list arguments;                                                                                   \
        va_start(arguments, flags);                                                                          \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, int) : 0;                               \
        va_end(arguments);                                                                                   \
        int fd = NEXT(int (*)(int, const char *, int, ...), #name)(folder, path, flags, mode);               \
        if (fd >= 0 && flags & O_CREAT)                                                                      \
            record_fd("create", fd);                                                                         \
        return fd;                                                                                           \
    }
OPENAT(openat)
OPENAT(openat64)

SHOWN ssize_t write(int fd, const void *data, size_t size)
{
    record_fd("write", fd);
    return write_next(fd, data, size);
}

SHOWN ssize_t writev(int fd, const struct iovec *parts, int n)
{
    record_fd("write", fd);
    return NEXT(ssize_t(*)(int, const struct iovec *, int), "writev")(fd, parts, n);
}

#define PWRITE(name, offset_type)                                                                            \
    SHOWN ssize_t name(int fd, const void *data, size_t size, offset_type at)                                \
    {                                                                                                        \
        record_fd("write", fd);                                                                              \
        return NEXT(ssize_t(*)(int, const void *, size_t, offset_type), #name)(fd, data, size, at);          \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset_type)                                                                          \
    SHOWN int name(int fd, offset_type size)                                                                 \
    {                                                                                                        \
        record_fd("write", fd);                                                                              \
        return NEXT(int (*)(int, offset_type), #name)(fd, size);                                             \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

SHOWN int fsync(int fd)
{
    char path[PATH_MAX];
    mode_t mode;
    path_of(path, fd, &mode);
    if (fails(S_ISDIR(mode) ? "folder" : "sync"))
        return -1;
    int result = NEXT(int (*)(int), "fsync")(fd);
    if (result == 0)
        record("sync", path, NULL);
    return result;
}

SHOWN int close(int fd)
{
    char path[PATH_MAX];
    mode_t mode;
    path_of(path, fd, &mode);
    int flags = fcntl(fd, F_GETFL), written = S_ISREG(mode) && (flags & O_ACCMODE) != O_RDONLY;
    int named = written && !strstr(path, " (deleted)");
    if (named)
        record("close", path, NULL);
    int result = NEXT(int (*)(int), "close")(fd);
    return named && fails("close") ? -1 : result;
}

/* The path that `path` in `folder` stands for. */
static const char *path_in(char out[PATH_MAX], int folder, const char *path)
{
    char name[PATH_MAX];
    mode_t mode;
    if (*path == '/' || folder == AT_FDCWD || !*path_of(name, folder, &mode))
        return path;
    return snprintf(out, PATH_MAX, "%s/%s", name, path) < PATH_MAX ? out : path;
}

static int record_rename(int result, int from_folder, const char *from, int to_folder, const char *to)
{
    char from_path[PATH_MAX], to_path[PATH_MAX];
    if (result == 0)
        record("rename", path_in(from_path, from_folder, from), path_in(to_path, to_folder, to));
    return result;
}

SHOWN int rename(const char *from, const char *to)
{
    if (fails("rename"))
        return -1;
    return record_rename(NEXT(int (*)(const char *, const char *), "rename")(from, to), AT_FDCWD, from,
                         AT_FDCWD, to);
}

SHOWN int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    typedef int (*function)(int, const char *, int, const char *);
    if (fails("rename"))
        return -1;
    return record_rename(NEXT(function, "renameat")(from_folder, from, to_folder, to), from_folder, from,
                         to_folder, to);
}

SHOWN int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    typedef int (*function)(int, const char *, int, const char *, unsigned);
    if (fails("rename"))
        return -1;
    return record_rename(NEXT(function, "renameat2")(from_folder, from, to_folder, to, flags), from_folder,
                         from, to_folder, to);
}

SHOWN int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    typedef int (*function)(int, const char *, int, const char *, int);
    return record_rename(NEXT(function, "linkat")(from_folder, from, to_folder, to, flags), from_folder, from,
                         to_folder, to);
}

SHOWN int unlink(const char *path)
{
    int result = NEXT(int (*)(const char *), "unlink")(path);
    if (result == 0)
        record("unlink", path, NULL);
    return result;
}

SHOWN int unlinkat(int folder, const char *path, int flags)
{
    char whole[PATH_MAX];
    int result = NEXT(int (*)(int, const char *, int), "unlinkat")(folder, path, flags);
    if (result == 0)
        record("unlink", path_in(whole, folder, path), NULL);
    return result;
}
