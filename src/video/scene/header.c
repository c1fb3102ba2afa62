#include "video/scene/header.h"

#include "base/text/text.h"

#include <string.h>

#define LEAST_TITLE 0.7 /* of its size */
#define TITLE_SIZE  2048
#define ELLIPSIS    "\xe2\x80\xa6"

static bool is_shown(const sb_canvas_text *text)
{
    return text->text && *text->text && text->size > 0;
}

static const char *font_or(const char *own, const char *common)
{
    return *own ? own : common;
}

static sb_canvas_text title_text(const sb_video_header *h)
{
    const sb_theme *t = h->theme;
    return (sb_canvas_text){.text = h->title,
                            .fonts = font_or(t->title_font, t->font),
                            .size = t->title_size / 100 * h->layout->side,
                            .bold = true,
                            .centred = t->align == SB_THEME_CENTRE,
                            .lines = TITLE_LINES,
                            .colour = t->text};
}

static sb_canvas_text speaker_text(const sb_video_header *h, const char *speaker, sb_colour colour)
{
    const sb_theme *t = h->theme;
    return (sb_canvas_text){.text = speaker,
                            .fonts = font_or(t->speaker_font, t->font),
                            .size = t->speaker_size / 100 * h->layout->side * h->scale,
                            .centred = t->align == SB_THEME_CENTRE,
                            .beside = h->title && *h->title ? h->title : NULL,
                            .lines = 1,
                            .colour = colour};
}

/* Leaves out the last words until the rest and an ellipsis fit. */
static void shorten(char *text, sb_canvas_text *title, sb_canvas *canvas, sb_rect box)
{
    title->text = text;
    while (!sb_canvas_fits(canvas, title, box)) {
        char *blank = strrchr(text, ' ');
        if (!blank)
            return;
        while (blank > text && strchr(" ,;:", blank[-1]))
            blank--;
        memcpy(blank, ELLIPSIS, sizeof ELLIPSIS);
    }
}

/* A long title is smaller, and it is shortened only if that is not enough. */
static void make_fit(sb_video_header *h, char *text, sb_canvas_text *title, sb_canvas *canvas, sb_rect box)
{
    double size = title->size, least = size * LEAST_TITLE;
    while (is_shown(title) && title->size > least && !sb_canvas_fits(canvas, title, box))
        title->size *= 0.94;
    if (is_shown(title))
        h->scale = title->size / size;
    if (is_shown(title) && strlen(title->text) + sizeof ELLIPSIS < TITLE_SIZE) {
        strcpy(text, title->text);
        shorten(text, title, canvas, box);
    }
}

void sb_video_header_draw(sb_video_header *h, sb_canvas *canvas, const char *speaker)
{
    h->scale = 1;
    sb_canvas_text texts[2] = {title_text(h), {0}};
    const sb_rect *zone = &h->layout->zone;
    sb_rect box = h->layout->header;
    char shortened[TITLE_SIZE];
    make_fit(h, shortened, &texts[0], canvas, box);
    texts[1] = speaker_text(h, speaker, 0);
    int heights[2] = {0};
    int gap = is_shown(&texts[0]) && is_shown(&texts[1]) ? h->layout->side / 130 : 0;
    for (int i = 0; i < 2; i++)
        if (is_shown(&texts[i]))
            heights[i] = sb_canvas_write(canvas, &texts[i], box, true, i ? NULL : &h->missing);
    int free = box.height - heights[0] - heights[1] - gap;
    box.y += free > 0 ? free / 2 : 0;
    int last = zone->y + zone->height - (heights[0] + heights[1] + gap);
    box.y = box.y > last && last > zone->y ? last : box.y;
    if (is_shown(&texts[0]))
        sb_canvas_write(canvas, &texts[0], box, false, NULL);
    h->plate = (sb_rect){box.x, box.y + heights[0] + gap, box.width, heights[1]};
}

int sb_video_header_name_height(const sb_video_header *h, sb_canvas *canvas, const char *speaker)
{
    sb_canvas_text text = speaker_text(h, speaker, 0);
    return is_shown(&text) ? sb_canvas_write(canvas, &text, h->layout->header, true, NULL) : 0;
}

void sb_video_header_draw_speaker(sb_video_header *h, sb_canvas *canvas, const char *speaker,
                                  sb_colour colour)
{
    sb_canvas_text text = speaker_text(h, speaker, colour);
    if (is_shown(&text))
        sb_canvas_write(canvas, &text, h->plate, false, &h->missing);
}
