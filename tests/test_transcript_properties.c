/* What holds for every transcript, over all fixtures and the collection: any bytes are read or refused with a
 * reason, a cut file keeps the turns before the cut, the encoding and the line ends make no difference, and
 * no word gets lost on the way through another format. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/export.h"
#include "soundbite/file.h"
#include "transcript/transcript.h"
#include "transcript_checks.h"

#define SMALL_BYTES                                                                                          \
    40 /* files up to this size are cut at every byte; test_transcript_fixtures does so with all fixtures */
#define N_CUTS  8
#define N_FLIPS 8

typedef struct example {
    char *path;
    sb_bytes bytes;
    sb_transcript *whole;
} example;

static size_t n_complaints;

/* Prints a failure and goes on with the next example. */
static void complain(const char *format, ...) SB_PRINTF(1, 2);
static void complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprint_error(format, args);
    va_end(args);
    print_error("\n");
    n_complaints++;
}

static int begin(void **state)
{
    (void)state;
    n_complaints = 0;
    return 0;
}

static void end(void)
{
    if (n_complaints)
        fail_msg("%zu complaints", n_complaints);
}

static example *examples;
static size_t n_examples, capacity;

static bool is_transcript(const char *path)
{
    const char *name = strrchr(path, '/') + 1, *end = strrchr(name, '.');
    bool is_fixture = strstr(path, "/fixtures/transcripts/") && strncmp(name, "input", 5) == 0;
    return is_fixture || (strstr(path, "/fixtures/collection/") && (!end || strcmp(end, ".truth") != 0));
}

static int add_example(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)place;
    example e = {0};
    if (type != FTW_F || !is_transcript(path))
        return 0;
    if (sb_file_read(&e.bytes, path, 1 << 24, NULL) != SB_OK)
        return 1;
    const char *problem = transcript_check(&e.whole, e.bytes.data, e.bytes.size, NULL);
    if (problem)
        complain("%s: %s", path, problem);
    e.path = strdup(path);
    if (n_examples == capacity) {
        capacity = capacity ? 2 * capacity : 256;
        examples = realloc(examples, capacity * sizeof *examples);
    }
    examples[n_examples++] = e;
    return 0;
}

static int find_examples(void **state)
{
    (void)state;
    return nftw(SB_SOURCE_DIR "/fixtures/transcripts", add_example, 16, FTW_PHYS) ||
           nftw(SB_SOURCE_DIR "/fixtures/collection", add_example, 16, FTW_PHYS) || n_examples < 100 ||
           n_complaints;
}

static int free_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_examples; i++) {
        free(examples[i].path);
        sb_bytes_finish(&examples[i].bytes);
        sb_transcript_free(&examples[i].whole);
    }
    free(examples);
    return 0;
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static bool is_archive(const example *e)
{
    return e->bytes.size > 2 && memcmp(e->bytes.data, "PK", 2) == 0;
}

/* Signs alone, such as ">>", are no words. */
static bool is_spoken(const char *word)
{
    for (size_t at = 0, size = strlen(word); at < size;) {
        int32_t c = sb_utf8_next(word, size, &at);
        if (sb_is_letter(c) || sb_is_digit(c))
            return true;
    }
    return false;
}

/* All words of a transcript, joined without blanks, since a cut may split them in another way. */
static char *text_of(const sb_transcript *t, size_t n_turns)
{
    sb_bytes out = {0};
    sb_bytes_append(&out, "", 0);
    for (size_t i = 0; i < n_turns; i++) {
        for (size_t j = 0; j < t->turns[i].n_words; j++)
            sb_bytes_text(&out, is_spoken(t->turns[i].words[j].text) ? t->turns[i].words[j].text : "");
    }
    return out.data;
}

/* Reads a copy that ends with its heap block, so that the sanitizer detects reads after it. */
static sb_transcript *read_copy(const example *e, const char *what, size_t at, const char *data, size_t size,
                                const char *format)
{
    sb_transcript *t;
    char *copy = malloc(size ? size : 1);
    memcpy(copy, data, size);
    const char *problem = transcript_check(&t, copy, size, format);
    if (problem)
        complain("%s, %s %zu: %s", e->path, what, at, problem);
    free(copy);
    return t;
}

