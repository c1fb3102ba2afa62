#include "base/file/file.h"
#include "base/file/open.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_FILES 100 /* of one output at a time */

typedef enum guard_kind { LOCKED, LEASED, N_GUARDS } guard_kind;

typedef enum taking {
    TAKEN,
    IN_USE,
    NO_LOCKS, /* the file system has none */
    FAILED,   /* errno says why */
} taking;

static char *temporary_name(const char *path, guard_kind guard, unsigned number)
{
    const char *name = sb_path_name(path), *mark = guard == LEASED ? ".open" : "";
    int folder = (int)(name - path);
    if (number == 0)
        return sb_text_print("%.*s.%.200s%s.part", folder, path, name, mark);
    return sb_text_print("%.*s.%.200s%s.%u.part", folder, path, name, mark, number);
}

static int lock_at_once(int fd)
{
    int result;
    do
        result = flock(fd, LOCK_EX | LOCK_NB);
    while (result != 0 && errno == EINTR);
    return result;
}

/* Whether the open file still has its name. If it was renamed meanwhile, it is the finished output of another
 * run. Returns TAKEN, IN_USE or FAILED. */
static taking look_at_name(int fd, int folder, const char *name)
{
    struct stat by_fd, by_name;
    if (fstat(fd, &by_fd) != 0)
        return FAILED;
    if (fstatat(folder, name, &by_name, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? IN_USE : FAILED;
    bool same = by_fd.st_ino == by_name.st_ino && by_fd.st_dev == by_name.st_dev && S_ISREG(by_fd.st_mode);
    return same ? TAKEN : IN_USE;
}

static int create_temporary(int folder, const char *name)
{
    return sb_open_at(folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
}

/* Removes a regular file that nobody locks. Returns IN_USE for any other. */
static taking remove_unlocked(int folder, const char *name)
{
    int fd = sb_open_at(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? TAKEN : IN_USE;
    taking result = IN_USE;
    if (lock_at_once(fd) != 0)
        result = errno == EWOULDBLOCK ? IN_USE : NO_LOCKS;
    else if (look_at_name(fd, folder, name) == TAKEN && unlinkat(folder, name, 0) == 0)
        result = TAKEN;
    close(fd);
    return result;
}

/* The rename makes sure that only the file that was looked at is removed. */
static taking remove_expired(int folder, const char *name)
{
    struct stat seen, moved;
    if (fstatat(folder, name, &seen, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? TAKEN : IN_USE;
    if (!S_ISREG(seen.st_mode) || seen.st_mtime > time(NULL) - SB_TEMPORARY_LEASE_S)
        return IN_USE;
    char *aside = sb_text_print("%s.%ld", name, (long)getpid());
    taking result = IN_USE;
    if (aside && sb_rename_new_at(folder, name, aside) == 0) {
        bool same = fstatat(folder, aside, &moved, AT_SYMLINK_NOFOLLOW) == 0 && moved.st_ino == seen.st_ino &&
                    moved.st_mtime == seen.st_mtime;
        if (!same)
            sb_rename_new_at(folder, aside, name);
        else if (unlinkat(folder, aside, 0) == 0)
            result = TAKEN;
    }
    free(aside);
    return result;
}

static taking remove_left(int folder, const char *name, guard_kind guard)
{
    return guard == LOCKED ? remove_unlocked(folder, name) : remove_expired(folder, name);
}

/* Between creation and lock, another run may have taken the new file for one that was left. */
static taking lock_created(int *fd, int folder, const char *name)
{
    taking result = lock_at_once(*fd) == 0 ? look_at_name(*fd, folder, name)
                    : errno == EWOULDBLOCK ? IN_USE
                                           : NO_LOCKS;
    if (result == TAKEN)
        return result;
    int reason = errno;
    if (result != IN_USE)
        unlinkat(folder, name, 0);
    close(*fd);
    *fd = -1;
    errno = reason;
    return result;
}

static taking take_name(int *fd, int folder, const char *name, guard_kind guard)
{
    *fd = create_temporary(folder, name);
    if (*fd < 0 && errno == EEXIST) {
        taking removed = remove_left(folder, name, guard);
        if (removed != TAKEN)
            return removed;
        *fd = create_temporary(folder, name);
        if (*fd < 0 && errno == EEXIST)
            return IN_USE;
    }
    if (*fd < 0)
        return FAILED;
    return guard == LOCKED ? lock_created(fd, folder, name) : TAKEN;
}

/* Also puts the name into the list of unfinished files. */
static taking take_and_note(sb_temporary *file, guard_kind guard)
{
    taking result = FAILED;
    sb_unfinished_hold hold;
    sb_unfinished_lock(&hold);
    if (sb_unfinished_abandoned())
        errno = ECANCELED;
    else
        result = take_name(&file->fd, file->folder, file->name, guard);
    int reason = errno;
    if (result == TAKEN)
        sb_unfinished_add(&file->unfinished, file->folder, file->fd, file->name);
    sb_unfinished_unlock(&hold);
    errno = reason;
    return result;
}

static void forget_name(sb_temporary *file)
{
    int reason = errno;
    free(file->name);
    file->name = NULL;
    errno = reason;
}

static taking take_first_free(sb_temporary *file, const char *path, guard_kind guard, unsigned *number)
{
    taking result = IN_USE;
    for (*number = 0; result == IN_USE && *number < MAX_FILES; ++*number) {
        file->name = temporary_name(path, guard, *number);
        if (!file->name) {
            errno = ENOMEM;
            return FAILED;
        }
        result = take_and_note(file, guard);
        if (result != TAKEN)
            forget_name(file);
    }
    return result;
}

/* Killed runs that wrote the same output at the same time left more than one file. */
static void remove_others(int folder, const char *path, guard_kind guard, unsigned from)
{
    for (unsigned i = from; i < MAX_FILES; i++) {
        struct stat info;
        char *name = temporary_name(path, guard, i);
        bool exists = name && fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
        if (exists)
            remove_left(folder, name, guard);
        free(name);
        if (!exists)
            break;
    }
}

int sb_temporary_take(sb_temporary *out, int folder, const char *path)
{
    *out = (sb_temporary){.folder = folder, .fd = -1};
    unsigned n_tried;
    taking result = FAILED;
    for (guard_kind guard = LOCKED; guard < N_GUARDS; guard++) {
        result = take_first_free(out, path, guard, &n_tried);
        out->locked = guard == LOCKED;
        if (result != NO_LOCKS)
            break;
    }
    if (result != TAKEN) {
        errno = result == IN_USE ? EEXIST : errno;
        return -1;
    }
    remove_others(folder, path, out->locked ? LOCKED : LEASED, n_tried);
    if (out->locked)
        remove_others(folder, path, LEASED, 0);
    return 0;
}

int sb_temporary_publish(sb_temporary *file, const char *path, bool overwrite)
{
    int result = -1;
    sb_unfinished_hold hold;
    sb_unfinished_lock(&hold);
    taking state = file->locked ? TAKEN : look_at_name(file->fd, file->folder, file->name);
    if (state == TAKEN)
        result = overwrite ? renameat(file->folder, file->name, file->folder, path)
                           : sb_rename_new_at(file->folder, file->name, path);
    int reason = state == IN_USE ? ESTALE : errno;
    if (result != 0 && state != IN_USE)
        unlinkat(file->folder, file->name, 0);
    sb_unfinished_remove(&file->unfinished);
    if (result != 0 && sb_unfinished_abandoned())
        reason = ECANCELED;
    sb_unfinished_unlock(&hold);
    errno = reason;
    return result;
}

void sb_temporary_drop(sb_temporary *file)
{
    sb_unfinished_hold hold;
    sb_unfinished_lock(&hold);
    if (file->locked || look_at_name(file->fd, file->folder, file->name) != IN_USE)
        unlinkat(file->folder, file->name, 0);
    sb_unfinished_remove(&file->unfinished);
    sb_unfinished_unlock(&hold);
}
