/* The fixtures of captions and turns, written in other formats that have a reader here, and read again. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/align.h"
#include "soundbite/export.h"
#include "support_alignment.h"
#include "support_transcript.h"

#define ROOT SB_SOURCE_DIR "/fixtures/transcripts"

/* What a format can keep. */
typedef struct round_trip {
    const char *writer, *reader;
    bool keeps_speakers, is_captions;
    bool cuts_overlaps; /* its tiers have no order among each other and no overlaps, so words may be moved or
                           left out */
} round_trip;

static const round_trip trips[] = {
    {.writer = "srt", .reader = "srt", .keeps_speakers = true, .is_captions = true},
    {.writer = "vtt", .reader = "vtt", .keeps_speakers = true, .is_captions = true},
    {.writer = "vtt-words", .reader = "vtt", .keeps_speakers = true, .is_captions = true},
    {.writer = "podcast-json", .reader = "podcast-json", .keeps_speakers = true, .is_captions = true},
    {.writer = "textgrid", .reader = "textgrid", .cuts_overlaps = true},
    {.writer = "ass", .reader = "ass", .is_captions = true},
    {.writer = "csv", .reader = "csv"},
};

typedef struct spoken {
    const char *speaker, *word;
} spoken;

typedef struct speech {
    spoken *items;
    size_t n_items, capacity;
} speech;

