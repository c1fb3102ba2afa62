#include "transcript_checks.h"

#include <stdlib.h>
#include <string.h>

#include "soundbite/file.h"
#include "transcript/transcript.h"

/* From 0 on, and small enough that sums of a few do not overflow. */
static bool is_time(sb_time time)
{
    return time == SB_TIME_NONE || (time >= 0 && time < INT64_MAX / 4);
}

static bool is_range(const sb_transcript *t, sb_range range)
{
    return range.at <= t->source_size && range.length <= t->source_size - range.at;
}

static const char *check_words(const sb_turn *turn)
{
    for (size_t i = 0; i < turn->n_words; i++) {
        const sb_word *word = &turn->words[i];
        if (word->text[0] == 0)
            return "a word is empty";
        if (!is_time(word->start) || !is_time(word->end))
            return "a word's time is out of range";
        sb_word_syllables(word->text);
        sb_word_ends_sentence(word->text);
    }
    for (size_t i = 0; i < turn->n_events; i++) {
        if (turn->events[i].before_word > turn->n_words || turn->events[i].text[0] == 0)
            return "an event is empty or has no place";
    }
    return NULL;
}

static const char *check_tokens(const sb_turn *turn)
{
    sb_tokens tokens;
    bool holds = true;
    const char **words = calloc(turn->n_words + 1, sizeof *words);
    for (size_t i = 0; i < turn->n_words; i++)
        words[i] = turn->words[i].text;
    if (sb_tokens_make(&tokens, words, turn->n_words, NULL) != SB_OK)
        return "the words have no tokens";
    for (size_t i = 0; i < tokens.n_items; i++)
        holds = holds && tokens.items[i].first_word <= tokens.items[i].last_word &&
                tokens.items[i].last_word < turn->n_words;
    sb_tokens_finish(&tokens);
    free(words);
    return holds ? NULL : "a token has no words";
}

static const char *check_turn(const sb_transcript *t, const sb_turn *turn)
{
    if (!is_range(t, turn->stamp_range) || !is_range(t, turn->stop_range))
        return "the place of a time is not in the source";
    if (!is_time(turn->stamp) || !is_time(turn->stop))
        return "a turn's time is out of range";
    if (turn->speaker && turn->speaker[0] == 0)
        return "a speaker's name is empty";
    const char *problem = check_words(turn);
    return problem ? problem : check_tokens(turn);
}

static const char *check_written(const sb_transcript *t)
{
    sb_bytes out;
    const char *problem = NULL;
    sb_time *stamps = calloc(t->n_turns + 1, sizeof *stamps);
    for (size_t i = 0; i < t->n_turns; i++)
        stamps[i] = (sb_time)i * SB_TIME_SECOND * 61;
    if (sb_transcript_restamp(&out, t, stamps, stamps, NULL) != SB_OK)
        problem = "it cannot be written with other times";
    sb_bytes_finish(&out);
    if (sb_transcript_restamp(&out, t, NULL, NULL, NULL) != SB_OK)
        problem = "it cannot be written back";
    else if (strcmp(t->encoding, "utf-8") == 0 &&
             (out.size != t->source_size || (out.size && memcmp(out.data, t->source, out.size) != 0)))
        problem = "it is written back with a change";
    sb_bytes_finish(&out);
    free(stamps);
    return problem;
}

static const char *check_transcript(const sb_transcript *t)
{
    const char *problem = NULL;
    for (size_t i = 0; i < t->n_turns && !problem; i++)
        problem = check_turn(t, &t->turns[i]);
    if (!problem && t->n_turns > 0 && t->turns[0].goes_on)
        problem = "the first turn continues another";
    for (size_t i = 0; i < t->n_inner_times && !problem; i++) {
        const sb_inner_time *inner = &t->inner_times[i];
        if (!is_range(t, inner->range) || !is_time(inner->time) ||
            (inner->turn != 0 && inner->turn >= t->n_turns))
            problem = "a time inside a turn has no place";
    }
    return problem ? problem : check_written(t);
}

static const char *check_status(sb_status status, const sb_transcript *t, const sb_error *err)
{
    if (err->status != status || (t != NULL) != (status == SB_OK))
        return "the status, the result and the error disagree";
    if (status == SB_ERR_MEMORY || status == SB_ERR_ARGUMENT || status == SB_ERR_IO)
        return "it is refused with a status that does not speak of the bytes";
    if (status != SB_OK && (!err->message[0] || err->line < 0 || err->column < 0))
        return "it is refused without a reason";
    return NULL;
}

const char *transcript_check(sb_transcript **out, const void *data, size_t size, const char *format)
{
    sb_transcript *t = NULL;
    sb_notes notes = {0};
    sb_error err = {0};
    sb_transcript_params params = {.format = format};
    sb_status status = sb_transcript_read(&t, data, size, &params, &notes, &err);
    const char *problem = check_status(status, t, &err);
    if (!problem && t)
        problem = check_transcript(t);
    sb_notes_finish(&notes);
    if (out)
        *out = t;
    else
        sb_transcript_free(&t);
    return problem;
}
