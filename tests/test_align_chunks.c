#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "align/align.h"
#include "support_memory.h"
#include "support_quote.h"

#define TURN_WORDS 25
#define TURN_MS    9000 /* followed by a second of silence */
#define TURN_STEP  10000

static const char turn_text[] =
    "one two three four five six seven eight nine ten eleven twelve and so on they "
    "go until there are just as many as wanted";

/* A plan of chunks, and its input. */
typedef struct planning {
    sb_alignment *a;
    size_t n_words;
    bool *skip, *anchored;
    sb_chunks chunks;
} planning;

static planning begin(size_t n_turns)
{
    planning p = {.a = quote_alignment(SB_METHOD_ENERGY)};
    for (size_t t = 0; t < n_turns; t++) {
        int start = (int)t * TURN_STEP;
        quote_add_turn(p.a, t % 2 ? "Ann" : "Ben", start, start + TURN_MS, turn_text);
        assert_int_equal(p.a->turns[t].n_words, TURN_WORDS);
    }
    p.n_words = n_turns * TURN_WORDS;
    p.a->audio.duration = (sb_time)n_turns * TURN_STEP * SB_TIME_MS;
    p.skip = calloc(n_turns + 1, sizeof *p.skip);
    p.anchored = calloc(p.n_words + 1, sizeof *p.anchored);
    return p;
}

static void finish(planning *p)
{
    sb_chunks_finish(&p->chunks);
    sb_alignment_free(&p->a);
    free(p->skip);
    free(p->anchored);
}

static sb_aligned_word *word_at(const planning *p, size_t word)
{
    return &p->a->turns[word / TURN_WORDS].words[word % TURN_WORDS];
}

static void move_words(planning *p, size_t first, size_t end, sb_time by)
{
    for (size_t w = first; w < end; w++) {
        word_at(p, w)->start += by;
        word_at(p, w)->end += by;
    }
}

static void forget_words(planning *p, size_t first, size_t end)
{
    for (size_t w = first; w < end; w++)
        word_at(p, w)->start = word_at(p, w)->end = SB_TIME_NONE;
}

static bool is_in(size_t word, sb_word_range range)
{
    return word >= range.first && word < range.end;
}

static const sb_chunk *owner_of(const planning *p, size_t word)
{
    for (size_t i = 0; i < p->chunks.n_items; i++)
        if (is_in(word, p->chunks.items[i].own))
            return &p->chunks.items[i];
    return NULL;
}

static bool sounds_in(const sb_chunk *chunk, sb_time from, sb_time until)
{
    for (int part = 0; part < 2; part++)
        if (chunk->sound[part].start <= from && chunk->sound[part].end >= until)
            return true;
    return false;
}

static sb_time length_of(const sb_chunk *c)
{
    return c->sound[0].end - c->sound[0].start + c->sound[1].end - c->sound[1].start;
}

static void check_chunk(const planning *p, const sb_chunk *c)
{
    size_t n_heard = c->heard[0].end - c->heard[0].first + c->heard[1].end - c->heard[1].first;
    assert_true(c->own.first < c->own.end && c->own.end <= p->n_words);
    assert_true(n_heard > 0 && n_heard <= SB_CHUNK_WORDS_MAX);
    assert_true(length_of(c) > 0 && length_of(c) <= SB_CHUNK_SECONDS_MAX * SB_TIME_SECOND);
    for (size_t w = c->own.first; w < c->own.end; w++)
        assert_true(is_in(w, c->heard[0]) || is_in(w, c->heard[1]));
    for (int part = 0; part < 2; part++)
        assert_true(c->sound[part].start >= 0 && c->sound[part].end <= p->a->audio.duration);
    if (c->heard[1].end > 0)
        assert_true(c->heard[1].first >= c->heard[0].end);
    if (c->sound[1].end > 0)
        assert_true(c->sound[1].start >= c->sound[0].end);
}

static void plan(planning *p)
{
    const sb_chunk_plan in = {.alignment = p->a, .skip = p->skip, .anchored = p->anchored};
    assert_int_equal(sb_chunks_plan(&p->chunks, &in, NULL), SB_OK);
    for (size_t i = 0; i < p->chunks.n_items; i++) {
        check_chunk(p, &p->chunks.items[i]);
        if (i > 0)
            assert_true(p->chunks.items[i].own.first >= p->chunks.items[i - 1].own.end);
    }
}

