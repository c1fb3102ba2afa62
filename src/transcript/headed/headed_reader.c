#include <string.h>

#include "base/text/text.h"
#include "transcript/headed/headed.h"
#include "transcript/model/model.h"
#include "transcript/readers/readers.h"

#define MAX_LINE       (4 << 20)
#define MAX_TIME_NOTES 20
#define MAX_REMARK     40
#define MAX_NAMES      128

typedef struct scan {
    sb_reading *reading;
    const char *text;
    const sb_headed_format *format;
    const sb_survey *survey;
    sb_text_writer writer;
    sb_range names[MAX_NAMES]; /* distinct names beside times so far */
    size_t n_names;
    sb_range speaker; /* of the turn before */
    sb_range above;   /* a name on the line above */
    int64_t above_line;
    sb_page_heads page_heads;
    size_t closing_at;  /* position of the text below the speech; SIZE_MAX: none */
    bool is_time_alone; /* the last header is a time and nothing else */
    bool expects_name;  /* the next line may be the name */
    const char *first_problem;
    size_t first_problem_at, n_problems, n_stamps;
} scan;

static bool knows_name(const scan *s, sb_range name)
{
    for (size_t i = 0; i < s->n_names; i++) {
        if (sb_ranges_equal(s->text, s->names[i], name))
            return true;
    }
    return false;
}

static bool has_form(unsigned forms, const sb_header *h)
{
    return forms & SB_FORM(h->form);
}

static bool is_name_of_survey(const scan *s, sb_range name)
{
    return sb_survey_has_name(s->survey, s->text, name);
}

/* "Speaker 1", not "The pier" */
static bool has_role_name(const scan *s, sb_range name)
{
    return sb_has_role(s->text + name.at, name.length) && sb_is_plain_name(s->text + name.at, name.length);
}

/* A heading is a speaker's header if its name occurs twice, or if it comes before the first such name. Other
 * headings are those of chapters. */
static bool heading_is_speaker(const scan *s, const sb_header *h)
{
    sb_range bare = sb_without_remark(s->text, h->name);
    if (h->has_time && h->level == s->survey->timed_level && has_role_name(s, h->name))
        return true;
    for (size_t i = 0; i < s->survey->n_names; i++) {
        const sb_survey_name *name = &s->survey->names[i];
        if (h->level == s->survey->name_level && (name->count > 1 || name->is_early) &&
            (sb_ranges_equal(s->text, name->range, h->name) || sb_ranges_equal(s->text, name->range, bare)))
            return true;
    }
    return false;
}

static bool is_header(const scan *s, const sb_header *h)
{
    const sb_headed_format *format = s->format;
    if (h->form == SB_HEADER_NONE)
        return false;
    if (h->level && h->has_time && h->level == s->survey->timed_level)
        return true;
    if (h->level)
        return h->name.length > 0 && heading_is_speaker(s, h) &&
               (h->form == SB_HEADER_TIME || has_form(format->forms | format->other_forms, h));
    if (h->form == SB_HEADER_NAME || (h->form == SB_HEADER_MARKED && !h->has_time)) {
        if (knows_name(s, h->name))
            return h->rest.length == 0 || has_form(format->forms | format->other_forms, h);
        return has_form(format->forms | format->other_forms, h) && is_name_of_survey(s, h->name);
    }
    if (h->form == SB_HEADER_TIME && !has_form(format->forms, h))
        return has_form(format->other_forms, h) && h->time.bracket &&
               (h->rest.length > 0 || s->survey->has_names_above || s->survey->has_times_above);
    return has_form(format->forms | format->other_forms, h);
}

static sb_status take_turn_text(scan *s, sb_range content, int64_t line)
{
    sb_status status =
        content.length > 0 && !s->writer.turn ? sb_reading_begin_turn(s->reading, &s->writer, line) : SB_OK;
    if (status != SB_OK || content.length == 0)
        return status;
    sb_markup_put(&s->writer, s->text + content.at, content.length);
    sb_text_break(&s->writer);
    return SB_OK;
}

static void note_problem(scan *s, const sb_header_time *time)
{
    const char *problem = time->time.problem ? time->time.problem : time->end.problem;
    if (!problem)
        return;
    if (s->n_problems++ == 0) {
        s->first_problem = problem;
        s->first_problem_at = time->stamp.at;
    }
    if (s->n_problems <= MAX_TIME_NOTES)
        sb_reading_note(s->reading, time->stamp.at, "%s; the turn is read without a time", problem);
}

