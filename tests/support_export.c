#include "support_export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static sb_bytes export(const sb_alignment *a, const char *format, sb_time frame, sb_notes *notes)
{
    sb_export_params params = {.frame = frame};
    sb_bytes out = {0};
    sb_error err = {0};

    if (sb_alignment_export(&out, a, format, &params, notes, &err) != SB_OK)
        fail_msg("%s", err.message);
    return out;
}

char *exported(const sb_alignment *a, const char *format, sb_time frame, sb_notes *notes)
{
    return export(a, format, frame, notes).data;
}

void assert_export(const sb_alignment *a, const char *format, sb_time frame, const char *expected)
{
    sb_bytes out = export(a, format, frame, NULL);

    assert_string_equal(out.data, expected);
    assert_int_equal(out.size, strlen(expected));
    sb_bytes_finish(&out);
}

void assert_export_refused(const sb_alignment *a, const char *format, sb_time frame, sb_status status,
                           const char *why)
{
    sb_export_params params = {.frame = frame};
    sb_bytes out = {0};
    sb_error err = {0};

    assert_int_equal(sb_alignment_export(&out, a, format, &params, NULL, &err), status);
    assert_has(err.message, why);
    assert_null(out.data);
}

void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("lacks \"%s\":\n%s", part, text);
}