static int by_start(const void *a, const void *b)
{
    const sb_aligned_turn *const *x = a, *const *y = b;
    if ((*x)->start != (*y)->start)
        return (*x)->start < (*y)->start ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

/* Collects the words of all turns that have a time, in the order of time. */
static speech speech_of(const sb_alignment *a)
{
    speech s = {0};
    const sb_aligned_turn **turns = calloc(a->n_turns + 1, sizeof *turns);
    size_t n = 0;
    for (size_t i = 0; i < a->n_turns; i++) {
        if (a->turns[i].start != SB_TIME_NONE)
            turns[n++] = &a->turns[i];
    }
    qsort(turns, n, sizeof *turns, by_start);
    for (size_t i = 0; i < n; i++) {
        for (size_t w = 0; w < turns[i]->n_words; w++) {
            assert_true(sb_grow(&s.items, s.n_items, &s.capacity, sizeof *s.items));
            s.items[s.n_items++] = (spoken){turns[i]->speaker, turns[i]->words[w].text};
        }
    }
    free(turns);
    return s;
}

static sb_alignment *alignment_of(const sb_bytes *text, const char *format, const char *where)
{
    sb_transcript *t;
    sb_alignment *a;
    sb_error err = {0};
    sb_transcript_params params = {.format = format};
    if (sb_transcript_read(&t, text->data, text->size, &params, NULL, &err) != SB_OK)
        fail_msg("%s: %lld:%lld: %s\n%s", where, (long long)err.line, (long long)err.column, err.message,
                 text->data);
    assert_int_equal(sb_alignment_from_transcript(&a, t, NULL), SB_OK);
    sb_transcript_free(&t);
    return a;
}

static bool words_equal(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    n -= n > 1 && a[n - 1] == ' ';
    m -= m > 1 && b[m - 1] == ' ';
    return n == m && memcmp(a, b, n) == 0;
}

static void check_speech(const sb_alignment *before, const sb_alignment *after, const round_trip *trip,
                         const char *where)
{
    speech a = speech_of(before), b = speech_of(after);
    for (size_t i = 0; i < a.n_items && i < b.n_items; i++) {
        if (!words_equal(a.items[i].word, b.items[i].word))
            fail_msg("%s: word %zu is %s, not %s", where, i, b.items[i].word, a.items[i].word);
        if (trip->keeps_speakers && !sb_same_text(a.items[i].speaker, b.items[i].speaker))
            fail_msg("%s: %s is said by %s, not by %s", where, a.items[i].word,
                     b.items[i].speaker ? b.items[i].speaker : "nobody",
                     a.items[i].speaker ? a.items[i].speaker : "nobody");
    }
    if (a.n_items != b.n_items)
        fail_msg("%s: %zu words, not %zu", where, b.n_items, a.n_items);
    free(a.items);
    free(b.items);
}

static bool overlaps(const sb_alignment *a)
{
    sb_time end = 0;
    for (size_t i = 0; i < a->n_turns; i++) {
        const sb_aligned_turn *turn = &a->turns[i];
        if (turn->start != SB_TIME_NONE && turn->start + SB_TIME_MS <= end)
            return true;
        end = turn->end != SB_TIME_NONE && turn->end > end ? turn->end : end;
    }
    return false;
}

static bool has_equal_starts(const sb_alignment *a)
{
    for (size_t i = 1; i < a->n_turns; i++) {
        if (a->turns[i].start != SB_TIME_NONE && a->turns[i].start == a->turns[i - 1].start)
            return true;
    }
    return false;
}

/* "%HESITATION" has no brackets, so captions that show it have one more word. */
static bool has_bare_event(const sb_alignment *a)
{
    for (size_t i = 0; i < a->n_turns; i++) {
        for (size_t e = 0; e < a->turns[i].n_events; e++) {
            if (!strchr("[(", a->turns[i].events[e].text[0]))
                return true;
        }
    }
    return false;
}

static void check_order(const sb_alignment *before, const sb_alignment *after, const char *where)
{
    sb_time latest = 0;
    for (size_t i = 0; i < after->n_turns; i++) {
        sb_time start = after->turns[i].start;
        if (start != SB_TIME_NONE && start < latest)
            fail_msg("%s: cue %zu begins before the cue above it", where, i + 1);
        latest = start != SB_TIME_NONE ? start : latest;
    }
    if (!overlaps(before) && overlaps(after))
        fail_msg("%s: cues overlap", where);
}

static bool has_reader(const char *name)
{
    for (size_t i = 0; sb_transcript_format(i, NULL); i++) {
        if (strcmp(sb_transcript_format(i, NULL), name) == 0)
            return true;
    }
    return false;
}

static size_t check_trip(const sb_alignment *a, const round_trip *trip, const char *folder)
{
    sb_bytes out = {0};
    sb_error err = {0};
    char *where = sb_text_print("%s as %s", folder, trip->writer);
    sb_status status = sb_alignment_export(&out, a, trip->writer, NULL, NULL, &err);
    speech s = speech_of(a);
    bool is_checked = status == SB_OK && !has_bare_event(a) && s.n_items > 0 &&
                      !(trip->cuts_overlaps && (overlaps(a) || has_equal_starts(a)));
    if (status != SB_OK &&
        status != SB_ERR_ARGUMENT) /* a format that needs times which the transcript has not */
        fail_msg("%s: %s", where, err.message);
    if (is_checked) {
        sb_alignment *b = alignment_of(&out, trip->reader, where);
        check_speech(a, b, trip, where);
        if (trip->is_captions)
            check_order(a, b, where);
        sb_alignment_free(&b);
    }
    free(s.items);
    free(where);
    sb_bytes_finish(&out);
    return is_checked;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static char *input_path(const char *folder)
{
    struct dirent **entries;
    char *path = NULL;
    int n = scandir(folder, &entries, is_visible, alphasort);
    for (int i = 0; i < n; i++) {
        if (!path && strncmp(entries[i]->d_name, "input.", 6) == 0)
            path = sb_text_print("%s/%s", folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(n >= 0 ? entries : NULL);
    return path;
}

static size_t check_case(const char *folder)
{
    sb_bytes text = {0};
    char *path = input_path(folder);
    size_t n = 0;
    assert_non_null(path);
    assert_int_equal(sb_file_read(&text, path, 1 << 24, NULL), SB_OK);
    sb_alignment *a = alignment_of(&text, NULL, folder);
    for (size_t i = 0; i < sizeof trips / sizeof *trips; i++)
        n += has_reader(trips[i].reader) ? check_trip(a, &trips[i], folder) : 0;
    sb_alignment_free(&a);
    sb_bytes_finish(&text);
    free(path);
    return n;
}

static size_t check_format(const char *format)
{
    struct dirent **cases;
    size_t n_checked = 0;
    char *root = sb_text_print("%s/%s", ROOT, format);
    int n = scandir(root, &cases, is_visible, alphasort);
    for (int i = 0; i < n; i++) {
        char *folder = sb_text_print("%s/%s", root, cases[i]->d_name);
        n_checked += check_case(folder);
        free(folder);
        free(cases[i]);
    }
    free(n >= 0 ? cases : NULL);
    free(root);
    return n_checked;
}

/* The formats of these fixtures; a name that occurs once, as in some JSON, is not known as a name in SRT. */
static const char *const formats[] = {"turns-bracket", "srt", "vtt", "podcast-json"};

static void test_every_fixture_in_every_format(void **state)
{
    (void)state;
    size_t n = 0;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        n += check_format(formats[i]);
    assert_true(n > 100);
}

/* Players show tags, overrides and entities as something else. */
static void check_words_like_markup(const char *writer, const char *reader, const char *const *raw,
                                    size_t n_raw)
{
    const round_trip trip = {.writer = writer, .reader = reader};
    sb_alignment *a = alignment_long(1, 1);
    sb_bytes out = {0};
    alignment_set_text(
        a, 0,
        "use <b>bold</b> <font {\\an8} {y:i} 00:01 --> 00:02 now &lt; &#39; AT&T C:\\new \\N x<3 "
        "a->b {plain} R&D; <");
    assert_int_equal(check_trip(a, &trip, "words like markup"), 1);
    assert_int_equal(sb_alignment_export(&out, a, writer, NULL, NULL, NULL), SB_OK);
    const char *text = strstr(out.data, "use");
    assert_non_null(text);
    for (size_t i = 0; i < n_raw; i++)
        if (strstr(text, raw[i]))
            fail_msg("%s is raw in %s", raw[i], text);
    assert_non_null(strstr(text, "{plain}"));
    sb_bytes_finish(&out);
    sb_alignment_free(&a);
}

/* SubRip has no escapes. */
static void test_srt_keeps_words_that_look_like_markup(void **state)
{
    static const char *const raw[] = {"<b>",          "</b>", "<font", "{\\an8}", "{y:i}",
                                      "01 --> 00:02", "&lt;", "\\N",   "AT&amp;T"};
    (void)state;
    check_words_like_markup("srt", "srt", raw, sizeof raw / sizeof *raw);
}

static void test_vtt_keeps_words_that_look_like_markup(void **state)
{
    static const char *const raw[] = {"<b>", "</b>", "<font", "{\\an8}", "01 --> 00:02", "\\N"};
    (void)state;
    check_words_like_markup("vtt", "vtt", raw, sizeof raw / sizeof *raw);
    check_words_like_markup("vtt-words", "vtt", NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_fixture_in_every_format),
                                       cmocka_unit_test(test_srt_keeps_words_that_look_like_markup),
                                       cmocka_unit_test(test_vtt_keeps_words_that_look_like_markup)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
