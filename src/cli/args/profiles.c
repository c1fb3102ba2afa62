#include "cli/args/args.h"

#include "soundbite/video.h"

static void add_seconds(sb_bytes *out, const char *before, sb_time length)
{
    char text[SB_TIME_TEXT];
    if (length)
        sb_bytes_print(out, ", %s %s s", before,
                       sb_time_print_seconds(text, length, length % SB_TIME_SECOND ? 1 : 0));
}

static void add_other_names(sb_bytes *out, const sb_profile *place)
{
    const sb_profile *profile;
    size_t n = 0;
    for (size_t i = 0; sb_profile_alias(i, &profile); i++)
        if (profile == place)
            sb_bytes_print(out, "%s%s", n++ ? ", " : " Also called ", sb_profile_alias(i, NULL));
    sb_bytes_text(out, n ? "." : "");
}

bool cli_profile_describe(sb_bytes *out, size_t index)
{
    const sb_profile *place = sb_profile_at(index);
    if (!place)
        return false;
    sb_bytes_print(out, "%s: ", place->title);
    if (place->shape != SB_VIDEO_ANY)
        sb_bytes_print(out, "%s, ", sb_video_shape_name((size_t)(place->shape - SB_VIDEO_9_16)));
    sb_bytes_print(out, "%.0f LUFS", place->loudness_lufs);
    add_seconds(out, "at least", place->least);
    add_seconds(out, "at most", place->most);
    sb_bytes_print(out, "; audio %lldk, video up to %lldk.", (long long)(place->sound_bit_rate / 1000),
                   (long long)(place->video_bit_rate / 1000));
    add_other_names(out, place);
    return true;
}
