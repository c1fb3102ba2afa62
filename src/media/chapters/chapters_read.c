#include "media/chapters/chapters.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "media/input/input.h"

#include <stdlib.h>
#include <string.h>

#include <libavformat/avformat.h>

static int compare_chapter_starts(const void *a, const void *b)
{
    const sb_chapter *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->end > right->end) - (left->end < right->end);
}

void sb_chapters_free(sb_chapters **chapters)
{
    if (!*chapters)
        return;
    for (size_t i = 0; i < (*chapters)->n_items; i++)
        free((char *)(*chapters)->items[i].title);
    free((*chapters)->items);
    free(*chapters);
    *chapters = NULL;
}

static sb_time time_in_units(int64_t t, AVRational unit)
{
    return t == AV_NOPTS_VALUE || unit.den <= 0 ? SB_TIME_NONE
                                                : av_rescale(t, SB_TIME_SECOND * unit.num, unit.den);
}

/* Without a title, libav gives the name of an ID3 frame, such as "chp1". */
static bool is_frame_name(const char *title)
{
    return strncmp(title, "chp", 3) == 0 && title[3] && !title[3 + strspn(title + 3, "0123456789")];
}

/* Titles that are not UTF-8 are converted. */
static bool take_av_chapter(sb_chapter *out, const AVChapter *chapter)
{
    const AVDictionaryEntry *title = av_dict_get(chapter->metadata, "title", NULL, 0);
    sb_bytes text = {0};
    const char *encoding;
    bool lossy, ok = true;
    if (title && !is_frame_name(title->value))
        ok = sb_encoding_decode(&text, &encoding, &lossy, title->value, strlen(title->value));
    *out = (sb_chapter){.start = time_in_units(chapter->start, chapter->time_base),
                        .end = time_in_units(chapter->end, chapter->time_base),
                        .title = sb_copy_bytes(text.size ? text.data : "", text.size)};
    sb_bytes_finish(&text);
    return ok && out->title;
}

static sb_status read_format(sb_chapters *out, const AVFormatContext *format, sb_error *err)
{
    out->items = calloc(format->nb_chapters + 1, sizeof *out->items);
    bool ok = out->items;
    for (unsigned i = 0; i < format->nb_chapters && ok; i++) {
        sb_chapter *chapter = &out->items[out->n_items++];
        ok = take_av_chapter(chapter, format->chapters[i]);
        if (ok && chapter->start == SB_TIME_NONE) {
            free((char *)chapter->title);
            out->n_items--;
        } else if (ok && chapter->end != SB_TIME_NONE && chapter->end <= chapter->start) {
            chapter->end = SB_TIME_NONE;
        }
    }
    if (ok && out->n_items)
        qsort(out->items, out->n_items, sizeof *out->items, compare_chapter_starts);
    return ok ? SB_OK : sb_error_memory(err, "reading chapters");
}

sb_status sb_chapters_read(sb_chapters **out, const char *path, const sb_media_params *params, sb_error *err)
{
    static const sb_media_params defaults = {0};
    const sb_media_params *given = params ? params : &defaults;
    sb_input *input = NULL;
    sb_demux demux = {0};
    *out = calloc(1, sizeof **out);
    sb_status status =
        *out ? sb_input_open(&input, path, given, err) : sb_error_memory(err, "reading chapters");
    if (!status)
        status = sb_demux_open(&demux, input, path, sb_demux_stream_of(given), err);
    if (!status)
        status = read_format(*out, demux.format, err);
    if (demux.format || demux.packet)
        sb_demux_finish(&demux);
    sb_input_free(&input);
    if (status)
        sb_chapters_free(out);
    return status;
}
