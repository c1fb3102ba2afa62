#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"

static sb_time within_range(sb_time t)
{
    return t < -SB_ALIGNMENT_TIME_MAX || t > SB_ALIGNMENT_TIME_MAX ? SB_TIME_NONE : t;
}

sb_status sb_alignment_take_transcript(sb_alignment *alignment, const sb_transcript *transcript,
                                       sb_error *err)
{
    bool ok = true;

    alignment->transcript.path = sb_copy_text(transcript->path, &ok);
    alignment->transcript.format = sb_copy_text(transcript->format, &ok);
    alignment->transcript.title = sb_copy_text(transcript->title, &ok);
    alignment->transcript.language = sb_copy_text(transcript->language, &ok);
    alignment->transcript.encoding = sb_copy_text(transcript->encoding, &ok);
    alignment->transcript.container = sb_copy_text(transcript->container, &ok);
    memcpy(alignment->transcript.sha256, transcript->sha256, sizeof transcript->sha256);
    alignment->transcript.resolution = transcript->resolution;
    if (transcript->source) {
        alignment->transcript.source = sb_copy_bytes(transcript->source, transcript->source_size);
        alignment->transcript.source_size = transcript->source_size;
        ok = ok && alignment->transcript.source;
    }
    return ok ? SB_OK : sb_error_memory(err, "building an alignment");
}

static bool copy_words(sb_aligned_turn *to, const sb_turn *from)
{
    bool ok = true;

    if (from->n_words == 0)
        return true;
    to->words = calloc(from->n_words, sizeof *to->words);
    if (!to->words)
        return false;
    to->n_words = from->n_words;
    for (size_t i = 0; i < from->n_words; i++) {
        to->words[i].text = sb_copy_text(from->words[i].text, &ok);
        to->words[i].start = to->words[i].end = SB_TIME_NONE;
        to->words[i].status = SB_WORD_ESTIMATED;
    }
    return ok;
}

static bool copy_events(sb_aligned_turn *to, const sb_turn *from)
{
    bool ok = true;

    if (from->n_events == 0)
        return true;
    to->events = calloc(from->n_events, sizeof *to->events);
    if (!to->events)
        return false;
    to->n_events = from->n_events;
    for (size_t i = 0; i < from->n_events; i++) {
        to->events[i].text = sb_copy_text(from->events[i].text, &ok);
        to->events[i].before_word = from->events[i].before_word;
    }
    return ok;
}

static bool copy_turn(sb_aligned_turn *to, const sb_turn *from)
{
    bool ok = true;

    to->speaker = sb_copy_text(from->speaker, &ok);
    to->stamp = within_range(from->stamp);
    to->goes_on = from->goes_on;
    to->start = to->end = SB_TIME_NONE;
    to->status = SB_TURN_PARTLY;
    return ok && copy_words(to, from) && copy_events(to, from);
}

sb_status sb_alignment_take_turns(sb_alignment *alignment, const sb_transcript *transcript, sb_error *err)
{
    if (transcript->n_turns == 0)
        return SB_OK;
    alignment->turns = calloc(transcript->n_turns, sizeof *alignment->turns);
    if (!alignment->turns)
        return sb_error_memory(err, "building an alignment");
    alignment->n_turns = transcript->n_turns;
    for (size_t i = 0; i < transcript->n_turns; i++)
        if (!copy_turn(&alignment->turns[i], &transcript->turns[i]))
            return sb_error_memory(err, "building an alignment");
    return SB_OK;
}

/* A word with only one time, or with its times reversed, gets an empty span. */
static void place_word(sb_aligned_word *to, const sb_word *from)
{
    sb_time start = within_range(from->start), end = within_range(from->end);

    to->start = start != SB_TIME_NONE ? start : end;
    to->end = end != SB_TIME_NONE && end >= to->start ? end : to->start;
}

static sb_time first_start(const sb_aligned_turn *turn)
{
    for (size_t i = 0; i < turn->n_words; i++)
        if (turn->words[i].start != SB_TIME_NONE)
            return turn->words[i].start;
    return SB_TIME_NONE;
}

