#include "clip/clip.h"

#include "base/run/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sb_drop_finish(sb_drop *drop)
{
    free(drop->text);
    *drop = (sb_drop){0};
}

void sb_join_finish(sb_join *join)
{
    free(join->id);
    free(join->speaker);
    free(join->text);
    free(join->audio);
    for (size_t i = 0; i < join->n_drops; i++)
        sb_drop_finish(&join->drops[i]);
    free(join->drops);
    *join = (sb_join){0};
}

void sb_clip_result_finish(sb_clip_result *result)
{
    free(result->file);
    free(result->id);
    free(result->speaker);
    for (size_t i = 0; i < result->n_speakers; i++)
        free(result->speakers[i]);
    free(result->speakers);
    free(result->text);
    free(result->codec);
    free(result->audio);
    free(result->episode);
    free(result->transcript);
    for (size_t i = 0; i < result->n_captions; i++)
        free(result->captions[i]);
    free(result->captions);
    for (size_t i = 0; i < result->n_warnings; i++)
        free(result->warnings[i]);
    free(result->warnings);
    free(result->asked_text);
    for (size_t i = 0; i < result->n_drops; i++)
        sb_drop_finish(&result->drops[i]);
    free(result->drops);
    for (size_t i = 0; i < result->n_joins; i++)
        sb_join_finish(&result->joins[i]);
    free(result->joins);
    *result = (sb_clip_result){0};
}

void sb_clip_result_unwarn(sb_clip_result *result, const char *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < result->n_warnings; i++) {
        if (strcmp(result->warnings[i], text) == 0)
            free(result->warnings[i]);
        else
            result->warnings[kept++] = result->warnings[i];
    }
    result->n_warnings = kept;
}

sb_status sb_clip_result_warn(sb_clip_result *result, sb_error *err, const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        return sb_error_memory(err, "cutting clips");
    if (!sb_push_room(&result->warnings, result->n_warnings, sizeof *result->warnings)) {
        free(text);
        return sb_error_memory(err, "cutting clips");
    }
    result->warnings[result->n_warnings++] = text;
    return SB_OK;
}
