#include "clip/batch/batch.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "export/export.h"
#include "option/option.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void sb_batch_row_init(sb_batch_row *row, int64_t line, const sb_clip_params *defaults)
{
    *row = (sb_batch_row){.line = line};
    if (defaults)
        row->clip = *defaults;
}

void sb_batch_row_finish(sb_batch_row *row)
{
    sb_option_targets targets = {.store = row->owned};
    sb_option_targets_finish(&targets);
    free(row->id);
    free(row->audio);
    free(row->transcript);
    free(row->template_text);
    *row = (sb_batch_row){0};
}

static sb_status set_text(char **at, const char *value, sb_error *err)
{
    free(*at);
    *at = sb_copy_text(value, NULL);
    return *at ? SB_OK : sb_error_memory(err, "reading the list");
}

/* "-16,5" is a number with a decimal comma, as some spreadsheets write it. "1,500" is ambiguous and is not
 * changed. sb_time_parse already accepts a decimal comma. */
static bool has_decimal_comma(const sb_option *option, const char *value)
{
    const char *comma = strchr(value, ',');
    if (option->type != SB_OPTION_NUMBER || !comma || strchr(comma + 1, ',') || strchr(value, '.'))
        return false;
    size_t n_digits = strspn(comma + 1, "0123456789");
    return n_digits && n_digits != 3;
}

static sb_status set_option(sb_batch_row *row, const sb_option *option, const char *value, sb_error *err)
{
    sb_align_params align = {.language = row->language};
    sb_option_targets targets = {.selection = &row->selection,
                                 .clip = &row->clip,
                                 .names = &row->names,
                                 .align = &align,
                                 .store = row->owned};
    sb_status status = sb_option_set(&targets, option, value, err);
    row->owned = targets.store;
    row->language = align.language;
    return status;
}

/* A manifest has the paths of caption files; their extensions are the formats. */
static sb_status set_captions(sb_batch_row *row, const sb_option *option, char *paths, sb_error *err)
{
    sb_status status = SB_OK;
    for (char *path = paths, *next; path && !status; path = next) {
        next = strstr(path, " | ");
        if (next) {
            *next = 0;
            next += 3;
        }
        const char *extension = sb_path_extension(path);
        status = set_option(row, option, *extension ? extension : path, err);
    }
    return status;
}

/* The times of a manifest are rounded. */
static void widen_selection(sb_selection *selection, const char *name)
{
    if (!strcmp(name, "from"))
        selection->from = selection->from > SB_TIME_MS ? selection->from - SB_TIME_MS : 0;
    else if (!strcmp(name, "until"))
        selection->until += SB_TIME_MS;
}

static sb_status set_value(sb_batch_row *row, const sb_batch_column *column, char *value, sb_error *err)
{
    if (!column->option && column->is_manifest && !strcmp(column->name, "joins"))
        return sb_error_set(err, SB_ERR_FORMAT,
                            "the row is a montage of several quotes, which a list cannot make; leave it out");
    if (!column->option)
        return set_text((char **)((char *)row + column->at), value, err);
    if (column->is_manifest && !strcmp(column->name, "captions"))
        return set_captions(row, column->option, value, err);
    if (has_decimal_comma(column->option, value))
        *strchr(value, ',') = '.';
    sb_status status = set_option(row, column->option, value, err);
    if (!status && column->is_manifest)
        widen_selection(&row->selection, column->name);
    return status;
}

/* Our own tables have an apostrophe before text that would be a formula. */
static const char *without_guard(const char *text)
{
    return text[0] == '\'' && sb_csv_is_formula(text + 1) ? text + 1 : text;
}

sb_status sb_batch_row_set(sb_batch_row *row, const sb_batch_column *column, const char *value, sb_error *err)
{
    value += strspn(value, " \t\r\n");
    if (!*value)
        return SB_OK;
    char *text = sb_copy_text(without_guard(value), NULL);
    if (!text)
        return sb_error_memory(err, "reading the list");
    for (size_t n = strlen(text); n && strchr(" \t\r\n", text[n - 1]);)
        text[--n] = 0;
    sb_status status = set_value(row, column, text, err);
    free(text);
    return status;
}

sb_status sb_batch_row_check(const sb_batch_row *row, sb_error *err)
{
    sb_status status = sb_clip_params_check(&row->clip, err);
    if (status)
        return status;
    if (!row->audio)
        return sb_error_set(err, SB_ERR_FORMAT, "the row has no audio; fill in its audio column");
    if (!row->transcript)
        return sb_error_set(
            err, SB_ERR_FORMAT,
            "the row has no transcript; fill in its transcript column with a transcript or an alignment");
    return sb_selection_check(&row->selection, err);
}
