#include <string.h>

#include "export/labels.h"
#include "export/vtt_text.h"
#include "export/writer.h"

/* The place in a cue: WebVTT wants the times inside it to ascend, and to lie within it. */
typedef struct cue_pen {
    sb_bytes *out;
    const sb_aligned_turn *turn;
    const sb_caption_items *items; /* of the turn */
    size_t next_item, next_word;
    sb_time last, end; /* whole milliseconds */
} cue_pen;

static sb_time whole_ms(sb_time t)
{
    return t - t % SB_TIME_MS;
}

static void append_word_time(cue_pen *pen, const sb_aligned_word *word)
{
    char time[SB_TIME_TEXT];
    if (word->start == SB_TIME_NONE || word->end == SB_TIME_NONE)
        return;
    sb_time start = whole_ms(word->start);
    if (start <= pen->last || start >= pen->end)
        return;
    sb_bytes_print(pen->out, "<%s>", sb_time_print(time, start, 3));
    pen->last = start;
}

/* A cue's text is the turn's items from where the cue before ended, each followed by a blank or a line end. */
static void append_items(cue_pen *pen, const char *text)
{
    while (*text && pen->next_item < pen->items->n_items) {
        const sb_caption_item *item = &pen->items->items[pen->next_item++];
        size_t size = strlen(item->text);
        if (!item->is_event)
            append_word_time(pen, &pen->turn->words[pen->next_word++]);
        sb_vtt_append_text(pen->out, text, size);
        text += size;
        if (*text)
            sb_bytes_append(pen->out, text++, 1);
    }
}

static void append_cue(cue_pen *pen, const sb_caption *cue)
{
    sb_vtt_begin_cue(pen->out, cue, pen->turn->speaker);
    pen->last = whole_ms(cue->start);
    pen->end = whole_ms(cue->end);
    append_items(pen, cue->text);
    sb_bytes_text(pen->out, "\n");
}

static sb_status write_cues(sb_bytes *out, const sb_alignment *alignment, const sb_captions *cues,
                            sb_error *err)
{
    sb_caption_items items = {0};
    cue_pen pen = {.out = out, .items = &items};
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < cues->n_items; i++) {
        const sb_caption *cue = &cues->items[i];
        if (cue->begins_turn) {
            pen.turn = &alignment->turns[cue->turn];
            pen.next_item = pen.next_word = 0;
            status = sb_caption_items_make(&items, pen.turn, err);
        }
        if (status == SB_OK)
            append_cue(&pen, cue);
    }
    sb_caption_items_finish(&items);
    return status;
}

static sb_status write(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes, sb_error *err)
{
    sb_captions cues;
    sb_status status = sb_labels_need_word_times(alignment, "vtt-words", err);
    if (status == SB_OK)
        status = sb_captions_make(&cues, alignment, err);
    if (status != SB_OK)
        return status;
    sb_bytes_text(out, "WEBVTT\n");
    status = write_cues(out, alignment, &cues, err);
    sb_note_left_out(notes, alignment);
    sb_captions_finish(&cues);
    return status;
}

const sb_writer sb_writer_vtt_words = {
    .name = "vtt-words",
    .summary = "WebVTT captions with the time of each word inside them",
    .extension = "vtt",
    .write = write,
};
