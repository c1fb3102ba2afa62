/* A libav muxer that writes to a sink, and can open nothing else. */
#ifndef SB_MEDIA_MUXER_H
#define SB_MEDIA_MUXER_H

#include "media/sink.h"
#include "soundbite/media.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

/* Makes the muxer that libav calls `name`; its output is the same for the same input. An AVERROR code. */
int sb_muxer_open(AVFormatContext **out, sb_sink *sink, const char *name);
void sb_muxer_free(AVFormatContext **muxer);

/* Sets the tags that say something and writes the header, of MP4 before the sound, its times counted in `time_scale`
 * parts of a second. An AVERROR code. */
int sb_muxer_begin(AVFormatContext *muxer, const sb_tag *tags, size_t n_tags, int time_scale);

/* Writes the packets that `codec` has ready for `stream`, through `packet`; each lasts `duration` of the codec's ticks, or
 * what the codec says where that is 0. An AVERROR code. */
int sb_muxer_write_packets(AVFormatContext *muxer, AVStream *stream, AVCodecContext *codec, AVPacket *packet,
                           int64_t duration);

/* Completes the file. An AVERROR code. */
int sb_muxer_end(AVFormatContext *muxer);

/* The error for an AVERROR code, or for what went wrong with the sink before. SB_ERR_IO, SB_ERR_MEMORY. */
sb_status sb_muxer_fail(const sb_sink *sink, int code, const char *format_name, const char *what,
                        sb_error *err);

#endif
