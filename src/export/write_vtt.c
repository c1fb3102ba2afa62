#include <string.h>

#include "export/vtt_text.h"
#include "export/writer.h"

static sb_status write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    if (sb_source_is(alignment, "vtt"))
        return sb_source_write(out, alignment, notes, err);
    sb_captions cues;
    sb_status status = sb_captions_make(&cues, alignment, err);
    if (status != SB_OK)
        return status;
    sb_bytes_text(out, "WEBVTT\n");
    for (size_t i = 0; i < cues.n_items; i++) {
        const sb_caption *cue = &cues.items[i];
        sb_vtt_begin_cue(out, cue, alignment->turns[cue->turn].speaker);
        sb_vtt_append_text(out, cue->text, strlen(cue->text));
        sb_bytes_text(out, "\n");
    }
    sb_note_left_out(notes, alignment);
    sb_captions_finish(&cues);
    return SB_OK;
}

const sb_writer sb_writer_vtt = {
    .name = "vtt",
    .summary = "WebVTT captions with the speakers' names",
    .extension = "vtt",
    .write = write,
};