static int frame_rate(int max_frame)
{
    return max_frame < 24 ? 24 : max_frame < 25 ? 25 : max_frame < 30 ? 30 : 60;
}

static sb_time with_frames(const scan *s, sb_time time, int frame)
{
    if (time == SB_TIME_NONE || frame < 0)
        return time;
    return time + frame * (SB_TIME_SECOND / frame_rate(s->survey->max_frame));
}

static void set_times(scan *s, const sb_header_time *time)
{
    sb_turn *turn = s->writer.turn;
    note_problem(s, time);
    turn->stamp = with_frames(s, time->time.time, time->frame);
    turn->stamp_range = time->stamp;
    if (time->stop.length > 0 && time->end.time != SB_TIME_NONE) {
        turn->stop = with_frames(s, time->end.time, time->end_frame);
        turn->stop_range = time->stop;
    }
    if (turn->stop != SB_TIME_NONE && turn->stamp != SB_TIME_NONE && turn->stop < turn->stamp)
        turn->stop = SB_TIME_NONE;
    s->n_stamps += turn->stamp != SB_TIME_NONE;
}

static void learn_name(scan *s, sb_range name)
{
    if (s->n_names < MAX_NAMES && name.length > 0 && !knows_name(s, name))
        s->names[s->n_names++] = name;
}

/* In "TIME NAME: text", a name that the document does not use is part of the text. */
static void check_weak_name(const scan *s, sb_header *h)
{
    const char *name = s->text + h->name.at;
    if (h->form != SB_HEADER_TIME || !h->name_is_weak || h->name.length == 0 || is_name_of_survey(s, h->name))
        return;
    if (!sb_is_plain_name(name, h->name.length) && !sb_is_section_name(name, h->name.length))
        return;
    size_t end = h->rest.at + h->rest.length;
    h->rest = (sb_range){h->name.at, end - h->name.at};
    h->name.length = 0;
}

static void find_other_name(scan *s, sb_header *h)
{
    check_weak_name(s, h);
    if (h->name.length > 0 || h->form != SB_HEADER_TIME)
        return;
    if (s->above.length > 0) {
        h->name = s->above;
    } else if (s->survey->has_names_after && sb_is_name_line(s->text, h->rest)) {
        h->name = h->rest;
        h->rest.length = 0;
    } else {
        s->expects_name = s->survey->has_names_below && h->rest.length == 0;
    }
}

/* "NAME: text" below a line with a time alone belongs to that time. */
static bool completes_turn(const scan *s, const sb_header *h)
{
    const sb_turn *turn = s->writer.turn;
    return turn && turn->n_words == 0 && turn->n_events == 0 && s->is_time_alone && !h->has_time &&
           h->name.length > 0;
}

/* "## The pier (12:30)": the heading of a chapter begins a turn of nobody. */
static sb_status take_timed_chapter(scan *s, const sb_header *h, sb_range content, int64_t line)
{
    sb_status status = sb_reading_begin_turn(s->reading, &s->writer, line);
    if (status != SB_OK)
        return status;
    set_times(s, &h->time);
    s->speaker.length = 0;
    s->is_time_alone = false;
    while (content.length > 0 && strchr("# ", s->text[content.at]))
        content = (sb_range){content.at + 1, content.length - 1};
    if (content.length == 0)
        return SB_OK;
    sb_text_put_event(&s->writer, s->text + content.at, content.length);
    return SB_OK;
}

/* "(on the phone)" or "[Confidence: 95 %]" and nothing else beside a name. After a colon, other words in
 * brackets are speech. */
static bool is_remark(const char *text, sb_range rest)
{
    if (rest.length < 3 || rest.length > MAX_REMARK || !strchr("([", text[rest.at]))
        return false;
    char close = text[rest.at] == '(' ? ')' : ']';
    if (memchr(text + rest.at, close, rest.length) != text + rest.at + rest.length - 1)
        return false;
    size_t at = rest.at;
    while (at > 0 && text[at - 1] && strchr(" \t*_", text[at - 1]))
        at--;
    return at == 0 || text[at - 1] != ':' || sb_event_length(text + rest.at, rest.length) == rest.length ||
           sb_text_begins(text + rest.at + 1, rest.length - 1, "confidence:");
}

