#include "export/export.h"
#include "export/labels/labels.h"
#include "export/text/text.h"
#include "export/writers/writers.h"

/* Recommended by the podcast namespace. */
#define SHORTEST (15 * SB_TIME_SECOND)
#define LONGEST  (120 * SB_TIME_SECOND)

static void append_soundbite(sb_bytes *out, const sb_label *label, const sb_aligned_turn *turn)
{
    char start[SB_TIME_TEXT], length[SB_TIME_TEXT];
    sb_bytes title = sb_title_make(turn, false);
    sb_bytes_print(out, "<podcast:soundbite startTime=\"%s\" duration=\"%s\">",
                   sb_time_print_seconds(start, label->span.start, 3),
                   sb_time_print_seconds(length, label->span.end - label->span.start, 3));
    sb_xml_append_text(out, title.data ? title.data : "");
    sb_bytes_text(out, "</podcast:soundbite>\n");
    out->failed = out->failed || title.failed;
    sb_bytes_finish(&title);
}

static void note_lengths(sb_notes *notes, const sb_labels *labels)
{
    size_t n = 0, first = 0;
    for (size_t i = 0; i < labels->n_items; i++) {
        sb_time length = labels->items[i].span.end - labels->items[i].span.start;
        if (length < SHORTEST || length > LONGEST)
            first = n++ ? first : i;
    }
    if (n > 0)
        sb_notes_add(notes, NULL, 0, 0,
                     "%zu of %zu soundbites are not between 15 and 120 s long, the first is number %zu; "
                     "players may skip them; select by length",
                     n, labels->n_items, first + 1);
}

static sb_status write_soundbite(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_labels labels;
    sb_status status = sb_labels_make(&labels, alignment, SB_LABEL_TURNS, notes, err);
    if (status != SB_OK)
        return status;
    for (size_t i = 0; i < labels.n_items; i++)
        append_soundbite(out, &labels.items[i], &alignment->turns[labels.items[i].turn]);
    note_lengths(notes, &labels);
    sb_labels_finish(&labels);
    return SB_OK;
}

const sb_writer sb_writer_soundbite = {
    .name = "soundbite",
    .summary = "<podcast:soundbite> elements for a feed",
    .extension = "xml",
    .write = write_soundbite,
    .takes_turns = true,
};
