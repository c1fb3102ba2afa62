#include "option/option.h"

#include <math.h>
#include <string.h>

static bool flag_at(const void *params, size_t at)
{
    return at && *(const bool *)((const char *)params + at);
}

/* Returns the field's value in the unit of the option's range. */
static double number_of(const sb_option_row *row, const void *params)
{
    const void *field = (const char *)params + row->at;
    switch (row->type) {
    case SB_FIELD_TIME:
    case SB_FIELD_FRAME:
        return (double)*(const sb_time *)field / (double)SB_TIME_SECOND;
    case SB_FIELD_INT:
    case SB_FIELD_ENUM:
        return *(const int *)field;
    case SB_FIELD_INT64:
        return (double)*(const int64_t *)field;
    case SB_FIELD_SIZE:
        return (double)*(const size_t *)field;
    case SB_FIELD_DOUBLE:
        return *(const double *)field;
    case SB_FIELD_BOOL:
        return *(const bool *)field;
    case SB_FIELD_BITS:
        return *(const unsigned *)field;
    default:
        return *(const void *const *)field != NULL;
    }
}

static bool has_number_type(const sb_option_row *row)
{
    return row->option.type == SB_OPTION_TIME || row->option.type == SB_OPTION_WHOLE ||
           row->option.type == SB_OPTION_NUMBER;
}

/* Returns true if the field does not have its default. */
static bool is_set(const sb_option_row *row, const void *params)
{
    if (row->type == SB_FIELD_STRINGS || row->type == SB_FIELD_MATCHES)
        return false;
    double value = number_of(row, params);
    if (row->type == SB_FIELD_ENUM)
        return value != 0;
    return value != 0 || flag_at(params, row->has);
}

static sb_status check_range(const sb_option_row *row, const void *params, sb_error *err)
{
    const sb_option *o = &row->option;
    double value = number_of(row, params);
    const char *unit = o->type == SB_OPTION_TIME ? " s" : "";
    if (value >= o->least && value <= o->most)
        return SB_OK;
    if (!isfinite(o->most))
        return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL, "%s is %.10g%s; give %.10g or more",
                                  o->name, value, unit, o->least);
    return sb_error_set_field(err, SB_ERR_ARGUMENT, o->field, NULL,
                              "%s is %.10g%s; give a value from %.10g to %.10g%s", o->name, value, unit,
                              o->least, o->most, unit);
}

static bool has_value(const sb_option_row *row, const char *value, const void *params)
{
    if (!value)
        return is_set(row, params);
    if (row->off && !strcmp(value, row->option.instead))
        return flag_at(params, row->off);
    if (row->type != SB_FIELD_ENUM || !is_set(row, params))
        return false;
    const char *name = row->option.choice((size_t)(number_of(row, params) - row->first));
    return name && !strncmp(name, value, strlen(value));
}

static sb_status check_conflict(const sb_option_conflict *c, sb_option_group group, const void *params,
                                sb_error *err)
{
    const sb_option_row *a = sb_option_row_of(sb_option_find(c->option));
    const sb_option_row *b = sb_option_row_of(sb_option_find(c->other));
    if (a->option.group != group || !has_value(a, c->value, params) || !is_set(b, params))
        return SB_OK;
    return sb_error_set_field(err, SB_ERR_ARGUMENT, c->fields, NULL, "%s; leave out one of the two", c->why);
}

sb_status sb_option_fields_check(sb_option_group group, const void *params, sb_error *err)
{
    const sb_option *option;
    const sb_option_conflict *conflict;
    for (size_t i = 0; (option = sb_option_at(i)); i++) {
        const sb_option_row *row = sb_option_row_of(option);
        if (option->group == group && has_number_type(row) && is_set(row, params) &&
            check_range(row, params, err))
            return SB_ERR_ARGUMENT;
    }
    for (size_t i = 0; (conflict = sb_option_conflict_at(i)); i++)
        if (check_conflict(conflict, group, params, err))
            return SB_ERR_ARGUMENT;
    return SB_OK;
}
