#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "media/chapters/chapters.h"
#include "soundbite/file.h"

static const sb_chapter chapters[] = {{0, SB_TIME_SECOND, "One"},
                                      {SB_TIME_SECOND, 5 * SB_TIME_SECOND, "Zw\xc3\xb6lf"}};

static sb_status make(sb_bytes *out, const void *old, size_t size, sb_error *err)
{
    return sb_id3_with_chapters(out, old, size, chapters, 2, err);
}

static bool has(const sb_bytes *tag, const char *text, size_t size)
{
    return tag->size && memmem(tag->data, tag->size, text, size);
}

static void a_file_without_tag_gets_one(void **state)
{
    sb_bytes tag = {0};
    (void)state;
    assert_int_equal(make(&tag, NULL, 0, NULL), SB_OK);
    assert_memory_equal(tag.data, "ID3\3\0\0", 6);
    assert_int_equal(sb_id3_size((const unsigned char *)tag.data), tag.size);
    assert_true(has(&tag, "CTOC\0\0\0\x10\0\0toc\0\3\2chp0\0chp1\0", 26));
    assert_true(has(&tag,
                    "chp1\0\0\0\3\xe8\0\0\x13\x88\xff\xff\xff\xff\xff\xff\xff\xff"
                    "TIT2",
                    25));
    sb_bytes_finish(&tag);
    assert_int_equal(sb_id3_with_chapters(&tag, NULL, 0, chapters, 0, NULL), SB_OK);
    assert_int_equal(tag.size, 0);
    sb_bytes_finish(&tag);
}

static void other_frames_stay(void **state)
{
    /* version 2.4 with padding: a title and an old chapter */
    static const char old[] = "ID3\4\0\0\0\0\0\x40"
                              "TIT2\0\0\0\4\0\0\3abc"
                              "CHAP\0\0\0\2\0\0x\0"
                              "TXXX\0\0\0\3\0\0\3y\0";
    unsigned char tag[74] = {0};
    memcpy(tag, old, sizeof old - 1);
    sb_bytes out = {0};
    (void)state;
    assert_int_equal(make(&out, tag, sizeof tag, NULL), SB_OK);
    assert_true(has(&out, "TIT2\0\0\0\4\0\0\3abc", 14));
    assert_true(has(&out, "TXXX\0\0\0\3\0\0\3y\0", 13));
    assert_false(has(&out, "CHAP\0\0\0\2", 8));
    assert_true(has(&out, "\3Zw\xc3\xb6lf", 7));
    assert_memory_equal(out.data, "ID3\4\0\0", 6);
    sb_bytes_finish(&out);
}

static void tags_of_other_kinds(void **state)
{
    /* 2.3, unsynchronised as a whole, with an extended header */
    static const unsigned char unsynchronised[] = "ID3\3\0\xc0\0\0\0\x1b\0\0\0\6\0\0\0\0\0\0"
                                                  "TXXX\0\0\0\4\0\0\0\xff\0\xfe";
    static const unsigned char ancient[] = "ID3\2\0\0\0\0\0\7TT2\0\0\1a";
    sb_bytes out = {0};
    sb_error err = {0};
    (void)state;
    assert_int_equal(make(&out, unsynchronised, 35, &err), SB_OK);
    assert_true(has(&out, "TXXX\0\0\0\4\0\0\0\xff\xfe", 13));
    assert_int_equal(out.data[5], 0);
    sb_bytes_finish(&out);
    assert_int_equal(make(&out, ancient, sizeof ancient - 1, &err), SB_ERR_UNSUPPORTED);
    sb_bytes_finish(&out);
    sb_chapter many[256];
    for (size_t i = 0; i < 256; i++)
        many[i] = chapters[0];
    assert_int_equal(sb_id3_with_chapters(&out, NULL, 0, many, 256, &err), SB_ERR_LIMIT);
    assert_int_equal(sb_id3_with_chapters(&out, NULL, 0, many, 255, &err), SB_OK);
    sb_bytes_finish(&out);
}

/* Every byte of a tag damaged, and the tag cut anywhere. */
static void damaged_tags_are_survived(void **state)
{
    sb_bytes tag = {0};
    (void)state;
    assert_int_equal(make(&tag, NULL, 0, NULL), SB_OK);
    for (size_t i = 0; i < tag.size; i++)
        for (int value = 0; value < 256; value += 51) {
            unsigned char *copy = malloc(tag.size);
            memcpy(copy, tag.data, tag.size);
            copy[i] = (unsigned char)value;
            sb_bytes out = {0};
            make(&out, copy, tag.size, NULL);
            sb_bytes_finish(&out);
            sb_bytes_finish(&out);
            free(copy);
        }
    for (size_t size = 10; size < tag.size; size++) {
        unsigned char *copy = malloc(size);
        memcpy(copy, tag.data, size);
        sb_bytes out = {0};
        make(&out, copy, size, NULL);
        sb_bytes_finish(&out);
        free(copy);
    }
    sb_bytes_finish(&tag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_without_tag_gets_one),
        cmocka_unit_test(other_frames_stay),
        cmocka_unit_test(tags_of_other_kinds),
        cmocka_unit_test(damaged_tags_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
