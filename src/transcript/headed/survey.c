#include <string.h>

#include "base/text/text.h"
#include "transcript/headed/headed.h"
#include "transcript/model/model.h"
#include "transcript/readers/readers.h"

#define TAIL_LINES          4
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
    size_t n_above, n_below, n_after, n_above_names;
    size_t tail[TAIL_LINES];
    bool is_below_header;       /* the line above is a header with a name and a time, and no text */
    size_t n_timed_headings[7]; /* by level */
    size_t n_speech;            /* lines since the heading of the transcript */
    int64_t line_number;        /* of the line before that was not blank */
    bool has_repeated;
} tally;

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

static void learn_name(tally *t, const sb_header *h, const sb_line *line)
{
    bool begins_paragraph = t->line_number + 1 < line->number;
    sb_survey_name *name = add_name(t, h->level ? sb_without_remark(t->text, h->name) : h->name);
    bool is_timed = h->has_time && h->form != SB_HEADER_NONE;
    if (!name)
        return;
    name->last = *line;
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
    name->n_beside_times += is_timed && h->level;
    name->n_below_times += t->is_below_header && h->rest.length == 0;
    name->n_alone += h->rest.length == 0;
    name->n_bold += h->is_bold;
    name->n_bracketed += h->is_bracketed && !is_timed;
    name->n_bare += h->is_bold && h->name_is_weak && h->form == SB_HEADER_MARKED;
    name->n_paragraphs += begins_paragraph;
}

/* "Length: 12:30" is no header. */
static bool is_turn_with_time(const tally *t, const sb_header *h)
{
    return h->has_time && h->form != SB_HEADER_NONE && h->time.stamp.length > 0 &&
           !(h->level && h->form == SB_HEADER_TIME) &&
           !sb_is_section_name(t->text + h->name.at, h->name.length);
}

/* "Total time: 45:10" may be no header if the name occurs once. */
static bool is_key_with_time(const tally *t, const sb_header *h)
{
    const sb_survey_name *name = sb_survey_find(t->out, t->text, h->name);
    return h->form == SB_HEADER_MARKED && !h->is_bold && !h->level && !h->time.bracket &&
           h->rest.length == 0 && (!name || name->n_beside_times + name->count < 2);
}

static void tally_order(tally *t, const sb_line *line, const sb_header *h)
{
    sb_survey *s = t->out;
    if (is_turn_with_time(t, h) && s->first_timed == SIZE_MAX)
        s->first_timed = line->at;
    if (is_turn_with_time(t, h) && !is_key_with_time(t, h))
        s->last_turn = *line;
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
    t->n_timed_headings[h->level] += h->level && is_timed;
    bool may_be_chapter = h->level && !h->has_time; /* until its name comes again */
    s->n_forms[may_be_chapter ? SB_HEADER_NONE : h->form]++;
    s->n_lines++;
    s->n_timed += is_timed && h->time.stamp.length > 0;
    s->n_marked_times += is_timed && h->form == SB_HEADER_MARKED;
    s->n_times_alone += kind == LINE_TIME_ALONE;
    s->n_nameless += kind >= LINE_TIME_ALONE;
    learn_name(t, h, line);
    tally_order(t, line, h);
    t->is_below_header = is_timed && h->name.length > 0 && h->rest.length == 0;
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
    t->n_above_names += t->before == LINE_TIME_ALONE && !is_timed && h->name.length > 0 && !h->level;
    tally_pair(t, kind);
    memmove(t->tail, t->tail + 1, sizeof t->tail - sizeof *t->tail);
    t->tail[TAIL_LINES - 1] = line->at;
}

/* Starts after the line `start`, because the text above is not speech. */
static void restart(tally *t, sb_line start, bool is_marked)
{
    sb_survey *s = t->out;
    *s = (sb_survey){.styles = s->styles,
                     .max_frame = -1,
                     .first_timed = SIZE_MAX,
                     .start = start,
                     .is_marked = is_marked};
    *t = (tally){.out = s, .text = t->text};
}

/* Headings with times begin turns if they are more than all other headers. */
static void decide_timed_level(tally *t)
{
    sb_survey *s = t->out;
    size_t n_others = s->n_timed;
    for (int level = 1; level < 7; level++)
        n_others -= t->n_timed_headings[level];
    for (size_t i = 0; i < s->n_names; i++)
        n_others += s->names[i].count > 1 && !s->names[i].level ? s->names[i].count : 0;
    for (int level = 1; level < 7; level++) {
        if (t->n_timed_headings[level] > n_others &&
            t->n_timed_headings[level] > t->n_timed_headings[s->timed_level])
            s->timed_level = level;
    }
}

static void decide(tally *t)
{
    sb_survey *s = t->out;
    size_t n_named = 0;
    size_t n_followed = s->n_nameless - (t->before >= LINE_TIME_ALONE); /* the last may be cut short */
    s->has_names_after = t->n_after * 10 >= n_followed * 6 && t->n_after > 0;
    s->has_names_above = t->n_above * 2 > s->n_nameless;
    s->has_times_above = t->n_above_names * 2 > s->n_times_alone;
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
    decide_timed_level(t);
}

static size_t n_headers(const sb_survey *s)
{
    size_t n = s->n_timed;
    for (size_t i = 0; i < s->n_names; i++)
        n += s->names[i].count > 1 ? s->names[i].count : 0;
    return n;
}

/* Two speakers who both speak again: the speech has begun. */
static bool has_dialogue(const sb_survey *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_names; i++)
        n += s->names[i].count > 1 && s->names[i].n_beside_times == 0;
    return n > 1;
}

static void tally_from(tally *t, size_t size, sb_line start, bool is_marked)
{
    const char *text = t->text;
    /* The first heading "Transcript" below times, as in a list of chapters, or in the second half. */
    sb_line marked = {0};
    size_t n_above = 0; /* headers above it */
    restart(t, start, is_marked);
    for (sb_line line = start; sb_line_next(&line, text, size);) {
        sb_header h;
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0)
            continue;
        if (sb_is_transcript_heading(text, line)) {
            if (has_dialogue(t->out))
                continue;
            if (t->out->first_timed == SIZE_MAX && line.at * 2 <= size) {
                restart(t, line, true);
            } else if (marked.next == 0) {
                marked = line;
                n_above = n_headers(t->out);
            }
            continue;
        }
        sb_header_read(&h, text, content, t->out->styles);
        tally_line(t, &line, &h);
    }
    if (!is_marked && marked.next > 0 && n_headers(t->out) > 2 * n_above) {
        tally_from(t, size, marked, true);
        return;
    }
    decide(t);
    sb_survey_judge_names(t->out, text, size);
}

void sb_survey_make(sb_survey *out, const char *text, size_t size)
{
    tally t = {.out = out, .text = text};
    *out = (sb_survey){.styles = sb_header_styles(text, size)};
    tally_from(&t, size, sb_yaml_end(text, size), false);
    sb_line start = sb_survey_keys_end(out, text, size);
    if (start.next > out->start.next)
        tally_from(&t, size, start, false);
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

size_t sb_survey_closing(const sb_survey *survey, const char *text, size_t size)
{
    const sb_line *last = &survey->last_turn;
    sb_header h;
    if (last->next == 0)
        return SIZE_MAX;
    sb_header_read(&h, text, sb_range_trim(text, (sb_range){last->at, last->length}), survey->styles);
    return sb_closing_find(text, size, *last, h.rest.length > 0, true);
}
