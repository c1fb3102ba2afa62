#include "archive/archive.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS                                                                                              \
    "name, audio, transcript, title, date, settings, packets, transcript_sha256, language, method, "         \
    "pairing, duration,"                                                                                     \
    " turns, words, heard"
#define N_TEXTS 9

/* One text of an episode, by its column. */
static const char **text_field(sb_archive_episode *episode, int column)
{
    const char **fields[N_TEXTS] = {
        &episode->name,     &episode->audio,   &episode->transcript,        &episode->title,   &episode->date,
        &episode->settings, &episode->packets, &episode->transcript_sha256, &episode->language};
    return fields[column];
}

static bool is_wanted(const char *name, const char *const *names, size_t n_names)
{
    bool wanted = n_names == 0;
    for (size_t i = 0; !wanted && i < n_names; i++)
        wanted = sb_wildcard_match(names[i], name);
    return wanted;
}

static bool is_among(int64_t value, int64_t most)
{
    return value >= 0 && value <= most;
}

/* Columns that are never NULL in a sound archive. */
static bool is_needed(int column)
{
    return column == 0 || column == 1 || column == 6 || column == 7;
}

/* Texts are kept as offsets until all of them are there. */
static bool take_episode(sb_archive_episode *out, sb_bytes *texts, sb_rows *rows)
{
    *out = (sb_archive_episode){0};
    for (int i = 0; i < N_TEXTS; i++) {
        const char *text = sb_rows_text(rows, i);
        bool is_null = sb_rows_is_null(rows, i);
        if (is_null && is_needed(i))
            return false;
        *text_field(out, i) = (const char *)(is_null ? 0 : texts->size + 1);
        if (!is_null)
            sb_bytes_append(texts, text, strlen(text) + 1);
    }
    int64_t method = sb_rows_whole(rows, N_TEXTS), pairing = sb_rows_whole(rows, N_TEXTS + 1);
    out->method = (sb_method)method;
    out->pairing = (sb_pairing)pairing;
    out->duration = sb_rows_whole(rows, N_TEXTS + 2);
    out->n_turns = (size_t)sb_rows_whole(rows, N_TEXTS + 3);
    out->n_words = (size_t)sb_rows_whole(rows, N_TEXTS + 4);
    out->n_heard = (size_t)sb_rows_whole(rows, N_TEXTS + 5);
    return is_among(method, SB_METHOD_NONE) && is_among(pairing, SB_PAIRING_MISMATCH);
}

static void settle_texts(sb_archive_list *list, sb_bytes *texts)
{
    list->texts = texts->data;
    for (size_t i = 0; i < list->n_items; i++)
        for (int k = 0; k < N_TEXTS; k++) {
            const char **field = text_field(&list->items[i], k);
            *field = *field ? list->texts + ((size_t)*field - 1) : NULL;
        }
}

static sb_status list_episodes(sb_archive_list *list, sb_archive *archive, const char *const *names,
                               size_t n_names, sb_error *err)
{
    sb_bytes texts = {0};
    sb_rows *rows = sb_database_read(archive->database, err,
                                     "SELECT " COLUMNS " FROM episode ORDER BY date IS NULL, date, name", "");
    while (sb_rows_next(rows, err)) {
        if (!is_wanted(sb_rows_text(rows, 0), names, n_names))
            continue;
        if (!sb_push_room(&list->items, list->n_items, sizeof *list->items))
            sb_error_memory(err, "listing an archive");
        else if (!take_episode(&list->items[list->n_items++], &texts, rows))
            sb_archive_damaged(archive, err);
    }
    sb_rows_end(&rows);
    if (texts.failed)
        sb_error_memory(err, "listing an archive");
    if (err->status)
        sb_bytes_finish(&texts);
    else
        settle_texts(list, &texts);
    return err->status;
}

