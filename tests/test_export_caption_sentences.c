/* Where cues break: sentences stay apart, and no word is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text/text.h"
#include "export/export.h"
#include "support_quote.h"
#include "transcript/transcript.h"

static const char story[] =
    "My father climbed the mast with a bucket of grease. I held the rope. It was two in the morning and the "
    "wind came from the north. Nobody slept. We had sixty metres of cable left, and every metre of it was "
    "wet. "
    "He shouted something down to me. I could not hear him. Then the light went out. Was it the fuse? No. It "
    "was the cable, as we found when the sun came up over Cape Wrath and Mr. Sinclair brought the spare. "
    "Good "
    "old Sinclair! He never asked for a penny.";

static sb_captions cues_of(sb_alignment **a, const char *words, int length_ms,
                           const sb_caption_params *params)
{
    sb_captions cues;
    sb_caption_span all = {0, 0, 0, SIZE_MAX, .within = {0, SB_TIME_NONE}};
    *a = quote_alignment(SB_METHOD_ACOUSTIC);
    quote_add_turn(*a, "Isla Munro", 1000, 1000 + length_ms, words);
    assert_int_equal(sb_captions_of_spans(&cues, *a, &all, 1, params, NULL), SB_OK);
    return cues;
}

static bool ends(const sb_caption_item *item)
{
    char text[64];
    assert_true(item->size < sizeof text);
    memcpy(text, item->text, item->size);
    text[item->size] = 0;
    return sb_word_ends_sentence(text);
}

static sb_caption_params video_params(size_t width)
{
    sb_caption_params params = SB_CAPTION_VERTICAL;
    params.max_line_width = width;
    params.min_line_width = width / 2;
    params.min_duration = SB_TIME_SECOND / 2;
    params.sentences_apart = true;
    return params;
}

/* At any width and speed, a cue with the end of a sentence inside it has whole sentences only. */
static void a_cue_has_no_parts_of_two_sentences(void **state)
{
    (void)state;
    static const size_t widths[] = {14, 20, 22, 24, 28, 36, 42};
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++)
        for (int length_ms = 18000; length_ms <= 48000; length_ms += 6000) {
            sb_caption_params params = video_params(widths[w]);
            sb_alignment *a;
            sb_captions cues = cues_of(&a, story, length_ms, &params);
            bool before = true;
            for (size_t i = 0; i < cues.n_items; i++) {
                const sb_caption *cue = &cues.items[i];
                bool last = ends(&cue->items[cue->n_items - 1]);
                for (size_t k = 0; k + 1 < cue->n_items; k++)
                    if (ends(&cue->items[k]) && (!before || !last))
                        fail_msg("width %zu, %d ms: cue %zu has parts of two sentences", widths[w], length_ms,
                                 i);
                before = last;
            }
            sb_captions_finish(&cues);
            sb_alignment_free(&a);
        }
}

static void no_word_is_left_alone(void **state)
{
    (void)state;
    static const size_t widths[] = {20, 24, 36};
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        sb_caption_params params = video_params(widths[w]);
        sb_alignment *a;
        sb_captions cues = cues_of(&a, story, 32000, &params);
        bool before = true;
        for (size_t i = 0; i < cues.n_items; i++) {
            const sb_caption *cue = &cues.items[i];
            bool last = ends(&cue->items[cue->n_items - 1]);
            if (cue->n_items == 1 && !(before && last))
                fail_msg("width %zu: cue %zu is one word", widths[w], i);
            before = last;
        }
        sb_captions_finish(&cues);
        sb_alignment_free(&a);
    }
}

static void assert_split(const char *words, int length_ms, const sb_caption_params *params,
                         const char *expected)
{
    sb_alignment *a;
    sb_bytes text = {0};
    sb_captions cues = cues_of(&a, words, length_ms, params);
    for (size_t i = 0; i < cues.n_items; i++) {
        sb_bytes_text(&text, i ? "|" : "");
        sb_caption_append(&text, &cues.items[i], "/");
    }
    assert_string_equal(text.data, expected);
    sb_bytes_finish(&text);
    sb_captions_finish(&cues);
    sb_alignment_free(&a);
}

static void the_end_of_a_sentence_ends_a_cue(void **state)
{
    (void)state;
    sb_caption_params video = video_params(20);
    assert_split("The mice ate the wires. I was at the bench all night.", 5000, &video,
                 "The mice/ate the wires.|I was at the bench/all night.");
}

/* Counts the cues with parts of two sentences. */
static size_t count_across(const sb_captions *cues)
{
    size_t n = 0;
    bool before = true;
    for (size_t i = 0; i < cues->n_items; i++) {
        const sb_caption *cue = &cues->items[i];
        bool last = ends(&cue->items[cue->n_items - 1]), inside = false;
        for (size_t k = 0; k + 1 < cue->n_items; k++)
            inside = inside || ends(&cue->items[k]);
        n += inside && (!before || !last);
        before = last;
    }
    return n;
}

/* Caption files keep sentences apart where no norm is broken by it. */
static void files_keep_sentences_apart_if_they_can(void **state)
{
    (void)state;
    sb_caption_params wide = SB_CAPTION_WIDE;
    for (int length_ms = 36000; length_ms <= 48000; length_ms += 6000) {
        sb_alignment *a;
        sb_captions cues = cues_of(&a, story, length_ms, &wide);
        assert_int_equal(count_across(&cues), 0);
        sb_captions_finish(&cues);
        sb_alignment_free(&a);
    }
}

/* A sentence that nobody could read on its own joins a whole one beside it. */
static void very_short_sentences_share_a_cue(void **state)
{
    (void)state;
    sb_caption_params video = video_params(20);
    assert_split("No. No. Not that.", 1000, &video, "No. No. Not that.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cue_has_no_parts_of_two_sentences),
        cmocka_unit_test(no_word_is_left_alone),
        cmocka_unit_test(the_end_of_a_sentence_ends_a_cue),
        cmocka_unit_test(files_keep_sentences_apart_if_they_can),
        cmocka_unit_test(very_short_sentences_share_a_cue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
