#include "cli/clips/clips.h"

#define LIST_LIMIT ((size_t)1 << 20)

static sb_status read_fillers(cli_dropping *out, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    if (!sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_fillers_read(&out->fillers, bytes.data, bytes.size, path, err);
    sb_bytes_finish(&bytes);
    return err->status;
}

sb_status cli_dropping_read(cli_dropping *out, const cli_context *context, sb_error *err)
{
    *out = (cli_dropping){0};
    sb_error reason = {0};
    const char *kinds = cli_text(context->args, CLI_OPT_DROP, NULL);
    const char *path = cli_text(context->args, CLI_OPT_FILLERS, NULL);
    if (kinds && sb_drop_parse(&out->kinds, kinds, &reason))
        return sb_error_set(err, SB_ERR_ARGUMENT, "--drop: %s", reason.message);
    return path ? read_fillers(out, path, err) : SB_OK;
}

void cli_dropping_finish(cli_dropping *dropping)
{
    sb_fillers_free(&dropping->fillers);
}

void cli_dropping_set(const cli_dropping *dropping, sb_clip_params *params)
{
    params->drop = dropping->kinds;
    params->fillers = dropping->fillers;
}
