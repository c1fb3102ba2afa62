#include "cli/batch/batch.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/session/session.h"
#include "cli/term/term.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct counts {
    size_t n_rows, n_failed, n_unmatched, n_made, n_kept, n_warnings;
    sb_time audio;
} counts;

bool batch_row_unmatched(const sb_batch_row *row)
{
    return row->error.status == SB_ERR_NOT_FOUND;
}

bool batch_row_failed(const sb_batch_row *row)
{
    return row->error.status && !batch_row_unmatched(row);
}

static void add_clip(counts *c, const batch_clip *clip)
{
    const sb_clip_result *result = &clip->result;
    if (result->status)
        return;
    c->n_kept += clip->recalled;
    c->n_made += !clip->recalled;
    c->n_warnings += result->n_warnings;
    if (result->source_rate)
        c->audio += sb_time_from_samples(result->end_sample - result->start_sample, result->source_rate);
}

static void add_counts(counts *to, const counts *from)
{
    to->n_rows += from->n_rows;
    to->n_failed += from->n_failed;
    to->n_unmatched += from->n_unmatched;
    to->n_made += from->n_made;
    to->n_kept += from->n_kept;
    to->n_warnings += from->n_warnings;
    to->audio += from->audio;
}

/* Counts the rows of each episode, and finally the rows without an episode. */
static void count(counts *of_group, const batch_plan *plan)
{
    for (size_t i = 0; i < plan->list->n_rows; i++) {
        size_t group = plan->group_of_row[i] == SIZE_MAX ? plan->n_groups : plan->group_of_row[i];
        if (!plan->mine[i])
            continue;
        of_group[group].n_rows++;
        of_group[group].n_failed += batch_row_failed(&plan->list->rows[i]);
        of_group[group].n_unmatched += batch_row_unmatched(&plan->list->rows[i]);
    }
    for (size_t i = 0; i < plan->n_clips; i++)
        add_clip(&of_group[plan->clips[i].group], &plan->clips[i]);
}

static void add_count_line(sb_bytes *out, const counts *c, const char *name)
{
    char audio[SB_TIME_TEXT];
    sb_bytes_print(out, "%6zu  %6zu  %6zu  %6zu  %8zu  %8zu  %8s  ", c->n_rows, c->n_made, c->n_kept,
                   c->n_failed, c->n_unmatched, c->n_warnings, sb_time_print(audio, c->audio, 0));
    sb_append_printable(out, name);
    sb_bytes_text(out, "\n");
}

static void add_table(sb_bytes *out, const counts *of_group, const batch_plan *plan)
{
    counts all = {0};
    sb_bytes_print(out, "\n%6s  %6s  %6s  %6s  %8s  %8s  %8s  %s\n", "Rows", "Made", "Kept", "Failed",
                   "No match", "Warnings", "Audio", "Episode");
    for (size_t i = 0; i < plan->n_groups; i++) {
        char *name = batch_group_name(plan, i);
        out->failed = out->failed || !name;
        add_count_line(out, &of_group[i], name ? name : "");
        add_counts(&all, &of_group[i]);
        free(name);
    }
    if (of_group[plan->n_groups].n_rows)
        add_count_line(out, &of_group[plan->n_groups], "(rows that cannot be read)");
    add_counts(&all, &of_group[plan->n_groups]);
    char label[48];
    snprintf(label, sizeof label, "in all, %zu episode%s", plan->n_groups, plan->n_groups == 1 ? "" : "s");
    add_count_line(out, &all, label);
}

sb_status batch_summary_show(const batch_plan *plan, sb_error *err)
{
    const cli_context *context = plan->context;
    sb_bytes text = {0};
    if (context->quiet)
        return SB_OK;
    counts *of_group = calloc(plan->n_groups + 1, sizeof *of_group);
    if (of_group) {
        count(of_group, plan);
        add_table(&text, of_group, plan);
    }
    if (!of_group || text.failed)
        sb_error_memory(err, "reading the list");
    else if (cli_has(context->args, CLI_OPT_JSON))
        fwrite(text.data, 1, text.size, stderr);
    else
        cli_print(text.data, text.size, err);
    free(of_group);
    sb_bytes_finish(&text);
    return err->status;
}
