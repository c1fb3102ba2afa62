#include <string.h>

#include "export/export.h"
#include "export/writers/writers.h"

static void append_srt_time(sb_bytes *out, sb_time time)
{
    char text[SB_TIME_TEXT];
    sb_time_print(text, time, 3);
    char *point = strchr(text, '.');
    if (point)
        *point = ',';
    sb_bytes_text(out, text);
}

void sb_srt_append(sb_bytes *out, const sb_captions *captions, bool voices)
{
    (void)voices;
    for (size_t i = 0; i < captions->n_items; i++) {
        sb_bytes_print(out, "%s%zu\n", i > 0 ? "\n" : "", i + 1);
        append_srt_time(out, captions->items[i].start);
        sb_bytes_text(out, " --> ");
        append_srt_time(out, captions->items[i].end);
        sb_bytes_text(out, "\n");
        sb_caption_append(out, &captions->items[i], "\n");
        sb_bytes_text(out, "\n");
    }
}

/* SubRip has no field for speakers, so the name of each new speaker precedes the words. */
static sb_status write_srt(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_captions captions;
    sb_caption_params params = SB_CAPTION_WIDE;
    bool is_written;
    sb_status status = sb_source_write_proper(&is_written, out, alignment, "srt", NULL, notes, err);
    if (status != SB_OK || is_written)
        return status;
    params.names = true;
    status = sb_captions_make(&captions, alignment, &params, err);
    if (status != SB_OK)
        return status;
    sb_srt_append(out, &captions, false);
    sb_note_captions_left_out(notes, alignment);
    sb_captions_finish(&captions);
    return SB_OK;
}

const sb_writer sb_writer_srt = {
    .name = "srt",
    .summary = "SubRip captions",
    .extension = "srt",
    .write = write_srt,
};
