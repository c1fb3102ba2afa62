#include "export/labels/labels.h"
#include "export/text/text.h"
#include "export/writers/writers.h"

static sb_time whole_ms(sb_time t)
{
    return t - t % SB_TIME_MS;
}

/* Returns the word's own time, or SB_TIME_NONE if it has none. */
static sb_time time_of_item(const sb_alignment *alignment, const sb_caption_item *item)
{
    if (item->kind != SB_CAPTION_WORD || item->joined)
        return SB_TIME_NONE;
    const sb_aligned_word *word = &alignment->turns[item->turn].words[item->word];
    return word->end != SB_TIME_NONE ? word->start : SB_TIME_NONE;
}

/* In WebVTT, times inside a cue must ascend and be within the cue. */
static void append_items(sb_bytes *out, const sb_alignment *alignment, const sb_caption *cue)
{
    sb_time last = whole_ms(cue->start), end = whole_ms(cue->end);
    for (size_t i = 0; i < cue->n_items; i++) {
        char time[SB_TIME_TEXT];
        sb_time start = time_of_item(alignment, &cue->items[i]);
        sb_bytes_text(out, sb_caption_blank(cue, i, "\n"));
        if (start != SB_TIME_NONE && whole_ms(start) > last && whole_ms(start) < end) {
            last = whole_ms(start);
            sb_bytes_print(out, "<%s>", sb_time_print(time, last, 3));
        }
        sb_vtt_append_item(out, &cue->items[i]);
    }
}

static sb_status write_vtt_words(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_captions captions;
    sb_status status = sb_labels_need_word_times(alignment, "vtt-words", err);
    if (status == SB_OK)
        status = sb_captions_make(&captions, alignment, NULL, err);
    if (status != SB_OK)
        return status;
    sb_bytes_text(out, "WEBVTT\n");
    for (size_t i = 0; i < captions.n_items; i++) {
        sb_vtt_begin_cue(out, &captions.items[i], captions.items[i].speaker);
        append_items(out, alignment, &captions.items[i]);
        sb_bytes_text(out, "\n");
    }
    sb_note_captions_left_out(notes, alignment);
    sb_captions_finish(&captions);
    return SB_OK;
}

const sb_writer sb_writer_vtt_words = {
    .name = "vtt-words",
    .summary = "WebVTT captions with a time for each word",
    .extension = "vtt",
    .write = write_vtt_words,
};
