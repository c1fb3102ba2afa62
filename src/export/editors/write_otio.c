#include <stdlib.h>

#include "base/json/json.h"
#include "base/text/text.h"
#include "export/editors/edits.h"
#include "export/export.h"
#include "export/text/text.h"

static void begin_object(sb_json_writer *json, const char *key, const char *schema)
{
    sb_json_begin(json, key, '{');
    sb_json_text(json, "OTIO_SCHEMA", schema);
}

static void append_empty(sb_json_writer *json, const char *key, char open, char close)
{
    sb_json_begin(json, key, open);
    sb_json_end(json, close);
}

static void append_otio_time(sb_json_writer *json, const char *key, int64_t value, int rate)
{
    begin_object(json, key, "RationalTime.1");
    sb_json_number(json, "rate", rate, 1);
    sb_json_number(json, "value", (double)value, 1);
    sb_json_end(json, '}');
}

static void append_range(sb_json_writer *json, const char *key, int64_t start, int64_t length, int rate)
{
    begin_object(json, key, "TimeRange.1");
    append_otio_time(json, "start_time", start, rate);
    append_otio_time(json, "duration", length, rate);
    sb_json_end(json, '}');
}

/* The members that every item of a timeline has. */
static void append_item(sb_json_writer *json, const char *name)
{
    sb_json_text(json, "name", name);
    append_empty(json, "effects", '[', ']');
    append_empty(json, "markers", '[', ']');
}

static void append_reference(sb_json_writer *json, const sb_alignment *alignment, const sb_edits *edits,
                             int rate)
{
    sb_bytes url = {0};
    sb_url_append_path(&url, alignment->audio.path);
    if (url.data) {
        begin_object(json, "media_reference", "ExternalReference.1");
        sb_json_text(json, "target_url", url.data);
    } else {
        begin_object(json, "media_reference", "MissingReference.1");
    }
    append_range(json, "available_range", 0, edits->source_length, rate);
    append_empty(json, "metadata", '{', '}');
    sb_json_end(json, '}');
    json->out->failed = json->out->failed || url.failed;
    sb_bytes_finish(&url);
}

static void append_clip(sb_json_writer *json, const sb_alignment *alignment, const sb_edits *edits,
                        const sb_edit *edit, int rate)
{
    sb_bytes name = sb_title_make(edit->turn, true), text = sb_title_make_whole(edit->turn, false);
    sb_json_newline(json);
    begin_object(json, NULL, "Clip.1");
    append_item(json, name.data);
    append_range(json, "source_range", edit->in, edit->length, rate);
    append_reference(json, alignment, edits, rate);
    sb_json_begin(json, "metadata", '{');
    sb_json_begin(json, "soundbite", '{');
    sb_json_text(json, "speaker", edit->turn->speaker);
    sb_json_text(json, "text", text.data);
    sb_json_end(json, '}');
    sb_json_end(json, '}');
    sb_json_end(json, '}');
    json->out->failed = json->out->failed || name.failed || text.failed;
    sb_bytes_finish(&name);
    sb_bytes_finish(&text);
}

static void append_track(sb_json_writer *json, const sb_alignment *alignment, const sb_edits *edits, int rate)
{
    begin_object(json, NULL, "Track.1");
    append_item(json, "quotes");
    sb_json_text(json, "kind", "Audio");
    sb_json_text(json, "source_range", NULL);
    append_empty(json, "metadata", '{', '}');
    sb_json_begin(json, "children", '[');
    for (size_t i = 0; i < edits->n_items; i++)
        append_clip(json, alignment, edits, &edits->items[i], rate);
    sb_json_end(json, ']');
    sb_json_end(json, '}');
}

static void append_timeline(sb_bytes *out, const sb_alignment *alignment, const sb_edits *edits, int rate)
{
    bool ok = true;
    sb_json_writer json = {out, false};
    const char *path = alignment->audio.path ? alignment->audio.path : alignment->transcript.path;
    char *stem = sb_one_line_file_stem(path, &ok);
    begin_object(&json, NULL, "Timeline.1");
    sb_json_text(&json, "name", stem ? stem : "soundbite");
    sb_json_text(&json, "global_start_time", NULL);
    append_empty(&json, "metadata", '{', '}');
    begin_object(&json, "tracks", "Stack.1");
    append_item(&json, "tracks");
    sb_json_text(&json, "source_range", NULL);
    append_empty(&json, "metadata", '{', '}');
    sb_json_begin(&json, "children", '[');
    append_track(&json, alignment, edits, rate);
    sb_json_end(&json, ']');
    sb_json_end(&json, '}');
    sb_json_end(&json, '}');
    sb_bytes_text(out, "\n");
    out->failed = out->failed || !ok;
    free(stem);
}

static sb_status write_otio(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    int rate = sb_edits_rate(alignment);
    sb_edits edits;
    sb_status status = sb_edits_make_samples(&edits, alignment, rate, notes, err);
    if (status == SB_OK)
        append_timeline(out, alignment, &edits, rate);
    sb_edits_finish(&edits);
    return status;
}

const sb_writer sb_writer_otio = {
    .name = "otio",
    .summary = "OpenTimelineIO timeline of the turns, in samples",
    .extension = "otio",
    .write = write_otio,
    .takes_turns = true,
    .refers_to_audio = true,
};
