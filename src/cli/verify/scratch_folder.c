#include "cli/verify/verify.h"

#include "base/file/open.h"
#include "base/run/run.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NAME          "soundbite-XXXXXX"
#define NAME_LENGTH   (sizeof NAME - 1)
#define PREFIX_LENGTH (sizeof "soundbite-" - 1)
#define YOUNG_S       60    /* its owner may not have locked it yet */
#define LEASE_S       86400 /* where folders cannot be locked */

static const char *base_folder(void)
{
    const char *base = getenv("TMPDIR");
    return base && *base ? base : "/tmp";
}

static void remove_files(int folder)
{
    int copy = sb_open_at(folder, ".", O_RDONLY | O_DIRECTORY);
    DIR *dir = copy < 0 ? NULL : fdopendir(copy);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(folder, entry->d_name, 0);
    if (dir)
        closedir(dir);
    else if (copy >= 0)
        close(copy);
}

static bool is_left(int folder)
{
    struct stat info;
    if (fstat(folder, &info) != 0 || info.st_uid != geteuid())
        return false;
    time_t age = time(NULL) - info.st_mtime;
    if (age <= YOUNG_S)
        return false;
    if (flock(folder, LOCK_EX | LOCK_NB) == 0)
        return true;
    return errno != EWOULDBLOCK && age > LEASE_S;
}

/* A killed run leaves its folder. */
static void remove_left(const char *base)
{
    DIR *dir = opendir(base);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        if (strlen(entry->d_name) != NAME_LENGTH || strncmp(entry->d_name, NAME, PREFIX_LENGTH) != 0)
            continue;
        int folder = sb_open_at(dirfd(dir), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        if (folder < 0)
            continue;
        if (is_left(folder)) {
            remove_files(folder);
            unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
        }
        close(folder);
    }
    if (dir)
        closedir(dir);
}

sb_status cli_scratch_folder_make(cli_scratch_folder *out, sb_error *err)
{
    const char *base = base_folder();
    *out = (cli_scratch_folder){.lock = -1};
    remove_left(base);
    char *path = sb_text_print("%s/" NAME, base);
    if (!path)
        return sb_error_memory(err, "cutting clips");
    if (!mkdtemp(path)) {
        free(path);
        return sb_error_set(
            err, SB_ERR_IO,
            "cannot make a folder in %s for the sound of the page; set TMPDIR to another folder", base);
    }
    out->path = path;
    out->lock = sb_open(path, O_RDONLY | O_DIRECTORY);
    while (out->lock >= 0 && flock(out->lock, LOCK_EX) != 0 && errno == EINTR)
        ;
    return SB_OK;
}

void cli_scratch_folder_remove(cli_scratch_folder *folder)
{
    if (!folder->path)
        return;
    if (folder->lock >= 0) {
        remove_files(folder->lock);
        close(folder->lock);
    }
    rmdir(folder->path);
    free(folder->path);
    *folder = (cli_scratch_folder){.lock = -1};
}
