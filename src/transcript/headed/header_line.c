#include <string.h>

#include "base/text/text.h"
#include "transcript/headed/headed.h"
#include "transcript/model/model.h"

#define MAX_SPEAKER 20
#define FULL_CLOCK  8   /* characters of HH:MM:SS */
#define MAX_HEAD    360 /* bytes of a line in which a header ends */

/* A line that is being parsed. */
typedef struct head_scan {
    const char *text;
    size_t at, end;
    unsigned styles; /* of sb_header_styles */
} head_scan;

static bool has_mark(const char *text, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        if (text[i] && strchr("*_`<", text[i]))
            return true;
    }
    return false;
}

/* "** **" are two groups: the end and the beginning of an emphasis. */
static size_t count_mark_groups(const char *text, size_t from, size_t until)
{
    size_t n = 0;
    for (size_t i = from; i < until; i++)
        n += has_mark(text, i, i + 1) && (i == from || !has_mark(text, i - 1, i));
    return n;
}

static char head_char_at(const head_scan *s, size_t at, size_t *length)
{
    *length = 1;
    return at < s->end ? sb_narrow_char(s->text + at, s->end - at, length) : 0;
}

/* Returns the length of an em dash or en dash at text[at]; 0 if there is none. */
static size_t dash_length(const head_scan *s, size_t at)
{
    bool is_dash = s->end - at >= 3 && memcmp(s->text + at, "\xE2\x80", 2) == 0 &&
                   (s->text[at + 2] == '\x93' || s->text[at + 2] == '\x94');
    return is_dash ? 3 : 0;
}

/* Returns the length of a separator between name, time and text, but not of a colon; 0 if there is none. */
static size_t separator_length(const head_scan *s, size_t at)
{
    if (at >= s->end)
        return 0;
    if (s->text[at] && strchr("-|,", s->text[at]))
        return 1;
    bool is_dot = s->end - at >= 2 && memcmp(s->text + at, "\xC2\xB7", 2) == 0;
    bool is_bullet = s->end - at >= 3 && memcmp(s->text + at, "\xE2\x80\xA2", 3) == 0;
    return is_dot ? 2 : is_bullet ? 3 : dash_length(s, at);
}

/* Trims blanks, marks, separators and "at" from the end of a name. */
static sb_range trim_name(const head_scan *s, size_t begin, size_t end)
{
    for (size_t before = SIZE_MAX; end > begin && end != before;) {
        before = end;
        sb_range r = sb_range_trim(s->text, (sb_range){begin, end - begin});
        begin = r.at;
        end = r.at + r.length;
        while (end > begin && s->text[end - 1] && strchr("*_`~-|,", s->text[end - 1]))
            end--;
        for (size_t n = 2; n <= 4; n++) {
            head_scan tail = {.text = s->text, .end = end};
            if (end - begin > n && separator_length(&tail, end - n) == n && n != 4)
                end -= n;
        }
        if (end - begin > 4 && s->text[end - 1] == '>' && memchr(s->text + begin, '<', end - begin)) {
            while (end > begin && s->text[end - 1] != '<')
                end--;
            end -= end > begin;
        }
        if (end - begin > 3 && memcmp(s->text + end - 3, " at", 3) == 0 &&
            sb_is_name(s->text + begin, end - 3 - begin))
            end -= 3;
    }
    size_t from = sb_skip_marks(s->text, begin, end);
    return (sb_range){from, end - from};
}

/* "Ann Lee -- Chief Executive Officer", "Speaker 1 \u2014 Host": without the title. Dashes have blanks on
 * both sides. */
static sb_range without_title(const head_scan *s, sb_range name)
{
    for (size_t at = name.at + 1, end = name.at + name.length; at + 2 < end; at++) {
        head_scan tail = {.text = s->text, .at = at, .end = end};
        size_t length = s->text[at] == '-' ? 1 + (s->text[at + 1] == '-') : dash_length(&tail, at);
        if (s->text[at - 1] == ' ' && length > 0 && at + length < end && s->text[at + length] == ' ') {
            sb_range before = trim_name(s, name.at, at);
            return sb_is_plain_name(s->text + before.at, before.length) ? before : name;
        }
    }
    return name;
}

static bool is_speaker(const head_scan *s, sb_range name)
{
    return sb_is_speaker(s->text + name.at, name.length);
}

