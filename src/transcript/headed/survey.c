#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "transcript/headed/headed.h"
#include "transcript/model/model.h"
#include "transcript/readers/readers.h"

#define TAIL_LINES          4
#define NAMED_SHARE         60 /* percent of the paragraphs that names begin, if one that occurs once is a name */
#define LINES_FOR_EACH_NAME 20 /* names must be at the beginning of at least one line in this many */

/* The kinds of lines in headers of two lines. */
typedef enum line_kind {
    LINE_NONE,
    LINE_OTHER, /* a header of its own */
    LINE_TEXT,
    LINE_NAME, /* a name and nothing else */
    LINE_TIME_ALONE,
    LINE_TIME_NAME, /* a time and what may be a name */
    LINE_TIME_TEXT
} line_kind;

typedef struct tally {
    sb_survey *out;
    const char *text;
    line_kind before, before_that;
    size_t n_above, n_below, n_after;
    size_t tail[TAIL_LINES];
    size_t n_speech;     /* lines since the heading of the transcript */
    int64_t line_number; /* of the line before that was not blank */
    bool has_repeated;
} tally;

sb_survey_name *sb_survey_find(const sb_survey *survey, const char *text, sb_range name)
{
    for (size_t i = 0; i < survey->n_names; i++) {
        const sb_survey_name *n = &survey->names[i];
        if (sb_ranges_equal(text, n->range, name))
            return (sb_survey_name *)n;
    }
    return NULL;
}

static sb_survey_name *add_name(tally *t, sb_range range)
{
    sb_survey *s = t->out;
    if (range.length == 0 || !sb_is_plain_name(t->text + range.at, range.length))
        return NULL;
    sb_survey_name *name = sb_survey_find(s, t->text, range);
    if (name || s->n_names == SB_SURVEY_NAMES)
        return name;
    name = &s->names[s->n_names++];
    *name = (sb_survey_name){.range = range};
    return name;
}

static void learn_name(tally *t, const sb_header *h, bool begins_paragraph)
{
    sb_survey_name *name = add_name(t, h->name);
    bool is_timed = h->has_time && h->form != SB_HEADER_NONE;
    if (!name)
        return;
    if (!h->name_is_weak && !h->level && is_timed) {
        name->n_beside_times++;
        return;
    }
    if (name->count++ == 0) {
        name->level = h->level;
        name->is_early = !t->has_repeated;
    } else {
        name->level = h->level < name->level ? h->level : name->level;
        t->has_repeated = true;
    }
    name->n_after_times += is_timed && h->form == SB_HEADER_TIME;
    name->n_bold += h->is_bold;
    name->n_paragraphs += begins_paragraph;
}

/* "Length: 12:30" is no header. */
static bool is_turn_with_time(const tally *t, const sb_header *h)
{
    return h->has_time && h->form != SB_HEADER_NONE && h->time.stamp.length > 0 &&
           !(h->level && h->form == SB_HEADER_TIME) &&
           !sb_is_section_name(t->text + h->name.at, h->name.length);
}

static void tally_order(tally *t, const sb_line *line, const sb_header *h)
{
    sb_survey *s = t->out;
    if (is_turn_with_time(t, h) && s->first_timed == SIZE_MAX)
        s->first_timed = line->at;
    s->n_untimed += s->first_timed < line->at && !h->has_time && !h->level &&
                    (h->form == SB_HEADER_NAME || h->form == SB_HEADER_MARKED) &&
                    sb_is_plain_name(t->text + h->name.at, h->name.length);
}

static line_kind header_kind_of(const tally *t, const sb_header *h)
{
    if (h->form == SB_HEADER_TIME && h->name.length == 0) {
        bool is_name = h->rest.length > 0 && sb_is_name_line(t->text, h->rest);
        return h->rest.length == 0 ? LINE_TIME_ALONE : is_name ? LINE_TIME_NAME : LINE_TIME_TEXT;
    }
    if (h->form != SB_HEADER_NONE)
        return LINE_OTHER;
    return !h->level && sb_is_name_line(t->text, h->rest) ? LINE_NAME : LINE_TEXT;
}

static void tally_pair(tally *t, line_kind kind)
{
    bool is_text = kind == LINE_TEXT || kind == LINE_NAME, is_time = kind >= LINE_TIME_ALONE;
    t->n_after += is_text && t->before == LINE_TIME_NAME;
    t->n_below += is_text && t->before == LINE_NAME && t->before_that == LINE_TIME_ALONE;
    t->n_above += is_time && t->before == LINE_NAME && t->before_that != LINE_TIME_ALONE;
    t->before_that = t->before;
    t->before = kind;
}

