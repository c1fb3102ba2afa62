#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "soundbite/archive.h"
#include "support_alignment.h"
#include "support_archive.h"
#include "support_folder.h"

#define MANY 100000

static sb_alignment *talk(const char *first, const char *second)
{
    sb_alignment *alignment = alignment_long(2, 3);
    alignment_set_text(alignment, 0, first);
    alignment_set_text(alignment, 1, second);
    free(alignment->turns[0].speaker);
    free(alignment->turns[1].speaker);
    alignment->turns[0].speaker = sb_copy_text("Ben", NULL);
    alignment->turns[1].speaker = sb_copy_text("Jo Roy", NULL);
    return alignment;
}

static sb_archive *open_show(void)
{
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_alignment *one = talk("I once met Imogen Vance on the harbour wall.",
                             "The transmitter makes one thousand watts."),
                 *two =
                     talk("We talked about imposter syndrome.", "Imposter, you say? A syndrome of harbours.");
    memset(one->audio.packets, '1', 64);
    memset(two->audio.packets, '2', 64);
    archive_add_dated(archive, one, "one.mp3", "2023-12-31");
    archive_add_dated(archive, two, "two.mp3", "2024-05-01");
    sb_alignment_free(&one);
    sb_alignment_free(&two);
    return archive;
}

static void assert_texts(sb_archive *archive, sb_archive_query query, const char *expected)
{
    sb_archive_matches *matches;
    sb_error err = {0};
    sb_bytes out = {0};
    sb_bytes_append(&out, "", 0);
    if (sb_archive_find(&matches, archive, &query, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < matches->n_items; i++)
        sb_bytes_print(&out, "%s%s: %s", i ? " | " : "", matches->items[i].episode, matches->items[i].text);
    assert_string_equal(out.data ? out.data : "", expected);
    sb_bytes_finish(&out);
    sb_archive_matches_free(&matches);
}

static void keeps_to_the_conditions(void **state)
{
    (void)state;
    sb_archive *archive = open_show();
    const char *ben = "ben", *roy = "roy", *chief = "The Chief", *one = "o*";
    assert_texts(archive, (sb_archive_query){.text = "imposter syndrome"}, "two: imposter syndrome.");
    assert_texts(archive, (sb_archive_query){.text = "syndrome imposter", .how = SB_SEARCH_NEAR},
                 "two: syndrome. Imposter,");
    assert_texts(archive, (sb_archive_query){.text = "harbour*"}, "one: harbour | two: harbours.");
    assert_texts(archive, (sb_archive_query){.text = "harb* wa*"}, "one: harbour wall.");
    assert_texts(archive, (sb_archive_query){.text = "1000 watts"}, "one: one thousand watts.");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .speakers = &ben, .n_speakers = 1},
                 "one: harbour");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .speakers = &roy, .n_speakers = 1},
                 "two: harbours.");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .speakers = &chief, .n_speakers = 1}, "");
    sb_archive_alias(archive, "Jo *", "The Chief", NULL);
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .speakers = &chief, .n_speakers = 1},
                 "two: harbours.");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .episodes = &one, .n_episodes = 1},
                 "one: harbour");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .since = "2024"}, "two: harbours.");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .until = "2023"}, "one: harbour");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .since = "2023-12", .until = "2024-05"},
                 "one: harbour | two: harbours.");
    assert_texts(archive, (sb_archive_query){.text = "harbour*", .limit = 1}, "one: harbour");
    assert_texts(archive, (sb_archive_query){.text = "imposter", .expand = SB_EXPAND_SENTENCE},
                 "two: We talked about imposter syndrome. | two: Imposter, you say?");
    assert_texts(archive, (sb_archive_query){.text = "imposter", .max_length = SB_TIME_MS}, "");
    sb_archive_close(&archive);
}

static void finds_by_sound(void **state)
{
    (void)state;
    sb_archive *archive = open_show();
    const char *roy = "roy";
    assert_texts(archive, (sb_archive_query){.text = "Immogen Vanse", .how = SB_SEARCH_SOUND},
                 "one: Imogen Vance");
    assert_texts(archive, (sb_archive_query){.text = "impostor sindrome", .or_alike = true},
                 "two: imposter syndrome. | two: Imposter, you say? A syndrome");
    assert_texts(archive, (sb_archive_query){.text = "impostor sindrome"}, "");
    assert_texts(archive,
                 (sb_archive_query){
                     .text = "Immogen Vanse", .how = SB_SEARCH_SOUND, .speakers = &roy, .n_speakers = 1},
                 "");
    sb_archive_close(&archive);
}

