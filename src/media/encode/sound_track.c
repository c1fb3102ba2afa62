#include "media/encode/encode.h"

#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <math.h>
#include <stdlib.h>

#include <libavformat/avformat.h>

#define MAX_LEVEL    4.0f
#define LAME_QUALITY 5 /* a seventh faster than the default, 3 */

struct sb_sound_track {
    sb_track track;
    int filled; /* samples in the frame */
    float gain; /* compensates the encoder's attenuation */
};

static int64_t default_bit_rate(const AVCodecContext *codec)
{
    int64_t one = codec->codec_id == AV_CODEC_ID_OPUS ? 64000 : 96000;
    int64_t two = codec->codec_id == AV_CODEC_ID_OPUS ? 96000 : 128000;
    return codec->ch_layout.nb_channels == 1 ? one : two * codec->ch_layout.nb_channels / 2;
}

/* LAME's presets attenuate the input, and no option prevents that: by the factor 0.95 up to 160 kbit/s and
 * less above (abr_switch_map in its presets.c). Below 32 kHz, 160 is the maximum. */
static float make_up_gain(const AVCodecContext *codec)
{
    if (codec->codec_id != AV_CODEC_ID_MP3)
        return 1;
    int64_t kbits = codec->sample_rate < 32000 ? 0 : codec->bit_rate / 1000;
    return 1 / (kbits < 176 ? 0.95f : kbits < 208 ? 0.97f : kbits < 240 ? 0.98f : 1.0f);
}

static void set_codec(sb_sound_track *t, const sb_encoder_params *params)
{
    AVCodecContext *codec = t->track.codec;
    codec->sample_rate = params->sample_rate;
    if (params->channels > 2)
        av_channel_layout_from_mask(&codec->ch_layout, sb_speakers_usual(params->speakers));
    else
        av_channel_layout_default(&codec->ch_layout, params->channels);
    codec->sample_fmt = codec->codec->sample_fmts[0];
    for (const enum AVSampleFormat *f = codec->codec->sample_fmts; *f != AV_SAMPLE_FMT_NONE; f++)
        if (*f == AV_SAMPLE_FMT_FLTP || *f == AV_SAMPLE_FMT_FLT)
            codec->sample_fmt = *f;
    codec->time_base = (AVRational){1, params->sample_rate};
    codec->bit_rate = params->bit_rate ? params->bit_rate : default_bit_rate(codec);
    t->gain = make_up_gain(codec);
    codec->thread_count = 1;
    if (codec->codec_id == AV_CODEC_ID_MP3)
        codec->compression_level = LAME_QUALITY;
}

static int open_frame(sb_track *t)
{
    t->frame->format = t->codec->sample_fmt;
    int code = av_channel_layout_copy(&t->frame->ch_layout, &t->codec->ch_layout);
    if (code < 0)
        return code;
    t->frame->sample_rate = t->codec->sample_rate;
    t->frame->nb_samples = t->codec->frame_size;
    return av_frame_get_buffer(t->frame, 0);
}

int sb_sound_track_open(sb_sound_track **out, AVFormatContext *muxer, const char *encoder,
                        const sb_encoder_params *params)
{
    sb_sound_track *t = *out = calloc(1, sizeof *t);
    if (!t)
        return AVERROR(ENOMEM);
    int code = sb_track_init(&t->track, muxer, encoder);
    if (code >= 0) {
        set_codec(t, params);
        code = sb_track_open(&t->track);
    }
    if (code >= 0)
        code = open_frame(&t->track);
    if (code < 0)
        sb_sound_track_free(out);
    return code;
}

void sb_sound_track_free(sb_sound_track **track)
{
    if (!*track)
        return;
    sb_track_finish(&(*track)->track);
    free(*track);
    *track = NULL;
}

static int send_frame(sb_sound_track *t)
{
    AVFrame *frame = t->track.frame;
    frame->nb_samples = t->filled;
    frame->pts = t->track.next_pts;
    t->track.next_pts += t->filled;
    t->filled = 0;
    int code = sb_track_send(&t->track, frame);
    if (code < 0)
        return code;
    frame->nb_samples = t->track.codec->frame_size;
    return av_frame_make_writable(frame);
}

/* libmp3lame aborts the process if a sample is NaN. */
static float tame(float sample)
{
    return isfinite(sample) ? fminf(fmaxf(sample, -MAX_LEVEL), MAX_LEVEL) : 0;
}

static void fill_frame(sb_sound_track *t, const float *const *planes, size_t from, size_t n)
{
    uint8_t **data = t->track.frame->extended_data;
    int channels = t->track.codec->ch_layout.nb_channels;
    bool planar = t->track.codec->sample_fmt == AV_SAMPLE_FMT_FLTP;
    for (int c = 0; c < channels; c++) {
        float *out = planar ? (float *)data[c] + t->filled
                            : (float *)data[0] + (size_t)t->filled * (size_t)channels + c;
        int step = planar ? 1 : channels;
        for (size_t i = 0; i < n; i++)
            out[i * (size_t)step] = tame(t->gain * planes[c][from + i]);
    }
    t->filled += (int)n;
}

int sb_sound_track_write(sb_sound_track *t, const float *const *planes, size_t n_samples)
{
    for (size_t done = 0; done < n_samples;) {
        size_t room = (size_t)(t->track.codec->frame_size - t->filled);
        size_t n = n_samples - done < room ? n_samples - done : room;
        fill_frame(t, planes, done, n);
        done += n;
        int code = t->filled == t->track.codec->frame_size ? send_frame(t) : 0;
        if (code < 0)
            return code;
    }
    return 0;
}

int sb_sound_track_end(sb_sound_track *t)
{
    int code = t->filled ? send_frame(t) : 0;
    return code < 0 ? code : sb_track_send(&t->track, NULL);
}