static void tally_line(tally *t, const sb_line *line, const sb_header *h)
{
    sb_survey *s = t->out;
    line_kind kind = header_kind_of(t, h);
    bool is_timed = h->has_time && h->form != SB_HEADER_NONE;
    bool may_be_chapter = h->level && !h->has_time; /* until its name comes again */
    s->n_forms[may_be_chapter ? SB_HEADER_NONE : h->form]++;
    s->n_lines++;
    s->n_timed += is_timed && h->time.stamp.length > 0;
    s->n_marked_times += is_timed && h->form == SB_HEADER_MARKED;
    s->n_times_alone += kind == LINE_TIME_ALONE;
    s->n_nameless += kind >= LINE_TIME_ALONE;
    learn_name(t, h, t->line_number + 1 < line->number);
    tally_order(t, line, h);
    s->n_paragraphs += !h->level && t->line_number + 1 < line->number;
    t->line_number = line->number;
    if (h->time.frame > s->max_frame && is_timed) {
        s->max_frame = h->time.frame;
        s->frame_at = h->time.stamp.at;
    }
    if (h->time.end_frame > s->max_frame && is_timed)
        s->max_frame = h->time.end_frame;
    if (!h->level && t->n_speech++ == 0) {
        s->begins_with_time = h->form == SB_HEADER_TIME;
        s->begins_with_name = h->form == SB_HEADER_NAME || (h->form == SB_HEADER_MARKED && !h->has_time);
    }
    tally_pair(t, kind);
    memmove(t->tail, t->tail + 1, sizeof t->tail - sizeof *t->tail);
    t->tail[TAIL_LINES - 1] = line->at;
}

/* Starts after the line `start`, because the text above is not speech. */
static void restart(tally *t, sb_line start, bool is_marked)
{
    sb_survey *s = t->out;
    *s = (sb_survey){.max_frame = -1, .first_timed = SIZE_MAX, .start = start, .is_marked = is_marked};
    *t = (tally){.out = s, .text = t->text};
}

static void decide(tally *t)
{
    sb_survey *s = t->out;
    size_t n_named = 0;
    size_t n_followed = s->n_nameless - (t->before >= LINE_TIME_ALONE); /* the last may be cut short */
    s->has_names_after = t->n_after * 10 >= n_followed * 6 && t->n_after > 0;
    s->has_names_above = t->n_above * 2 > s->n_nameless;
    bool is_cut =
        t->before == LINE_TIME_ALONE || (t->before == LINE_NAME && t->before_that == LINE_TIME_ALONE);
    s->has_names_below = !s->has_names_above && t->n_below * 2 > s->n_times_alone - is_cut;
    s->names_count = t->has_repeated || s->begins_with_name || s->n_timed > 0;
    for (size_t i = 0; i < s->n_names; i++) {
        n_named += s->names[i].count;
        if (s->names[i].level && s->names[i].count > 1) {
            s->n_forms[SB_HEADER_MARKED] += s->names[i].count;
            s->name_level = s->names[i].level;
        }
    }
    if (n_named * LINES_FOR_EACH_NAME < s->n_lines && !s->begins_with_name)
        s->names_count = false;
    s->tail_at = t->tail[0];
}

/* The names that occur twice, taken together. */
typedef struct name_form {
    size_t n, n_bold, n_paragraphs, n_after_times;
    bool are_capitals;
} name_form;

static bool is_in_capitals(const char *text, sb_range name)
{
    size_t n_letters = 0, end = name.at + name.length;
    for (size_t at = name.at; at < end;) {
        int32_t c = sb_utf8_next(text, end, &at);
        n_letters += sb_is_letter(c);
        if (sb_is_letter(c) && !sb_is_upper(c))
            return false;
    }
    return n_letters > 0;
}

static name_form form_of_repeated(const sb_survey *s, const char *text)
{
    name_form f = {.are_capitals = true};
    for (size_t i = 0; i < s->n_names; i++) {
        const sb_survey_name *name = &s->names[i];
        if (name->count < 2 || name->level)
            continue;
        f.n += name->count;
        f.n_bold += name->n_bold;
        f.n_paragraphs += name->n_paragraphs;
        f.n_after_times += name->n_after_times;
        f.are_capitals = f.are_capitals && is_in_capitals(text, name->range);
    }
    return f;
}

static bool follows_article(const char *text, size_t at)
{
    static const char *const articles[] = {"a", "an", "the", "this", "that", "my", "our", "your", "no", NULL};
    size_t end = at > 0 && text[at - 1] == ' ' ? at - 1 : at, begin = end;
    while (begin > 0 && sb_is_letter((unsigned char)text[begin - 1]))
        begin--;
    return end < at && sb_part_is_among(text + begin, end - begin, articles);
}