static sb_status take_header(scan *s, sb_header h, int64_t line)
{
    find_other_name(s, &h);
    if (s->above.length > 0)
        line = s->above_line;
    s->above.length = 0;
    bool completes = completes_turn(s, &h);
    sb_status status = completes ? SB_OK : sb_reading_begin_turn(s->reading, &s->writer, line);
    if (status != SB_OK)
        return status;
    if (completes)
        s->writer.turn->goes_on = false;
    s->is_time_alone = h.form == SB_HEADER_TIME && h.name.length == 0 && h.rest.length == 0;
    if (h.has_time) {
        learn_name(s, h.name);
        set_times(s, &h.time);
    }
    if (h.name.length == 0 && s->speaker.length > 0) {
        h.name = s->speaker;
        s->writer.turn->goes_on = !s->expects_name;
    }
    s->speaker = h.name;
    status = sb_reading_set_speaker(s->writer.turn, s->text + h.name.at, h.name.length);
    if (status == SB_OK && (h.is_bold || h.level) && h.has_time && is_remark(s->text, h.rest)) {
        sb_text_put_event(&s->writer, s->text + h.rest.at, h.rest.length);
        return SB_OK;
    }
    return status == SB_OK ? take_turn_text(s, h.rest, line) : status;
}

/* The line below a time is the name. */
static sb_status take_name_below(scan *s, sb_range name)
{
    s->expects_name = false;
    s->writer.turn->goes_on = false;
    s->speaker = name;
    learn_name(s, name);
    return sb_reading_set_speaker(s->writer.turn, s->text + name.at, name.length);
}

/* True if the next line that is not blank is a time, without a name of its own. */
static bool time_follows(const scan *s, sb_line line)
{
    sb_header h;
    while (sb_line_next(&line, s->text, s->reading->size)) {
        sb_range content = sb_range_trim(s->text, (sb_range){line.at, line.length});
        if (content.length == 0)
            continue;
        sb_header_read(&h, s->text, content, s->survey->styles);
        return h.form == SB_HEADER_TIME && h.name.length == 0;
    }
    return false;
}

static bool is_name_above(const scan *s, const sb_line *line, const sb_header *h)
{
    return s->survey->has_names_above && h->form == SB_HEADER_NONE && sb_is_name_line(s->text, h->rest) &&
           time_follows(s, *line);
}

/* Headings of chapters and footers are events. A time in them moves with the text. */
static sb_status take_event(scan *s, const sb_header *h, sb_range content)
{
    sb_transcript *t = s->reading->transcript;
    if (!s->writer.turn)
        return SB_OK;
    while (content.length > 0 && strchr("# ", s->text[content.at])) {
        content.at++;
        content.length--;
    }
    if (content.length == 0)
        return SB_OK;
    sb_text_put_event(&s->writer, s->text + content.at, content.length);
    if (!h->has_time || h->time.time.time == SB_TIME_NONE || h->time.stamp.length == 0 || h->time.frame >= 0)
        return SB_OK;
    return sb_reading_add_inner_time(s->reading, t->n_turns - 1, h->time.stamp, h->time.time.time);
}

/* A line such as "**Break:** [04:04]" is between turns; "**English:**" is a label inside one. */
static bool is_section(const scan *s, const sb_header *h)
{
    const sb_survey_name *known =
        h->has_time || h->rest.length > 0 ? NULL : sb_survey_find(s->survey, s->text, h->name);
    if (known && (known->is_label || known->is_heading))
        return true;
    return h->form == SB_HEADER_MARKED && h->rest.length == 0 &&
           sb_is_section_name(s->text + h->name.at, h->name.length);
}

/* Text directly below a header is always speech. */
static bool is_below_header(const scan *s)
{
    const sb_turn *turn = s->writer.turn;
    return turn && turn->n_words == 0 && s->writer.word.size == 0;
}

static bool may_be_footer(const scan *s, const sb_line *line)
{
    return line->at >= s->survey->tail_at && !is_below_header(s);
}

/* "<div class="transcript">" */
static bool is_tag(const char *text, sb_range line)
{
    return text[line.at] == '<' &&
           memchr(text + line.at, '>', line.length) == text + line.at + line.length - 1 &&
           sb_event_length(text + line.at, line.length) == 0;
}

/* "[00:45:10] [End of transcript]" */
static bool is_end_mark(const scan *s, const sb_line *line, const sb_header *h)
{
    return h->has_time && h->name.length == 0 && h->rest.length > 0 && line->at >= s->survey->tail_at &&
           sb_is_footer(s->text, h->rest, true);
}

