#include "cli/clips/clips.h"

#define LIST_LIMIT ((size_t)1 << 20)

sb_status cli_fillers_read(sb_fillers **out, const cli_context *context, sb_error *err)
{
    const char *path = cli_text(context->args, CLI_OPT_FILLERS, NULL);
    sb_bytes bytes = {0};
    *out = NULL;
    if (path && !sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_fillers_read(out, bytes.data, bytes.size, path, err);
    sb_bytes_finish(&bytes);
    return err->status;
}
