#include "archive/archive.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

/* Returns true if the archive has the episode as it is in the other one. */
static bool has_same(sb_archive *archive, const sb_archive_episode *episode, sb_error *err)
{
    sb_rows *rows = sb_database_read(
        archive->database, err,
        "SELECT 1 FROM episode WHERE name = ? AND packets = ? AND transcript_sha256 = ? AND settings IS ?"
        " AND title IS ? AND date IS ? AND audio = ? AND transcript IS ?",
        "tttttttt", episode->name, episode->packets, episode->transcript_sha256, episode->settings,
        episode->title, episode->date, episode->audio, episode->transcript);
    bool same = sb_rows_next(rows, err);
    sb_rows_end(&rows);
    return same;
}

/* The name of another episode with other audio is not taken over. */
static bool name_is_free(sb_archive *archive, const sb_archive_episode *episode, sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err,
                                     "SELECT 1 FROM episode WHERE name = ? AND audio != ? AND packets != ?",
                                     "ttt", episode->name, episode->audio, episode->packets);
    bool is_taken = sb_rows_next(rows, err);
    sb_rows_end(&rows);
    return !is_taken;
}

static sb_status copy_recording(sb_archive *archive, const char *name, sb_archive *from, int64_t id,
                                sb_error *err)
{
    bool has;
    sb_recording recording;
    if (!sb_archive_read_recording(&recording, &has, from, id, err) && has)
        sb_archive_set_recording(archive, name, &recording, err);
    sb_recording_finish(&recording);
    return err->status;
}

static sb_status copy_episode(sb_archive *archive, sb_archive *from, const sb_archive_episode *episode,
                              sb_error *err)
{
    sb_alignment *alignment = NULL;
    char *name = NULL;
    sb_archive_episode copy = *episode;
    int64_t id = sb_archive_id(from, episode->name, err);
    if (!err->status && !name_is_free(archive, episode, err))
        copy.name = NULL;
    if (!err->status && id >= 0 && !sb_archive_read(&alignment, from, id, err) &&
        !sb_archive_add(archive, &name, alignment, &copy, err))
        copy_recording(archive, name, from, id, err);
    sb_alignment_free(&alignment);
    free(name);
    return err->status;
}

typedef struct alias_copy {
    sb_archive *archive;
    sb_error *err;
} alias_copy;

static bool copy_alias(void *user, const char *name, const char *means)
{
    alias_copy *to = user;
    return !sb_database_write(to->archive->database, to->err,
                              "INSERT OR IGNORE INTO alias(name, means) VALUES(?, ?)", "tt", name, means);
}

static sb_status copy_all(sb_archive *archive, sb_archive *from, size_t *n_added, const sb_monitor *monitor,
                          sb_error *err)
{
    sb_archive_list *list = NULL;
    if (sb_archive_episodes(&list, from, NULL, 0, err))
        return err->status;
    for (size_t i = 0; i < list->n_items && !err->status; i++) {
        if (sb_monitor_cancelled(monitor)) {
            sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
        } else if (!has_same(archive, &list->items[i], err) && !err->status) {
            copy_episode(archive, from, &list->items[i], err);
            *n_added += !err->status;
        }
        sb_monitor_step(monitor, "merge", (double)i + 1, (double)list->n_items);
    }
    sb_archive_list_free(&list);
    alias_copy to = {archive, err};
    return err->status ? err->status : sb_archive_aliases(from, copy_alias, &to, err);
}

sb_status sb_archive_merge(sb_archive *archive, const char *path, size_t *n_added, const sb_monitor *monitor,
                           sb_error *err)
{
    sb_error reason = {0};
    sb_archive *from = NULL;
    size_t n = 0;
    if (!sb_archive_open(&from, path, SB_ARCHIVE_READ, &reason))
        copy_all(archive, from, &n, monitor, &reason);
    sb_archive_close(&from);
    if (n_added)
        *n_added = n;
    return sb_archive_report(err, &reason);
}
