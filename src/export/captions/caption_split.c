#include "export/captions/captions.h"

#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

static bool is_line_blank(int32_t c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* True where URLs and compounds may break. */
static bool is_seam(int32_t before, int32_t after)
{
    return is_line_blank(before) ||
           (sb_utf8_has("/-_.?&=:@,+–—", before) && (sb_is_letter(after) || sb_is_digit(after)));
}

static int32_t char_of_text(const char *text, size_t size, size_t at)
{
    return at < size ? sb_utf8_next(text, size, &at) : 0;
}

/* Returns the end of the part that begins at `at`. */
static size_t part_end(const sb_caption_item *item, size_t at, size_t max_width)
{
    size_t seam = 0, begin = at, width = 0;
    while (at < item->size) {
        size_t next = sb_grapheme_end(item->text, item->size, at);
        width += sb_utf8_width(item->text + at, next - at);
        if (width > max_width && at > begin)
            return seam > begin ? seam : at;
        int32_t before = char_of_text(item->text, item->size, at),
                after = char_of_text(item->text, item->size, next);
        if (next < item->size && item->kind != SB_CAPTION_EVENT && sb_may_part(before, after))
            return next;
        if (is_seam(before, after))
            seam = next;
        at = next;
    }
    return item->size;
}

static bool add_part(sb_caption_items *out, const sb_caption_item *whole, size_t begin, size_t end)
{
    bool joined = begin > 0 ? !is_line_blank(whole->text[begin - 1]) : whole->joined;
    while (end > begin && end < whole->size && is_line_blank(whole->text[end - 1]))
        end--;
    if (!sb_grow(&out->items, out->n_items, &out->capacity, sizeof *out->items))
        return false;
    sb_caption_item *part = &out->items[out->n_items++];
    *part = *whole;
    part->text += begin;
    part->size = end - begin;
    part->width = sb_utf8_width(part->text, part->size);
    if (whole->kind == SB_CAPTION_NAME && end == whole->size)
        part->width++;
    part->joined = joined;
    part->breaks = whole->breaks && begin == 0;
    return true;
}

static void share_time(sb_caption_item *parts, size_t n, sb_time start, sb_time end)
{
    size_t total = 0, done = 0;
    for (size_t i = 0; i < n; i++)
        total += parts[i].width;
    double column = total ? (double)(end - start) / (double)total : 0;
    for (size_t i = 0; i < n; i++) {
        parts[i].start = start + (sb_time)(column * (double)done);
        done += parts[i].width;
        parts[i].end = i + 1 < n ? start + (sb_time)(column * (double)done) : end;
    }
}

sb_status sb_caption_items_split(sb_caption_items *out, const sb_caption_item *item, size_t max_width,
                                 sb_error *err)
{
    size_t before = out->n_items, at = 0;
    size_t room = item->kind == SB_CAPTION_NAME && max_width > 1 ? max_width - 1 : max_width;
    do {
        size_t end = part_end(item, at, room);
        if (!add_part(out, item, at, end))
            return sb_error_memory(err, "making captions");
        at = end;
    } while (at < item->size);
    share_time(out->items + before, out->n_items - before, item->start, item->end);
    return SB_OK;
}
