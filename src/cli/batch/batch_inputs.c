#include "cli/batch/batch.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <sys/stat.h>

typedef struct file_id {
    dev_t device;
    ino_t file;
} file_id;

typedef struct inputs {
    file_id *items;
    size_t n_items;
} inputs;

static int by_id(const void *a, const void *b)
{
    const file_id *left = a, *right = b;
    if (left->device != right->device)
        return left->device < right->device ? -1 : 1;
    return (left->file > right->file) - (left->file < right->file);
}

static bool identify(file_id *out, const char *path)
{
    struct stat info;
    if (stat(path, &info) || !S_ISREG(info.st_mode))
        return false;
    *out = (file_id){info.st_dev, info.st_ino};
    return true;
}

static bool collect_inputs(inputs *out, const batch_plan *plan)
{
    const char *archive = cli_text(plan->context->args, CLI_OPT_ARCHIVE, NULL);
    *out = (inputs){.items = calloc(2 * plan->n_groups + 2, sizeof *out->items)};
    if (!out->items)
        return false;
    out->n_items += archive && identify(&out->items[out->n_items], archive);
    out->n_items += identify(&out->items[out->n_items], plan->list_path);
    for (size_t i = 0; i < plan->n_groups; i++) {
        out->n_items += identify(&out->items[out->n_items], plan->groups[i].audio_path);
        out->n_items += identify(&out->items[out->n_items], plan->groups[i].source_path);
    }
    qsort(out->items, out->n_items, sizeof *out->items, by_id);
    return true;
}

static bool is_input(const inputs *in, const char *path)
{
    file_id id;
    return identify(&id, path) && bsearch(&id, in->items, in->n_items, sizeof id, by_id);
}

static void refuse_output(batch_plan *plan, const batch_clip *clip, const char *path)
{
    sb_error reason = {0};
    sb_error_set_at(&reason, SB_ERR_EXISTS, path, 0, 0,
                    "is an input of this batch and is never overwritten; give the clip another name");
    batch_plan_fail_row(plan, clip->row, &reason);
}

/* Returns true if the clip may be written. Otherwise its row gets an error. */
static bool is_spared(batch_plan *plan, const inputs *in, const batch_clip *clip, bool *ok)
{
    unsigned captions = plan->list->rows[clip->row].clip.captions;
    bool spared = !is_input(in, clip->path);
    if (!spared)
        refuse_output(plan, clip, clip->path);
    for (size_t i = 0; spared && sb_clip_captions_format(i); i++) {
        char *path = captions & 1u << i ? sb_clip_captions_path(clip->path, i) : NULL;
        *ok = *ok && (path || !(captions & 1u << i));
        spared = !path || !is_input(in, path);
        if (!spared)
            refuse_output(plan, clip, path);
        free(path);
    }
    return spared;
}

sb_status batch_inputs_spare(batch_plan *plan, sb_error *err)
{
    inputs in;
    bool ok = collect_inputs(&in, plan);
    size_t kept = 0;
    for (size_t i = 0; i < plan->n_clips; i++) {
        batch_clip clip = plan->clips[i];
        if (!ok || is_spared(plan, &in, &clip, &ok))
            plan->clips[kept++] = clip;
        else
            free(clip.path);
    }
    plan->n_clips = kept;
    free(in.items);
    return ok ? SB_OK : sb_error_memory(err, "reading the list");
}
