#include "acoustic/model/model.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FILE_LIMIT ((size_t)256 << 20)
#define BYTE_ORDER 0x11223344

sb_status sb_model_bytes_open(sb_model_bytes *b, const char *folder, const char *name, sb_error *err)
{
    *b = (sb_model_bytes){0};
    snprintf(b->path, sizeof b->path, "%s/%s", folder, name);
    return sb_file_read(&b->file, b->path, FILE_LIMIT, err);
}

void sb_model_bytes_close(sb_model_bytes *b)
{
    sb_bytes_finish(&b->file);
}

const void *sb_model_bytes_take(sb_model_bytes *b, size_t size)
{
    if (b->failed || b->file.size - b->at < size) {
        b->failed = true;
        return NULL;
    }
    b->at += size;
    return b->file.data + b->at - size;
}

int32_t sb_model_bytes_int(sb_model_bytes *b)
{
    int32_t value = 0;
    const void *bytes = sb_model_bytes_take(b, sizeof value);
    if (bytes)
        memcpy(&value, bytes, sizeof value);
    return value;
}

void sb_model_bytes_header(sb_model_bytes *b)
{
    static const char end[] = "endhdr\n";
    const char *at = b->file.data && memcmp(b->file.data, "s3\n", 3) == 0 ? strstr(b->file.data, end) : NULL;
    if (!at) {
        b->failed = true;
        return;
    }
    b->at = (size_t)(at - b->file.data) + sizeof end - 1;
    if (sb_model_bytes_int(b) != BYTE_ORDER)
        b->failed = true;
}

sb_status sb_model_bytes_check(const sb_model_bytes *b, sb_error *err)
{
    if (!b->failed)
        return SB_OK;
    return sb_error_set_at(
        err, SB_ERR_FORMAT, b->path, 0, 0,
        "the file is damaged or not part of a CMU Sphinx acoustic model; get the model again");
}

sb_status sb_model_bytes_refuse(const sb_model_bytes *b, sb_error *err, const char *what, ...)
{
    char text[200];
    va_list args;
    va_start(args, what);
    vsnprintf(text, sizeof text, what, args);
    va_end(args);
    return sb_error_set_at(err, SB_ERR_UNSUPPORTED, b->path, 0, 0, "%s; use another model", text);
}
