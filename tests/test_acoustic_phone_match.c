#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "align/acoustic/acoustic_aligner.h"
#include "soundbite/file.h"
#include "support_memory.h"
#include "support_speech.h"

#define TEXT_WORDS 4000
#define READING    3

/* The phones of a reading, and a text to search for in them. */
typedef struct searching {
    sb_acoustic_model *model;
    float (*scores)[SB_MODEL_PHONES];
    size_t n_rows;
    sb_lexicon lexicon;
    sb_phone_text text, decoy;
    sb_phone_match match;
} searching;

static float (*score_reading(const sb_acoustic_model *model, size_t reading, size_t *n_rows))[SB_MODEL_PHONES]
{
    sb_features features = speech_features(speech_readings[reading].file);
    sb_scorer *scorer = sb_scorer_create(model);
    float(*vectors)[SB_VECTOR] = speech_vectors(&features.cepstra);
    *n_rows = (features.cepstra.n_frames + SB_MATCH_STEP - 1) / SB_MATCH_STEP;
    float(*scores)[SB_MODEL_PHONES] = calloc(*n_rows + 1, sizeof *scores);
    sb_phone_scores(scores, scorer, (const float(*)[SB_VECTOR])vectors, features.cepstra.n_frames);
    free(vectors);
    sb_scorer_free(&scorer);
    sb_features_finish(&features);
    return scores;
}

/* Words that are not in the recorded book, in random order. */
static void add_words(sb_bytes *text, size_t n, uint32_t random)
{
    static const char *const words[] = {
        "the",     "ships",   "of",       "winter", "carry",  "seven",  "hundred", "barrels", "and",
        "nobody",  "saw",     "lanterns", "under",  "water",  "before", "morning", "came",    "with",
        "engines", "turning", "slowly",   "in",     "yellow", "fog",    "because", "their",   "captain",
        "wanted",  "coffee",  "from",     "every",  "island", "that",   "my",      "brother", "painted"};
    for (size_t i = 0; i < n; i++) {
        random = random * 1664525u + 1013904223u;
        sb_bytes_print(text, "%s ", words[(random >> 16) % (sizeof words / sizeof *words)]);
    }
}

static searching prepare(size_t reading, const char *middle)
{
    searching s = {.model = speech_model()};
    sb_bytes text = {0};
    add_words(&text, TEXT_WORDS, 1);
    sb_bytes_print(&text, "%s ", middle);
    add_words(&text, TEXT_WORDS, 2);
    s.scores = score_reading(s.model, reading, &s.n_rows);
    s.lexicon = speech_lexicon(text.data);
    assert_true(sb_phone_text_make(&s.text, &s.lexicon));
    assert_true(sb_phone_decoy_make(&s.decoy, &s.lexicon));
    sb_bytes_finish(&text);
    return s;
}

static bool search(searching *s)
{
    return sb_phone_match_find(&s->match, &s->text, &s->decoy, (const float(*)[SB_MODEL_PHONES])s->scores,
                               s->n_rows);
}

static void finish(searching *s)
{
    sb_phone_match_finish(&s->match);
    sb_phone_text_finish(&s->text);
    sb_phone_text_finish(&s->decoy);
    sb_lexicon_finish(&s->lexicon);
    free(s->scores);
    sb_acoustic_model_free(&s->model);
}

static void a_sentence_is_found_in_a_long_text(void **state)
{
    (void)state;
    speech_need_readings();
    searching s = prepare(READING, speech_readings[READING].text);
    size_t n_said = s.lexicon.n_words - 2 * TEXT_WORDS;
    assert_true(search(&s));
    assert_true(s.match.score > s.match.chance + 2 * SB_MATCH_SURE);
    assert_true(4 * s.match.n_words >= 3 * n_said);
    for (size_t i = 0; i < s.match.n_words; i++) {
        const sb_word_place *it = &s.match.words[i];
        assert_true(it->start < it->end && it->end <= (int32_t)s.n_rows);
        assert_true(i == 0 || it->start >= s.match.words[i - 1].end);
        assert_true(i == 0 || it->word > s.match.words[i - 1].word);
        if (i > 0 && i + 1 < s.match.n_words)
            assert_in_range(it->word, TEXT_WORDS, TEXT_WORDS + n_said - 1);
    }
    finish(&s);
}

/* A score less than SB_MATCH_SURE above chance is not used. */
static void another_text_scores_little_above_chance(void **state)
{
    (void)state;
    speech_need_readings();
    size_t n_under = 0;
    for (size_t r = 0; r < SPEECH_READINGS; r++) {
        searching s = prepare(r, "and");
        assert_true(search(&s));
        assert_true(s.match.chance > 0 && s.match.score < s.match.chance + SB_MATCH_SURE);
        n_under += s.match.score <= s.match.chance;
        finish(&s);
    }
    assert_true(n_under >= SPEECH_READINGS / 2);
}

