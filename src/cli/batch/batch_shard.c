#include "cli/batch/batch.h"

#include "base/run/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MOST_SHARDS 100000

static bool read_count(size_t *out, const char **text)
{
    *out = 0;
    if (**text < '0' || **text > '9')
        return false;
    for (; **text >= '0' && **text <= '9' && *out <= MOST_SHARDS; ++*text)
        *out = *out * 10 + (size_t)(**text - '0');
    return *out >= 1 && *out <= MOST_SHARDS;
}

sb_status batch_shard_read(batch_shard *out, const cli_arguments *arguments, sb_error *err)
{
    const char *text = cli_text(arguments, CLI_OPT_SHARD, NULL), *at = text;
    *out = (batch_shard){0};
    if (!text)
        return SB_OK;
    if (read_count(&out->k, &at) && *at++ == '/' && read_count(&out->n, &at) && !*at && out->k <= out->n)
        return SB_OK;
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "--shard takes K/N such as 2/8, with K from 1 to N and N up to %d, not '%s'",
                        MOST_SHARDS, text);
}

/* The file name for an id, and its row. */
typedef struct id_name {
    char *name;
    size_t row;
} id_name;

static int by_name(const void *a, const void *b)
{
    const id_name *left = a, *right = b;
    int order = strcasecmp(left->name, right->name);
    return order ? order : (left->row > right->row) - (left->row < right->row);
}

static bool has_field(const char *template_text, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = template_text; at && (at = strchr(at, '{')); at++)
        if (!strncmp(at + 1, name, length) && (at[1 + length] == '}' || at[1 + length] == ':'))
            return true;
    return false;
}

/* True if the name depends on the id and not on the row's number. */
static bool is_named_by_id(const sb_batch_row *row)
{
    if (!row->template_text)
        return row->id != NULL;
    return row->id && has_field(row->template_text, "id") && !has_field(row->template_text, "n");
}

static bool is_named_by_number(const sb_batch_row *row)
{
    return row->template_text ? has_field(row->template_text, "n") : !row->id;
}

static void fail_row(sb_batch_row *row, const char *list_path, const char *message)
{
    sb_error_set_at(&row->error, SB_ERR_ARGUMENT, list_path, row->line, 0, "%s", message);
}

/* Fails rows whose id also occurs in another shard. */
static void fail_common_ids(bool *mine, sb_batch_list *list, const id_name *ids, size_t n,
                            const char *list_path)
{
    for (size_t begin = 0, end; begin < n; begin = end) {
        bool own = false, other = false;
        for (end = begin; end < n && !strcasecmp(ids[end].name, ids[begin].name); end++) {
            own = own || mine[ids[end].row];
            other = other || !mine[ids[end].row];
        }
        for (size_t i = begin; i < end && own && other; i++)
            if (mine[ids[i].row])
                fail_row(
                    &list->rows[ids[i].row], list_path,
                    "another shard has a row with the same id, so two clips would get the same name; give "
                    "each row its own id, or add {n} to output");
    }
}

static sb_status check_names(bool *mine, sb_batch_list *list, const char *list_path, sb_error *err)
{
    size_t n = 0;
    bool ok = true;
    id_name *ids = calloc(list->n_rows + 1, sizeof *ids);
    for (size_t i = 0; ids && ok && i < list->n_rows; i++) {
        sb_batch_row *row = &list->rows[i];
        if (row->error.status)
            continue;
        if (is_named_by_id(row)) {
            ids[n] = (id_name){sb_file_name_safe(row->id, 200), i};
            ok = ids[n++].name != NULL;
        } else if (!is_named_by_number(row) && mine[i]) {
            fail_row(row, list_path,
                     "a clip of another shard could get the same name; add {n} or {id} to output");
        }
    }
    ok = ok && ids;
    if (ok && n) {
        qsort(ids, n, sizeof *ids, by_name);
        fail_common_ids(mine, list, ids, n, list_path);
    }
    for (size_t i = 0; i < n; i++)
        free(ids[i].name);
    free(ids);
    return ok ? SB_OK : sb_error_memory(err, "reading the list");
}

sb_status batch_shard_choose(bool *mine, sb_batch_list *list, const batch_shard *shard, const char *list_path,
                             sb_error *err)
{
    if (shard->n == 0) {
        for (size_t i = 0; i < list->n_rows; i++)
            mine[i] = true;
        return SB_OK;
    }
    if (sb_batch_list_shard(mine, list, shard->k, shard->n, err))
        return err->status;
    return check_names(mine, list, list_path, err);
}
