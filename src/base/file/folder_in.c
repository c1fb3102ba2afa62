#include "base/file/file.h"
#include "base/file/open.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

#define MAX_LINKS 40 /* as Linux has it */
#define MAX_DEPTH 64

/* A way down from a folder. It is walked one part at a time, from descriptors that are held, so that nobody
 * can exchange a folder for a link meanwhile. */
typedef struct walk {
    const char *root, *path;
    int folders[MAX_DEPTH]; /* the root first */
    int depth;
    char rest[2 * PATH_MAX];
    char link[NAME_MAX + 1]; /* the last one that was followed */
    int n_links;
    bool make;
} walk;

static sb_status fail_system(const walk *w, int reason, sb_error *err)
{
    return sb_error_set_system(err, w->path, "written", reason);
}

static sb_status fail_outside(const walk *w, const char *link, sb_error *err)
{
    return sb_error_set_at(
        err, SB_ERR_IO, w->path, 0, 0,
        "the link '%s' leads out of the folder %s; remove the link, or name the folder that "
        "it leads to",
        link, w->root);
}

/* Of a folder that may be entered but not listed, only a path can be opened. */
static int open_folder(int in, const char *name)
{
    int fd = sb_open_at(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    return fd < 0 && errno == EACCES ? sb_open_at(in, name, O_PATH | O_DIRECTORY | O_NOFOLLOW) : fd;
}

static int make_folder(int in, const char *name)
{
    if (mkdirat(in, name, 0777) != 0)
        return errno == EEXIST ? 0 : -1;
    return sb_sync_file(in) == 0 || errno == EBADF ? 0 : -1;
}

static sb_status follow_link(walk *w, const char *name, sb_error *err)
{
    char target[PATH_MAX], rest[sizeof w->rest];
    ssize_t length = readlinkat(w->folders[w->depth - 1], name, target, sizeof target - 1);
    if (length < 0 && errno == EINVAL)
        return sb_error_set_at(err, SB_ERR_IO, w->path, 0, 0, "'%s' is not a folder; choose another name",
                               name);
    if (length < 0)
        return fail_system(w, errno, err);
    target[length] = 0;
    snprintf(w->link, sizeof w->link, "%.*s", NAME_MAX, name);
    if (*target == '/')
        return fail_outside(w, name, err);
    int n = snprintf(rest, sizeof rest, "%s/%s", target, w->rest);
    if (++w->n_links > MAX_LINKS)
        return fail_system(w, ELOOP, err);
    if (n < 0 || (size_t)n >= sizeof rest)
        return fail_system(w, ENAMETOOLONG, err);
    memcpy(w->rest, rest, (size_t)n + 1);
    return SB_OK;
}

/* `*missing` becomes true if the folder does not exist and shall not be made. */
static sb_status enter(walk *w, const char *name, bool *missing, sb_error *err)
{
    int in = w->folders[w->depth - 1];
    int fd = open_folder(in, name);
    if (fd < 0 && errno == ENOENT && !w->make) {
        *missing = true;
        return SB_OK;
    }
    if (fd < 0 && errno == ENOENT) {
        if (make_folder(in, name) != 0)
            return sb_error_set_at(err, SB_ERR_IO, w->path, 0, 0,
                                   "the folder '%s' cannot be created (%s); choose another", name,
                                   strerror(errno));
        fd = open_folder(in, name);
    }
    if (fd < 0 && (errno == ENOTDIR || errno == ELOOP || errno == EMLINK))
        return follow_link(w, name, err);
    if (fd < 0)
        return fail_system(w, errno, err);
    if (w->depth == MAX_DEPTH) {
        close(fd);
        return fail_system(w, ENAMETOOLONG, err);
    }
    w->folders[w->depth++] = fd;
    return SB_OK;
}

static sb_status leave(walk *w, sb_error *err)
{
    if (w->depth == 1)
        return fail_outside(w, *w->link ? w->link : "..", err);
    close(w->folders[--w->depth]);
    return SB_OK;
}

/* Takes the first part off the rest. Returns false at its end. */
static bool next_part(walk *w, char part[PATH_MAX])
{
    size_t begin = strspn(w->rest, "/"), length = strcspn(w->rest + begin, "/");
    if (length == 0)
        return false;
    snprintf(part, PATH_MAX, "%.*s", (int)length, w->rest + begin);
    memmove(w->rest, w->rest + begin + length, strlen(w->rest + begin + length) + 1);
    return true;
}

static sb_status walk_down(walk *w, bool *missing, sb_error *err)
{
    char part[PATH_MAX];
    sb_status status = SB_OK;
    *missing = false;
    while (!status && !*missing && next_part(w, part)) {
        if (!strcmp(part, ".."))
            status = leave(w, err);
        else if (strcmp(part, ".") != 0)
            status = enter(w, part, missing, err);
    }
    return status;
}

/* Returns the part of the path after the root; NULL if it does not begin with it. */
static const char *after_root(const char *root, const char *path)
{
    size_t length = strlen(root);
    while (length > 0 && root[length - 1] == '/')
        length--;
    if (!strncmp(root, path, length) && path[length] == '/')
        return path + length;
    return !strcmp(root, ".") && *path != '/' ? path : NULL;
}

static sb_status open_root(walk *w, bool *missing, sb_error *err)
{
    int fd = sb_open(w->root, O_RDONLY | O_DIRECTORY);
    if (fd < 0 && errno == ENOENT && w->make) {
        char *inside = sb_text_print("%s/", w->root);
        sb_status status = inside ? sb_folders_make(inside, err) : sb_error_memory(err, "writing a file");
        free(inside);
        if (status)
            return status;
        fd = sb_open(w->root, O_RDONLY | O_DIRECTORY);
    }
    if (fd < 0 && errno == EACCES)
        fd = sb_open(w->root, O_PATH | O_DIRECTORY);
    *missing = fd < 0 && errno == ENOENT && !w->make;
    if (fd < 0)
        return *missing ? SB_OK : fail_system(w, errno, err);
    w->folders[w->depth++] = fd;
    return SB_OK;
}

sb_status sb_folder_open_in(int *folder, const char **name, const char *root, const char *path, bool make,
                            sb_error *err)
{
    bool missing = false;
    walk *w = malloc(sizeof *w);
    *folder = -1;
    *name = sb_path_name(path);
    if (!w)
        return sb_error_memory(err, "writing a file");
    *w = (walk){.root = root, .path = path, .make = make};
    const char *inner = after_root(root, path);
    size_t length = inner ? (size_t)(*name - inner) : 0;
    sb_status status = SB_OK;
    if (!inner)
        status = sb_error_set_at(err, SB_ERR_ARGUMENT, path, 0, 0,
                                 "is not in the folder %s; name a file in it", root);
    else if (length >= sizeof w->rest)
        status = fail_system(w, ENAMETOOLONG, err);
    if (!status) {
        memcpy(w->rest, inner, length);
        status = open_root(w, &missing, err);
    }
    if (!status && !missing)
        status = walk_down(w, &missing, err);
    if (!status && !missing)
        *folder = w->folders[--w->depth];
    while (w->depth > 0)
        close(w->folders[--w->depth]);
    free(w);
    return status;
}

sb_status sb_folder_check_in(const char *root, const char *path, sb_error *err)
{
    int folder;
    const char *name;
    sb_status status = sb_folder_open_in(&folder, &name, root, path, false, err);
    if (folder >= 0)
        close(folder);
    return status;
}
