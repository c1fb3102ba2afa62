#include "archive/archive.h"

#include "base/run/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define APPLICATION_ID 0x53424131 /* "SBA1" in the header of the file */
/* Versions 2 and 3 have the tables of version 1, but other terms for numbers, dates and units. Raise it, and
 * user_version in the schema, when sb_terms_make gives other terms. */
#define SCHEMA_VERSION  3
#define SCHEMA_READABLE 1
#define ID_OFFSET       68

static const char schema[] =
    "PRAGMA application_id = 1396850993;"
    "PRAGMA user_version = 3;"
    "CREATE TABLE episode(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, title TEXT, date "
    "TEXT,"
    " audio TEXT NOT NULL, transcript TEXT, settings TEXT, packets TEXT NOT NULL, transcript_sha256 TEXT NOT "
    "NULL,"
    " language TEXT, method INTEGER NOT NULL, pairing INTEGER NOT NULL, duration INTEGER NOT NULL,"
    " turns INTEGER NOT NULL, words INTEGER NOT NULL, heard INTEGER NOT NULL, head BLOB NOT NULL);"
    "CREATE INDEX episode_packets ON episode(packets);"
    "CREATE INDEX episode_audio ON episode(audio);"
    "CREATE TABLE speaker(episode INTEGER, number INTEGER, name TEXT, PRIMARY KEY(episode, number)) WITHOUT "
    "ROWID;"
    "CREATE TABLE block(id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, data BLOB NOT NULL);"
    "CREATE VIRTUAL TABLE terms USING fts5(text, content='', tokenize='soundbite');"
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(terms, row);"
    "CREATE VIRTUAL TABLE place USING fts5vocab(terms, instance);"
    "CREATE TABLE sound(phones TEXT, term TEXT, PRIMARY KEY(phones, term)) WITHOUT ROWID;"
    "CREATE INDEX sound_term ON sound(term);"
    "CREATE TABLE recording(episode INTEGER PRIMARY KEY, hop INTEGER NOT NULL, reach INTEGER NOT NULL, codes "
    "BLOB);"
    "CREATE TABLE voice(episode INTEGER, speaker INTEGER, heard INTEGER NOT NULL, covariance BLOB NOT NULL,"
    " PRIMARY KEY(episode, speaker)) WITHOUT ROWID;"
    "CREATE TABLE repeat(number INTEGER NOT NULL, episode INTEGER NOT NULL, start INTEGER NOT NULL, until "
    "INTEGER "
    "NOT NULL);"
    "CREATE INDEX repeat_episode ON repeat(episode);"
    "CREATE TABLE repeat_name(number INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE alias(name TEXT PRIMARY KEY, means TEXT NOT NULL) WITHOUT ROWID;";

static int64_t read_pragma(sb_archive *archive, const char *sql, sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err, sql, "");
    int64_t value = sb_rows_next(rows, err) ? sb_rows_whole(rows, 0) : 0;
    sb_rows_end(&rows);
    return value;
}

/* Another process may create the same file at the same time. */
static sb_status create_tables(sb_archive *archive, sb_error *err)
{
    if (sb_archive_begin(archive, err))
        return err->status;
    if (read_pragma(archive, "SELECT count(*) FROM sqlite_schema", err) == 0 && !err->status)
        sb_database_run(archive->database, schema, err);
    return sb_archive_end(archive, err);
}

static sb_status check_version(sb_archive *archive, sb_archive_use use, sb_error *err)
{
    const char *path = sb_database_path(archive->database);
    bool is_empty = read_pragma(archive, "SELECT count(*) FROM sqlite_schema", err) == 0;
    if (!err->status && is_empty && use == SB_ARCHIVE_WRITE)
        create_tables(archive, err);
    int64_t id = read_pragma(archive, "PRAGMA application_id", err);
    int64_t version = read_pragma(archive, "PRAGMA user_version", err);
    if (err->status)
        return err->status;
    if (id != APPLICATION_ID)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "is not an archive; name another file");
    if (version > SCHEMA_VERSION)
        return sb_error_set_at(
            err, SB_ERR_UNSUPPORTED, path, 0, 0,
            "was made by a newer version of soundbite (archive version %lld, this one reads %d); "
            "use that version",
            (long long)version, SCHEMA_VERSION);
    if (version < SCHEMA_READABLE)
        return sb_archive_damaged(archive, err);
    return use == SB_ARCHIVE_WRITE ? sb_database_use_journal(archive->database, err) : SB_OK;
}

