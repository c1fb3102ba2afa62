#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/cues/cues.h"

#define MAX_CREDIT_BYTES 200
#define SITE_WORDS       2 /* at the end of a note, one of which names the site */
#define NEAR_EDGE        3 /* cues at both ends of a file in which the makers of the captions are named */

/* Sites that put notes about themselves into captions. Recognizers that learned from such captions write
 * them too, where nobody speaks. */
static const char *const sites[] = {
    "opensubtitles.org",  "opensubtitles.com", "osdb.link", "addic7ed.com", "amara.org", "subscene.com",
    "podnapisi",          "tvsubtitles.net",   "yts.mx",    "yts.am",       "yts.lt",    "yifysubtitles",
    "www.moviesubtitles", "ai-media.tv",       NULL};

/* Beginnings of what such sites write. Between these and the site any words may be. */
static const char *const notices[] = {"advertise your product",
                                      "support us and become",
                                      "please rate this",
                                      "help other users",
                                      "watch any video online",
                                      "downloaded from",
                                      "subtitles ",
                                      "subtitled ",
                                      "subtitling ",
                                      "captions ",
                                      "captioned ",
                                      "synced ",
                                      "translated ",
                                      "transcribed ",
                                      "ripped ",
                                      "untertitel",
                                      "sous-tit",
                                      "subtítulos ",
                                      "subtitulado ",
                                      "sottotitoli ",
                                      "legendas ",
                                      "legendado ",
                                      "ondertitel",
                                      "napisy ",
                                      "субтитры ",
                                      "Субтитры ",
                                      "字幕",
                                      NULL};

/* Beginnings of a line that names who made the captions. */
static const char *const credits[] = {"subtitles by ",
                                      "subtitled by ",
                                      "subtitling by ",
                                      "subtitles: ",
                                      "captions by ",
                                      "captioned by ",
                                      "captioning by ",
                                      "closed captions by ",
                                      "closed captioning by ",
                                      "caption by ",
                                      "sync by ",
                                      "synced by ",
                                      "sync and corrections by ",
                                      "sync & corrections by ",
                                      "synced and corrected by ",
                                      "synced & corrected by ",
                                      "translated by ",
                                      "translation by ",
                                      "transcribed by ",
                                      "transcript by ",
                                      "ripped by ",
                                      "untertitel von ",
                                      "untertitel im auftrag ",
                                      "untertitelung ",
                                      "sous-titres par ",
                                      "sous-titrage ",
                                      "sous-titres r\xC3\xA9"
                                      "alis\xC3\xA9s ",
                                      "subt\xC3\xADtulos por ",
                                      "subt\xC3\xADtulos de ",
                                      "subtitulado por ",
                                      "sottotitoli a cura ",
                                      "sottotitoli di ",
                                      "sottotitoli creati ",
                                      "legendas por ",
                                      "legendado por ",
                                      "ondertiteling ",
                                      "\xD1\x81\xD1\x83\xD0\xB1\xD1\x82\xD0\xB8\xD1\x82\xD1\x80\xD1\x8B ",
                                      "\xD0\xA1\xD1\x83\xD0\xB1\xD1\x82\xD0\xB8\xD1\x82\xD1\x80\xD1\x8B ",
                                      NULL};

/* Words in small letters that may stand in a credit beside the names. */
static const char *const beside_names[] = {"&",
                                           "and",
                                           "und",
                                           "et",
                                           "y",
                                           "e",
                                           "en",
                                           "i",
                                           "de",
                                           "da",
                                           "di",
                                           "du",
                                           "la",
                                           "van",
                                           "von",
                                           "der",
                                           "den",
                                           "des",
                                           "dem",
                                           "del",
                                           "im",
                                           "a",
                                           "auftrag",
                                           "f\u00FCr",
                                           "funk",
                                           "cura",
                                           "par",
                                           "por",
                                           "per",
                                           "door",
                                           "from",
                                           "the",
                                           "\u0438",
                                           "\u0441\u0434\u0435\u043B\u0430\u043B",
                                           "\u0434\u0435\u043B\u0430\u043B",
                                           "\u0441\u043E\u0437\u0434\u0430\u0432\u0430\u043B",
                                           "\u043F\u043E\u0434\u0433\u043E\u0442\u043E\u0432\u0438\u043B",
                                           NULL};

/* Signs after which a text is a sentence and no note. */
static bool ends_like_sentence(const char *text, sb_range body)
{
    size_t end = body.at + body.length;
    return body.length > 0 && sb_utf8_has(".!?;:,…。！？，", sb_utf8_last(text, body.at, &end));
}

static bool has_site(const char *text, size_t size)
{
    for (size_t i = 0; sites[i]; i++) {
        size_t n = strlen(sites[i]);
        for (size_t at = 0; at + n <= size; at++) {
            if (strncasecmp(text + at, sites[i], n) == 0)
                return true;
        }
    }
    return false;
}

static sb_range word_at(const char *text, size_t at, size_t end)
{
    while (at < end && strchr(" \t\r\n", text[at]))
        at++;
    size_t begin = at;
    while (at < end && !strchr(" \t\r\n", text[at]))
        at++;
    return (sb_range){begin, at - begin};
}

/* True for "www.OpenSubtitles.org" alone, and for a text that begins as the notes of sites do and ends with
 * the site. "I worked for amara.org" is speech. */
