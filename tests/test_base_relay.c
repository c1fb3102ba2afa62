#include "base/run/run.h"

#include "support_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct sink {
    size_t n_blocks, n_samples, n_wrong;
    size_t fails_at; /* number of the block; 0: never */
} sink;

static float sample_at(size_t i)
{
    return (float)(i % 65521);
}

static sb_status take(void *user, const float *samples, size_t n_samples, sb_error *err)
{
    sink *s = user;
    if (++s->n_blocks == s->fails_at)
        return sb_error_set(err, SB_ERR_LIMIT, "block %zu failed", s->n_blocks);
    for (size_t i = 0; i < n_samples; i++)
        s->n_wrong += samples[i] != sample_at(s->n_samples++);
    return SB_OK;
}

/* Pushes pieces of all sizes until `total` samples were output or the relay fails. */
static sb_status push_all(sb_relay *relay, size_t total, sb_error *err)
{
    float piece[5000];
    sb_status status = SB_OK;
    for (size_t at = 0, n = 1; status == SB_OK && at < total; at += n, n = n * 7 % 4999 + 1) {
        n = n < total - at ? n : total - at;
        for (size_t i = 0; i < n; i++)
            piece[i] = sample_at(at + i);
        status = sb_relay_push(relay, piece, n, err);
    }
    return status;
}

static void arrives_whole_and_in_order(void **state)
{
    (void)state;
    static const size_t totals[] = {
        0, 1, SB_RELAY_BLOCK - 1, SB_RELAY_BLOCK, SB_RELAY_BLOCK + 1, 40 * SB_RELAY_BLOCK + 77};
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        sink s = {0};
        sb_relay *relay;
        assert_int_equal(sb_relay_create(&relay, take, &s, NULL), SB_OK);
        assert_int_equal(push_all(relay, totals[i], NULL), SB_OK);
        assert_int_equal(sb_relay_end(relay, NULL), SB_OK);
        assert_int_equal(s.n_samples, totals[i]);
        assert_int_equal(s.n_blocks, (totals[i] + SB_RELAY_BLOCK - 1) / SB_RELAY_BLOCK);
        assert_int_equal(s.n_wrong, 0);
        sb_relay_free(&relay);
        assert_null(relay);
    }
}

static void reports_the_first_failure(void **state)
{
    (void)state;
    static const size_t fails_at[] = {1, 2, 9, 20, 21};
    for (size_t i = 0; i < sizeof fails_at / sizeof *fails_at; i++) {
        sink s = {.fails_at = fails_at[i]};
        sb_relay *relay;
        sb_error err = {0};
        assert_int_equal(sb_relay_create(&relay, take, &s, NULL), SB_OK);
        sb_status status = push_all(relay, 20 * SB_RELAY_BLOCK + 1, &err);
        if (status == SB_OK)
            status = sb_relay_end(relay, &err);
        assert_int_equal(status, SB_ERR_LIMIT);
        assert_non_null(strstr(err.message, "failed"));
        assert_int_equal(s.n_blocks, fails_at[i]);
        sb_relay_free(&relay);
    }
}

static void is_freed_halfway(void **state)
{
    (void)state;
    sink s = {0};
    sb_relay *relay;
    assert_int_equal(sb_relay_create(&relay, take, &s, NULL), SB_OK);
    assert_int_equal(push_all(relay, 5 * SB_RELAY_BLOCK + 5, NULL), SB_OK);
    sb_relay_free(&relay);
    assert_int_equal(s.n_wrong, 0);
    sb_relay_free(&relay);
}

static void reports_that_memory_ran_out(void **state)
{
    (void)state;
    sb_relay *relay;
    memory_fail_from(0);
    sb_status status = sb_relay_create(&relay, take, NULL, NULL);
    assert_true(memory_fail_end());
    assert_int_equal(status, SB_ERR_MEMORY);
    assert_null(relay);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrives_whole_and_in_order),
        cmocka_unit_test(reports_the_first_failure),
        cmocka_unit_test(is_freed_halfway),
        cmocka_unit_test(reports_that_memory_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