sb_status sb_archive_set_version(sb_archive *archive, sb_error *err)
{
    char sql[40];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", SCHEMA_VERSION);
    return sb_database_run(archive->database, sql, err);
}

sb_status sb_archive_is_outdated(bool *is_outdated, sb_archive *archive, sb_error *err)
{
    sb_error reason = {0};
    *is_outdated = read_pragma(archive, "PRAGMA user_version", &reason) < SCHEMA_VERSION && !reason.status;
    return sb_archive_report(err, &reason);
}

sb_status sb_archive_open(sb_archive **out, const char *path, sb_archive_use use, sb_error *err)
{
    sb_error reason = {0};
    sb_archive *archive = calloc(1, sizeof *archive);
    *out = NULL;
    if (!archive)
        sb_error_memory(&reason, "opening an archive");
    else if (!sb_database_open(&archive->database, path, use == SB_ARCHIVE_WRITE, &reason))
        check_version(archive, use, &reason);
    if (!reason.status) {
        *out = archive;
        return SB_OK;
    }
    sb_archive_close(&archive);
    return sb_archive_report(err, &reason);
}

void sb_archive_close(sb_archive **archive)
{
    if (!*archive)
        return;
    sb_database_close(&(*archive)->database);
    sb_dictionary_free(&(*archive)->dictionary);
    free(*archive);
    *archive = NULL;
}

bool sb_archive_sniff(const void *data, size_t size)
{
    static const unsigned char id[] = {0x53, 0x42, 0x41, 0x31};
    return size >= ID_OFFSET + sizeof id && memcmp(data, "SQLite format 3", 16) == 0 &&
           memcmp((const char *)data + ID_OFFSET, id, sizeof id) == 0;
}

sb_status sb_archive_begin(sb_archive *archive, sb_error *err)
{
    return sb_database_run(archive->database, "BEGIN IMMEDIATE", err);
}

sb_status sb_archive_end(sb_archive *archive, sb_error *err)
{
    if (!err->status)
        sb_database_run(archive->database, "COMMIT", err);
    if (err->status)
        sb_database_roll_back(archive->database);
    return err->status;
}

sb_status sb_archive_begin_reading(sb_archive *archive, sb_error *err)
{
    return sb_database_run(archive->database, "BEGIN", err);
}

void sb_archive_end_reading(sb_archive *archive)
{
    sb_database_roll_back(archive->database);
}

sb_status sb_archive_damaged(const sb_archive *archive, sb_error *err)
{
    return sb_error_set_at(err, SB_ERR_FORMAT, sb_database_path(archive->database), 0, 0,
                           "is a damaged archive; restore a copy, or add the episodes to a new file");
}

int64_t sb_archive_row_id(const sb_archive *archive, sb_rows *rows, int column, sb_error *err)
{
    int64_t id = sb_rows_whole(rows, column);
    if (id >= 0 && id <= SB_IDS_MAX)
        return id;
    sb_archive_damaged(archive, err);
    return -1;
}

int64_t sb_archive_id(sb_archive *archive, const char *name, sb_error *err)
{
    sb_rows *rows =
        sb_database_read(archive->database, err, "SELECT id FROM episode WHERE name = ?", "t", name);
    int64_t id = sb_rows_next(rows, err) ? sb_archive_row_id(archive, rows, 0, err) : -1;
    sb_rows_end(&rows);
    return id;
}
