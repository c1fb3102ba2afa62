#include "transcript/readers/readers.h"

#include <string.h>
#include <strings.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/transcript.h"

#define MAX_HEADING 80
#define MAX_TITLE   160 /* a longer sentence is no title */
#define MAX_FOOTER  160
#define N_OF(list)  (sizeof(list) / sizeof *(list))

static bool is_mark(char c, const char *marks)
{
    return c && strchr(marks, c);
}

/* Removes marks of headings, emphasis and brackets at both ends. */
static sb_range strip(const char *text, sb_range line, const char *before, const char *after)
{
    line = sb_range_trim(text, line);
    while (line.length > 0 && is_mark(text[line.at], before)) {
        line.at++;
        line.length--;
    }
    while (line.length > 0 && is_mark(text[line.at + line.length - 1], after))
        line.length--;
    return sb_range_trim(text, line);
}

static bool begins_with_word(const char *text, sb_range line, const char *const *words)
{
    const char *blank = memchr(text + line.at, ' ', line.length);
    size_t n = blank ? (size_t)(blank - text) - line.at : line.length;
    return sb_part_is_among(text + line.at, n, words);
}

/* "Transcript", "Full transcript below", "2. Cleaned transcript": one word means a transcript, and the others
 * say which, or where it is. */
bool sb_front_matter_ends(const char *text, sb_range line)
{
    static const char *const transcripts[] = {
        "transcript",
        "transcription",
        "transkript",
        "transkription",
        "transkrypcja",
        "transcripci\xC3\xB3n",
        "transcripcion",
        "trascrizione",
        "transcri\xC3\xA7\xC3\xA3o",
        "transcriptie",
        "\xD1\x82\xD1\x80\xD0\xB0\xD0\xBD\xD1\x81\xD0\xBA\xD1\x80\xD0\xB8\xD0\xBF\xD1\x82",
        "\xD0\xA2\xD1\x80\xD0\xB0\xD0\xBD\xD1\x81\xD0\xBA\xD1\x80\xD0\xB8\xD0\xBF\xD1\x82",
        "\xE6\x96\x87\xE5\xAD\x97\xE8\xB5\xB7\xE3\x81\x93\xE3\x81\x97", /* Japanese */
        "\xE9\x80\x90\xE5\xAD\x97\xE7\xA8\xBF",
        "\xE6\x96\x87\xE5\xAD\x97\xE7\xA8\xBF",
        NULL};
    static const char *const others[] = {"full",
                                         "complete",
                                         "entire",
                                         "episode",
                                         "podcast",
                                         "interview",
                                         "audio",
                                         "video",
                                         "show",
                                         "call",
                                         "meeting",
                                         "session",
                                         "machine",
                                         "auto",
                                         "automatic",
                                         "raw",
                                         "cleaned",
                                         "clean",
                                         "edited",
                                         "verbatim",
                                         "auto-generated",
                                         "generated",
                                         "read",
                                         "the",
                                         "of",
                                         "begin",
                                         "begins",
                                         "start",
                                         "starts",
                                         "below",
                                         "follows",
                                         "here",
                                         "completa",
                                         "completo",
                                         "vollst\xC3\xA4ndiges",
                                         "int\xC3\xA9grale",
                                         "de",
                                         "la",
                                         "del",
                                         "entrevista",
                                         NULL};
    /* "of the transcript:" is the end of a sentence. */
    static const char *const inner[] = {"of",    "de",      "la",     "del",    "here",
                                        "below", "follows", "begins", "starts", NULL};
    size_t n_transcripts = 0, whole_at = line.at;
    if (line.length > MAX_HEADING)
        return false;
    line = strip(text, sb_without_remark(text, line), "#*_[=- ", "#*_:]=- ");
    bool is_marked = line.at > whole_at;
    if (!is_marked && begins_with_word(text, line, inner))
        return false;
    if (!is_marked && sb_range_begins(text, line, "the ") && !sb_range_is(text, line, "the transcript"))
        return false;
    for (size_t at = line.at, end = at + line.length, n; at < end; at += n + 1) {
        const char *blank = memchr(text + at, ' ', end - at);
        n = blank ? (size_t)(blank - text) - at : end - at;
        bool is_number = n > 1 && n < 4 && at == line.at && text[at + n - 1] == '.';
        bool is_transcript = sb_part_is_among(text + at, n, transcripts);
        n_transcripts += is_transcript;
        if (n > 0 && !is_transcript && !is_number && !sb_part_is_among(text + at, n, others))
            return false;
    }
    return n_transcripts == 1;
}

