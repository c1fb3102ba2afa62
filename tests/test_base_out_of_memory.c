/* Public functions with every allocation failing: that one alone, and with all later ones. Success means the
 * same bytes as ever. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soundbite/drift.h"
#include "soundbite/export.h"
#include "soundbite/file.h"
#include "soundbite/names.h"
#include "soundbite/show.h"
#include "soundbite/verify.h"
#include "support_alignment.h"
#include "support_memory.h"
#include "support_quote.h"

/* Makes bytes of the input. */
typedef sb_status maker(sb_bytes *out, const void *input, sb_error *err);

static bool is_same(const sb_bytes *a, const sb_bytes *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

static sb_status run(sb_bytes *out, maker *make, const void *input, sb_error *err)
{
    sb_status status = make(out, input, err);
    return status == SB_OK && out->failed ? SB_ERR_MEMORY : status;
}

static void check_failing(const char *name, maker *make, const void *input, bool once, const sb_bytes *usual,
                          sb_status usual_status)
{
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        sb_bytes out = {0};
        sb_error err = {0};
        (once ? memory_fail_once : memory_fail_from)(n);
        sb_status status = run(&out, make, input, &err);
        refused = memory_fail_end();
        if (status != usual_status && !(refused && status == SB_ERR_MEMORY))
            fail_msg("%s: allocation %zu%s: %s, %s", name, n, once ? "" : " and later",
                     sb_status_name(status), err.message);
        if (status == SB_OK && !is_same(&out, usual))
            fail_msg("%s: allocation %zu%s: other bytes:\n%.*s\nnot\n%.*s", name, n, once ? "" : " and later",
                     (int)out.size, out.data ? out.data : "", (int)usual->size,
                     usual->data ? usual->data : "");
        sb_bytes_finish(&out);
    }
}

static void check(const char *name, maker *make, const void *input)
{
    sb_bytes usual = {0};
    sb_error err = {0};
    sb_status status = run(&usual, make, input, &err);
    check_failing(name, make, input, true, &usual, status);
    check_failing(name, make, input, false, &usual, status);
    sb_bytes_finish(&usual);
}

typedef struct file {
    sb_bytes text;
    const char *format;
} file;

static sb_status export_transcript(sb_bytes *out, const void *input, sb_error *err)
{
    const file *f = input;
    sb_transcript_params params = {.format = f->format};
    sb_transcript *t;
    sb_alignment *a = NULL;
    sb_status status = sb_transcript_read(&t, f->text.data, f->text.size, &params, NULL, err);
    if (status == SB_OK)
        status = sb_alignment_from_transcript(&a, t, err);
    if (status == SB_OK)
        status = sb_alignment_export(out, a, "json", NULL, NULL, err);
    sb_alignment_free(&a);
    sb_transcript_free(&t);
    return status;
}

static bool is_input(const char *name)
{
    return strncmp(name, "input.", 6) == 0;
}

static void check_file(const char *path, const char *format)
{
    enum { SMALL = 300 }; /* bytes */
    file f = {.format = format};
    assert_int_equal(sb_file_read(&f.text, path, 1 << 24, NULL), SB_OK);
    if (f.text.size <= SMALL)
        check(path, export_transcript, &f);
    sb_bytes_finish(&f.text);
}

/* Calls `each` with the path and the name of everything in a folder. */
static void walk(const char *folder, void (*each)(const char *path, const char *name, const void *user),
                 const void *user)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            each(path, entries[i]->d_name, user);
        free(entries[i]);
    }
    free(n >= 0 ? entries : NULL);
}

static void visit_file(const char *path, const char *name, const void *format)
{
    if (is_input(name))
        check_file(path, format);
}

static void visit_case(const char *path, const char *name, const void *format)
{
    (void)name;
    walk(path, visit_file, format);
}

static bool has_reader(const char *name)
{
    for (size_t i = 0; sb_transcript_format(i, NULL); i++)
        if (strcmp(sb_transcript_format(i, NULL), name) == 0)
            return true;
    return false;
}

static void visit_format(const char *path, const char *name, const void *user)
{
    (void)user;
    if (has_reader(name))
        walk(path, visit_case, name);
}

static void every_reader(void **state)
{
    (void)state;
    walk(SB_SOURCE_DIR "/fixtures/transcripts", visit_format, NULL);
}

typedef struct export_input {
    const sb_alignment *alignment;
    const char *format;
} export_input;

static sb_status export_alignment(sb_bytes *out, const void *input, sb_error *err)
{
    const export_input *e = input;
    return sb_alignment_export(out, e->alignment, e->format, NULL, NULL, err);
}

static void every_writer(void **state)
{
    sb_alignment *a = alignment_sample();
    (void)state;
    for (size_t i = 0; sb_export_format(i, NULL, NULL); i++) {
        export_input input = {a, sb_export_format(i, NULL, NULL)};
        if (!sb_export_needs_audio(input.format))
            check(input.format, export_alignment, &input);
    }
    sb_alignment_free(&a);
}

