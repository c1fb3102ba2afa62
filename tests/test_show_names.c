/* Pairing by the names of files, without looking into them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/show.h"

#define FILES_MAX 24

static sb_show_kind kind_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    bool is_audio = !strcmp(dot, ".mp3") || !strcmp(dot, ".wav") || !strcmp(dot, ".mp4");
    return is_audio ? SB_SHOW_AUDIO : !strcmp(dot, ".align") ? SB_SHOW_ALIGNMENT : SB_SHOW_TRANSCRIPT;
}

/* `paths` ends with NULL. */
static sb_show *paired(const char *const *paths)
{
    sb_show_file files[FILES_MAX] = {0};
    size_t n = 0;
    sb_show *show = NULL;
    sb_error err = {0};
    for (; paths[n]; n++)
        files[n] = (sb_show_file){.path = paths[n], .kind = kind_of(paths[n])};
    assert_int_equal(sb_show_pair(&show, files, n, NULL, &err), SB_OK);
    return show;
}

static const sb_episode *episode_of(const sb_show *show, const char *path)
{
    for (size_t i = 0; i < show->n_episodes; i++) {
        const sb_episode *e = &show->episodes[i];
        if ((e->audio && !strcmp(e->audio, path)) || (!e->audio && !strcmp(e->transcript, path)))
            return e;
    }
    fail_msg("no episode has %s", path);
    return NULL;
}

#define PAIRED(...) paired((const char *const[]){__VA_ARGS__, NULL})

static void check_pair(const char *audio, const char *transcript, const char *evidence)
{
    sb_show *show = PAIRED(audio, transcript);
    const sb_episode *e = episode_of(show, audio);
    if (e->status != SB_EPISODE_PAIRED)
        fail_msg("%s and %s are no pair: %s", audio, transcript, e->reason);
    assert_string_equal(e->transcript, transcript);
    assert_int_equal(e->how, SB_EPISODE_BY_NAME);
    assert_string_equal(e->evidence, evidence);
    sb_show_free(&show);
}

static void check_strangers(const char *audio, const char *transcript)
{
    sb_show *show = PAIRED(audio, transcript);
    const sb_episode *e = episode_of(show, audio);
    if (e->status == SB_EPISODE_PAIRED)
        fail_msg("%s and %s are a pair: %s", audio, transcript, e->evidence);
    assert_null(e->transcript);
    assert_non_null(e->reason);
    sb_show_free(&show);
}

static void names_that_say_the_same_are_a_pair(void **state)
{
    (void)state;
    check_pair("a/ep12.mp3", "a/ep12.srt", "both have the same name");
    check_pair("a/Gr\xc3\xb6\xc3\x9f"
               "e.mp3",
               "a/GROSSE.srt", "both have the same name");
    check_pair("Interview_final_mix.mp3", "interview transcript (edited).docx", "both have the same name");
    check_pair("talk.mp3", "talk.en-US.vtt", "both have the same name");
    check_pair("ep12.mp3", "12 - The Title.srt", "both have the number 12");
    check_pair("ep12.mp3", "Ep. 012 transcript.docx", "both have the same name");
    check_pair("12 - Cats.mp3", "Folge #12.txt", "both have the number 12");
    check_pair("Show S02E05 720p.mp4", "show 2x05.srt", "both have the same name");
    check_pair("Season 2/ep5.mp3", "other - s2e5.srt", "both have the season 2, episode 5");
    check_pair("2024-05-01 Cats.mp3", "20240501.txt", "both have the date 2024-05-01");
    check_pair("talk 1.5.2024.mp3", "2024_05_01 dogs.txt", "both have the date 2024-05-01");
    check_pair("ep12/audio.mp3", "ep12/transcript.txt", "both have the same name");
    check_pair("x 128kbps v2.mp3", "x.txt", "both have the same name");
    check_pair("x mp3.mp3", "x m4a.txt", "both have the same name");
}

static void names_that_contradict_each_other_are_no_pair(void **state)
{
    (void)state;
    check_strangers("ep12.mp3", "ep13.srt");
    check_strangers("S01E05.mp3", "S02E05.srt");
    check_strangers("2024-05-01 news.mp3", "2024-05-02 news.srt");
    check_strangers("audio.mp3", "transcript.txt");
    check_strangers("Top 10.mp3", "ep10 interview.txt");
    check_strangers("cats.mp3", "dogs.txt");
    check_strangers("Moon Landing Special part 1.mp3", "Moon Landing Special part 2.txt");
}

static void words_of_the_title_count_if_no_other_file_has_them(void **state)
{
    (void)state;
    sb_show *show =
        PAIRED("My Show - Imposter Syndrome.mp3", "My Show - Deep Ocean.mp3", "My Show - Old Maps.mp3",
               "imposter with guest.txt", "my show deep ocean.txt", "my show.txt");
    assert_string_equal(episode_of(show, "My Show - Deep Ocean.mp3")->transcript, "my show deep ocean.txt");
    assert_string_equal(episode_of(show, "My Show - Imposter Syndrome.mp3")->transcript,
                        "imposter with guest.txt");
    assert_int_equal(episode_of(show, "My Show - Old Maps.mp3")->status, SB_EPISODE_UNPAIRED);
    assert_int_equal(episode_of(show, "my show.txt")->status, SB_EPISODE_UNPAIRED);
    assert_int_equal(show->n_paired, 2);
    sb_show_free(&show);
}

