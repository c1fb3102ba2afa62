#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "acoustic/boundary_weights.h"
#include "acoustic/installed.h"
#include "soundbite/align.h"
#include "soundbite/media.h"
#include "support_transcript.h"

/* People reading, from the package pocketsphinx-testdata. */
#define FOLDER "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-"

static const struct {
    const char *file, *text;
} sentences[] = {
    {FOLDER "0870.wav", "And Mr. John Dashwood had then leisure to consider, how much there might be "
                        "prudently in his power to do for them."},
    {FOLDER "0880.wav", "He was not an ill-disposed young man,"},
    {FOLDER "0890.wav", "unless to be rather cold hearted, and rather selfish, is to be ill disposed."},
    {FOLDER "0920.wav",
     "Had he married a more a amiable woman, he might have been made still more respectable than he was;"},
    {FOLDER "0930.wav", "he might even have been made amiable himself."},
};
#define N_SENTENCES (sizeof sentences / sizeof *sentences)

static bool can_run(void)
{
    if (!sb_acoustic_model_missing(NULL) && access(sentences[0].file, R_OK) == 0)
        return true;
    print_message("skipped: no acoustic model, or no recordings, on this machine\n");
    return false;
}

static sb_alignment *align_with(const char *file, const char *text, const sb_align_params *params)
{
    char document[512];
    sb_error err = {0};
    sb_alignment *a = NULL;
    snprintf(document, sizeof document, "Reading\nTranscript\nReader [00:00:00]:\n%s\n", text);
    sb_transcript *transcript = transcript_of(document, "turns-bracket");
    if (sb_align_file(&a, file, transcript, NULL, params, NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    sb_transcript_free(&transcript);
    return a;
}

static sb_alignment *align(const char *file, const char *text, sb_method method)
{
    return align_with(file, text, &(sb_align_params){.method = method});
}

static size_t count(const sb_alignment *a, sb_word_status status)
{
    size_t n = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            n += a->turns[t].words[w].status == status;
    return n;
}

static bool begins_speech(const sb_alignment *a, sb_time t)
{
    for (size_t i = 0; i < a->n_speech; i++)
        if (a->speech[i].start == t)
            return true;
    return false;
}

static void words_that_people_say_are_heard_in_order(void **state)
{
    (void)state;
    if (!can_run())
        return;
    for (size_t i = 0; i < N_SENTENCES; i++) {
        sb_alignment *a = align(sentences[i].file, sentences[i].text, SB_METHOD_ACOUSTIC);
        const sb_aligned_turn *turn = &a->turns[0];
        assert_int_equal(a->method, SB_METHOD_ACOUSTIC);
        assert_true(10 * count(a, SB_WORD_ALIGNED) >= 9 * turn->n_words);
        for (size_t w = 1; w < turn->n_words; w++)
            assert_true(turn->words[w].start >= turn->words[w - 1].end);
        assert_true(begins_speech(a, turn->start));
        sb_alignment_free(&a);
    }
}

static void words_that_nobody_says_are_not_aligned(void **state)
{
    (void)state;
    if (!can_run())
        return;
    sb_alignment *a =
        align(sentences[3].file,
              "Had he married a more a amiable woman, under the purple helicopter seventeen gigantic "
              "pelicans were whistling, he might have been made still more respectable than he was;",
              SB_METHOD_ACOUSTIC);
    const sb_aligned_turn *turn = &a->turns[0];
    for (size_t w = 8; w < 17; w++)
        assert_int_not_equal(turn->words[w].status, SB_WORD_ALIGNED);
    for (size_t w = 20; w < turn->n_words; w++)
        assert_int_equal(turn->words[w].status, SB_WORD_ALIGNED);
    sb_alignment_free(&a);
}

static void another_text_is_not_called_heard(void **state)
{
    (void)state;
    if (!can_run())
        return;
    sb_alignment *a = align(sentences[4].file, "the quick brown foxes jumped across three lazy old dogs",
                            SB_METHOD_ACOUSTIC);
    assert_int_equal(count(a, SB_WORD_ALIGNED), 0);
    sb_alignment_free(&a);
}

static void energy_is_used_where_it_is_asked_for(void **state)
{
    (void)state;
    if (!can_run())
        return;
    sb_alignment *a = align(sentences[1].file, sentences[1].text, SB_METHOD_ENERGY);
    assert_int_equal(a->method, SB_METHOD_ENERGY);
    assert_null(a->method_note);
    sb_alignment_free(&a);
}

static void another_language_falls_back_and_says_why(void **state)
{
    sb_error err = {0};
    sb_alignment *a = NULL;
    (void)state;
    if (!can_run())
        return;
    sb_transcript *transcript =
        transcript_of("Lecture\nTranscript\nMarie [00:00:00]:\nBonjour à tous.\n", "turns-bracket");
    transcript->language = strdup("fr");
    assert_int_equal(sb_align_file(&a, sentences[0].file, transcript, NULL, NULL, NULL, &err), SB_OK);
    assert_int_equal(a->method, SB_METHOD_ENERGY);
    assert_non_null(strstr(a->method_note, "English"));
    sb_alignment_free(&a);
    sb_align_params params = {.method = SB_METHOD_ACOUSTIC};
    assert_int_equal(sb_align_file(&a, sentences[0].file, transcript, NULL, &params, NULL, &err),
                     SB_ERR_UNSUPPORTED);
    assert_null(a);
    sb_transcript_free(&transcript);
}

static sb_bytes bytes_of(sb_alignment *a)
{
    sb_bytes bytes = {0};
    assert_int_equal(sb_alignment_write(&bytes, a, NULL), SB_OK);
    sb_alignment_free(&a);
    return bytes;
}

static void weights_from_a_file_do_what_they_say(void **state)
{
    (void)state;
    if (!can_run())
        return;
    sb_bytes file = {0};
    sb_boundary_weights *weights;
    sb_align_params params = {.method = SB_METHOD_ACOUSTIC};
    sb_bytes built_in = bytes_of(align_with(sentences[3].file, sentences[3].text, &params));
    assert_int_equal(sb_boundary_weights_write(&file, NULL, NULL), SB_OK);
    assert_int_equal(sb_boundary_weights_read(&weights, file.data, file.size, NULL, NULL), SB_OK);
    params.boundary = weights;
    sb_bytes read = bytes_of(align_with(sentences[3].file, sentences[3].text, &params));
    assert_string_equal(read.data, built_in.data);
    memset(weights->out, 0, sizeof weights->out);
    sb_bytes other = bytes_of(align_with(sentences[3].file, sentences[3].text, &params));
    assert_string_not_equal(other.data, built_in.data);
    sb_boundary_weights_free(&weights);
    sb_bytes_finish(&built_in);
    sb_bytes_finish(&read);
    sb_bytes_finish(&other);
    sb_bytes_finish(&file);
}

static void guesses_are_listed_once_and_a_dictionary_ends_them(void **state)
{
    static const char text[] = "He was not an Xyzzyplonk, \"xyzzyplonk,\" man, 12 Fnordling!",
                      own[] = "xyzzyplonk IH L\n";
    (void)state;
    if (!can_run())
        return;
    sb_align_params params = {.method = SB_METHOD_ACOUSTIC};
    sb_alignment *a = align_with(sentences[1].file, text, &params);
    assert_int_equal(a->n_guesses, 2);
    assert_string_equal(a->guesses[0].word, "Xyzzyplonk");
    assert_string_equal(a->guesses[1].word, "Fnordling");
    sb_alignment_free(&a);
    sb_dictionary *dictionary;
    assert_int_equal(sb_dictionary_read(&dictionary, own, strlen(own), NULL, NULL), SB_OK);
    params.dictionary = dictionary;
    a = align_with(sentences[1].file, text, &params);
    assert_int_equal(a->n_guesses, 1);
    assert_string_equal(a->guesses[0].word, "Fnordling");
    sb_alignment_free(&a);
    sb_dictionary_free(&dictionary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_people_say_are_heard_in_order),
        cmocka_unit_test(words_that_nobody_says_are_not_aligned),
        cmocka_unit_test(another_text_is_not_called_heard),
        cmocka_unit_test(energy_is_used_where_it_is_asked_for),
        cmocka_unit_test(another_language_falls_back_and_says_why),
        cmocka_unit_test(weights_from_a_file_do_what_they_say),
        cmocka_unit_test(guesses_are_listed_once_and_a_dictionary_ends_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
