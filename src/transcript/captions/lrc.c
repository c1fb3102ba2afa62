#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "transcript/cues/cues.h"

/* Lyrics: `[mm:ss.xx]text`, with several stamps if a line is repeated, `[ti:title]` and other tags, and in
 * the enhanced form `<mm:ss.xx>` before words. A line without text ends the line before. */

#define MAX_TAG_BYTES 200
#define FREE_BYTES    (1 << 20)

typedef struct lrc_scan {
    sb_reading *reading;
    sb_cues cues;
    sb_time offset;
    bool has_repeats;    /* a line has several stamps, so that only a sort gives the order */
    bool has_hundredths; /* `[mm:ss:xx]` */
    size_t first_open;   /* the first cue of the last line with stamps, which a line without one continues */
    size_t n_other, other_at, n_problems;
    size_t n_repeated; /* bytes of text that repeated lines add */
} lrc_scan;

/* The content of the bracket at text[at]; length 0: none. */
static sb_range bracket_at(const char *text, size_t at, size_t end)
{
    size_t limit = end - at < MAX_TAG_BYTES ? end - at : MAX_TAG_BYTES;
    const char *close = at < end && text[at] == '[' ? memchr(text + at, ']', limit) : NULL;
    return close ? (sb_range){at + 1, (size_t)(close - text) - at - 1} : (sb_range){0};
}

/* Reads `[mm:ss.xx]`. */
static sb_stamp stamp_at(sb_range *out, const char *text, size_t at, size_t end)
{
    sb_range inside = bracket_at(text, at, end), content = sb_range_trim(text, inside);
    sb_stamp stamp = sb_stamp_clock(text + content.at, content.length);
    if (inside.length == 0 || stamp.length != content.length)
        return (sb_stamp){.time = SB_TIME_NONE};
    *out = content;
    stamp.length = inside.length + 2;
    return stamp;
}

static bool is_hundredths(const sb_stamp *stamp, const char *text, sb_range range)
{
    return stamp->has_hours && stamp->n_decimals == 0 && range.length >= 5 && stamp->problem &&
           text[range.at + range.length - 3] == ':';
}

/* Lines such as `[01:02:75]` cannot be hours, minutes and seconds. */
static bool uses_hundredths(const char *text, size_t size)
{
    sb_line line = {0};
    sb_range range;
    bool is_seen = false;
    while (sb_line_next(&line, text, size)) {
        sb_stamp stamp = stamp_at(&range, text, line.at, line.at + line.length);
        if (stamp.length > 0 && stamp.n_decimals > 0)
            return false;
        is_seen = is_seen || (stamp.length > 0 && is_hundredths(&stamp, text, range));
    }
    return is_seen;
}

static sb_time read_hundredths(const char *text, sb_range range)
{
    sb_stamp minutes = sb_stamp_clock(text + range.at, range.length - 3);
    sb_stamp rest = sb_stamp_number(text + range.at + range.length - 2, 2, SB_TIME_SECOND / 100);
    return minutes.time == SB_TIME_NONE || rest.time == SB_TIME_NONE ? SB_TIME_NONE
                                                                     : minutes.time + rest.time;
}

static bool is_tag(const char *text, sb_range inside)
{
    static const char *const keys[] = {"ti:",     "ar:",     "al:", "au:", "by:",   "re:", "ve:",
                                       "offset:", "length:", "la:", "lr:", "tool:", "id:", "#:"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (sb_range_begins(text, inside, keys[i]))
            return true;
    }
    return false;
}

