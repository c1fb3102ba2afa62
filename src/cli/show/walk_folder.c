#include "cli/show/show.h"

#include "base/file/file.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/batch/batch.h"
#include "cli/term/term.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_LEVELS 40

/* The folders around the one that is read, so that links do not lead in a circle. */
typedef struct folder_chain {
    const struct folder_chain *around;
    dev_t device;
    ino_t id;
    size_t level;
} folder_chain;

typedef struct folder_names {
    char **names;
    size_t n;
} folder_names;

static void free_names(folder_names *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->names[i]);
    free(list->names);
    *list = (folder_names){0};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, without hidden ones, sorted. Returns errno. */
static int read_names(folder_names *out, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    *out = (folder_names){0};
    if (!dir)
        return errno;
    int reason = 0;
    for (errno = 0; !reason && (entry = readdir(dir)); errno = 0) {
        if (entry->d_name[0] == '.')
            continue;
        char *name = sb_copy_text(entry->d_name, NULL);
        if (!name || !sb_push_room(&out->names, out->n, sizeof *out->names)) {
            free(name);
            reason = ENOMEM;
        } else {
            out->names[out->n++] = name;
        }
    }
    reason = reason ? reason : errno;
    closedir(dir);
    if (reason)
        free_names(out);
    else if (out->n)
        qsort(out->names, out->n, sizeof *out->names, by_name);
    return reason;
}

static bool is_output(const cli_show_files *files, const struct stat *info)
{
    struct stat output;
    return files->output && stat(files->output, &output) == 0 && output.st_dev == info->st_dev &&
           output.st_ino == info->st_ino;
}

/* A folder of clips that batch wrote, or is going to write. */
static bool is_left_out(const cli_show_files *files, const char *folder, const struct stat *info)
{
    if (!is_output(files, info) && !batch_folder_was_used(folder))
        return false;
    if (files->context)
        cli_message_detail(files->context, "%s is left out, because it is for the clips of a batch", folder);
    return true;
}

static bool is_circle(const folder_chain *chain)
{
    for (const folder_chain *at = chain->around; at; at = at->around)
        if (at->device == chain->device && at->id == chain->id)
            return true;
    return chain->level >= MOST_LEVELS;
}

static sb_status walk(cli_show_files *files, const char *folder, const folder_chain *around, sb_error *err);

static sb_status visit(cli_show_files *files, const char *folder, const char *name, const folder_chain *chain,
                       sb_error *err)
{
    struct stat info;
    char *path = sb_path_join(strcmp(folder, ".") ? folder : "", name);
    if (!path)
        return sb_error_memory(err, "looking for files");
    if (cli_signal_seen(NULL))
        sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    else if (stat(path, &info) || !S_ISDIR(info.st_mode))
        cli_show_add_file(files, path, err);
    else if (!is_left_out(files, path, &info))
        walk(files, path, chain, err);
    free(path);
    return err->status;
}

static sb_status walk(cli_show_files *files, const char *folder, const folder_chain *around, sb_error *err)
{
    struct stat info;
    folder_names list;
    sb_error reason = {0};
    folder_chain chain = {.around = around, .level = around ? around->level + 1 : 0};
    int failed = stat(folder, &info) ? errno : 0;
    chain.device = failed ? 0 : info.st_dev;
    chain.id = failed ? 0 : info.st_ino;
    if (!failed && is_circle(&chain))
        return SB_OK;
    failed = failed ? failed : read_names(&list, folder);
    if (failed == ENOMEM)
        sb_error_memory(err, "looking for files");
    if (failed && failed != ENOMEM) {
        sb_error_set_system(around ? &reason : err, folder, "opened", failed);
        if (around && files->context)
            cli_message_warning(files->context, folder, "%s", reason.message);
        return err->status;
    }
    for (size_t i = 0; i < list.n && !err->status; i++)
        visit(files, folder, list.names[i], &chain, err);
    free_names(&list);
    return err->status;
}

sb_status cli_show_walk(cli_show_files *files, const char *folder, sb_error *err)
{
    if (files->context && batch_folder_was_used(folder))
        cli_message_warning(files->context, folder,
                            "has clips of an earlier batch, which are taken as episodes too");
    return walk(files, folder, NULL, err);
}

char *cli_show_glob_folder(const char *pattern)
{
    size_t length = strcspn(pattern, "*?[");
    while (length > 0 && pattern[length - 1] != '/')
        length--;
    return length ? sb_copy_bytes(pattern, length) : sb_copy_text(".", NULL);
}

sb_status cli_show_expand(cli_show_files *files, const char *pattern, sb_error *err)
{
    glob_t found = {0};
    int how = glob(pattern, GLOB_BRACE, NULL, &found);
    if (how == GLOB_NOSPACE)
        sb_error_memory(err, "looking for files");
    for (size_t i = 0; !how && i < found.gl_pathc && !err->status; i++) {
        struct stat info;
        const char *path = found.gl_pathv[i];
        if (stat(path, &info) || !S_ISDIR(info.st_mode))
            cli_show_add_file(files, path, err);
        else if (!is_left_out(files, path, &info))
            cli_show_walk(files, path, err);
    }
    globfree(&found);
    return err->status;
}
