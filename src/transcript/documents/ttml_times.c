#include <string.h>
#include <strings.h>

#include "transcript/documents/documents.h"

/* TTML2, section 12.3.1: `HH:MM:SS`, `HH:MM:SS.fraction`, `HH:MM:SS:FF`, `HH:MM:SS:FF.sub`, and numbers with
 * the metric h, m, s, ms, f or t. Apple's files leave out hours and metrics. */

#define FRAMES_PER_S 30
#define MAX_NUMBER   1000000000

static int64_t read_whole(const sb_markup_attribute *a)
{
    sb_stamp n = a ? sb_stamp_number(a->value, a->length, 1) : (sb_stamp){0};
    return n.length > 0 && n.time > 0 && n.time < MAX_NUMBER ? n.time : 0;
}

/* Two numbers: "1000 1001", and "1000:1001" in the drafts. */
static void read_multiplier(sb_ttml_clock *clock, const sb_markup_attribute *a)
{
    if (!a)
        return;
    sb_stamp first = sb_stamp_number(a->value, a->length, 1);
    size_t at = first.length;
    while (at < a->length && strchr(" :\t/", a->value[at]))
        at++;
    sb_stamp second = sb_stamp_number(a->value + at, a->length - at, 1);
    if (first.length == 0 || second.length == 0 || first.time <= 0 || second.time <= 0 ||
        first.time > 100000 || second.time > 100000)
        return;
    clock->frame_rate *= first.time;
    clock->frame_divisor = second.time;
}

void sb_ttml_clock_read(sb_ttml_clock *out, const sb_markup_tag *root)
{
    int64_t frames = read_whole(sb_markup_find(root, "frameRate")),
            ticks = read_whole(sb_markup_find(root, "tickRate")),
            parts = read_whole(sb_markup_find(root, "subFrameRate"));
    *out =
        (sb_ttml_clock){.frame_rate = frames && frames < 10000 ? frames : FRAMES_PER_S, .frame_divisor = 1};
    out->sub_frames = parts && parts < 1000 ? parts : 1;
    out->ticks = ticks ? ticks : frames ? out->frame_rate * out->sub_frames : 1;
    read_multiplier(out, sb_markup_find(root, "frameRateMultiplier"));
}

static sb_time frames_to_time(const sb_ttml_clock *clock, int64_t frames)
{
    __int128 scaled = (__int128)frames * SB_TIME_SECOND * clock->frame_divisor;
    return (sb_time)((scaled + clock->frame_rate / 2) / clock->frame_rate);
}

/* Reads the frames after `HH:MM:SS:`. */
static bool add_frames(sb_ttml_time *out, const sb_ttml_clock *clock, const char *text, size_t size)
{
    sb_stamp frames = sb_stamp_number(text, size, 1);
    if (frames.length == 0 || frames.time < 0 || frames.time > 1000)
        return false;
    out->stamp.time += frames_to_time(clock, frames.time);
    out->unit = clock->frame_divisor == 1 ? frames_to_time(clock, 1) : SB_TIME_NONE;
    return true;
}

static const struct metric {
    const char *name;
    sb_time unit;
} metrics[] = {{"ms", SB_TIME_MS},
               {"h", 3600 * SB_TIME_SECOND},
               {"m", 60 * SB_TIME_SECOND},
               {"s", SB_TIME_SECOND},
               {"", SB_TIME_SECOND}};

static sb_ttml_time read_offset(const sb_ttml_clock *clock, const char *text, size_t size)
{
    sb_ttml_time out = {.stamp = sb_stamp_number(text, size, 1)};
    size_t n = out.stamp.length, rest = size - n;
    if (n == 0)
        return out;
    if (rest == 1 && (text[n] == 'f' || text[n] == 't')) {
        int64_t count = out.stamp.time;
        bool is_frames = text[n] == 'f';
        if (count == SB_TIME_NONE || count > MAX_NUMBER * INT64_C(1000))
            return out;
        out.stamp.time = is_frames ? frames_to_time(clock, count)
                                   : (sb_time)((__int128)count * SB_TIME_SECOND / clock->ticks);
        out.unit = is_frames ? frames_to_time(clock, 1) : SB_TIME_SECOND / clock->ticks;
        return out;
    }
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        if (rest != strlen(metrics[i].name) || strncasecmp(text + n, metrics[i].name, rest) != 0)
            continue;
        out.stamp = sb_stamp_number(text, size, metrics[i].unit);
        out.unit = metrics[i].unit;
        return out;
    }
    out.stamp.length = 0;
    return out;
}

sb_ttml_time sb_ttml_time_read(const sb_ttml_clock *clock, const char *text, size_t size)
{
    sb_ttml_time out = {.stamp = sb_stamp_clock(text, size)};
    size_t n = out.stamp.length;
    if (n == 0) {
        out = read_offset(clock, text, size);
    } else if (n < size && text[n] == ':' && out.stamp.time != SB_TIME_NONE) {
        out.stamp.length = add_frames(&out, clock, text + n + 1, size - n - 1) ? size : 0;
    } else if (n < size) {
        out.stamp.length = 0;
    }
    if (out.stamp.length == 0)
        out.stamp =
            (sb_stamp){.time = SB_TIME_NONE, .problem = "not a time of TTML; write it as HH:MM:SS.mmm"};
    return out;
}
