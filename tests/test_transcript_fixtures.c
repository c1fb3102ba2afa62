/* Every folder of fixtures/transcripts is a case: FORMAT/CASE/{input.*,expected.txt},
 * invalid/CASE/{input.*,error}. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "support_transcript.h"

#define ROOT SB_SOURCE_DIR "/fixtures/transcripts"

typedef void (*case_check)(const char *folder, const sb_bytes *input);

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void read_file(sb_bytes *out, const char *folder, const char *name)
{
    sb_error err = {0};
    char *path = sb_text_print("%s/%s", folder, name);
    if (sb_file_read(out, path, 1 << 24, &err) != SB_OK)
        fail_msg("%s: %s", path, err.message);
    free(path);
}

static void read_input(sb_bytes *out, const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_visible, alphasort);
    bool found = false;
    for (int i = 0; i < n; i++) {
        if (strncmp(entries[i]->d_name, "input.", 6) == 0 && !found) {
            read_file(out, folder, entries[i]->d_name);
            found = true;
        }
        free(entries[i]);
    }
    free(entries);
    if (!found)
        fail_msg("%s has no input", folder);
}

static void check_equal(const char *folder, const sb_bytes *found, const char *expected_name)
{
    sb_bytes expected = {0};
    read_file(&expected, folder, expected_name);
    if (strcmp(found->data, expected.data) != 0)
        fail_msg("%s gives\n%s\nnot\n%s", folder, found->data, expected.data);
    sb_bytes_finish(&expected);
}

static void check_valid(const char *folder, const sb_bytes *input)
{
    sb_transcript *t;
    sb_notes notes = {0};
    sb_error err = {0};
    sb_bytes dump = {0};
    if (sb_transcript_read(&t, input->data, input->size, NULL, &notes, &err) != SB_OK)
        fail_msg("%s: %lld:%lld: %s", folder, (long long)err.line, (long long)err.column, err.message);
    transcript_dump(&dump, t, &notes);
    check_equal(folder, &dump, "expected.txt");
    sb_bytes_finish(&dump);
    sb_notes_finish(&notes);
    sb_transcript_free(&t);
}

static void check_invalid(const char *folder, const sb_bytes *input)
{
    sb_transcript *t;
    sb_error err = {0};
    sb_bytes text = {0};
    assert_int_equal(sb_transcript_read(&t, input->data, input->size, NULL, NULL, &err), SB_ERR_FORMAT);
    assert_null(t);
    sb_bytes_print(&text, "%lld:%lld: %s\n", (long long)err.line, (long long)err.column, err.message);
    check_equal(folder, &text, "error");
    sb_bytes_finish(&text);
}

/* Writing it back unchanged, or with every time set to its own value, must give the same document. */
static void check_restamp(const char *folder, const sb_bytes *input)
{
    sb_transcript *t;
    sb_bytes out = {0};
    assert_int_equal(sb_transcript_read(&t, input->data, input->size, NULL, NULL, NULL), SB_OK);
    sb_time *stamps = calloc(2 * t->n_turns + 1, sizeof *stamps), *stops = stamps + t->n_turns;
    for (size_t i = 0; i < t->n_turns; i++) {
        stamps[i] = t->turns[i].stamp;
        stops[i] = t->turns[i].stop;
    }
    assert_int_equal(sb_transcript_restamp(&out, t, stamps, stops, NULL), SB_OK);
    /* A document in a container is given back as the text that was in it. */
    const char *source = t->container ? t->source : input->data;
    if (out.size != (t->container ? t->source_size : input->size) || memcmp(out.data, source, out.size) != 0)
        fail_msg("%s is not given back", folder);
    sb_bytes_finish(&out);
    free(stamps);
    sb_transcript_free(&t);
}

static bool words_equal(const sb_turn *a, const sb_turn *b)
{
    for (size_t i = 0; i < a->n_words && i < b->n_words; i++) {
        if (strcmp(a->words[i].text, b->words[i].text) != 0)
            return false;
    }
    return a->n_words == b->n_words;
}

/* Formats with several tracks or several times a line are sorted by time, so turns are found by their
 * lines. */
static void check_turn_survives(const char *folder, size_t cut, const sb_transcript *whole, size_t near,
                                const sb_turn *turn)
{
    for (size_t i = 0; i < whole->n_turns; i++) {
        const sb_turn *other = &whole->turns[(near + i) % whole->n_turns];
        if (other->line == turn->line && other->stamp == turn->stamp && words_equal(turn, other))
            return;
    }
    fail_msg("%s cut at byte %zu has another turn at line %lld", folder, cut, (long long)turn->line);
}

