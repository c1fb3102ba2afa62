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

static sb_status check_level(const sb_clip_params *p, sb_error *err)
{
    if (p->loudness_of == SB_LOUDNESS_OF_CLIP || !isnan(p->loudness_lufs))
        return SB_OK;
    return sb_error_set(err, SB_ERR_ARGUMENT,
                        "--loudness off leaves every level as it is, --loudness-of says by what it is "
                        "changed; leave out one of the two");
}

static sb_status check_drop(const sb_clip_params *p, sb_error *err)
{
    if (p->drop && sb_video_is_source(p->video.shape))
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "the file's own pictures would jump where --drop cuts; take another --video, or leave "
            "out one of the two");
    if (p->drop && p->strict)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--strict goes by the certificate, which clips that --drop shortens do not have; "
                            "leave out one of the two");
    return SB_OK;
}

sb_status sb_clip_params_check(const sb_clip_params *p, sb_error *err)
{
    const struct {
        bool given;
        const char *name;
    } wishes[] = {
        {p->loudness_lufs != SB_LOUDNESS_NORM && !isnan(p->loudness_lufs), "loudness"},
        {p->loudness_of != SB_LOUDNESS_OF_CLIP, "loudness-of"},
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
    sb_status status = check_level(p, err);
    if (!status)
        status = check_drop(p, err);
    return status ? status : check_pictures(&p->video, err);
}
