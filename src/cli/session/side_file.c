#include "cli/session/session.h"

#include "base/run/run.h"

#include <string.h>

sb_status cli_side_file_open(cli_side_file *out, const cli_context *context, cli_option_id option,
                             sb_error *err)
{
    const char *path = cli_text(context->args, option, NULL);
    *out = (cli_side_file){.path = path};
    if (!path)
        return SB_OK;
    if (!strcmp(path, cli_text(context->args, CLI_OPT_OUTPUT, "-")))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--%s and the report would both write to %s; name another file",
                            cli_options[option].name, strcmp(path, "-") ? path : "standard output");
    if (cli_output_not_input(context, path, err))
        return SB_ERR_EXISTS;
    if (context->dry_run)
        return cli_output_look(context, path, err);
    return sb_output_open(&out->output, path, context->force, err);
}

sb_status cli_side_file_write(cli_side_file *file, const cli_context *context, const sb_bytes *data,
                              sb_error *err)
{
    if (!file->path)
        return SB_OK;
    if (data->failed)
        return sb_error_memory(err, "writing the output");
    if (context->dry_run)
        return cli_output_tell(file->path, data->size, err);
    sb_status status = sb_output_write(file->output, data->data, data->size, err);
    return status ? status : sb_output_commit(&file->output, err);
}

void cli_side_file_finish(cli_side_file *file)
{
    sb_output_abort(&file->output);
}
