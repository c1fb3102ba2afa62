#include "base/text/text.h"
#include "base/words/words.h"

#include <string.h>

/* Characters that may not begin or end a line (JIS X 4051, kinsoku shori), with the dashes and dots of
 * Chinese. */
static const char no_line_begins[] = "、。，．・：；？！゛゜ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗〟°′″℃％‰…‥"
                                     "—―–〜～·‧ぁぃぅぇぉっゃゅょゎァィゥェォッャュ"
                                     "ョヮヵヶ,.:;?!)]}%'\"";
static const char no_line_ends[] = "‘“（〔［｛〈《「『【〘〖〝$¥￥([{";

static bool is_full_width(int32_t c)
{
    return c > 0xFF00 && c < 0xFF5F && (sb_is_letter(c) || sb_is_digit(c));
}

/* Letters and digits of either width, and the hyphen between them: "ＣＯＶＩＤ－19" is one word. */
static bool is_alphanumeric(int32_t c)
{
    return is_full_width(c) || c == 0xFF0D || (c < 0x80 && (sb_is_letter(c) || sb_is_digit(c)));
}

static bool combines(int32_t c)
{
    char bytes[4];
    return sb_utf8_width(bytes, sb_utf8_encode(c, bytes)) == 0;
}

bool sb_may_part(int32_t before, int32_t after)
{
    if (!sb_is_ideographic(before) && !sb_is_ideographic(after))
        return false;
    return !(is_alphanumeric(before) && is_alphanumeric(after)) && !sb_utf8_has(no_line_begins, after) &&
           !sb_utf8_has(no_line_ends, before) && !combines(after);
}

static bool decides(int32_t c)
{
    return sb_is_ideographic(c) || sb_is_letter(c) || sb_is_digit(c);
}

/* Returns the first character that shows the script of the word, or 0. */
static int32_t first_of_script(const char *word)
{
    for (size_t at = 0, size = strlen(word); at < size;) {
        int32_t c = sb_utf8_next(word, size, &at);
        if (decides(c))
            return c;
    }
    return 0;
}

static int32_t last_of_script(const char *word)
{
    for (size_t end = strlen(word); end > 0;) {
        int32_t c = sb_utf8_last(word, 0, &end);
        if (decides(c) && (!combines(c) || sb_is_unspaced(c)))
            return c;
    }
    return 0;
}

const char *sb_word_gap(const char *before, const char *after)
{
    int32_t last = last_of_script(before), first = first_of_script(after);
    bool is_joined = (sb_is_ideographic(last) && sb_is_ideographic(first)) ||
                     (sb_is_unspaced(last) && sb_is_unspaced(first));
    return is_joined ? "" : " ";
}
