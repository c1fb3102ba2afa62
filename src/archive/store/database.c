#include "archive/store/store.h"

#include "base/file/file.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WAIT_MS 60000
/* A transaction of one episode fits, so readers are shut out only while it is committed. */
#define CACHE_KB    "65536"
#define LENGTH_MAX  (512 << 20)
#define COLUMNS_MAX 64

struct sb_database {
    sqlite3 *connection;
    char *path;
};

struct sb_rows {
    sb_database *database;
    sqlite3_stmt *statement;
};

/* Some network file systems have no locks. */
static bool is_lock_error(int code)
{
    return code == SQLITE_IOERR_LOCK || code == SQLITE_IOERR_RDLOCK || code == SQLITE_IOERR_UNLOCK ||
           code == SQLITE_IOERR_CHECKRESERVEDLOCK;
}

static bool has_folder(const char *path)
{
    struct stat info;
    char *folder = sb_text_print("%.*s.", (int)(sb_path_name(path) - path), path);
    bool is_missing = folder && stat(folder, &info) && errno == ENOENT;
    free(folder);
    return !is_missing;
}

static sb_status explain_open(const sb_database *database, sb_error *err)
{
    struct stat info;
    const char *path = database->path;
    int reason = sqlite3_system_errno(database->connection);
    if (!stat(path, &info) && S_ISDIR(info.st_mode))
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "is a folder; name a file in it");
    if (!has_folder(path))
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0,
                               "the folder %.*s does not exist; create it, or name another file",
                               (int)(sb_path_name(path) - path - 1), path);
    if (reason)
        return sb_error_set_system(err, path, "opened", reason);
    return sb_error_set_at(err, SB_ERR_IO, path, 0, 0,
                           "cannot be opened; check the name and the permissions");
}

static sb_status explain(sb_database *database, int code, sb_error *err)
{
    const char *path = database->path;
    if (is_lock_error(code))
        return sb_error_set_at(
            err, SB_ERR_IO, path, 0, 0,
            "cannot be locked: its file system has no locks; put the archive on another disk");
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return sb_error_memory(err, "using an archive");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0,
                               "is being written by another process; try again when that has ended. If there "
                               "is no such process, its file system has no locks: put it on another disk");
    case SQLITE_NOTADB:
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "is not an archive; name another file");
    case SQLITE_FULL:
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be written: the disk is full; make room");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0,
                               "cannot be written; check the permissions of the file and its folder");
    case SQLITE_CANTOPEN:
        return explain_open(database, err);
    case SQLITE_IOERR:
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be read or written (%s); check the disk",
                               sqlite3_errstr(code));
    default:
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "is a damaged archive (%s); restore a copy, or add the episodes to a new file",
                               sqlite3_errmsg(database->connection));
    }
}

