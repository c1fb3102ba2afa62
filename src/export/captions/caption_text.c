#include "export/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "export/captions/captions.h"
#include "export/text/text.h"

void sb_caption_item_append(sb_bytes *out, const sb_caption_item *item)
{
    char *text = sb_copy_bytes(item->text, item->size);
    out->failed = out->failed || !text;
    if (text)
        sb_one_line_append(out, text);
    free(text);
    /* A complete name ends with a NUL; a part of a name does not. */
    if (item->kind == SB_CAPTION_NAME && !item->text[item->size] &&
        strcmp(item->text, SB_CAPTION_NOBODY) != 0)
        sb_bytes_text(out, ":");
}

const char *sb_caption_blank(const sb_caption *cue, size_t index, const char *line_end)
{
    const sb_caption_item *item = &cue->items[index];
    if (index == 0)
        return "";
    if (line_end && item->line != item[-1].line)
        return line_end;
    return item->joined ? "" : " ";
}

void sb_caption_append(sb_bytes *out, const sb_caption *cue, const char *line_end)
{
    for (size_t i = 0; i < cue->n_items; i++) {
        sb_bytes_text(out, sb_caption_blank(cue, i, line_end));
        sb_caption_item_append(out, &cue->items[i]);
    }
}
