#include "export/captions.h"
#include "export/writer.h"

static void append_escaped(sb_bytes *out, const char *text)
{
    for (; *text; text++) {
        const char *escaped = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : NULL;
        if (escaped)
            sb_bytes_text(out, escaped);
        else
            sb_bytes_append(out, text, 1);
    }
}

static void append_cue(sb_bytes *out, const sb_caption *cue, const char *speaker)
{
    char start[SB_TIME_TEXT], end[SB_TIME_TEXT];
    sb_bytes_print(out, "\n%s --> %s\n", sb_time_print(start, cue->start, 3),
                   sb_time_print(end, cue->end, 3));
    if (speaker) {
        sb_bytes_text(out, "<v ");
        append_escaped(out, speaker);
        sb_bytes_text(out, ">");
    }
    append_escaped(out, cue->text);
    sb_bytes_text(out, "\n");
}

static sb_status write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    if (sb_source_is(alignment, "vtt"))
        return sb_source_write(out, alignment, notes, err);
    sb_captions cues;
    sb_status status = sb_captions_make(&cues, alignment, err);
    if (status != SB_OK)
        return status;
    sb_bytes_text(out, "WEBVTT\n");
    for (size_t i = 0; i < cues.n_items; i++)
        append_cue(out, &cues.items[i], alignment->turns[cues.items[i].turn].speaker);
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
