#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "export/captions/captions.h"

typedef struct ordered {
    sb_caption cue;
    size_t index, first;
} ordered;

static int compare_cues(const void *a, const void *b)
{
    const ordered *x = a, *y = b;
    if (x->cue.start != y->cue.start)
        return x->cue.start < y->cue.start ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static bool is_in_order(const sb_captions *captions)
{
    for (size_t i = 1; i < captions->n_items; i++)
        if (captions->items[i].start < captions->items[i - 1].start)
            return false;
    return true;
}

static size_t width_of_line(const sb_caption *cue, size_t line)
{
    size_t width = 0;
    for (size_t i = 0; i < cue->n_items; i++)
        if (cue->items[i].line == line)
            width += cue->items[i].width + (width > 0 && !cue->items[i].joined);
    return width;
}

static bool wants_name(const sb_caption *cue, const char *last_speaker)
{
    return cue->n_items > 0 && cue->items[0].kind != SB_CAPTION_NAME &&
           !sb_same_text(cue->speaker, last_speaker);
}

static sb_status push_words(sb_caption_items *words, ordered *o, const char *last_speaker,
                            const sb_caption_params *params, sb_error *err)
{
    sb_caption *cue = &o->cue;
    size_t below = 0;
    sb_status status = SB_OK;
    o->first = words->n_items;
    if (params->names && wants_name(cue, last_speaker)) {
        sb_caption_item name = sb_caption_name(cue->speaker, cue->turn, cue->start);
        below = cue->n_lines < params->max_lines &&
                name.width + 1 + width_of_line(cue, 0) > params->max_line_width;
        cue->width += name.width + 1;
        status = sb_caption_items_push(words, &name, err);
    }
    for (size_t i = 0; i < cue->n_items && status == SB_OK; i++) {
        sb_caption_item item = cue->items[i];
        item.line += below;
        status = sb_caption_items_push(words, &item, err);
    }
    cue->n_items = words->n_items - o->first;
    cue->n_lines += below;
    return status;
}

static sb_status reorder(sb_captions *captions, ordered *all, const sb_caption_params *params, sb_error *err)
{
    sb_caption_items words = {0};
    size_t n = captions->n_items;
    sb_status status = SB_OK;
    for (size_t i = 0; i < n && status == SB_OK; i++)
        status = push_words(&words, &all[i], i > 0 ? all[i - 1].cue.speaker : NULL, params, err);
    if (status != SB_OK) {
        sb_caption_items_finish(&words);
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        captions->items[i] = all[i].cue;
        captions->items[i].items = words.items + all[i].first;
    }
    sb_caption_items_finish(&captions->words);
    captions->words = words;
    return SB_OK;
}

sb_status sb_captions_put_in_order(sb_captions *captions, const sb_caption_params *params, sb_error *err)
{
    if (is_in_order(captions))
        return SB_OK;
    ordered *all = calloc(captions->n_items, sizeof *all);
    if (!all)
        return sb_error_memory(err, "making captions");
    for (size_t i = 0; i < captions->n_items; i++)
        all[i] = (ordered){captions->items[i], i, 0};
    qsort(all, captions->n_items, sizeof *all, compare_cues);
    sb_status status = reorder(captions, all, params, err);
    free(all);
    return status;
}
