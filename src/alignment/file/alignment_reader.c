#include "alignment/alignment.h"
#include "alignment/file/alignment_file.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"

bool sb_reader_fail(sb_alignment_reader *r, const sb_json_value *where, const char *format, ...)
{
    char message[sizeof r->err->message];
    int64_t line, column;
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    sb_json_place(r->doc, where, &line, &column);
    r->status = sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, line, column, "%s", message);
    return false;
}

bool sb_reader_fail_memory(sb_alignment_reader *r)
{
    r->status = sb_error_memory(r->err, "reading an alignment");
    return false;
}

bool sb_reader_take_array(sb_alignment_reader *r, const sb_json_value *object, const char *key,
                          const sb_json_value **array, void *items, size_t item_size)
{
    *array = sb_json_member(object, key);
    if (!sb_json_is_null(*array) && !sb_json_is_array(*array))
        return sb_reader_fail(r, object, "\"%s\" is not a list; make the alignment again", key);
    size_t n = sb_json_length(*array);
    if (n == 0)
        return true;
    void *room = calloc(n, item_size);
    if (!room)
        return sb_reader_fail_memory(r);
    *(void **)items = room;
    return true;
}

bool sb_reader_take_text(sb_alignment_reader *r, const sb_json_value *object, const char *key, char **out)
{
    const sb_json_value *v = sb_json_member(object, key);
    const char *text = sb_json_string(v);
    bool ok = true;

    if (!text && !sb_json_is_null(v))
        return sb_reader_fail(r, object, "\"%s\" is not a string; make the alignment again", key);
    *out = sb_copy_text(text, &ok);
    return ok || sb_reader_fail_memory(r);
}

bool sb_reader_take_time(sb_alignment_reader *r, const sb_json_value *object, const char *key, sb_time *out)
{
    const sb_json_value *v = sb_json_member(object, key);

    *out = SB_TIME_NONE;
    if (sb_json_is_null(v))
        return true;
    if (!sb_json_is_number(v))
        return sb_reader_fail(r, object, "\"%s\" is not a number of seconds; make the alignment again", key);
    *out = sb_json_seconds(v);
    if (*out < -SB_ALIGNMENT_TIME_MAX || *out > SB_ALIGNMENT_TIME_MAX)
        return sb_reader_fail(r, object, "\"%s\" is out of range; make the alignment again", key);
    return true;
}

static bool inside_audio(const sb_alignment_reader *r, sb_time t)
{
    return t == SB_TIME_NONE || (t >= r->earliest && t <= r->latest);
}

bool sb_reader_take_span(sb_alignment_reader *r, const sb_json_value *object, const char *start_key,
                         const char *end_key, sb_time *start, sb_time *end)
{
    if (!sb_reader_take_time(r, object, start_key, start) || !sb_reader_take_time(r, object, end_key, end))
        return false;
    if (!inside_audio(r, *start))
        return sb_reader_fail(r, object, "\"%s\" is outside the audio; make the alignment again", start_key);
    if (!inside_audio(r, *end))
        return sb_reader_fail(r, object, "\"%s\" is outside the audio; make the alignment again", end_key);
    if (*start != SB_TIME_NONE && *end != SB_TIME_NONE && *end < *start)
        return sb_reader_fail(r, object, "\"%s\" is before \"%s\"; make the alignment again", end_key,
                              start_key);
    return true;
}

bool sb_reader_take_confidence(sb_alignment_reader *r, const sb_json_value *object, float *out)
{
    const sb_json_value *v = sb_json_member(object, "confidence");
    double confidence = sb_json_is_null(v) ? 0 : sb_json_double(v);

    if (!(confidence >= 0 && confidence <= 1))
        return sb_reader_fail(r, object,
                              "\"confidence\" is not a number from 0 to 1; make the alignment again");
    *out = (float)confidence;
    return true;
}

bool sb_reader_take_count(sb_alignment_reader *r, const sb_json_value *object, const char *key, int64_t max,
                          int64_t *out)
{
    const sb_json_value *v = sb_json_member(object, key);
    double n = sb_json_is_null(v) ? 0 : sb_json_double(v);

    if (!(n >= 0 && n <= (double)max && n == floor(n)))
        return sb_reader_fail(
            r, object, "\"%s\" is not a whole number or is out of range; make the alignment again", key);
    *out = (int64_t)n;
    return true;
}

bool sb_reader_take_name(sb_alignment_reader *r, const sb_json_value *object, const char *key,
                         const char *const *names, size_t n_names, size_t *out)
{
    const char *text = sb_json_string(sb_json_member(object, key));

    for (*out = 0; *out < n_names; ++*out)
        if (text && !strcmp(text, names[*out]))
            return true;
    return sb_reader_fail(r, object, "\"%s\" has an unknown value; make the alignment again", key);
}