/* A positive offset shows the lines earlier. */
static sb_status take_tag(lrc_scan *s, sb_range inside)
{
    const char *text = s->reading->text;
    sb_transcript *t = s->reading->transcript;
    bool ok = true;
    if (sb_range_begins(text, inside, "ti:") && !t->title)
        t->title = sb_text_plain(text + inside.at + 3, inside.length - 3, &ok);
    if (sb_range_begins(text, inside, "la:") && !t->language)
        t->language = sb_text_plain(text + inside.at + 3, inside.length - 3, &ok);
    if (!sb_range_begins(text, inside, "offset:"))
        return ok ? SB_OK : SB_ERR_MEMORY;
    sb_range value = sb_range_trim(text, (sb_range){inside.at + 7, inside.length - 7});
    bool has_sign = value.length > 0 && strchr("+-", text[value.at]);
    sb_stamp n = sb_stamp_number(text + value.at + has_sign, value.length - has_sign, SB_TIME_MS);
    if (n.length > 0 && n.time != SB_TIME_NONE)
        s->offset = has_sign && text[value.at] == '-' ? -n.time : n.time;
    return SB_OK;
}

static sb_status add_lyric(lrc_scan *s, sb_time start, sb_range range, int64_t line)
{
    sb_cues *cues = &s->cues;
    if (!sb_grow(&cues->items, cues->n_items, &cues->capacity, sizeof *cues->items))
        return SB_ERR_MEMORY;
    cues->items[cues->n_items++] =
        (sb_cue){.start = start, .end = SB_TIME_NONE, .start_range = range, .line = line};
    return SB_OK;
}

/* Repeated lines add at most as much text as the file has, or FREE_BYTES more. */
static void limit_repeats(lrc_scan *s, size_t first, size_t size)
{
    size_t most = s->reading->size + FREE_BYTES, n = (s->cues.n_items - first - 1) * size;
    if (n <= most && s->n_repeated <= most - n) {
        s->n_repeated += n;
        return;
    }
    sb_cue_note(s->reading, &s->n_problems, s->cues.items[first].start_range.at,
                "the lines are repeated too often; only the first time is used");
    s->cues.n_items = first + 1;
}

static sb_status take_lrc_line(lrc_scan *s, const sb_line *line)
{
    const char *text = s->reading->text;
    sb_range content = sb_range_trim(text, (sb_range){line->at, line->length}), range;
    size_t at = content.at, end = content.at + content.length, first = s->cues.n_items;
    sb_status status = SB_OK;
    for (sb_stamp stamp; status == SB_OK && (stamp = stamp_at(&range, text, at, end)).length > 0;
         at += stamp.length) {
        bool is_short = s->has_hundredths && range.length >= 5;
        sb_time time = is_short ? read_hundredths(text, range) : stamp.time;
        if (time == SB_TIME_NONE && stamp.problem)
            sb_cue_note(s->reading, &s->n_problems, range.at, stamp.problem);
        status = add_lyric(s, time, time == SB_TIME_NONE || is_short ? (sb_range){0} : range, line->number);
    }
    if (s->cues.n_items > first + 1)
        limit_repeats(s, first, end - at);
    for (size_t i = first; i < s->cues.n_items; i++)
        s->cues.items[i].text = sb_range_trim(text, (sb_range){at, end - at});
    s->has_repeats = s->has_repeats || s->cues.n_items > first + 1;
    if (s->cues.n_items > first)
        s->first_open = first;
    if (status != SB_OK || s->cues.n_items > first || content.length == 0)
        return status;
    sb_range inside = bracket_at(text, at, end);
    if (inside.length > 0 && is_tag(text, inside))
        return take_tag(s, inside);
    if (inside.length == 0 && s->cues.n_items > 0 && s->first_open == s->cues.n_items - 1) {
        sb_range *text_above = &s->cues.items[s->first_open].text;
        text_above->length = end - text_above->at;
        return SB_OK;
    }
    s->first_open = SIZE_MAX;
    if (line->has_end && s->n_other++ == 0)
        s->other_at = content.at;
    return SB_OK;
}

