#include "cli/batch/batch.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/args/args.h"
#include "cli/show/show.h"
#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Rows of whole episodes, which the options for selections select from. */

bool batch_selects_nothing(const sb_selection *s)
{
    return !s->n_phrases && !s->n_near && !s->n_sounds && !s->n_regexes && !s->n_speakers && !s->from &&
           !s->until && !s->from_phrase && !s->until_phrase && !s->min_length && !s->max_length &&
           !s->has_from && !s->has_until && !s->has_max_length && !s->limit && !s->match && !s->each &&
           !s->fuzzy && s->expand == SB_EXPAND_AUTO;
}

/* The folders above an audio file that its name needs to differ from the others, and its name: "S2-ep1". */
static char *label_of(const char *path, int n_folders)
{
    const char *from = sb_path_name(path);
    for (int i = 0; i < n_folders && from > path; i++) {
        from--;
        while (from > path && from[-1] != '/')
            from--;
    }
    char *label =
        sb_copy_bytes(from, strlen(from) - strlen(sb_path_name(path)) + sb_path_stem(sb_path_name(path)));
    for (char *at = label; at && *at; at++)
        *at = *at == '/' ? '-' : *at;
    return label;
}

typedef struct episode_label {
    char *text;
    size_t row;
    int n_folders;
} episode_label;

static int by_label(const void *x, const void *y)
{
    const episode_label *a = x, *b = y;
    int order = strcasecmp(a->text, b->text);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

#define MOST_FOLDERS 8

/* Adds folders to the labels that are equal. Returns true if it changed one. */
static bool extend_labels(episode_label *labels, size_t n, const sb_batch_list *list, bool *ok)
{
    bool changed = false;
    qsort(labels, n, sizeof *labels, by_label);
    for (size_t begin = 0, end; begin < n && *ok; begin = end) {
        for (end = begin + 1; end < n && !strcasecmp(labels[end].text, labels[begin].text); end++)
            continue;
        for (size_t i = begin; end - begin > 1 && i < end && *ok && labels[i].n_folders < MOST_FOLDERS; i++) {
            char *longer = label_of(list->rows[labels[i].row].audio, ++labels[i].n_folders);
            *ok = longer != NULL;
            if (longer)
                free(labels[i].text);
            labels[i].text = longer ? longer : labels[i].text;
            changed = true;
        }
    }
    return changed;
}

/* Labels that folders cannot tell apart, such as those of two formats, get numbers. */
static bool take_labels(episode_label *labels, size_t n, sb_batch_list *list)
{
    size_t number = 1;
    for (size_t i = 0; i < n; i++) {
        number = i && !strcasecmp(labels[i].text, labels[i - 1].text) ? number + 1 : 1;
        sb_batch_row *row = &list->rows[labels[i].row];
        row->id =
            number > 1 ? sb_text_print("%s-%zu", labels[i].text, number) : sb_copy_text(labels[i].text, NULL);
        if (!row->id)
            return false;
    }
    return true;
}

static bool name_episodes(batch_plan *plan)
{
    size_t n = 0;
    sb_batch_list *list = plan->list;
    episode_label *labels = calloc(list->n_rows + 1, sizeof *labels);
    bool ok = labels != NULL;
    for (size_t i = 0; ok && i < list->n_rows; i++) {
        if (!plan->is_episode[i] || list->rows[i].id)
            continue;
        labels[n] = (episode_label){.text = label_of(list->rows[i].audio, 0), .row = i};
        ok = labels[n++].text != NULL;
    }
    while (ok && n && extend_labels(labels, n, list, &ok))
        continue;
    if (ok && n)
        qsort(labels, n, sizeof *labels, by_label);
    ok = ok && take_labels(labels, n, list);
    for (size_t i = 0; i < n; i++)
        free(labels[i].text);
    free(labels);
    return ok;
}

sb_status batch_episodes_select(batch_plan *plan, const sb_selection *selection, sb_error *err)
{
    bool given = cli_selection_given(plan->context->args);
    size_t n_selected = 0;
    plan->is_episode = calloc(plan->list->n_rows + 1, sizeof *plan->is_episode);
    if (!plan->is_episode)
        return sb_error_memory(err, "reading the list");
    for (size_t i = 0; i < plan->list->n_rows; i++) {
        sb_batch_row *row = &plan->list->rows[i];
        plan->is_episode[i] =
            !row->error.status && batch_selects_nothing(&row->selection) && (given || plan->is_show);
        if (plan->is_episode[i])
            row->selection = *selection;
        n_selected += plan->is_episode[i] || row->error.status;
    }
    if (given && !n_selected)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "the options for the selection have no effect, because every row of the list selects quotes "
            "itself; leave them out");
    return name_episodes(plan) ? SB_OK : sb_error_memory(err, "reading the list");
}

char *batch_group_name(const batch_plan *plan, size_t group)
{
    for (size_t i = 0; i < plan->list->n_rows; i++)
        if (plan->is_episode[i] && plan->group_of_row[i] == group)
            return sb_copy_text(plan->list->rows[i].id, NULL);
    return cli_episode_name(plan->groups[group].audio_path);
}

typedef struct align_ahead {
    batch_plan *plan;
    batch_group **groups;
    size_t n;
} align_ahead;

static void align_ahead_job(void *user, size_t index, sb_bytes *result)
{
    const align_ahead *ahead = user;
    (void)result;
    cli_progress_init(&ahead->plan->context->progress, CLI_PROGRESS_NONE, true);
    batch_group_align(ahead->plan, ahead->groups[index]);
}

/* Saved alignments and those of an archive need no process. */
static void list_unaligned(align_ahead *out, batch_plan *plan)
{
    for (size_t i = 0; i < plan->n_groups; i++)
        if (!plan->groups[i].error.status && !plan->groups[i].source.alignment)
            out->groups[out->n++] = &plan->groups[i];
}

sb_status batch_align_ahead(batch_plan *plan, sb_error *err)
{
    cli_context *context = plan->context;
    char folder[4096];
    bool has_cache = !cli_has(context->args, CLI_OPT_NO_CACHE) && !context->dry_run &&
                     cli_cache_folder(folder, sizeof folder, true);
    int jobs = (int)cli_whole(context->args, CLI_OPT_JOBS, 0);
    if (plan->n_groups < 2 || !has_cache || jobs == 1 || (!jobs && sb_cores() == 1))
        return SB_OK;
    align_ahead ahead = {.plan = plan, .groups = calloc(plan->n_groups, sizeof(batch_group *))};
    cli_work *works = calloc(plan->n_groups, sizeof *works);
    if (ahead.groups && works)
        list_unaligned(&ahead, plan);
    else
        sb_error_memory(err, "aligning");
    if (ahead.n > 1)
        cli_workers_run(works, ahead.n, jobs, "episodes", align_ahead_job, &ahead, context, err);
    cli_works_finish(works, ahead.n);
    free(ahead.groups);
    return err->status;
}
