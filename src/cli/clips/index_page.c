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

/* Returns the absolute folder of a file without symbolic links, or NULL if it does not exist. The caller
 * frees it. */
static char *real_folder(const char *path)
{
    char *folder = cli_list_folder(path), *real = folder ? realpath(*folder ? folder : ".", NULL) : NULL;
    free(folder);
    return real;
}

/* Returns the length that two absolute folders have in common, in whole components. */
static size_t common_length(const char *a, const char *b)
{
    size_t common = 0;
    for (size_t i = 0;; i++) {
        bool ends_a = !a[i] || a[i] == '/', ends_b = !b[i] || b[i] == '/';
        if (ends_a && ends_b)
            common = i;
        if (!a[i] || a[i] != b[i])
            return common;
    }
}

/* Returns `file` relative to the folder `from`, such as "../clips/a.mp3". The caller frees it. Returns NULL
 * if memory runs out. */
static char *path_from(const char *from, const char *file)
{
    char *folder = real_folder(file);
    sb_bytes out = {0};
    if (!folder)
        return NULL;
    size_t common = common_length(from, folder);
    for (const char *at = from + common; *at; at++)
        if (*at == '/' && at[1])
            sb_bytes_text(&out, "../");
    const char *rest = folder + common;
    rest += *rest == '/';
    sb_bytes_print(&out, "%s%s%s", rest, *rest ? "/" : "", sb_path_name(file));
    free(folder);
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}

static sb_status find_paths(char **paths, const char *path, sb_clip_page_item *items, size_t n, sb_error *err)
{
    char *from = real_folder(path);
    bool ok = from;
    for (size_t i = 0; ok && i < n; i++) {
        items[i].path = paths[i] = path_from(from, items[i].result->file);
        ok = paths[i];
    }
    free(from);
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
