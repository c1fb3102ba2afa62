#include "export/text/text.h"

#include <string.h>

#include "base/text/text.h"

#define ELLIPSIS "\xe2\x80\xa6"

sb_bytes sb_title_make_whole(const sb_aligned_turn *turn, bool name)
{
    sb_bytes title = {0};
    sb_bytes_text(&title, "");
    if (name && turn->speaker) {
        sb_one_line_append(&title, turn->speaker);
        sb_bytes_text(&title, turn->n_words ? ": " : "");
    }
    sb_one_line_turn(&title, turn);
    return title;
}

/* Returns the end of the first `n` characters, or of the text. */
static size_t end_of_title(const sb_bytes *text, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < text->size)
        sb_utf8_next(text->data, text->size, &at);
    return at;
}

sb_bytes sb_title_make(const sb_aligned_turn *turn, bool name)
{
    sb_bytes title = sb_title_make_whole(turn, name);
    if (title.failed || end_of_title(&title, SB_TITLE_MOST) == title.size)
        return title;
    size_t most = end_of_title(&title, SB_TITLE_MOST - 1), cut = most;
    while (cut > 0 && title.data[cut] != ' ')
        cut--;
    title.size = cut > 0 ? cut : most;
    sb_bytes_text(&title, ELLIPSIS);
    return title;
}
