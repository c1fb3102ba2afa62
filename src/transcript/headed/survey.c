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
    size_t n_above, n_below, n_after;
    size_t tail[TAIL_LINES];
    size_t n_speech; /* lines since the heading of the transcript */
    bool has_repeated;
} tally;

static sb_survey_name *find_name(const sb_survey *survey, const char *text, sb_range name)
{
    for (size_t i = 0; i < survey->n_names; i++) {
        const sb_survey_name *n = &survey->names[i];
        if (sb_ranges_equal(text, n->range, name))
            return (sb_survey_name *)n;
    }
    return NULL;
}

static void learn_name(tally *t, const sb_header *h)
{
    sb_survey *s = t->out;
    if (h->name.length == 0 || !sb_is_plain_name(t->text + h->name.at, h->name.length))
        return;
    sb_survey_name *name = find_name(s, t->text, h->name);
    if (name) {
        name->count++;
        name->level = h->level < name->level ? h->level : name->level;
        t->has_repeated = true;
    } else if (s->n_names < SB_SURVEY_NAMES) {
        s->names[s->n_names++] = (sb_survey_name){h->name, 1, !t->has_repeated, h->level};
    }
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
    if (h->name_is_weak || h->level || (h->form == SB_HEADER_MARKED && !h->has_time))
        learn_name(t, h);
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

/* Starts again after a heading "Transcript"; the text above it is not speech. */
static void restart(tally *t)
{
    sb_survey *s = t->out;
    *s = (sb_survey){.max_frame = -1};
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

void sb_survey_make(sb_survey *out, const char *text, size_t size)
{
    *out = (sb_survey){.max_frame = -1};
    tally t = {.out = out, .text = text};
    sb_line line = sb_yaml_end(text, size);
    while (sb_line_next(&line, text, size)) {
        sb_header h;
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (content.length == 0)
            continue;
        if (out->n_timed == 0 && sb_front_matter_ends(text, content)) {
            restart(&t);
            continue;
        }
        sb_header_read(&h, text, content);
        tally_line(&t, &line, &h);
    }
    decide(&t);
}

bool sb_survey_has_name(const sb_survey *survey, const char *text, sb_range name)
{
    const sb_survey_name *found = find_name(survey, text, name);
    if (!survey->names_count || !found)
        return false;
    return found->count > 1 ||
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