static sb_status take_headed_line(scan *s, const sb_line *line)
{
    sb_header h;
    sb_range content = sb_range_trim(s->text, (sb_range){line->at, line->length});
    if (content.length == 0)
        return SB_OK;
    if (line->length > MAX_LINE)
        return sb_reading_fail(s->reading, line->at,
                               "the line has more than 4 million bytes; break it into paragraphs");
    sb_header_read(&h, s->text, content, s->survey->styles);
    bool is_above = s->reading->transcript->n_turns == 0 && !h.has_time && h.form == SB_HEADER_NONE;
    if (line->at >= s->closing_at ||
        (is_above && (sb_is_about_transcript(s->text, content) || is_tag(s->text, content))) ||
        is_end_mark(s, line, &h) ||
        (h.form == SB_HEADER_NONE && !is_below_header(s) &&
         sb_is_page_head(&s->page_heads, s->text, s->reading->size, *line)))
        return sb_is_rule(s->text, content) ? SB_OK : take_event(s, &h, content);
    bool is_turn = is_header(s, &h);
    if (is_turn && h.level && (h.name.length == 0 || !heading_is_speaker(s, &h)))
        return take_timed_chapter(s, &h, content, line->number);
    if (is_turn && !is_section(s, &h))
        return take_header(s, h, line->number);
    if (sb_is_rule(s->text, content))
        return SB_OK;
    if (h.level || is_section(s, &h) || sb_is_footer(s->text, content, may_be_footer(s, line)))
        return take_event(s, &h, content);
    if (is_name_above(s, line, &h)) {
        s->above = h.rest;
        s->above_line = line->number;
        return SB_OK;
    }
    if (s->expects_name && sb_is_name_line(s->text, content))
        return take_name_below(s, content);
    s->expects_name = false;
    size_t quoted = content.at;
    while (quoted < content.at + content.length && s->text[quoted] == '>')
        quoted = sb_skip_blanks(s->text, quoted + 1, content.at + content.length);
    return take_turn_text(s, (sb_range){quoted, content.at + content.length - quoted}, line->number);
}

/* Sets `start` to the last line that is not speech. Returns false if no header follows. */
static bool find_first_turn(scan *s, sb_line *start)
{
    size_t size = s->reading->size;
    sb_line line = s->survey->start, above = line;
    bool is_marked = s->survey->is_marked;
    *start = line;
    while (sb_line_next(&line, s->text, size)) {
        sb_header h;
        sb_range content = sb_range_trim(s->text, (sb_range){line.at, line.length});
        sb_header_read(&h, s->text, content, s->survey->styles);
        if (content.length > 0 && (is_header(s, &h) || is_name_above(s, &line, &h))) {
            if (!is_marked)
                *start = above;
            return true;
        }
        if (sb_front_matter_ends(s->text, content)) {
            *start = line;
            is_marked = true;
        }
        above = line;
    }
    return false;
}

static sb_status end_scan(scan *s)
{
    if (s->n_stamps == 0 && s->n_problems > 0 && s->first_problem)
        return sb_reading_fail(s->reading, s->first_problem_at, "%s", s->first_problem);
    if (s->n_problems > MAX_TIME_NOTES)
        sb_notes_add(s->reading->notes, s->reading->transcript->path, 0, 0, "%zu more times cannot be used",
                     s->n_problems - MAX_TIME_NOTES);
    if (s->survey->max_frame >= 0)
        sb_reading_note(
            s->reading, s->survey->frame_at,
            "the times end with a number of frames, the highest is %d; %d frames a second are assumed",
            s->survey->max_frame, frame_rate(s->survey->max_frame));
    return SB_OK;
}

sb_status sb_headed_read(sb_reading *reading, const sb_headed_format *format)
{
    sb_survey survey;
    sb_survey_make(&survey, reading->text, reading->size);
    scan s = {.reading = reading, .text = reading->text, .format = format, .survey = &survey};
    sb_line line;
    if (!find_first_turn(&s, &line))
        return sb_reading_fail(reading, 0, "no header such as \"%s\"; add one, or choose another format",
                               format->example);
    const sb_line start = line;
    sb_page_heads_find(&s.page_heads, reading->text, reading->size);
    s.closing_at = sb_survey_closing(&survey, reading->text, reading->size);
    sb_status status = format->has_log ? SB_OK : sb_front_matter_take(reading, line.next);
    while (status == SB_OK && sb_line_next(&line, reading->text, reading->size))
        status = take_headed_line(&s, &line);
    sb_status end_status = sb_text_end(&s.writer);
    status = status == SB_OK ? end_status : status;
    if (status == SB_OK && !format->has_log)
        sb_survey_note_prose(&survey, reading, &start);
    return status == SB_OK ? end_scan(&s) : status;
}
