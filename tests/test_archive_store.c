#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "soundbite/archive_sound.h"
#include "soundbite/file.h"
#include "support_alignment.h"
#include "support_archive.h"
#include "support_find.h"
#include "support_folder.h"
#include "support_memory.h"
#include "support_transcript.h"

static void comes_out_as_it_went_in(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_transcript *captions = transcript_of("1\n00:00:01,000 --> 00:00:02,500\nANN: First line\n\n"
                                            "2\n00:00:02,500 --> 00:00:04,000\ngoes [laughs] on here.\n\n"
                                            "3\n00:00:05,000 --> 00:00:06,000\n[applause]\n",
                                            "srt");
    sb_alignment *alignments[] = {alignment_sample(), alignment_long(40, 30), alignment_long(2, 700),
                                  find_episode(SB_METHOD_ACOUSTIC), NULL};
    assert_int_equal(sb_alignment_from_transcript(&alignments[4], captions, NULL), SB_OK);
    alignments[1]->turns[3].words[2].confidence = 0.123456F;
    alignments[1]->turns[3].confidence = 0.7654321F;
    alignments[2]->turns[1].words[650].start += 7;
    for (size_t i = 0; i < 5; i++) {
        char audio[] = "shows/0.mp3", *before, *after, *name;
        sb_alignment *read;
        sb_error err = {0};
        audio[6] = (char)('0' + i);
        memset(alignments[i]->audio.packets, '0' + (int)i, 64);
        before = archive_bytes_of(alignments[i]);
        sb_archive_episode episode = {.audio = audio, .transcript = "t.txt"};
        if (sb_archive_add(archive, &name, alignments[i], &episode, &err))
            fail_msg("%zu: %s", i, err.message);
        assert_int_equal(sb_archive_get(&read, archive, name, &err), SB_OK);
        after = archive_bytes_of(read);
        assert_string_equal(after, before);
        assert_int_equal(read->n_turns, alignments[i]->n_turns);
        sb_alignment_free(&read);
        sb_alignment_free(&alignments[i]);
        free(before);
        free(after);
        free(name);
    }
    assert_archive_sound(archive);
    sb_archive_close(&archive);
    sb_transcript_free(&captions);
}

static void names_are_unique(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "a/ep1.mp3", "ep1");
    archive_add(archive, alignment_sample(), "bb/ep1.mp3", "bb/ep1");
    archive_add(archive, alignment_sample(), "ccc/bb/ep1.mp3", "bb/ep1 (2)");
    archive_add(archive, alignment_long(2, 3), "a/ep1.mp3", "ep1"); /* replaced */
    archive_add(archive, alignment_sample(), "ep2.mp3", "ep2");
    assert_archive_names(archive, NULL, "bb/ep1, bb/ep1 (2), ep1, ep2");
    assert_archive_names(archive, "EP*", "ep1, ep2");
    assert_archive_names(archive, "x", "");
    assert_archive_sound(archive);
    sb_archive_close(&archive);
}

static void removes(void **state)
{
    (void)state;
    sb_error err = {0};
    sb_alignment *none;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_long(30, 20), "ep1.mp3", "ep1");
    archive_add(archive, alignment_sample(), "ep2.mp3", "ep2");
    assert_int_equal(sb_archive_remove(archive, "ep1", &err), SB_OK);
    assert_int_equal(sb_archive_remove(archive, "ep1", &err), SB_ERR_NOT_FOUND);
    assert_int_equal(sb_archive_get(&none, archive, "ep1", NULL), SB_ERR_NOT_FOUND);
    assert_null(none);
    assert_archive_names(archive, NULL, "ep2");
    assert_archive_sound(archive);
    sb_archive_close(&archive);
}

static void knows_what_is_current(void **state)
{
    (void)state;
    sb_archive_list *list;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    assert_int_equal(sb_archive_episodes(&list, archive, NULL, 0, NULL), SB_OK);
    sb_archive_episode episode = list->items[0];
    bool is_current;
    assert_int_equal(sb_archive_has(&is_current, archive, &episode, NULL), SB_OK);
    assert_true(is_current);
    episode.settings = "other";
    sb_archive_has(&is_current, archive, &episode, NULL);
    assert_false(is_current);
    episode = list->items[0];
    episode.transcript_sha256 = "0";
    sb_archive_has(&is_current, archive, &episode, NULL);
    assert_false(is_current);
    episode = list->items[0];
    episode.audio = "elsewhere/ep1.mp3";
    sb_archive_has(&is_current, archive, &episode, NULL);
    assert_true(is_current);
    sb_archive_list_free(&list);
    sb_archive_episodes(&list, archive, NULL, 0, NULL);
    assert_string_equal(list->items[0].audio, "elsewhere/ep1.mp3");
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
}

