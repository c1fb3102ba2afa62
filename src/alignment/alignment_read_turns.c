#include "alignment/alignment.h"

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

static bool take_word(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_word *word)
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

static bool take_words(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_turn *turn)
{
    const sb_json_value *words;

    if (!sb_reader_take_array(r, v, "words", &words, &turn->words, sizeof *turn->words))
        return false;
    size_t n = sb_json_length(words);
    turn->n_words = n;
    for (size_t i = 0; i < n; i++)
        if (!take_word(r, sb_json_item(words, i), &turn->words[i]))
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

static bool take_events(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_turn *turn)
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

static bool take_turn(sb_alignment_reader *r, const sb_json_value *v, sb_aligned_turn *turn)
{
    if (!sb_json_is_object(v))
        return sb_reader_fail(r, v, "a turn is not an object; make the alignment again");
    return sb_reader_take_text(r, v, "speaker", &turn->speaker) &&
           sb_reader_take_time(r, v, "stamp", &turn->stamp) &&
           sb_reader_take_span(r, v, "start", "end", &turn->start, &turn->end) &&
           sb_reader_take_confidence(r, v, &turn->confidence) && take_turn_status(r, v, &turn->status) &&
           sb_reader_take_text(r, v, "language", &turn->language) && take_words(r, v, turn) &&
           take_events(r, v, turn);
}

bool sb_reader_take_turns(sb_alignment_reader *r, const sb_json_value *root)
{
    sb_alignment *a = r->alignment;
    const sb_json_value *turns;

    if (!sb_reader_take_array(r, root, "turns", &turns, &a->turns, sizeof *a->turns))
        return false;
    size_t n = sb_json_length(turns);
    a->n_turns = n;
    for (size_t i = 0; i < n; i++)
        if (!take_turn(r, sb_json_item(turns, i), &a->turns[i]))
            return false;
    return true;
}