/* Returns true if the text above `at` ends with a blank line, a rule or a heading, or is two lines at most.
 */
static bool is_apart(const char *text, sb_line line)
{
    size_t at = line.at, n_breaks = 0;
    for (; at > 0 && strchr(" \t\r\n", text[at - 1]); at--)
        n_breaks += text[at - 1] == '\n' || (text[at - 1] == '\r' && text[at] != '\n');
    return at == 0 || n_breaks > 1 || line.number <= 3 || is_mark(text[at - 1], "-=*_#");
}

bool sb_is_transcript_heading(const char *text, sb_line line)
{
    sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
    if (content.length == 0 || !sb_front_matter_ends(text, content))
        return false;
    return text[content.at] == '#' || is_apart(text, line);
}

bool sb_is_rule(const char *text, sb_range line)
{
    size_t n = 0;
    if (line.length < 3 || !is_mark(text[line.at], "-*_=~"))
        return false;
    for (size_t i = 0; i < line.length; i++) {
        if (text[line.at + i] != text[line.at] && text[line.at + i] != ' ')
            return false;
        n += text[line.at + i] != ' ';
    }
    return n >= 3;
}

static bool has_address(const char *text, sb_range line)
{
    static const char *const signs[] = {"http://", "https://", "www.", ".com", ".ai", ".org", ".io", ".net"};
    for (size_t i = 0; i < N_OF(signs); i++) {
        if (memmem(text + line.at, line.length, signs[i], strlen(signs[i])))
            return true;
    }
    return false;
}

/* After "edited by": names, a product or an address, and nothing else. "Edited by committee, I felt" is
 * speech. */
static bool is_maker(const char *text, sb_range rest)
{
    static const char *const joins[] = {"by ", "using ", "with "};
    static const char *const ways[] = {"exported", "generated", "created",       "produced", "made",
                                       "edited",   "provided",  "transcribed",   "prepared", "compiled",
                                       "typed",    "machine",   "automatically", "lightly",  "checked"};
    rest = sb_range_trim(text, rest);
    if (rest.length == 0 || sb_is_said(text, rest))
        return false;
    for (size_t i = 0; i < N_OF(ways); i++) {
        if (sb_range_begins(text, rest, ways[i]))
            return true;
    }
    for (size_t i = 0; i < N_OF(joins); i++) {
        size_t n = strlen(joins[i]);
        if (sb_range_begins(text, rest, joins[i]))
            rest = (sb_range){rest.at + n, rest.length - n};
    }
    return sb_is_names(text, rest);
}

/* "[END]", "--- end", "END"; "The end." and "End." may be speech. */
static bool is_marked_end(const char *text, sb_range line, sb_range word)
{
    bool is_upper = true;
    for (size_t i = 0; i < word.length; i++)
        is_upper = is_upper && !(text[word.at + i] >= 'a' && text[word.at + i] <= 'z');
    return is_upper || word.at > line.at;
}

