#include "media/decode/decode.h"
#include "media/input/input.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

static char *first_name(const char *names, bool *ok)
{
    char *copy = sb_copy_bytes(names, strcspn(names, ","));
    *ok &= copy != NULL;
    return copy;
}

static char *tag(const sb_demux *d, const char *key, bool *ok)
{
    const AVDictionaryEntry *entry = av_dict_get(d->format->metadata, key, NULL, 0);
    if (!entry)
        entry = av_dict_get(d->stream->metadata, key, NULL, 0);
    if (!entry || !*entry->value || !sb_utf8_valid(entry->value, strlen(entry->value)))
        return NULL;
    return sb_copy_text(entry->value, ok);
}

static sb_time header_duration(const sb_demux *d)
{
    const AVRational flick = {1, (int)SB_TIME_SECOND};
    if (d->stream->duration > 0)
        return av_rescale_q(d->stream->duration, d->stream->time_base, flick);
    int64_t duration = d->format->duration;
    if (d->format->start_time > 0 && strcmp(d->container->name, "matroska") == 0)
        /* in Matroska the duration counts from 0, even if the sound begins later */
        duration -= d->format->start_time;
    return duration > 0 ? av_rescale_q(duration, AV_TIME_BASE_Q, flick) : SB_TIME_NONE;
}

static void count_streams(sb_media_info *info, const AVFormatContext *format)
{
    for (unsigned i = 0; i < format->nb_streams; i++) {
        const AVStream *stream = format->streams[i];
        info->n_audio_streams += stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
        info->has_video |= sb_demux_is_picture(stream);
        info->has_cover |= (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
    }
}

/* A FLAC file without the comment has the loudspeakers that its format gives to this number of channels. */
static bool denies_loudspeakers(const sb_demux *d)
{
    const AVDictionaryEntry *entry =
        av_dict_get(d->format->metadata, "WAVEFORMATEXTENSIBLE_CHANNEL_MASK", NULL, 0);
    return entry && strtol(entry->value, NULL, 0) == 0;
}

uint64_t sb_frame_speakers(const sb_demux *d, const AVFrame *frame)
{
    const AVChannelLayout *layout = &frame->ch_layout;
    return layout->order == AV_CHANNEL_ORDER_NATIVE && !denies_loudspeakers(d) ? layout->u.mask : 0;
}

static bool is_lossless(enum AVCodecID id)
{
    const AVCodecDescriptor *codec = avcodec_descriptor_get(id);
    return codec && codec->props & AV_CODEC_PROP_LOSSLESS && !(codec->props & AV_CODEC_PROP_LOSSY);
}

/* Lossy codecs decode to samples of 16 bits or to floating-point numbers; that is not the depth of the
 * source. */
static void find_depth(sb_media_info *info, const sb_demux *d, const AVFrame *first)
{
    const AVCodecParameters *par = d->stream->codecpar;
    enum AVSampleFormat format = av_get_packed_sample_fmt(first->format);
    if (!is_lossless(par->codec_id))
        return;
    info->is_float = format == AV_SAMPLE_FMT_FLT || format == AV_SAMPLE_FMT_DBL;
    info->bits = av_get_bytes_per_sample(format) * 8;
    int bits = av_get_exact_bits_per_sample(par->codec_id);
    if (!bits)
        bits = par->bits_per_raw_sample ? par->bits_per_raw_sample : par->bits_per_coded_sample;
    if (!info->is_float && bits > 0 && bits < info->bits)
        info->bits = bits;
}

sb_status sb_info_fill(sb_media_info *info, const sb_demux *d, const AVFrame *first, sb_error *err)
{
    bool ok = true;
    info->sample_rate = first->sample_rate;
    info->channels = first->ch_layout.nb_channels;
    info->speakers = sb_frame_speakers(d, first);
    find_depth(info, d, first);
    info->stream = d->stream->index;
    info->bit_rate = d->stream->codecpar->bit_rate;
    info->header_duration = header_duration(d);
    count_streams(info, d->format);
    info->container = first_name(d->format->iformat->name, &ok);
    info->codec = sb_copy_text(avcodec_get_name(d->stream->codecpar->codec_id), &ok);
    info->title = tag(d, "title", &ok);
    info->artist = tag(d, "artist", &ok);
    info->album = tag(d, "album", &ok);
    info->date = tag(d, "date", &ok);
    return ok ? SB_OK : sb_error_memory(err, "decoding");
}

void sb_info_finish(sb_media_info *info)
{
    free(info->path);
    free(info->container);
    free(info->codec);
    free(info->title);
    free(info->artist);
    free(info->album);
    free(info->date);
    *info = (sb_media_info){0};
}
