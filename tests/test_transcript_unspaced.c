/* Thai, Lao, Khmer and Burmese: no blanks between words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/words/words.h"
#include "support_skip.h"
#include "support_transcript.h"
#include "transcript/transcript.h"

static sb_transcript *read_or_skip(const char *text, const char *format)
{
    if (!sb_word_breaker_exists())
        skip_because("built without ICU");
    return transcript_of(text, format);
}

/* Compares the words, with a bar between two, and the text that they give back. */
static void check_words(const char *text, const char *expected)
{
    sb_bytes input = {0}, words = {0};
    sb_bytes_print(&input, "Ann [00:00:01]:\n%s\n", text);
    sb_transcript *t = read_or_skip(input.data, NULL);
    for (size_t i = 0; i < t->turns[0].n_words; i++)
        sb_bytes_print(&words, "%s%s", i ? "|" : "", t->turns[0].words[i].text);
    assert_string_equal(words.data, expected);
    char *again = sb_turn_text(&t->turns[0]);
    assert_string_equal(again, text);
    free(again);
    sb_bytes_finish(&input);
    sb_bytes_finish(&words);
    sb_transcript_free(&t);
}

static void test_words(void **state)
{
    (void)state;
    check_words("แม่ทำข้าวต้มปลาให้กิน", "แม่|ทำ|ข้าวต้ม|ปลา|ให้|กิน");
    check_words("ມື້ນີ້ພວກເຮົາໄປຕະຫຼາດ", "ມື້ນີ້|ພວກ|ເຮົາ|ໄປ|ຕະຫຼາດ");
    check_words("យើងទៅផ្សារទិញត្រី", "យើង|ទៅ|ផ្សារ|ទិញ|ត្រី");
    check_words("ကျွန်တော်တို့ဈေးကိုသွားပြီး", "ကျွန်တော်|တို့|ဈေး|ကို|သွား|ပြီး");
}

static void test_blanks_and_marks_stay(void **state)
{
    (void)state;
    check_words("ฝนตกหนักมาก เราอยู่บ้าน", "ฝน|ตกหนัก|มาก |เรา|อยู่|บ้าน");
    check_words("เรื่อง \"นก\" จบ", "เรื่อง |\"นก\" |จบ");
    check_words("ใช้ Google หาดู 24 ครั้ง", "ใช้|Google|หาดู|24|ครั้ง");
}

static void test_phrase_is_found_inside_a_run(void **state)
{
    (void)state;
    static const char *const words[] = {"ข้าวต้มปลา"}, *const parts[] = {"ข้าวต้ม", "ปลา"};
    sb_tokens whole, divided;
    assert_int_equal(sb_tokens_make(&whole, words, 1, NULL), SB_OK);
    assert_int_equal(sb_tokens_make(&divided, parts, 2, NULL), SB_OK);
    assert_int_equal(whole.n_items, divided.n_items);
    for (size_t i = 0; i < whole.n_items; i++)
        assert_string_equal(whole.items[i].text, divided.items[i].text);
    sb_tokens_finish(&whole);
    sb_tokens_finish(&divided);
}

static void test_note_without_icu(void **state)
{
    (void)state;
    sb_transcript *t;
    sb_notes notes = {0};
    static const char text[] = "Ann [00:00:01]:\nแม่ทำข้าวต้มปลา\n";
    assert_int_equal(sb_transcript_read(&t, text, sizeof text - 1, NULL, &notes, NULL), SB_OK);
    assert_int_equal(t->turns[0].n_words, sb_word_breaker_exists() ? 4 : 1);
    assert_int_equal(notes.n_items, sb_word_breaker_exists() ? 0 : 1);
    sb_notes_finish(&notes);
    sb_transcript_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words), cmocka_unit_test(test_blanks_and_marks_stay),
        cmocka_unit_test(test_phrase_is_found_inside_a_run), cmocka_unit_test(test_note_without_icu)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
