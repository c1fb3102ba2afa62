/* What stands above the speech: prose, and metadata in lines such as "Host: Ann Lee" or "**Length:** 40
 * minutes". */
#include <string.h>

#include "base/text/text.h"
#include "transcript/headed/headed.h"
#include "transcript/model/model.h"
#include "transcript/readers/readers.h"

#define MAX_VALUE_WORDS 12 /* a longer value is a sentence, unless its words have capitals */
#define LONG_WORD       3  /* bytes; shorter words of a title have no capitals */
#define SENTENCE_SHARE  60 /* percent of the turns that end a sentence, if the text has punctuation */

/* A description is not longer; what stands above a key below that is speech. */
#define MAX_DESCRIPTION_WORDS 150

/* Where the first turn begins later than this, or has no time, prose above it may be speech. */
#define LATE_START      (10 * SB_TIME_SECOND)
#define MIN_PROSE_WORDS 30 /* of such prose, for a note */

typedef struct keys {
    const sb_survey *survey;
    const char *text;
    size_t size;
    bool has_times;       /* most headers have a time, so a line without one above the first is not a turn */
    bool has_punctuation; /* speech ends with the end of a sentence */
} keys;

/* The words of a value. */
typedef struct value_words {
    size_t n, n_long, n_capitals, n_short_capitals;
    int32_t first; /* letter or digit */
} value_words;

static bool is_untimed(const sb_header *h)
{
    return !h->level && (h->form == SB_HEADER_NAME || (h->form == SB_HEADER_MARKED && !h->has_time));
}

static sb_range without_marks(const char *text, sb_range value)
{
    value = sb_range_trim(text, value);
    while (value.length > 0 && strchr("*_`", text[value.at + value.length - 1]))
        value.length--;
    return value;
}

static value_words count_words(const char *text, sb_range value)
{
    value_words w = {0};
    size_t end = value.at + value.length;
    for (size_t at = value.at; at < end;) {
        size_t begin = at;
        int32_t first = 0;
        while (at < end && text[at] != ' ' && text[at] != '\t') {
            int32_t c = sb_utf8_next(text, end, &at);
            if (!first && (sb_is_letter(c) || sb_is_digit(c)))
                first = c;
        }
        w.n += first != 0;
        w.first = w.first ? w.first : first;
        bool is_long = at - begin > LONG_WORD && first;
        w.n_long += is_long;
        bool has_capital = sb_is_upper(first) || sb_is_digit(first);
        w.n_capitals += is_long && has_capital;
        w.n_short_capitals += !is_long && has_capital;
        at = at == begin ? at + 1 : at;
        while (at < end && (text[at] == ' ' || text[at] == '\t'))
            at++;
    }
    return w;
}

/* "Boston, Massachusetts", "3 May 2024": each long word has a capital or is a number. */
static bool is_title_like(const value_words *w)
{
    if (w->n_long == 0)
        return sb_is_digit(w->first) || (w->n > 1 && w->n_short_capitals == w->n);
    return w->n_capitals == w->n_long;
}

/* "Ann Lee, Ph.D." */
static bool ends_with_degree(const char *text, sb_range value)
{
    size_t at = value.at + value.length - 1;
    while (at > value.at && text[at - 1] != ' ')
        at--;
    return memchr(text + at, '.', value.at + value.length - 1 - at) != NULL;
}

/* Whether a value is what a speaker says. */
typedef enum said_value { SAID_NO, SAID_MAYBE, SAID_YES } said_value;

static bool ends_sentence(const keys *k, sb_range value)
{
    value = without_marks(k->text, value);
    value_words w = count_words(k->text, value);
    return sb_text_ends_sentence(k->text + value.at, value.length) &&
           !(is_title_like(&w) && ends_with_degree(k->text, value));
}

