#include <string.h>

#include "export/labels/labels.h"

#include "base/text/text.h"
#include "export/text/text.h"

static void append_escaped(sb_bytes *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("=;#\\", *text))
            sb_bytes_text(out, "\\");
        sb_bytes_append(out, text, 1);
    }
}

static void append_chapter(sb_bytes *out, const sb_label *label, const sb_aligned_turn *turn)
{
    sb_bytes title = sb_title_make(turn, true);
    sb_bytes_print(out, "[CHAPTER]\nTIMEBASE=1/1000\nSTART=%lld\nEND=%lld\ntitle=",
                   (long long)sb_time_to_samples(label->span.start, 1000),
                   (long long)sb_time_to_samples(label->span.end, 1000));
    append_escaped(out, title.data ? title.data : "");
    sb_bytes_text(out, "\n");
    out->failed = out->failed || title.failed;
    sb_bytes_finish(&title);
}

static void append_title(sb_bytes *out, const char *text)
{
    sb_bytes title = {0};
    sb_one_line_append(&title, text);
    sb_bytes_text(out, "title=");
    append_escaped(out, title.data ? title.data : "");
    sb_bytes_text(out, "\n");
    out->failed = out->failed || title.failed;
    sb_bytes_finish(&title);
}

static sb_status write_ffmetadata(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes,
                                  sb_error *err)
{
    sb_labels labels;
    sb_status status = sb_labels_make(&labels, alignment, SB_LABEL_TURNS, notes, err);
    if (status != SB_OK)
        return status;
    sb_bytes_text(out, ";FFMETADATA1\n");
    if (alignment->transcript.title)
        append_title(out, alignment->transcript.title);
    for (size_t i = 0; i < labels.n_items; i++)
        append_chapter(out, &labels.items[i], &alignment->turns[labels.items[i].turn]);
    sb_labels_finish(&labels);
    return SB_OK;
}

const sb_writer sb_writer_ffmetadata = {
    .name = "ffmetadata",
    .summary = "chapters in ffmpeg's metadata format",
    .extension = "ffmetadata",
    .write = write_ffmetadata,
    .takes_turns = true,
};
