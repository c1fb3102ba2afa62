#include "cli/session/session.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/term/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Returns the absolute folder of a file without symbolic links, or NULL if it does not exist. The caller
 * frees it. */
static char *real_folder(const char *path)
{
    const char *name = sb_path_name(path);
    char *folder = name > path ? sb_copy_bytes(path, (size_t)(name - path)) : sb_copy_text(".", NULL);
    char *real = folder ? realpath(folder, NULL) : NULL;
    free(folder);
    return real;
}

/* Returns the length of the common beginning of two absolute folders, in whole components. */
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

char *cli_path_seen_from(const char *from, const char *file)
{
    char *viewpoint = real_folder(from), *folder = real_folder(file);
    sb_bytes out = {0};
    if (viewpoint && folder) {
        size_t common = common_length(viewpoint, folder);
        for (const char *at = viewpoint + common; *at; at++)
            if (*at == '/' && at[1])
                sb_bytes_text(&out, "../");
        const char *rest = folder + common;
        rest += *rest == '/';
        sb_bytes_print(&out, "%s%s%s", rest, *rest ? "/" : "", sb_path_name(file));
    }
    free(viewpoint);
    free(folder);
    if (out.failed)
        sb_bytes_finish(&out);
    return out.data;
}

static bool exists(const char *path)
{
    return path && access(path, F_OK) == 0;
}

char *cli_audio_of_alignment(const char *audio_path, const char *source_path)
{
    const char *name = sb_path_name(source_path);
    int folder = (int)(name - source_path);
    char *found = NULL;
    for (int i = 0; i < 4 && !exists(found); i++) {
        free(found);
        found = i == 0   ? sb_copy_text(audio_path, NULL)
                : i == 1 ? sb_text_print("%.*s%s", folder, source_path, audio_path)
                : i == 2 ? sb_text_print("%.*s../%s", folder, source_path, audio_path)
                         : sb_text_print("%.*s%s", folder, source_path, sb_path_name(audio_path));
    }
    if (!exists(found)) {
        free(found);
        return NULL;
    }
    return found;
}

char *cli_media_seen_from_output(cli_context *context, const char *audio_path, const char *source_path)
{
    const char *output = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    if (!audio_path || *audio_path == '/')
        return NULL;
    char *found = cli_audio_of_alignment(audio_path, source_path);
    if (!found) {
        cli_message_warning(
            context, source_path,
            "the audio %s is not there, so the output refers to it by this name; run the command in the "
            "folder in which it was aligned",
            audio_path);
        return NULL;
    }
    char *seen = cli_path_seen_from(output && strcmp(output, "-") ? output : "-", found);
    free(found);
    return seen;
}
