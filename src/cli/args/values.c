#include "cli/args/args.h"

sb_status cli_value_read(cli_value *out, const cli_option *option, const char *text, sb_error *err)
{
    sb_error reason = {0};
    *out = (cli_value){.option = option, .text = text};
    /* The message begins with the option's name. */
    if (sb_option_read(&out->value, cli_option_as(option), text, &reason))
        return sb_error_set(err, reason.status, "--%s", reason.message);
    return SB_OK;
}

sb_status cli_arguments_store(const cli_arguments *arguments, sb_option_targets *targets, sb_error *err)
{
    const void *const params[] = {
        [SB_OPTION_SELECTION] = targets->selection, [SB_OPTION_CLIP] = targets->clip,
        [SB_OPTION_MONTAGE] = targets->montage,     [SB_OPTION_NAMES] = targets->names,
        [SB_OPTION_ALIGN] = targets->align,         [SB_OPTION_MEDIA] = targets->media,
        [SB_OPTION_RENDER] = targets->render,       [SB_OPTION_DRIFT] = targets->drift,
        [SB_OPTION_EXPORT] = targets->exporting,    [SB_OPTION_OTHER] = NULL,
    };
    for (size_t i = 0; i < arguments->n_values; i++) {
        const cli_value *value = &arguments->values[i];
        const sb_option *option = cli_option_as(value->option);
        if (params[option->group] && sb_option_set(targets, option, value->text, err))
            return SB_ERR_MEMORY;
    }
    return SB_OK;
}
