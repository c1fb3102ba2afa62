#include <stdlib.h>

#include <unicode/ucasemap.h>

#include "base/text/text.h"

void sb_upper_append(sb_bytes *out, const char *text, size_t size, const char *language)
{
    UErrorCode code = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open(language ? language : "", 0, &code);
    char *room = NULL;
    int32_t n = 0;
    if (U_SUCCESS(code)) {
        n = ucasemap_utf8ToUpper(map, NULL, 0, text, (int32_t)size, &code);
        code = U_ZERO_ERROR;
        room = malloc((size_t)n + 1);
    }
    if (room) {
        ucasemap_utf8ToUpper(map, room, n + 1, text, (int32_t)size, &code);
        sb_bytes_append(out, room, (size_t)n);
    }
    out->failed = out->failed || !room || U_FAILURE(code);
    free(room);
    ucasemap_close(map);
}