/* In speech with punctuation, text that ends no sentence may belong to the keys around it. */
static said_value is_said(const keys *k, sb_range value)
{
    value = without_marks(k->text, value);
    value_words w = count_words(k->text, value);
    if (value.length == 0)
        return SAID_YES;
    bool is_title = is_title_like(&w);
    if (ends_sentence(k, value))
        return SAID_YES;
    if (sb_is_digit(w.first) || memmem(k->text + value.at, value.length, "://", 3))
        return SAID_NO;
    if (w.n > MAX_VALUE_WORDS || w.first >= SB_FIRST_CASELESS)
        return is_title ? SAID_NO : SAID_YES;
    if (k->has_punctuation)
        return sb_is_upper(w.first) && !is_title ? SAID_MAYBE : SAID_NO;
    return w.n < 2 || !is_title ? SAID_YES : SAID_NO;
}

/* "Interviewer: Ann Lee", where the interviewer also speaks below. */
static bool introduces_speaker(const char *text, const sb_header *h)
{
    sb_range value = without_marks(text, h->rest);
    bool is_role = sb_is_full_name(text + h->name.at, h->name.length);
    value_words w = count_words(text, value);
    return is_role && w.n > 1 && is_title_like(&w) && sb_is_name(text + value.at, value.length) &&
           !sb_text_ends_sentence(text + value.at, value.length);
}

/* "**Links:**" above the items of a list. */
static bool is_above_list(const keys *k, sb_line line)
{
    while (sb_line_next(&line, k->text, k->size)) {
        sb_range next = sb_range_trim(k->text, (sb_range){line.at, line.length});
        if (next.length == 0)
            continue;
        return next.length > 2 && strchr("-*+[", k->text[next.at]) &&
               (k->text[next.at] == '[' || k->text[next.at + 1] == ' ');
    }
    return false;
}

/* `SAID_NO` for a key. */
static said_value judge_key(const keys *k, const sb_line *line, const sb_header *h)
{
    const char *name = k->text + h->name.at;
    const sb_survey_name *known = sb_survey_find(k->survey, k->text, h->name);
    size_t count = known ? known->count + known->n_beside_times : 1;
    if (sb_is_section_name(name, h->name.length))
        return SAID_NO;
    if (count > 1)
        return introduces_speaker(k->text, h) ? SAID_NO : SAID_YES;
    if (k->has_times && line->at < k->survey->first_timed)
        return ends_sentence(k, h->rest) ? SAID_MAYBE : SAID_NO;
    if (h->rest.length == 0)
        return is_above_list(k, *line) ? SAID_NO : SAID_YES;
    return is_said(k, h->rest);
}

/* A header above which no metadata ends. */
static bool is_first_turn(const keys *k, const sb_line *line, const sb_header *h)
{
    const sb_survey_name *known = sb_survey_find(k->survey, k->text, h->name);
    if (h->form == SB_HEADER_NONE)
        return false;
    if (h->level)
        return (known && known->count > 1) || (h->has_time && h->name.length > 0);
    return (h->has_time && line->at >= k->survey->first_timed) || is_untimed(h);
}

/* Percent of the turns of names that occur twice whose first line ends a sentence. */
static int sentence_share(const keys *k, sb_line line)
{
    size_t n = 0, n_ends = 0;
    while (sb_line_next(&line, k->text, k->size)) {
        sb_header h;
        sb_range content = sb_range_trim(k->text, (sb_range){line.at, line.length});
        sb_header_read(&h, k->text, content, k->survey->styles);
        const sb_survey_name *known = is_untimed(&h) ? sb_survey_find(k->survey, k->text, h.name) : NULL;
        if (!known || known->count < 2 || h.rest.length == 0)
            continue;
        n++;
        n_ends += sb_text_ends_sentence(k->text + h.rest.at, h.rest.length);
    }
    return n ? (int)(n_ends * 100 / n) : 0;
}

/* The keys that were found so far. */
typedef struct key_block {
    sb_line end, plain_end; /* below the last key; `plain_end`: below the last without prose above it */
    size_t n_keys, n_prose_words;
    bool has_section;
} key_block;

