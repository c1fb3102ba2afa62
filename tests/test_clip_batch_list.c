#include "soundbite/batch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static sb_batch_list *read_list(const char *text)
{
    sb_batch_list *list;
    sb_error err = {0};
    if (sb_batch_list_read(&list, text, strlen(text), "list.csv", NULL, &err))
        fail_msg("%s", err.message);
    return list;
}

static void a_plain_csv(void **user)
{
    (void)user;
    sb_batch_list *list =
        read_list("id,audio,transcript,phrase,speaker,lead,loudness,limit,bitrate,min_length\r\n"
                  "a,e.mp3,t.txt,\"a, \"\"b\"\"\",Ada,0.2,off,3,192k,1:30\r\n"
                  "\r\n"
                  "b,e.mp3,t.txt,two,,,,,,\r\n");
    assert_int_equal(list->n_rows, 2);
    const sb_batch_row *row = &list->rows[0];
    assert_int_equal(row->error.status, SB_OK);
    assert_int_equal(row->line, 2);
    assert_string_equal(row->id, "a");
    assert_string_equal(row->audio, "e.mp3");
    assert_int_equal(row->selection.n_phrases, 1);
    assert_string_equal(row->selection.phrases[0], "a, \"b\"");
    assert_string_equal(row->selection.speakers[0], "Ada");
    assert_int_equal(row->clip.cut.lead, 200 * SB_TIME_MS);
    assert_true(row->clip.keep_level);
    assert_int_equal(row->selection.limit, 3);
    assert_int_equal(row->clip.bit_rate, 192000);
    assert_int_equal(row->selection.min_length, 90 * SB_TIME_SECOND);
    row = &list->rows[1];
    assert_int_equal(row->line, 4);
    assert_int_equal(row->selection.n_speakers, 0);
    assert_true(!row->clip.has_loudness_lufs && !row->clip.keep_level);
    assert_false(row->clip.cut.has_lead);
    sb_batch_list_free(&list);
}

static void quirks_of_spreadsheets(void **user)
{
    (void)user;
    sb_batch_list *list = read_list("\xef\xbb\xbf"
                                    "Audio;Transcript;phrase;phrase;True_Peak;;\r"
                                    "e.mp3;t.txt;\"one\r\nline\";two;-2;;\r"
                                    "e.mp3;t.txt;\"x\";;;;\r");
    assert_int_equal(list->n_rows, 2);
    assert_int_equal(list->rows[0].selection.n_phrases, 2);
    assert_string_equal(list->rows[0].selection.phrases[0], "one\r\nline");
    assert_string_equal(list->rows[0].selection.phrases[1], "two");
    assert_true(list->rows[0].clip.true_peak_db == -2);
    assert_int_equal(list->rows[1].line, 4);
    assert_int_equal(list->rows[1].error.status, SB_OK);
    sb_batch_list_free(&list);
    list = read_list("audio\ttranscript\ne\tt");
    assert_int_equal(list->n_rows, 1);
    assert_string_equal(list->rows[0].transcript, "t");
    sb_batch_list_free(&list);
}

static void check_row_error(const char *text, size_t index, int64_t line, const char *part)
{
    sb_batch_list *list = read_list(text);
    assert_true(list->n_rows > index);
    const sb_error *err = &list->rows[index].error;
    if (err->status == SB_OK || err->line != line || !strstr(err->message, part) ||
        strcmp(err->file, "list.csv"))
        fail_msg("%s:%lld: '%s' is not '%s' at line %lld", err->file, (long long)err->line, err->message,
                 part, (long long)line);
    sb_batch_list_free(&list);
}