/* Emphasis of the first word of the text belongs to it: "**Ann:** *Very* long". */
static sb_range rest_from(const head_scan *s, size_t at)
{
    size_t begin = at;
    while (begin > 0 && s->text[begin - 1] && strchr("*_", s->text[begin - 1]))
        begin--;
    if (begin < at && begin > 0 && s->text[begin - 1] == ' ')
        at = begin;
    return sb_range_trim(s->text, (sb_range){at, s->end - at});
}

/* Reads "[NAME]" and moves past it. */
static bool read_bracketed_name(sb_header *out, head_scan *s)
{
    size_t limit = s->end - s->at < MAX_HEAD ? s->end : s->at + MAX_HEAD, length = 0, at = s->at;
    if (head_char_at(s, at, &length) != '[' || sb_event_length(s->text + at, s->end - at) > 0)
        return false;
    size_t inside = at + length;
    for (at = inside; at < limit && head_char_at(s, at, &length) != ']'; at++)
        ;
    out->name = trim_name(s, inside, at);
    if (at >= limit || !is_speaker(s, out->name))
        return false;
    s->at = at + length;
    return true;
}

/* True if a blank or a mark follows the colon at text[at], or if it is a full-width one. */
static bool ends_name(const head_scan *s, size_t at, size_t length)
{
    size_t after = at + length;
    return length > 1 || after >= s->end || sb_skip_marks(s->text, after, s->end) > after;
}

/* Finds the colon that ends a name. */
static bool read_name_and_colon(sb_header *out, head_scan *s)
{
    size_t limit = s->end - s->at < MAX_HEAD ? s->end : s->at + MAX_HEAD, length = 1;
    for (size_t at = s->at; at < limit; at++) {
        if (head_char_at(s, at, &length) != ':' || !ends_name(s, at, length))
            continue;
        out->name = trim_name(s, s->at, at);
        s->at = sb_skip_marks(s->text, at + length, s->end);
        return is_speaker(s, out->name);
    }
    return false;
}

/* A name after a time ends with a colon, with the emphasis, or with a tab. */
static void read_name_after_time(sb_header *out, head_scan *s)
{
    head_scan name = *s;
    name.at = sb_skip_marks(s->text, s->at, s->end);
    bool is_bold = out->is_bold;
    head_scan whole = name;
    if (read_bracketed_name(out, &name)) {
        size_t length;
        name.at = sb_skip_marks(s->text, name.at, s->end);
        s->at = head_char_at(&name, name.at, &length) == ':' ? name.at + length : name.at;
        return;
    }
    if (read_name_and_colon(out, &name)) {
        out->name_is_weak = !is_bold;
        s->at = name.at;
        return;
    }
    if (out->level) {
        sb_range heading = without_title(&whole, trim_name(&whole, whole.at, s->end));
        if (sb_is_plain_name(s->text + heading.at, heading.length)) {
            out->name = heading;
            s->at = s->end;
        }
        return;
    }
    size_t stop = whole.at;
    while (stop < s->end && stop - whole.at < MAX_HEAD && s->text[stop] != '\t' &&
           !(is_bold && s->text[stop] && strchr("*_<", s->text[stop])))
        stop++;
    sb_range found = trim_name(&whole, whole.at, stop);
    if (stop < s->end && stop - whole.at < MAX_HEAD && is_speaker(s, found)) {
        out->name = found;
        s->at = sb_skip_marks(s->text, stop, s->end);
        return;
    }
    out->name.length = 0;
}

/* Reads "(speaker 0)", which whisper.cpp writes after the time. */
static bool read_speaker_number(sb_header *out, head_scan *s)
{
    static const char lead[] = "(speaker ";
    size_t n = sizeof lead - 1;
    const char *close =
        s->end - s->at > n + 1 && memcmp(s->text + s->at, lead, n) == 0
            ? memchr(s->text + s->at, ')', s->end - s->at < MAX_SPEAKER ? s->end - s->at : MAX_SPEAKER)
            : NULL;
    if (!close || !out->time.is_arrow)
        return false;
    out->name = (sb_range){s->at + 1, (size_t)(close - s->text) - s->at - 1};
    s->at = (size_t)(close - s->text) + 1;
    return true;
}

static sb_header_form form_after_time(const sb_header *h, bool has_colon)
{
    if (h->time.is_arrow)
        return h->time.bracket ? SB_HEADER_ARROW : SB_HEADER_NONE;
    if ((h->is_bold || h->level) && h->name.length > 0)
        return SB_HEADER_MARKED;
    if (has_colon && h->name.length == 0 && h->time.bracket == '(')
        return SB_HEADER_ROUND;
    return has_colon && h->name.length == 0 && h->time.bracket == '[' ? SB_HEADER_SQUARE : SB_HEADER_TIME;
}

