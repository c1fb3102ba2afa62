#include "quote/find/find.h"

static sb_time limit(sb_time value, bool given)
{
    return value || given ? value : SB_TIME_NONE;
}

sb_time_limits sb_time_limits_of(const sb_selection *s)
{
    return (sb_time_limits){limit(s->from, s->has_from), limit(s->until, s->has_until),
                            limit(s->min_length, false), limit(s->max_length, false)};
}

static sb_status fail(sb_error *err, const char *fields, const char *message)
{
    return sb_error_set_field(err, SB_ERR_ARGUMENT, fields, NULL, "%s", message);
}

sb_status sb_selection_check(const sb_selection *s, sb_error *err)
{
    static const char negative[] = "a time is negative; give a time from 0";
    sb_time_limits l = sb_time_limits_of(s);
    if (s->fuzzy < 0 || s->fuzzy > 100)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "fuzzy", NULL,
                                  "fuzzy is %d; give a percentage from 0 to 100", s->fuzzy);
    if (s->from < 0 || s->until < 0)
        return fail(err, s->from < 0 ? "from" : "until", negative);
    if (s->min_length < 0 || s->max_length < 0)
        return fail(err, s->min_length < 0 ? "min_length" : "max_length", negative);
    if (l.until != SB_TIME_NONE && l.until <= s->from)
        return fail(err, "from,until", "until is not after from; correct one of the two");
    if (l.max_length != SB_TIME_NONE && l.max_length < s->min_length)
        return fail(err, "min_length,max_length",
                    "the maximum length is less than the minimum; correct one of the two");
    return SB_OK;
}