static sb_status verify(sb_bytes *out, const void *input, sb_error *err)
{
    static const sb_claim claims[] = {
        {.quote = "The hardest part is the water", .speaker = "Bob"},
        {.quote = "Water [x] ... finds ev[e]ry big crack", .speaker = "Dr Ann Lee"},
        {.quote = "it does not never sleep", .speaker = "B* Stone"},
        {.quote = "a quick brown fox jumps"},
    };
    enum { N = sizeof claims / sizeof *claims };
    sb_verification results[N];
    sb_status status = sb_claims_verify(results, input, claims, N, NULL, err);
    for (size_t i = 0; i < N; i++) {
        if (status == SB_OK)
            sb_verification_write_json(out, &results[i], &claims[i]);
        sb_verification_finish(&results[i]);
    }
    return status;
}

static void quotes(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    (void)state;
    quote_add_turn(a, "Ann Lee", 1000, 4000, "What is the hardest part of the work?");
    quote_add_turn(a, "Bob Stone", 5000, 15000,
                   "The hardest part is the water. Water never sleeps, and it finds every crack.");
    quote_add_turn(a, "Ann Lee", 21000, 24000, "It works because we work.");
    check("verify", verify, a);
    sb_alignment_free(&a);
}

static sb_status report_drift(sb_bytes *out, const void *input, sb_error *err)
{
    sb_drift *d;
    sb_status status = sb_drift_measure(&d, input, NULL, err);
    if (status == SB_OK) {
        sb_drift_write_json(out, d, input);
        sb_drift_write_text(out, d, input, 80);
        sb_drift_write_html(out, d, input);
    }
    sb_drift_free(&d);
    return status;
}

static void drift(void **state)
{
    sb_alignment *a = alignment_sample();
    (void)state;
    check("drift", report_drift, a);
    sb_alignment_free(&a);
}

static sb_status hint_names(sb_bytes *out, const void *input, sb_error *err)
{
    sb_speakers speakers = {0};
    sb_name_hints hints = {0};
    sb_status status = sb_speakers_of_alignment(&speakers, input, err);
    if (status == SB_OK)
        status = sb_name_hints_find(&hints, &speakers, err);
    for (size_t i = 0; i < speakers.n_items; i++)
        sb_bytes_print(out, "%s\n", speakers.items[i].name ? speakers.items[i].name : "");
    sb_bytes_print(out, "%zu", hints.n_items);
    sb_name_hints_finish(&hints);
    sb_speakers_finish(&speakers);
    return status;
}

static void names(void **state)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);
    (void)state;
    quote_add_turn(a, "ANN LEE, HOST", 1000, 4000, "What is it?");
    quote_add_turn(a, "Ann", 5000, 6000, "Water.");
    quote_add_turn(a, "Bob Stone", 7000, 8000, "Yes.");
    quote_add_turn(a, "Bob Stoen", 9000, 10000, "Indeed.");
    check("names", hint_names, a);
    sb_alignment_free(&a);
}

static sb_status pair_files(sb_bytes *out, const void *input, sb_error *err)
{
    const char *const *paths = input;
    sb_show_file files[16] = {0};
    sb_show *show;
    size_t n = 0;
    for (; paths[n]; n++)
        files[n] = (sb_show_file){.path = paths[n],
                                  .kind = strstr(paths[n], ".mp3") ? SB_SHOW_AUDIO : SB_SHOW_TRANSCRIPT};
    sb_status status = sb_show_pair(&show, files, n, NULL, err);
    for (size_t i = 0; show && i < show->n_episodes; i++) {
        const sb_episode *e = &show->episodes[i];
        sb_bytes_print(out, "%s|%s|%s|%s|%zu\n", e->audio ? e->audio : "", e->transcript ? e->transcript : "",
                       e->evidence ? e->evidence : "", e->reason ? e->reason : "", e->n_others);
    }
    sb_show_free(&show);
    return status;
}

static sb_status list_entries(sb_bytes *out, const void *input, sb_error *err)
{
    sb_show_entries *entries;
    sb_status status = sb_show_entries_read(&entries, input, strlen(input), NULL, err);
    for (size_t i = 0; entries && i < entries->n_items; i++)
        sb_bytes_print(out, "%s|%s|%s|%zu\n", entries->items[i].audio,
                       entries->items[i].title ? entries->items[i].title : "",
                       entries->items[i].date ? entries->items[i].date : "", entries->items[i].n_transcripts);
    sb_show_entries_free(&entries);
    return status;
}

static void shows(void **state)
{
    static const char *const paths[] = {"ep12.mp3",
                                        "12 - Cats.srt",
                                        "12 - Cats.de.txt",
                                        "S1/13 dogs.mp3",
                                        "S2/13 cows.mp3",
                                        "ep13.txt",
                                        "2024-05-01 maps.mp3",
                                        "20240501.txt",
                                        "Deep Ocean.mp3",
                                        "ocean deep x.txt",
                                        "a/audio.mp3",
                                        "a/transcript.txt",
                                        NULL};
    (void)state;
    check("pairs", pair_files, paths);
    check("playlist", list_entries, "#EXTM3U\n#EXTINF:1,Cats\na.mp3\nb.mp3\n");
    check("feed", list_entries,
          "<rss><channel><title>S</title><item><title>A &amp; b</title><pubDate>1 May 2024</pubDate>"
          "<enclosure url=\"a.mp3\"/><p:transcript xmlns:p=\"p\" url=\"a.srt\"/></item></channel></rss>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_reader), cmocka_unit_test(every_writer),
                                       cmocka_unit_test(quotes),       cmocka_unit_test(drift),
                                       cmocka_unit_test(names),        cmocka_unit_test(shows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
