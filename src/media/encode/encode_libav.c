#include "base/run/run.h"
#include "media/encode/encode.h"
#include "media/libav.h"
#include "media/media.h"

#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

typedef struct state {
    sb_sink *sink;
    const char *name;
    AVFormatContext *muxer;
    sb_sound_track *track;
    const sb_chapter *chapters; /* for MP3, which are added at the end; must stay valid until then */
    size_t n_chapters;
} state;

static sb_status fail_encode(const state *s, int code, const char *what, sb_error *err)
{
    return sb_muxer_fail(s->sink, code, s->name, what, err);
}

static void libav_free(void *user)
{
    state *s = user;
    if (!s)
        return;
    sb_sound_track_free(&s->track);
    sb_muxer_free(&s->muxer);
    free(s);
}

static sb_status libav_open(void **out, sb_sink *sink, const sb_encoder_format *format,
                            const sb_encoder_params *params, sb_error *err)
{
    state *s = calloc(1, sizeof *s);
    if (!s)
        return sb_error_memory(err, "encoding");
    sb_libav_hush();
    s->sink = sink;
    s->name = format->extension;
    sb_libav_watch();
    int code = sb_muxer_open(&s->muxer, sink, format->muxer);
    if (code >= 0)
        code = sb_sound_track_open(&s->track, s->muxer, format->av_encoder, params);
    if (strcmp(format->muxer, "mp3") == 0 && params->n_chapters <= SB_MP3_CHAPTERS_MAX) {
        s->chapters = params->chapters;
        s->n_chapters = params->n_chapters;
    } else if (code >= 0) {
        code = sb_libav_chapters(s->muxer, params->chapters, params->n_chapters);
    }
    if (code >= 0)
        code = sb_muxer_begin(s->muxer, params->tags, params->n_tags, params->sample_rate);
    code = sb_libav_checked(code);
    if (code < 0) {
        sb_status status =
            fail_encode(s, code, "the encoder does not start; try another bit rate or sample rate", err);
        libav_free(s);
        return status;
    }
    *out = s;
    return SB_OK;
}

static sb_status libav_write(void *user, const float *const *planes, size_t n_samples, sb_error *err)
{
    state *s = user;
    sb_libav_watch();
    int code = sb_libav_checked(sb_sound_track_write(s->track, planes, n_samples));
    return code < 0 ? fail_encode(s, code, "encoding failed", err) : sb_sink_check(s->sink, err);
}

static sb_status libav_finish(void *user, sb_error *err)
{
    state *s = user;
    sb_libav_watch();
    int code = sb_sound_track_end(s->track);
    if (code >= 0)
        code = sb_muxer_end(s->muxer);
    code = sb_libav_checked(code);
    if (code < 0)
        return fail_encode(s, code, "encoding failed", err);
    return s->n_chapters ? sb_mp3_add_chapters(s->sink, s->chapters, s->n_chapters, err)
                         : sb_sink_check(s->sink, err);
}

const sb_encoder_backend sb_encode_libav = {
    .open = libav_open,
    .write = libav_write,
    .finish = libav_finish,
    .free = libav_free,
};