static void check_cut(const example *e, size_t cut, bool forced)
{
    const char *format = forced && e->whole ? e->whole->format : NULL;
    sb_transcript *t = read_copy(e, "cut at", cut, e->bytes.data, cut, format);
    sb_transcript_free(&t);
}

/* A longer file is cut at N_CUTS places: every second cut is read in the format of the whole file, and the
 * others are detected. */
static void any_cut_is_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_examples; i++) {
        uint32_t random = (uint32_t)i;
        size_t size = examples[i].bytes.size;
        for (size_t j = 0; j < size && size <= SMALL_BYTES; j++) {
            check_cut(&examples[i], j, false);
            check_cut(&examples[i], j, true);
        }
        for (size_t j = 0; j < N_CUTS && size > SMALL_BYTES; j++)
            check_cut(&examples[i], next_random(&random) % size, j % 2);
    }
    end();
}

static void any_damage_is_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_examples; i++) {
        const example *e = &examples[i];
        uint32_t random = (uint32_t)i;
        for (size_t n = 0; n < N_FLIPS && e->bytes.size; n++) {
            char *copy = malloc(e->bytes.size);
            memcpy(copy, e->bytes.data, e->bytes.size);
            for (size_t k = 0; k <= n % 8; k++) {
                size_t at = next_random(&random) % e->bytes.size;
                copy[at] ^= (char)(1 << next_random(&random) % 8);
            }
            sb_transcript *t =
                read_copy(e, "damaged", n, copy, e->bytes.size, n % 2 && e->whole ? e->whole->format : NULL);
            sb_transcript_free(&t);
            free(copy);
        }
    }
    end();
}

/* The cut is in the last hundredth: the last turn may be lost, or a fifth of the text if the turns are
 * longer. */
static void a_file_cut_late_keeps_its_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_examples; i++) {
        const example *e = &examples[i];
        if (!e->whole || is_archive(e) || e->whole->n_turns < 3)
            continue;
        size_t cut = e->bytes.size - e->bytes.size / 100 - 1;
        sb_transcript *t = read_copy(e, "cut at", cut, e->bytes.data, cut, NULL);
        if (!t) {
            complain("%s is refused if its last hundredth is missing", e->path);
            continue;
        }
        char *whole = text_of(e->whole, e->whole->n_turns), *text = text_of(t, t->n_turns);
        char *most = text_of(e->whole, e->whole->n_turns - 1);
        if (strlen(text) < strlen(most) && strlen(text) * 10 < strlen(whole) * 8)
            complain("%s keeps %zu of %zu bytes of text if its last hundredth is missing", e->path,
                     strlen(text), strlen(whole));
        free(most);
        free(whole);
        free(text);
        sb_transcript_free(&t);
    }
    end();
}

static bool same_turn(const sb_turn *a, const sb_turn *b)
{
    bool same = a->stamp == b->stamp && a->stop == b->stop && a->n_words == b->n_words &&
                a->n_events == b->n_events && a->goes_on == b->goes_on &&
                sb_same_text(a->speaker, b->speaker);
    for (size_t j = 0; same && j < a->n_words; j++)
        same = strcmp(a->words[j].text, b->words[j].text) == 0 && a->words[j].start == b->words[j].start;
    return same;
}

static void check_same(const example *e, const char *what, const sb_transcript *t)
{
    const sb_transcript *whole = e->whole;
    size_t n = 0;
    while (t && n < t->n_turns && n < whole->n_turns && same_turn(&t->turns[n], &whole->turns[n]))
        n++;
    if (!t)
        complain("%s is refused with %s", e->path, what);
    else if (strcmp(t->format, whole->format) != 0)
        complain("%s with %s is read as %s, not %s", e->path, what, t->format, whole->format);
    else if (t->n_turns != whole->n_turns || n < t->n_turns)
        complain("%s with %s has %zu turns, not %zu; turn %zu differs", e->path, what, t->n_turns,
                 whole->n_turns, n);
}

