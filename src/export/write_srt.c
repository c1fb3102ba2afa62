#include <string.h>

#include "export/captions.h"
#include "export/writer.h"

static void append_time(sb_bytes *out, sb_time time)
{
    char text[SB_TIME_TEXT];
    sb_time_print(text, time, 3);
    char *point = strchr(text, '.');
    if (point)
        *point = ',';
    sb_bytes_text(out, text);
}

/* SubRip knows no speakers: their names stand before their words where another one begins. */
static const char *name_before(const sb_alignment *alignment, const sb_caption *cue, const sb_caption *before)
{
    const char *name = alignment->turns[cue->turn].speaker;
    const char *last = before ? alignment->turns[before->turn].speaker : NULL;
    if (!name || !cue->begins_turn || (last && strcmp(last, name) == 0))
        return NULL;
    return name;
}

static sb_status write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    if (sb_source_is(alignment, "srt"))
        return sb_source_write(out, alignment, notes, err);
    sb_captions cues;
    sb_status status = sb_captions_make(&cues, alignment, err);
    if (status != SB_OK)
        return status;
    for (size_t i = 0; i < cues.n_items; i++) {
        const sb_caption *cue = &cues.items[i];
        const char *name = name_before(alignment, cue, i > 0 ? cue - 1 : NULL);
        sb_bytes_print(out, "%s%zu\n", i > 0 ? "\n" : "", i + 1);
        append_time(out, cue->start);
        sb_bytes_text(out, " --> ");
        append_time(out, cue->end);
        sb_bytes_print(out, "\n%s%s%s\n", name ? name : "", name ? ": " : "", cue->text);
    }
    sb_note_left_out(notes, alignment);
    sb_captions_finish(&cues);
    return SB_OK;
}

const sb_writer sb_writer_srt = {
    .name = "srt",
    .summary = "SubRip captions",
    .extension = "srt",
    .write = write,
};
