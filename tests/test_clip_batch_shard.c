#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/batch.h"
#include "support_memory.h"

#define MOST_ROWS 40

static sb_batch_list *read_list(const char *audio)
{
    char text[1024] = "audio,transcript\n";
    sb_batch_list *list = NULL;

    for (const char *c = audio; *c; c++) {
        char row[] = {*c == '!' ? ' ' : *c, ',', 't', '\n', '\0'};
        strcat(text, row);
    }
    assert_int_equal(sb_batch_list_read(&list, text, strlen(text), NULL, NULL, NULL, NULL), SB_OK);
    assert_int_equal(list->n_rows, strlen(audio));
    return list;
}

/* The shard of each row as a digit. Each row must be in exactly one. */
static void shards_of(char *out, const char *audio, size_t n_shards)
{
    sb_batch_list *list = read_list(audio);
    bool mine[MOST_ROWS];

    memset(out, 0, MOST_ROWS + 1);
    for (size_t k = 1; k <= n_shards; k++) {
        assert_int_equal(sb_batch_list_shard(mine, list, k, n_shards, NULL), SB_OK);
        for (size_t i = 0; i < list->n_rows; i++) {
            if (!mine[i])
                continue;
            assert_int_equal(out[i], 0);
            out[i] = (char)('0' + k);
        }
    }
    assert_int_equal(strlen(out), list->n_rows);
    sb_batch_list_free(&list);
}

static void episodes_stay_together_and_in_order(void **state)
{
    static const char *const cases[][3] = {
        {"aabb", "2", "1122"},         {"abcd", "2", "1122"}, {"abab", "2", "1212"},
        {"aaaaaabc", "2", "11111122"}, {"abc", "5", "124"},   {"a!!b", "2", "1122"},
        {"!!!", "3", "123"},           {"cab", "3", "123"},   {"aaaa", "1", "1111"},
    };
    char shards[MOST_ROWS + 1];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        shards_of(shards, cases[i][0], (size_t)(cases[i][1][0] - '0'));
        assert_string_equal(shards, cases[i][2]);
    }
}

static void there_must_be_such_a_shard(void **state)
{
    sb_batch_list *list = read_list("ab");
    bool mine[2];

    (void)state;
    assert_int_equal(sb_batch_list_shard(mine, list, 0, 2, NULL), SB_ERR_ARGUMENT);
    assert_int_equal(sb_batch_list_shard(mine, list, 3, 2, NULL), SB_ERR_ARGUMENT);
    for (size_t n = 0; n < 3; n++) {
        memory_fail_from(n);
        assert_int_equal(sb_batch_list_shard(mine, list, 1, 2, NULL), SB_ERR_MEMORY);
        assert_true(memory_fail_end());
    }
    sb_batch_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(episodes_stay_together_and_in_order),
        cmocka_unit_test(there_must_be_such_a_shard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
