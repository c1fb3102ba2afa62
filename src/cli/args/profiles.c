#include "cli/args/args.h"

#include "soundbite/video.h"

static void add_seconds(sb_bytes *out, const char *before, sb_time length)
{
    char text[SB_TIME_TEXT];
    if (length)
        sb_bytes_print(out, ", %s %s s", before,
                       sb_time_print_seconds(text, length, length % SB_TIME_SECOND ? 1 : 0));
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
    return true;
}
