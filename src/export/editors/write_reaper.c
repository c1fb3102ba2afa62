#include <stdlib.h>

#include "base/text/text.h"
#include "export/export.h"
#include "export/labels/labels.h"
#include "export/text/text.h"

/* One colour per speaker, distinguishable with colour blindness (Okabe and Ito). */
static const char *const colors[] = {"E69F00", "56B4E9", "009E73", "F0E442",
                                     "0072B2", "D55E00", "CC79A7", "999999"};
#define N_COLORS (sizeof colors / sizeof *colors)

/* Returns the number of distinct names before the first occurrence of this turn's name. */
static size_t speaker_number(const sb_alignment *alignment, size_t index)
{
    const char *names[N_COLORS] = {0};
    const char *wanted = alignment->turns[index].speaker;
    size_t n = 0;
    for (size_t i = 0; i < alignment->n_turns && n < N_COLORS; i++) {
        const char *name = alignment->turns[i].speaker;
        size_t k = 0;
        while (k < n && !sb_same_text(names[k], name))
            k++;
        if (k == n)
            names[n++] = name;
        if (sb_same_text(name, wanted))
            return k;
    }
    return N_COLORS - 1;
}

/* "62:05.250" means minutes, seconds and milliseconds. REAPER reads it independently of the ruler setting. */
static void append_reaper_time(sb_bytes *out, int64_t ms)
{
    sb_bytes_print(out, "%lld:%02lld.%03lld", (long long)(ms / 60000), (long long)(ms / 1000 % 60),
                   (long long)(ms % 1000));
}

static void append_region(sb_bytes *out, const sb_label *label, const sb_alignment *alignment, size_t number)
{
    sb_bytes title = sb_title_make(&alignment->turns[label->turn], true);
    int64_t start = sb_time_to_samples(label->span.start, 1000);
    int64_t end = sb_time_to_samples(label->span.end, 1000);
    sb_bytes_print(out, "R%zu,", number);
    sb_csv_append_cell(out, title.data);
    sb_bytes_text(out, ",");
    append_reaper_time(out, start);
    sb_bytes_text(out, ",");
    append_reaper_time(out, end);
    sb_bytes_text(out, ",");
    append_reaper_time(out, end - start);
    sb_bytes_print(out, ",%s\n", colors[speaker_number(alignment, label->turn)]);
    out->failed = out->failed || title.failed;
    sb_bytes_finish(&title);
}

static sb_status write_reaper(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_labels labels;
    sb_status status = sb_labels_make(&labels, alignment, SB_LABEL_TURNS, notes, err);
    if (status != SB_OK)
        return status;
    sb_bytes_text(out, "#,Name,Start,End,Length,Color\n");
    for (size_t i = 0; i < labels.n_items; i++)
        append_region(out, &labels.items[i], alignment, i + 1);
    sb_labels_finish(&labels);
    return SB_OK;
}

const sb_writer sb_writer_reaper = {
    .name = "reaper",
    .summary = "regions for REAPER, one colour per speaker",
    .extension = "csv",
    .write = write_reaper,
    .takes_turns = true,
};
