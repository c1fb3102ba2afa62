#include <math.h>

#include "export/export.h"

#include "base/text/text.h"
#include "export/text/text.h"
#include "export/writers/writers.h"

static sb_time turn_length(const sb_aligned_turn *turn)
{
    return turn->start != SB_TIME_NONE && turn->end != SB_TIME_NONE ? turn->end - turn->start : SB_TIME_NONE;
}

static void append_row(sb_bytes *out, const sb_aligned_turn *turn, size_t number)
{
    sb_bytes text = sb_title_make_whole(turn, false);
    long thousandths = lroundf(turn->confidence * 1000);
    sb_bytes_print(out, "%zu,", number);
    sb_csv_append_safe(out, turn->speaker);
    sb_bytes_text(out, ",");
    sb_csv_time_cell(out, turn->start);
    sb_csv_time_cell(out, turn->end);
    sb_csv_time_cell(out, turn_length(turn));
    sb_csv_append_safe(out, text.data);
    sb_bytes_print(out, ",%ld.%03ld,%s\r\n", thousandths / 1000, thousandths % 1000,
                   sb_turn_status_name(turn->status));
    out->failed = out->failed || text.failed;
    sb_bytes_finish(&text);
}

static sb_status write_csv(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    (void)notes;
    (void)err;
    sb_bytes_text(out, "n,speaker,start,end,length,text,confidence,status\r\n");
    for (size_t i = 0; i < alignment->n_turns; i++)
        append_row(out, &alignment->turns[i], i + 1);
    return SB_OK;
}

const sb_writer sb_writer_csv = {
    .name = "csv",
    .summary = "a table with one row per turn; formulas are made harmless",
    .extension = "csv",
    .write = write_csv,
};