static void merges(void **state)
{
    (void)state;
    size_t n;
    sb_archive *other, *archive = archive_open(SB_ARCHIVE_WRITE);
    assert_int_equal(sb_archive_open(&other, "b.db", SB_ARCHIVE_WRITE, NULL), SB_OK);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    archive_add(archive, alignment_sample(), "ep2.mp3", "ep2");
    archive_add(other, alignment_sample(), "ep2.mp3", "ep2");
    archive_add(other, alignment_sample(), "elsewhere/ep1.mp3", "ep1");
    archive_add(other, alignment_long(3, 3), "ep3.mp3", "ep3");
    sb_archive_alias(other, "Ben", "Ben Smith", NULL);
    sb_archive_close(&other);
    assert_int_equal(sb_archive_merge(archive, "b.db", &n, NULL, NULL), SB_OK);
    assert_int_equal(n, 2);
    assert_archive_names(archive, NULL, "elsewhere/ep1, ep1, ep2, ep3");
    assert_int_equal(sb_archive_merge(archive, "missing.db", &n, NULL, NULL), SB_ERR_IO);
    assert_archive_sound(archive);
    sb_archive_close(&archive);
}

static void merges_what_was_heard(void **state)
{
    (void)state;
    size_t n;
    bool has;
    sb_recording recording = {.print.hop = SB_TIME_MS, .print.reach = SB_TIME_SECOND};
    sb_archive *other, *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_archive_list *list;
    assert_int_equal(sb_archive_open(&other, "b.db", SB_ARCHIVE_WRITE, NULL), SB_OK);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    archive_add(other, alignment_sample(), "ep1.mp3", "ep1");
    assert_int_equal(sb_archive_episodes(&list, other, NULL, 0, NULL), SB_OK);
    assert_int_equal(sb_archive_set_recording(other, "ep1", "of other audio", &recording, NULL),
                     SB_ERR_NOT_FOUND);
    assert_int_equal(sb_archive_set_recording(other, "ep1", list->items[0].packets, &recording, NULL), SB_OK);
    sb_archive_list_free(&list);
    sb_archive_close(&other);
    assert_int_equal(sb_archive_merge(archive, "b.db", &n, NULL, NULL), SB_OK);
    assert_int_equal(n, 0);
    assert_int_equal(sb_archive_has_recording(&has, archive, "ep1", NULL), SB_OK);
    assert_true(has);
    sb_archive_close(&archive);
}

/* Names of different episodes without hashes are not taken over. */
static void merges_without_hashes(void **state)
{
    (void)state;
    size_t n;
    sb_archive *archives[2];
    static const char *const paths[] = {"a.db", "b.db"}, *const audio[] = {"x/ep.mp3", "y/ep.mp3"};
    for (int i = 0; i < 2; i++) {
        sb_alignment *alignment = alignment_sample();
        sb_archive_episode episode = {.audio = audio[i]};
        alignment->audio.packets[0] = 0;
        assert_int_equal(sb_archive_open(&archives[i], paths[i], SB_ARCHIVE_WRITE, NULL), SB_OK);
        assert_int_equal(sb_archive_add(archives[i], NULL, alignment, &episode, NULL), SB_OK);
        sb_alignment_free(&alignment);
    }
    sb_archive_close(&archives[1]);
    assert_int_equal(sb_archive_merge(archives[0], "b.db", &n, NULL, NULL), SB_OK);
    assert_archive_names(archives[0], NULL, "ep, y/ep");
    sb_archive_close(&archives[0]);
}

/* What was heard must not become that of an episode which has the same name later. */
static void ids_are_not_used_again(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    assert_int_equal(sb_archive_remove(archive, "ep1", NULL), SB_OK);
    archive_add(archive, alignment_sample(), "ep2.mp3", "ep2");
    sb_archive_close(&archive);
    archive_change("CREATE TABLE t(id CHECK(id > 1)); INSERT INTO t SELECT id FROM episode; DROP TABLE t");
}