static void a_bad_row_is_kept_with_its_place(void **user)
{
    (void)user;
    check_row_error("audio,transcript,limit\ne,t,0\ne,t,1\n", 0, 2, "limit must be a whole number from 1");
    check_row_error("audio,transcript,limit\ne,t,1.5\n", 0, 2, "limit must be");
    check_row_error("audio,transcript,loudness\ne,t,nan\n", 0, 2, "loudness must be");
    check_row_error("audio,transcript,from,until\ne,t,5,4\n", 0, 2, "until is not after from");
    check_row_error("audio,transcript,lead\ne,t,1:99\n", 0, 2, "lead: ");
    check_row_error("audio,transcript\ne,t,x\n", 0, 2, "cell 3 has no column");
    check_row_error("audio,transcript\n,t\n", 0, 2, "has no audio");
    check_row_error("audio,transcript\ne\n", 0, 2, "has no transcript");
    check_row_error("audio,transcript\ne,t\ne,\"t\ne,t\n", 1, 3, "not closed");
    check_row_error("audio,transcript,expand\ne,t,words\n", 0, 2, "none, sentence or turn");
    check_row_error("{\"audio\": \"e\", \"transcript\": \"t\"}\n{\"audio\": 1,}\n", 1, 2, "not valid JSON");
    check_row_error("{\"audio\": \"e\", \"transcrip\": \"t\"}\n", 0, 1,
                    "unknown member 'transcrip'; did you mean 'transcript'?");
    check_row_error("{\"audio\": \"e\", \"transcript\": {}}\n", 0, 1, "wrong type");
    check_row_error("{}\n7\n", 1, 2, "not a JSON object");
    check_row_error("{\"audio\": \"e\", \"transcript\": \"t\", \"lead\": [1, 2]}\n", 0, 1, "takes one value");
    check_row_error("{\"audio\": \"e\", \"transcript\": \"t\", \"lead\": true}\n", 0, 1, "lead: ");
}

static void columns_of_videos(void **user)
{
    (void)user;
    sb_clip_params defaults = {0};
    defaults.video.title = "of all";
    static const char text[] = "audio,transcript,video,for,background,title,theme\n"
                               "e,t,4:5,reels,#102030,Ducks,dark.theme\n"
                               "e,t,,,,,\n";
    sb_batch_list *list = NULL;
    sb_error err = {0};
    assert_int_equal(sb_batch_list_read(&list, text, strlen(text), "list.csv", &defaults, &err), SB_OK);
    const sb_clip_params *clip = &list->rows[0].clip;
    assert_int_equal(clip->video.shape, SB_VIDEO_4_5);
    assert_string_equal(clip->profile->name, "reels");
    assert_string_equal(clip->video.background, "#102030");
    assert_string_equal(clip->video.title, "Ducks");
    assert_string_equal(clip->video.theme, "dark.theme");
    clip = &list->rows[1].clip;
    assert_int_equal(clip->video.shape, SB_VIDEO_ANY);
    assert_null(clip->profile);
    assert_string_equal(clip->video.title, "of all");
    assert_null(clip->video.theme);
    sb_batch_list_free(&list);
    check_row_error("audio,transcript,video\ne,t,9:15\n", 0, 2, "video must be one of 9:16, 1:1, 4:5, 16:9");
    check_row_error("audio,transcript,for\ne,t,short\n", 0, 2, "for must be one of shorts, reels");
}

static void json_lines(void **user)
{
    (void)user;
    sb_batch_list *list =
        read_list("\n{\"id\": 7, \"audio\": \"e\", \"transcript\": \"t\", \"phrase\": [\"a\", \"b\"],"
                  " \"lead\": 0.25, \"speaker\": null, \"max-length\": \"1:00\", "
                  "\"copy\": true, \"strict\": false, \"match\": [2]}\r\n");
    assert_int_equal(list->n_rows, 1);
    const sb_batch_row *row = &list->rows[0];
    assert_int_equal(row->error.status, SB_OK);
    assert_int_equal(row->line, 2);
    assert_string_equal(row->id, "7");
    assert_int_equal(row->selection.n_phrases, 2);
    assert_string_equal(row->selection.phrases[1], "b");
    assert_int_equal(row->clip.cut.lead, 250 * SB_TIME_MS);
    assert_int_equal(row->selection.max_length, 60 * SB_TIME_SECOND);
    assert_true(row->clip.copy);
    assert_false(row->clip.strict);
    assert_int_equal(row->selection.match, 2);
    sb_batch_list_free(&list);
}

