#include "archive/archive.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

/* Returns the id of the episode that is as in the other archive, or -1. Where the audio is known, its name
 * may differ. */
static int64_t id_of_same(sb_archive *archive, const sb_archive_episode *episode, sb_error *err)
{
    sb_rows *rows = sb_database_read(
        archive->database, err,
        "SELECT id FROM episode WHERE (name = ?1 OR ?2 != '') AND packets = ?2 AND transcript_sha256 = ?3"
        " AND settings IS ?4 AND title IS ?5 AND date IS ?6 AND audio = ?7 AND transcript IS ?8",
        "tttttttt", episode->name, episode->packets, episode->transcript_sha256, episode->settings,
        episode->title, episode->date, episode->audio, episode->transcript);
    int64_t id = sb_rows_next(rows, err) ? sb_archive_row_id(archive, rows, 0, err) : -1;
    sb_rows_end(&rows);
    return id;
}

/* The name of another episode with other audio is not taken over. */
static bool name_is_free(sb_archive *archive, const sb_archive_episode *episode, sb_error *err)
{
    sb_rows *rows = sb_database_read(
        archive->database, err,
        "SELECT 1 FROM episode WHERE name = ?1 AND audio != ?2 AND (packets != ?3 OR packets = '')", "ttt",
        episode->name, episode->audio, episode->packets);
    bool is_taken = sb_rows_next(rows, err);
    sb_rows_end(&rows);
    return !is_taken;
}

/* What one episode has in the other archive. */
typedef struct original {
    sb_alignment *alignment; /* NULL: it was removed by now */
    sb_recording recording;
    bool is_heard;
} original;

static void original_finish(original *o)
{
    sb_alignment_free(&o->alignment);
    sb_recording_finish(&o->recording);
}

static sb_status read_original(original *out, sb_archive *from, const char *name, sb_error *err)
{
    if (!sb_archive_begin_reading(from, err)) {
        int64_t id = sb_archive_id(from, name, err);
        if (!err->status && id >= 0 && !sb_archive_read(&out->alignment, from, id, err))
            sb_archive_read_recording(&out->recording, &out->is_heard, from, id, err);
    }
    sb_archive_end_reading(from);
    return err->status;
}

/* If another process has replaced or removed the episode by now, there is nothing to do. */
static sb_status copy_recording(sb_archive *archive, const char *name, const original *o, sb_error *err)
{
    sb_error reason = {0};
    if (o->is_heard && sb_archive_set_recording(archive, name, o->alignment->audio.packets, &o->recording,
                                                &reason) != SB_ERR_NOT_FOUND)
        *err = reason;
    return err->status;
}

static sb_status copy_episode(sb_archive *archive, sb_archive *from, const sb_archive_episode *episode,
                              size_t *n_added, sb_error *err)
{
    original o = {0};
    char *name = NULL;
    sb_archive_episode copy = *episode;
    if (!read_original(&o, from, episode->name, err) && o.alignment) {
        if (!name_is_free(archive, episode, err))
            copy.name = NULL;
        if (!err->status && !sb_archive_add(archive, &name, o.alignment, &copy, err)) {
            ++*n_added;
            copy_recording(archive, name, &o, err);
        }
    }
    original_finish(&o);
    free(name);
    return err->status;
}

static char *name_if_unheard(sb_archive *archive, int64_t id, sb_error *err)
{
    bool ok = true;
    sb_rows *rows = sb_database_read(
        archive->database, err,
        "SELECT name FROM episode WHERE id = ? AND id NOT IN (SELECT episode FROM recording)", "i", id);
    char *name = sb_rows_next(rows, err) ? sb_copy_text(sb_rows_text(rows, 0), &ok) : NULL;
    sb_rows_end(&rows);
    if (!ok)
        sb_error_memory(err, "merging archives");
    return name;
}

/* Of an episode that both have, only what was heard is copied. */
static sb_status complete_episode(sb_archive *archive, int64_t id, sb_archive *from,
                                  const sb_archive_episode *episode, sb_error *err)
{
    original o = {0};
    char *name = name_if_unheard(archive, id, err);
    if (name && !read_original(&o, from, episode->name, err) && o.alignment &&
        !strcmp(o.alignment->audio.packets, episode->packets))
        copy_recording(archive, name, &o, err);
    original_finish(&o);
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
        } else {
            int64_t same = id_of_same(archive, &list->items[i], err);
            if (!err->status)
                same < 0 ? copy_episode(archive, from, &list->items[i], n_added, err)
                         : complete_episode(archive, same, from, &list->items[i], err);
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