static void check_variant(const example *e, const char *what, const sb_bytes *text)
{
    sb_transcript *t = read_copy(e, what, 0, text->data, text->size, NULL);
    check_same(e, what, t);
    sb_transcript_free(&t);
}

static void put_lines(sb_bytes *out, const sb_transcript *t, const char *end)
{
    for (size_t i = 0; i < t->source_size; i++) {
        bool is_pair = t->source[i] == '\r' && i + 1 < t->source_size && t->source[i + 1] == '\n';
        if (t->source[i] == '\n' || t->source[i] == '\r')
            sb_bytes_text(out, end);
        else
            sb_bytes_append(out, &t->source[i], 1);
        i += is_pair;
    }
}

static void put_utf16(sb_bytes *out, const sb_transcript *t, bool is_big)
{
    sb_bytes_append(out, is_big ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (size_t at = 0; at < t->source_size;) {
        int32_t c = sb_utf8_next(t->source, t->source_size, &at);
        int32_t units[] = {c < 0x10000 ? c : 0xD800 + ((c - 0x10000) >> 10),
                           0xDC00 + ((c - 0x10000) & 0x3FF)};
        for (int i = 0; i < (c < 0x10000 ? 1 : 2); i++) {
            char bytes[] = {(char)(units[i] >> 8), (char)units[i], (char)(units[i] >> 8)};
            sb_bytes_append(out, is_big ? bytes : bytes + 1, 2);
        }
    }
}

static void put_marked(sb_bytes *out, const sb_transcript *t)
{
    sb_bytes_text(out, "\xEF\xBB\xBF");
    sb_bytes_append(out, t->source, t->source_size);
}

static void put_blanks(sb_bytes *out, const sb_transcript *t)
{
    sb_bytes_append(out, t->source, t->source_size);
    sb_bytes_text(out, "\n\n  \n");
}

typedef enum variant { LF, CRLF, CR, BOM, UTF16_LE, UTF16_BE, BLANKS, N_VARIANTS } variant;
static const char *const variant_names[N_VARIANTS] = {
    "LF", "CRLF", "CR", "a BOM", "UTF-16 LE", "UTF-16 BE", "blank lines at the end"};

static void put_variant(sb_bytes *out, const sb_transcript *t, variant v)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    if (v <= CR)
        put_lines(out, t, ends[v]);
    else if (v == BOM)
        put_marked(out, t);
    else if (v == BLANKS)
        put_blanks(out, t);
    else
        put_utf16(out, t, v == UTF16_BE);
}

static void encoding_and_line_ends_make_no_difference(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_examples; i++) {
        const example *e = &examples[i];
        for (variant v = 0; v < N_VARIANTS && e->whole && !is_archive(e); v++) {
            sb_bytes text = {0};
            put_variant(&text, e->whole, v);
            check_variant(e, variant_names[v], &text);
            sb_bytes_finish(&text);
        }
    }
    end();
}

/* Sets `*complete` to whether there were no notes, such as on words without a time. */
static bool export_to(sb_bytes *out, bool *complete, const sb_transcript *t, const char *format)
{
    sb_alignment *a = NULL;
    sb_notes notes = {0};
    assert_int_equal(sb_alignment_from_transcript(&a, t, NULL), SB_OK);
    bool ok = sb_alignment_export(out, a, format, NULL, &notes, NULL) == SB_OK;
    *complete = notes.n_items == 0;
    sb_notes_finish(&notes);
    sb_alignment_free(&a);
    return ok;
}

/* A transcript without times cannot become captions, and one without words has nothing to write. */
static bool can_be_captions(const sb_transcript *t)
{
    size_t n_words = 0;
    for (size_t i = 0; i < t->n_turns; i++)
        n_words += t->turns[i].n_words;
    return n_words > 0 && t->resolution != SB_TIME_NONE;
}

