#include "cli/source/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define BLOCK     4096

typedef struct entry {
    char name[72];
    int64_t size;
    struct timespec used;
} entry;

static bool entry_path(char out[PATH_SIZE], const char *folder, const char *kind, const char *name)
{
    int length = snprintf(out, PATH_SIZE, "%s/%s/%s", folder, kind, name);
    return length > 0 && length < PATH_SIZE;
}

bool cli_cache_read(sb_bytes *out, const char *folder, const char *kind, const char *key, size_t limit)
{
    char path[PATH_SIZE];
    if (!entry_path(path, folder, kind, key) || sb_file_read(out, path, limit, NULL))
        return false;
    const struct timespec now[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_nsec = UTIME_NOW}};
    int fd = open(path, O_RDONLY | O_CLOEXEC); /* the sandbox changes no file by its name */
    if (fd >= 0) {
        futimens(fd, now);
        close(fd);
    }
    return true;
}

void cli_cache_make_folders(const char *path)
{
    char part[PATH_SIZE];
    for (const char *at = path + 1; (at = strchr(at, '/')); at++) {
        memcpy(part, path, (size_t)(at - path));
        part[at - path] = 0;
        if (mkdir(part, 0700) && errno != EEXIST)
            return;
    }
}

static int by_use(const void *a, const void *b)
{
    const struct timespec *x = &((const entry *)a)->used, *y = &((const entry *)b)->used;
    if (x->tv_sec != y->tv_sec)
        return x->tv_sec < y->tv_sec ? 1 : -1;
    return (x->tv_nsec < y->tv_nsec) - (x->tv_nsec > y->tv_nsec);
}

static size_t list_entries(entry **out, DIR *folder)
{
    size_t n = 0, capacity = 0;
    const struct dirent *found;
    *out = NULL;
    while ((found = readdir(folder))) {
        struct stat info;
        if (strlen(found->d_name) >= sizeof(*out)->name || found->d_name[0] == '.' ||
            fstatat(dirfd(folder), found->d_name, &info, AT_SYMLINK_NOFOLLOW) || !S_ISREG(info.st_mode))
            continue;
        if (n == capacity) {
            capacity = capacity ? 2 * capacity : 64;
            entry *larger = realloc(*out, capacity * sizeof **out);
            if (!larger)
                return n;
            *out = larger;
        }
        entry *e = &(*out)[n++];
        *e = (entry){.size = (info.st_size + BLOCK - 1) / BLOCK * BLOCK, .used = info.st_mtim};
        strcpy(e->name, found->d_name);
    }
    return n;
}

static void remove_oldest(const char *path, int64_t total_limit)
{
    DIR *folder = opendir(path);
    if (!folder)
        return;
    entry *entries;
    size_t n = list_entries(&entries, folder);
    if (n)
        qsort(entries, n, sizeof *entries, by_use);
    int64_t total = 0;
    for (size_t i = 0; i < n; i++) {
        total += entries[i].size;
        if (total > total_limit)
            unlinkat(dirfd(folder), entries[i].name, 0);
    }
    free(entries);
    closedir(folder);
}

/* Listing the folder for each new entry would take quadratic time. So a process lists it at its first entry,
 * and then whenever it has written this fraction of the limit. */
#define PART_BETWEEN_TRIMS 16

static bool is_time_to_trim(const char *kind, size_t size, int64_t total_limit)
{
    static struct {
        char kind[16];
        int64_t written;
    } kinds[4];
    size_t n = sizeof kinds / sizeof *kinds;
    for (size_t i = 0; i < n; i++) {
        bool is_first = !*kinds[i].kind;
        if (!is_first && strcmp(kinds[i].kind, kind))
            continue;
        snprintf(kinds[i].kind, sizeof kinds[i].kind, "%s", kind);
        kinds[i].written += ((int64_t)size + BLOCK - 1) / BLOCK * BLOCK;
        if (!is_first && kinds[i].written < total_limit / PART_BETWEEN_TRIMS)
            return false;
        kinds[i].written = 0;
        return true;
    }
    return true;
}

void cli_cache_write(const char *folder, const char *kind, const char *key, const void *data, size_t size,
                     int64_t total_limit)
{
    char path[PATH_SIZE], parent[PATH_SIZE];
    if (!entry_path(path, folder, kind, key) || !entry_path(parent, folder, kind, ""))
        return;
    cli_cache_make_folders(path);
    if (!sb_file_write(path, data, size, true, NULL) && is_time_to_trim(kind, size, total_limit))
        remove_oldest(parent, total_limit);
}
