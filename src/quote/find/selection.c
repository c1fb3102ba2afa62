#include "quote/find/find.h"

#include <string.h>

#include "alignment/names/names.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "option/option.h"

#define NAMES_LISTED 6

static bool choose_by_pattern(bool *wanted, const sb_speakers *speakers, const char *pattern)
{
    bool any = false;
    for (size_t i = 0; i < speakers->n_items; i++) {
        const char *name = speakers->items[i].name;
        bool fits = sb_wildcard_match(pattern, name ? name : "");
        wanted[i] = wanted[i] || fits;
        any = any || fits;
    }
    return any;
}

static void list_name(sb_bytes *out, const char *name, size_t n)
{
    if (n < NAMES_LISTED)
        sb_bytes_print(out, "%s%.60s", n ? ", " : "", name);
    else if (n == NAMES_LISTED)
        sb_bytes_text(out, " ...");
}

/* The best way in which a name is meant by `typed`. */
static sb_name_fit best_fit(const sb_speakers *speakers, const char *typed)
{
    sb_name_fit best = SB_FIT_NONE;
    for (size_t i = 0; i < speakers->n_items; i++) {
        const char *name = speakers->items[i].name;
        sb_name_fit fit = name ? sb_name_fit_of(name, typed) : SB_FIT_NONE;
        best = fit > best ? fit : best;
    }
    return best;
}

/* "Tobias" is enough for "Tobias Hearn" if no other name has that word, and "tob" if no other name has these
 * letters. Two spellings of the whole name are one name. */
static sb_status choose_by_part(bool *wanted, const sb_speakers *speakers, const char *part, sb_error *err)
{
    sb_bytes names = {0};
    size_t n = 0;
    sb_name_fit best = best_fit(speakers, part);
    for (size_t i = 0; best > SB_FIT_NONE && i < speakers->n_items; i++) {
        const char *name = speakers->items[i].name;
        if (!name || sb_name_fit_of(name, part) < best)
            continue;
        list_name(&names, name, n++);
        wanted[i] = true;
    }
    sb_status status = SB_OK;
    if (names.failed)
        status = sb_error_memory(err, "searching");
    else if (n > 1 && best < SB_FIT_WHOLE)
        status = sb_error_set(
            err, SB_ERR_ARGUMENT,
            "speaker '%.60s' matches several names: %s; write the whole name, or '*%.60s*' for all of them",
            part, names.data, part);
    sb_bytes_finish(&names);
    return status;
}

sb_status sb_speakers_choose(bool *wanted, const sb_speakers *speakers, const sb_selection *selection,
                             sb_error *err)
{
    sb_status status = SB_OK;
    for (size_t i = 0; i < speakers->n_items; i++)
        wanted[i] = selection->n_speakers == 0;
    for (size_t i = 0; !status && i < selection->n_speakers; i++) {
        const char *pattern = selection->speakers[i];
        if (!choose_by_pattern(wanted, speakers, pattern) && !strchr(pattern, '*'))
            status = choose_by_part(wanted, speakers, pattern, err);
    }
    return status;
}

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
        status = sb_error_set_field(
            err, SB_ERR_ARGUMENT, "from,until", NULL,
            "the time to cut until is not after the time to cut from; correct one of the two");
    if (!status && l.max_length != SB_TIME_NONE && l.max_length < s->min_length)
        status = sb_error_set_field(err, SB_ERR_ARGUMENT, "min_length,max_length", NULL,
                                    "the greatest length is less than the least; correct one of the two");
    return status;
}
