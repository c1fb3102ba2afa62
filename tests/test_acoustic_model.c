#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "acoustic/model/model.h"
#include "soundbite/file.h"
#include "support_memory.h"
#include "support_sound.h"
#include "support_speech.h"

static const char *const files[] = {"mdef", "means", "variances", "transition_matrices", "sendump"};
#define N_FILES  (sizeof files / sizeof *files)
#define N_PHONES (SB_N_PHONES + 3)

static char *path_in(const char *folder, const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void store(const char *folder, const char *name, const char *data, size_t size)
{
    char *path = path_in(folder, name);
    unlink(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    fclose(file);
}

static void link_file(const char *folder, const char *name)
{
    char target[512], *path = path_in(folder, name);
    snprintf(target, sizeof target, "%s/%s", sb_acoustic_model_folder(), name);
    unlink(path);
    assert_int_equal(symlink(target, path), 0);
}

/* A folder that has the model's files. */
static char *link_model(void)
{
    char *folder = folder_make();
    for (size_t i = 0; i < N_FILES; i++)
        link_file(folder, files[i]);
    link_file(folder, "feat.params");
    return folder;
}

static void check_fails(const char *folder, sb_status status, const char *name)
{
    sb_error err = {0};
    sb_acoustic_model *model = (sb_acoustic_model *)&err;
    assert_int_equal(sb_acoustic_model_open(&model, folder, &err), status);
    assert_null(model);
    if (name)
        assert_string_equal(err.file + strlen(err.file) - strlen(name), name);
}

static void the_installed_model_is_read(void **state)
{
    (void)state;
    speech_need_model();
    sb_acoustic_model *m = speech_model();
    assert_true(m->phones->arpabet);
    assert_int_equal(m->n_present, N_PHONES);
    assert_true(m->n_senones >= N_PHONES * SB_STATES);
    for (size_t i = 0; i < m->n_senones; i++)
        assert_true(m->phone_of[i] < SB_MODEL_PHONES);
    for (size_t i = 0; i < m->n_present; i++)
        for (int p = m->present[i], s = 0; s < SB_STATES; s++) {
            assert_int_equal(m->phone_of[m->plain[p][s]], p);
            double sum = exp((double)m->stay[p][s]) + exp((double)m->leave[p][s]);
            assert_true(sum > 0.5 && sum < 1.001); /* the rest skips the next state */
        }
    sb_acoustic_model_free(&m);
    assert_null(m);
    sb_acoustic_model_free(&m);
}

static void a_truncated_file_is_named(void **state)
{
    (void)state;
    speech_need_model();
    char *folder = link_model();
    for (size_t i = 0; i < N_FILES; i++) {
        sb_bytes whole = speech_model_file(files[i]);
        /* The last four bytes of some files are a checksum that is not read. */
        const size_t sizes[] = {0, 1, 2, 3, 10, 60, 700, whole.size / 2, whole.size - 5};
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            store(folder, files[i], whole.data, sizes[s]);
            check_fails(folder, SB_ERR_FORMAT, files[i]);
        }
        link_file(folder, files[i]);
        sb_bytes_finish(&whole);
    }
    folder_remove(folder);
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    speech_need_model();
    char *folder = link_model();
    for (size_t i = 0; i < N_FILES; i++) {
        unlink(path_in(folder, files[i]));
        check_fails(folder, SB_ERR_IO, files[i]);
        link_file(folder, files[i]);
    }
    folder_remove(folder);
    check_fails("no/such/folder", SB_ERR_IO, "mdef");
}

/* No bytes lead to a read outside the file. The sanitizers check that. */
static void garbled_files_are_safe(void **state)
{
    (void)state;
    speech_need_model();
    char *folder = link_model();
    uint32_t random = 1;
    for (size_t i = 0; i < N_FILES; i++) {
        sb_bytes whole = speech_model_file(files[i]);
        for (int round = 0; round < 40; round++) {
            char *copy = malloc(whole.size);
            memcpy(copy, whole.data, whole.size);
            for (int n = 0; n < 4; n++) {
                random = random * 1664525u + 1013904223u;
                size_t near = round % 2 ? whole.size : 800;
                copy[(random >> 8) % near] = (char)(random >> 3);
            }
            store(folder, files[i], copy, whole.size);
            sb_acoustic_model *model;
            if (sb_acoustic_model_open(&model, folder, NULL) == SB_OK)
                sb_triphone_senones(model, 3, 4, 5, SB_WORD_INSIDE);
            sb_acoustic_model_free(&model);
            free(copy);
        }
        link_file(folder, files[i]);
        sb_bytes_finish(&whole);
    }
    folder_remove(folder);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    speech_need_model();
    bool refused = true;
    size_t n = 0;
    for (; refused; n++) {
        sb_acoustic_model *model;
        memory_fail_from(n);
        sb_status status = sb_acoustic_model_open(&model, sb_acoustic_model_folder(), NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        assert_int_equal(model == NULL, refused);
        sb_acoustic_model_free(&model);
    }
    assert_true(n > 10);
}

/* The definition file lists the triphone of each record, independently of the tree that the library walks. */
typedef struct definition {
    sb_bytes file;
    const char *records, *sequences;
    int n_phones, n_triphones;
} definition;

static int int_at(const char *data)
{
    int32_t value;
    memcpy(&value, data, sizeof value);
    return value;
}

static definition read_definition(void)
{
    enum { NODE = 8, RECORD = 12 };
    definition d = {.file = speech_model_file("mdef")};
    const char *counts = d.file.data + 12 + int_at(d.file.data + 8), *names = counts + 40, *at = names;
    d.n_phones = int_at(counts);
    d.n_triphones = int_at(counts + 4);
    for (int i = 0; i < d.n_phones; i++)
        at += strlen(at) + 1;
    at += (4 - (at - names) % 4) % 4;
    d.records = at + NODE * int_at(counts + 32);
    d.sequences = d.records + RECORD * d.n_triphones + 4;
    return d;
}

/* Slots without gaps: phones of speech, then fillers. */
static int slot_of(int phone, int left, int right, int position)
{
    return ((phone * N_PHONES + left) * N_PHONES + right) * 4 + position;
}

static uint8_t number_of(int phone)
{
    return (uint8_t)(phone < SB_N_PHONES ? phone : SB_MODEL_SILENCE + phone - SB_N_PHONES);
}

/* The senones of every triphone in every position, or NULL if the file does not have it. */
static const char **list_triphones(const definition *d, const int own[SB_MODEL_PHONES])
{
    const char **list = calloc((size_t)slot_of(N_PHONES, 0, 0, 0), sizeof *list);
    int ours[256];
    for (int i = 0; i < 256; i++)
        ours[i] = -1;
    for (int p = 0; p < N_PHONES; p++)
        ours[own[number_of(p)]] = p;
    for (int i = d->n_phones; i < d->n_triphones; i++) {
        const char *record = d->records + 12 * i;
        const uint8_t *place = (const uint8_t *)record + 8;
        int phone = ours[place[1]], left = ours[place[2]], right = ours[place[3]];
        if (phone >= 0 && left >= 0 && right >= 0)
            list[slot_of(phone, left, right, place[0])] = d->sequences + 6 * int_at(record);
    }
    return list;
}

static void put_int(char *data, int value)
{
    int32_t v = value;
    memcpy(data, &v, sizeof v);
}

/* Leaves that are marked as branches, and phones that are not triphones, point outside the tables. */
static void a_broken_tree_is_safe(void **state)
{
    (void)state;
    speech_need_model();
    char *folder = link_model();
    definition d = read_definition();
    char *counts = d.file.data + 12 + int_at(d.file.data + 8);
    int n_nodes = int_at(counts + 32);
    char *nodes = d.file.data + (d.records - d.file.data) - 8 * n_nodes;
    for (int i = n_nodes / 2; i < n_nodes; i++)
        if (nodes[8 * i + 2] == 0 && nodes[8 * i + 3] == 0) {
            nodes[8 * i + 2] = 1;
            put_int(nodes + 8 * i + 4, d.n_triphones + 1); /* there are more nodes than triphones */
        }
    store(folder, "mdef", d.file.data, d.file.size);
    sb_acoustic_model *model;
    if (sb_acoustic_model_open(&model, folder, NULL) == SB_OK)
        for (int i = 0; i < slot_of(SB_N_PHONES, 0, 0, 0); i++)
            sb_triphone_senones(model, number_of(i / 4 / N_PHONES / N_PHONES),
                                number_of(i / 4 / N_PHONES % N_PHONES), number_of(i / 4 % N_PHONES),
                                (sb_word_position)(i % 4));
    sb_acoustic_model_free(&model);
    sb_bytes_finish(&d.file);
    folder_remove(folder);
}

/* A definition without any triphone, not even phones without context. */
static void phones_without_senones_are_refused(void **state)
{
    (void)state;
    speech_need_model();
    char *folder = link_model();
    definition d = read_definition();
    sb_bytes file = {0};
    char *counts = d.file.data + 12 + int_at(d.file.data + 8), *sequences = (char *)d.sequences - 4;
    put_int(counts + 4, 0);
    sb_bytes_append(&file, d.file.data, (size_t)(d.records - d.file.data));
    sb_bytes_append(&file, sequences, d.file.size - (size_t)(sequences - d.file.data));
    for (int i = 0; i < int_at(counts + 32); i++) {
        char *node = file.data + (d.records - d.file.data) - 8 * (i + 1);
        if (node[2] == 0 && node[3] == 0)
            put_int(node + 4, -1);
    }
    store(folder, "mdef", file.data, file.size);
    check_fails(folder, SB_ERR_FORMAT, "mdef");
    sb_bytes_finish(&file);
    sb_bytes_finish(&d.file);
    folder_remove(folder);
}

static void a_missing_triphone_is_replaced(void **state)
{
    (void)state;
    speech_need_model();
    sb_acoustic_model *m = speech_model();
    definition d = read_definition();
    const char **list = list_triphones(&d, m->triphones->own);
    size_t n_found = 0, n_other = 0, n_plain = 0;
    for (int i = 0; i < slot_of(SB_N_PHONES, 0, 0, 0); i++) {
        int position = i % 4, right = i / 4 % N_PHONES, left = i / 4 / N_PHONES % N_PHONES,
            phone = i / 4 / N_PHONES / N_PHONES, other = 0;
        const uint16_t *senones = sb_triphone_senones(m, number_of(phone), number_of(left), number_of(right),
                                                      (sb_word_position)position);
        while (other < 3 && !list[i - position + other])
            other++;
        const char *expected = list[i] ? list[i] : list[i - position + other];
        n_found += list[i] != NULL;
        n_other += !list[i] && expected;
        n_plain += !expected;
        assert_memory_equal(senones, expected ? expected : (const char *)m->plain[phone], 6);
    }
    assert_true(n_found > 0 && n_other > 0 && n_plain > 0);
    assert_memory_equal(sb_triphone_senones(m, SB_MODEL_SILENCE, 1, 2, SB_WORD_INSIDE),
                        m->plain[SB_MODEL_SILENCE], 6);
    free(list);
    sb_bytes_finish(&d.file);
    sb_acoustic_model_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_installed_model_is_read), cmocka_unit_test(a_truncated_file_is_named),
        cmocka_unit_test(a_missing_file_is_named),     cmocka_unit_test(garbled_files_are_safe),
        cmocka_unit_test(a_broken_tree_is_safe),       cmocka_unit_test(phones_without_senones_are_refused),
        cmocka_unit_test(every_allocation_may_fail),   cmocka_unit_test(a_missing_triphone_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
