/* Searches of an archive find what sb_matches_find does. */
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

/* Words whose tokens depend on those around them, and common ones. */
static const char *const vocabulary[] = {"the",
                                         "and",
                                         "a",
                                         "of",
                                         "co-host",
                                         "cohost",
                                         "state-of-the-art",
                                         "C++",
                                         "C#",
                                         "twenty",
                                         "five",
                                         "hundred",
                                         "thousand",
                                         "1960",
                                         "10,000",
                                         "ten",
                                         "point",
                                         "four",
                                         "per",
                                         "cent",
                                         "percent",
                                         "Mr.",
                                         "Mister",
                                         "May",
                                         "21st",
                                         "22nd",
                                         "7.30",
                                         "7:30",
                                         "am",
                                         "miles",
                                         "hour",
                                         "mph",
                                         "kWh",
                                         "kilowatt",
                                         "can't",
                                         "cannot",
                                         "caf\u00e9",
                                         "\u4f60\u597d\u4e16\u754c",
                                         "don't",
                                         "valve",
                                         "valves",
                                         "U.S.",
                                         "22nd",
                                         "$2.5m",
                                         "-",
                                         "wires",
                                         "sixty",
                                         "nineteen",
                                         "half",
                                         "said",
                                         "pressure,",
                                         "pump.",
                                         "pumps",
                                         "radio",
                                         "alright",
                                         "all",
                                         "right",
                                         "10-15",
                                         "3.14",
                                         "quote\"d",
                                         "million",
                                         "one",
                                         "two",
                                         "three",
                                         "0800",
                                         "123",
                                         "456",
                                         "0800123456",
                                         "0800-123-456",
                                         "+44",
                                         "+44123456",
                                         "15%",
                                         "fifteen",
                                         "\u767e\u5206\u4e4b\u5341\u4e94",
                                         "12.400",
                                         "12400",
                                         "zw\u00f6lftausendvierhundert",
                                         "f\u00fcnfzehn",
                                         "1.234.567",
                                         "1234567",
                                         "three-minute",
                                         "3-min",
                                         "Sept.",
                                         "3-2",
                                         "3/2"};
#define N_VOCABULARY (sizeof vocabulary / sizeof *vocabulary)

