#include "cli/batch/batch.h"

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
#include <unistd.h>

#define MANIFEST_LIMIT ((size_t)512 << 20)

bool batch_folder_has_manifest(const batch_folder *folder)
{
    return access(folder->manifest_path, F_OK) == 0;
}

static bool has_journal(const batch_folder *folder)
{
    struct stat info;
    return stat(folder->journal_path, &info) == 0 && info.st_size > 0;
}

static sb_status check_is_folder(const char *path, sb_error *err)
{
    struct stat info;
    if (stat(path, &info) || S_ISDIR(info.st_mode))
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is not a folder; name a folder for the clips");
}

static sb_status check_is_free(const batch_folder *folder, sb_error *err)
{
    bool has_manifest = batch_folder_has_manifest(folder);
    if (folder->takes_over || (!has_manifest && !has_journal(folder)))
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_EXISTS, has_manifest ? folder->manifest_path : folder->journal_path, 0,
                           0,
                           "the folder already contains a batch; continue it with --resume, start over with "
                           "--force, or name another folder");
}

/* Padded with zeros, so that the names sort like the shards. */
static char *manifest_path(const char *folder, const batch_shard *shard, const char *mark,
                           const char *extension)
{
    char *path = NULL;
    int width = snprintf(NULL, 0, "%zu", shard->n), length;
    if (shard->n)
        length = asprintf(&path, "%s/%smanifest-%0*zu-of-%zu.%s", folder, mark, width, shard->k, shard->n,
                          extension);
    else
        length = asprintf(&path, "%s/%smanifest.%s", folder, mark, extension);
    return length < 0 ? NULL : path;
}

sb_status batch_folder_init(batch_folder *out, const char *path, const batch_shard *shard, bool takes_over,
                            sb_error *err)
{
    *out = (batch_folder){.takes_over = takes_over, .shared = shard->n > 0, .lock = -1, .journal = -1};
    out->manifest_path = manifest_path(path, shard, "", "jsonl");
    out->csv_path = manifest_path(path, shard, "", "csv");
    out->journal_path = manifest_path(path, shard, ".", "journal");
    if (!out->manifest_path || !out->csv_path || !out->journal_path)
        return sb_error_memory(err, "reading the list");
    return check_is_folder(path, err) ? SB_ERR_IO : check_is_free(out, err);
}

static bool is_record(const char *name)
{
    size_t length = strlen(name);
    return (!strncmp(name, "manifest", 8) && length > 6 && !strcmp(name + length - 6, ".jsonl")) ||
           (!strncmp(name, ".manifest", 9) && !strcmp(name + length - 8, ".journal"));
}

bool batch_folder_was_used(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry = NULL;
    while (folder && (entry = readdir(folder)))
        if (is_record(entry->d_name))
            break;
    if (folder)
        closedir(folder);
    return entry != NULL;
}

static sb_status read_earlier(sb_bytes *out, const batch_folder *folder, sb_error *err)
{
    sb_bytes journal = {0};
    if (batch_folder_has_manifest(folder) && sb_file_read(out, folder->manifest_path, MANIFEST_LIMIT, err))
        return err->status;
    if (access(folder->journal_path, F_OK) == 0 &&
        !sb_file_read(&journal, folder->journal_path, MANIFEST_LIMIT, err)) {
        sb_bytes_text(out, "\n");
        sb_bytes_append(out, journal.data, journal.size);
    }
    sb_bytes_finish(&journal);
    return out->failed ? sb_error_memory(err, "reading the list") : err->status;
}

sb_status batch_folder_earlier(sb_manifest **out, const batch_folder *folder, sb_error *err)
{
    *out = NULL;
    sb_bytes bytes = {0};
    sb_status status = read_earlier(&bytes, folder, err);
    if (!status && bytes.size)
        status = sb_manifest_read(out, bytes.data, bytes.size, err);
    sb_bytes_finish(&bytes);
    return status;
}

static void journal_close(batch_folder *folder)
{
    close(folder->journal);
    folder->journal = -1;
}

/* Waits until the line is on the disk. The clip is there already, so --resume finds both after a power
 * cut. */
static void journal_write(batch_folder *folder, const void *data, size_t size)
{
    const char *at = data;
    while (folder->journal >= 0 && size > 0) {
        ssize_t n = write(folder->journal, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            journal_close(folder);
            return;
        }
        at += n;
        size -= (size_t)n;
    }
    if (folder->journal >= 0 && sb_sync_file(folder->journal) != 0)
        journal_close(folder);
}

/* The last line of a killed batch may be incomplete. */
static void end_last_line(batch_folder *folder)
{
    char last = '\n';
    off_t size = lseek(folder->journal, 0, SEEK_END);
    if (size > 0 && (pread(folder->journal, &last, 1, size - 1) != 1 || last != '\n'))
        journal_write(folder, "\n", 1);
}

void batch_folder_journal_open(batch_folder *folder)
{
    folder->journal = sb_open(folder->journal_path,
                              O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | (folder->takes_over ? 0 : O_TRUNC));
    folder->has_journal = folder->journal >= 0;
    if (folder->journal >= 0 && folder->lock >= 0 && sb_sync_file(folder->lock))
        journal_close(folder);
    if (folder->journal >= 0)
        end_last_line(folder);
}

void batch_folder_journal_add(batch_folder *folder, const sb_clip_result *result)
{
    sb_bytes line = {0};
    if (folder->journal < 0 || result->status || !result->sha256[0])
        return;
    sb_clip_result_write_json(&line, result);
    sb_bytes_text(&line, "\n");
    if (!line.failed)
        journal_write(folder, line.data, line.size);
    sb_bytes_finish(&line);
}

void batch_folder_journal_remove(batch_folder *folder)
{
    if (!folder->has_journal)
        return;
    unlink(folder->journal_path);
    if (folder->journal >= 0)
        journal_close(folder);
}

sb_status batch_folder_lock(batch_folder *folder, const char *path, sb_error *err)
{
    int kind = folder->shared ? LOCK_SH : LOCK_EX;
    if (sb_folders_make(folder->manifest_path, err))
        return err->status;
    folder->lock = sb_open(path, O_RDONLY | O_DIRECTORY);
    int locked = -1;
    do
        locked = folder->lock >= 0 ? flock(folder->lock, kind | LOCK_NB) : 0;
    while (locked != 0 && errno == EINTR);
    if (locked != 0 && errno == EWOULDBLOCK)
        return sb_error_set_at(
            err, SB_ERR_IO, path, 0, 0,
            "another batch is running in this folder; wait until it ends, or name another folder");
    return check_is_free(folder, err);
}

void batch_folder_finish(batch_folder *folder)
{
    free(folder->manifest_path);
    free(folder->csv_path);
    free(folder->journal_path);
    if (folder->journal >= 0)
        close(folder->journal);
    if (folder->lock >= 0)
        close(folder->lock);
}
