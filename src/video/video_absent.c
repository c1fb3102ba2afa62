#include "video/video.h"

/* For builds without the drawing libraries. */
static const char missing[] = SB_VIDEO_MISSING;

bool sb_video_available(const char **out)
{
    if (out)
        *out = missing;
    return false;
}

static sb_status refuse_video(sb_error *err)
{
    return sb_error_set(err, SB_ERR_UNSUPPORTED,
                        "this build cannot make videos because it lacks %s; use a build that has it",
                        missing);
}

sb_status sb_video_check(const sb_video_params *params, sb_error *err)
{
    (void)params;
    return refuse_video(err);
}

sb_status sb_film_open(sb_film **out, sb_output *output, const sb_film_params *params, sb_notes *notes,
                       sb_error *err)
{
    (void)output, (void)params, (void)notes;
    *out = NULL;
    return refuse_video(err);
}

sb_status sb_film_write(sb_film *film, const float *const *planes, size_t n_samples, sb_error *err)
{
    (void)film, (void)planes, (void)n_samples;
    return refuse_video(err);
}

sb_status sb_film_close(sb_film **film, sb_error *err)
{
    *film = NULL;
    return refuse_video(err);
}

void sb_film_abort(sb_film **film)
{
    *film = NULL;
}
