#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "support_memory.h"
#include "support_speech.h"

static const sb_network_prices prices = {0};

/* A reading, and a text to search in it. */
typedef struct hearing {
    sb_acoustic_model *model;
    sb_scorer *scorer;
    sb_features features;
    float (*vectors)[SB_VECTOR];
    size_t n_frames;
    sb_lexicon lexicon;
    sb_network network;
    sb_heard_list list;
} hearing;

static hearing prepare(size_t reading, const char *text)
{
    hearing h = {.model = speech_model(), .features = speech_features(speech_readings[reading].file)};
    h.scorer = sb_scorer_create(h.model);
    h.vectors = speech_vectors(&h.features.cepstra);
    h.n_frames = h.features.cepstra.n_frames;
    h.lexicon = speech_lexicon(text);
    assert_true(
        sb_network_make(&h.network, h.model, &h.lexicon, h.lexicon.lexeme_of, h.lexicon.n_words, &prices));
    return h;
}

static sb_status search(hearing *h)
{
    return sb_word_search(&h->list, h->scorer, &h->network, (const float(*)[SB_VECTOR])h->vectors,
                          h->n_frames, NULL, NULL);
}

static hearing hear(size_t reading, const char *text)
{
    hearing h = prepare(reading, text);
    assert_int_equal(search(&h), SB_OK);
    return h;
}

static void finish(hearing *h)
{
    sb_heard_list_finish(&h->list);
    sb_network_finish(&h->network);
    sb_lexicon_finish(&h->lexicon);
    free(h->vectors);
    sb_features_finish(&h->features);
    sb_scorer_free(&h->scorer);
    sb_acoustic_model_free(&h->model);
}

static const sb_heard *find(const hearing *h, uint32_t word)
{
    for (size_t i = 0; i < h->list.n_items; i++)
        if (h->list.items[i].word == word)
            return &h->list.items[i];
    return NULL;
}

/* Stretches are adjacent from the first frame to the last, and words are in text order. */
static void check_is_path(const hearing *h)
{
    int32_t at = 0;
    uint32_t next = 0;
    assert_true(h->list.n_items > 0);
    for (size_t i = 0; i < h->list.n_items; i++) {
        const sb_heard *it = &h->list.items[i];
        assert_int_equal(it->start, at);
        assert_true(it->end > it->start);
        at = it->end;
        if (it->word == SB_NO_WORD) {
            assert_true(it->phone >= SB_MODEL_SILENCE && it->phone <= SB_MODEL_BABBLE);
            continue;
        }
        assert_true(it->word >= next && it->word < h->network.n_words);
        const sb_lexeme *lexeme = &h->lexicon.lexemes[h->lexicon.lexeme_of[it->word]];
        assert_true(it->way < lexeme->n_ways);
        assert_true(it->end - it->start >= (int32_t)(SB_STATES * lexeme->ways[it->way].n_phones));
        assert_true(it->worst <= it->score);
        next = it->word + 1;
    }
    assert_int_equal(at, h->n_frames);
}

static int32_t frames_of_babble(const hearing *h)
{
    int32_t n = 0;
    for (size_t i = 0; i < h->list.n_items; i++)
        if (h->list.items[i].word == SB_NO_WORD && h->list.items[i].phone == SB_MODEL_BABBLE)
            n += h->list.items[i].end - h->list.items[i].start;
    return n;
}

static void spoken_words_are_found(void **state)
{
    (void)state;
    speech_need_readings();
    for (size_t r = 0; r < SPEECH_READINGS; r++) {
        hearing h = hear(r, speech_readings[r].text);
        check_is_path(&h);
        size_t n_found = 0;
        for (uint32_t w = 0; w < h.lexicon.n_words; w++)
            n_found += find(&h, w) != NULL;
        assert_true(20 * n_found >= 19 * h.lexicon.n_words);
        assert_true(frames_of_babble(&h) <= 30);
        finish(&h);
    }
}

static void a_word_that_is_not_said_is_skipped(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1, "He was not an ill-disposed helicopter young man,");
    check_is_path(&h);
    assert_null(find(&h, 5));
    assert_non_null(find(&h, 4));
    assert_non_null(find(&h, 6));
    hearing right = hear(1, speech_readings[1].text);
    assert_true(abs(find(&h, 6)->start - find(&right, 5)->start) <= 3);
    finish(&right);
    finish(&h);
}

static void speech_without_text_is_reported(void **state)
{
    (void)state;
    speech_need_readings();
    hearing whole = hear(3, speech_readings[3].text);
    hearing h = hear(3, "Had he married a more a amiable woman, more respectable than he was;");
    check_is_path(&h);
    int32_t lost = find(&whole, 13)->end - find(&whole, 8)->start;
    assert_true(frames_of_babble(&h) > lost / 2);
    assert_true(abs(find(&h, 7)->end - find(&whole, 7)->end) <= 10);
    assert_true(abs(find(&h, 8)->start - find(&whole, 14)->start) <= 10);
    finish(&h);
    finish(&whole);
}

