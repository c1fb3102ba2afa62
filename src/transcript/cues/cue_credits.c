#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "transcript/cues/cues.h"

#define MAX_CREDIT_BYTES 200
#define NEAR_EDGE        3 /* cues at both ends of a file in which the makers of the captions are named */

/* Sites that put notes about themselves into captions. Recognizers that learned from such captions write
 * them too, where nobody speaks. */
static const char *const sites[] = {
    "opensubtitles.org",  "opensubtitles.com", "osdb.link", "addic7ed.com", "amara.org", "subscene.com",
    "podnapisi",          "tvsubtitles.net",   "yts.mx",    "yts.am",       "yts.lt",    "yifysubtitles",
    "www.moviesubtitles", "ai-media.tv",       NULL};

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
                                      "untertitel der ",
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
                                      "\xE5\xAD\x97\xE5\xB9\x95\xE7\x94\xB1",
                                      NULL};

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

/* "Subtitles by Ann Lee", not "translated by hand". */
static bool is_credit(const char *text, size_t size)
{
    for (size_t i = 0; credits[i]; i++) {
        size_t n = strlen(credits[i]), at = n;
        if (size <= n || !sb_text_begins(text, size, credits[i]))
            continue;
        int32_t c = sb_utf8_next(text, size, &at);
        return sb_is_upper(c) || c >= 0x80 || c == '@' || strncmp(text + n, "www.", 4) == 0 ||
               strchr(" :", text[n - 1]) == NULL;
    }
    return false;
}

bool sb_cue_is_credit(const sb_cues *cues, size_t index, const char *text)
{
    sb_range body = sb_cue_trim(text, cues->items[index].text);
    bool is_near_edge = index < NEAR_EDGE || index + NEAR_EDGE >= cues->n_items;
    while (body.length > 3 && text[body.at] == '<') {
        sb_cue_tag tag = sb_cue_tag_read(text + body.at, body.length);
        if (tag.length == 0 || tag.voice)
            break;
        body = (sb_range){body.at + tag.length, body.length - tag.length};
    }
    if (body.length == 0 || body.length > MAX_CREDIT_BYTES)
        return false;
    return has_site(text + body.at, body.length) || (is_near_edge && is_credit(text + body.at, body.length));
}
