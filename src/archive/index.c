#include "archive/archive.h"

#include "archive/pack/pack.h"
#include "base/run/run.h"

#include <stdlib.h>

sb_status sb_archive_index(sb_archive *archive, const sb_indexed *indexed, int64_t id, bool adds,
                           sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err,
                                     adds ? "INSERT INTO terms(rowid, text) VALUES(?, ?)"
                                          : "INSERT INTO terms(terms, rowid, text) VALUES('delete', ?, ?)",
                                     "");
    for (size_t i = 0; i < indexed->blocks->n_blocks && !err->status; i++) {
        char *text = sb_copy_bytes(indexed->texts[i].text, indexed->texts[i].size);
        if (!text)
            sb_error_memory(err, "indexing an alignment");
        else
            sb_rows_again(rows, err, "it", (id << SB_BLOCK_BITS) + (int64_t)i, text);
        sb_rows_next(rows, err);
        free(text);
    }
    sb_rows_end(&rows);
    return err->status;
}

/* Compares the terms of the alignment, as this version of the program makes them, with those in the index. */
bool sb_archive_index_fits(sb_archive *archive, const sb_indexed *indexed, int64_t id, sb_error *err)
{
    size_t i = 0;
    bool fits = true;
    sb_rows *rows =
        sb_database_read(archive->database, err, "SELECT sum FROM block WHERE id >= ? AND id < ? ORDER BY id",
                         "ii", id << SB_BLOCK_BITS, (id + 1) << SB_BLOCK_BITS);
    for (; sb_rows_next(rows, err); i++)
        fits = fits && i < indexed->blocks->n_blocks && sb_rows_whole(rows, 0) == indexed->texts[i].sum;
    sb_rows_end(&rows);
    return fits && i == indexed->blocks->n_blocks;
}

/* A damaged episode is left out, so that it does not keep others from being removed. */
static sb_status index_again(sb_archive *archive, int64_t id, sb_error *err)
{
    sb_indexed indexed = {0};
    sb_alignment *alignment = NULL;
    sb_error unreadable = {0};
    if (sb_archive_read(&alignment, archive, id, &unreadable) && unreadable.status != SB_ERR_FORMAT)
        *err = unreadable;
    if (alignment && !sb_indexed_make(&indexed, alignment, err) &&
        !sb_archive_index(archive, &indexed, id, true, err)) {
        for (size_t i = 0; i < indexed.blocks->n_blocks && !err->status; i++)
            sb_database_write(archive->database, err, "UPDATE block SET sum = ? WHERE id = ?", "ii",
                              indexed.texts[i].sum, (id << SB_BLOCK_BITS) + (int64_t)i);
    }
    sb_indexed_finish(&indexed);
    sb_alignment_free(&alignment);
    return err->status;
}

static int64_t count_episodes(sb_archive *archive, sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err, "SELECT count(*) FROM episode", "");
    int64_t n = sb_rows_next(rows, err) ? sb_rows_whole(rows, 0) : 0;
    sb_rows_end(&rows);
    return n;
}

/* Rebuilds the index without episode `except`. */
static sb_status rebuild(sb_archive *archive, int64_t except, const sb_monitor *monitor, sb_error *err)
{
    int64_t n_done = 0, n_all = count_episodes(archive, err);
    if (err->status ||
        sb_database_run(archive->database, "INSERT INTO terms(terms) VALUES('delete-all')", err))
        return err->status;
    int64_t id = -1;
    while (!err->status) {
        sb_rows *rows = sb_database_read(archive->database, err,
                                         "SELECT id FROM episode WHERE id > ? ORDER BY id LIMIT 1", "i", id);
        bool has_next = sb_rows_next(rows, err);
        id = has_next ? sb_archive_row_id(archive, rows, 0, err) : id;
        sb_rows_end(&rows);
        if (!has_next || err->status)
            break;
        if (id != except)
            index_again(archive, id, err);
        sb_monitor_step(monitor, "index", (double)++n_done, (double)n_all);
        if (sb_monitor_cancelled(monitor))
            sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    }
    return err->status;
}

sb_status sb_archive_index_all(sb_archive *archive, const sb_monitor *monitor, sb_error *err)
{
    sb_error reason = {0};
    if (!sb_archive_begin(archive, &reason)) {
        if (!rebuild(archive, -1, monitor, &reason))
            sb_archive_set_version(archive, &reason);
        sb_archive_end(archive, &reason);
    }
    return sb_archive_report(err, &reason);
}

sb_status sb_archive_drop_recording(sb_archive *archive, int64_t id, sb_error *err)
{
    if (!sb_database_write(archive->database, err, "DELETE FROM recording WHERE episode = ?", "i", id) &&
        !sb_database_write(archive->database, err, "DELETE FROM repeat WHERE episode = ?", "i", id))
        sb_database_write(archive->database, err, "DELETE FROM voice WHERE episode = ?", "i", id);
    return err->status;
}

sb_status sb_archive_drop(sb_archive *archive, int64_t id, sb_error *err)
{
    sb_indexed indexed = {0};
    sb_alignment *alignment = NULL;
    sb_error unreadable = {0};
    bool fits = !sb_archive_read(&alignment, archive, id, &unreadable) &&
                !sb_indexed_make(&indexed, alignment, err) &&
                sb_archive_index_fits(archive, &indexed, id, err);
    if (unreadable.status == SB_ERR_MEMORY || unreadable.status == SB_ERR_IO)
        *err = unreadable;
    if (!err->status)
        fits ? sb_archive_index(archive, &indexed, id, false, err) : rebuild(archive, id, NULL, err);
    if (!err->status && !fits)
        sb_archive_set_version(archive, err);
    if (!err->status)
        sb_database_write(archive->database, err, "DELETE FROM block WHERE id >= ? AND id < ?", "ii",
                          id << SB_BLOCK_BITS, (id + 1) << SB_BLOCK_BITS);
    if (!err->status)
        sb_database_write(archive->database, err, "DELETE FROM speaker WHERE episode = ?", "i", id);
    if (!err->status)
        sb_archive_drop_recording(archive, id, err);
    if (!err->status)
        sb_database_write(archive->database, err, "DELETE FROM episode WHERE id = ?", "i", id);
    sb_indexed_finish(&indexed);
    sb_alignment_free(&alignment);
    return err->status;
}