static int compare_cues(const void *a, const void *b)
{
    const sb_cue *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

/* A line without text gives the end of the line before, and is dropped. */
static void take_ends(sb_cues *cues)
{
    size_t n = 0;
    for (size_t i = 0; i < cues->n_items; i++) {
        sb_cue *cue = &cues->items[i], *before = n ? &cues->items[n - 1] : NULL;
        bool is_end =
            cue->text.length == 0 && before && before->end == SB_TIME_NONE && cue->start >= before->start;
        if (is_end) {
            before->end = cue->start;
            before->end_range = cue->start_range;
        } else {
            cues->items[n++] = *cue;
        }
    }
    cues->n_items = n;
}

static void shift(sb_time *time, sb_time offset)
{
    if (*time != SB_TIME_NONE)
        *time = *time > offset ? *time - offset : 0;
}

/* The file gives an offset for its times, so they cannot be corrected in place. */
static void apply_offset(lrc_scan *s)
{
    sb_transcript *t = s->reading->transcript;
    for (size_t i = 0; i < t->n_turns; i++) {
        sb_turn *turn = &t->turns[i];
        shift(&turn->stamp, s->offset);
        shift(&turn->stop, s->offset);
        turn->stamp_range = turn->stop_range = (sb_range){0};
        for (size_t j = 0; j < turn->n_words; j++) {
            shift(&turn->words[j].start, s->offset);
            shift(&turn->words[j].end, s->offset);
        }
    }
    t->n_inner_times = 0;
    sb_notes_add(s->reading->notes, t->path, 0, 0, "the tag [offset:] moves all times by %+.3f s",
                 -sb_time_to_seconds(s->offset));
}

static sb_status build(lrc_scan *s)
{
    if (s->cues.n_items == 0)
        return sb_reading_fail(
            s->reading, 0,
            "no line begins with a time such as [00:12.00]; choose another format, or get the "
            "whole file");
    sb_cue_notes_end(s->reading, s->n_problems);
    if (s->n_other > 0)
        sb_reading_note(s->reading, s->other_at, "%zu line%s without a time; ignored", s->n_other,
                        s->n_other == 1 ? "" : "s");
    if (s->has_repeats)
        qsort(s->cues.items, s->cues.n_items, sizeof *s->cues.items, compare_cues);
    take_ends(&s->cues);
    sb_status status = sb_cues_add_turns(s->reading, &s->cues);
    if (status == SB_OK && s->offset != 0)
        apply_offset(s);
    return status;
}

static sb_status read_lrc(sb_reading *reading)
{
    lrc_scan s = {.reading = reading,
                  .first_open = SIZE_MAX,
                  .has_hundredths = uses_hundredths(reading->text, reading->size)};
    sb_line line = {0};
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size))
        status = take_lrc_line(&s, &line);
    if (status == SB_OK)
        status = build(&s);
    sb_cues_finish(&s.cues);
    return status;
}

/* Other texts have times in brackets too; lyrics have tags, stamps side by side, or minutes with decimals
 * before most lines. */
static sb_sniff sniff_lrc(const char *text, size_t size)
{
    size_t n_tags = 0, n_stamps = 0, n_decimals = 0, n_repeats = 0, n_other = 0;
    sb_line line = {0};
    sb_range range;
    while (sb_line_next(&line, text, size)) {
        size_t end = line.at + line.length;
        n_other += !sb_line_is_blank(&line, text) && text[line.at] != '[';
        sb_stamp stamp = stamp_at(&range, text, line.at, end);
        if (stamp.length > 0) {
            n_stamps++;
            n_decimals += !stamp.has_hours && stamp.n_decimals > 1;
            n_repeats += stamp_at(&range, text, line.at + stamp.length, end).length > 0;
        } else {
            sb_range inside = bracket_at(text, line.at, end);
            n_tags += inside.length > 0 && is_tag(text, inside);
        }
    }
    if (n_stamps == 0 || n_other > n_stamps + n_tags)
        return (sb_sniff){0};
    if (n_tags > 0)
        return (sb_sniff){95, "lines such as [00:12.00]text, and tags such as [ti:title]"};
    if (n_repeats > 0)
        return (sb_sniff){90, "lines with several times, such as [00:12.00][00:45.00]text"};
    return n_decimals == n_stamps ? (sb_sniff){82, "lines such as [00:12.00]text"} : (sb_sniff){0};
}

const sb_reader sb_reader_lrc = {"lrc",
                                 "Lyrics: [00:12.00]text, also with several times a line and times of words",
                                 sniff_lrc, read_lrc, SB_UNIT_CUE};
