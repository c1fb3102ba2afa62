#include "archive/store/store.h"

static const char missing[] = "this build has no archive; use a build with SB_WITH_ARCHIVE";

sb_status sb_database_open(sb_database **out, const char *path, bool writable, sb_error *err)
{
    (void)path, (void)writable;
    *out = NULL;
    return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", missing);
}

void sb_database_close(sb_database **database)
{
    *database = NULL;
}

const char *sb_database_path(const sb_database *database)
{
    (void)database;
    return "";
}

sb_status sb_database_run(sb_database *database, const char *sql, sb_error *err)
{
    (void)database, (void)sql;
    return sb_error_set(err, SB_ERR_UNSUPPORTED, "%s", missing);
}

sb_status sb_database_use_journal(sb_database *database, sb_error *err)
{
    return sb_database_run(database, "", err);
}

void sb_database_roll_back(sb_database *database)
{
    (void)database;
}

sb_status sb_database_write(sb_database *database, sb_error *err, const char *sql, const char *types, ...)
{
    (void)types;
    return sb_database_run(database, sql, err);
}

sb_rows *sb_database_read(sb_database *database, sb_error *err, const char *sql, const char *types, ...)
{
    (void)types;
    sb_database_run(database, sql, err);
    return NULL;
}

bool sb_rows_next(sb_rows *rows, sb_error *err)
{
    (void)rows, (void)err;
    return false;
}

void sb_rows_again(sb_rows *rows, sb_error *err, const char *types, ...)
{
    (void)rows, (void)err, (void)types;
}

void sb_rows_end(sb_rows **rows)
{
    *rows = NULL;
}

int64_t sb_rows_whole(sb_rows *rows, int column)
{
    (void)rows, (void)column;
    return 0;
}

double sb_rows_number(sb_rows *rows, int column)
{
    (void)rows, (void)column;
    return 0;
}

const char *sb_rows_text(sb_rows *rows, int column)
{
    (void)rows, (void)column;
    return "";
}

bool sb_rows_is_null(sb_rows *rows, int column)
{
    (void)rows, (void)column;
    return true;
}

const void *sb_rows_bytes(sb_rows *rows, int column, size_t *size)
{
    (void)rows, (void)column;
    *size = 0;
    return "";
}

void sb_deflate(sb_bytes *out, const void *data, size_t size)
{
    (void)data, (void)size;
    out->failed = true;
}

sb_status sb_inflate(sb_bytes *out, const void *data, size_t size, size_t limit)
{
    (void)out, (void)data, (void)size, (void)limit;
    return SB_ERR_UNSUPPORTED;
}