static void without_words_all_sound_is_speech_without_text(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1, "");
    check_is_path(&h);
    assert_true(frames_of_babble(&h) > (int32_t)h.n_frames / 2);
    finish(&h);
}

static void without_sound_nothing_is_found(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1, speech_readings[1].text);
    h.n_frames = 0;
    assert_int_equal(search(&h), SB_OK);
    assert_int_equal(h.list.n_items, 0);
    h.n_frames = 2; /* too short for any phone */
    assert_int_equal(search(&h), SB_OK);
    assert_int_equal(h.list.n_items, 0);
    finish(&h);
}

static void a_search_above_the_limit_is_refused(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1, speech_readings[1].text);
    sb_error err = {0};
    size_t most = SB_SEARCH_CELLS_MAX / (h.network.n_nodes + h.network.n_words + 1);
    assert_int_equal(sb_word_search(&h.list, h.scorer, &h.network, NULL, most + 1, NULL, &err), SB_ERR_LIMIT);
    assert_int_equal(err.status, SB_ERR_LIMIT);
    assert_int_equal(h.list.n_items, 0);
    finish(&h);
}

static void frames_of_words_are_counted_for_adaptation(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = hear(1, speech_readings[1].text);
    sb_adapt_stats *stats = calloc(1, sizeof *stats);
    assert_int_equal(sb_word_search(&h.list, h.scorer, &h.network, (const float(*)[SB_VECTOR])h.vectors,
                                    h.n_frames, stats, NULL),
                     SB_OK);
    int32_t n = 0;
    for (size_t i = 0; i < h.list.n_items; i++)
        if (h.list.items[i].word != SB_NO_WORD)
            n += h.list.items[i].end - h.list.items[i].start;
    assert_true(stats->n_frames == (double)n);
    free(stats);
    finish(&h);
}

/* A word that nobody says, forced in: it goes where it is likely to begin. */
static void a_word_that_could_be_anywhere_begins_where_it_is_likely_to(void **state)
{
    (void)state;
    speech_need_readings();
    for (int32_t at = 60; at <= 160; at += 100) {
        hearing h = prepare(1, "a");
        sb_likely_start start = {(float)at, 200};
        h.network.starts = &start;
        assert_int_equal(search(&h), SB_OK);
        check_is_path(&h);
        assert_non_null(find(&h, 0));
        assert_true(abs(find(&h, 0)->start - at) <= 5);
        finish(&h);
    }
}

/* The frames of a word are priced as if nobody spoke there: it is not said there any more, and keeps its own
 * score where it is. */
static void words_keep_out_of_frames_that_cost(void **state)
{
    (void)state;
    speech_need_readings();
    hearing free_of_cost = hear(1, speech_readings[1].text);
    const sb_heard *word = find(&free_of_cost, 3);
    hearing h = prepare(1, speech_readings[1].text);
    float *cost = calloc(h.n_frames + 1, sizeof *cost);
    h.network.word_frame = cost;
    assert_int_equal(search(&h), SB_OK);
    assert_int_equal(find(&h, 3)->start, word->start);
    for (int32_t f = word->start; f < word->end; f++)
        cost[f] = -100;
    assert_int_equal(search(&h), SB_OK);
    check_is_path(&h);
    for (size_t i = 0; i < h.list.n_items; i++)
        if (h.list.items[i].word != SB_NO_WORD)
            assert_true(h.list.items[i].end <= word->start || h.list.items[i].start >= word->end);
    free(cost);
    finish(&h);
    finish(&free_of_cost);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    speech_need_readings();
    hearing h = prepare(1, speech_readings[1].text);
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_heard_list_finish(&h.list);
        memory_fail_from(n);
        sb_status status = search(&h);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
    }
    refused = true;
    for (size_t n = 0; refused; n++) {
        sb_network_finish(&h.network);
        memory_fail_from(n);
        bool made =
            sb_network_make(&h.network, h.model, &h.lexicon, h.lexicon.lexeme_of, h.lexicon.n_words, &prices);
        refused = memory_fail_end();
        assert_int_equal(made, !refused);
    }
    finish(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spoken_words_are_found),
        cmocka_unit_test(a_word_that_is_not_said_is_skipped),
        cmocka_unit_test(speech_without_text_is_reported),
        cmocka_unit_test(without_words_all_sound_is_speech_without_text),
        cmocka_unit_test(without_sound_nothing_is_found),
        cmocka_unit_test(a_search_above_the_limit_is_refused),
        cmocka_unit_test(frames_of_words_are_counted_for_adaptation),
        cmocka_unit_test(a_word_that_could_be_anywhere_begins_where_it_is_likely_to),
        cmocka_unit_test(words_keep_out_of_frames_that_cost),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
