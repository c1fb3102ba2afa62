#include <stdlib.h>

#include "base/json/json.h"
#include "base/text/text.h"
#include "export/labels/labels.h"
#include "export/text/text.h"

static void append_chapter(sb_json_writer *json, const sb_label *label, const sb_aligned_turn *turn)
{
    sb_bytes title = sb_title_make(turn, true);
    sb_json_newline(json);
    sb_json_begin(json, NULL, '{');
    sb_json_time(json, "startTime", label->span.start);
    sb_json_time(json, "endTime", label->span.end);
    sb_json_text(json, "title", title.data ? title.data : "");
    sb_json_end(json, '}');
    json->out->failed = json->out->failed || title.failed;
    sb_bytes_finish(&title);
}

static sb_status write_chapters(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_labels labels;
    sb_status status = sb_labels_make(&labels, alignment, SB_LABEL_TURNS, notes, err);
    if (status != SB_OK)
        return status;
    sb_json_writer json = {out, false};
    sb_json_begin(&json, NULL, '{');
    sb_json_text(&json, "version", "1.2.0");
    if (alignment->transcript.title)
        sb_json_text(&json, "title", alignment->transcript.title);
    sb_json_begin(&json, "chapters", '[');
    for (size_t i = 0; i < labels.n_items; i++)
        append_chapter(&json, &labels.items[i], &alignment->turns[labels.items[i].turn]);
    sb_json_end(&json, ']');
    sb_json_end(&json, '}');
    sb_bytes_text(out, "\n");
    sb_labels_finish(&labels);
    return SB_OK;
}

const sb_writer sb_writer_chapters = {
    .name = "chapters",
    .summary = "Podcasting 2.0 chapters (JSON 1.2), one per turn",
    .extension = "json",
    .write = write_chapters,
    .takes_turns = true,
};
