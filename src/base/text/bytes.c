#include "soundbite/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room_for_bytes(sb_bytes *bytes, size_t more)
{
    if (bytes->failed)
        return false;
    if (more < bytes->capacity - bytes->size)
        return true;
    size_t wanted = bytes->capacity ? bytes->capacity : 256;
    while (wanted - bytes->size <= more) {
        if (wanted > SIZE_MAX / 2) {
            bytes->failed = true;
            return false;
        }
        wanted *= 2;
    }
    char *grown = realloc(bytes->data, wanted);
    if (!grown) {
        bytes->failed = true;
        return false;
    }
    bytes->data = grown;
    bytes->capacity = wanted;
    return true;
}

void sb_bytes_append(sb_bytes *bytes, const void *data, size_t size)
{
    if (!make_room_for_bytes(bytes, size))
        return;
    if (size)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
    bytes->data[bytes->size] = '\0';
}

void sb_bytes_text(sb_bytes *bytes, const char *text)
{
    sb_bytes_append(bytes, text, strlen(text));
}

void sb_bytes_print(sb_bytes *bytes, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0 || !make_room_for_bytes(bytes, (size_t)size))
        return;
    va_start(args, format);
    vsnprintf(bytes->data + bytes->size, (size_t)size + 1, format, args);
    va_end(args);
    bytes->size += (size_t)size;
}

void sb_bytes_finish(sb_bytes *bytes)
{
    free(bytes->data);
    *bytes = (sb_bytes){0};
}