/* Reads a line that begins with a time. */
static bool read_time_first(sb_header *out, head_scan s, bool is_marked)
{
    size_t length;
    if (!sb_header_time_read(&out->time, s.text, s.at, s.end) || out->time.is_empty)
        return false;
    s.at = sb_skip_marks(s.text, out->time.next, s.end);
    bool is_close = s.at == out->time.next;
    bool has_colon = head_char_at(&s, s.at, &length) == ':';
    size_t separator = has_colon ? length : separator_length(&s, s.at);
    if (is_close && !separator && s.at < s.end && !out->time.bracket)
        return false;
    s.at = sb_skip_marks(s.text, s.at + separator, s.end);
    out->is_bold = is_marked != (count_mark_groups(s.text, out->time.next, s.at) % 2 == 1);
    if (!read_speaker_number(out, &s))
        read_name_after_time(out, &s);
    out->rest = rest_from(&s, s.at);
    out->form = form_after_time(out, has_colon);
    return out->form != SB_HEADER_NONE;
}

static sb_header_form form_after_name(const sb_header *h, bool colon_before, bool colon_after)
{
    bool is_alone = h->rest.length == 0;
    if (colon_before || h->level)
        return SB_HEADER_MARKED;
    if (h->is_bold && (colon_after || !is_alone))
        return SB_HEADER_MARKED;
    if (h->time.bracket == '(')
        return colon_after || is_alone ? SB_HEADER_ROUND : SB_HEADER_MARKED;
    if (h->time.bracket == '[' && colon_after)
        return SB_HEADER_SQUARE;
    return h->time.bracket && !colon_after && !is_alone ? SB_HEADER_MARKED : SB_HEADER_BARE;
}

/* "00:01:30", which is not said */
static bool is_full_clock(const sb_header_time *time)
{
    return time->time.has_hours && time->stamp.length >= FULL_CLOCK;
}

/* A time without brackets between a colon and text. */
static bool is_sure_time(const head_scan *s, const sb_header_time *time)
{
    return is_full_clock(time) || (s->styles & SB_STYLE_LOOSE_TIMES);
}

/* Sets the time that was read, and the text after it. */
static bool finish_timed(sb_header *out, head_scan s, bool colon_before)
{
    size_t length;
    s.at = sb_skip_marks(s.text, out->time.next, s.end);
    bool colon_after = head_char_at(&s, s.at, &length) == ':';
    if (colon_after)
        s.at = sb_skip_marks(s.text, s.at + length, s.end);
    else if (separator_length(&s, s.at) > 0)
        s.at = sb_skip_marks(s.text, s.at + separator_length(&s, s.at), s.end);
    out->rest = rest_from(&s, s.at);
    if (out->time.is_empty && (!colon_after || out->time.bracket != '['))
        return false;
    bool is_sure = colon_before && is_sure_time(&s, &out->time); /* "NAME: 00:01:30 text" */
    if (!out->time.bracket && !colon_after && !is_sure && out->rest.length > 0)
        return false;
    if (out->time.bracket == '(' && !colon_after && !colon_before && out->rest.length > 0 && !out->is_bold &&
        !out->level)
        return false;
    out->form = form_after_name(out, colon_before, colon_after);
    return true;
}

/* Reads what follows "NAME:". */
static bool read_after_colon(sb_header *out, head_scan s)
{
    sb_header_time *time = &out->time;
    if (sb_header_time_read(time, s.text, s.at, s.end) && !time->is_empty &&
        (time->bracket || is_sure_time(&s, time) || sb_skip_marks(s.text, time->next, s.end) == s.end) &&
        finish_timed(out, s, true))
        return true;
    *time = (sb_header_time){0};
    out->name_is_weak = !out->is_bold;
    out->form = out->is_bold || out->level ? SB_HEADER_MARKED : SB_HEADER_NAME;
    out->rest = rest_from(&s, s.at);
    return true;
}

static bool may_begin_time(const head_scan *s, size_t at)
{
    size_t length;
    char c = head_char_at(s, at, &length);
    if (c && strchr("([{", c))
        return true;
    if (s->end - at >= 3 && memcmp(s->text + at, "\xE3\x80\x90", 3) == 0)
        return true;
    return c >= '0' && c <= '9' && at > s->at && strchr(" \t-|,*_:>\x94\x93\xA0", s->text[at - 1]);
}

