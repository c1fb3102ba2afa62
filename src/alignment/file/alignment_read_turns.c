#include <stdlib.h>

#include "alignment/alignment.h"
#include "alignment/file/alignment_file.h"
#include "base/run/run.h"

#define N_WORD_STATUSES 3
#define N_TURN_STATUSES 3

static bool take_word_status(sb_alignment_reader *r, const sb_json_value *v, sb_word_status *out)
{
    const char *names[N_WORD_STATUSES];
    size_t found;

    for (int i = 0; i < N_WORD_STATUSES; i++)
        names[i] = sb_word_status_name((sb_word_status)i);
    if (!sb_reader_take_name(r, v, "status", names, N_WORD_STATUSES, &found))
        return false;
    *out = (sb_word_status)found;
    return true;
}

static bool take_turn_status(sb_alignment_reader *r, const sb_json_value *v, sb_turn_status *out)
{
    const char *names[N_TURN_STATUSES];
    size_t found;

    for (int i = 0; i < N_TURN_STATUSES; i++)
        names[i] = sb_turn_status_name((sb_turn_status)i);
    if (!sb_reader_take_name(r, v, "status", names, N_TURN_STATUSES, &found))
        return false;
    *out = (sb_turn_status)found;
    return true;
}

static bool read_aligned_word(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_word *word)
{
    if (!sb_json_is_object(v) || !sb_json_string(sb_json_member(v, "text")))
        return sb_reader_fail(r, v, "a word has no \"text\"; make the alignment again");
    if (!sb_reader_take_text(r, v, "text", &word->text) ||
        !sb_reader_take_span(r, v, "start", "end", &word->start, &word->end) ||
        !sb_reader_take_confidence(r, v, &word->confidence) || !take_word_status(r, v, &word->status))
        return false;
    bool has_start = word->start != SB_TIME_NONE, has_end = word->end != SB_TIME_NONE;
    if (has_start != has_end)
        return sb_reader_fail(r, v, "a word has only one of its two times; make the alignment again");
    if (has_start && word->status == SB_WORD_NOT_HEARD)
        return sb_reader_fail(r, v, "a word that was not heard has a time; make the alignment again");
    if (!has_start && word->status == SB_WORD_ALIGNED)
        return sb_reader_fail(r, v, "an aligned word has no time; make the alignment again");
    return true;
}

static bool read_words(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_turn *turn)
{
    const sb_json_value *words;

    if (!sb_reader_take_array(r, v, "words", &words, &turn->words, sizeof *turn->words))
        return false;
    size_t n = sb_json_length(words);
    turn->n_words = n;
    for (size_t i = 0; i < n; i++)
        if (!read_aligned_word(r, sb_json_item(words, i), &turn->words[i]))
            return false;
    return true;
}

static bool take_event(sb_alignment_reader *r, const sb_json_value *v, size_t n_words, sb_event *event)
{
    int64_t before;

    if (!sb_json_is_object(v) || !sb_json_string(sb_json_member(v, "text")))
        return sb_reader_fail(r, v, "an event has no \"text\"; make the alignment again");
    if (!sb_reader_take_count(r, v, "before_word", (int64_t)n_words, &before) ||
        !sb_reader_take_text(r, v, "text", &event->text))
        return false;
    event->before_word = (size_t)before;
    return true;
}

static bool read_events(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_turn *turn)
{
    const sb_json_value *events;

    if (!sb_reader_take_array(r, v, "events", &events, &turn->events, sizeof *turn->events))
        return false;
    size_t n = sb_json_length(events);
    turn->n_events = n;
    for (size_t i = 0; i < n; i++)
        if (!take_event(r, sb_json_item(events, i), turn->n_words, &turn->events[i]))
            return false;
    return true;
}

/* Reads the speaker and all words of a line. */
static bool read_turn(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_turn *turn)
{
    if (!sb_json_is_object(v))
        return sb_reader_fail(r, v, "a turn is not an object; make the alignment again");
    turn->goes_on = sb_json_true(sb_json_member(v, "goes_on"));
    return sb_reader_take_text(r, v, "speaker", &turn->speaker) && read_words(r, v, turn) &&
           read_events(r, v, turn);
}

