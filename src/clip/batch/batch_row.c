#include "clip/batch/batch.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "option/option.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX (SB_OPTIONS_MAX + N_OWN + 1)

static const sb_batch_column own_columns[] = {
    {"id", offsetof(sb_batch_row, id), NULL},
    {"audio", offsetof(sb_batch_row, audio), NULL},
    {"transcript", offsetof(sb_batch_row, transcript), NULL},
    {"output", offsetof(sb_batch_row, template_text), NULL},
};
#define N_OWN (sizeof own_columns / sizeof own_columns[0])

static bool is_column(const sb_option *option)
{
    return option->group == SB_OPTION_SELECTION || option->group == SB_OPTION_CLIP ||
           option->group == SB_OPTION_NAMES || option == sb_option_find("language");
}

bool sb_batch_column_find(sb_batch_column *out, const char *name)
{
    for (size_t i = 0; i < N_OWN; i++)
        if (sb_option_is_name(name, own_columns[i].name)) {
            *out = own_columns[i];
            return true;
        }
    const sb_option *option = sb_option_find(name);
    if (!option || !is_column(option))
        return false;
    *out = (sb_batch_column){.name = option->name, .option = option};
    return true;
}

const char *sb_batch_column_nearest(const char *name)
{
    const char *names[NAMES_MAX];
    const sb_option *option;
    size_t n = 0;
    for (size_t i = 0; i < N_OWN; i++)
        names[n++] = own_columns[i].name;
    for (size_t i = 0; (option = sb_option_at(i)); i++)
        if (is_column(option))
            names[n++] = option->name;
    names[n] = NULL;
    return sb_nearest_name(name, names);
}

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

sb_status sb_batch_row_set(sb_batch_row *row, const sb_batch_column *column, const char *value, sb_error *err)
{
    if (!value[strspn(value, " ")])
        return SB_OK;
    if (!column->option)
        return set_text((char **)((char *)row + column->at), value, err);
    sb_align_params align = {.language = row->language};
    sb_option_targets targets = {.selection = &row->selection,
                                 .clip = &row->clip,
                                 .names = &row->names,
                                 .align = &align,
                                 .store = row->owned};
    sb_status status = sb_option_set(&targets, column->option, value, err);
    row->owned = targets.store;
    row->language = align.language;
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