static void what_two_files_share_is_no_evidence(void **state)
{
    (void)state;
    sb_show *show = PAIRED("12 cats.mp3", "12 dogs.mp3", "ep12.srt");
    const sb_episode *e = episode_of(show, "12 cats.mp3");
    assert_int_equal(e->status, SB_EPISODE_DOUBTFUL);
    assert_null(e->transcript);
    assert_int_equal(e->n_candidates, 1);
    assert_string_equal(e->candidates[0], "ep12.srt");
    assert_string_equal(
        e->reason, "ep12.srt may belong to 12 cats.mp3 or to 12 dogs.mp3, which both have the number 12");
    assert_int_equal(episode_of(show, "12 dogs.mp3")->status, SB_EPISODE_DOUBTFUL);
    sb_show_free(&show);
    show = PAIRED("ep12.mp3", "12 cats.srt", "12 dogs.srt");
    e = episode_of(show, "ep12.mp3");
    assert_int_equal(e->status, SB_EPISODE_DOUBTFUL);
    assert_int_equal(e->n_candidates, 2);
    assert_string_equal(e->reason, "12 cats.srt and 12 dogs.srt both have the number 12");
    sb_show_free(&show);
}

static void the_number_and_the_title_must_not_name_different_files(void **state)
{
    (void)state;
    sb_show *show = PAIRED("12 cats.mp3", "13 dogs.mp3", "14 birds.mp3", "12 dogs.srt", "14 birds.srt");
    assert_int_equal(episode_of(show, "12 cats.mp3")->status, SB_EPISODE_DOUBTFUL);
    assert_int_equal(episode_of(show, "14 birds.mp3")->status, SB_EPISODE_PAIRED);
    sb_show_free(&show);
}

static void folders_tell_equal_names_apart(void **state)
{
    (void)state;
    sb_show *show = PAIRED("audio/S1/1.mp3", "audio/S2/1.mp3", "text/S1/1.srt", "text/S2/1.srt", "c/a/x.mp3",
                           "c/b/x.mp3", "c/b/x.txt");
    assert_string_equal(episode_of(show, "audio/S1/1.mp3")->transcript, "text/S1/1.srt");
    assert_string_equal(episode_of(show, "audio/S2/1.mp3")->transcript, "text/S2/1.srt");
    assert_string_equal(episode_of(show, "c/b/x.mp3")->transcript, "c/b/x.txt");
    assert_int_equal(episode_of(show, "c/a/x.mp3")->status, SB_EPISODE_UNPAIRED);
    sb_show_free(&show);
}

static void formats_of_one_transcript_are_not_rivals(void **state)
{
    (void)state;
    sb_show *show =
        PAIRED("ep1.mp3", "ep1.wav", "ep1.mp4", "ep1.srt", "ep1.align", "ep1.de.srt", "text/ep1.txt");
    const sb_episode *e = episode_of(show, "ep1.wav");
    assert_int_equal(show->n_episodes, 1);
    assert_int_equal(e->status, SB_EPISODE_PAIRED);
    assert_string_equal(e->transcript, "ep1.align");
    assert_int_equal(e->n_others, 5);
    sb_show_free(&show);
    show = PAIRED("ep1.mp3", "ep1.de.srt", "ep1.fr.srt");
    assert_int_equal(episode_of(show, "ep1.mp3")->status, SB_EPISODE_DOUBTFUL);
    sb_show_free(&show);
}

static void of_several_recordings_the_published_one_is_chosen(void **state)
{
    (void)state;
    sb_show *show = PAIRED("ep1.mp3", "ep1 raw.wav", "ep1.srt", "ep2 raw v2.wav", "ep2 final v1.mp3",
                           "ep2_final_v3.mp3", "ep2.srt");
    assert_string_equal(show->episodes[0].audio, "ep1.mp3");
    assert_string_equal(show->episodes[1].audio, "ep2_final_v3.mp3");
    assert_int_equal(show->n_episodes, 2);
    sb_show_free(&show);
}

static void a_title_does_not_hide_the_name(void **state)
{
    (void)state;
    const sb_show_file files[] = {
        {.path = "a/x1.mp3", .kind = SB_SHOW_AUDIO, .entry = 1, .title = "Old Maps", .number = 7},
        {.path = "a/x1.txt", .kind = SB_SHOW_TRANSCRIPT},
    };
    sb_show *show;
    assert_int_equal(sb_show_pair(&show, files, 2, NULL, NULL), SB_OK);
    assert_string_equal(episode_of(show, "a/x1.mp3")->transcript, "a/x1.txt");
    assert_string_equal(episode_of(show, "a/x1.mp3")->evidence, "both have the same name");
    sb_show_free(&show);
}

