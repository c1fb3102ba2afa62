#include "alignment/alignment.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#define STEP 4 /* in units of SB_LEVEL_DB */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

sb_status sb_levels_take(sb_alignment *alignment, const sb_speech *speech, sb_error *err)
{
    size_t n_hops = speech->hop > 0 ? (size_t)(SB_OVERVIEW_HOP / speech->hop) : 0;
    if (n_hops == 0 || speech->n_levels == 0)
        return SB_OK;
    size_t n = (speech->n_levels + n_hops - 1) / n_hops;
    alignment->levels = calloc(n, 1);
    if (!alignment->levels)
        return sb_error_memory(err, "aligning");
    alignment->n_levels = n;
    for (size_t i = 0; i < speech->n_levels; i++) {
        uint8_t level = speech->levels[i] / STEP * STEP, *loudest = &alignment->levels[i / n_hops];
        *loudest = level > *loudest ? level : *loudest;
    }
    return SB_OK;
}

void sb_levels_print(sb_bytes *out, const uint8_t *levels, size_t n_levels)
{
    for (size_t i = 0; i < n_levels; i++)
        sb_bytes_append(out, &digits[levels[i] / STEP], 1);
}

sb_status sb_levels_parse(uint8_t **levels, size_t *n_levels, const char *text)
{
    size_t n = strlen(text);
    *levels = NULL;
    *n_levels = 0;
    if (strspn(text, digits) != n)
        return SB_ERR_FORMAT;
    if (n == 0)
        return SB_OK;
    *levels = malloc(n);
    if (!*levels)
        return SB_ERR_MEMORY;
    for (size_t i = 0; i < n; i++)
        (*levels)[i] = (uint8_t)((strchr(digits, text[i]) - digits) * STEP);
    *n_levels = n;
    return SB_OK;
}