/* "Rule: be quick" is no speaker where the text has "a rule". */
static bool is_common_word(const char *text, size_t size, sb_range name)
{
    if (text[name.at] < 'A' || text[name.at] > 'Z')
        return false;
    for (size_t at = 1; at + name.length < size; at++) {
        if (text[at] == (text[name.at] | 32) && text[at - 1] == ' ' &&
            !sb_is_letter((unsigned char)text[at + name.length]) &&
            memcmp(text + at + 1, text + name.at + 1, name.length - 1) == 0 && follows_article(text, at))
            return true;
    }
    return false;
}

/* True if the name stands where the others do. If other text often stands there too, only capitals make it a
 * name. */
static bool is_where_names_are(const sb_survey *s, const name_form *f, const sb_survey_name *name,
                               bool is_in_capitals)
{
    int share = is_in_capitals ? 0 : NAMED_SHARE;
    if (name->n_after_times > 0)
        return f->n_after_times * 100 >= s->n_forms[SB_HEADER_TIME] * share;
    bool in_paragraphs = f->n_paragraphs * 10 >= f->n * 9;
    if (in_paragraphs)
        return name->n_paragraphs > 0 && f->n * 100 >= s->n_paragraphs * share;
    return f->n * 100 >= s->n_lines * share;
}

static bool is_like_others(const sb_survey *s, const name_form *f, const sb_survey_name *name,
                           const char *text, size_t size)
{
    sb_range range = name->range;
    bool is_high = f->are_capitals && is_in_capitals(text, range);
    if (name->count != 1 || name->level)
        return false;
    if (name->n_bold > 0 || f->n_bold > 0)
        return name->n_bold > 0 && f->n_bold == f->n;
    if (!is_where_names_are(s, f, name, is_high && range.length > 1) ||
        sb_is_opening_word(text + range.at, range.length))
        return false;
    return is_high || (!f->are_capitals && !is_common_word(text, size, range));
}

/* Decides which names that occur once are speakers. */
static void judge_single_names(sb_survey *s, const char *text, size_t size)
{
    name_form f = form_of_repeated(s, text);
    for (size_t i = 0; i < s->n_names; i++) {
        sb_range range = s->names[i].range;
        bool is_first = i == 0 && s->begins_with_name;
        if (!is_first && !s->names[i].n_bold &&
            (sb_is_opening_word(text + range.at, range.length) || is_common_word(text, size, range)))
            s->names[i].is_early = false;
    }
    for (size_t i = 0; i < s->n_names && f.n > 0; i++)
        s->names[i].is_like_others = is_like_others(s, &f, &s->names[i], text, size);
}

static size_t n_headers(const sb_survey *s)
{
    size_t n = s->n_timed;
    for (size_t i = 0; i < s->n_names; i++)
        n += s->names[i].count > 1 ? s->names[i].count : 0;
    return n;
}

static void tally_from(tally *t, size_t size, sb_line start, bool is_marked)
{
    const char *text = t->text;
    sb_line marked = {0}; /* a heading "Transcript" below times, such as those of a list of chapters */
    size_t n_above = 0;
    restart(t, start, is_marked);
    for (sb_line line = start; sb_line_next(&line, text, size);) {
        sb_header h;
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0)
            continue;
        if (sb_front_matter_ends(text, content)) {
            if (t->out->first_timed == SIZE_MAX)
                restart(t, line, true);
            else if (marked.next == 0)
                marked = line;
            n_above = n_headers(t->out);
            continue;
        }
        sb_header_read(&h, text, content);
        tally_line(t, &line, &h);
    }
    if (marked.next > 0 && n_headers(t->out) > 2 * n_above) {
        tally_from(t, size, marked, true);
        return;
    }
    decide(t);
    judge_single_names(t->out, text, size);
}

void sb_survey_make(sb_survey *out, const char *text, size_t size)
{
    tally t = {.out = out, .text = text};
    tally_from(&t, size, sb_yaml_end(text, size), false);
    sb_line start = sb_survey_keys_end(out, text, size);
    if (start.next > out->start.next)
        tally_from(&t, size, start, out->is_marked);
}

bool sb_survey_has_name(const sb_survey *survey, const char *text, sb_range name)
{
    const sb_survey_name *found = sb_survey_find(survey, text, name);
    if (!survey->names_count || !found || found->count == 0)
        return false;
    return found->count > 1 || found->is_like_others ||
           (!found->level && (found->is_early || sb_is_full_name(text + name.at, name.length)));
}

int sb_survey_share(const sb_survey *survey, unsigned forms)
{
    size_t n = 0;
    for (int i = 1; i < SB_HEADER_N_FORMS; i++)
        n += forms & SB_FORM(i) ? survey->n_forms[i] : 0;
    size_t total = survey->n_timed;
    if (forms & SB_FORM(SB_HEADER_MARKED) && n > total)
        total = n;
    return total ? (int)(100 * (n < total ? n : total) / total) : 0;
}