/* Turns of very different lengths, and speakers who follow themselves. */
static sb_alignment *random_text(uint64_t seed, size_t n_turns)
{
    static const char *const speakers[] = {"Ann Lee", "Bob", NULL};
    sb_alignment *alignment = alignment_long(n_turns, 1);
    uint64_t random = seed;
    sb_time at = 0;
    for (size_t i = 0; i < n_turns; i++) {
        sb_aligned_turn *turn = &alignment->turns[i];
        sb_bytes text = {0};
        size_t n = 1 + sb_random_next(&random) % (sb_random_next(&random) % 4 ? 30 : 400);
        for (size_t k = 0; k < n; k++)
            sb_bytes_print(&text, "%s%s", k ? " " : "", vocabulary[sb_random_next(&random) % N_VOCABULARY]);
        alignment_set_text(alignment, i, text.data);
        sb_bytes_finish(&text);
        free(turn->speaker);
        turn->speaker = sb_copy_text(speakers[sb_random_next(&random) % 3], NULL);
        turn->start = at;
        for (size_t k = 0; k < turn->n_words; k++, at += 300 * SB_TIME_MS) {
            turn->words[k].start = at;
            turn->words[k].end = at + 250 * SB_TIME_MS;
        }
        turn->end = at;
    }
    alignment->audio.duration = at;
    return alignment;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Start, speaker and text of each match, sorted. */
static char *joined(char **lines, size_t n)
{
    sb_bytes out = {0};
    sb_bytes_append(&out, "", 0);
    if (n > 1)
        qsort(lines, n, sizeof *lines, by_text);
    for (size_t i = 0; i < n; i++) {
        sb_bytes_print(&out, "%s\n", lines[i]);
        free(lines[i]);
    }
    free(lines);
    return out.data ? out.data : sb_copy_text("", NULL);
}

static char *line_of(sb_time start, const char *text, const char *speaker)
{
    return sb_text_print("%lld %s: %s", (long long)(start / SB_TIME_MS), speaker ? speaker : "", text);
}

static char *find_in(const sb_alignment *alignment, const sb_selection *selection)
{
    sb_matches *matches;
    sb_error err = {0};
    if (sb_matches_find(&matches, alignment, selection, &err))
        fail_msg("%s", err.message);
    char **lines = calloc(matches->n_items + 1, sizeof *lines);
    for (size_t i = 0; i < matches->n_items; i++) {
        char *names = sb_match_speakers(&matches->items[i]);
        lines[i] = line_of(matches->items[i].span.start, matches->items[i].text, names);
        free(names);
    }
    char *out = joined(lines, matches->n_items);
    sb_matches_free(&matches);
    return out;
}

static char *search_in(sb_archive *archive, const sb_archive_query *query)
{
    sb_archive_matches *matches;
    sb_error err = {0};
    if (sb_archive_find(&matches, archive, query, &err))
        fail_msg("%s: %s", query->text, err.message);
    char **lines = calloc(matches->n_items + 1, sizeof *lines);
    for (size_t i = 0; i < matches->n_items; i++)
        lines[i] = line_of(matches->items[i].span.start, matches->items[i].text, matches->items[i].speakers);
    char *out = joined(lines, matches->n_items);
    sb_archive_matches_free(&matches);
    return out;
}

/* A passage of the text, as somebody might type it. */
static char *random_query(const sb_alignment *alignment, uint64_t *random)
{
    const sb_aligned_turn *turn = &alignment->turns[sb_random_next(random) % alignment->n_turns];
    size_t n = 1 + sb_random_next(random) % 5, first = sb_random_next(random) % turn->n_words;
    sb_bytes out = {0};
    sb_bytes_append(&out, "", 0);
    for (size_t i = first; i < first + n && i < turn->n_words; i++) {
        const char *word = turn->words[i].text;
        bool other = sb_random_next(random) % 6 == 0;
        sb_bytes_print(&out, "%s%s", i > first ? " " : "",
                       other ? vocabulary[sb_random_next(random) % N_VOCABULARY] : word);
    }
    return out.data;
}

static bool has_words(const sb_alignment *alignment, const char *text)
{
    sb_matches *matches;
    sb_error err = {0};
    sb_selection selection = {.phrases = &text, .n_phrases = 1};
    bool ok = !sb_matches_find(&matches, alignment, &selection, &err);
    sb_matches_free(&matches);
    return ok;
}

/* The words that a match names in the alignment must be those of its text. */
static void assert_places(sb_archive *archive, sb_archive_query query, size_t least)
{
    sb_archive_matches *matches;
    sb_error err = {0};
    query.places = true;
    if (sb_archive_find(&matches, archive, &query, &err))
        fail_msg("%s: %s", query.text, err.message);
    assert_true(matches->n_items >= least);
    for (size_t i = 0; i < matches->n_items; i++) {
        const sb_archive_match *match = &matches->items[i];
        sb_alignment *alignment;
        size_t at = 0;
        const char *rest = match->text;
        assert_int_equal(sb_archive_get(&alignment, archive, match->episode, NULL), SB_OK);
        for (size_t t = 0; t < alignment->n_turns; t++)
            for (size_t w = 0; w < alignment->turns[t].n_words; w++, at++) {
                const char *word = alignment->turns[t].words[w].text;
                if (at < match->first_word || at >= match->first_word + match->n_words)
                    continue;
                rest += strspn(rest, " ");
                if (strncmp(rest, word, strlen(word)) != 0)
                    fail_msg("'%s' of '%s' is not where the words are: '%s'", rest, match->text, word);
                rest += strlen(word);
            }
        assert_string_equal(rest, "");
        sb_alignment_free(&alignment);
    }
    sb_archive_matches_free(&matches);
}

static void names_the_words(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    for (uint64_t i = 0; i < 3; i++) {
        sb_alignment *alignment = random_text(20 + i, 30);
        memset(alignment->audio.packets, '1' + (int)i, 64);
        archive_add_dated(archive, alignment, i == 0 ? "one.mp3" : i == 1 ? "two.mp3" : "three.mp3", NULL);
        sb_alignment_free(&alignment);
    }
    assert_places(archive, (sb_archive_query){.text = "radio said", .limit = MANY}, 1);
    assert_places(archive, (sb_archive_query){.text = "valve", .limit = MANY}, 1);
    assert_places(archive, (sb_archive_query){.text = "valve pump", .limit = MANY, .how = SB_SEARCH_NEAR}, 1);
    assert_places(archive, (sb_archive_query){.text = "presshure", .limit = MANY, .how = SB_SEARCH_SOUND}, 1);
    assert_places(archive, (sb_archive_query){.text = "radio said", .limit = 9, .expand = SB_EXPAND_TURN}, 1);
    sb_archive_close(&archive);
}

/* The archive finds what sb_matches_find does, whatever the index knows. */
static void check_agreement(const char *language, uint64_t seed)
{
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_alignment *alignment = random_text(seed, 30);
    uint64_t random = 3;
    size_t n_found = 0;
    free(alignment->transcript.language);
    alignment->transcript.language = sb_copy_text(language, NULL);
    archive_add_dated(archive, alignment, "ep.mp3", NULL);
    for (int i = 0; i < 300; i++) {
        const char *text = random_query(alignment, &random);
        sb_archive_query query = {.text = text, .limit = MANY};
        if (has_words(alignment, text)) {
            sb_selection selection = {.phrases = &text, .n_phrases = 1};
            char *expected = find_in(alignment, &selection), *found = search_in(archive, &query);
            if (strcmp(found, expected) != 0)
                fail_msg("phrase '%s':\n%snot\n%s", text, found, expected);
            n_found += *expected != '\0';
            free(expected);
            free(found);
        }
        free((char *)text);
    }
    assert_true(n_found > 200);
    sb_alignment_free(&alignment);
    sb_archive_close(&archive);
}

static void agrees_with_find(void **state)
{
    (void)state;
    check_agreement("en", 7);
}

/* Words with several forms, all of which the index must find. */
static void agrees_on_forms(void **state)
{
    static const char said[] = "The Radio+ show, then Cable Plus made a B- and a C minus again.";
    static const char *const phrases[] = {
        "Radio+", "radio plus show", "Cable+", "cable plus", "B-", "a B minus",
        "C-",     "C minus",         "radio",  "cable"};
    (void)state;
    size_t n_found = 0;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_alignment *alignment = random_text(9, 3);
    alignment_set_text(alignment, 1, said);
    for (size_t w = 0; w < alignment->turns[1].n_words; w++) {
        alignment->turns[1].words[w].start = alignment->turns[1].start + (sb_time)w * 50 * SB_TIME_MS;
        alignment->turns[1].words[w].end = alignment->turns[1].words[w].start + 40 * SB_TIME_MS;
    }
    archive_add_dated(archive, alignment, "ep.mp3", NULL);
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        sb_selection selection = {.phrases = &phrases[i], .n_phrases = 1};
        sb_archive_query query = {.text = phrases[i], .limit = MANY};
        char *expected = find_in(alignment, &selection), *found = search_in(archive, &query);
        if (strcmp(found, expected) != 0)
            fail_msg("phrase '%s':\n%snot\n%s", phrases[i], found, expected);
        n_found += *expected != '\0';
        free(expected);
        free(found);
    }
    assert_int_equal(n_found, 9); /* all but "radio" */
    sb_alignment_free(&alignment);
    sb_archive_close(&archive);
}

