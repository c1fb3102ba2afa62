#include "media/encode/encode.h"

#include "base/run/run.h"
#include "media/chapters/chapters.h"

#include <stdio.h>
#include <stdlib.h>

enum { HEAD = 10 };

static sb_status read_tag(unsigned char **out, size_t *size, sb_sink *sink, sb_error *err)
{
    unsigned char head[HEAD];
    *size = sb_sink_read_at(sink, head, HEAD, 0) == HEAD ? sb_id3_size(head) : 0;
    *out = malloc(*size + 1);
    if (!*out)
        return sb_error_memory(err, "encoding");
    if (sb_sink_read_at(sink, *out, *size, 0) == (int64_t)*size)
        return SB_OK;
    sb_status status = sb_sink_check(sink, err);
    return status ? status : sb_error_set(err, SB_ERR_IO, "cannot read the file that was written");
}

sb_status sb_mp3_add_chapters(sb_sink *sink, const sb_chapter *chapters, size_t n, sb_error *err)
{
    unsigned char *old = NULL;
    size_t old_size = 0;
    sb_bytes tag = {0};
    sb_status status = read_tag(&old, &old_size, sink, err);
    if (!status)
        status = sb_id3_with_chapters(&tag, old, old_size, chapters, n, err);
    if (!status) /* frames of chapters are larger than the padding that is not kept */
        status = sb_sink_move_up(sink, (int64_t)old_size, (int64_t)tag.size - (int64_t)old_size, err);
    if (!status && (sb_sink_seek(sink, 0, SEEK_SET) < 0 || sb_sink_write(sink, tag.data, tag.size) < 0))
        status = sb_sink_check(sink, err);
    free(old);
    sb_bytes_finish(&tag);
    return status;
}