static void captions_are_one_format_or_several(void **user)
{
    (void)user;
    sb_clip_params defaults = {0};
    defaults.captions = SB_CLIP_ASS;
    static const char text[] = "audio,transcript,captions,caption-names\n"
                               "e,t,srt,yes\ne,t,,\ne,t,\" vtt; srt\",0\ne,t,srt|sub,\n";
    sb_batch_list *list;
    assert_int_equal(sb_batch_list_read(&list, text, sizeof text - 1, "list.csv", &defaults, NULL), SB_OK);
    assert_int_equal(list->rows[0].clip.captions, SB_CLIP_SRT);
    assert_true(list->rows[0].clip.caption_names);
    assert_int_equal(list->rows[1].clip.captions, SB_CLIP_ASS);
    assert_false(list->rows[1].clip.caption_names);
    assert_int_equal(list->rows[2].clip.captions, SB_CLIP_SRT | SB_CLIP_VTT);
    assert_false(list->rows[2].clip.caption_names);
    assert_int_equal(list->rows[3].error.status, SB_ERR_ARGUMENT);
    sb_batch_list_free(&list);
}

static void check_list_error(const char *text, size_t size, const char *part)
{
    sb_batch_list *list;
    sb_error err = {0};
    assert_int_equal(sb_batch_list_read(&list, text, size, "list.csv", NULL, &err), SB_ERR_FORMAT);
    assert_null(list);
    if (!strstr(err.message, part))
        fail_msg("'%s' lacks '%s'", err.message, part);
}

static void a_list_that_cannot_be_read(void **user)
{
    (void)user;
    check_list_error("", 0, "empty");
    check_list_error("\n\n", 2, "empty");
    check_list_error("audio,transcript,phrsae\n", 24, "did you mean 'phrase'");
    check_list_error("transcript,phrase\nt,x\n", 22, "no column 'audio'");
    check_list_error("audio\0x", 7, "not UTF-8");
    check_list_error("audio\xff", 6, "not UTF-8");
}

static void defaults_are_those_of_the_caller(void **user)
{
    (void)user;
    sb_batch_list *list;
    sb_clip_params defaults = {0};
    defaults.loudness_lufs = -23;
    defaults.channels = 1;
    const char *text = "audio,transcript,channels\ne,t,\ne,t,2\n";
    assert_int_equal(sb_batch_list_read(&list, text, strlen(text), NULL, &defaults, NULL), SB_OK);
    assert_int_equal(list->rows[0].clip.channels, 1);
    assert_int_equal(list->rows[1].clip.channels, 2);
    assert_true(list->rows[1].clip.loudness_lufs == -23);
    sb_batch_list_free(&list);
}

static void cut_at_every_byte(void **user)
{
    (void)user;
    const char *const texts[] = {"audio,transcript,phrase\r\ne,t,\"a \"\"b\"\"\"\r\nf,u,\"c\nd\"\n",
                                 "{\"audio\": \"e\", \"transcript\": [\"t\"]}\n{\"audio\": 1}\n"};
    for (size_t i = 0; i < 2; i++)
        for (size_t size = 0; size <= strlen(texts[i]); size++) {
            sb_batch_list *list;
            char *copy = malloc(size + 1);
            memcpy(copy, texts[i], size);
            if (sb_batch_list_read(&list, copy, size, NULL, NULL, NULL) == SB_OK)
                sb_batch_list_free(&list);
            assert_null(list);
            free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_csv),
        cmocka_unit_test(quirks_of_spreadsheets),
        cmocka_unit_test(a_bad_row_is_kept_with_its_place),
        cmocka_unit_test(columns_of_videos),
        cmocka_unit_test(json_lines),
        cmocka_unit_test(captions_are_one_format_or_several),
        cmocka_unit_test(a_list_that_cannot_be_read),
        cmocka_unit_test(defaults_are_those_of_the_caller),
        cmocka_unit_test(cut_at_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
