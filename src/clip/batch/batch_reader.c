#include "clip/batch/batch.h"

#include "base/run/run.h"

sb_batch_row *sb_batch_row_add(sb_batch_reader *r, int64_t line, sb_error *err)
{
    if (!sb_push_room(&r->list->rows, r->list->n_rows, sizeof *r->list->rows)) {
        sb_error_memory(err, "reading the list");
        return NULL;
    }
    sb_batch_row *row = &r->list->rows[r->list->n_rows++];
    sb_batch_row_init(row, line, r->defaults);
    return row;
}

sb_status sb_batch_row_end(const sb_batch_reader *r, sb_batch_row *row, sb_status status,
                           const sb_error *reason, sb_error *err)
{
    sb_error checked = *reason;
    if (!status)
        status = sb_batch_row_check(row, &checked);
    if (status == SB_ERR_MEMORY)
        return sb_error_memory(err, "reading the list");
    if (status) {
        sb_error_set_at(&row->error, status, r->path, checked.line ? checked.line : row->line, checked.column,
                        "%s", checked.message);
        row->error.field = checked.field;
    }
    return SB_OK;
}

sb_status sb_batch_take_stranger(sb_batch_reader *r, const char *path, int64_t line, const char *noun,
                                 const char *name, sb_error *err)
{
    bool is_misspelt;
    const char *refusal = sb_batch_column_refused(name),
               *nearest = sb_batch_column_nearest(name, &is_misspelt);
    if (refusal)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, line, 0, "%s '%.60s' is not possible: %s", noun,
                               name, refusal);
    if (is_misspelt)
        return sb_error_set_at(err, SB_ERR_FORMAT, path, line, 0,
                               "unknown %s '%.60s'; did you mean '%s'? Rename it, or leave it out", noun,
                               name, nearest);
    return sb_batch_strangers_add(&r->strangers, name) ? SB_OK : sb_error_memory(err, "reading the list");
}

bool sb_batch_column_wanted(const sb_batch_column *column, size_t best)
{
    size_t rank = sb_batch_phrase_rank(column);
    return column->name && (rank == SIZE_MAX || rank <= best);
}
