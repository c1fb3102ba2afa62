#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "soundbite/archive_sound.h"
#include "soundbite/file.h"
#include "support_alignment.h"
#include "support_archive.h"
#include "support_find.h"
#include "support_folder.h"

#define VERSION_OFFSET 63 /* the last byte of the schema's version in the header of an SQLite file */

static void damaged_episodes_can_be_removed(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    archive_add(archive, alignment_sample(), "ep2.mp3", "ep2");
    archive_add(archive, alignment_long(3, 3), "ep3.mp3", "ep3");
    sb_archive_close(&archive);
    archive_change("UPDATE episode SET head = x'00' WHERE name != 'ep3'");
    archive = archive_open(SB_ARCHIVE_WRITE);
    assert_int_equal(sb_archive_remove(archive, "ep1", NULL), SB_OK);
    assert_int_equal(sb_archive_remove(archive, "ep2", NULL), SB_OK);
    assert_archive_names(archive, NULL, "ep3");
    assert_archive_sound(archive);
    sb_archive_close(&archive);
}

/* The tables of a hostile file may have no constraints. */
static void missing_values_are_damage(void **state)
{
    (void)state;
    sb_archive_list *list;
    sb_archive_matches *matches;
    sb_archive_query query = {.text = "line"};
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    sb_archive_close(&archive);
    archive_change(
        "CREATE TABLE loose AS SELECT * FROM episode; DROP TABLE episode; ALTER TABLE loose RENAME TO "
        "episode; UPDATE episode SET name = NULL, audio = NULL");
    archive = archive_open(SB_ARCHIVE_READ);
    assert_int_equal(sb_archive_episodes(&list, archive, NULL, 0, NULL), SB_ERR_FORMAT);
    sb_archive_find(&matches, archive, &query, NULL);
    sb_archive_matches_free(&matches);
    sb_archive_close(&archive);
    archive_change("UPDATE episode SET name = 'ep1', audio = 'ep1.mp3', id = 1 << 40");
    archive = archive_open(SB_ARCHIVE_READ);
    sb_alignment *alignment;
    assert_int_equal(sb_archive_get(&alignment, archive, "ep1", NULL), SB_ERR_FORMAT);
    sb_archive_close(&archive);
}

/* Other databases are not changed, not even into another journal mode. */
static void leaves_other_databases_alone(void **state)
{
    (void)state;
    sb_bytes before = {0}, after = {0};
    sb_archive *archive;
    archive_change("PRAGMA journal_mode = WAL; CREATE TABLE t(x)");
    assert_int_equal(sb_file_read(&before, "a.db", 1 << 20, NULL), SB_OK);
    assert_int_equal(sb_archive_open(&archive, "a.db", SB_ARCHIVE_WRITE, NULL), SB_ERR_FORMAT);
    assert_int_equal(sb_file_read(&after, "a.db", 1 << 20, NULL), SB_OK);
    assert_int_equal(after.size, before.size);
    assert_memory_equal(after.data, before.data, before.size);
    sb_bytes_finish(&before);
    sb_bytes_finish(&after);
}

static void set_fingerprint(const char *values, int expected)
{
    char sql[200];
    bool has;
    size_t n;
    sb_archive *archive;
    snprintf(sql, sizeof sql, "UPDATE recording SET %s", values);
    archive_change(sql);
    remove("b.db");
    assert_int_equal(sb_archive_open(&archive, "b.db", SB_ARCHIVE_WRITE, NULL), SB_OK);
    assert_int_equal(sb_archive_merge(archive, "a.db", &n, NULL, NULL), SB_OK);
    assert_int_equal(sb_archive_has_recording(&has, archive, "ep1", NULL), SB_OK);
    assert_int_equal(has, expected);
    sb_archive_close(&archive);
}

static void impossible_fingerprints_are_left_out(void **state)
{
    (void)state;
    sb_recording recording = {.print.hop = SB_TIME_MS, .print.reach = SB_TIME_SECOND};
    sb_archive_list *list;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    assert_int_equal(sb_archive_episodes(&list, archive, NULL, 0, NULL), SB_OK);
    assert_int_equal(sb_archive_set_recording(archive, "ep1", list->items[0].packets, &recording, NULL),
                     SB_OK);
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
    set_fingerprint("hop = hop", 1);
    set_fingerprint("hop = -1", 0);
    set_fingerprint("hop = 1 << 60", 0);
    set_fingerprint("hop = 705600, reach = 1 << 60", 0);
}

static void impossible_places_are_damage(void **state)
{
    (void)state;
    sb_archive_repeats repeats;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    sb_archive_close(&archive);
    archive_change("INSERT INTO repeat(number, episode, start, until) SELECT 1, id, 0, 1 << 62 FROM episode");
    archive = archive_open(SB_ARCHIVE_READ);
    assert_int_equal(sb_archive_repeats_read(&repeats, archive, NULL), SB_ERR_FORMAT);
    sb_archive_close(&archive);
}

static void assert_no_place(const char *place)
{
    char sql[200];
    sb_span *spans;
    size_t n;
    sb_archive_list *list;
    snprintf(sql, sizeof sql, "UPDATE repeat SET %s", place);
    archive_change(sql);
    sb_archive *archive = archive_open(SB_ARCHIVE_READ);
    assert_int_equal(sb_archive_episodes(&list, archive, NULL, 0, NULL), SB_OK);
    assert_int_equal(sb_archive_repeats_in(&spans, &n, archive, list->items[0].packets, NULL), SB_ERR_FORMAT);
    assert_null(spans);
    assert_int_equal(n, 0);
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
}