static void assert_n_places(sb_archive *archive, size_t limit, size_t n_items, size_t n_places)
{
    sb_archive_matches *matches;
    sb_archive_query query = {.text = "valve", .limit = limit};
    assert_int_equal(sb_archive_find(&matches, archive, &query, NULL), SB_OK);
    assert_int_equal(matches->n_items, n_items);
    assert_int_equal(matches->n_places, n_places);
    sb_archive_matches_free(&matches);
}

/* One block has all of them. */
static void counts_what_it_leaves_out(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_alignment *alignment = alignment_long(1, 7);
    alignment_set_text(alignment, 0, "the valve and this valve and that valve");
    archive_add_dated(archive, alignment, "one.mp3", NULL);
    assert_n_places(archive, 0, 3, 3);
    assert_n_places(archive, 3, 3, 3);
    assert_n_places(archive, 2, 2, 3);
    assert_n_places(archive, 1, 1, 3);
    sb_archive_close(&archive);
    sb_alignment_free(&alignment);
}

/* Of many blocks, as many matches as the limit are among those that are looked at first. */
static void counts_those_that_were_not_looked_at(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_archive_matches *matches;
    sb_alignment *alignment = alignment_long(900, 129);
    for (size_t i = 0; i < 11; i++) {
        sb_aligned_turn *turn = &alignment->turns[i < 10 ? i : 700];
        turn->words[128].end += 5 * SB_TIME_SECOND;
        turn->end += 5 * SB_TIME_SECOND;
    }
    alignment->audio.duration += 5 * SB_TIME_SECOND;
    archive_add_dated(archive, alignment, "long.mp3", NULL);
    for (size_t limit = 9; limit < 13; limit++) {
        sb_archive_query query = {.text = "word128", .min_length = 5 * SB_TIME_SECOND, .limit = limit};
        assert_int_equal(sb_archive_find(&matches, archive, &query, NULL), SB_OK);
        assert_int_equal(matches->n_items, limit < 11 ? limit : 11);
        assert_true(limit < 11 ? matches->n_places > limit : matches->n_places == 11);
        sb_archive_matches_free(&matches);
    }
    sb_archive_close(&archive);
    sb_alignment_free(&alignment);
}

/* More places have the word than are looked at first, and only a late one matches. */
static void goes_on_through_many_places(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_alignment *alignment = alignment_long(900, 129);
    sb_aligned_turn *late = &alignment->turns[700];
    late->words[128].end += 5 * SB_TIME_SECOND;
    late->end += 5 * SB_TIME_SECOND;
    alignment->audio.duration += 5 * SB_TIME_SECOND;
    archive_add_dated(archive, alignment, "long.mp3", NULL);
    assert_texts(archive, (sb_archive_query){.text = "word128", .min_length = 5 * SB_TIME_SECOND},
                 "long: word128");
    sb_archive_close(&archive);
    sb_alignment_free(&alignment);
}

static void long_texts_may_be_nowhere(void **state)
{
    (void)state;
    sb_archive *archive = open_show();
    sb_archive_matches *matches;
    sb_archive_query query = {.text =
                                  "nine perpendicular elephants remember extraordinary celebrations beyond "
                                  "seventeen mountains yesterday evening"};
    query.or_alike = true;
    assert_texts(archive, query, "");
    query.how = SB_SEARCH_SOUND;
    assert_int_equal(sb_archive_find(&matches, archive, &query, NULL), SB_ERR_ARGUMENT);
    sb_archive_close(&archive);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    sb_archive *archive = open_show();
    sb_archive_matches *matches;
    sb_archive_query query = {.text = " ... "};
    assert_int_equal(sb_archive_find(&matches, archive, &query, NULL), SB_ERR_ARGUMENT);
    assert_null(matches);
    query = (sb_archive_query){.text = "bus car dog egg fig gum hat ink jam", .how = SB_SEARCH_NEAR};
    assert_int_equal(sb_archive_find(&matches, archive, &query, NULL), SB_ERR_ARGUMENT);
    query = (sb_archive_query){.text = "ab* bc* cd*"};
    assert_int_equal(sb_archive_find(&matches, archive, &query, NULL), SB_ERR_ARGUMENT);
    query = (sb_archive_query){.text = "x", .min_length = -1};
    assert_int_equal(sb_archive_find(&matches, archive, &query, NULL), SB_ERR_ARGUMENT);
    sb_archive_close(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(keeps_to_the_conditions),   IN_FOLDER(finds_by_sound),
        IN_FOLDER(says_what_is_wrong),        IN_FOLDER(goes_on_through_many_places),
        IN_FOLDER(counts_what_it_leaves_out), IN_FOLDER(counts_those_that_were_not_looked_at),
        IN_FOLDER(long_texts_may_be_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
