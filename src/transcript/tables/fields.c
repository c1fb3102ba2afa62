#include "transcript/tables/tables.h"

static bool is_blank_char(char c)
{
    return c == ' ' || c == '\t';
}

sb_fields sb_fields_split(const char *text, const sb_line *line, size_t n_max)
{
    sb_fields fields = {0};
    size_t at = line->at, end = line->at + line->length;
    n_max = n_max < SB_FIELDS_MAX ? n_max : SB_FIELDS_MAX;
    while (fields.n < n_max) {
        while (at < end && is_blank_char(text[at]))
            at++;
        if (at == end)
            break;
        size_t stop = at;
        while (stop < end && !is_blank_char(text[stop]))
            stop++;
        if (fields.n + 1 == n_max)
            stop = end;
        fields.items[fields.n++] = sb_range_trim(text, (sb_range){at, stop - at});
        at = stop;
    }
    return fields;
}

sb_time sb_field_seconds(const char *text, sb_range field)
{
    sb_stamp stamp = sb_stamp_number(text + field.at, field.length, SB_TIME_SECOND);
    return stamp.length == field.length && field.length > 0 && !stamp.problem ? stamp.time : SB_TIME_NONE;
}

size_t sb_label_number(sb_label_list *list, const char *text, sb_range label)
{
    for (size_t i = 0; i < list->n; i++)
        if (sb_ranges_equal(text, list->items[i], label))
            return i;
    if (list->n == SB_LABELS_MAX)
        return SB_LABELS_MAX - 1;
    list->items[list->n] = label;
    return list->n++;
}
