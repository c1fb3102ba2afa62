#include "video/scene/scene.h"

/* A word stays highlighted through a shorter pause. */
#define PAUSE (SB_TIME_MS * 400)

static int64_t frame_of(sb_time t)
{
    return t > 0 ? sb_time_to_samples(t, SB_VIDEO_FPS) : 0;
}

/* ASS times are in centiseconds. This is one between the frame before and this frame. */
static void add_frame(sb_bytes *out, int64_t frame)
{
    int64_t t = frame > 0 ? frame * 100 / SB_VIDEO_FPS - 1 : 0;
    sb_bytes_print(out, "%lld:%02lld:%02lld.%02lld,", (long long)(t / 360000), (long long)(t / 6000 % 60),
                   (long long)(t / 100 % 60), (long long)(t % 100));
}

static void add_colour(sb_bytes *out, sb_colour colour, unsigned transparency)
{
    sb_bytes_print(out, "&H%02X%02X%02X%02X", transparency, colour & 255, colour >> 8 & 255,
                   colour >> 16 & 255);
}

/* Braces begin overrides and a backslash escapes. A word joiner separates a backslash from the letter after
 * it. */
static void add_text(sb_bytes *out, const sb_caption_item *item)
{
    sb_bytes text = {0};
    sb_caption_item_append(&text, item);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '{' || c == '}')
            sb_bytes_text(out, "\\");
        sb_bytes_append(out, &c, 1);
        if (c == '\\')
            sb_bytes_text(out, "\xe2\x81\xa0");
    }
    out->failed = out->failed || text.failed;
    sb_bytes_finish(&text);
}

static void add_line(sb_bytes *out, const sb_caption *cue, int64_t from, int64_t until, size_t lit,
                     const sb_caption_style *style)
{
    if (until <= from)
        return;
    sb_bytes_text(out, "Dialogue: 0,");
    add_frame(out, from);
    add_frame(out, until);
    sb_bytes_print(out, "Caption,,0,0,0,,{\\an5\\pos(%d,%d)\\blur%.1f}",
                   style->zone.x + style->zone.width / 2, style->middle,
                   style->size / (style->firm_edge ? 80 : 40));
    for (size_t i = 0; i < cue->n_items; i++) {
        sb_bytes_text(out, sb_caption_blank(cue, i, "\\N"));
        if (i == lit) {
            sb_bytes_text(out, "{\\1c");
            add_colour(out, style->lit, 0);
            sb_bytes_text(out, "&}");
        }
        add_text(out, &cue->items[i]);
        if (i == lit)
            sb_bytes_text(out, "{\\1c}");
    }
    sb_bytes_text(out, "\n");
}

/* Returns when item `i` stops being highlighted: at the next word, or at its own end if a pause follows. */
static sb_time lit_until(const sb_caption *cue, size_t i)
{
    sb_time end = cue->items[i].end, next = cue->end;
    for (size_t j = i + 1; j < cue->n_items; j++)
        if (cue->items[j].kind == SB_CAPTION_WORD) {
            next = cue->items[j].start;
            break;
        }
    return next - end < PAUSE && next > cue->items[i].start ? next : end;
}

static void add_cue(sb_bytes *out, const sb_caption *cue, const sb_caption_style *style)
{
    int64_t at = frame_of(cue->start), end = frame_of(cue->end);
    for (size_t i = 0; i < cue->n_items; i++) {
        if (cue->items[i].kind != SB_CAPTION_WORD)
            continue;
        int64_t from = frame_of(cue->items[i].start), until = frame_of(lit_until(cue, i));
        from = from < at ? at : from > end ? end : from;
        until = until < from ? from : until > end ? end : until;
        add_line(out, cue, at, from, SIZE_MAX, style);
        add_line(out, cue, from, until, i, style);
        at = until;
    }
    add_line(out, cue, at, end, SIZE_MAX, style);
}

static void add_header(sb_bytes *out, const sb_caption_style *style)
{
    sb_bytes_print(
        out,
        "[Script Info]\nScriptType: v4.00+\nWrapStyle: 2\nScaledBorderAndShadow: yes\n"
        "YCbCr Matrix: None\nPlayResX: %d\nPlayResY: %d\n\n[V4+ Styles]\n"
        "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, "
        "Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, "
        "Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\nStyle: Caption,%s,%.1f,",
        style->width, style->height, style->font, style->size);
    add_colour(out, style->text, 0);
    sb_bytes_text(out, ",");
    add_colour(out, style->text, 0);
    sb_bytes_text(out, ",");
    add_colour(out, style->edge, style->firm_edge ? 0 : 0x50);
    sb_bytes_text(out, ",");
    add_colour(out, style->edge, 0x80);
    sb_bytes_print(out, ",-1,0,0,0,100,100,0,0,1,%.1f,0,5,%d,%d,0,-1\n",
                   style->size / (style->firm_edge ? 14 : 22), style->zone.x,
                   style->width - style->zone.x - style->zone.width);
    sb_bytes_text(
        out, "\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n");
}

void sb_caption_script(sb_bytes *out, const sb_captions *captions, const sb_caption_style *style)
{
    add_header(out, style);
    for (size_t i = 0; i < captions->n_items; i++)
        add_cue(out, &captions->items[i], style);
}
