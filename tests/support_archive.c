#include "support_archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

sb_archive *archive_open(sb_archive_use use)
{
    sb_archive *archive;
    sb_error err = {0};
    if (sb_archive_open(&archive, "a.db", use, &err))
        fail_msg("%s", err.message);
    return archive;
}

char *archive_bytes_of(const sb_alignment *alignment)
{
    sb_bytes bytes = {0};
    sb_error err = {0};
    assert_int_equal(sb_alignment_write(&bytes, alignment, &err), SB_OK);
    return bytes.data;
}

char *archive_add_as(sb_archive *archive, sb_alignment *alignment, const char *audio)
{
    char *name;
    sb_error err = {0};
    sb_archive_episode episode = {.audio = audio, .transcript = "t.txt", .settings = "s"};
    memset(alignment->audio.packets, 'a' + (int)(strlen(audio) % 6), 64);
    alignment->audio.packets[0] = (char)('0' + audio[strlen(audio) - 5] % 10);
    if (sb_archive_add(archive, &name, alignment, &episode, &err))
        fail_msg("%s", err.message);
    sb_alignment_free(&alignment);
    return name;
}

void archive_add(sb_archive *archive, sb_alignment *alignment, const char *audio, const char *expected)
{
    char *name = archive_add_as(archive, alignment, audio);
    assert_string_equal(name, expected);
    free(name);
}

void assert_archive_names(sb_archive *archive, const char *pattern, const char *expected)
{
    char names[1000] = "";
    sb_archive_list *list;
    assert_int_equal(sb_archive_episodes(&list, archive, &pattern, pattern != NULL, NULL), SB_OK);
    for (size_t i = 0; i < list->n_items; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ", " : "",
                 list->items[i].name);
    assert_string_equal(names, expected);
    sb_archive_list_free(&list);
}

void assert_archive_sound(sb_archive *archive)
{
    sb_notes notes = {0};
    sb_error err = {0};
    assert_int_equal(sb_archive_check(archive, &notes, NULL, &err), SB_OK);
    if (notes.n_items)
        fail_msg("%s", notes.items[0].text);
}

/* Changes an archive behind the library's back. */
void archive_change(const char *sql)
{
    sqlite3 *connection;
    assert_int_equal(sqlite3_open("a.db", &connection), SQLITE_OK);
    assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(connection);
}

void archive_add_dated(sb_archive *archive, const sb_alignment *alignment, const char *audio,
                       const char *date)
{
    sb_error err = {0};
    sb_archive_episode episode = {.audio = audio, .transcript = "t.txt", .date = date};
    if (sb_archive_add(archive, NULL, alignment, &episode, &err))
        fail_msg("%s", err.message);
}