static bool has_file(const char *folder, const char *name)
{
    char *path = sb_text_print("%s/%s", folder, name);
    bool exists = access(path, R_OK) == 0;
    free(path);
    return exists;
}

static int64_t last_line(const sb_transcript *t)
{
    int64_t last = 0;
    for (size_t i = 0; i < t->n_turns; i++)
        last = t->turns[i].line > last ? t->turns[i].line : last;
    return last;
}

/* If the document is cut at any byte, all turns except the last are those of the whole. Front matter alone
 * may be read as prose. The copy ends with the heap block, so that the sanitizer detects reads after it. A
 * file "cuts-differ" in the folder says why the end of a document changes the turns before it; then each cut
 * only has to be read or refused. */
static void check_cuts(const char *folder, const sb_bytes *input)
{
    sb_transcript *whole;
    assert_int_equal(sb_transcript_read(&whole, input->data, input->size, NULL, NULL, NULL), SB_OK);
    size_t most = 0;
    bool differs = has_file(folder, "cuts-differ");
    for (size_t cut = 0; cut < input->size; cut++) {
        sb_transcript *t;
        sb_error err = {0};
        char *copy = malloc(cut ? cut : 1);
        memcpy(copy, input->data, cut);
        sb_status status = sb_transcript_read(&t, copy, cut, NULL, NULL, &err);
        if (differs) {
            assert_true(status == SB_OK || status == SB_ERR_FORMAT);
        } else if (status == SB_OK && strcmp(t->format, whole->format) != 0) {
            if (most > 1)
                fail_msg("%s cut at byte %zu is read as %s", folder, cut, t->format);
        } else if (status == SB_OK) {
            int64_t last = last_line(t);
            for (size_t i = 0; i < t->n_turns; i++)
                if (t->turns[i].line != last && i + 1 < t->n_turns)
                    check_turn_survives(folder, cut, whole, i, &t->turns[i]);
            if (t->n_turns + 1 < most)
                fail_msg("%s cut at byte %zu has %zu turns after it had %zu", folder, cut, t->n_turns, most);
            most = t->n_turns > most ? t->n_turns : most;
        } else if (status != SB_ERR_FORMAT || most > 1) {
            fail_msg("%s cut at byte %zu: %s", folder, cut, err.message);
        }
        sb_transcript_free(&t);
        free(copy);
    }
    if (!differs && most + 1 < whole->n_turns)
        fail_msg("%s has only %zu turns when cut, %zu when whole", folder, most, whole->n_turns);
    sb_transcript_free(&whole);
}

static size_t check_folder(const char *format, case_check check)
{
    struct dirent **cases;
    char *root = sb_text_print("%s/%s", ROOT, format);
    int n = scandir(root, &cases, is_visible, alphasort);
    for (int i = 0; i < n; i++) {
        sb_bytes input = {0};
        char *folder = sb_text_print("%s/%s", root, cases[i]->d_name);
        read_input(&input, folder);
        check(folder, &input);
        sb_bytes_finish(&input);
        free(folder);
        free(cases[i]);
    }
    if (n >= 0)
        free(cases);
    free(root);
    return n > 0 ? (size_t)n : 0;
}

static void check_all_valid(case_check check)
{
    static const char *const containers[] = {"docx", "odt", "rtf", "html"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++) {
        if (check_folder(containers[i], check) == 0)
            fail_msg("%s has no fixture", containers[i]);
    }
    for (size_t i = 0; sb_transcript_format(i, NULL); i++) {
        size_t n_cases = check_folder(sb_transcript_format(i, NULL), check);
        if (n_cases == 0)
            fail_msg("%s has no fixture", sb_transcript_format(i, NULL));
        n += n_cases;
    }
    assert_true(n > 0);
}

static void test_valid(void **state)
{
    (void)state;
    check_all_valid(check_valid);
}

static void test_invalid(void **state)
{
    (void)state;
    assert_true(check_folder("invalid", check_invalid) > 0);
}

static void test_restamp(void **state)
{
    (void)state;
    check_all_valid(check_restamp);
}

static void test_cuts(void **state)
{
    (void)state;
    check_all_valid(check_cuts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_valid), cmocka_unit_test(test_invalid),
                                       cmocka_unit_test(test_restamp), cmocka_unit_test(test_cuts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