/* Reads the members of a line or of one of its cues, without speaker and words. */
static bool take_row(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_turn *row)
{
    return sb_reader_take_time(r, v, "stamp", &row->stamp) &&
           sb_reader_take_span(r, v, "start", "end", &row->start, &row->end) &&
           sb_reader_take_confidence(r, v, &row->confidence) && take_turn_status(r, v, &row->status) &&
           sb_reader_take_text(r, v, "language", &row->language);
}

/* The words and events of a line that are not yet in a row. */
typedef struct unread_line {
    sb_aligned_turn turn;
    size_t word, event; /* the next one */
} unread_line;

/* Moves the next words and events of the line into a row of their own. */
static bool read_cue(sb_alignment_reader *r, const sb_json_value *v, unread_line *line, sb_aligned_turn *row)
{
    int64_t n_words, n_events;
    bool ok = true;
    if (!sb_json_is_object(v))
        return sb_reader_fail(r, v, "a cue is not an object; make the alignment again");
    if (!sb_reader_take_count(r, v, "words", (int64_t)(line->turn.n_words - line->word), &n_words) ||
        !sb_reader_take_count(r, v, "events", (int64_t)(line->turn.n_events - line->event), &n_events) ||
        !take_row(r, v, row))
        return false;
    row->speaker = sb_copy_text(line->turn.speaker, &ok);
    row->words = n_words ? calloc((size_t)n_words, sizeof *row->words) : NULL;
    row->events = n_events ? calloc((size_t)n_events, sizeof *row->events) : NULL;
    if (!ok || (n_words && !row->words) || (n_events && !row->events))
        return sb_reader_fail_memory(r);
    for (; row->n_words < (size_t)n_words; line->word++) {
        row->words[row->n_words++] = line->turn.words[line->word];
        line->turn.words[line->word].text = NULL;
    }
    for (; row->n_events < (size_t)n_events; line->event++) {
        sb_event *event = &row->events[row->n_events++];
        *event = line->turn.events[line->event];
        line->turn.events[line->event].text = NULL;
        size_t first = line->word - (size_t)n_words;
        if (event->before_word < first || event->before_word > line->word)
            return sb_reader_fail(r, v, "an event is not in its cue; make the alignment again");
        event->before_word -= first;
    }
    return true;
}

static bool take_cues(sb_alignment_reader *r, const sb_json_value *cues, unread_line *line,
                      sb_aligned_turn *rows)
{
    for (size_t i = 0; i < sb_json_length(cues); i++) {
        rows[i].goes_on = i > 0 || line->turn.goes_on;
        r->alignment->n_turns++;
        if (!read_cue(r, sb_json_item(cues, i), line, &rows[i]))
            return false;
    }
    return line->word == line->turn.n_words && line->event == line->turn.n_events;
}

static bool read_text_line(sb_alignment_reader *r, const sb_json_value *v)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *cues = sb_json_member(v, "cues");
    sb_aligned_turn *row = &a->turns[a->n_turns];
    if (!sb_json_is_array(cues) || sb_json_length(cues) == 0) {
        a->n_turns++;
        return read_turn(r, v, row) && take_row(r, v, row);
    }
    unread_line line = {0};
    bool ok = read_turn(r, v, &line.turn);
    if (ok && !take_cues(r, cues, &line, row))
        ok = r->status != SB_OK
                 ? false
                 : sb_reader_fail(r, v, "the cues have not all words; make the alignment again");
    sb_aligned_turn_finish(&line.turn);
    return ok;
}

bool sb_reader_take_turns(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *turns = sb_json_member(root, "turns");
    size_t n_lines = sb_json_is_array(turns) ? sb_json_length(turns) : 0, n_rows = 0;
    for (size_t i = 0; i < n_lines; i++) {
        size_t n_cues = sb_json_length(sb_json_member(sb_json_item(turns, i), "cues"));
        n_rows += n_cues ? n_cues : 1;
    }
    if (turns && !sb_json_is_null(turns) && !sb_json_is_array(turns))
        return sb_reader_fail(r, turns, "\"turns\" is not an array; make the alignment again");
    a->turns = n_rows ? calloc(n_rows, sizeof *a->turns) : NULL;
    if (n_rows && !a->turns)
        return sb_reader_fail_memory(r);
    for (size_t i = 0; i < n_lines; i++)
        if (!read_text_line(r, sb_json_item(turns, i)))
            return false;
    return true;
}
