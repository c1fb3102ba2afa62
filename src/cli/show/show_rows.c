#include "cli/show/show.h"

#include "base/run/run.h"
#include "cli/term/term.h"

#include <stdlib.h>

static void warn_of_unpaired(cli_context *context, const sb_show *show)
{
    for (size_t i = 0; i < show->n_episodes; i++) {
        const sb_episode *e = &show->episodes[i];
        if (e->status != SB_EPISODE_PAIRED)
            cli_message_warning(context, e->audio ? e->audio : e->transcript, "has no pair: %s", e->reason);
    }
}

static sb_status check_paired(const sb_show *show, const char *source, sb_error *err)
{
    size_t n_audio = 0;
    for (size_t i = 0; i < show->n_episodes; i++)
        n_audio += show->episodes[i].audio != NULL;
    if (show->n_paired)
        return SB_OK;
    return sb_error_set_at(
        err, SB_ERR_NOT_FOUND, source, 0, 0,
        "none of %zu audio file%s has a transcript; give both the same name, or write a list with "
        "the columns audio and transcript",
        n_audio, cli_plural(n_audio));
}

static sb_status add_row(sb_batch_list *list, const sb_episode *episode, const sb_clip_params *defaults,
                         sb_error *err)
{
    bool ok = true;
    sb_batch_row *row = &list->rows[list->n_rows++];
    *row = (sb_batch_row){.audio = sb_copy_text(episode->audio, &ok),
                          .transcript = sb_copy_text(episode->transcript, &ok)};
    if (defaults)
        row->clip = *defaults;
    return ok ? SB_OK : sb_error_memory(err, "reading the folder");
}

sb_status cli_show_read_paired(sb_show **out, cli_context *context, const char *const *sources, size_t n,
                               sb_error *err)
{
    if (cli_show_read(out, context, sources, n, err))
        return err->status;
    warn_of_unpaired(context, *out);
    if (check_paired(*out, sources[0], err))
        sb_show_free(out);
    return err->status;
}

sb_status cli_show_rows(sb_batch_list **out, cli_context *context, const char *const *sources, size_t n,
                        const sb_clip_params *defaults, sb_error *err)
{
    sb_show *show = NULL;
    *out = NULL;
    if (cli_show_read_paired(&show, context, sources, n, err))
        return err->status;
    sb_batch_list *list = calloc(1, sizeof *list);
    if (list)
        list->rows = calloc(show->n_episodes + 1, sizeof *list->rows);
    if (!list || !list->rows)
        sb_error_memory(err, "reading the folder");
    for (size_t i = 0; i < show->n_episodes && !err->status; i++)
        if (show->episodes[i].status == SB_EPISODE_PAIRED)
            add_row(list, &show->episodes[i], defaults, err);
    if (err->status)
        sb_batch_list_free(&list);
    *out = list;
    sb_show_free(&show);
    return err->status;
}
