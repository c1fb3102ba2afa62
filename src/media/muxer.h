/* A libav muxer that writes to a sink and cannot open other files. */
#ifndef SB_MEDIA_MUXER_H
#define SB_MEDIA_MUXER_H

#include "media/sink.h"
#include "soundbite/media.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

/* Creates the muxer that libav calls `name`. Its output depends only on its input. Returns an AVERROR code or
 * 0. */
int sb_muxer_open(AVFormatContext **out, sb_sink *sink, const char *name);
void sb_muxer_free(AVFormatContext **muxer);

/* Sets the tags that are not empty and writes the header. For MP4, the index is placed before the sound and
 * `time_scale` is the number of time units per second. Returns an AVERROR code or 0. */
int sb_muxer_begin(AVFormatContext *muxer, const sb_tag *tags, size_t n_tags, int time_scale);

/* Writes the packets that `codec` has ready to `stream`, using `packet`. Each lasts `duration` ticks of the
 * codec, or what the codec says if that is 0. Returns an AVERROR code or 0. */
int sb_muxer_write_packets(AVFormatContext *muxer, AVStream *stream, AVCodecContext *codec, AVPacket *packet,
                           int64_t duration);

/* Completes the file. Returns an AVERROR code or 0. */
int sb_muxer_end(AVFormatContext *muxer);

/* Sets the error for an AVERROR code, or for an earlier failure of the sink. Returns SB_ERR_IO or
 * SB_ERR_MEMORY. */
sb_status sb_muxer_fail(const sb_sink *sink, int code, const char *format_name, const char *what,
                        sb_error *err);

#endif
