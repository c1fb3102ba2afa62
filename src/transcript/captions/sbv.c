#include <string.h>
#include <strings.h>

#include "base/run/run.h"
#include "transcript/cues/cues.h"

/* SubViewer 2 has a header with tags in brackets, two decimals and "[br]" for a new line. YouTube's SBV has
 * neither. */

#define LINE_BREAK "[br]"

/* Reads `TIME,TIME`, which is all of the line. */
static bool read_times(sb_cue *out, const char **problem, const char *text, const sb_line *line)
{
    sb_range content = sb_range_trim(text, (sb_range){line->at, line->length});
    const char *at = text + content.at;
    sb_stamp start = sb_stamp_clock(at, content.length);
    if (start.length == 0 || start.length >= content.length || at[start.length] != ',')
        return false;
    size_t after = start.length + 1;
    while (after < content.length && at[after] == ' ')
        after++;
    sb_stamp end = sb_stamp_clock(at + after, content.length - after);
    if (end.length == 0 || after + end.length != content.length)
        return false;
    *problem = start.problem ? start.problem : end.problem;
    *out = (sb_cue){.start = start.time,
                    .end = end.time,
                    .start_range = {content.at, start.length},
                    .end_range = {content.at + after, end.length},
                    .line = line->number};
    if (end.time != SB_TIME_NONE && start.time != SB_TIME_NONE && end.time < start.time) {
        *problem = "the cue ends before it starts; its start is used, and its end is ignored";
        out->end = SB_TIME_NONE;
        out->end_range = (sb_range){0};
    }
    return true;
}

/* True for a last line without a line end that may be the beginning of times. */
static bool is_cut(const char *text, const sb_line *line)
{
    for (size_t i = 0; i < line->length; i++) {
        if (!strchr("0123456789:., ", text[line->at + i]) || !text[line->at + i])
            return false;
    }
    return !line->has_end;
}

static sb_status take_title(sb_reading *reading, const sb_line *line)
{
    static const char key[] = "[TITLE]";
    size_t n = sizeof key - 1;
    char **title = &reading->transcript->title;
    bool ok = true;
    if (!*title && line->length > n && strncasecmp(reading->text + line->at, key, n) == 0)
        *title = sb_text_plain(reading->text + line->at + n, line->length - n, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static sb_status add_cue(sb_cues *cues, const sb_cue *cue)
{
    if (!sb_grow(&cues->items, cues->n_items, &cues->capacity, sizeof *cues->items))
        return SB_ERR_MEMORY;
    cues->items[cues->n_items++] = *cue;
    return SB_OK;
}

static sb_status read_cues(sb_cues *cues, sb_reading *reading, const char *separator)
{
    sb_line line = {0};
    sb_status status = SB_OK;
    sb_cue next;
    size_t n_problems = 0;
    const char *problem, *text = reading->text;
    while (status == SB_OK && sb_line_next(&line, text, reading->size)) {
        sb_cue *cue = cues->n_items ? &cues->items[cues->n_items - 1] : NULL;
        if (read_times(&next, &problem, text, &line)) {
            if (problem)
                sb_cue_note(reading, &n_problems, line.at, problem);
            next.separator = separator;
            status = add_cue(cues, &next);
        } else if (!cue) {
            status = take_title(reading, &line);
        } else if (!sb_line_is_blank(&line, text) && !is_cut(text, &line)) {
            if (cue->text.length == 0)
                cue->text.at = line.at;
            cue->text.length = line.at + line.length - cue->text.at;
        }
    }
    sb_cue_notes_end(reading, n_problems);
    return status;
}

static sb_status read_with(sb_reading *reading, const char *separator)
{
    sb_cues cues = {0};
    sb_status status = read_cues(&cues, reading, separator);
    if (status == SB_OK && cues.n_items == 0)
        status =
            sb_reading_fail(reading, 0,
                            "no cue times such as \"0:00:01.000,0:00:04.000\"; choose another format, or "
                            "get the whole file");
    if (status == SB_OK)
        status = sb_cues_add_turns(reading, &cues);
    sb_cues_finish(&cues);
    return status;
}

static sb_status read_sbv(sb_reading *reading)
{
    return read_with(reading, NULL);
}

static sb_status read_subviewer(sb_reading *reading)
{
    return read_with(reading, LINE_BREAK);
}

static bool is_subviewer(const char *text, size_t size)
{
    size_t head = size < 2000 ? size : 2000;
    return memmem(text, head, "[INFORMATION]", 13) || memmem(text, head, "[SUBTITLE]", 10) ||
           memmem(text, size, LINE_BREAK, sizeof LINE_BREAK - 1);
}

static bool has_times(const char *text, size_t size)
{
    sb_line line = {0};
    sb_cue cue;
    const char *problem;
    while (sb_line_next(&line, text, size)) {
        if (read_times(&cue, &problem, text, &line))
            return true;
    }
    return false;
}

static sb_sniff sniff_sbv(const char *text, size_t size)
{
    if (!has_times(text, size))
        return (sb_sniff){0};
    return (sb_sniff){is_subviewer(text, size) ? 60 : 90, "cues such as 0:00:01.000,0:00:04.000"};
}

static sb_sniff sniff_subviewer(const char *text, size_t size)
{
    if (!is_subviewer(text, size) || !has_times(text, size))
        return (sb_sniff){0};
    return (sb_sniff){95, "cues such as 00:00:01.00,00:00:04.00 with [br] or a header in brackets"};
}

const sb_reader sb_reader_sbv = {"sbv", "YouTube captions: 0:00:01.000,0:00:04.000, text", sniff_sbv,
                                 read_sbv, SB_UNIT_CUE};
const sb_reader sb_reader_subviewer = {"subviewer",
                                       "SubViewer captions: 00:00:01.00,00:00:04.00, text[br]text",
                                       sniff_subviewer, read_subviewer, SB_UNIT_CUE};