sb_status sb_archive_episodes(sb_archive_list **out, sb_archive *archive, const char *const *names,
                              size_t n_names, sb_error *err)
{
    sb_error reason = {0};
    *out = calloc(1, sizeof **out);
    if (!*out)
        sb_error_memory(&reason, "listing an archive");
    else if (list_episodes(*out, archive, names, n_names, &reason))
        sb_archive_list_free(out);
    return sb_archive_report(err, &reason);
}

void sb_archive_list_free(sb_archive_list **list)
{
    if (!*list)
        return;
    free((*list)->items);
    free((*list)->texts);
    free(*list);
    *list = NULL;
}

sb_status sb_archive_has(bool *is_current, sb_archive *archive, const sb_archive_episode *episode,
                         sb_error *err)
{
    sb_error reason = {0};
    int64_t id = -1;
    bool has_moved = false;
    sb_rows *rows = sb_database_read(archive->database, &reason,
                                     "SELECT id, audio = ?4 AND transcript IS ?5 FROM episode WHERE packets "
                                     "= ?1 AND transcript_sha256 = ?2"
                                     " AND settings IS ?3 AND packets != ''",
                                     "ttttt", episode->packets, episode->transcript_sha256, episode->settings,
                                     episode->audio, episode->transcript);
    if (sb_rows_next(rows, &reason)) {
        id = sb_rows_whole(rows, 0);
        has_moved = !sb_rows_whole(rows, 1);
    }
    sb_rows_end(&rows);
    if (!reason.status && has_moved)
        sb_database_write(archive->database, &reason,
                          "UPDATE episode SET audio = ?, transcript = ? WHERE id = ?", "tti", episode->audio,
                          episode->transcript, id);
    *is_current = !reason.status && id >= 0;
    return sb_archive_report(err, &reason);
}

static sb_status no_episode(const sb_archive *archive, const char *name, sb_error *err)
{
    return sb_error_set_at(err, SB_ERR_NOT_FOUND, sb_database_path(archive->database), 0, 0,
                           "has no episode '%.100s'; list the episodes to see their names", name);
}

int64_t sb_archive_known_id(sb_archive *archive, const char *name, sb_error *err)
{
    int64_t id = sb_archive_id(archive, name, err);
    if (!err->status && id < 0)
        no_episode(archive, name, err);
    return id;
}

sb_status sb_archive_get(sb_alignment **out, sb_archive *archive, const char *name, sb_error *err)
{
    sb_error reason = {0};
    *out = NULL;
    int64_t id =
        sb_archive_begin_reading(archive, &reason) ? -1 : sb_archive_known_id(archive, name, &reason);
    if (!reason.status)
        sb_archive_read(out, archive, id, &reason);
    sb_archive_end_reading(archive);
    return sb_archive_report(err, &reason);
}

sb_status sb_archive_get_audio(sb_alignment **out, sb_archive *archive, const char *packets, const char *path,
                               sb_error *err)
{
    sb_error reason = {0};
    *out = NULL;
    if (sb_archive_begin_reading(archive, &reason))
        return sb_archive_report(err, &reason);
    sb_rows *rows =
        sb_database_read(archive->database, &reason,
                         "SELECT id FROM episode WHERE (packets = ?1 AND packets != '') OR audio = ?2"
                         " ORDER BY packets IS NOT ?1, audio != ?2, id LIMIT 1",
                         "tt", packets, path);
    int64_t id = sb_rows_next(rows, &reason) ? sb_archive_row_id(archive, rows, 0, &reason) : -1;
    sb_rows_end(&rows);
    if (!reason.status && id < 0)
        no_episode(archive, path, &reason);
    else if (!reason.status)
        sb_archive_read(out, archive, id, &reason);
    sb_archive_end_reading(archive);
    return sb_archive_report(err, &reason);
}

sb_status sb_archive_remove(sb_archive *archive, const char *name, sb_error *err)
{
    sb_error reason = {0};
    if (!sb_archive_begin(archive, &reason)) {
        int64_t id = sb_archive_known_id(archive, name, &reason);
        if (!reason.status)
            sb_archive_drop(archive, id, &reason);
        sb_archive_end(archive, &reason);
    }
    return sb_archive_report(err, &reason);
}