static int set_limits(sqlite3 *connection)
{
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
    sqlite3_limit(connection, SQLITE_LIMIT_COLUMN, COLUMNS_MAX);
    sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(connection, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    int code = sqlite3_busy_timeout(connection, WAIT_MS);
    if (!code)
        code = sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (!code)
        code = sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    if (!code)
        code = sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    if (!code)
        code = sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return code ? code : sb_term_tokenizer_add(connection);
}

static sb_status settle(sb_database *database, bool writable, sb_error *err)
{
    int code = set_limits(database->connection);
    if (code)
        return explain(database, code, err);
    if (sb_database_run(
            database,
            "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -" CACHE_KB, err))
        return err->status;
    return sb_database_run(database, writable ? "PRAGMA synchronous = FULL" : "PRAGMA query_only = ON", err);
}

sb_status sb_database_open(sb_database **out, const char *path, bool writable, sb_error *err)
{
    *out = NULL;
    sb_database *database = calloc(1, sizeof *database);
    if (!database || !(database->path = sb_copy_text(path, NULL))) {
        free(database);
        return sb_error_memory(err, "opening an archive");
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code =
        sqlite3_open_v2(path, &database->connection, flags | (writable ? SQLITE_OPEN_CREATE : 0), NULL);
    sb_error reason = {0};
    if (code)
        explain(database, code, &reason);
    else
        settle(database, writable, &reason);
    if (!reason.status) {
        *out = database;
        return SB_OK;
    }
    sb_database_close(&database);
    if (err && !err->status)
        *err = reason;
    return reason.status;
}

void sb_database_close(sb_database **database)
{
    if (!*database)
        return;
    sqlite3_close((*database)->connection);
    free((*database)->path);
    free(*database);
    *database = NULL;
}

const char *sb_database_path(const sb_database *database)
{
    return database->path;
}

sb_status sb_database_run(sb_database *database, const char *sql, sb_error *err)
{
    int code = sqlite3_exec(database->connection, sql, NULL, NULL, NULL);
    return code ? explain(database, code, err) : SB_OK;
}

/* The write-ahead log does not work on network file systems, and a finished archive is one file. */
sb_status sb_database_use_journal(sb_database *database, sb_error *err)
{
    return sb_database_run(database, "PRAGMA journal_mode = DELETE", err);
}

void sb_database_roll_back(sb_database *database)
{
    if (!sqlite3_get_autocommit(database->connection))
        sqlite3_exec(database->connection, "ROLLBACK", NULL, NULL, NULL);
}

static int bind_values(sqlite3_stmt *statement, const char *types, va_list values)
{
    int code = SQLITE_OK;
    for (int i = 1; types[i - 1] && !code; i++) {
        if (types[i - 1] == 'i') {
            code = sqlite3_bind_int64(statement, i, va_arg(values, int64_t));
        } else if (types[i - 1] == 't') {
            const char *text = va_arg(values, const char *);
            code = sqlite3_bind_text64(statement, i, text, text ? strlen(text) : 0, SQLITE_TRANSIENT,
                                       SQLITE_UTF8);
        } else {
            const sb_bytes *bytes = va_arg(values, const sb_bytes *);
            code = sqlite3_bind_blob64(statement, i, bytes->data ? bytes->data : "", bytes->size,
                                       SQLITE_TRANSIENT);
        }
    }
    return code;
}

static sb_rows *read_with(sb_database *database, sb_error *err, const char *sql, const char *types,
                          va_list values)
{
    sb_rows *rows = calloc(1, sizeof *rows);
    if (!rows) {
        sb_error_memory(err, "using an archive");
        return NULL;
    }
    rows->database = database;
    int code = sqlite3_prepare_v3(database->connection, sql, -1, 0, &rows->statement, NULL);
    if (!code)
        code = bind_values(rows->statement, types, values);
    if (code) {
        explain(database, code, err);
        sb_rows_end(&rows);
    }
    return rows;
}

sb_rows *sb_database_read(sb_database *database, sb_error *err, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sb_rows *rows = read_with(database, err, sql, types, values);
    va_end(values);
    return rows;
}

bool sb_rows_next(sb_rows *rows, sb_error *err)
{
    if (!rows || err->status)
        return false;
    int code = sqlite3_step(rows->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        explain(rows->database, code, err);
    return code == SQLITE_ROW;
}

void sb_rows_again(sb_rows *rows, sb_error *err, const char *types, ...)
{
    if (!rows || err->status)
        return;
    va_list values;
    va_start(values, types);
    sqlite3_reset(rows->statement);
    int code = bind_values(rows->statement, types, values);
    va_end(values);
    if (code)
        explain(rows->database, code, err);
}

void sb_rows_end(sb_rows **rows)
{
    if (!*rows)
        return;
    sqlite3_finalize((*rows)->statement);
    free(*rows);
    *rows = NULL;
}

sb_status sb_database_write(sb_database *database, sb_error *err, const char *sql, const char *types, ...)
{
    sb_error reason = {0};
    va_list values;
    va_start(values, types);
    sb_rows *rows = read_with(database, &reason, sql, types, values);
    va_end(values);
    sb_rows_next(rows, &reason);
    sb_rows_end(&rows);
    if (reason.status && err && !err->status)
        *err = reason;
    return reason.status;
}

int64_t sb_rows_whole(sb_rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

double sb_rows_number(sb_rows *rows, int column)
{
    return sqlite3_column_double(rows->statement, column);
}

const char *sb_rows_text(sb_rows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(rows->statement, column);
    return text ? text : "";
}

bool sb_rows_is_null(sb_rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

const void *sb_rows_bytes(sb_rows *rows, int column, size_t *size)
{
    const void *data = sqlite3_column_blob(rows->statement, column);
    *size = data ? (size_t)sqlite3_column_bytes(rows->statement, column) : 0;
    return data ? data : "";
}