bool sb_is_footer(const char *text, sb_range line, bool is_tail)
{
    static const char *const makers[] = {"transcribed by",
                                         "transcribed with",
                                         "transcribed using",
                                         "transcript by",
                                         "transcription by",
                                         "transcript provided",
                                         "transcripts provided",
                                         "transcript powered",
                                         "transcription provided",
                                         "transcript created",
                                         "transcript generated",
                                         "subtitles by",
                                         "subtitled by",
                                         "subtitles provided",
                                         "captions by",
                                         "captioned by",
                                         "captioning by",
                                         "closed captions by",
                                         "translated by",
                                         "translation by",
                                         "powered by",
                                         "generated by",
                                         "generated with",
                                         "created with",
                                         "edited by",
                                         "automatically transcribed",
                                         "this transcript was",
                                         "transcript editor"};
    static const char *const ends[] = {"end",
                                       "end transcript",
                                       "end of transcript",
                                       "end of recording",
                                       "end of audio",
                                       "end of interview",
                                       "end of episode",
                                       "end of file",
                                       "end of transcription",
                                       "transcript ends",
                                       "recording ends",
                                       "audio ends",
                                       "ends",
                                       "recording ended",
                                       "end of podcast"};
    const sb_range whole = line;
    if (line.length > MAX_FOOTER)
        return false;
    line = strip(text, line, "#*_([{<-=>\\ ", "#*_)]}>-=\\. ");
    for (size_t i = 0; i < N_OF(makers); i++) {
        size_t n = strlen(makers[i]);
        if (sb_range_begins(text, line, makers[i]))
            return has_address(text, line) ||
                   (is_tail && is_maker(text, (sb_range){line.at + n, line.length - n}));
    }
    for (size_t i = 0; is_tail && i < N_OF(ends); i++) {
        if (sb_range_is(text, line, ends[i]))
            return memmem(text + line.at, line.length, " of ", 4) || is_marked_end(text, whole, line);
    }
    return false;
}

static sb_status set_field(char **slot, const char *text, sb_range range)
{
    bool ok = true;
    if (!*slot)
        *slot = sb_text_plain(text + range.at, range.length, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static bool is_fence(const char *text, sb_range line)
{
    return line.length == 3 &&
           (memcmp(text + line.at, "---", 3) == 0 || memcmp(text + line.at, "...", 3) == 0 ||
            memcmp(text + line.at, "+++", 3) == 0);
}

sb_line sb_yaml_end(const char *text, size_t size)
{
    sb_line line = {0};
    bool is_open = false;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0)
            continue;
        if (is_open && is_fence(text, content))
            return line;
        if (!is_open && !is_fence(text, content))
            break;
        is_open = true;
    }
    return (sb_line){0};
}

/* Returns the value of a line "key: value" or "key = value" without quotes. Length 0 if the key differs. */
static sb_range yaml_value(const char *text, sb_range line, const char *key)
{
    size_t n = strlen(key);
    if (line.length <= n || strncasecmp(text + line.at, key, n) != 0)
        return (sb_range){0};
    while (n < line.length && text[line.at + n] == ' ')
        n++;
    if (n == line.length || !is_mark(text[line.at + n], ":="))
        return (sb_range){0};
    sb_range value = sb_range_trim(text, (sb_range){line.at + n + 1, line.length - n - 1});
    if (value.length >= 2 && strchr("\"'", text[value.at]) &&
        text[value.at + value.length - 1] == text[value.at])
        value = (sb_range){value.at + 1, value.length - 2};
    return value;
}

static sb_status take_yaml(sb_transcript *t, const char *text, sb_range line)
{
    sb_range title = yaml_value(text, line, "title");
    sb_range language = yaml_value(text, line, "language");
    if (language.length == 0)
        language = yaml_value(text, line, "lang");
    sb_status status = title.length ? set_field(&t->title, text, title) : SB_OK;
    if (status == SB_OK && language.length)
        status = set_field(&t->language, text, language);
    return status;
}

static bool has_word(const char *text, sb_range line)
{
    for (size_t at = line.at, end = at + line.length; at < end;) {
        int32_t c = sb_utf8_next(text, end, &at);
        if (sb_is_letter(c) || sb_is_digit(c))
            return true;
    }
    return false;
}

sb_status sb_front_matter_take(sb_reading *reading, size_t size)
{
    const char *text = reading->text;
    sb_line line = {0};
    bool in_yaml = false, is_first = true;
    sb_status status = SB_OK;
    while (status == SB_OK && sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (!in_yaml && !has_word(text, content) && !is_fence(text, content))
            continue;
        if (is_fence(text, content) && (is_first || in_yaml))
            in_yaml = !in_yaml;
        else if (in_yaml)
            status = take_yaml(reading->transcript, text, content);
        else if (!sb_front_matter_ends(text, content) && !sb_range_is(text, content, "audio file"))
            return content.length > MAX_TITLE && sb_text_ends_sentence(text + content.at, content.length)
                       ? SB_OK
                       : set_field(&reading->transcript->title, text, strip(text, content, "#*_", "#*_:"));
        is_first = false;
    }
    return status;
}