/* The sound of each chunk contains the places of its words. */
static void check_is_heard_in_place(const planning *p, size_t first, size_t end)
{
    for (size_t w = first; w < end; w++) {
        const sb_chunk *c = owner_of(p, w);
        assert_non_null(c);
        assert_true(sounds_in(c, word_at(p, w)->start, word_at(p, w)->end));
    }
}

static void every_word_is_in_the_chunk_at_its_place(void **state)
{
    (void)state;
    planning p = begin(30);
    plan(&p);
    check_is_heard_in_place(&p, 0, p.n_words);
    assert_true(p.chunks.n_items >= 10 && p.chunks.n_items <= 60);
    finish(&p);
}

static void skipped_turns_are_in_no_chunk(void **state)
{
    (void)state;
    planning p = begin(12);
    p.skip[4] = p.skip[5] = p.skip[11] = true;
    plan(&p);
    for (size_t w = 0; w < p.n_words; w++)
        assert_int_equal(owner_of(&p, w) == NULL, p.skip[w / TURN_WORDS]);
    for (size_t i = 0; i < p.chunks.n_items; i++)
        for (int part = 0; part < 2; part++)
            for (size_t w = p.chunks.items[i].heard[part].first; w < p.chunks.items[i].heard[part].end; w++)
                assert_false(p.skip[w / TURN_WORDS]);
    finish(&p);
}

static void without_places_there_are_no_chunks(void **state)
{
    (void)state;
    planning p = begin(3);
    forget_words(&p, 0, p.n_words);
    plan(&p);
    assert_int_equal(p.chunks.n_items, 0);
    finish(&p);
    p = begin(0);
    plan(&p);
    assert_int_equal(p.chunks.n_items, 0);
    finish(&p);
}

/* Three minutes of other sound: one chunk has the sound on both sides of it, and none has all of it. */
static void an_insertion_makes_a_join(void **state)
{
    (void)state;
    planning p = begin(12);
    size_t middle = 6 * TURN_WORDS;
    move_words(&p, middle, p.n_words, 180 * SB_TIME_SECOND);
    p.a->audio.duration += 180 * SB_TIME_SECOND;
    memset(p.anchored, true, p.n_words);
    plan(&p);
    check_is_heard_in_place(&p, 0, p.n_words);
    const sb_chunk *join = owner_of(&p, middle);
    assert_ptr_equal(join, owner_of(&p, middle - 1));
    assert_true(join->sound[1].end > 0 && join->sound[0].end < word_at(&p, middle)->start);
    assert_true(join->known[0].end > join->known[0].start &&
                join->known[0].end <= word_at(&p, middle - 1)->end);
    assert_true(join->known[1].end > join->known[1].start &&
                join->known[1].start >= word_at(&p, middle)->start);
    finish(&p);
}

/* Words without a place are in the chunk between those that have one. */
static void words_without_a_place_are_in_a_chunk(void **state)
{
    (void)state;
    planning p = begin(12);
    size_t first = 5 * TURN_WORDS, end = 6 * TURN_WORDS - 5;
    forget_words(&p, first, end);
    memset(p.anchored, true, p.n_words);
    plan(&p);
    check_is_heard_in_place(&p, 0, first);
    check_is_heard_in_place(&p, end, p.n_words);
    for (size_t w = first; w < end; w++)
        assert_non_null(owner_of(&p, w));
    finish(&p);
}

static void a_turn_of_minutes_is_divided(void **state)
{
    (void)state;
    planning p = begin(1);
    for (size_t w = 0; w < TURN_WORDS; w++) {
        word_at(&p, w)->start = (sb_time)w * 5 * SB_TIME_SECOND;
        word_at(&p, w)->end = word_at(&p, w)->start + SB_TIME_SECOND;
    }
    p.a->audio.duration = 200 * SB_TIME_SECOND;
    plan(&p);
    assert_true(p.chunks.n_items > 3);
    check_is_heard_in_place(&p, 0, p.n_words);
    finish(&p);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    planning p = begin(30);
    const sb_chunk_plan in = {.alignment = p.a, .skip = p.skip, .anchored = p.anchored};
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_chunks_finish(&p.chunks);
        memory_fail_from(n);
        sb_status status = sb_chunks_plan(&p.chunks, &in, NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_true(!refused || !p.chunks.items);
    }
    finish(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_in_the_chunk_at_its_place),
        cmocka_unit_test(skipped_turns_are_in_no_chunk),
        cmocka_unit_test(without_places_there_are_no_chunks),
        cmocka_unit_test(an_insertion_makes_a_join),
        cmocka_unit_test(words_without_a_place_are_in_a_chunk),
        cmocka_unit_test(a_turn_of_minutes_is_divided),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
