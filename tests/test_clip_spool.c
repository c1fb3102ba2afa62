#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "clip/sound/sound.h"

#define CHANNELS 2
#define LENGTH   (2 * SB_CLIP_BLOCK + 77)
#define FULL     ((size_t)64 << 20) /* the memory of a store */

static float value_at(int c, size_t i, int from)
{
    return (float)(i % 1000) / 8 - (float)c + 1000 * (float)from;
}

static void fill(sb_clip_spool *spool, bool in_memory, int from)
{
    float **planes = sb_planes_alloc(CHANNELS, LENGTH);
    for (int c = 0; c < CHANNELS; c++)
        for (size_t i = 0; i < LENGTH; i++)
            planes[c][i] = value_at(c, i, from);
    assert_int_equal(sb_clip_spool_init(spool, CHANNELS, LENGTH, in_memory, NULL), SB_OK);
    assert_int_equal(sb_clip_spool_append(spool, (const float *const *)planes, 100, NULL), SB_OK);
    const float *rest[CHANNELS] = {planes[0] + 100, planes[1] + 100};
    assert_int_equal(sb_clip_spool_append(spool, rest, LENGTH - 100, NULL), SB_OK);
    assert_int_equal(sb_clip_spool_append(spool, rest, 10, NULL), SB_OK);
    assert_int_equal(spool->n_samples, LENGTH);
    sb_planes_free(planes);
}

static void assert_holds(sb_clip_spool *spool, size_t at, size_t n, int from)
{
    float **planes = sb_planes_alloc(CHANNELS, n);
    assert_int_equal(sb_clip_spool_read(spool, planes, at, n, NULL), SB_OK);
    for (int c = 0; c < CHANNELS; c++)
        for (size_t i = 0; i < n; i++)
            assert_true(planes[c][i] == value_at(c, at + i, from));
    sb_planes_free(planes);
}

static void sound_is_read_back(void **state)
{
    (void)state;
    for (int in_memory = 0; in_memory < 2; in_memory++) {
        sb_clip_spool spool;
        fill(&spool, in_memory, 0);
        assert_int_equal(spool.file != NULL, !in_memory);
        assert_holds(&spool, 0, LENGTH, 0);
        assert_holds(&spool, SB_CLIP_BLOCK - 1, SB_CLIP_BLOCK + 2, 0);
        assert_holds(&spool, LENGTH - 1, 1, 0);
        sb_clip_spool_finish(&spool);
        sb_clip_spool_finish(&spool);
    }
}

static void copies_share_one_file_beyond_the_limit(void **state)
{
    (void)state;
    for (int in_memory = 0; in_memory < 2; in_memory++) {
        sb_clip_store store;
        sb_clip_spool spool, copies[3];
        sb_clip_store_init(&store);
        store.in_memory = FULL - sizeof(float) * CHANNELS * LENGTH;
        for (int i = 0; i < 3; i++) {
            fill(&spool, in_memory, i);
            assert_int_equal(sb_clip_spool_copy(&copies[i], &store, &spool, NULL), SB_OK);
            sb_clip_spool_finish(&spool);
        }
        assert_true(copies[0].samples && !copies[1].samples && copies[2].file == copies[1].file);
        for (int i = 2; i >= 0; i--) {
            assert_holds(&copies[i], 0, LENGTH, i);
            sb_clip_spool_finish(&copies[i]);
        }
        sb_clip_store_finish(&store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_is_read_back),
        cmocka_unit_test(copies_share_one_file_beyond_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
