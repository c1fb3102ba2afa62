#include "base/json/json.h"
#include "base/text/text.h"
#include "export/export.h"
#include "export/writers/writers.h"

/* A segment without a speaker continues the speaker before; an empty name prevents that. */
static void append_segment(sb_json_writer *json, const sb_caption *cue, const char *speaker,
                           const char *speaker_before)
{
    sb_bytes body = {0};
    sb_caption_append(&body, cue, NULL);
    sb_json_newline(json);
    sb_json_begin(json, NULL, '{');
    if (speaker || speaker_before)
        sb_json_text(json, "speaker", speaker ? speaker : "");
    sb_json_time(json, "startTime", cue->start);
    sb_json_time(json, "endTime", cue->end);
    sb_json_text(json, "body", body.data ? body.data : "");
    sb_json_end(json, '}');
    json->out->failed = json->out->failed || body.failed;
    sb_bytes_finish(&body);
}

static sb_status write_podcast_json(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes,
                                    sb_error *err)
{
    sb_captions cues;
    bool is_written;
    sb_status status = sb_source_write_proper(&is_written, out, alignment, "podcast-json", "{", notes, err);
    if (status != SB_OK || is_written)
        return status;
    status = sb_captions_make(&cues, alignment, NULL, err);
    if (status != SB_OK)
        return status;
    sb_json_writer json = {out, false};
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "version", "1.0.0");
    sb_json_begin(&json, "segments", '[');
    const char *before = NULL;
    for (size_t i = 0; i < cues.n_items; i++) {
        const char *speaker = cues.items[i].speaker;
        append_segment(&json, &cues.items[i], speaker, before);
        before = speaker;
    }
    sb_json_end(&json, ']');
    sb_json_end(&json, '}');
    sb_bytes_text(out, "\n");
    sb_note_captions_left_out(notes, alignment);
    sb_captions_finish(&cues);
    return SB_OK;
}

const sb_writer sb_writer_podcast_json = {
    .name = "podcast-json",
    .summary = "podcast transcript as JSON: segments with speakers and times",
    .extension = "json",
    .write = write_podcast_json,
};
