#include "cli/args/args.h"

#include "base/text/text.h"
#include "soundbite/clip.h"
#include "soundbite/export.h"
#include "soundbite/remap.h"
#include "soundbite/transcript.h"
#include "soundbite/video.h"

const char *cli_format_name(size_t index)
{
    const char *summary, *extension;
    return sb_export_format(index, &summary, &extension);
}

const char *cli_format_summary(size_t index)
{
    const char *summary = NULL, *extension;
    sb_export_format(index, &summary, &extension);
    return summary;
}

const char *cli_reader_name(size_t index)
{
    const char *summary;
    return sb_transcript_format(index, &summary);
}

const char *cli_list_format_name(size_t index)
{
    return sb_time_list_format(index, NULL);
}

const char *cli_profile_name(size_t index)
{
    const sb_profile *profile = sb_profile_at(index);
    return profile ? profile->name : NULL;
}

sb_status cli_export_params_read(sb_export_params *out, const cli_arguments *arguments, const char *format,
                                 sb_error *err)
{
    *out = (sb_export_params){0};
    sb_option_targets targets = {.exporting = out};
    if (!cli_arguments_store(arguments, &targets, err))
        sb_export_params_check(out, format, err);
    sb_option_targets_finish(&targets);
    return err->status;
}

static const char *format_by_extension(const char *path)
{
    const char *name, *summary, *extension;
    for (size_t i = 0; (name = sb_export_format(i, &summary, &extension)); i++)
        if (sb_path_has_extension(path, extension))
            return name;
    return NULL;
}

const char *cli_format_wanted(const cli_arguments *arguments, const char *fallback)
{
    const char *format = cli_text(arguments, CLI_OPT_TO, NULL);
    if (!format)
        format = format_by_extension(cli_text(arguments, CLI_OPT_OUTPUT, NULL));
    return format ? format : fallback;
}
