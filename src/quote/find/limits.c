#include "option/option.h"
#include "quote/find/find.h"

static sb_time limit(sb_time value, bool given)
{
    return value || given ? value : SB_TIME_NONE;
}

sb_time_limits sb_time_limits_of(const sb_selection *s)
{
    return (sb_time_limits){limit(s->from, s->has_from), limit(s->until, s->has_until),
                            limit(s->min_length, false), limit(s->max_length, s->has_max_length)};
}

sb_status sb_selection_check(const sb_selection *s, sb_error *err)
{
    sb_time_limits l = sb_time_limits_of(s);
    sb_status status = sb_option_fields_check(SB_OPTION_SELECTION, s, err);
    if (!status && l.until != SB_TIME_NONE && l.until <= s->from)
        status = sb_error_set_field(err, SB_ERR_ARGUMENT, "from,until", NULL,
                                    "until is not after from; correct one of the two");
    if (!status && l.max_length != SB_TIME_NONE && l.max_length < s->min_length)
        status = sb_error_set_field(err, SB_ERR_ARGUMENT, "min_length,max_length", NULL,
                                    "max-length is less than min-length; correct one of the two");
    return status;
}
