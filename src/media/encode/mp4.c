#include "media/media.h"

#include "base/run/run.h"
#include "media/encode/encode.h"

#include "media/libav.h"
#include "media/picture/picture.h"

#include <libavcodec/avcodec.h>
#include <stdlib.h>

#include <libavformat/avformat.h>

struct sb_mp4 {
    sb_sink sink;
    AVFormatContext *muxer;
    sb_track pictures;
    sb_sound_track *sound;
};

bool sb_mp4_available(void)
{
    return avcodec_find_encoder_by_name(SB_PICTURE_ENCODER) && avcodec_find_encoder_by_name("aac");
}

static sb_status check_code(const sb_mp4 *mp4, int code, sb_error *err)
{
    code = sb_libav_checked(code);
    if (code < 0)
        return sb_muxer_fail(&mp4->sink, code, "mp4", "encoding failed", err);
    return sb_sink_check(&mp4->sink, err);
}

static sb_status begin_mp4(sb_mp4 *mp4, sb_output *output, const sb_mp4_params *params, sb_error *err)
{
    sb_status status = sb_sink_open(&mp4->sink, output, err);
    if (status)
        return status;
    sb_libav_watch();
    int code = sb_muxer_open(&mp4->muxer, &mp4->sink, "mp4");
    if (code >= 0)
        code = sb_picture_track_open(&mp4->pictures, mp4->muxer, params);
    if (code >= 0)
        code = sb_sound_track_open(&mp4->sound, mp4->muxer, "aac", &params->sound);
    if (code >= 0)
        code = sb_libav_chapters(mp4->muxer, params->sound.chapters, params->sound.n_chapters);
    if (code >= 0)
        code =
            sb_muxer_begin(mp4->muxer, params->sound.tags, params->sound.n_tags, params->sound.sample_rate);
    code = sb_libav_checked(code);
    if (code < 0)
        return sb_muxer_fail(&mp4->sink, code, "mp4", "the encoder does not start; try another bit rate",
                             err);
    return SB_OK;
}

sb_status sb_mp4_open(sb_mp4 **out, sb_output *output, const sb_mp4_params *params, sb_error *err)
{
    *out = NULL;
    sb_libav_hush();
    if (!sb_mp4_available())
        return sb_error_set(
            err, SB_ERR_UNSUPPORTED,
            "this libavcodec has no encoder for H.264 (libx264) or AAC; use one that has both");
    sb_mp4 *mp4 = calloc(1, sizeof *mp4);
    if (!mp4)
        return sb_error_memory(err, "encoding");
    mp4->sink.spool = -1;
    sb_status status = begin_mp4(mp4, output, params, err);
    if (status)
        sb_mp4_abort(&mp4);
    *out = mp4;
    return status;
}

sb_status sb_mp4_picture(sb_mp4 *mp4, const sb_yuv *picture, sb_error *err)
{
    sb_libav_watch();
    return check_code(mp4, sb_picture_track_write(&mp4->pictures, picture), err);
}

sb_status sb_mp4_sound(sb_mp4 *mp4, const float *const *planes, size_t n_samples, sb_error *err)
{
    sb_libav_watch();
    return check_code(mp4, sb_sound_track_write(mp4->sound, planes, n_samples), err);
}

static void release(sb_mp4 *mp4)
{
    sb_track_finish(&mp4->pictures);
    sb_sound_track_free(&mp4->sound);
    sb_muxer_free(&mp4->muxer);
}

sb_status sb_mp4_close(sb_mp4 **mp4, sb_error *err)
{
    sb_mp4 *m = *mp4;
    sb_libav_watch();
    int code = sb_track_send(&m->pictures, NULL);
    if (code >= 0)
        code = sb_sound_track_end(m->sound);
    if (code >= 0)
        code = sb_muxer_end(m->muxer);
    sb_status status = check_code(m, code, err);
    release(m);
    status = sb_sink_close(&m->sink, status, err);
    free(m);
    *mp4 = NULL;
    return status;
}

void sb_mp4_abort(sb_mp4 **mp4)
{
    if (!*mp4)
        return;
    release(*mp4);
    sb_sink_close(&(*mp4)->sink, SB_ERR_INTERRUPTED, NULL);
    free(*mp4);
    *mp4 = NULL;
}
