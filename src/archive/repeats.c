#include "archive/archive.h"

#include "base/run/run.h"

#include <stdlib.h>

/* All fingerprints with the ids of their episodes. */
typedef struct prints {
    sb_fingerprint *items;
    int64_t *ids;
    size_t n;
} prints;

static void finish_prints(prints *p)
{
    for (size_t i = 0; i < p->n; i++)
        sb_fingerprint_finish(&p->items[i]);
    free(p->items);
    free(p->ids);
}

/* Fingerprints with another hop, of another version, cannot be compared and are left out. */
static sb_status read_prints(prints *out, sb_archive *archive, sb_error *err)
{
    sb_rows *rows =
        sb_database_read(archive->database, err,
                         "SELECT hop, reach, codes, episode.id FROM recording JOIN episode ON episode.id = "
                         "recording.episode WHERE length(codes) > 0 ORDER BY date, name",
                         "");
    bool ok = true;
    while (ok && sb_rows_next(rows, err)) {
        sb_fingerprint print;
        ok = sb_push_room(&out->items, out->n, sizeof *out->items) &&
             sb_push_room(&out->ids, out->n, sizeof *out->ids) && sb_print_of_row(&print, rows, 0);
        if (ok && (print.hop <= 0 || (out->n && print.hop != out->items[0].hop))) {
            sb_fingerprint_finish(&print);
        } else if (ok) {
            out->ids[out->n] = sb_archive_row_id(archive, rows, 3, err);
            out->items[out->n++] = print;
        }
    }
    sb_rows_end(&rows);
    return ok ? err->status : sb_error_memory(err, "reading the archive");
}

/* A passage is the one that had a name before if they overlap in an episode. */
static sb_status keep_name(sb_archive *archive, size_t number, sb_error *err)
{
    return sb_database_write(
        archive->database, err,
        "INSERT OR IGNORE INTO repeat_name(number, name) SELECT ?1, old_name.name FROM repeat"
        " JOIN old_repeat ON old_repeat.episode = repeat.episode AND old_repeat.start < repeat.until AND "
        "old_repeat.until > repeat.start JOIN old_name ON old_name.number = old_repeat.number"
        " WHERE repeat.number = ?1 ORDER BY min(repeat.until, old_repeat.until) - max(repeat.start, "
        "old_repeat.start)"
        " DESC LIMIT 1",
        "i", (int64_t)number);
}

static sb_status write_repeats(sb_archive *archive, const sb_recurrences *found, const prints *p,
                               sb_error *err)
{
    if (sb_archive_begin(archive, err))
        return err->status;
    sb_database_run(
        archive->database,
        "CREATE TEMP TABLE old_repeat AS SELECT * FROM repeat; CREATE TEMP TABLE old_name AS SELECT * FROM "
        "repeat_name; DELETE FROM repeat; DELETE FROM repeat_name",
        err);
    for (size_t i = 0; i < found->n_items && !err->status; i++) {
        const sb_recurrence *item = &found->items[i];
        for (size_t k = 0; k < item->n_places && !err->status; k++)
            sb_database_write(archive->database, err,
                              "INSERT INTO repeat(number, episode, start, until) SELECT ?1, ?2, ?3, ?4"
                              " WHERE EXISTS(SELECT 1 FROM recording WHERE episode = ?2)",
                              "iiii", (int64_t)i + 1, p->ids[item->places[k].recording],
                              (int64_t)item->places[k].start, (int64_t)item->places[k].end);
        if (!err->status)
            keep_name(archive, i + 1, err);
    }
    if (!err->status)
        sb_database_run(archive->database, "DROP TABLE old_repeat; DROP TABLE old_name", err);
    return sb_archive_end(archive, err);
}

sb_status sb_archive_find_repeats(sb_archive *archive, const sb_recurrence_params *params, sb_error *err)
{
    sb_error reason = {0};
    prints p = {0};
    sb_recurrences found = {0};
    if (!read_prints(&p, archive, &reason) && !sb_recurrences_find(&found, p.items, p.n, params, &reason))
        write_repeats(archive, &found, &p, &reason);
    sb_recurrences_finish(&found);
    finish_prints(&p);
    return sb_archive_report(err, &reason);
}

#define TIME_MAX (3600000 * SB_TIME_SECOND) /* more than any episode has */

/* Reads the start and the end from columns `first` and `first` + 1. */
static sb_status read_place(sb_span *out, sb_archive *archive, sb_rows *rows, int first, sb_error *err)
{
    int64_t start = sb_rows_whole(rows, first), until = sb_rows_whole(rows, first + 1);
    *out = (sb_span){start, until};
    return start >= 0 && start <= until && until <= TIME_MAX ? SB_OK : sb_archive_damaged(archive, err);
}