static void impossible_places_of_an_episode_are_damage(void **state)
{
    (void)state;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    sb_archive_close(&archive);
    archive_change("INSERT INTO repeat(number, episode, start, until) SELECT 1, id, 0, 0 FROM episode");
    assert_no_place("until = 1 << 62");
    assert_no_place("start = -9223372036854775808, until = 9223372036854775807");
    assert_no_place("start = -1, until = 1");
    assert_no_place("start = 2, until = 1");
}

/* Returns true if a user without rights is told that the index was not checked, and why. */
static bool is_told_of_unchecked_index(void)
{
    sb_notes notes = {0};
    sb_archive *archive;
    if ((geteuid() == 0 && setuid(65534)) || sb_archive_open(&archive, "a.db", SB_ARCHIVE_READ, NULL) ||
        sb_archive_check(archive, &notes, NULL, NULL))
        return false;
    bool is_told = notes.n_items == 1 &&
                   strstr(notes.items[0].text, "the index was not checked: cannot be written") != NULL;
    sb_notes_finish(&notes);
    sb_archive_close(&archive);
    return is_told;
}

static void unchecked_index_is_told(void **state)
{
    (void)state;
    int how = 0;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, alignment_sample(), "ep1.mp3", "ep1");
    sb_archive_close(&archive);
    assert_int_equal(chmod("a.db", 0444), 0);
    assert_int_equal(chmod(".", 0755), 0);
    pid_t pid = fork();
    if (pid == 0)
        _exit(is_told_of_unchecked_index() ? 0 : 1);
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

static void write_file(const char *path, const sb_bytes *bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fwrite(bytes->data, 1, bytes->size, file);
    fclose(file);
}

static void refuses_what_it_cannot_read(void **state)
{
    (void)state;
    sb_bytes bytes = {0};
    sb_error err = {0};
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    sb_archive_close(&archive);
    assert_int_equal(sb_file_read(&bytes, "a.db", 1 << 20, NULL), SB_OK);
    assert_true(sb_archive_sniff(bytes.data, bytes.size));
    bytes.data[VERSION_OFFSET]++;
    write_file("newer.db", &bytes);
    assert_int_equal(sb_archive_open(&archive, "newer.db", SB_ARCHIVE_READ, &err), SB_ERR_UNSUPPORTED);
    assert_null(archive);
    assert_non_null(strstr(err.message, "newer version of soundbite"));
    memset(bytes.data, 'x', 100);
    assert_false(sb_archive_sniff(bytes.data, bytes.size));
    write_file("other.db", &bytes);
    assert_int_equal(sb_archive_open(&archive, "other.db", SB_ARCHIVE_WRITE, NULL), SB_ERR_FORMAT);
    assert_int_equal(sb_archive_open(&archive, "none/a.db", SB_ARCHIVE_WRITE, NULL), SB_ERR_IO);
    sb_bytes_finish(&bytes);
}

/* Everything that reads a file, which may end in any error but must end. */
static void read_all(const char *path)
{
    sb_archive *archive;
    sb_archive_list *list;
    sb_notes notes = {0};
    if (sb_archive_open(&archive, path, SB_ARCHIVE_WRITE, NULL))
        return;
    sb_archive_check(archive, &notes, NULL, NULL);
    sb_notes_finish(&notes);
    if (!sb_archive_episodes(&list, archive, NULL, 0, NULL)) {
        for (size_t i = 0; i < list->n_items; i++) {
            sb_alignment *alignment;
            sb_archive_get(&alignment, archive, list->items[i].name, NULL);
            sb_alignment_free(&alignment);
            sb_archive_remove(archive, list->items[i].name, NULL);
        }
        sb_archive_list_free(&list);
    }
    sb_archive_close(&archive);
}

static void damage_is_an_error(void **state)
{
    (void)state;
    sb_bytes bytes = {0};
    uint32_t random = 1;
    sb_archive *archive = archive_open(SB_ARCHIVE_WRITE);
    archive_add(archive, find_episode(SB_METHOD_ACOUSTIC), "ep1.mp3", "ep1");
    archive_add(archive, alignment_long(3, 30), "ep2.mp3", "ep2");
    sb_archive_close(&archive);
    assert_int_equal(sb_file_read(&bytes, "a.db", 1 << 24, NULL), SB_OK);
    for (int i = 0; i < 300; i++) {
        char kept[3];
        size_t at[3];
        for (int k = 0; k < 3; k++) {
            random = random * 1664525 + 1013904223;
            at[k] = (random >> 4) % bytes.size;
            kept[k] = bytes.data[at[k]];
            bytes.data[at[k]] = (char)(random >> 24);
        }
        write_file("damaged.db", &bytes);
        read_all("damaged.db");
        for (int k = 3; k-- > 0;)
            bytes.data[at[k]] = kept[k];
    }
    for (size_t size = bytes.size; size > 1000; size = size * 3 / 4) {
        sb_bytes part = {.data = bytes.data, .size = size};
        write_file("damaged.db", &part);
        read_all("damaged.db");
    }
    sb_bytes_finish(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(damaged_episodes_can_be_removed),
        IN_FOLDER(missing_values_are_damage),
        IN_FOLDER(leaves_other_databases_alone),
        IN_FOLDER(impossible_fingerprints_are_left_out),
        IN_FOLDER(impossible_places_are_damage),
        IN_FOLDER(impossible_places_of_an_episode_are_damage),
        IN_FOLDER(unchecked_index_is_told),
        IN_FOLDER(refuses_what_it_cannot_read),
        IN_FOLDER(damage_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