static bool is_notice_of_site(const char *text, sb_range body)
{
    size_t end = body.at + body.length, n_words = 0, begin = end;
    if (!has_site(text + body.at, body.length) || ends_like_sentence(text, body))
        return false;
    while (begin > body.at && n_words < SITE_WORDS) {
        while (begin > body.at && strchr(" \t\r\n", text[begin - 1]))
            begin--;
        while (begin > body.at && !strchr(" \t\r\n", text[begin - 1]))
            begin--;
        n_words++;
    }
    if (begin == body.at)
        return sb_text_begins(text + body.at, body.length, "www.") ||
               sb_text_begins(text + body.at, body.length, "http") ||
               sb_text_begins(text + body.at, body.length, "\u5b57\u5e55");
    for (size_t i = 0; notices[i]; i++) {
        if (sb_text_begins(text + body.at, body.length, notices[i]))
            return has_site(text + begin, end - begin);
    }
    return false;
}

/* "Ann Lee", "@moa", "ZDF, 2020": words of names, numbers and a few others, without the end of a sentence. */
static bool is_names_only(const char *text, sb_range names)
{
    size_t end = names.at + names.length;
    bool has_name = false;
    if (ends_like_sentence(text, names))
        return false;
    for (sb_range word = word_at(text, names.at, end); word.length > 0;
         word = word_at(text, word.at + word.length, end)) {
        size_t at = word.at, length = word.length - (text[word.at + word.length - 1] == ',');
        int32_t c = sb_utf8_next(text, word.at + word.length, &at);
        bool is_name = sb_is_upper(c) || c == '@' || strncasecmp(text + word.at, "www.", 4) == 0;
        if (!is_name && !(c >= '0' && c <= '9') && !sb_part_is_among(text + word.at, length, beside_names))
            return false;
        has_name = has_name || is_name;
    }
    return has_name;
}

/* "字幕由NAME提供" */
static bool is_chinese_credit(const char *text, sb_range line)
{
    static const char *const others[] = {"我", "你", "您", "他", "她", "的", "，", "。", NULL};
    static const char *const ends[] = {"提供", "制作", "製作", NULL};
    bool ends_well = false;
    if (!sb_text_begins(text + line.at, line.length, "\u5b57\u5e55\u7531"))
        return false;
    for (size_t i = 0; others[i]; i++) {
        if (memmem(text + line.at, line.length, others[i], strlen(others[i])))
            return false;
    }
    for (size_t i = 0; ends[i]; i++) {
        size_t n = strlen(ends[i]);
        ends_well =
            ends_well || (line.length > n && memcmp(text + line.at + line.length - n, ends[i], n) == 0);
    }
    return ends_well;
}

/* "Subtitles by Ann Lee", not "translated by hand" and not "Translated by Ann, it became a hit." */
static bool is_credit(const char *text, sb_range line)
{
    for (size_t i = 0; credits[i]; i++) {
        size_t n = strlen(credits[i]);
        if (line.length > n && sb_text_begins(text + line.at, line.length, credits[i]))
            return is_names_only(text, (sb_range){line.at + n, line.length - n});
    }
    return is_chinese_credit(text, line);
}

/* True if the first line is a credit and the others are credits or names. */
static bool are_credits(const char *text, sb_range body)
{
    size_t end = body.at + body.length;
    for (size_t at = body.at; at < end;) {
        const char *stop = memchr(text + at, '\n', end - at);
        size_t next = stop ? (size_t)(stop - text) + 1 : end;
        sb_range line = sb_range_trim(text, (sb_range){at, next - at});
        if (!is_credit(text, line) && (at == body.at || !is_names_only(text, line)))
            return false;
        at = next;
    }
    return true;
}

static sb_range without_tags(const char *text, sb_range body)
{
    while (body.length > 3 && text[body.at] == '<') {
        sb_cue_tag tag = sb_cue_tag_read(text + body.at, body.length);
        if (tag.length == 0 || tag.voice)
            break;
        body = (sb_range){body.at + tag.length, body.length - tag.length};
    }
    while (body.length > 3 && text[body.at + body.length - 1] == '>') {
        const char *open = memrchr(text + body.at, '<', body.length);
        if (!open || open == text + body.at || open[1] != '/')
            break;
        body.length = (size_t)(open - text) - body.at;
    }
    return sb_cue_trim(text, body);
}

/* True if the cue goes on a sentence of the cue before, or the next goes on. */
static bool is_in_sentence(const sb_cues *cues, size_t index, const char *text)
{
    if (index + 1 < cues->n_items) {
        sb_range after = without_tags(text, sb_cue_trim(text, cues->items[index + 1].text));
        size_t at = after.at;
        int32_t c = after.length > 0 ? sb_utf8_next(text, after.at + after.length, &at) : 0;
        if (c >= 'a' && c <= 'z')
            return true;
    }
    if (index == 0)
        return false;
    sb_range before = without_tags(text, sb_cue_trim(text, cues->items[index - 1].text));
    return before.length > 0 && text[before.at + before.length - 1] == ',';
}

bool sb_cue_is_credit(const sb_cues *cues, size_t index, const char *text)
{
    sb_range body = without_tags(text, sb_cue_trim(text, cues->items[index].text));
    bool is_near_edge = index + cues->n_dropped < NEAR_EDGE || index + NEAR_EDGE >= cues->n_items;
    if (body.length == 0 || body.length > MAX_CREDIT_BYTES)
        return false;
    bool is_note = is_notice_of_site(text, body) || (is_near_edge && are_credits(text, body));
    return is_note && !is_in_sentence(cues, index, text);
}