static void agrees_with_find_in_german(void **state)
{
    (void)state;
    check_agreement("de", 8);
}

/* Numbers and units that have a second spelling inside a group. */
static void agrees_with_find_on_second_spellings(void **state)
{
    static const struct {
        const char *said, *quotes[4];
    } cases[] = {
        {"da waren 12.400-14.000 Leute", {"14000", "14000 Leute", "vierzehntausend", "12400"}},
        {"die Zw\u00f6lf-Meilen-Zone ist weit", {"12", "12 Meilen Zone", "12 Meilen"}},
        {"mit zw\u00f6lf-f\u00fcnfzehn Leuten", {"15 Leuten", "12 15 Leuten", "12"}},
        {"ein 3-min Film", {"3 min Film", "3 minutes Film", "minutes", "3 minute Film"}},
        {"ein 3 min Film", {"3-min Film", "3 minutes Film", "minute Film"}},
        {"ein 3 minutes Film", {"3-min Film", "3 min Film", "3 mins Film"}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
        sb_alignment *alignment = alignment_long(1, 1);
        alignment_set_text(alignment, 0, cases[i].said);
        free(alignment->transcript.language);
        alignment->transcript.language = sb_copy_text("de", NULL);
        archive_add_dated(archive, alignment, "ep.mp3", NULL);
        for (size_t k = 0; k < 4 && cases[i].quotes[k]; k++) {
            const char *text = cases[i].quotes[k];
            char *expected = find_in(alignment, &(sb_selection){.phrases = &text, .n_phrases = 1});
            char *found = search_in(archive, &(sb_archive_query){.text = text, .limit = MANY});
            if (!*expected || strcmp(found, expected) != 0)
                fail_msg("'%s' in '%s': '%s', not '%s'", text, cases[i].said, found, expected);
            free(expected);
            free(found);
        }
        sb_alignment_free(&alignment);
        sb_archive_close(&archive);
        remove("a.db");
    }
}

static void agrees_on_words_near_each_other(void **state)
{
    (void)state;
    static const char *const texts[] = {"valve pump",        "pressure pumps", "radio said",
                                        "wires sixty radio", "cohost radio",   "caf\u00e9 valves",
                                        "said Mister pump",  "the and of"};
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_alignment *alignment = random_text(11, 40);
    archive_add_dated(archive, alignment, "ep.mp3", NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sb_archive_query query = {.text = texts[i], .limit = MANY, .how = SB_SEARCH_NEAR};
        sb_selection selection = {.near = &texts[i], .n_near = 1};
        char *expected = find_in(alignment, &selection), *found = search_in(archive, &query);
        if (strcmp(found, expected) != 0)
            fail_msg("'%s':\n%snot\n%s", texts[i], found, expected);
        assert_true(*expected);
        free(expected);
        free(found);
    }
    sb_alignment_free(&alignment);
    sb_archive_close(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(agrees_with_find),
        IN_FOLDER(agrees_on_forms),
        IN_FOLDER(agrees_with_find_in_german),
        IN_FOLDER(agrees_with_find_on_second_spellings),
        IN_FOLDER(agrees_on_words_near_each_other),
        IN_FOLDER(names_the_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
