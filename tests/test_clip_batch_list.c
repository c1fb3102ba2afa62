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
    if (sb_batch_list_read(&list, text, strlen(text), "list.csv", NULL, NULL, &err))
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
    check_row_error("audio,transcript,from,until\ne,t,5,4\n", 0, 2, "is not after the time to cut from");
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
    assert_int_equal(sb_batch_list_read(&list, text, strlen(text), "list.csv", &defaults, NULL, &err), SB_OK);
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
    check_row_error("audio,transcript,for\ne,t,short\n", 0, 2, "did you mean 'shorts'");
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
    assert_int_equal(sb_batch_list_read(&list, text, sizeof text - 1, "list.csv", &defaults, NULL, NULL),
                     SB_OK);
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
    assert_int_equal(sb_batch_list_read(&list, text, size, "list.csv", NULL, NULL, &err), SB_ERR_FORMAT);
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
    check_list_error("audio,transcript\ne,\0\nf,g\n", 25, "not text");
    check_list_error("audio,transcript,fraze\n", 23, "did you mean 'phrase'");
    check_list_error("audio,transcript,Speeker\n", 25, "did you mean 'speaker'");
    check_list_error("audio,transcript,join\n", 22, "one file for each quote");
    check_list_error("audio,transcript,gap\n", 21, "no montages");
    check_list_error("audio,transcript,fillers\n", 25, "applies to all rows");
}

typedef struct noted_list {
    sb_batch_list *list;
    sb_notes notes;
} noted_list;

static noted_list read_noted(const char *text, size_t size)
{
    noted_list out = {0};
    sb_error err = {0};
    if (sb_batch_list_read(&out.list, text, size, "list.csv", NULL, &out.notes, &err))
        fail_msg("%s", err.message);
    return out;
}

static void finish_noted(noted_list *noted)
{
    sb_batch_list_free(&noted->list);
    sb_notes_finish(&noted->notes);
}

static void columns_of_people_are_passed_over_with_a_note(void **user)
{
    (void)user;
    static const char *const columns[] = {
        "Notes",    "Status",   "Comment",   "Comments", "Priority", "Date",    "Editor",   "Owner",
        "Done",     "Used",     "Link",      "URL",      "Show",     "Guest",   "Host",     "Season",
        "Topic",    "Tags",     "Rating",    "Caption",  "Idea",     "Ideas",   "Ready",    "Name",
        "Time",     "Type",     "Task",      "State",    "Story",    "Data",    "Mail",     "Email",
        "Deadline", "Approved", "Index",     "No.",      "#",        "Channel", "Episode",  "Number",
        "Length",   "Duration", "Reviewer",  "Platform", "Publish",  "Posted",  "Section",  "Category",
        "Source",   "Checked",  "Bemerkung", "Remarque", "Stand",    "Datum",   "Kommentar"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        char text[200];
        snprintf(text, sizeof text, "audio,transcript,phrase,%s\ne,t,two anchors,\"great, use it\"\n",
                 columns[i]);
        noted_list noted = read_noted(text, strlen(text));
        assert_int_equal(noted.list->n_rows, 1);
        assert_int_equal(noted.list->rows[0].error.status, SB_OK);
        assert_int_equal(noted.notes.n_items, 1);
        if (!strstr(noted.notes.items[0].text, columns[i]))
            fail_msg("%s", noted.notes.items[0].text);
        finish_noted(&noted);
    }
    static const char near[] = "audio,transcript,phrase,Date,Editor\ne,t,a,b,c\n";
    noted_list noted = read_noted(near, strlen(near));
    assert_string_equal(noted.notes.items[0].text,
                        "ignored the columns 'Date' (did you mean 'rate'?) and 'Editor', "
                        "which are not known");
    finish_noted(&noted);
    static const char json[] =
        "{\"audio\": \"e\", \"transcript\": \"t\", \"quote\": \"a\", \"tags\": [{}]}\n"
        "{\"audio\": \"e\", \"transcript\": \"t\", \"phrase\": \"a\", \"tags\": null}\n";
    noted = read_noted(json, strlen(json));
    assert_int_equal(noted.list->rows[0].error.status, SB_OK);
    assert_string_equal(noted.list->rows[0].selection.phrases[0], "a");
    assert_int_equal(noted.notes.n_items, 1);
    finish_noted(&noted);
}

static void check_boxes_of_spreadsheets(void **user)
{
    (void)user;
    static const char text[] = "audio;transcript;phrase;strict;copy;Caption names\n"
                               "e;t;a;WAHR; FALSCH ;TRUE\n"
                               "e;t;b;Yes;no;\n"
                               ";;;FALSE;FALSE;FALSE\n"
                               "e;t;c;vrai;FAUX;x\n"
                               "e;t;d;perhaps;;\n"
                               ";;;FALSE;FALSE;FALSE\n";
    noted_list noted = read_noted(text, strlen(text));
    assert_int_equal(noted.list->n_rows, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(noted.list->rows[i].error.status, SB_OK);
        assert_true(noted.list->rows[i].clip.strict);
        assert_false(noted.list->rows[i].clip.copy);
        assert_int_equal(noted.list->rows[i].clip.caption_names, i != 1);
    }
    assert_non_null(strstr(noted.list->rows[3].error.message, "strict must be yes or no"));
    finish_noted(&noted);
}