static void an_empty_text_has_no_match(void **state)
{
    (void)state;
    speech_need_readings();
    searching s = {.model = speech_model()};
    static const char *const texts[] = {"", "-- ..."};
    s.scores = score_reading(s.model, READING, &s.n_rows);
    for (size_t i = 0; i < 2; i++) {
        s.lexicon = speech_lexicon(texts[i]);
        assert_true(sb_phone_text_make(&s.text, &s.lexicon) && sb_phone_decoy_make(&s.decoy, &s.lexicon));
        assert_int_equal(s.text.n, 0);
        assert_true(search(&s));
        assert_int_equal(s.match.n_words, 0);
        assert_true(s.match.score == 0);
        sb_phone_text_finish(&s.text);
        sb_phone_text_finish(&s.decoy);
        sb_lexicon_finish(&s.lexicon);
    }
    finish(&s);
}

static void no_sound_has_no_match(void **state)
{
    (void)state;
    speech_need_readings();
    searching s = prepare(READING, "and");
    s.n_rows = 0;
    assert_true(search(&s));
    assert_int_equal(s.match.n_words, 0);
    finish(&s);
}

static void a_decoy_is_the_text_reversed(void **state)
{
    (void)state;
    speech_need_model();
    sb_phone_text text, decoy;
    sb_lexicon lexicon = speech_lexicon("black cats sleep");
    assert_true(sb_phone_text_make(&text, &lexicon) && sb_phone_decoy_make(&decoy, &lexicon));
    assert_int_equal(text.n, decoy.n);
    for (size_t i = 0, n = text.n - 1; i < n; i++)
        assert_int_equal(text.phone[i], decoy.phone[n - 1 - i]);
    for (size_t i = 0; i < text.n; i++)
        assert_int_equal(text.begins[i] == 0, i == 0 || text.phone[i - 1] == SB_MODEL_SILENCE);
    sb_phone_text_finish(&text);
    sb_phone_text_finish(&decoy);
    sb_lexicon_finish(&lexicon);
}

#define PHONE_ROWS 3
#define PAUSE_ROWS 5

static size_t say(float (*scores)[SB_MODEL_PHONES], size_t row, uint8_t phone, size_t n)
{
    for (size_t end = row + n; row < end; row++)
        for (int p = 0; p < SB_MODEL_PHONES; p++)
            scores[row][p] = p == phone ? 3 : -6;
    return row;
}

/* Clear speech from row 5 on, with a pause only after the second word. */
static void words_start_and_end_where_they_are_said(void **state)
{
    (void)state;
    speech_need_model();
    searching s = {.lexicon = speech_lexicon("ships carry black dogs sleep nobody winter")};
    float scores[200][SB_MODEL_PHONES] = {{0}};
    int32_t starts[3], ends[3];
    assert_true(sb_phone_text_make(&s.text, &s.lexicon) && sb_phone_decoy_make(&s.decoy, &s.lexicon));
    size_t row = say(scores, 0, SB_MODEL_BABBLE, 5);
    for (size_t w = 2; w < 5; w++) {
        starts[w - 2] = (int32_t)row;
        for (size_t i = s.text.first[w]; i + 1 < s.text.first[w + 1]; i++)
            row = say(scores, row, s.text.phone[i], PHONE_ROWS);
        ends[w - 2] = (int32_t)row;
        if (w == 3)
            row = say(scores, row, SB_MODEL_SILENCE, PAUSE_ROWS);
    }
    row = say(scores, row, SB_MODEL_BABBLE, 5);
    assert_true(
        sb_phone_match_find(&s.match, &s.text, &s.decoy, (const float(*)[SB_MODEL_PHONES])scores, row));
    assert_int_equal(s.match.n_words, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(s.match.words[i].word, i + 2);
        assert_int_equal(s.match.words[i].start, starts[i]);
        assert_int_equal(s.match.words[i].end, ends[i]);
    }
    assert_true(s.match.score == 3.0f * (float)(ends[2] - starts[0]));
    finish(&s);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    speech_need_readings();
    searching s = prepare(READING, speech_readings[READING].text);
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_phone_match_finish(&s.match);
        memory_fail_from(n);
        bool found = search(&s);
        refused = memory_fail_end();
        assert_int_equal(found, !refused);
    }
    refused = true;
    for (size_t n = 0; refused; n++) {
        sb_phone_text_finish(&s.text);
        sb_phone_text_finish(&s.decoy);
        memory_fail_from(n);
        bool made = sb_phone_text_make(&s.text, &s.lexicon) && sb_phone_decoy_make(&s.decoy, &s.lexicon);
        refused = memory_fail_end();
        assert_int_equal(made, !refused);
    }
    finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_is_found_in_a_long_text),
        cmocka_unit_test(another_text_scores_little_above_chance),
        cmocka_unit_test(an_empty_text_has_no_match),
        cmocka_unit_test(no_sound_has_no_match),
        cmocka_unit_test(a_decoy_is_the_text_reversed),
        cmocka_unit_test(words_start_and_end_where_they_are_said),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
