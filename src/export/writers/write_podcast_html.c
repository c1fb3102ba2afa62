#include <stdlib.h>

#include "base/text/text.h"
#include "export/export.h"
#include "export/writers/writers.h"

/* The podcast namespace uses whole seconds: "0:09", "1:02:03". */
static void append_page_time(sb_bytes *out, sb_time t)
{
    long long seconds = t > 0 ? (long long)(t / SB_TIME_SECOND) : 0;
    if (seconds >= 3600)
        sb_bytes_print(out, "<time>%lld:%02lld:%02lld</time>\n", seconds / 3600, seconds / 60 % 60,
                       seconds % 60);
    else
        sb_bytes_print(out, "<time>%lld:%02lld</time>\n", seconds / 60, seconds % 60);
}

static void append_next(sb_bytes *out, const char **before, const char *text)
{
    sb_bytes_text(out, *before ? sb_word_gap(*before, text) : "");
    sb_xml_append_text(out, text);
    *before = text;
}

static void append_words(sb_bytes *out, const sb_aligned_turn *turn)
{
    size_t event = 0;
    const char *before = NULL;
    for (size_t w = 0; w <= turn->n_words; w++) {
        for (; event < turn->n_events && (turn->events[event].before_word <= w || w == turn->n_words);
             event++) {
            if (sb_event_is_shown(turn->events[event].text))
                append_next(out, &before, turn->events[event].text);
        }
        if (w == turn->n_words)
            break;
        append_next(out, &before, turn->words[w].text);
    }
}

/* Every turn is written, even if it was not heard, because the format allows turns without times. */
static sb_status write_podcast_html(sb_bytes *out, const sb_alignment *alignment, sb_notes *notes,
                                    sb_error *err)
{
    (void)notes;
    (void)err;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const sb_aligned_turn *turn = &alignment->turns[i];
        if (turn->speaker) {
            sb_bytes_text(out, "<cite>");
            sb_xml_append_text(out, turn->speaker);
            sb_bytes_text(out, ":</cite>\n");
        }
        if (turn->start != SB_TIME_NONE)
            append_page_time(out, turn->start);
        sb_bytes_text(out, "<p>");
        append_words(out, turn);
        sb_bytes_text(out, "</p>\n");
    }
    return SB_OK;
}

const sb_writer sb_writer_podcast_html = {
    .name = "podcast-html",
    .summary = "podcast transcript as HTML: cite, time and p for each turn",
    .extension = "html",
    .write = write_podcast_html,
    .takes_turns = true,
};
