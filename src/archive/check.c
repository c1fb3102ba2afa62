#include "archive/archive.h"

#include "base/run/run.h"

static sb_status check_file(sb_archive *archive, sb_notes *notes, sb_error *err)
{
    const char *path = sb_database_path(archive->database);
    sb_rows *rows = sb_database_read(archive->database, err, "PRAGMA integrity_check(10)", "");
    while (sb_rows_next(rows, err)) {
        const char *text = sb_rows_text(rows, 0);
        if (text[0] != 'o' || text[1] != 'k')
            sb_notes_add(notes, path, 0, 0, "is damaged: %s", text);
    }
    sb_rows_end(&rows);
    return err->status;
}

static bool may_write(sb_archive *archive, sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err, "PRAGMA query_only", "");
    bool may = sb_rows_next(rows, err) && sb_rows_whole(rows, 0) == 0;
    sb_rows_end(&rows);
    return may;
}

/* FTS5 checks itself in a statement that writes nothing, but needs the right to write. */
static sb_status check_index(sb_archive *archive, sb_notes *notes, sb_error *err)
{
    sb_error damage = {0};
    bool writable = may_write(archive, err);
    if (err->status || sb_database_run(archive->database, "PRAGMA query_only = OFF", err))
        return err->status;
    sb_database_run(archive->database, "INSERT INTO terms(terms) VALUES('integrity-check')", &damage);
    if (damage.status == SB_ERR_FORMAT)
        sb_notes_add(notes, sb_database_path(archive->database), 0, 0,
                     "the index for searching is damaged; add the episodes to a new archive");
    else if (damage.status == SB_ERR_MEMORY)
        *err = damage;
    else if (damage.status)
        sb_notes_add(notes, sb_database_path(archive->database), 0, 0, "the index was not checked: %s",
                     damage.message);
    return writable ? err->status : sb_database_run(archive->database, "PRAGMA query_only = ON", err);
}

static void check_episode_now(sb_archive *archive, const sb_archive_episode *episode, bool is_outdated,
                              sb_notes *notes, sb_error *err)
{
    const char *path = sb_database_path(archive->database);
    sb_alignment *alignment = NULL;
    sb_indexed indexed = {0};
    sb_error damage = {0};
    int64_t id = sb_archive_id(archive, episode->name, err);
    if (!err->status && sb_archive_read(&alignment, archive, id, &damage)) {
        if (damage.status == SB_ERR_FORMAT)
            sb_notes_add(notes, path, 0, 0, "episode '%s' is damaged; remove it and add it again",
                         episode->name);
        else
            *err = damage;
    } else if (!err->status && !is_outdated && !sb_indexed_make(&indexed, alignment, err) &&
               !sb_archive_index_fits(archive, &indexed, id, err) && !err->status) {
        sb_notes_add(
            notes, path, 0, 0,
            "the index of episode '%s' was made by another version of soundbite; index the archive again",
            episode->name);
    }
    sb_indexed_finish(&indexed);
    sb_alignment_free(&alignment);
}

static void check_episode(sb_archive *archive, const sb_archive_episode *episode, bool is_outdated,
                          sb_notes *notes, sb_error *err)
{
    if (!sb_archive_begin_reading(archive, err))
        check_episode_now(archive, episode, is_outdated, notes, err);
    sb_archive_end_reading(archive);
}

sb_status sb_archive_check(sb_archive *archive, sb_notes *notes, const sb_monitor *monitor, sb_error *err)
{
    sb_error reason = {0};
    sb_archive_list *list = NULL;
    bool is_outdated = false;
    if (!check_file(archive, notes, &reason) && !check_index(archive, notes, &reason) &&
        !sb_archive_is_outdated(&is_outdated, archive, &reason))
        sb_archive_episodes(&list, archive, NULL, 0, &reason);
    for (size_t i = 0; !reason.status && i < list->n_items; i++) {
        check_episode(archive, &list->items[i], is_outdated, notes, &reason);
        sb_monitor_step(monitor, "check", (double)i + 1, (double)list->n_items);
        if (sb_monitor_cancelled(monitor))
            sb_error_set(&reason, SB_ERR_INTERRUPTED, "interrupted");
    }
    sb_archive_list_free(&list);
    return sb_archive_report(err, &reason);
}
