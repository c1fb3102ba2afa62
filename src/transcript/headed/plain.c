#include <string.h>

#include "base/text/text.h"
#include "transcript/headed/headed.h"
#include "transcript/readers/readers.h"

#define MAX_LINE        (4 << 20)
#define MAX_TURN_WORDS  150 /* about 60 s of speech; a longer turn ends at the next end of a sentence */
#define MIN_WRAP        50  /* bytes of the longest line of a text whose lines are wrapped, */
#define MAX_WRAP        110 /* and at most */
#define MAX_TITLE_WORDS 12

static const sb_headed_format format = {
    .forms = SB_FORM(SB_HEADER_NAME), .other_forms = SB_FORM(SB_HEADER_MARKED), .example = "NAME: text"};

static sb_sniff sniff_plain(const char *text, size_t size)
{
    sb_survey survey;
    if (sb_not_prose(text, size))
        return (sb_sniff){0};
    sb_survey_make(&survey, text, size);
    if (survey.n_timed * 3 > survey.n_lines && survey.n_timed > 1)
        return (sb_sniff){0};
    return (sb_sniff){10, survey.n_names && survey.names_count ? "prose with names such as NAME: text"
                                                               : "prose without times"};
}

/* Prose without names. */
typedef struct paragraphs {
    sb_reading *reading;
    const char *text;
    sb_text_writer writer;
    size_t longest;    /* line so far, in bytes */
    bool line_is_full; /* the line before was wrapped */
    bool is_new;       /* the next line begins a turn */
    size_t tail_at, closing_at;
} paragraphs;

static bool turn_ends_sentence(const sb_turn *turn)
{
    return turn && turn->n_words > 0 && sb_word_ends_sentence(turn->words[turn->n_words - 1].text);
}

static sb_status begin_paragraph(paragraphs *p, int64_t line)
{
    p->is_new = false;
    return sb_reading_begin_turn(p->reading, &p->writer, line);
}

/* Puts the text word by word, so that a long turn can end with a sentence. */
static sb_status put_words(paragraphs *p, sb_range content, int64_t line)
{
    size_t end = content.at + content.length;
    for (size_t at = content.at, next; at < end; at = next) {
        const char *blank = memchr(p->text + at, ' ', end - at);
        next = blank ? (size_t)(blank - p->text) + 1 : end;
        if (p->writer.turn->n_words < MAX_TURN_WORDS)
            continue;
        sb_markup_put(&p->writer, p->text + content.at, next - content.at);
        sb_text_break(&p->writer);
        content.at = next;
        if (turn_ends_sentence(p->writer.turn) && next < end && begin_paragraph(p, line) != SB_OK)
            return SB_ERR_MEMORY;
    }
    sb_markup_put(&p->writer, p->text + content.at, end - content.at);
    sb_text_break(&p->writer);
    return SB_OK;
}

static sb_status take_paragraph_line(paragraphs *p, const sb_line *line, sb_range content)
{
    bool is_heading = sb_is_heading(p->text, content);
    if (is_heading || line->at >= p->closing_at || sb_is_footer(p->text, content, line->at >= p->tail_at)) {
        while (content.length > 1 && strchr("# ", p->text[content.at]))
            content = (sb_range){content.at + 1, content.length - 1};
        if (p->writer.turn)
            sb_text_put_event(&p->writer, p->text + content.at, content.length);
        p->is_new = p->is_new || is_heading;
        return SB_OK;
    }
    while (content.length > 0 && p->text[content.at] == '>') {
        content = sb_range_trim(p->text, (sb_range){content.at + 1, content.length - 1});
    }
    if (content.length == 0)
        return SB_OK;
    bool ends = turn_ends_sentence(p->writer.turn) && !p->line_is_full;
    if ((!p->writer.turn || p->is_new || ends) && begin_paragraph(p, line->number) != SB_OK)
        return SB_ERR_MEMORY;
    if (line->length > p->longest)
        p->longest = line->length;
    p->line_is_full = p->longest >= MIN_WRAP && p->longest <= MAX_WRAP && line->length * 5 >= p->longest * 4;
    return put_words(p, content, line->number);
}

static bool has_capital(const char *text, sb_range word)
{
    size_t at = word.at;
    return sb_is_upper(sb_utf8_next(text, word.at + word.length, &at));
}

/* "The Lamp and the Tower, Episode 12": most of the long words have a capital, and no mark ends it. */
static bool is_title(const char *text, sb_range line)
{
    size_t n_words = 0, n_long = 0, n_capitals = 0, end = line.at + line.length;
    if (text[line.at] == '#')
        return true;
    if (strchr(".?!,;:\"')-", text[end - 1]))
        return false;
    for (size_t at = line.at; at < end;) {
        size_t length = 0;
        while (at + length < end && text[at + length] != ' ')
            length++;
        n_words += length > 0;
        if (length > 3) {
            n_long++;
            n_capitals += has_capital(text, (sb_range){at, length});
        }
        at += length + 1;
    }
    return n_words >= 2 && n_words <= MAX_TITLE_WORDS && n_long > 0 && n_capitals * 4 >= n_long * 3;
}

/* Speech begins after the heading "Transcript", after front matter, or after a title with a blank line
 * below. */
static sb_line find_first_speech(const sb_survey *survey, const char *text, size_t size)
{
    sb_line start = survey->start, line = start, title = {0};
    bool is_first = start.next == sb_yaml_end(text, size).next;
    if (survey->is_marked)
        return start;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length > 0 && line.at * 2 <= size && sb_is_transcript_heading(text, line))
            return line;
        if (content.length == 0 && title.next > 0 && title.number + 1 == line.number)
            start = title;
        if (content.length == 0)
            continue;
        if (is_first && is_title(text, content))
            title = line;
        is_first = is_first && text[content.at] == '#';
    }
    return start;
}

static size_t find_tail(const char *text, size_t size)
{
    size_t at = size, n = 0;
    while (at > 0 && n < 4) {
        at--;
        n += at > 0 && strchr("\r\n", text[at]) && !strchr("\r\n", text[at - 1]);
    }
    return at;
}

static sb_status read_paragraphs(sb_reading *reading, const sb_survey *survey)
{
    paragraphs p = {
        .reading = reading, .text = reading->text, .tail_at = find_tail(reading->text, reading->size)};
    sb_line line = find_first_speech(survey, reading->text, reading->size);
    p.closing_at = sb_closing_find(reading->text, reading->size, line, false, false);
    sb_status status = sb_front_matter_take(reading, line.next);
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size)) {
        sb_range content = sb_range_trim(reading->text, (sb_range){line.at, line.length});
        if (line.length > MAX_LINE)
            status = sb_reading_fail(reading, line.at,
                                     "the line has more than 4 million bytes; break it into paragraphs");
        else if (content.length == 0 || sb_is_rule(reading->text, content))
            p.is_new = true;
        else
            status = take_paragraph_line(&p, &line, content);
    }
    sb_status end_status = sb_text_end(&p.writer);
    return status == SB_OK ? end_status : status;
}

static sb_status read_plain_text(sb_reading *reading)
{
    sb_survey survey;
    sb_survey_make(&survey, reading->text, reading->size);
    for (size_t i = 0; i < survey.n_names; i++) {
        if (sb_survey_has_name(&survey, reading->text, survey.names[i].range))
            return sb_headed_read(reading, &format);
    }
    return read_paragraphs(reading, &survey);
}

const sb_reader sb_reader_plain = {"plain", "text without times, with NAME: or nothing before it",
                                   sniff_plain, read_plain_text, SB_UNIT_TURN};
