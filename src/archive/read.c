#include "archive/archive.h"

#include "archive/pack/pack.h"
#include "base/run/run.h"

#include <stdlib.h>

sb_status sb_archive_speakers_read(sb_archive_speakers *out, sb_archive *archive, int64_t episode,
                                   sb_error *err)
{
    *out = (sb_archive_speakers){0};
    sb_rows *rows =
        sb_database_read(archive->database, err,
                         "SELECT number, name FROM speaker WHERE episode = ? ORDER BY number", "i", episode);
    while (sb_rows_next(rows, err)) {
        if (sb_rows_whole(rows, 0) != (int64_t)out->n) {
            sb_archive_damaged(archive, err);
        } else if (!sb_push_room(&out->names, out->n, sizeof *out->names)) {
            sb_error_memory(err, "reading an archive");
        } else {
            bool ok = true;
            const char *name = sb_rows_text(rows, 1);
            out->names[out->n++] = sb_rows_is_null(rows, 1) ? NULL : sb_copy_text(name, &ok);
            if (!ok)
                sb_error_memory(err, "reading an archive");
        }
    }
    sb_rows_end(&rows);
    return err->status;
}

void sb_archive_speakers_finish(sb_archive_speakers *speakers)
{
    for (size_t i = 0; i < speakers->n; i++)
        free(speakers->names[i]);
    free(speakers->names);
    *speakers = (sb_archive_speakers){0};
}

static sb_status read_head(sb_alignment **out, sb_archive *archive, int64_t id, sb_error *err)
{
    size_t size;
    sb_rows *rows =
        sb_database_read(archive->database, err, "SELECT head FROM episode WHERE id = ?", "i", id);
    if (sb_rows_next(rows, err)) {
        const void *head = sb_rows_bytes(rows, 0, &size);
        sb_head_read(out, head, size, sb_database_path(archive->database), err);
    } else if (!err->status) {
        sb_archive_damaged(archive, err);
    }
    sb_rows_end(&rows);
    return err->status;
}

sb_status sb_archive_read_blocks(sb_alignment *out, sb_archive *archive, const sb_archive_speakers *speakers,
                                 int64_t first, int64_t end, bool joins, sb_error *err)
{
    sb_rows *rows =
        sb_database_read(archive->database, err,
                         "SELECT data FROM block WHERE id >= ? AND id < ? ORDER BY id", "ii", first, end);
    while (sb_rows_next(rows, err)) {
        size_t size;
        const void *data = sb_rows_bytes(rows, 0, &size);
        sb_status status =
            sb_block_read(out, data, size, (const char *const *)speakers->names, speakers->n, joins);
        if (status == SB_ERR_MEMORY)
            sb_error_memory(err, "reading an archive");
        else if (status)
            sb_archive_damaged(archive, err);
    }
    sb_rows_end(&rows);
    return err->status;
}

sb_status sb_archive_read(sb_alignment **out, sb_archive *archive, int64_t id, sb_error *err)
{
    sb_archive_speakers speakers = {0};
    *out = NULL;
    if (!read_head(out, archive, id, err) && !sb_archive_speakers_read(&speakers, archive, id, err))
        sb_archive_read_blocks(*out, archive, &speakers, id << SB_BLOCK_BITS, (id + 1) << SB_BLOCK_BITS, true,
                               err);
    sb_archive_speakers_finish(&speakers);
    if (err->status)
        sb_alignment_free(out);
    return err->status;
}
