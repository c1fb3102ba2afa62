#include "clip/batch/batch.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

void sb_batch_list_free(sb_batch_list **list)
{
    if (!*list)
        return;
    for (size_t i = 0; i < (*list)->n_rows; i++)
        sb_batch_row_finish(&(*list)->rows[i]);
    free((*list)->rows);
    free(*list);
    *list = NULL;
}

static sb_status read_text(sb_batch_reader *r, const char *text, size_t size, sb_error *err)
{
    size_t blanks = 0;
    if (memchr(text, 0, size))
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, 0, 0,
                               "the list is not text; save it as \"CSV UTF-8\"");
    while (blanks < size && strchr(" \t\r\n", text[blanks]))
        blanks++;
    if (blanks == size || text[blanks] != '{')
        return sb_batch_table_read(r, text, size, err);
    sb_status status = sb_batch_json_read(r, text, size, err);
    if (!status)
        sb_batch_strangers_note(&r->strangers, r->notes, r->path, 0);
    return status;
}

sb_status sb_batch_list_read(sb_batch_list **out, const void *data, size_t size, const char *path,
                             const sb_clip_params *defaults, sb_notes *notes, sb_error *err)
{
    sb_bytes text = {0};
    const char *encoding;
    bool lossy = false;
    *out = NULL;
    sb_batch_list *list = calloc(1, sizeof *list);
    bool ok = list && sb_encoding_decode(&text, &encoding, &lossy, size ? data : "", size);
    sb_batch_reader r = {.list = list, .path = path, .defaults = defaults, .notes = notes};
    if (lossy)
        sb_notes_add(notes, path, 0, 0,
                     "some characters cannot be read and became U+FFFD; save it as \"CSV UTF-8\"");
    sb_status status = ok ? read_text(&r, text.data ? text.data : "", text.size, err)
                          : sb_error_memory(err, "reading the list");
    sb_batch_strangers_finish(&r.strangers);
    sb_bytes_finish(&text);
    if (status)
        sb_batch_list_free(&list);
    *out = list;
    return status;
}
