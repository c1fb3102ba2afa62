#include "soundbite/file.h"

#include "base/text/text.h"

#include <inttypes.h>
#include <math.h>
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

/* printf would take the point from the locale, so only integers are printed with it. */
void sb_bytes_number(sb_bytes *out, double value, int decimals)
{
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    if (fabs(value) * (double)unit >= 9e18) {
        sb_bytes_print(out, "%.0f", value);
        return;
    }
    int64_t scaled = llround(fabs(value) * (double)unit);
    sb_bytes_print(out, "%s%" PRId64, value < 0 && scaled ? "-" : "", scaled / unit);
    if (decimals > 0)
        sb_bytes_print(out, ".%0*" PRId64, decimals, scaled % unit);
}

void sb_bytes_little32(sb_bytes *out, uint32_t value)
{
    const unsigned char bytes[] = {value & 255, value >> 8 & 255, value >> 16 & 255, value >> 24 & 255};
    sb_bytes_append(out, bytes, sizeof bytes);
}

void sb_bytes_finish(sb_bytes *bytes)
{
    free(bytes->data);
    *bytes = (sb_bytes){0};
}