static void add_key(const keys *k, key_block *block, const sb_line *line, const sb_header *h)
{
    block->end = *line;
    block->plain_end = block->n_prose_words == 0 ? *line : block->plain_end;
    block->n_keys++;
    block->has_section |= sb_is_section_name(k->text + h->name.at, h->name.length);
}

/* Prose ends a sentence or has more words than a title. Scripts without capitals show neither. */
static void add_prose(const keys *k, key_block *block, sb_range content)
{
    value_words w = count_words(k->text, content);
    if (w.n > MAX_VALUE_WORDS || ends_sentence(k, content) || w.first >= SB_FIRST_CASELESS)
        block->n_prose_words += w.n;
}

/* One key alone, without times below, may be the first turn. */
static bool proves_metadata(const keys *k, const key_block *block)
{
    return k->has_times || block->n_keys > 1 || block->has_section;
}

sb_line sb_survey_keys_end(const sb_survey *survey, const char *text, size_t size)
{
    if (survey->is_marked)
        return survey->start;
    keys k = {.survey = survey, .text = text, .size = size};
    k.has_times = survey->first_timed != SIZE_MAX && survey->n_timed >= survey->n_untimed;
    k.has_punctuation = k.has_times || sentence_share(&k, survey->start) >= SENTENCE_SHARE;
    key_block block = {.end = survey->start, .plain_end = survey->start};
    bool is_near = false;  /* no blank line since the last key */
    bool is_below = false; /* the line above that is not blank is a key */
    bool has_prose = false, is_open = false;
    for (sb_line line = survey->start;
         block.n_prose_words <= MAX_DESCRIPTION_WORDS && sb_line_next(&line, text, size);) {
        sb_header h;
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0 || sb_is_rule(text, content)) {
            is_near = false;
            continue;
        }
        sb_header_read(&h, text, content, survey->styles);
        said_value value = is_untimed(&h) ? judge_key(&k, &line, &h) : SAID_YES;
        bool is_meta = value == SAID_NO || (value == SAID_MAYBE && is_below);
        if (!is_meta && is_first_turn(&k, &line, &h) && (value == SAID_YES || is_open))
            return (is_near && !k.has_times) || !proves_metadata(&k, &block) ? survey->start : block.end;
        is_open = value == SAID_MAYBE && !is_meta;
        is_near = (is_near && !h.level) || is_meta;
        is_below = is_meta;
        has_prose = is_meta ? false : has_prose || (!is_near && !h.level);
        if (is_meta)
            add_key(&k, &block, &line, &h);
        else if (!h.level)
            add_prose(&k, &block, content);
    }
    return has_prose && proves_metadata(&k, &block) ? block.plain_end : survey->start;
}

/* Prose directly above the first header can be a description, or speech of somebody who is not named. */
void sb_survey_note_prose(const sb_survey *survey, sb_reading *reading, const sb_line *start)
{
    const sb_transcript *t = reading->transcript;
    size_t n_words = 0, at = 0;
    bool is_prose = false;
    sb_line line = survey->start;
    if (survey->is_marked || t->n_turns == 0 ||
        (t->turns[0].stamp != SB_TIME_NONE && t->turns[0].stamp < LATE_START))
        return;
    while (line.at < start->at && sb_line_next(&line, reading->text, reading->size)) {
        sb_header h;
        sb_range content = sb_range_trim(reading->text, (sb_range){line.at, line.length});
        if (content.length == 0)
            continue;
        sb_header_read(&h, reading->text, content, survey->styles);
        is_prose = h.form == SB_HEADER_NONE && !h.level && !strchr("-*+|<![", reading->text[content.at]) &&
                   sb_text_ends_sentence(reading->text + content.at, content.length);
        at = is_prose && n_words == 0 ? content.at : at;
        for (size_t i = content.at; is_prose && i < content.at + content.length; i++)
            n_words += reading->text[i] == ' ';
    }
    if (is_prose && n_words >= MIN_PROSE_WORDS)
        sb_reading_note(
            reading, at,
            "the text above the first turn is read as a description; if it is speech, write a line "
            "\"Transcript\" above it");
}
