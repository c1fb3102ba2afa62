#include "alignment_checks.h"

#include <math.h>
#include <string.h>

#include "soundbite/file.h"

static bool is_span(sb_time start, sb_time end)
{
    return start == SB_TIME_NONE || end == SB_TIME_NONE || start <= end;
}

static bool is_confidence(float confidence)
{
    return confidence >= 0 && confidence <= 1;
}

static bool are_ordered(const sb_span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (spans[i].end < spans[i].start || (i > 0 && spans[i].start < spans[i - 1].end))
            return false;
    }
    return true;
}

static const char *check_turn(const sb_aligned_turn *turn)
{
    if (!is_span(turn->start, turn->end) || !is_confidence(turn->confidence))
        return "a turn's times or confidence are out of range";
    for (size_t i = 0; i < turn->n_words; i++) {
        const sb_aligned_word *word = &turn->words[i];
        if (!word->text || !is_span(word->start, word->end) || !is_confidence(word->confidence))
            return "a word's times or confidence are out of range";
        if ((word->start == SB_TIME_NONE) != (word->end == SB_TIME_NONE))
            return "a word has only one of its times";
    }
    for (size_t i = 0; i < turn->n_events; i++) {
        if (!turn->events[i].text || turn->events[i].before_word > turn->n_words)
            return "an event has no place";
    }
    return NULL;
}

static const char *check_map(const sb_alignment *a)
{
    for (size_t i = 0; i < a->n_map; i++) {
        if (!isfinite(a->map[i].rate_ppm) || a->map[i].offset == SB_TIME_NONE ||
            !is_span(a->map[i].from, a->map[i].until))
            return "a piece of the map has no numbers";
    }
    for (size_t i = 0; i < a->n_breaks; i++) {
        if (!is_confidence(a->breaks[i].confidence) || a->breaks[i].at == SB_TIME_NONE)
            return "a break has no numbers";
    }
    return NULL;
}

static const char *check_file(const sb_alignment *alignment)
{
    sb_bytes first = {0}, second = {0};
    sb_alignment *copy = NULL;
    const char *problem = NULL;
    if (sb_alignment_write(&first, alignment, NULL) != SB_OK)
        problem = "the alignment cannot be written";
    else if (!sb_alignment_sniff(first.data, first.size))
        problem = "the file does not look like an alignment";
    else if (sb_alignment_read(&copy, first.data, first.size, NULL, NULL) != SB_OK)
        problem = "the file that was written cannot be read";
    else if (sb_alignment_write(&second, copy, NULL) != SB_OK || second.size != first.size ||
             memcmp(first.data, second.data, first.size) != 0)
        problem = "reading and writing the file gives other bytes";
    sb_alignment_free(&copy);
    sb_bytes_finish(&first);
    sb_bytes_finish(&second);
    return problem;
}

const char *alignment_check(const sb_alignment *alignment)
{
    const char *problem = NULL;
    for (size_t i = 0; i < alignment->n_turns && !problem; i++)
        problem = check_turn(&alignment->turns[i]);
    if (!problem)
        problem = check_map(alignment);
    if (!problem && (!are_ordered(alignment->speech, alignment->n_speech) ||
                     !are_ordered(alignment->unmatched, alignment->n_unmatched)))
        problem = "spans overlap or are out of order";
    return problem ? problem : check_file(alignment);
}