/* Captions are put in the order of time, so if times go back, only the amount of text is the same. */
static bool goes_back(const sb_transcript *t)
{
    sb_time latest = 0;
    for (size_t i = 0; i < t->n_turns; i++) {
        if (t->turns[i].stamp != SB_TIME_NONE && t->turns[i].stamp < latest)
            return true;
        latest = t->turns[i].stamp != SB_TIME_NONE ? t->turns[i].stamp : latest;
    }
    return false;
}

/* Some services mark events that nothing in their text shows. */
static bool has_hidden_events(const sb_transcript *t)
{
    for (size_t i = 0; i < t->n_turns; i++) {
        for (size_t j = 0; j < t->turns[i].n_events; j++) {
            const char *text = t->turns[i].events[j].text;
            if (sb_event_length(text, strlen(text)) < strlen(text))
                return true;
        }
    }
    return false;
}

static void check_same_words(const example *e, const char *format, const sb_transcript *t, bool complete)
{
    char *before = text_of(e->whole, e->whole->n_turns), *after = text_of(t, t->n_turns);
    bool same = goes_back(e->whole) ? strlen(before) == strlen(after) : strcmp(before, after) == 0;
    if (!same && !has_hidden_events(e->whole) && (complete || strlen(after) > strlen(before)))
        complain("%s, written as %s, has other words:\n%s\n%s", e->path, format, before, after);
    free(before);
    free(after);
}

static void check_round_trip(const example *e, const char *format)
{
    sb_bytes first = {0}, second = {0};
    bool complete, again;
    if (!export_to(&first, &complete, e->whole, format)) {
        complain("%s cannot be written as %s", e->path, format);
        return;
    }
    sb_transcript *t = read_copy(e, format, 0, first.data, first.size, NULL);
    if (!t || strcmp(t->format, format) != 0) {
        complain("%s, written as %s, is read as %s", e->path, format, t ? t->format : "nothing");
    } else {
        check_same_words(e, format, t, complete);
        assert_true(export_to(&second, &again, t, format));
        if (second.size != first.size || memcmp(second.data, first.data, first.size) != 0)
            complain("%s, written as %s and read again, is written in another way", e->path, format);
    }
    sb_transcript_free(&t);
    sb_bytes_finish(&first);
    sb_bytes_finish(&second);
}

/* SRT has no field for speakers. A name in the text is recognised if it occurs again, and fits a person. */
static bool names_recur(const sb_transcript *t)
{
    for (size_t i = 0; i < t->n_turns; i++) {
        const char *name = t->turns[i].speaker;
        size_t n = 0;
        for (size_t j = 0; name && j < t->n_turns; j++)
            n += sb_same_text(name, t->turns[j].speaker) &&
                 (j == 0 || !sb_same_text(name, t->turns[j - 1].speaker));
        if (name && (n < 2 || strpbrk(name, "\"*,;:") || (name[0] >= '0' && name[0] <= '9')))
            return false;
    }
    return true;
}

static void no_word_is_lost_in_another_format(void **state)
{
    static const char *const formats[] = {"srt", "vtt", "podcast-json"};
    (void)state;
    for (size_t i = 0; i < n_examples; i++) {
        for (size_t j = 0; j < sizeof formats / sizeof *formats; j++) {
            if (examples[i].whole && can_be_captions(examples[i].whole) &&
                (strcmp(formats[j], "srt") != 0 || names_recur(examples[i].whole)))
                check_round_trip(&examples[i], formats[j]);
        }
    }
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(any_cut_is_read_or_refused, begin),
        cmocka_unit_test_setup(any_damage_is_read_or_refused, begin),
        cmocka_unit_test_setup(a_file_cut_late_keeps_its_words, begin),
        cmocka_unit_test_setup(encoding_and_line_ends_make_no_difference, begin),
        cmocka_unit_test_setup(no_word_is_lost_in_another_format, begin),
    };
    return cmocka_run_group_tests(tests, find_examples, free_examples);
}
