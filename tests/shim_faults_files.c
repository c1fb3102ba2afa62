/* The calls for files, threads and processes that shim_faults.h lets fail. */
#include "shim_faults.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* WRAP(result at failure, kind, return type, name, parameters, arguments) */
#define WRAP(failed, kind, type, name, parameters, arguments)                                                \
    SHOWN type name parameters                                                                               \
    {                                                                                                        \
        return fault_strikes(kind) ? (failed) : NEXT(type(*) parameters, #name) arguments;                   \
    }

#define WRAP_OPEN(name, parameters, arguments)                                                               \
    SHOWN int name parameters                                                                                \
    {                                                                                                        \
        va_list more;                                                                                        \
        va_start(more, flags);                                                                               \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;                                    \
        va_end(more);                                                                                        \
        return fault_strikes("open") ? -1 : NEXT(int(*) parameters, #name) arguments;                        \
    }
WRAP_OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
WRAP_OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
WRAP_OPEN(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
WRAP_OPEN(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
WRAP(NULL, "open", FILE *, fopen, (const char *path, const char *mode), (path, mode))
WRAP(NULL, "open", FILE *, fopen64, (const char *path, const char *mode), (path, mode))
WRAP(NULL, "open", FILE *, tmpfile, (void), ())
WRAP(NULL, "open", FILE *, tmpfile64, (void), ())
WRAP(NULL, "open", DIR *, opendir, (const char *path), (path))

#define WRAP_BYTES(kind, name, parameters, arguments)                                                        \
    SHOWN ssize_t name parameters                                                                            \
    {                                                                                                        \
        return fault_strikes_bytes(kind, &size) ? -1 : NEXT(ssize_t(*) parameters, #name) arguments;         \
    }
WRAP_BYTES("read", read, (int fd, void *data, size_t size), (fd, data, size))
WRAP_BYTES("read", pread, (int fd, void *data, size_t size, off_t offset), (fd, data, size, offset))
WRAP_BYTES("read", pread64, (int fd, void *data, size_t size, off64_t offset), (fd, data, size, offset))
WRAP_BYTES("write", pwrite, (int fd, const void *data, size_t size, off_t offset), (fd, data, size, offset))
WRAP_BYTES("write", pwrite64, (int fd, const void *data, size_t size, off64_t offset),
           (fd, data, size, offset))

/* Messages are not counted. */
SHOWN ssize_t write(int fd, const void *data, size_t size)
{
    if (fd != STDERR_FILENO && fault_strikes_bytes("write", &size))
        return -1;
    return NEXT(ssize_t(*)(int, const void *, size_t), "write")(fd, data, size);
}

SHOWN ssize_t writev(int fd, const struct iovec *parts, int n)
{
    size_t size = 2;
    if (n > 0 && fault_strikes_bytes("write", &size))
        return -1;
    if (size == 1)
        return NEXT(ssize_t(*)(int, const void *, size_t), "write")(fd, parts->iov_base,
                                                                    parts->iov_len - parts->iov_len / 2);
    return NEXT(ssize_t(*)(int, const struct iovec *, int), "writev")(fd, parts, n);
}

/* A stream remembers that it failed; it has no half failures. */
static bool stream_fails(const char *kind, FILE *file)
{
    size_t size = 2;
    if (file == stderr || !fault_strikes_bytes(kind, &size))
        return false;
    file->_flags |= 0x20; /* _IO_ERR_SEEN */
    return true;
}

SHOWN size_t fread(void *data, size_t size, size_t n, FILE *file)
{
    return stream_fails("read", file)
               ? 0
               : NEXT(size_t(*)(void *, size_t, size_t, FILE *), "fread")(data, size, n, file);
}

SHOWN size_t fwrite(const void *data, size_t size, size_t n, FILE *file)
{
    return stream_fails("write", file)
               ? 0
               : NEXT(size_t(*)(const void *, size_t, size_t, FILE *), "fwrite")(data, size, n, file);
}

SHOWN int fflush(FILE *file)
{
    return file && stream_fails("write", file) ? EOF : NEXT(int (*)(FILE *), "fflush")(file);
}

/* The descriptor is gone, whatever is returned. */
#define WRAP_CLOSE(failed, name, parameters, arguments)                                                      \
    SHOWN int name parameters                                                                                \
    {                                                                                                        \
        int result = NEXT(int(*) parameters, #name) arguments;                                               \
        return fault_strikes("close") ? (failed) : result;                                                   \
    }
WRAP_CLOSE(-1, close, (int fd), (fd))
WRAP_CLOSE(EOF, fclose, (FILE * file), (file))
WRAP_CLOSE(-1, closedir, (DIR * folder), (folder))

WRAP(-1, "sync", int, fsync, (int fd), (fd))
WRAP(-1, "sync", int, fdatasync, (int fd), (fd))
WRAP(-1, "rename", int, rename, (const char *from, const char *to), (from, to))
WRAP(-1, "rename", int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
WRAP(-1, "rename", int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
     (a, from, b, to, flags))
WRAP(-1, "rename", int, link, (const char *from, const char *to), (from, to))
WRAP(-1, "rename", int, linkat, (int a, const char *from, int b, const char *to, int flags),
     (a, from, b, to, flags))
WRAP(-1, "mkdir", int, mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(-1, "mkdir", int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode))

WRAP(-1, "stat", int, stat, (const char *path, struct stat *out), (path, out))
WRAP(-1, "stat", int, lstat, (const char *path, struct stat *out), (path, out))
WRAP(-1, "stat", int, fstat, (int fd, struct stat *out), (fd, out))
WRAP(-1, "stat", int, fstatat, (int folder, const char *path, struct stat *out, int flags),
     (folder, path, out, flags))
WRAP(-1, "stat", int, stat64, (const char *path, struct stat64 *out), (path, out))
WRAP(-1, "stat", int, lstat64, (const char *path, struct stat64 *out), (path, out))
WRAP(-1, "stat", int, fstat64, (int fd, struct stat64 *out), (fd, out))
WRAP(-1, "stat", int, fstatat64, (int folder, const char *path, struct stat64 *out, int flags),
     (folder, path, out, flags))
WRAP(-1, "stat", int, access, (const char *path, int mode), (path, mode))

WRAP(-1, "seek", off_t, lseek, (int fd, off_t offset, int whence), (fd, offset, whence))
WRAP(-1, "seek", off64_t, lseek64, (int fd, off64_t offset, int whence), (fd, offset, whence))
WRAP(-1, "seek", int, fseek, (FILE * file, long offset, int whence), (file, offset, whence))
WRAP(-1, "seek", int, fseeko, (FILE * file, off_t offset, int whence), (file, offset, whence))
WRAP(-1, "seek", int, fseeko64, (FILE * file, off64_t offset, int whence), (file, offset, whence))
WRAP(-1, "truncate", int, ftruncate, (int fd, off_t size), (fd, size))
WRAP(-1, "truncate", int, ftruncate64, (int fd, off64_t size), (fd, size))
WRAP(-1, "lock", int, flock, (int fd, int operation), (fd, operation))
WRAP(-1, "unlink", int, unlink, (const char *path), (path))
WRAP(-1, "unlink", int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
WRAP(-1, "unlink", int, remove, (const char *path), (path))
WRAP(-1, "fork", pid_t, fork, (void), ())
WRAP(-1, "dup", int, dup, (int fd), (fd))
WRAP(-1, "dup", int, dup2, (int from, int to), (from, to))
WRAP(-1, "wait", pid_t, waitpid, (pid_t pid, int *how, int options), (pid, how, options))

/* Returns its errno. */
SHOWN int pthread_create(pthread_t *out, const pthread_attr_t *attributes, void *(*work)(void *), void *user)
{
    typedef int (*function)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    return fault_strikes("thread") ? errno : NEXT(function, "pthread_create")(out, attributes, work, user);
}

#define WRAP_FCNTL(name)                                                                                     \
    SHOWN int name(int fd, int command, ...)                                                                 \
    {                                                                                                        \
        va_list more;                                                                                        \
        va_start(more, command);                                                                             \
        void *argument = va_arg(more, void *);                                                               \
        va_end(more);                                                                                        \
        if ((command == F_DUPFD || command == F_DUPFD_CLOEXEC) && fault_strikes("dup"))                      \
            return -1;                                                                                       \
        if ((command == F_SETLK || command == F_SETLKW) && fault_strikes("lock"))                            \
            return -1;                                                                                       \
        return NEXT(int (*)(int, int, ...), #name)(fd, command, argument);                                   \
    }
WRAP_FCNTL(fcntl)
WRAP_FCNTL(fcntl64)
