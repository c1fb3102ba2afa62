#include "align/stamps/stamps.h"

#include "base/text/text.h"

#include <string.h>

#define LETTER_TIME (75 * SB_TIME_MS)
#define SYLLABLE    3 /* letters; one character of Han, kana or hangul */
/* Maximum length of the words after a stamp, relative to the usual length, if the next stamp leaves room. */
#define LONGEST   1.5
#define PACE_GIVE 0.3 /* of the time since the stamp */

static bool is_accent(int32_t code)
{
    return code >= 0x300 && code < 0x370;
}

static bool is_syllable(int32_t code)
{
    return sb_is_ideographic(code) || (code >= 0xac00 && code < 0xd7b0);
}

size_t sb_letters_of(const char *text)
{
    size_t n = 0, size = strlen(text);
    for (size_t at = 0; at < size;) {
        int32_t code = sb_utf8_next(text, size, &at);
        n += is_accent(code) ? 0 : is_syllable(code) ? SYLLABLE : 1;
    }
    return n;
}

sb_time sb_word_usual_time(const sb_aligned_word *word)
{
    return (sb_time)(sb_letters_of(word->text) + 1) * LETTER_TIME;
}

static bool has_stamp(const sb_aligned_turn *turn)
{
    return turn->stamp != SB_TIME_NONE;
}

/* Gives stamps to the words of turns [first, end). Only the first of these turns has a stamp itself. */
static void fill_stamp(sb_word_stamp *out, const sb_alignment *a, size_t first, size_t end)
{
    sb_time stamp = a->turns[first].stamp, usual = 0, passed = 0, resolution = a->transcript.resolution;
    for (size_t t = first; t < end; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            usual += sb_word_usual_time(&a->turns[t].words[w]);
    double scale = LONGEST;
    if (end < a->n_turns && usual > 0) {
        double room = (double)(a->turns[end].stamp - stamp) / (double)usual;
        scale = room > 0 && room < LONGEST ? room : LONGEST;
    }
    for (size_t t = first; t < end; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            sb_time since = (sb_time)((double)passed * scale);
            *out++ = (sb_word_stamp){stamp + since,
                                     (sb_time)((double)since * PACE_GIVE) +
                                         (resolution == SB_TIME_NONE ? SB_TIME_SECOND : resolution)};
            passed += sb_word_usual_time(&a->turns[t].words[w]);
        }
}

void sb_word_stamps_make(sb_word_stamp *out, const sb_alignment *a)
{
    for (size_t t = 0, end; t < a->n_turns; t = end) {
        size_t n_words = a->turns[t].n_words;
        for (end = t + 1; end < a->n_turns && !has_stamp(&a->turns[end]); end++)
            n_words += a->turns[end].n_words;
        if (has_stamp(&a->turns[t]))
            fill_stamp(out, a, t, end);
        else
            for (size_t w = 0; w < n_words; w++)
                out[w] = (sb_word_stamp){SB_TIME_NONE, 0};
        out += n_words;
    }
}