static bool add_place(sb_archive_repeats *out, sb_rows *rows, sb_span place)
{
    size_t number = (size_t)sb_rows_whole(rows, 0);
    bool ok = true;
    if (out->n_items == 0 || out->items[out->n_items - 1].number != number) {
        if (!sb_push_room(&out->items, out->n_items, sizeof *out->items))
            return false;
        out->items[out->n_items++] =
            (sb_archive_repeat){.number = number, .name = sb_copy_text(sb_rows_text(rows, 1), &ok)};
    }
    sb_archive_repeat *item = &out->items[out->n_items - 1];
    if (!ok || !sb_push_room(&item->places, item->n_places, sizeof *item->places))
        return false;
    item->places[item->n_places++] = (sb_archive_place){.episode = sb_copy_text(sb_rows_text(rows, 2), &ok),
                                                        .audio = sb_copy_text(sb_rows_text(rows, 3), &ok),
                                                        .start = place.start,
                                                        .end = place.end};
    return ok;
}

sb_status sb_archive_repeats_read(sb_archive_repeats *out, sb_archive *archive, sb_error *err)
{
    sb_error reason = {0};
    *out = (sb_archive_repeats){0};
    sb_rows *rows =
        sb_database_read(archive->database, &reason,
                         "SELECT repeat.number, repeat_name.name, episode.name, audio, start, until FROM "
                         "repeat JOIN episode ON episode.id = "
                         "repeat.episode LEFT JOIN repeat_name ON repeat_name.number = repeat.number"
                         " WHERE repeat.number > 0 ORDER BY repeat.number, date, episode.name, start",
                         "");
    sb_span place;
    while (sb_rows_next(rows, &reason))
        if (!read_place(&place, archive, rows, 4, &reason) && !add_place(out, rows, place))
            sb_error_memory(&reason, "reading the archive");
    sb_rows_end(&rows);
    if (reason.status)
        sb_archive_repeats_finish(out);
    return sb_archive_report(err, &reason);
}

void sb_archive_repeats_finish(sb_archive_repeats *repeats)
{
    for (size_t i = 0; i < repeats->n_items; i++) {
        sb_archive_repeat *item = &repeats->items[i];
        for (size_t k = 0; k < item->n_places; k++) {
            free(item->places[k].episode);
            free(item->places[k].audio);
        }
        free(item->places);
        free(item->name);
    }
    free(repeats->items);
    *repeats = (sb_archive_repeats){0};
}

bool sb_archive_in_repeat(sb_archive *archive, int64_t id, sb_span span, sb_error *err)
{
    sb_rows *rows = sb_database_read(
        archive->database, err,
        "SELECT 1 FROM repeat WHERE episode = ?1 AND 2 * (min(until, ?3) - max(start, ?2)) >= ?3 - ?2", "iii",
        id, (int64_t)span.start, (int64_t)span.end);
    bool is_in = sb_rows_next(rows, err);
    sb_rows_end(&rows);
    return is_in;
}

sb_status sb_archive_repeats_in(sb_span **out, size_t *n, sb_archive *archive, const char *packets,
                                sb_error *err)
{
    sb_error reason = {0};
    *out = NULL;
    *n = 0;
    sb_rows *rows =
        sb_database_read(archive->database, &reason,
                         "SELECT DISTINCT start, until FROM repeat WHERE number > 0 AND episode IN"
                         " (SELECT id FROM episode WHERE packets = ?1 AND packets != '')"
                         " ORDER BY start, until",
                         "t", packets);
    sb_span place;
    while (sb_rows_next(rows, &reason))
        if (read_place(&place, archive, rows, 0, &reason))
            continue;
        else if (!sb_push_room(out, *n, sizeof **out))
            sb_error_memory(&reason, "reading the archive");
        else
            (*out)[(*n)++] = place;
    sb_rows_end(&rows);
    if (reason.status) {
        free(*out);
        *out = NULL;
        *n = 0;
    }
    return sb_archive_report(err, &reason);
}

static bool has_repeat(sb_archive *archive, size_t number, sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err, "SELECT 1 FROM repeat WHERE number = ?", "i",
                                     (int64_t)number);
    bool has = sb_rows_next(rows, err);
    sb_rows_end(&rows);
    return has;
}

sb_status sb_archive_name_repeat(sb_archive *archive, size_t number, const char *name, sb_error *err)
{
    sb_error reason = {0};
    if (!sb_archive_begin(archive, &reason)) {
        bool has = has_repeat(archive, number, &reason);
        if (!has && !reason.status)
            sb_error_set(&reason, SB_ERR_NOT_FOUND, "there is no passage %zu; list the passages", number);
        else if (!reason.status && !*name)
            sb_database_write(archive->database, &reason, "DELETE FROM repeat_name WHERE number = ?", "i",
                              (int64_t)number);
        else if (!reason.status)
            sb_database_write(archive->database, &reason,
                              "INSERT OR REPLACE INTO repeat_name(number, name) VALUES(?, ?)", "it",
                              (int64_t)number, name);
        sb_archive_end(archive, &reason);
    }
    return sb_archive_report(err, &reason);
}
