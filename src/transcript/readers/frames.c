#include "transcript/transcript.h"

#include <string.h>

#define DROP_FRAME   (SB_TIME_SECOND / 30000 * 1001)
#define PER_TEN_MIN  17982 /* frames in ten minutes of drop-frame timecode */
#define PER_DROP_MIN 1798
#define MANY_FRAMES  60

typedef struct frame_parts {
    int64_t value[4];
    size_t digits[4];
    char marks[3];
    size_t length;
} frame_parts;

static bool split_frames(frame_parts *out, const char *text, size_t size)
{
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        size_t from = at;
        out->value[i] = 0;
        while (at < size && text[at] >= '0' && text[at] <= '9' && at - from < 4)
            out->value[i] = out->value[i] * 10 + (text[at++] - '0');
        out->digits[i] = at - from;
        if (out->digits[i] == 0 || out->digits[i] > 3 || (i > 0 && i < 3 && out->digits[i] > 2))
            return false;
        if (i == 3)
            break;
        if (at >= size || (text[at] != ':' && text[at] != ';' && !(i == 2 && text[at] == '.')))
            return false;
        out->marks[i] = text[at++];
    }
    out->length = at;
    bool drops = memchr(out->marks, ';', 3);
    bool goes_on = at < size && (text[at] == ':' || (text[at] >= '0' && text[at] <= '9'));
    return !goes_on && (out->marks[2] != '.' || drops) &&
           (out->digits[3] >= 2 || drops || out->marks[2] == ':');
}

static sb_time time_of_frames(const frame_parts *p, sb_time frame)
{
    int64_t seconds = (p->value[0] * 60 + p->value[1]) * 60 + p->value[2];
    if (frame != DROP_FRAME)
        return seconds * SB_TIME_SECOND + p->value[3] * frame;
    int64_t minutes = p->value[0] * 60 + p->value[1];
    return (seconds * 30 + p->value[3] - 2 * (minutes - minutes / 10)) * frame;
}

sb_stamp sb_stamp_frames(const char *text, size_t size, sb_time frame)
{
    frame_parts p;
    sb_stamp stamp = {.time = SB_TIME_NONE};
    if (!split_frames(&p, text, size))
        return stamp;
    stamp.length = p.length;
    stamp.has_hours = true;
    stamp.decimals = p.value[3];
    if (p.value[1] > 59 || p.value[2] > 59)
        stamp.problem = "the time has more than 59 minutes or seconds; write it as HH:MM:SS:FF";
    else
        stamp.time = time_of_frames(&p, frame);
    return stamp;
}

sb_time sb_frame_length(int64_t most, size_t n, bool drops)
{
    static const int rates[] = {25, 30, 50, 60};
    if (drops && most < 30)
        return DROP_FRAME;
    if (most == 23 && n >= MANY_FRAMES)
        return SB_TIME_SECOND / 24;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (most < rates[i])
            return SB_TIME_SECOND / rates[i];
    return SB_TIME_SECOND / 1000;
}

bool sb_stamp_respell_frames(sb_bytes *out, const char *old, size_t length, sb_time time, sb_time frame)
{
    frame_parts p;
    if (!split_frames(&p, old, length) || p.length != length || (frame == SB_TIME_SECOND && p.digits[3] > 2))
        return false;
    if (frame <= 0 || frame > SB_TIME_SECOND / 10)
        frame = SB_TIME_SECOND / 25;
    int64_t n = time / SB_TIME_SECOND, ff = time % SB_TIME_SECOND / frame;
    if (frame == DROP_FRAME) {
        int64_t total = time / frame, tens = total / PER_TEN_MIN, rest = total % PER_TEN_MIN;
        total += 18 * tens + (rest > 1 ? 2 * ((rest - 2) / PER_DROP_MIN) : 0);
        n = total / 30;
        ff = total % 30;
    }
    sb_bytes_print(out, "%0*lld%c%0*lld%c%0*lld%c%0*lld", (int)p.digits[0], (long long)(n / 3600), p.marks[0],
                   (int)p.digits[1], (long long)(n / 60 % 60), p.marks[1], (int)p.digits[2],
                   (long long)(n % 60), p.marks[2], (int)p.digits[3], (long long)ff);
    return true;
}
