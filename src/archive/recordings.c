#include "archive/archive.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void write_print(sb_archive *archive, int64_t id, const sb_fingerprint *print, sb_error *err)
{
    sb_bytes codes = {0};
    for (size_t i = 0; i < print->n_codes; i++)
        sb_bytes_little32(&codes, print->codes[i]);
    if (codes.failed)
        sb_error_memory(err, "keeping what was heard");
    else
        sb_database_write(archive->database, err,
                          "INSERT OR REPLACE INTO recording(episode, hop, reach, codes) VALUES(?, ?, ?, ?)",
                          "iiib", id, (int64_t)print->hop, (int64_t)print->reach, &codes);
    sb_bytes_finish(&codes);
}

static void write_voice(sb_archive *archive, int64_t id, const struct sb_named_voice *named, sb_error *err)
{
    sb_bytes values = {0};
    for (size_t i = 0; i < SB_VOICE_NUMBERS; i++) {
        uint32_t bits;
        memcpy(&bits, &named->voice.covariance[i], sizeof bits);
        sb_bytes_little32(&values, bits);
    }
    if (values.failed)
        sb_error_memory(err, "keeping what was heard");
    else
        sb_database_write(
            archive->database, err,
            "INSERT OR REPLACE INTO voice(episode, speaker, heard, covariance) SELECT ?1, number, ?2, ?3"
            " FROM speaker WHERE episode = ?1 AND name = ?4",
            "iibt", id, (int64_t)named->voice.heard, &values, named->speaker);
    sb_bytes_finish(&values);
}

/* Another process may have replaced the episode. */
static sb_status check_packets(sb_archive *archive, int64_t id, const char *packets, sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err, "SELECT packets = ? FROM episode WHERE id = ?",
                                     "ti", packets, id);
    bool same = sb_rows_next(rows, err) && sb_rows_whole(rows, 0);
    sb_rows_end(&rows);
    if (!err->status && !same)
        sb_error_set_at(err, SB_ERR_NOT_FOUND, sb_database_path(archive->database), 0, 0,
                        "has other audio for this episode now, so the analysis was not stored");
    return err->status;
}

sb_status sb_archive_set_recording(sb_archive *archive, const char *name, const char *packets,
                                   const sb_recording *recording, sb_error *err)
{
    sb_error reason = {0};
    if (!sb_archive_begin(archive, &reason)) {
        int64_t id = sb_archive_known_id(archive, name, &reason);
        if (!reason.status)
            check_packets(archive, id, packets, &reason);
        if (!reason.status)
            sb_archive_drop_recording(archive, id, &reason);
        if (!reason.status)
            write_print(archive, id, &recording->print, &reason);
        for (size_t i = 0; i < recording->n_voices && !reason.status; i++)
            write_voice(archive, id, &recording->voices[i], &reason);
        sb_archive_end(archive, &reason);
    }
    return sb_archive_report(err, &reason);
}

sb_status sb_archive_has_recording(bool *has, sb_archive *archive, const char *name, sb_error *err)
{
    sb_error reason = {0};
    sb_rows *rows = sb_database_read(
        archive->database, &reason,
        "SELECT 1 FROM recording JOIN episode ON episode.id = recording.episode WHERE episode.name = ?", "t",
        name);
    *has = sb_rows_next(rows, &reason);
    sb_rows_end(&rows);
    return sb_archive_report(err, &reason);
}

/* More than any fingerprint has. */
#define HOP_MAX   SB_TIME_SECOND
#define REACH_MAX (60 * SB_TIME_SECOND)

/* The values of a row are from a file that is not trusted. */
bool sb_print_of_row(sb_fingerprint *out, sb_rows *rows, int column)
{
    size_t size;
    const unsigned char *bytes = sb_rows_bytes(rows, column + 2, &size);
    *out = (sb_fingerprint){.hop = sb_rows_whole(rows, column), .reach = sb_rows_whole(rows, column + 1)};
    if (out->hop <= 0 || out->hop > HOP_MAX || out->reach < out->hop || out->reach > REACH_MAX)
        *out = (sb_fingerprint){0};
    if (size == 0 || out->hop == 0)
        return true;
    if (!(out->codes = malloc(size / 4 * sizeof *out->codes + 1)))
        return false;
    for (out->n_codes = 0; out->n_codes < size / 4; out->n_codes++)
        out->codes[out->n_codes] = sb_little32(bytes + 4 * out->n_codes);
    return true;
}

bool sb_voice_of_row(sb_voice *out, sb_rows *rows, int column)
{
    size_t size;
    const unsigned char *bytes = sb_rows_bytes(rows, column + 1, &size);
    *out = (sb_voice){.heard = sb_rows_whole(rows, column)};
    if (size != 4 * SB_VOICE_NUMBERS)
        return false;
    for (size_t i = 0; i < SB_VOICE_NUMBERS; i++) {
        uint32_t bits = sb_little32(bytes + 4 * i);
        memcpy(&out->covariance[i], &bits, sizeof bits);
        if (!isfinite(out->covariance[i]))
            return false;
    }
    return true;
}

static sb_status read_voices(sb_recording *out, sb_archive *archive, int64_t id, sb_error *err)
{
    sb_rows *rows =
        sb_database_read(archive->database, err,
                         "SELECT heard, covariance, name FROM voice JOIN speaker ON speaker.episode = "
                         "voice.episode AND number = speaker WHERE voice.episode = ? ORDER BY number",
                         "i", id);
    while (sb_rows_next(rows, err)) {
        sb_voice voice;
        if (!sb_voice_of_row(&voice, rows, 0))
            continue;
        char *speaker = sb_copy_text(sb_rows_text(rows, 2), NULL);
        if (!speaker || !sb_push_room(&out->voices, out->n_voices, sizeof *out->voices)) {
            free(speaker);
            sb_error_memory(err, "reading the archive");
            break;
        }
        out->voices[out->n_voices++] = (struct sb_named_voice){speaker, voice};
    }
    sb_rows_end(&rows);
    return err->status;
}

/* Reads what was heard in the episode with this id. `*has` is false if it was not heard. */
sb_status sb_archive_read_recording(sb_recording *out, bool *has, sb_archive *archive, int64_t id,
                                    sb_error *err)
{
    *out = (sb_recording){0};
    sb_rows *rows = sb_database_read(archive->database, err,
                                     "SELECT hop, reach, codes FROM recording WHERE episode = ?", "i", id);
    *has = sb_rows_next(rows, err);
    if (*has && !sb_print_of_row(&out->print, rows, 0))
        sb_error_memory(err, "reading the archive");
    sb_rows_end(&rows);
    *has = *has && out->print.hop > 0;
    if (*has && !err->status)
        read_voices(out, archive, id, err);
    return err->status;
}
