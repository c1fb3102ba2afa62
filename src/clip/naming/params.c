#include "soundbite/clip.h"

#include "video/video.h"

static sb_status check_pictures(const sb_video_params *video, sb_error *err)
{
    bool own = video->shape >= SB_VIDEO_SOURCE;
    const char *drawn = video->background ? "background" : video->title ? "title" : NULL;
    if (!own || !drawn)
        return SB_OK;
    return sb_error_set_field(
        err, SB_ERR_ARGUMENT, video->background ? "shape,background" : "shape,title", NULL,
        "the shape '%s' shows the pictures of the file, but a %s needs drawn ones; leave out one of the two",
        sb_video_shape_name(video->shape - SB_VIDEO_9_16), drawn);
}

static sb_status check_level(const sb_clip_params *p, sb_error *err)
{
    if (p->keep_level && (p->loudness_lufs || p->has_loudness_lufs))
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "keep_level,loudness_lufs", NULL,
                                  "the level is left as it is, so there is no loudness target; leave out one "
                                  "of the two");
    if (p->loudness_of == SB_LOUDNESS_OF_CLIP || !p->keep_level)
        return SB_OK;
    return sb_error_set_field(err, SB_ERR_ARGUMENT, "loudness_lufs,loudness_of", NULL,
                              "the level is left as it is, so it does not matter whose loudness is measured; "
                              "leave out one of the two");
}

static sb_status check_drop(const sb_clip_params *p, sb_error *err)
{
    if (p->drop && sb_video_is_source(p->video.shape))
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "shape,drop", NULL,
                                  "the file's own pictures would jump where words are dropped; choose "
                                  "another shape, or drop nothing");
    if (p->strict && p->no_certificate)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "strict,no_certificate", NULL,
                                  "strict needs a certificate; leave out one of the two");
    if (p->drop && p->strict)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "strict,drop", NULL,
                                  "strict needs a certificate, but a clip with dropped words has none; "
                                  "leave out one of the two");
    return SB_OK;
}

sb_status sb_clip_params_check(const sb_clip_params *p, sb_error *err)
{
    const struct {
        bool given;
        const char *name, *fields;
    } settings[] = {
        {p->loudness_lufs || p->has_loudness_lufs, "a loudness", "copy,loudness_lufs"},
        {p->loudness_of != SB_LOUDNESS_OF_CLIP, "a measure of loudness", "copy,loudness_of"},
        {p->true_peak_db || p->has_true_peak_db, "a true peak", "copy,true_peak_db"},
        {p->cut.fade || p->cut.has_fade, "a fade", "copy,fade"},
        {p->sample_rate != 0, "a sample rate", "copy,sample_rate"},
        {p->channels != 0, "a number of channels", "copy,channels"},
        {p->bit_rate != 0, "a bit rate", "copy,bit_rate"},
        {p->video.shape != SB_VIDEO_ANY, "a video", "copy,shape"},
        {p->profile != NULL, "a profile", "copy,profile"},
        {p->drop != 0, "dropping words", "copy,drop"},
    };
    for (size_t i = 0; p->copy && i < sizeof settings / sizeof settings[0]; i++)
        if (settings[i].given)
            return sb_error_set_field(
                err, SB_ERR_ARGUMENT, settings[i].fields, NULL,
                "a copy keeps the packets as they are, but %s needs them decoded; leave out one of the two",
                settings[i].name);
    sb_status status = check_level(p, err);
    if (!status)
        status = check_drop(p, err);
    return status ? status : check_pictures(&p->video, err);
}
