#include "export/text/text.h"

#include "base/text/text.h"

#include <string.h>

#define WORD_JOINER "\xe2\x81\xa0" /* invisible */

/* "{\an8}" and "\N" of SubStation Alpha, "{y:i}" of MicroDVD. */
static bool begins_override(const char *text, size_t size)
{
    if (size < 2)
        return false;
    if (*text == '\\')
        return strchr("Nnh", text[1]) != NULL && text[1];
    return *text == '{' && (text[1] == '\\' || (size > 2 && text[2] == ':'));
}

void sb_vtt_append_text(sb_bytes *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        const char *escaped = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
        if (escaped)
            sb_bytes_text(out, escaped);
        else
            sb_bytes_append(out, &c, 1);
        if (begins_override(text + i, size - i))
            sb_bytes_text(out, WORD_JOINER);
    }
}

void sb_vtt_append_item(sb_bytes *out, const sb_caption_item *item)
{
    sb_bytes text = {0};
    sb_caption_item_append(&text, item);
    if (text.data)
        sb_vtt_append_text(out, text.data, text.size);
    out->failed = out->failed || text.failed;
    sb_bytes_finish(&text);
}

static void append_voice(sb_bytes *out, const char *speaker)
{
    sb_bytes name = {0};
    sb_one_line_append(&name, speaker);
    sb_bytes_text(out, "<v ");
    if (name.data)
        sb_vtt_append_text(out, name.data, name.size);
    sb_bytes_text(out, ">");
    out->failed = out->failed || name.failed;
    sb_bytes_finish(&name);
}

void sb_vtt_begin_cue(sb_bytes *out, const sb_caption *cue, const char *speaker)
{
    char start[SB_TIME_TEXT], end[SB_TIME_TEXT];
    sb_bytes_print(out, "\n%s --> %s\n", sb_time_print(start, cue->start, 3),
                   sb_time_print(end, cue->end, 3));
    if (speaker)
        append_voice(out, speaker);
}
