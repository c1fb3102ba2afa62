#include "export/labels/labels.h"

#include "base/text/text.h"
#include "export/text/text.h"

static void append_label(sb_bytes *out, const sb_label *label, const sb_aligned_turn *turn)
{
    char start[SB_TIME_TEXT], end[SB_TIME_TEXT];
    sb_bytes_print(out, "%s\t%s\t", sb_time_print_seconds(start, label->span.start, 6),
                   sb_time_print_seconds(end, label->span.end, 6));
    if (label->word) {
        sb_one_line_append(out, label->word->text);
    } else {
        if (turn->speaker) {
            sb_one_line_append(out, turn->speaker);
            sb_bytes_text(out, ": ");
        }
        sb_one_line_turn(out, turn);
    }
    sb_bytes_text(out, "\n");
}

static sb_status write_labels(sb_bytes *out, const sb_alignment *alignment, sb_label_kind kind,
                              sb_notes *notes, sb_error *err)
{
    sb_labels labels;
    sb_status status = sb_labels_make(&labels, alignment, kind, notes, err);
    if (status != SB_OK)
        return status;
    for (size_t i = 0; i < labels.n_items; i++)
        append_label(out, &labels.items[i], &alignment->turns[labels.items[i].turn]);
    sb_labels_finish(&labels);
    return SB_OK;
}

static sb_status write_audacity(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    return write_labels(out, alignment, SB_LABEL_WORDS_OR_TURN, notes, err);
}

static sb_status write_audacity_turns(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes,
                                      sb_error *err)
{
    return write_labels(out, alignment, SB_LABEL_TURNS, notes, err);
}

const sb_writer sb_writer_audacity = {
    .name = "audacity",
    .summary = "Audacity labels, one per word",
    .extension = "txt",
    .write = write_audacity,
};

const sb_writer sb_writer_audacity_turns = {
    .name = "audacity-turns",
    .summary = "Audacity labels, one per turn, with the speaker's name",
    .extension = "txt",
    .write = write_audacity_turns,
    .takes_turns = true,
};
