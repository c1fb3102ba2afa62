#include "media/encode/encode.h"

#include "base/run/run.h"

#include <libavutil/opt.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#define IO_BUFFER 32768

static int avio_write_sink(void *user, uint8_t *data, int size)
{
    sb_sink *sink = user;
    return sb_sink_write(sink, data, (size_t)size) < 0 ? AVERROR(sink->error) : size;
}

static int64_t avio_seek_sink(void *user, int64_t offset, int whence)
{
    if (whence & AVSEEK_SIZE)
        return sb_sink_size(user);
    return sb_sink_seek(user, offset, whence & ~AVSEEK_FORCE);
}

/* To move the index to the front, the MP4 muxer opens its own output a second time. */
typedef struct reader {
    sb_sink *sink;
    int64_t at;
} reader;

static int avio_read_sink(void *user, uint8_t *data, int size)
{
    reader *r = user;
    int64_t n = sb_sink_read_at(r->sink, data, (size_t)size, r->at);
    if (n <= 0)
        return n < 0 ? AVERROR(r->sink->error) : AVERROR_EOF;
    r->at += n;
    return (int)n;
}

static int64_t avio_seek_reader(void *user, int64_t offset, int whence)
{
    reader *r = user;
    if (whence & AVSEEK_SIZE)
        return sb_sink_size(r->sink);
    if ((whence & ~AVSEEK_FORCE) != SEEK_SET)
        return AVERROR(EINVAL);
    return r->at = offset;
}

static void free_io(AVIOContext **io)
{
    if (*io)
        av_freep(&(*io)->buffer);
    avio_context_free(io);
}

static AVIOContext *open_reader(sb_sink *sink)
{
    reader *r = av_mallocz(sizeof *r);
    uint8_t *buffer = av_malloc(IO_BUFFER);
    AVIOContext *io = NULL;
    if (r && buffer) {
        r->sink = sink;
        io = avio_alloc_context(buffer, IO_BUFFER, 0, r, avio_read_sink, NULL, avio_seek_reader);
    }
    if (!io) {
        av_free(r);
        av_free(buffer);
    }
    return io;
}

static int muxer_open(AVFormatContext *muxer, AVIOContext **io, const char *url, int flags,
                      AVDictionary **options)
{
    (void)url;
    (void)options;
    *io = NULL;
    if (flags & AVIO_FLAG_WRITE)
        return AVERROR(ENOSYS);
    *io = open_reader(muxer->opaque);
    return *io ? 0 : AVERROR(ENOMEM);
}

static int muxer_close(AVFormatContext *muxer, AVIOContext *io)
{
    (void)muxer;
    av_freep(&io->opaque);
    free_io(&io);
    return 0;
}

int sb_muxer_open(AVFormatContext **out, sb_sink *sink, const char *name)
{
    int code = avformat_alloc_output_context2(out, NULL, name, NULL);
    if (code < 0)
        return code;
    AVFormatContext *muxer = *out;
    uint8_t *buffer = av_malloc(IO_BUFFER);
    if (buffer)
        muxer->pb = avio_alloc_context(buffer, IO_BUFFER, 1, sink, NULL, avio_write_sink, avio_seek_sink);
    if (!muxer->pb) {
        av_free(buffer);
        return AVERROR(ENOMEM);
    }
    muxer->opaque = sink;
    muxer->io_open = muxer_open;
    muxer->io_close2 = muxer_close;
    muxer->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
    return 0;
}

void sb_muxer_free(AVFormatContext **muxer)
{
    if (*muxer)
        free_io(&(*muxer)->pb);
    avformat_free_context(*muxer);
    *muxer = NULL;
}

int sb_muxer_begin(AVFormatContext *muxer, const sb_tag *tags, size_t n_tags, int time_scale)
{
    for (size_t i = 0; i < n_tags; i++) {
        if (!tags[i].value || !*tags[i].value)
            continue;
        int code = av_dict_set(&muxer->metadata, tags[i].key, tags[i].value, 0);
        if (code < 0)
            return code;
    }
    av_opt_set(muxer, "movflags", "+faststart", AV_OPT_SEARCH_CHILDREN);
    av_opt_set_int(muxer, "movie_timescale", time_scale, AV_OPT_SEARCH_CHILDREN);
    av_opt_set_int(muxer, "id3v2_version", 3, AV_OPT_SEARCH_CHILDREN);
    return avformat_write_header(muxer, NULL);
}

int sb_muxer_end(AVFormatContext *muxer)
{
    int code = av_write_trailer(muxer);
    avio_flush(muxer->pb);
    return code < 0 ? code : muxer->pb->error;
}

sb_status sb_muxer_fail(const sb_sink *sink, int code, const char *format_name, const char *what,
                        sb_error *err)
{
    sb_status status = sb_sink_check(sink, err);
    if (status)
        return status;
    if (code == AVERROR(ENOMEM))
        return sb_error_memory(err, "encoding");
    char reason[AV_ERROR_MAX_STRING_SIZE];
    av_strerror(code, reason, sizeof reason);
    return sb_error_set(err, SB_ERR_IO, "%s: %s (%s)", format_name, what, reason);
}