static bool read_alone(sb_header *out, head_scan s)
{
    out->name = trim_name(&s, s.at, s.end);
    out->rest = (sb_range){s.end, 0};
    out->form = SB_HEADER_MARKED;
    size_t from = sb_skip_marks(s.text, s.at, s.end), stop = out->name.at + out->name.length;
    bool ends_bold = has_mark(s.text, stop, s.end);
    out->name_is_weak = true;
    return ((out->is_bold && ends_bold) || out->level) && from < s.end && is_speaker(&s, out->name) &&
           sb_is_plain_name(s.text + out->name.at, out->name.length);
}

/* "[SPEAKER_00] text": a name in brackets without a colon */
static bool may_be_label(const head_scan *s, sb_range name)
{
    const char *text = s->text + name.at;
    return s->at < s->end && (sb_is_full_name(text, name.length) || sb_is_diarized_name(text, name.length));
}

/* Reads a line that begins with a name. */
static bool read_name_first(sb_header *out, head_scan s, bool is_marked)
{
    size_t limit = s.end - s.at < MAX_HEAD ? s.end : s.at + MAX_HEAD, length;
    head_scan bracketed = s;
    out->is_bold = is_marked;
    if (read_bracketed_name(out, &bracketed)) {
        out->is_bold = true;
        bracketed.at = sb_skip_marks(s.text, bracketed.at, s.end);
        if (sb_header_time_read(&out->time, s.text, bracketed.at, s.end) && !out->time.is_empty)
            return finish_timed(out, bracketed, true);
        bool has_colon = head_char_at(&bracketed, bracketed.at, &length) == ':';
        bracketed.at += has_colon ? length : 0;
        out->is_bracketed = !has_colon;
        return (has_colon || may_be_label(&bracketed, out->name)) && read_after_colon(out, bracketed);
    }
    for (size_t at = s.at; at < limit; at++) {
        if (head_char_at(&s, at, &length) == ':' && ends_name(&s, at, length)) {
            head_scan rest = s;
            return read_name_and_colon(out, &rest) && read_after_colon(out, rest);
        }
        if (may_begin_time(&s, at) && sb_header_time_read(&out->time, s.text, at, s.end)) {
            out->name = without_title(&s, trim_name(&s, s.at, at));
            return is_speaker(&s, out->name) && finish_timed(out, s, false);
        }
    }
    return s.end <= limit && read_alone(out, s);
}

/* Skips "> " of quotations and "- " of lists, and the marks of a heading. */
static size_t skip_lead(sb_header *out, const char *text, size_t at, size_t end)
{
    while (at < end && text[at] == '>' && (at + 1 >= end || text[at + 1] != '>'))
        at = sb_skip_blanks(text, at + 1, end);
    size_t hashes = at;
    while (hashes < end && text[hashes] == '#')
        hashes++;
    if (hashes > at && hashes - at <= 6 && hashes < end && text[hashes] == ' ') {
        out->level = (int)(hashes - at);
        at = sb_skip_blanks(text, hashes, end);
    }
    return at;
}

void sb_header_read(sb_header *out, const char *text, sb_range line, unsigned styles)
{
    size_t end = line.at + line.length;
    *out = (sb_header){0};
    size_t at = skip_lead(out, text, sb_skip_blanks(text, line.at, end), end);
    sb_header lead = *out;
    lead.rest = (sb_range){at, end - at};
    if (end - at > 3 && strchr("-*", text[at]) && text[at + 1] == ' ' && strchr("*_[(", text[at + 2]))
        at += 2;
    size_t begin = sb_skip_marks(text, at, end);
    head_scan s = {text, begin, end, styles};
    bool is_marked = has_mark(text, at, begin);
    *out = lead;
    if (begin < end && read_time_first(out, s, is_marked)) {
        out->has_time = true;
        return;
    }
    *out = lead;
    if (begin < end && read_name_first(out, s, is_marked)) {
        out->has_time = out->form != SB_HEADER_NAME && (out->time.stamp.length > 0 || out->time.is_empty);
        return;
    }
    *out = lead;
}

bool sb_is_name_line(const char *text, sb_range line)
{
    size_t end = line.at + line.length;
    if (line.length == 0 || line.length > MAX_HEAD)
        return false;
    head_scan s = {.text = text, .at = sb_skip_marks(text, line.at, end), .end = end};
    sb_range name = trim_name(&s, s.at, end);
    char last = name.length ? text[name.at + name.length - 1] : 0;
    return name.length > 0 && last != '.' && sb_is_plain_name(text + name.at, name.length);
}