static sb_time last_end(const sb_aligned_turn *turn)
{
    for (size_t i = turn->n_words; i-- > 0;)
        if (turn->words[i].end != SB_TIME_NONE)
            return turn->words[i].end;
    return SB_TIME_NONE;
}

static sb_time later_of(sb_time start, sb_time candidate)
{
    return candidate != SB_TIME_NONE && candidate >= start ? candidate : SB_TIME_NONE;
}

static void place_turn(sb_aligned_turn *turn, sb_time stop, sb_time next_stamp)
{
    turn->start = turn->stamp != SB_TIME_NONE ? turn->stamp : first_start(turn);
    if (turn->start == SB_TIME_NONE)
        return;
    turn->end = later_of(turn->start, stop);
    if (turn->end == SB_TIME_NONE)
        turn->end = later_of(turn->start, last_end(turn));
    if (turn->end == SB_TIME_NONE)
        turn->end = later_of(turn->start, next_stamp);
}

static void place_turns(sb_alignment *a, const sb_transcript *transcript)
{
    for (size_t i = 0; i < a->n_turns; i++) {
        const sb_turn *turn = &transcript->turns[i];
        for (size_t j = 0; j < turn->n_words; j++)
            place_word(&a->turns[i].words[j], &turn->words[j]);
        place_turn(&a->turns[i], within_range(turn->stop),
                   i + 1 < a->n_turns ? a->turns[i + 1].stamp : SB_TIME_NONE);
    }
}

static void share_time(sb_aligned_turn *turns, size_t n_turns, sb_span span)
{
    size_t total = 0, done = 0;
    for (size_t i = 0; i < n_turns; i++)
        total += turns[i].n_words + 1;
    double step = (double)(span.end - span.start) / (double)total;
    for (size_t i = 0; i < n_turns; i++) {
        turns[i].start = span.start + (sb_time)(step * (double)done);
        done += turns[i].n_words + 1;
        turns[i].end = span.start + (sb_time)(step * (double)done);
    }
}

/* Turns without a timestamp, including a first one without a header, share the time up to the next timestamp
 * in proportion to their words. */
static void place_stampless(sb_alignment *a, const sb_transcript *transcript)
{
    for (size_t i = 0, end; i < a->n_turns; i = end) {
        const sb_aligned_turn *head = &a->turns[i];
        for (end = i + 1; end < a->n_turns && a->turns[end].start == SB_TIME_NONE;)
            end++;
        if (head->start != SB_TIME_NONE && end == i + 1)
            continue;
        bool keeps_own = head->end != SB_TIME_NONE;
        sb_span span = {keeps_own ? head->end : head->start, SB_TIME_NONE};
        if (span.start == SB_TIME_NONE)
            span.start = 0;
        span.end = later_of(span.start, within_range(transcript->turns[end - 1].stop));
        if (span.end == SB_TIME_NONE && end < a->n_turns)
            span.end = later_of(span.start, a->turns[end].start);
        if (span.end != SB_TIME_NONE)
            share_time(&a->turns[i + keeps_own], end - i - keeps_own, span);
    }
}

sb_status sb_alignment_from_transcript(sb_alignment **out, const sb_transcript *transcript, sb_error *err)
{
    *out = NULL;
    sb_alignment *a = calloc(1, sizeof *a);
    if (!a)
        return sb_error_memory(err, "building an alignment");
    a->method = SB_METHOD_NONE;
    a->audio.duration = SB_TIME_NONE;
    sb_status status = sb_alignment_take_transcript(a, transcript, err);
    if (status == SB_OK)
        status = sb_alignment_take_turns(a, transcript, err);
    if (status != SB_OK)
        goto fail;
    place_turns(a, transcript);
    place_stampless(a, transcript);
    *out = a;
    return SB_OK;
fail:
    sb_alignment_free(&a);
    return status;
}