static void numbers_with_a_decimal_comma(void **user)
{
    (void)user;
    sb_batch_list *list = read_list("audio;transcript;lead;loudness;tail;expand;from\n"
                                    "e;t;0,5;-16,5;0,250;Sentence;1:02,5\n"
                                    "e;t;;-1,500;;;\n");
    assert_int_equal(list->rows[0].error.status, SB_OK);
    assert_int_equal(list->rows[0].clip.cut.lead, 500 * SB_TIME_MS);
    assert_int_equal(list->rows[0].clip.cut.tail, 250 * SB_TIME_MS);
    assert_true(list->rows[0].clip.loudness_lufs == -16.5);
    assert_int_equal(list->rows[0].selection.expand, SB_EXPAND_SENTENCE);
    assert_int_equal(list->rows[0].selection.from, 62500 * SB_TIME_MS);
    assert_int_equal(list->rows[1].error.status, SB_ERR_ARGUMENT);
    sb_batch_list_free(&list);
}

static void encodings_of_spreadsheets(void **user)
{
    (void)user;
    static const char text[] = "sep=;\naudio;transcript;speaker\ne;t;Zo\xc3\xab\n";
    static const char latin[] = "audio;transcript;speaker\r\ne;t;Zo\xeb\r\n";
    for (int kind = 0; kind < 4; kind++) {
        char wide[2 * sizeof text];
        size_t n = 0;
        for (size_t i = 0; kind < 2 && i < strlen(text); i++) {
            bool is_two = (unsigned char)text[i] == 0xc3;
            unsigned unit = is_two ? 0xeb : (unsigned char)text[i];
            if (i == 0) {
                wide[n++] = kind ? '\xff' : '\xfe';
                wide[n++] = kind ? '\xfe' : '\xff';
            }
            wide[n++] = kind ? (char)unit : 0;
            wide[n++] = kind ? 0 : (char)unit;
            i += is_two;
        }
        const char *data = kind < 2 ? wide : kind == 2 ? latin : text;
        noted_list noted = read_noted(data, kind < 2 ? n : strlen(data));
        assert_int_equal(noted.list->n_rows, 1);
        assert_string_equal(noted.list->rows[0].selection.speakers[0], "Zo\xc3\xab");
        assert_int_equal(noted.notes.n_items, 0);
        finish_noted(&noted);
    }
}

static void titles_stand_above_the_header(void **user)
{
    (void)user;
    static const char text[] =
        "Clips, for the show;;\n\nupdated: today;;\nAudio;Transcript;phrase\ne;t;\"two\nlines\"\n"
        "f;t;three\n";
    noted_list noted = read_noted(text, strlen(text));
    assert_int_equal(noted.list->n_rows, 2);
    assert_int_equal(noted.list->rows[0].line, 5);
    assert_int_equal(noted.list->rows[1].line, 7);
    assert_string_equal(noted.list->rows[0].selection.phrases[0], "two\nlines");
    assert_int_equal(noted.notes.n_items, 1);
    assert_non_null(strstr(noted.notes.items[0].text, "above the header"));
    finish_noted(&noted);
}

static void the_phrase_has_several_names(void **user)
{
    (void)user;
    static const char text[] = "audio,transcript,Quote,phrase,text,speaker\n"
                               "e,t,one,two,three,\n"
                               "e,t,one,,three,\n"
                               "e,t,,,three,Ada\n";
    noted_list noted = read_noted(text, strlen(text));
    assert_string_equal(noted.list->rows[0].selection.phrases[0], "two");
    assert_int_equal(noted.list->rows[0].selection.n_phrases, 1);
    assert_string_equal(noted.list->rows[1].selection.phrases[0], "one");
    assert_int_equal(noted.list->rows[1].selection.n_phrases, 1);
    assert_int_equal(noted.list->rows[2].selection.n_phrases, 0);
    assert_int_equal(noted.notes.n_items, 1);
    assert_non_null(strstr(noted.notes.items[0].text, "'text'"));
    finish_noted(&noted);
    static const char only[] = "audio,transcript,Speaker,Text\ne,t,Ada,three\n";
    noted = read_noted(only, strlen(only));
    assert_string_equal(noted.list->rows[0].selection.phrases[0], "three");
    assert_int_equal(noted.notes.n_items, 0);
    finish_noted(&noted);
}

