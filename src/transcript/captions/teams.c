#include <string.h>

#include "base/text/text.h"
#include "transcript/cues/cues.h"
#include "transcript/model/model.h"

/* What Microsoft Teams puts into Word documents: `0:0:0.0 --> 0:0:3.1`, the speaker's name on the next line,
 * the text on the lines after it. */

#define MAX_NAME_BYTES 80
#define MAX_NAMES      64

typedef struct name_count {
    sb_range names[MAX_NAMES];
    size_t n_names, n_cues, n_named, n_repeated;
} name_count;

static bool is_name_line(const char *text, sb_range line)
{
    return line.length > 0 && line.length <= MAX_NAME_BYTES &&
           !memmem(text + line.at, line.length, "-->", 3) &&
           !strchr(".?!:", text[line.at + line.length - 1]) && sb_is_name(text + line.at, line.length);
}

static void count_name(name_count *c, const char *text, sb_range name)
{
    c->n_named++;
    for (size_t i = 0; i < c->n_names; i++) {
        if (sb_ranges_equal(text, c->names[i], name)) {
            c->n_repeated++;
            return;
        }
    }
    if (c->n_names < MAX_NAMES)
        c->names[c->n_names++] = name;
}

static bool is_times(const char *text, sb_range line)
{
    return line.length > 0 && line.length < 80 && memmem(text + line.at, line.length, "-->", 3) &&
           sb_stamp_clock(text + line.at, line.length).length > 0;
}

/* True for "0:0:1.90": Teams writes times without leading zeros. */
static bool lacks_zeros(const char *text, sb_range line)
{
    return line.length > 4 && text[line.at + 1] == ':' && text[line.at + 3] == ':';
}

/* Every cue has a name above its text, and the times are Teams', or names come back. Other captions have text
 * there. */
static sb_sniff sniff_teams(const char *text, size_t size)
{
    name_count c = {.n_names = 0};
    sb_line line = {0};
    sb_range name = {0};
    int n_after = 2; /* lines since the times */
    bool is_unpadded = false;
    while (sb_line_next(&line, text, size)) {
        sb_range content = sb_range_trim(text, (sb_range){line.at, line.length});
        if (is_times(text, content)) {
            is_unpadded = c.n_cues == 0 ? lacks_zeros(text, content) : is_unpadded;
            c.n_cues++;
            n_after = 0;
            name.length = 0;
        } else if (content.length > 0 && ++n_after == 1) {
            name = content;
        } else if (content.length > 0 && n_after == 2 && is_name_line(text, name)) {
            count_name(&c, text, name);
        }
    }
    /* The last cue may be cut short. */
    bool has_names = c.n_named > 0 && c.n_named + 1 >= c.n_cues;
    bool repeats = c.n_cues > 1 && c.n_repeated > 0 && 2 * c.n_repeated >= c.n_named - c.n_names;
    if (!has_names || (!is_unpadded && !repeats))
        return (sb_sniff){0};
    return (sb_sniff){93, "a name on its own line below cue times such as 0:0:0.0 --> 0:0:3.1"};
}

static sb_status take_cue(sb_reading *reading, sb_text_writer *writer, const sb_cue *cue)
{
    const char *text = reading->text;
    sb_line line = {0};
    sb_range content;
    sb_status status = SB_OK;
    bool is_named = sb_cue_next_line(cue, text, &line, &content);
    if (!is_named || sb_reading_begin_turn(reading, writer, cue->line) != SB_OK)
        return is_named ? SB_ERR_MEMORY : SB_OK;
    writer->turn->stamp = cue->start;
    writer->turn->stamp_range = cue->start_range;
    writer->turn->stop = cue->end;
    writer->turn->stop_range = cue->end_range;
    if (is_name_line(text, content))
        status = sb_reading_set_speaker(writer->turn, text + content.at, content.length);
    else
        sb_text_put(writer, text + content.at, content.length);
    while (status == SB_OK && sb_cue_next_line(cue, text, &line, &content)) {
        sb_text_break(writer);
        sb_text_put(writer, text + content.at, content.length);
    }
    return status;
}

static sb_status read_teams(sb_reading *reading)
{
    sb_cues cues = {0};
    sb_text_writer writer = {0};
    /* the warnings about missing numbers and blank lines do not apply to this format */
    sb_reading quiet = *reading;
    quiet.notes = NULL;
    sb_status status = sb_cues_read(&cues, &quiet, (sb_line){0}, false);
    if (status == SB_OK && cues.n_items == 0)
        status =
            sb_reading_fail(reading, 0,
                            "no cue times such as \"0:0:0.0 --> 0:0:3.1\"; choose another format, or get the "
                            "whole file");
    for (size_t i = 0; status == SB_OK && i < cues.n_items; i++) {
        const sb_cue *cue = &cues.items[i];
        if (cue->start == SB_TIME_NONE || cue->end == SB_TIME_NONE)
            sb_notes_add(reading->notes, reading->transcript->path, cue->line, 0,
                         "a time of the cue cannot be used; it is ignored");
        status = take_cue(reading, &writer, cue);
    }
    sb_status end_status = sb_text_end(&writer);
    sb_cues_finish(&cues);
    return status == SB_OK ? end_status : status;
}

const sb_reader sb_reader_teams = {"teams",
                                   "Microsoft Teams' Word transcripts: times, the name on a line, text",
                                   sniff_teams, read_teams, SB_UNIT_CUE};
