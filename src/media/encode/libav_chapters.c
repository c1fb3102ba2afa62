#include "media/encode/encode.h"

#include <libavformat/avformat.h>
#include <string.h>

static int64_t to_ms(sb_time t)
{
    return (t + SB_TIME_MS / 2) / SB_TIME_MS;
}

static int add_av_chapter(AVFormatContext *muxer, const sb_chapter *chapter)
{
    AVChapter *c = av_mallocz(sizeof *c);
    if (!c)
        return AVERROR(ENOMEM);
    *c = (AVChapter){.id = muxer->nb_chapters,
                     .time_base = {1, 1000},
                     .start = to_ms(chapter->start),
                     .end = to_ms(chapter->end)};
    muxer->chapters[muxer->nb_chapters++] = c;
    return av_dict_set(&c->metadata, "title", chapter->title, 0);
}

/* The Ogg muxer of libav 5.1 rounds a chapter's time to seconds and then adds the milliseconds, so half of
 * the chapters would be one second late. We write the comments ourselves. */
static int add_comment(AVFormatContext *muxer, const sb_chapter *chapter, size_t number)
{
    char key[SB_VORBIS_KEY], name_key[SB_VORBIS_KEY], time[SB_TIME_TEXT];
    sb_vorbis_chapter(key, name_key, time, chapter, number);
    int code = av_dict_set(&muxer->metadata, key, time, 0);
    return code < 0 ? code : av_dict_set(&muxer->metadata, name_key, chapter->title, 0);
}

int sb_libav_chapters(AVFormatContext *muxer, const sb_chapter *chapters, size_t n)
{
    bool comments = strcmp(muxer->oformat->name, "opus") == 0;
    int code = 0;
    if (n && !comments) {
        muxer->chapters = av_calloc(n, sizeof *muxer->chapters);
        code = muxer->chapters ? 0 : AVERROR(ENOMEM);
    }
    for (size_t i = 0; code >= 0 && i < n; i++)
        code = comments ? add_comment(muxer, &chapters[i], i) : add_av_chapter(muxer, &chapters[i]);
    return code;
}
