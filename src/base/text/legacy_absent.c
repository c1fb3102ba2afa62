#include "base/text/legacy.h"

const char *sb_legacy_detect(const char *data, size_t size, bool *ok)
{
    (void)data;
    (void)size;
    (void)ok;
    return NULL;
}

void sb_legacy_decode(sb_bytes *out, const char *name, const char *data, size_t size)
{
    (void)name;
    sb_bytes_append(out, data, size);
}

void sb_legacy_encode(sb_bytes *out, const char *name, const char *text, size_t size)
{
    (void)name;
    sb_bytes_append(out, text, size);
}
