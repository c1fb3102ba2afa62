#include "export/export.h"
#include "export/text/text.h"
#include "export/writers/writers.h"

void sb_vtt_append(sb_bytes *out, const sb_captions *captions, bool voices)
{
    sb_bytes_text(out, "WEBVTT\n");
    for (size_t i = 0; i < captions->n_items; i++) {
        const sb_caption *cue = &captions->items[i];
        sb_vtt_begin_cue(out, cue, voices ? cue->speaker : NULL);
        for (size_t item = 0; item < cue->n_items; item++) {
            sb_bytes_text(out, sb_caption_blank(cue, item, "\n"));
            sb_vtt_append_item(out, &cue->items[item]);
        }
        sb_bytes_text(out, "\n");
    }
}

static sb_status write_vtt(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_captions captions;
    bool is_written;
    sb_status status = sb_source_write_proper(&is_written, out, alignment, "vtt", "WEBVTT", notes, err);
    if (status != SB_OK || is_written)
        return status;
    status = sb_captions_make(&captions, alignment, NULL, err);
    if (status != SB_OK)
        return status;
    sb_vtt_append(out, &captions, true);
    sb_note_captions_left_out(notes, alignment);
    sb_captions_finish(&captions);
    return SB_OK;
}

const sb_writer sb_writer_vtt = {
    .name = "vtt",
    .summary = "WebVTT captions with the speakers' names",
    .extension = "vtt",
    .write = write_vtt,
};
