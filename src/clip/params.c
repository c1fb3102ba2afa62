#include "soundbite/clip.h"

#include "video/shape.h"

static sb_status check_pictures(const sb_video_params *video, sb_error *err)
{
    bool own = video->shape >= SB_VIDEO_SOURCE;
    const char *drawn = video->background ? "background" : video->title ? "title" : NULL;
    if (!own || !drawn)
        return SB_OK;
    return sb_error_set(
        err, SB_ERR_ARGUMENT,
        "--video %s shows the pictures of the file, --%s belongs to drawn ones; leave out one of the "
        "two",
        sb_video_shape_name(video->shape - SB_VIDEO_9_16), drawn);
}

sb_status sb_clip_params_check(const sb_clip_params *p, sb_error *err)
{
    const struct {
        bool given;
        const char *name;
    } wishes[] = {
        {p->loudness_lufs != SB_LOUDNESS_NORM && !isnan(p->loudness_lufs), "loudness"},
        {p->true_peak_db != -1 && !isnan(p->true_peak_db), "true-peak"},
        {p->cut.fade != SB_TIME_NONE, "fade"},
        {p->sample_rate != 0, "rate"},
        {p->channels != 0, "channels"},
        {p->bit_rate != 0, "bitrate"},
        {p->video.shape != SB_VIDEO_ANY, "video"},
        {p->profile != NULL, "for"},
        {p->drop != 0, "drop"},
    };
    for (size_t i = 0; p->copy && i < sizeof wishes / sizeof wishes[0]; i++)
        if (wishes[i].given)
            return sb_error_set(
                err, SB_ERR_ARGUMENT,
                "--copy leaves the packets as they are, --%s needs them decoded; leave out one of "
                "the two",
                wishes[i].name);
    if (p->drop && sb_video_is_source(p->video.shape))
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "the file's own pictures would jump where --drop cuts; take another --video, or leave "
            "out one of the two");
    return check_pictures(&p->video, err);
}