/* Several processes write the same new file. */
static void writers_take_turns(void **state)
{
    (void)state;
    pid_t pids[4];
    for (int p = 0; p < 4; p++) {
        pids[p] = fork();
        if (pids[p])
            continue;
        sb_archive *archive;
        bool ok = !sb_archive_open(&archive, "a.db", SB_ARCHIVE_WRITE, NULL);
        for (int i = 0; ok && i < 5; i++) {
            char audio[] = "00.mp3";
            audio[0] = (char)('a' + p);
            audio[1] = (char)('0' + i);
            sb_alignment *a = alignment_long(30, 20);
            memset(a->audio.packets, 'a' + p, 64);
            a->audio.packets[0] = (char)('0' + i);
            sb_archive_episode episode = {.audio = audio};
            ok = !sb_archive_add(archive, NULL, a, &episode, NULL);
            sb_alignment_free(&a);
        }
        _exit(ok ? 0 : 1);
    }
    for (int p = 0; p < 4; p++) {
        int how;
        assert_int_equal(waitpid(pids[p], &how, 0), pids[p]);
        assert_int_equal(how, 0);
    }
    sb_archive *archive = archive_open(SB_ARCHIVE_READ);
    assert_archive_names(archive, NULL,
                         "a0, a1, a2, a3, a4, b0, b1, b2, b3, b4, c0, c1, c2, c3, c4, d0, d1, d2, d3, d4");
    assert_archive_sound(archive);
    sb_archive_close(&archive);
}

/* SQLite's memory under the rule of support_memory.h. The size is before each block. */
static void *counted_malloc(int size)
{
    int64_t *block = memory_malloc((size_t)size + sizeof *block);
    if (!block)
        return NULL;
    *block = size;
    return block + 1;
}

static void counted_free(void *p)
{
    if (p)
        memory_free((int64_t *)p - 1);
}

static int counted_size(void *p)
{
    return p ? (int)((int64_t *)p)[-1] : 0;
}

static void *counted_realloc(void *p, int size)
{
    void *bigger = counted_malloc(size);
    if (bigger && p) {
        memcpy(bigger, p, (size_t)(counted_size(p) < size ? counted_size(p) : size));
        counted_free(p);
    }
    return bigger;
}

static int round_up(int size)
{
    return (size + 7) & ~7;
}

static int begin_memory(void *unused)
{
    (void)unused;
    return SQLITE_OK;
}

static void end_memory(void *unused)
{
    (void)unused;
}

static sb_status use_archive(sb_alignment *alignment, char **out)
{
    sb_archive *archive;
    sb_alignment *read = NULL;
    sb_error err = {0};
    sb_archive_episode episode = {.audio = "ep.mp3"};
    sb_bytes bytes = {0};
    if (!sb_archive_open(&archive, "m.db", SB_ARCHIVE_WRITE, &err) &&
        !sb_archive_add(archive, NULL, alignment, &episode, &err) &&
        !sb_archive_get(&read, archive, "ep", &err))
        sb_alignment_write(&bytes, read, &err);
    sb_alignment_free(&read);
    sb_archive_close(&archive);
    *out = bytes.data;
    return err.status;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    sb_alignment *alignment = find_episode(SB_METHOD_ACOUSTIC);
    char *usual;
    size_t step = 1;
    assert_int_equal(use_archive(alignment, &usual), SB_OK);
    for (size_t n = 0, refused = 1; refused; n += step) {
        char *text;
        memory_fail_once(n);
        sb_status status = use_archive(alignment, &text);
        refused = memory_fail_end();
        if (status && status != SB_ERR_MEMORY)
            fail_msg("allocation %zu: %s", n, sb_status_name(status));
        if (!status)
            assert_string_equal(text, usual);
        free(text);
        step = n < 500 ? 1 : 17;
    }
    sb_archive *archive;
    assert_int_equal(sb_archive_open(&archive, "m.db", SB_ARCHIVE_READ, NULL), SB_OK);
    assert_archive_sound(archive);
    sb_archive_close(&archive);
    sb_alignment_free(&alignment);
    free(usual);
}

int main(void)
{
    static const sqlite3_mem_methods methods = {counted_malloc, counted_free, counted_realloc, counted_size,
                                                round_up,       begin_memory, end_memory,      NULL};
    const struct CMUnitTest tests[] = {
        IN_FOLDER(comes_out_as_it_went_in),
        IN_FOLDER(names_are_unique),
        IN_FOLDER(removes),
        IN_FOLDER(knows_what_is_current),
        IN_FOLDER(merges),
        IN_FOLDER(merges_what_was_heard),
        IN_FOLDER(merges_without_hashes),
        IN_FOLDER(ids_are_not_used_again),
        IN_FOLDER(writers_take_turns),
        IN_FOLDER(survives_lack_of_memory),
    };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
