/* From cues to turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_transcript.h"

/* Returns a character for each cue: "|" where a turn begins and "+" where it goes on. */
static void assert_turns(const sb_bytes *text, const char *expected)
{
    sb_transcript *t = transcript_of(text->data, NULL);
    char found[256] = "";
    assert_true(t->n_turns < sizeof found);
    for (size_t i = 0; i < t->n_turns; i++)
        found[i] = t->turns[i].goes_on ? '+' : '|';
    assert_string_equal(found, expected);
    sb_transcript_free(&t);
}

static void add_cue(sb_bytes *out, int start_ms, int end_ms, const char *text)
{
    sb_bytes_print(out, "%02d:%02d:%02d,%03d --> %02d:%02d:%02d,%03d\n%s\n\n", start_ms / 3600000,
                   start_ms / 60000 % 60, start_ms / 1000 % 60, start_ms % 1000, end_ms / 3600000,
                   end_ms / 60000 % 60, end_ms / 1000 % 60, end_ms % 1000, text);
}

static void cues_of_a_named_speaker_are_one_turn(void **state)
{
    sb_bytes text = {0};
    (void)state;
    add_cue(&text, 1000, 3000, "Ines: We rowed out.");
    add_cue(&text, 9000, 95000, "The lake was still.");
    add_cue(&text, 95000, 97000, "Otto: And cold.");
    add_cue(&text, 97000, 99000, "Ines: Very.");
    add_cue(&text, 40000, 42000, "Ines: A teaser from earlier.");
    assert_turns(&text, "|+|||");
    sb_bytes_finish(&text);
}

static void a_pause_after_a_sentence_ends_a_turn(void **state)
{
    sb_bytes text = {0};
    (void)state;
    add_cue(&text, 0, 2000, "We rowed out,");
    add_cue(&text, 2600, 4000, "the lake was still.");
    add_cue(&text, 4100, 6000, "Nobody spoke.");
    add_cue(&text, 6600, 8000, "Then a bell rang");
    add_cue(&text, 11000, 12000, "on the far side.");
    assert_turns(&text, "|++||");
    sb_bytes_finish(&text);
}

static void without_marks_a_pause_of_a_second_ends_a_turn(void **state)
{
    sb_bytes text = {0};
    (void)state;
    add_cue(&text, 0, 2000, "we rowed out");
    add_cue(&text, 2600, 4000, "the lake was still");
    add_cue(&text, 5100, 6000, "nobody spoke");
    assert_turns(&text, "|+|");
    sb_bytes_finish(&text);
}

/* Forty cues of three seconds each without a pause; the fifteenth ends with a full stop. */
static void a_turn_lasts_a_minute_at_most(void **state)
{
    sb_bytes text = {0};
    (void)state;
    for (int i = 0; i < 40; i++)
        add_cue(&text, 3000 * i, 3000 * i + 3000, i == 14 ? "and so it ended." : "and so it went on");
    sb_transcript *t = transcript_of(text.data, NULL);
    sb_time begin = 0;
    for (size_t i = 0; i < t->n_turns; i++) {
        begin = t->turns[i].goes_on ? begin : t->turns[i].stamp;
        assert_true(t->turns[i].stop - begin <= 60 * SB_TIME_SECOND);
    }
    assert_false(t->turns[15].goes_on);
    assert_true(t->turns[14].goes_on);
    sb_transcript_free(&t);
    sb_bytes_finish(&text);
}

static void assert_words(const sb_bytes *text, const char *expected)
{
    sb_transcript *t = transcript_of(text->data, NULL);
    sb_bytes found = {0};
    for (size_t i = 0; i < t->n_turns; i++) {
        char *words = sb_turn_text(&t->turns[i]);
        sb_bytes_print(&found, "%s%s", i ? " | " : "", words);
        free(words);
    }
    assert_string_equal(found.data, expected);
    sb_bytes_finish(&found);
    sb_transcript_free(&t);
}

static void a_word_cut_at_an_apostrophe_is_one_word(void **state)
{
    sb_bytes text = {0};
    (void)state;
    add_cue(&text, 0, 1000, "They said you\xE2\x80\x99");
    add_cue(&text, 1000, 2000, "re late, and l'");
    add_cue(&text, 2000, 3000, "horloge was slow. The dogs'");
    add_cue(&text, 3000, 4000, "bowls were empty. It'");
    add_cue(&text, 4000, 5000, "d rained.");
    assert_words(
        &text, "They said you\xE2\x80\x99re | late, and l'horloge | was slow. The dogs' | bowls were empty. "
               "It'd | rained.");
    sb_bytes_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cues_of_a_named_speaker_are_one_turn),
        cmocka_unit_test(a_pause_after_a_sentence_ends_a_turn),
        cmocka_unit_test(without_marks_a_pause_of_a_second_ends_a_turn),
        cmocka_unit_test(a_turn_lasts_a_minute_at_most),
        cmocka_unit_test(a_word_cut_at_an_apostrophe_is_one_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
