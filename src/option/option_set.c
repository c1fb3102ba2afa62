#include "option/option.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

/* Owned by the targets. */
struct sb_option_store {
    uint64_t given; /* bit i: row i was set */
    char **strings;
    size_t n_strings;
    const char **lists[SB_OPTIONS_MAX]; /* of STRINGS, by row; the strings are those above */
    sb_number_range *matches;           /* after the first number */
    size_t n_matches;
};

static void *params_of(const sb_option_targets *t, sb_option_group group)
{
    switch (group) {
    case SB_OPTION_SELECTION:
        return t->selection;
    case SB_OPTION_CLIP:
        return t->clip;
    case SB_OPTION_MONTAGE:
        return t->montage;
    case SB_OPTION_NAMES:
        return t->names;
    case SB_OPTION_ALIGN:
        return t->align;
    case SB_OPTION_MEDIA:
        return t->media;
    case SB_OPTION_RENDER:
        return t->render;
    case SB_OPTION_DRIFT:
        return t->drift;
    case SB_OPTION_EXPORT:
        return t->exporting;
    default:
        return NULL;
    }
}

static const char *keep_string(struct sb_option_store *store, const char *text, sb_error *err)
{
    char *copy = sb_copy_text(text, NULL);
    if (!copy || !sb_push_room(&store->strings, store->n_strings, sizeof *store->strings)) {
        free(copy);
        sb_error_memory(err, "reading the options");
        return NULL;
    }
    return store->strings[store->n_strings++] = copy;
}

static sb_status set_string(struct sb_option_store *store, const char **field, const char *text,
                            sb_error *err)
{
    const char *copy = keep_string(store, text, err);
    if (copy)
        *field = copy;
    return copy ? SB_OK : SB_ERR_MEMORY;
}

static sb_status add_string(struct sb_option_store *store, size_t row, const char *const **field, size_t *n,
                            const char *text, sb_error *err)
{
    const char *copy = keep_string(store, text, err);
    if (!copy)
        return SB_ERR_MEMORY;
    if (!sb_push_room(&store->lists[row], *n, sizeof *store->lists[row]))
        return sb_error_memory(err, "reading the options");
    store->lists[row][(*n)++] = copy;
    *field = store->lists[row];
    return SB_OK;
}

static sb_status add_range(struct sb_option_store *store, sb_selection *s, sb_number_range range,
                           sb_error *err)
{
    if (!sb_push_room(&store->matches, store->n_matches, sizeof *store->matches))
        return sb_error_memory(err, "reading the options");
    store->matches[store->n_matches++] = range;
    s->more_matches = store->matches;
    s->n_more_matches = store->n_matches;
    return SB_OK;
}

static sb_status add_matches(struct sb_option_store *store, sb_selection *s, const sb_option *option,
                             const char *text, bool is_first, sb_error *err)
{
    sb_number_range range;
    sb_status status = SB_OK;
    if (is_first)
        s->match = s->n_more_matches = 0;
    while (!status && sb_option_next_range(&range, option, &text)) {
        if (!s->match)
            s->match = range.first++;
        if (range.first <= range.last)
            status = add_range(store, s, range, err);
    }
    return status;
}

static bool replaces(sb_option_merge merge, bool is_first, int64_t now, int64_t before)
{
    return is_first || merge == SB_MERGE_LAST || (merge == SB_MERGE_LEAST ? now < before : now > before);
}

static void store_number(const sb_option_row *row, void *field, const sb_option_value *value, bool is_first)
{
    switch (row->type) {
    case SB_FIELD_BOOL:
        *(bool *)field = value->whole != 0;
        break;
    case SB_FIELD_TIME:
        if (replaces(row->merge, is_first, value->time, *(sb_time *)field))
            *(sb_time *)field = value->time;
        break;
    case SB_FIELD_INT:
        if (replaces(row->merge, is_first, value->whole, *(int *)field))
            *(int *)field = (int)value->whole;
        break;
    case SB_FIELD_INT64:
        *(int64_t *)field = value->whole;
        break;
    case SB_FIELD_SIZE:
        if (replaces(row->merge, is_first, value->whole, (int64_t) * (size_t *)field))
            *(size_t *)field = (size_t)value->whole;
        break;
    case SB_FIELD_DOUBLE:
        *(double *)field = value->number;
        break;
    case SB_FIELD_ENUM:
        *(int *)field = row->first + (int)value->whole;
        break;
    case SB_FIELD_BITS:
        if (is_first || row->merge == SB_MERGE_LAST)
            *(unsigned *)field = 0;
        *(unsigned *)field |= (unsigned)value->whole;
        break;
    case SB_FIELD_FRAME:
        sb_export_frame_rate((size_t)value->whole, field);
        break;
    case SB_FIELD_PROFILE:
        *(const sb_profile **)field = sb_profile_find(row->option.choice((size_t)value->whole));
        break;
    default:
        break;
    }
}

static sb_status store_value(struct sb_option_store *store, const sb_option_row *row, char *params,
                             const sb_option_value *value, const char *text, sb_error *err)
{
    size_t index = sb_option_row_index(row);
    bool is_first = !(store->given & UINT64_C(1) << index);
    void *field = params + row->at;
    sb_status status = SB_OK;
    if (row->type == SB_FIELD_STRINGS) {
        if (is_first)
            *(size_t *)(params + row->has) = 0;
        status = add_string(store, index, field, (size_t *)(params + row->has), text, err);
    } else if (row->type == SB_FIELD_MATCHES) {
        status = add_matches(store, (sb_selection *)params, &row->option, text, is_first, err);
    } else if (row->type == SB_FIELD_STRING) {
        status = set_string(store, field, text, err);
    } else {
        store_number(row, field, value, is_first);
        if (row->has)
            *(bool *)(params + row->has) = !value->is_off;
        if (row->off)
            *(bool *)(params + row->off) = value->is_off;
    }
    if (!status)
        store->given |= UINT64_C(1) << index;
    return status;
}

sb_status sb_option_set(sb_option_targets *targets, const sb_option *option, const char *text, sb_error *err)
{
    const sb_option_row *row = sb_option_row_of(option);
    char *params = row ? params_of(targets, option->group) : NULL;
    if (!params)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, option->field, NULL,
                                  "%s is not an option here; leave it out", option->name);
    sb_option_value value;
    sb_status status = sb_option_read(&value, option, text, err);
    if (status)
        return status;
    if (!targets->store)
        targets->store = calloc(1, sizeof *targets->store);
    return targets->store ? store_value(targets->store, row, params, &value, text, err)
                          : sb_error_memory(err, "reading the options");
}

void sb_option_targets_finish(sb_option_targets *targets)
{
    struct sb_option_store *store = targets->store;
    for (size_t i = 0; store && i < store->n_strings; i++)
        free(store->strings[i]);
    for (size_t i = 0; store && i < SB_OPTIONS_MAX; i++)
        free(store->lists[i]);
    if (store) {
        free(store->strings);
        free(store->matches);
    }
    free(store);
    targets->store = NULL;
}
