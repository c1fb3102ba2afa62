#include "cli/clips/clips.h"

#include "base/run/run.h"
#include "cli/session/session.h"

#include "base/text/text.h"
#include "soundbite/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *page_path(const cli_context *context)
{
    return cli_text(context->args, CLI_OPT_INDEX, NULL);
}

sb_status cli_index_check(const cli_context *context, bool overwrite, sb_error *err)
{
    const char *path = page_path(context);
    struct stat info;
    if (!path)
        return SB_OK;
    if (!strcmp(path, "-"))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--index must be a file next to the clips, not standard output; name one such as "
                            "clips/index.html");
    if (cli_output_not_input(context, path, err))
        return err->status;
    if (overwrite && !stat(path, &info) && S_ISREG(info.st_mode))
        return SB_OK;
    return cli_output_look(context, path, err);
}

static sb_status find_paths(char **paths, const char *path, sb_clip_page_item *items, size_t n, sb_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        items[i].path = paths[i] = cli_path_seen_from(path, items[i].result->file);
        ok = paths[i];
    }
    return ok ? SB_OK
              : sb_error_set_at(err, SB_ERR_IO, path, 0, 0,
                                "cannot link to the clips; check that their folders still exist");
}

sb_status cli_index_write(const cli_context *context, sb_clip_page_item *items, size_t n, const char *title,
                          bool overwrite, sb_error *err)
{
    const char *path = page_path(context);
    sb_bytes html = {0};
    if (!path)
        return SB_OK;
    if (context->dry_run)
        return cli_output_tell_beside(context, path, err);
    if (n == 0)
        return SB_OK;
    if (sb_folders_make(path, err))
        return err->status;
    char **paths = calloc(n + 1, sizeof *paths);
    if (!paths)
        return sb_error_memory(err, "writing the index page");
    if (!find_paths(paths, path, items, n, err)) {
        sb_clip_page_write_html(&html, items, n, title);
        if (html.failed)
            sb_error_memory(err, "writing the index page");
        else
            sb_file_write(path, html.data, html.size, overwrite, err);
    }
    for (size_t i = 0; i < n; i++)
        free(paths[i]);
    free(paths);
    sb_bytes_finish(&html);
    return err->status;
}
