#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "acoustic/boundary/boundary.h"
#include "soundbite/align.h"
#include "soundbite/media.h"
#include "support_skip.h"
#include "support_sound.h"
#include "support_speech.h"
#include "support_transcript.h"

static sb_status try_align(sb_alignment **out, const char *file, const char *text,
                           const sb_align_params *params)
{
    sb_bytes document = {0};
    sb_error err = {0};
    sb_bytes_print(&document, "Reading\nTranscript\nReader [00:00:00]:\n%s\n", text);
    sb_transcript *transcript = transcript_of(document.data, "turns-bracket");
    sb_status status = sb_alignment_from_file(out, file, transcript, NULL, params, NULL, &err);
    sb_transcript_free(&transcript);
    sb_bytes_finish(&document);
    return status;
}

static sb_alignment *align_with(const char *file, const char *text, const sb_align_params *params)
{
    sb_alignment *a;
    assert_int_equal(try_align(&a, file, text, params), SB_OK);
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

/* The energy onset is early: a word starts at the onset or shortly after it. */
static bool begins_near_onset(const sb_alignment *a, sb_time t)
{
    for (size_t i = 0; i < a->n_speech; i++)
        if (llabs(t - a->speech[i].start) <= 50 * SB_TIME_MS)
            return true;
    return false;
}

static void spoken_words_are_aligned_in_order(void **state)
{
    (void)state;
    speech_need_readings();
    for (size_t i = 0; i < SPEECH_READINGS; i++) {
        sb_alignment *a = align(speech_readings[i].file, speech_readings[i].text, SB_METHOD_ACOUSTIC);
        const sb_aligned_turn *turn = &a->turns[0];
        assert_int_equal(a->method, SB_METHOD_ACOUSTIC);
        assert_true(3 * count(a, SB_WORD_ALIGNED) >= 2 * turn->n_words);
        assert_int_equal(count(a, SB_WORD_NOT_HEARD), 0);
        for (size_t w = 0; w < turn->n_words; w++) {
            assert_true(turn->words[w].end >= turn->words[w].start);
            assert_true(w == 0 || turn->words[w].start >= turn->words[w - 1].end);
        }
        assert_true(begins_near_onset(a, turn->start));
        sb_alignment_free(&a);
    }
}

static void words_that_are_not_said_are_not_aligned(void **state)
{
    (void)state;
    speech_need_readings();
    sb_alignment *a =
        align(speech_readings[3].file,
              "Had he married a more a amiable woman, under the purple helicopter seventeen gigantic "
              "pelicans were whistling, he might have been made still more respectable than he was;",
              SB_METHOD_ACOUSTIC);
    const sb_aligned_turn *turn = &a->turns[0];
    size_t n_invented = 0, n_said = 0;
    for (size_t w = 8; w < turn->n_words; w++)
        *(w < 17 ? &n_invented : &n_said) += turn->words[w].status == SB_WORD_ALIGNED;
    assert_true(n_invented <= 1);
    assert_true(3 * n_said >= 2 * (turn->n_words - 17));
    sb_alignment_free(&a);
}

static void assert_is_only_a_guess(const sb_alignment *a)
{
    assert_int_equal(count(a, SB_WORD_ALIGNED), 0);
    for (size_t t = 0; t < a->n_turns; t++) {
        assert_true(a->turns[t].confidence < 0.5f);
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            assert_true(a->turns[t].words[w].confidence < 0.5f);
    }
}

static void a_short_text_that_is_not_said_is_unsure(void **state)
{
    (void)state;
    speech_need_readings();
    static const char text[] = "the quick brown foxes jumped across three lazy old dogs";
    sb_alignment *a = align(speech_readings[4].file, text, SB_METHOD_ACOUSTIC);
    assert_int_equal(a->pairing, SB_PAIRING_UNSURE);
    assert_non_null(a->pairing_note);
    assert_is_only_a_guess(a);
    sb_alignment_free(&a);
}

static void energy_is_used_if_requested(void **state)
{
    (void)state;
    speech_need_readings();
    sb_alignment *a = align(speech_readings[1].file, speech_readings[1].text, SB_METHOD_ENERGY);
    assert_int_equal(a->method, SB_METHOD_ENERGY);
    assert_null(a->method_note);
    sb_alignment_free(&a);
}

#define FIELD SB_SOURCE_DIR "/build/field/"

static void need_field(void)
{
    speech_need_model();
    if (access(FIELD ".made", R_OK) != 0)
        skip_because("scripts/make-field has not been run");
}

static sb_transcript *transcript_in(const char *file)
{
    sb_bytes document = {0};
    assert_int_equal(sb_file_read(&document, file, 1 << 20, NULL), SB_OK);
    sb_transcript *transcript = transcript_of(document.data, NULL);
    sb_bytes_finish(&document);
    return transcript;
}

static sb_status align_pair(sb_alignment **out, const char *audio, const char *text,
                            const sb_align_params *params)
{
    sb_transcript *transcript = transcript_in(text);
    sb_status status = sb_alignment_from_file(out, audio, transcript, NULL, params, NULL, NULL);
    sb_transcript_free(&transcript);
    return status;
}

static void another_language_is_heard(void **state)
{
    (void)state;
    need_field();
    sb_alignment *a;
    assert_int_equal(align_pair(&a, FIELD "prompts-es/audio.mp3", FIELD "prompts-es/transcript.txt", NULL),
                     SB_OK);
    assert_int_equal(a->method, SB_METHOD_ACOUSTIC);
    assert_null(a->method_note);
    assert_int_equal(a->pairing, SB_PAIRING_OK);
    assert_string_equal(a->transcript.language, "es");
    assert_int_equal(a->n_oov_words, 0);
    assert_true(10 * count(a, SB_WORD_ALIGNED) >=
                6 * (count(a, SB_WORD_ALIGNED) + count(a, SB_WORD_ESTIMATED)));
    for (size_t t = 0; t < a->n_turns; t++) {
        assert_true(a->turns[t].start >= a->turns[t].stamp - 500 * SB_TIME_MS);
        assert_true(a->turns[t].start < a->turns[t].stamp + 1500 * SB_TIME_MS);
    }
    sb_alignment_free(&a);
}

/* The pair is refused, or unsure if there is too little sound or text. */
static void assert_is_not_ok(const char *audio, const char *text)
{
    sb_alignment *a;
    sb_status status = align_pair(&a, audio, text, NULL);
    if (status == SB_ERR_MISMATCH)
        return;
    assert_int_equal(status, SB_OK);
    assert_int_equal(a->pairing, SB_PAIRING_UNSURE);
    assert_is_only_a_guess(a);
    sb_alignment_free(&a);
}

static void a_text_in_another_language_on_other_audio_is_never_ok(void **state)
{
    (void)state;
    need_field();
    assert_is_not_ok(FIELD "prompts-es/audio.mp3", FIELD "prompts-it/transcript.txt");
    assert_is_not_ok(FIELD "prompts-en/audio.mp3", FIELD "prompts-es/transcript.txt");
    speech_need_readings();
    assert_is_not_ok(speech_readings[3].file, FIELD "prompts-es/transcript.txt");
}

/* The language is given, but no voice speaks it. */
static void a_language_without_pronunciations_is_unsure(void **state)
{
    (void)state;
    speech_need_readings();
    static const char text[] = "\xe4\xbb\x8a\xe6\x97\xa5\xe3\x81\xaf\xe6\xb8\xaf\xe3\x81\xae\xe8\xa9\xb1";
    sb_alignment *a = align_with(speech_readings[3].file, text, &(sb_align_params){.language = "ja"});
    assert_int_equal(a->pairing, SB_PAIRING_UNSURE);
    assert_string_equal(a->transcript.language, "ja");
    assert_is_only_a_guess(a);
    sb_alignment_free(&a);
}

static sb_bytes bytes_of(sb_alignment *a)
{
    sb_bytes bytes = {0};
    assert_int_equal(sb_alignment_write(&bytes, a, NULL), SB_OK);
    sb_alignment_free(&a);
    return bytes;
}

static void weights_from_a_file_are_used(void **state)
{
    (void)state;
    speech_need_readings();
    sb_bytes file = {0};
    sb_boundary_weights *weights;
    sb_align_params params = {.method = SB_METHOD_ACOUSTIC};
    sb_bytes built_in = bytes_of(align_with(speech_readings[3].file, speech_readings[3].text, &params));
    assert_int_equal(sb_boundary_weights_write(&file, NULL, NULL), SB_OK);
    assert_int_equal(sb_boundary_weights_read(&weights, file.data, file.size, NULL, NULL), SB_OK);
    params.boundary = weights;
    sb_bytes read = bytes_of(align_with(speech_readings[3].file, speech_readings[3].text, &params));
    assert_string_equal(read.data, built_in.data);
    memset(weights->out, 0, sizeof weights->out);
    sb_bytes other = bytes_of(align_with(speech_readings[3].file, speech_readings[3].text, &params));
    assert_string_not_equal(other.data, built_in.data);
    sb_boundary_weights_free(&weights);
    sb_bytes_finish(&built_in);
    sb_bytes_finish(&read);
    sb_bytes_finish(&other);
    sb_bytes_finish(&file);
}

static void guessed_words_are_listed_once_and_not_if_in_the_dictionary(void **state)
{
    static const char text[] = "He was not an Xyzzyplonk, \"xyzzyplonk,\" man, 12 Fnordling!",
                      own[] = "xyzzyplonk IH L\n";
    (void)state;
    speech_need_readings();
    sb_align_params params = {.method = SB_METHOD_ACOUSTIC};
    sb_alignment *a = align_with(speech_readings[1].file, text, &params);
    assert_int_equal(a->n_oov_words, 2);
    assert_string_equal(a->oov_words[0].word, "Xyzzyplonk");
    assert_string_equal(a->oov_words[1].word, "Fnordling");
    sb_alignment_free(&a);
    sb_dictionary *dictionary;
    assert_int_equal(sb_dictionary_read(&dictionary, own, strlen(own), NULL, NULL), SB_OK);
    params.dictionary = dictionary;
    a = align_with(speech_readings[1].file, text, &params);
    assert_int_equal(a->n_oov_words, 1);
    assert_string_equal(a->oov_words[0].word, "Fnordling");
    sb_alignment_free(&a);
    sb_dictionary_free(&dictionary);
}

static void a_word_that_is_not_said_is_marked(void **state)
{
    (void)state;
    speech_need_readings();
    sb_alignment *a = align(speech_readings[1].file, "He was not an ill-disposed helicopter young man,",
                            SB_METHOD_ACOUSTIC);
    const sb_aligned_turn *turn = &a->turns[0];
    assert_int_equal(turn->n_words, 8);
    for (size_t w = 0; w < turn->n_words; w++)
        if (w == 5)
            assert_int_not_equal(turn->words[w].status, SB_WORD_ALIGNED);
        else
            assert_int_not_equal(turn->words[w].status, SB_WORD_NOT_HEARD);
    sb_alignment_free(&a);
}

static void one_thread_gives_the_same_as_more(void **state)
{
    (void)state;
    speech_need_readings();
    char *folder = folder_make(), path[512];
    snprintf(path, sizeof path, "%s/readings.wav", folder);
    char *text = speech_write_all(path, 3);
    sb_align_params params = {.method = SB_METHOD_ACOUSTIC};
    sb_bytes many = bytes_of(align_with(path, text, &params));
    cpu_set_t before, one;
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    if (CPU_COUNT(&before) < 2)
        print_message("there is one core alone: both ran on it\n");
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++)
        if (CPU_ISSET(cpu, &before))
            CPU_SET(cpu, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    sb_bytes alone = bytes_of(align_with(path, text, &params));
    assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
    assert_string_equal(many.data, alone.data);
    sb_bytes_finish(&many);
    sb_bytes_finish(&alone);
    free(text);
    folder_remove(folder);
}

static void a_text_that_is_not_said_is_refused_or_unsure(void **state)
{
    static const char other[] = "Winter had come early to the harbour, and nobody on the island remembered "
                                "when the last ship carried coffee, "
                                "lanterns or oranges into port. My brother painted yellow boats behind the "
                                "factory, because their captain "
                                "wanted every plank to shine before Sunday morning. Seven hundred barrels "
                                "stood under a tin roof while engines "
                                "turned slowly in thick fog, and children counted gulls along the broken "
                                "pier until somebody rang the bell "
                                "for supper and called everybody home.";
    (void)state;
    speech_need_readings();
    char *folder = folder_make(), path[512];
    snprintf(path, sizeof path, "%s/readings.wav", folder);
    free(speech_write_all(path, 3));
    sb_alignment *a;
    sb_align_params params = {.method = SB_METHOD_ACOUSTIC};
    if (try_align(&a, path, other, &params) != SB_OK) {
        assert_null(a);
        params.allow_mismatch = true;
        assert_int_equal(try_align(&a, path, other, &params), SB_OK);
        assert_true(a->pairing == SB_PAIRING_MISMATCH);
    }
    assert_true(a->pairing != SB_PAIRING_OK);
    assert_is_only_a_guess(a);
    sb_alignment_free(&a);
    folder_remove(folder);
}

static void words_of_another_language_are_not_listed_as_guessed(void **state)
{
    (void)state;
    speech_need_readings();
    sb_bytes text = {0};
    sb_bytes_print(&text,
                   "%s\n\nGast [00:00:02]:\nZwischen Pflaumenbäumen schnurrt Großmütterchens Xyzzykater, "
                   "und niemand weiß, warum er heute nicht in die Küche gekommen ist, obwohl dort doch schon "
                   "seit dem frühen Morgen eine große Schüssel voller Milch auf ihn wartet.\n\n"
                   "Gast [00:00:03]:\nDanach sind wir alle zusammen in die Küche gegangen und haben Kaffee "
                   "gekocht, weil draußen der Regen auf das Dach fiel.\n",
                   "He was not an ill-disposed fnordling,");
    sb_alignment *a = align_with(speech_readings[1].file, text.data,
                                 &(sb_align_params){.method = SB_METHOD_ACOUSTIC, .language = "en"});
    assert_int_equal(a->n_turns, 3);
    assert_null(a->turns[0].language);
    assert_string_equal(a->turns[1].language, "de");
    assert_int_equal(a->n_oov_words, 1);
    assert_string_equal(a->oov_words[0].word, "fnordling");
    sb_alignment_free(&a);
    sb_bytes_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spoken_words_are_aligned_in_order),
        cmocka_unit_test(words_that_are_not_said_are_not_aligned),
        cmocka_unit_test(a_short_text_that_is_not_said_is_unsure),
        cmocka_unit_test(energy_is_used_if_requested),
        cmocka_unit_test(another_language_is_heard),
        cmocka_unit_test(a_text_in_another_language_on_other_audio_is_never_ok),
        cmocka_unit_test(a_language_without_pronunciations_is_unsure),
        cmocka_unit_test(weights_from_a_file_are_used),
        cmocka_unit_test(guessed_words_are_listed_once_and_not_if_in_the_dictionary),
        cmocka_unit_test(a_word_that_is_not_said_is_marked),
        cmocka_unit_test(one_thread_gives_the_same_as_more),
        cmocka_unit_test(a_text_that_is_not_said_is_refused_or_unsure),
        cmocka_unit_test(words_of_another_language_are_not_listed_as_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
