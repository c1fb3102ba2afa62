#include <string.h>
#include <strings.h>

#include "transcript/cues/cues.h"

#define SIGNATURE "WEBVTT"

static bool has_signature(const char *text, size_t size)
{
    size_t n = sizeof SIGNATURE - 1;
    return size >= n && strncasecmp(text, SIGNATURE, n) == 0 &&
           (size == n || (text[n] && strchr(" \t\r\n", text[n])));
}

static int vtt_score(const sb_cue_style *style, bool prevails)
{
    if (style->is_loose)
        return style->has_index ? 40 : 60;
    return !prevails ? 40 : style->has_index ? 60 : 84;
}

static sb_sniff sniff_vtt(const char *text, size_t size)
{
    sb_cue_style style;
    if (has_signature(text, size))
        return (sb_sniff){100, "the first line is WEBVTT"};
    if (!sb_cue_sniff(&style, text, size) || style.has_comma)
        return (sb_sniff){0};
    return (sb_sniff){vtt_score(&style, sb_cues_prevail(text, size)), "cues such as 00:01.000 --> 00:04.000"};
}

static sb_status take_value(char **slot, const char *text, sb_range content, const char *key)
{
    size_t n = strlen(key);
    bool ok = true;
    if (!*slot && content.length > n && strncasecmp(text + content.at, key, n) == 0)
        *slot = sb_text_plain(text + content.at + n, content.length - n, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

/* Takes the text after the signature, often after a dash. */
static sb_status take_title(sb_transcript *t, const char *text, const sb_line *line)
{
    sb_range title = {line->at + sizeof SIGNATURE - 1, line->length - (sizeof SIGNATURE - 1)};
    while (title.length > 0 && strchr(" \t-", text[title.at]) && text[title.at]) {
        title.at++;
        title.length--;
    }
    return take_value(&t->title, text, title, "");
}

/* HTTP Live Streaming maps cue times to the clock of the broadcast. Recordings of a stream begin at zero. */
static void note_timestamp_map(sb_reading *reading, sb_range content)
{
    static const char key[] = "X-TIMESTAMP-MAP=";
    const char *text = reading->text + content.at;
    if (content.length >= sizeof key && memcmp(text, key, sizeof key - 1) == 0)
        sb_reading_note(reading, content.at, "X-TIMESTAMP-MAP is not used; the cue times are used unchanged");
}

/* The header ends at the first empty line, or at the first cue if there is none. */
static sb_status read_vtt_header(sb_line *line, sb_reading *reading)
{
    const char *text = reading->text;
    sb_transcript *t = reading->transcript;
    sb_line next = *line;
    if (!has_signature(text, reading->size) || !sb_line_next(&next, text, reading->size))
        return SB_OK;
    sb_status status = take_title(t, text, &next);
    *line = next;
    while (status == SB_OK && sb_line_next(&next, text, reading->size)) {
        sb_range content = sb_range_trim(text, (sb_range){next.at, next.length});
        if (content.length == 0 || memmem(text + content.at, content.length, "-->", 3))
            break;
        status = take_value(&t->language, text, content, "Language:");
        note_timestamp_map(reading, content);
        *line = next;
    }
    return status;
}

static sb_status read_vtt(sb_reading *reading)
{
    sb_cues cues = {0};
    sb_line line = {0};
    sb_status status = read_vtt_header(&line, reading);
    if (status == SB_OK)
        status = sb_cues_read(&cues, reading, line, true);
    if (status == SB_OK && cues.n_items == 0 && !has_signature(reading->text, reading->size))
        status = sb_reading_fail(
            reading, 0,
            "neither \"WEBVTT\" nor a cue was found; choose another format, or get the whole file");
    if (status == SB_OK && !has_signature(reading->text, reading->size)) {
        sb_reading_note(reading, 0, "the first line is not WEBVTT; read as WebVTT without its header");
        reading->transcript->is_broken = true;
    }
    if (status == SB_OK)
        status = sb_cues_add_turns(reading, &cues);
    sb_cues_finish(&cues);
    return status;
}

const sb_reader sb_reader_vtt = {"vtt", "WebVTT captions, also of Teams, Zoom and YouTube", sniff_vtt,
                                 read_vtt, SB_UNIT_CUE};