static sb_status read_unless_broken(void *user, sb_transcript **out, const char *path, sb_error *err)
{
    static const char text[] = "ANN: Hello to all of you.\nBOB: Hello to you.\n";
    (void)user;
    *out = NULL;
    const sb_transcript_params params = {.path = path};
    if (!strstr(path, "broken"))
        return sb_transcript_read(out, text, sizeof text - 1, &params, NULL, err);
    err->status = SB_ERR_FORMAT;
    strcpy(err->message, "is no transcript");
    return err->status;
}

static void a_transcript_that_cannot_be_read_is_no_pair(void **state)
{
    (void)state;
    const sb_show_params params = {.read = read_unless_broken, .no_content = true};
    const sb_show_file files[] = {
        {.path = "ep1.mp3", .kind = SB_SHOW_AUDIO},
        {.path = "broken/ep1.txt", .kind = SB_SHOW_TRANSCRIPT},
        {.path = "ep2.mp3", .kind = SB_SHOW_AUDIO, .entry = 1},
        {.path = "broken.txt", .kind = SB_SHOW_TRANSCRIPT, .entry = 1},
        {.path = "ep3.mp3", .kind = SB_SHOW_AUDIO},
        {.path = "broken/ep3.txt", .kind = SB_SHOW_TRANSCRIPT},
        {.path = "text/ep3.de.txt", .kind = SB_SHOW_TRANSCRIPT},
    };
    sb_show *show;
    assert_int_equal(sb_show_pair(&show, files, 7, &params, NULL), SB_OK);
    assert_int_equal(episode_of(show, "ep1.mp3")->status, SB_EPISODE_UNPAIRED);
    assert_null(episode_of(show, "ep1.mp3")->transcript);
    assert_string_equal(episode_of(show, "ep1.mp3")->reason, "ep1.txt cannot be read: is no transcript");
    assert_string_equal(episode_of(show, "ep2.mp3")->reason, "broken.txt cannot be read: is no transcript");
    assert_string_equal(episode_of(show, "ep3.mp3")->transcript, "text/ep3.de.txt");
    assert_int_equal(show->n_paired, 1);
    sb_show_free(&show);
}

static void episodes_are_in_the_order_of_their_numbers(void **state)
{
    (void)state;
    sb_show *show = PAIRED("ep10.mp3", "ep9.mp3", "ep009.txt", "ep10.txt", "zz.txt");
    assert_string_equal(show->episodes[0].audio, "ep9.mp3");
    assert_int_equal(show->episodes[0].number, 9);
    assert_string_equal(show->episodes[1].audio, "ep10.mp3");
    assert_null(show->episodes[2].audio);
    sb_show_free(&show);
}

static void entries_count_more_than_names(void **state)
{
    (void)state;
    const sb_show_file files[] = {
        {.path = "ep1.mp3", .kind = SB_SHOW_AUDIO, .entry = 1},
        {.path = "ep2.txt", .kind = SB_SHOW_TRANSCRIPT, .entry = 1},
        {.path = "ep1.txt", .kind = SB_SHOW_TRANSCRIPT},
        {.path = "x8391.mp3",
         .kind = SB_SHOW_AUDIO,
         .entry = 2,
         .is_of_feed = true,
         .title = "Old Maps",
         .number = 7},
        {.path = "7.txt", .kind = SB_SHOW_TRANSCRIPT},
    };
    sb_show *show;
    assert_int_equal(sb_show_pair(&show, files, 5, NULL, NULL), SB_OK);
    assert_string_equal(episode_of(show, "ep1.mp3")->transcript, "ep2.txt");
    assert_int_equal(episode_of(show, "ep1.mp3")->how, SB_EPISODE_BY_LIST);
    assert_string_equal(episode_of(show, "x8391.mp3")->transcript, "7.txt");
    assert_string_equal(episode_of(show, "x8391.mp3")->title, "Old Maps");
    assert_int_equal(episode_of(show, "ep1.txt")->status, SB_EPISODE_UNPAIRED);
    sb_show_free(&show);
    assert_int_equal(sb_show_pair(&show, NULL, 0, NULL, NULL), SB_OK);
    assert_int_equal(show->n_episodes, 0);
    sb_show_free(&show);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_say_the_same_are_a_pair),
        cmocka_unit_test(names_that_contradict_each_other_are_no_pair),
        cmocka_unit_test(words_of_the_title_count_if_no_other_file_has_them),
        cmocka_unit_test(what_two_files_share_is_no_evidence),
        cmocka_unit_test(the_number_and_the_title_must_not_name_different_files),
        cmocka_unit_test(folders_tell_equal_names_apart),
        cmocka_unit_test(formats_of_one_transcript_are_not_rivals),
        cmocka_unit_test(of_several_recordings_the_published_one_is_chosen),
        cmocka_unit_test(a_title_does_not_hide_the_name),
        cmocka_unit_test(a_transcript_that_cannot_be_read_is_no_pair),
        cmocka_unit_test(episodes_are_in_the_order_of_their_numbers),
        cmocka_unit_test(entries_count_more_than_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
