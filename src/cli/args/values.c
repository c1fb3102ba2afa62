#include "cli/args/args.h"

#include "base/text/text.h"

#include "soundbite/file.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LANGUAGE_SIZE 36

static const char *choice_at(const void *user, size_t index)
{
    const cli_option *option = user;
    return option->choice(index);
}

static sb_status wrong_choice(const cli_option *option, const char *text, sb_error *err)
{
    const char *nearest = sb_nearest(text, choice_at, option);
    if (nearest)
        return sb_error_set(err, SB_ERR_ARGUMENT, "unknown value '%s' for --%s; did you mean '%s'?", text,
                            option->name, nearest);
    sb_bytes names = {0};
    for (size_t i = 0; option->choice(i); i++)
        sb_bytes_print(&names, "%s%s", i ? ", " : "", option->choice(i));
    sb_error_set(err, SB_ERR_ARGUMENT, "unknown value '%s' for --%s; use one of %s", text, option->name,
                 names.data ? names.data : "none");
    sb_bytes_finish(&names);
    return SB_ERR_ARGUMENT;
}

static sb_status read_choice(cli_value *out, const char *text, sb_error *err)
{
    const char *name;
    for (size_t i = 0; (name = out->option->choice(i)); i++)
        if (!strcmp(name, text)) {
            out->whole = (int64_t)i;
            return SB_OK;
        }
    return wrong_choice(out->option, text, err);
}

static sb_status read_time(cli_value *out, const char *text, sb_error *err)
{
    sb_error reason = {0};
    if (sb_time_parse(&out->time, text, &reason))
        return sb_error_set(err, SB_ERR_ARGUMENT, "--%s: %s", out->option->name, reason.message);
    double seconds = sb_time_to_seconds(out->time);
    if (seconds < out->option->least)
        return sb_error_set(err, SB_ERR_ARGUMENT, "--%s %s is before zero; give a time from 0",
                            out->option->name, text);
    if (seconds > out->option->most)
        return sb_error_set(err, SB_ERR_ARGUMENT, "--%s %s is too long; give at most %g seconds",
                            out->option->name, text, out->option->most);
    return SB_OK;
}

static sb_status out_of_bounds(const cli_option *option, const char *text, sb_error *err)
{
    return sb_error_set(err, SB_ERR_ARGUMENT, "--%s takes %s from %.10g to %.10g%s%s, not '%s'", option->name,
                        option->type == CLI_WHOLE ? "a whole number" : "a number", option->least,
                        option->most, option->instead ? ", or " : "", option->instead ? option->instead : "",
                        text);
}

static sb_status read_whole(cli_value *out, const char *text, sb_error *err)
{
    const cli_option *option = out->option;
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (option->thousands && end > text && (*end == 'k' || *end == 'K') && llabs(value) < 1000000) {
        value *= 1000;
        end++;
    }
    if (!isdigit((unsigned char)text[0]) || *end || errno || (double)value < option->least ||
        (double)value > option->most)
        return out_of_bounds(option, text, err);
    out->whole = value;
    return SB_OK;
}

static sb_status read_number(cli_value *out, const char *text, sb_error *err)
{
    const cli_option *option = out->option;
    out->number = NAN;
    if (option->instead && !strcmp(text, option->instead))
        return SB_OK;
    char *end = NULL;
    if (text[0] && strspn(text, "+-.0123456789") == strlen(text))
        out->number = strtod(text, &end);
    if (!end || *end || !(out->number >= option->least && out->number <= option->most))
        return out_of_bounds(option, text, err);
    return SB_OK;
}

/* Rejects what cannot be a BCP 47 tag. The aligner knows which languages exist. */
static bool is_subtag(const char *text, size_t n, bool first)
{
    if (n < (first ? 2 : 1) || n > (first ? 3 : 8))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!(first ? isalpha((unsigned char)text[i]) : isalnum((unsigned char)text[i])))
            return false;
    return true;
}

static bool is_language_tag(const char *text)
{
    size_t n = strcspn(text, "-");
    bool ok = is_subtag(text, n, true) && strlen(text) < LANGUAGE_SIZE;
    for (const char *at = text; ok && at[n];) {
        at += n + 1;
        n = strcspn(at, "-");
        ok = is_subtag(at, n, false);
    }
    return ok;
}

sb_status cli_language_check(const char *text, sb_error *err)
{
    if (is_language_tag(text))
        return SB_OK;
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "'%.40s' is not a language code; write two or three letters such as en or de, with a "
                        "region if it matters, such as pt-BR",
                        text);
}

static sb_status read_language(cli_value *out, const char *text, sb_error *err)
{
    sb_error reason = {0};
    if (cli_language_check(text, &reason))
        return sb_error_set(err, SB_ERR_ARGUMENT, "--%s: %s", out->option->name, reason.message);
    return SB_OK;
}

sb_status cli_value_read(cli_value *out, const cli_option *option, const char *text, sb_error *err)
{
    *out = (cli_value){.option = option, .text = text, .time = SB_TIME_NONE};
    switch (option->type) {
    case CLI_CHOICE:
        return read_choice(out, text, err);
    case CLI_TIME:
        return read_time(out, text, err);
    case CLI_WHOLE:
        return read_whole(out, text, err);
    case CLI_NUMBER:
        return read_number(out, text, err);
    case CLI_LANGUAGE:
        return read_language(out, text, err);
    default:
        break;
    }
    if (option->type != CLI_FLAG && !text[0])
        return sb_error_set(err, SB_ERR_ARGUMENT, "--%s is empty; give it a %s", option->name,
                            option->argument);
    return SB_OK;
}