static void lines_of_verify_name_what_was_said(void **user)
{
    (void)user;
    static const char text[] = "{\"id\": \"q1\", \"quote\": \"mice ... wires\", \"speaker\": null, "
                               "\"verdict\": \"elided\", \"attribution\": "
                               "null, \"words\": 2, \"places\": [{\"start\": 1, \"text\": \"mice ate the "
                               "wires\"}], \"nearest\": null, "
                               "\"audio\": \"e\", \"transcript\": \"t\"}\n"
                               "{\"quote\": \"never said\", \"verdict\": \"not-said\", \"places\": [], "
                               "\"nearest\": {\"text\": \"x\"}, "
                               "\"audio\": \"e\", \"transcript\": \"t\"}\n";
    noted_list noted = read_noted(text, strlen(text));
    assert_int_equal(noted.list->n_rows, 2);
    assert_int_equal(noted.list->rows[0].error.status, SB_OK);
    assert_string_equal(noted.list->rows[0].selection.phrases[0], "mice ate the wires");
    assert_string_equal(noted.list->rows[1].selection.phrases[0], "never said");
    assert_int_equal(noted.notes.n_items, 0);
    finish_noted(&noted);
}

static void a_manifest_is_a_list(void **user)
{
    (void)user;
    sb_bytes csv = {0}, json = {0};
    char *captions[] = {(char *)"clips/a.srt", (char *)"clips/a.vtt"}, *warnings[] = {(char *)"too quiet"};
    sb_clip_result result = {.file = (char *)"clips/=a.mp3",
                             .id = (char *)"=1+1",
                             .episode = (char *)"show",
                             .audio = (char *)"show.mp3",
                             .transcript = (char *)"show.txt",
                             .speaker = (char *)"Ada, Zo\xc3\xab",
                             .text = (char *)"two anchors",
                             .asked_text = (char *)"two, uh, \"anchors\"",
                             .cut = {.speech = {62345 * SB_TIME_MS, 64 * SB_TIME_SECOND}},
                             .asked = {62345 * SB_TIME_MS, 64 * SB_TIME_SECOND},
                             .lead = 150 * SB_TIME_MS,
                             .tail = SB_TIME_NONE,
                             .captions = captions,
                             .n_captions = 2,
                             .warnings = warnings,
                             .n_warnings = 1,
                             .video_width = 1080,
                             .video_height = 1920};
    strcpy(result.source_sha256, "0123");
    sb_clip_result_write_csv_header(&csv);
    assert_memory_equal(csv.data,
                        "\xef\xbb\xbf"
                        "file,id,",
                        11);
    sb_clip_result_write_csv(&csv, &result);
    sb_clip_result_write_json(&json, &result);
    assert_non_null(strstr(csv.data, ",0:01:02.345,"));
    assert_non_null(strstr(json.data, "\"0:01:02.345\""));
    for (int i = 0; i < 2; i++) {
        noted_list noted = i ? read_noted(json.data, json.size) : read_noted(csv.data, csv.size);
        assert_int_equal(noted.list->n_rows, 1);
        const sb_batch_row *row = noted.list->rows;
        if (row->error.status)
            fail_msg("%s", row->error.message);
        assert_string_equal(row->id, "=1+1");
        assert_string_equal(row->audio, "show.mp3");
        assert_string_equal(row->transcript, "show.txt");
        assert_int_equal(row->selection.n_phrases, 1);
        assert_string_equal(row->selection.phrases[0], "two, uh, \"anchors\"");
        assert_int_equal(row->selection.n_speakers, 0);
        assert_int_equal(row->selection.from, 62344 * SB_TIME_MS);
        assert_int_equal(row->selection.until, 64001 * SB_TIME_MS);
        assert_int_equal(row->clip.captions, SB_CLIP_SRT | SB_CLIP_VTT);
        assert_false(row->clip.cut.has_lead);
        assert_int_equal(noted.notes.n_items, 0);
        finish_noted(&noted);
    }
    sb_bytes_finish(&csv);
    sb_bytes_finish(&json);
}

static void defaults_are_those_of_the_caller(void **user)
{
    (void)user;
    sb_batch_list *list;
    sb_clip_params defaults = {0};
    defaults.loudness_lufs = -23;
    defaults.channels = 1;
    const char *text = "audio,transcript,channels\ne,t,\ne,t,2\n";
    assert_int_equal(sb_batch_list_read(&list, text, strlen(text), NULL, &defaults, NULL, NULL), SB_OK);
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
            if (sb_batch_list_read(&list, copy, size, NULL, NULL, NULL, NULL) == SB_OK)
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
        cmocka_unit_test(columns_of_people_are_passed_over_with_a_note),
        cmocka_unit_test(check_boxes_of_spreadsheets),
        cmocka_unit_test(numbers_with_a_decimal_comma),
        cmocka_unit_test(encodings_of_spreadsheets),
        cmocka_unit_test(titles_stand_above_the_header),
        cmocka_unit_test(the_phrase_has_several_names),
        cmocka_unit_test(lines_of_verify_name_what_was_said),
        cmocka_unit_test(a_manifest_is_a_list),
        cmocka_unit_test(defaults_are_those_of_the_caller),
        cmocka_unit_test(cut_at_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
