/* Reads any bytes as a transcript, detected and in every format. The result is an error with its reason,
 * or consistent turns. */
#include <stdlib.h>
#include <string.h>

#include "soundbite/file.h"
#include "soundbite/transcript.h"
#include "transcript/transcript.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_range(const sb_transcript *t, sb_range range, sb_time time)
{
    require(range.at + range.length <= t->source_size);
    require(range.length == 0 || time == SB_TIME_NONE || time >= 0);
}

static void check_turn(const sb_transcript *t, const sb_turn *turn)
{
    check_range(t, turn->stamp_range, turn->stamp);
    check_range(t, turn->stop_range, turn->stop);
    for (size_t i = 0; i < turn->n_words; i++) {
        require(turn->words[i].text[0] != 0);
        sb_word_syllables(turn->words[i].text);
        sb_word_ends_sentence(turn->words[i].text);
    }
    for (size_t i = 0; i < turn->n_events; i++)
        require(turn->events[i].before_word <= turn->n_words);
}

static void check_tokens(const sb_turn *turn)
{
    sb_tokens tokens;
    const char **words = calloc(turn->n_words + 1, sizeof *words);
    for (size_t i = 0; i < turn->n_words; i++)
        words[i] = turn->words[i].text;
    require(sb_tokens_make(&tokens, words, turn->n_words, NULL) == SB_OK);
    for (size_t i = 0; i < tokens.n_items; i++)
        require(tokens.items[i].first_word <= tokens.items[i].last_word &&
                tokens.items[i].last_word < turn->n_words);
    sb_tokens_finish(&tokens);
    free(words);
}

/* Written with all times moved, and unchanged, which must give the source. */
static void check_restamp(const sb_transcript *t, const uint8_t *data, size_t size)
{
    sb_bytes out;
    sb_time *stamps = calloc(t->n_turns + 1, sizeof *stamps);
    for (size_t i = 0; i < t->n_turns; i++)
        stamps[i] = (sb_time)i * SB_TIME_SECOND * 61;
    require(sb_transcript_restamp(&out, t, stamps, stamps, NULL) == SB_OK);
    sb_bytes_finish(&out);
    require(sb_transcript_restamp(&out, t, NULL, NULL, NULL) == SB_OK);
    if (strcmp(t->encoding, "utf-8") == 0)
        require(out.size <= size && (out.size == 0 || memcmp(out.data, data, out.size) == 0));
    sb_bytes_finish(&out);
    free(stamps);
}

static void check_format(const uint8_t *data, size_t size, const char *format)
{
    sb_transcript *t;
    sb_notes notes = {0};
    sb_error err = {0};
    sb_transcript_params params = {.format = format};
    sb_status status = sb_transcript_read(&t, data, size, &params, &notes, &err);
    require(err.status == status && (t != NULL) == (status == SB_OK));
    require(status == SB_OK || (status == SB_ERR_FORMAT && err.message[0]));
    for (size_t i = 0; t && i < t->n_turns; i++) {
        check_turn(t, &t->turns[i]);
        check_tokens(&t->turns[i]);
    }
    for (size_t i = 0; t && i < t->n_inner_times; i++) {
        check_range(t, t->inner_times[i].range, t->inner_times[i].time);
        require(t->inner_times[i].turn == 0 || t->inner_times[i].turn < t->n_turns);
    }
    if (t)
        check_restamp(t, data, size);
    sb_notes_finish(&notes);
    sb_transcript_free(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_format(data, size, NULL);
    for (size_t i = 0; sb_transcript_format(i, NULL); i++)
        check_format(data, size, sb_transcript_format(i, NULL));
    return 0;
}
