#include "cli/args/args.h"

#include "soundbite/clip.h"
#include "soundbite/export.h"
#include "soundbite/remap.h"
#include "soundbite/transcript.h"
#include "soundbite/video.h"

#include <string.h>
#include <strings.h>

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

static const struct frame_rate {
    const char *name;
    sb_time frame;
} frame_rates[] = {
    {"23.976", SB_TIME_SECOND / 24000 * 1001}, {"24", SB_TIME_SECOND / 24}, {"25", SB_TIME_SECOND / 25},
    {"29.97", SB_TIME_SECOND / 30000 * 1001},  {"30", SB_TIME_SECOND / 30}, {"50", SB_TIME_SECOND / 50},
    {"59.94", SB_TIME_SECOND / 60000 * 1001},  {"60", SB_TIME_SECOND / 60},
};

const char *cli_frame_rate_name(size_t index)
{
    return index < sizeof frame_rates / sizeof *frame_rates ? frame_rates[index].name : NULL;
}

sb_status cli_frame_wanted(sb_time *out, const cli_arguments *arguments, const char *format, sb_error *err)
{
    *out = 0;
    if (!cli_has(arguments, CLI_OPT_FPS))
        return SB_OK;
    if (!sb_export_has_frames(format))
        return sb_error_set(err, SB_ERR_ARGUMENT, "'%s' does not count frames; leave out --fps", format);
    *out = frame_rates[cli_whole(arguments, CLI_OPT_FPS, 0)].frame;
    return SB_OK;
}

static const char *format_by_extension(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;
    const char *name, *summary, *extension;
    for (size_t i = 0; dot && (name = sb_export_format(i, &summary, &extension)); i++)
        if (!strcasecmp(dot + 1, extension))
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
