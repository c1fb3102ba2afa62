#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alignment/names/names.h"
#include "soundbite/names.h"
#include "support_memory.h"
#include "support_transcript.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* A transcript in which each name has one turn, in this order; "" is no name. Names given earlier have more
 * words. */
static sb_transcript *spoken_by(const char *const *names, size_t n)
{
    sb_bytes text = {0};
    for (size_t i = 0; i < n; i++) {
        sb_bytes_print(&text, "{\"startTime\": %zu, \"speaker\": \"%s\", \"body\": \"Word", i, names[i]);
        for (size_t k = i; k < n; k++)
            sb_bytes_text(&text, " more");
        sb_bytes_text(&text, i + 1 < n ? ".\"},\n" : ".\"}\n");
    }
    sb_bytes whole = {0};
    sb_bytes_print(&whole, "{\"version\": \"1.0.0\", \"segments\": [%s]}", text.data);
    sb_transcript *t = transcript_of(whole.data, "podcast-json");
    sb_bytes_finish(&text);
    sb_bytes_finish(&whole);
    assert_int_equal(t->n_turns, n);
    for (size_t i = 0; i < n; i++)
        if (!*names[i]) {
            free(t->turns[i].speaker);
            t->turns[i].speaker = NULL;
        }
    return t;
}

static char *names_of(const sb_transcript *t)
{
    sb_bytes out = {0};
    for (size_t i = 0; i < t->n_turns; i++)
        sb_bytes_print(&out, "%s%s", i ? "|" : "", t->turns[i].speaker ? t->turns[i].speaker : "");
    return out.data;
}

static void assert_renamed(const char *const *names, size_t n, const char *const *aliases, size_t n_aliases,
                           const char *expected)
{
    sb_transcript *t = spoken_by(names, n);
    sb_alignment *a;
    sb_error err = {0};
    const sb_names_params params = {.aliases = aliases, .n_aliases = n_aliases};
    assert_int_equal(sb_alignment_from_transcript(&a, t, &err), SB_OK);
    if (sb_transcript_rename(t, &params, &err) || sb_alignment_rename(a, &params, &err))
        fail_msg("%s", err.message);
    char *found = names_of(t);
    assert_string_equal(found, expected);
    for (size_t i = 0; i < n; i++)
        if (a->turns[i].speaker || t->turns[i].speaker)
            assert_string_equal(a->turns[i].speaker, t->turns[i].speaker);
    free(found);
    sb_transcript_free(&t);
    sb_alignment_free(&a);
}

#define RENAMED(expected, names, ...)                                                                        \
    assert_renamed(names, LENGTH(names), (const char *const[]){__VA_ARGS__},                                 \
                   LENGTH(((const char *const[]){__VA_ARGS__})), expected)

static const char *const cast[] = {"", "Ada Burke", "Ren\u00e9", "SPEAKER_00", "Ada Berk", "SPEAKER_01"};

static void an_alias_renames_a_speaker(void **state)
{
    (void)state;
    RENAMED("|Ada Burke|Ren\u00e9|SPEAKER_00|Ada Burke|SPEAKER_01", cast, "Ada Berk=Ada Burke");
    RENAMED("|Ada Burke|Olga|SPEAKER_00|Ada Berk|SPEAKER_01", cast, " rene = Olga ");
    RENAMED("|Ada Burke|Ren\u00e9|Guest|Ada Berk|Guest", cast, "speaker*=Guest");
    RENAMED("|Ada Burke|Ren\u00e9|SPEAKER_00|Ada Berk|a=b", cast, "SPEAKER_01=a=b");
}

static void an_empty_side_is_no_name(void **state)
{
    (void)state;
    RENAMED("Jacob|Ada Burke|Ren\u00e9|SPEAKER_00|Ada Berk|SPEAKER_01", cast, "=Jacob");
    RENAMED("|Ada Burke|Ren\u00e9||Ada Berk|", cast, "SPEAKER_*=");
    RENAMED("|All|All|All|All|All", cast, "*=All");
}

static void each_turn_is_renamed_once(void **state)
{
    static const char *const two[] = {"A. Lee", "B. Stone"};
    (void)state;
    RENAMED("B. Stone|A. Lee", two, "A. Lee=B. Stone", "B. Stone=A. Lee");
    RENAMED("|Ada Burke|Ren\u00e9|Olga|Ada Berk|Guest", cast, "SPEAKER_00=Olga", "SPEAKER_*=Guest");
}

static void assert_refused(const char *alias, const char *message)
{
    sb_transcript *t = spoken_by(cast, LENGTH(cast));
    sb_error err = {0};
    char *before = names_of(t);
    const char *const aliases[] = {"Ada Berk=X", alias};
    const sb_names_params params = {.aliases = aliases, .n_aliases = 2};
    assert_int_equal(sb_transcript_rename(t, &params, &err), SB_ERR_ARGUMENT);
    if (!strstr(err.message, message))
        fail_msg("'%s' lacks '%s'", err.message, message);
    assert_string_equal(err.field, "aliases");
    char *after = names_of(t);
    assert_string_equal(before, after);
    free(before);
    free(after);
    sb_transcript_free(&t);
}

static void an_alias_that_fits_nobody_is_refused(void **state)
{
    (void)state;
    assert_refused("Ada Burk=Y",
                   "did you mean 'Ada Burke'? The speakers are Ada Burke, Ren\u00e9, SPEAKER_00");
    assert_refused("Nobody At All=Y", "matches no speaker; use one of the speakers: Ada Burke");
    assert_refused("Ada Burke", "has no '='");
    assert_refused("=", "has no names");
    static const char *const named[] = {"Ada"}, *const nameless[] = {""};
    sb_transcript *t = spoken_by(named, 1), *u = spoken_by(nameless, 1);
    const char *alias = "=Ada", *other = "Ada=Eva";
    sb_error err = {0}, err_2 = {0};
    assert_int_equal(sb_transcript_rename(t, &(sb_names_params){.aliases = &alias, .n_aliases = 1}, &err),
                     SB_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "every turn has a name"));
    assert_int_equal(sb_transcript_rename(u, &(sb_names_params){.aliases = &other, .n_aliases = 1}, &err_2),
                     SB_ERR_ARGUMENT);
    assert_non_null(strstr(err_2.message, "no turn has a name"));
    assert_int_equal(sb_transcript_rename(u, &(sb_names_params){&other, 1, true}, NULL), SB_OK);
    assert_int_equal(sb_transcript_rename(u, NULL, NULL), SB_OK);
    sb_transcript_free(&t);
    sb_transcript_free(&u);
}

static void assert_hints(const char *const *names, size_t n, const char *expected)
{
    sb_transcript *t = spoken_by(names, n);
    sb_speakers speakers;
    sb_name_hints hints;
    sb_bytes out = {0};
    assert_int_equal(sb_speakers_of_transcript(&speakers, t, NULL), SB_OK);
    assert_int_equal(sb_name_hints_find(&hints, &speakers, NULL), SB_OK);
    sb_bytes_text(&out, "");
    for (size_t i = 0; i < hints.n_items; i++)
        sb_bytes_print(&out, "%s%s %s", i ? "; " : "", sb_name_hint_kind_name(hints.items[i].kind),
                       hints.items[i].alias);
    if (strcmp(out.data, expected))
        fail_msg("'%s' instead of '%s'", (char *)out.data, expected);
    sb_bytes_finish(&out);
    sb_name_hints_finish(&hints);
    sb_speakers_finish(&speakers);
    sb_transcript_free(&t);
}

#define HINTS(expected, ...)                                                                                 \
    assert_hints((const char *const[]){__VA_ARGS__}, LENGTH(((const char *const[]){__VA_ARGS__})), expected)

static void near_spellings_are_hinted(void **state)
{
    (void)state;
    HINTS("spelling Berk=Burke", "Burke", "Berk");
    HINTS("spelling Jon Smith=John Smith", "John Smith", "Jon Smith");
    HINTS("spelling Zoe=Zo\u00eb; spelling ZO\u00cb=Zo\u00eb", "Zo\u00eb", "Zoe", "ZO\u00cb");
    HINTS("spelling Steven=Stephen", "Stephen", "Steven");
    HINTS("spelling Katherine Ito=Catherine Ito", "Catherine Ito", "Katherine Ito");
    HINTS("spelling Ann Lee (host)=Ann Lee", "Ann Lee", "Ann Lee (host)");
    HINTS("spelling Dr. Ann Lee=ANN LEE, HOST", "ANN LEE, HOST", "Dr. Ann Lee");
}

static void parts_of_names_are_hinted(void **state)
{
    (void)state;
    HINTS("part ROY=JO ROY, HOST", "JO ROY, HOST", "ROY");
    HINTS("part Jo=Jo Roy", "Jo", "Jo Roy");
    HINTS("part JR=Jo Roy", "Jo Roy", "JR");
    HINTS("part Jojo=Jo Roy (Jojo)", "Jo Roy (Jojo)", "Jojo");
    HINTS("", "Jo Roy", "Jo Lee", "Jo");
    HINTS("part Burke=Jo Burke; spelling Burk=Jo Burke", "Jo Burke", "Burke", "Burk");
    HINTS("part Burke=Jo Burke", "Jo Burke", "Burk", "Burke");
}

static void other_people_are_not_hinted(void **state)
{
    (void)state;
    HINTS("", "Dan", "Don", "Ben", "Jan");
    HINTS("", "Ann Lee", "Bob Stone", "Laura", "Lauren", "Mark", "Mary");
    HINTS("", "Ann Lee", "Bob Lee");
    HINTS("", "John Smith", "Jane Smith");
    HINTS("", "Room 12", "Room 13");
    HINTS("", "");
}

static void labels_and_missing_names_are_hinted(void **state)
{
    (void)state;
    HINTS("label Speaker 1=NAME; label SPEAKER_00=NAME; label spk_0=NAME; label B=NAME; label Speaker 3=NAME",
          "Speaker 1", "SPEAKER_00", "spk_0", "B", "3");
    HINTS("label Unknown Speaker=NAME; label 0b5e2f1c-4d3a-4b6e-9a57-1f2e3d4c5b6a=NAME", "Unknown Speaker",
          "0b5e2f1c-4d3a-4b6e-9a57-1f2e3d4c5b6a");
    HINTS("label \u8bf4\u8bdd\u4eba1=NAME", "\u8bf4\u8bdd\u4eba1");
    HINTS("missing =NAME", "Ada", "");
}

static void some_names_are_no_labels(void **state)
{
    static const char *const names[] = {
        "Ada",       "Peter", "S. Park",    "Person of Interest", "Unknown Mortal Orchestra",
        "Deadbeef",  "Chan",  "Speakerine", "Vox Populi",         "Dee",
        "Track Star"};
    bool ok = true;
    (void)state;
    for (size_t i = 0; i < LENGTH(names); i++)
        if (sb_name_is_label(names[i], &ok))
            fail_msg("%s is no label", names[i]);
}

static void words_of_a_name_are_found(void **state)
{
    (void)state;
    assert_true(sb_name_has_words("Tobias Hearn (host)", "tobias"));
    assert_true(sb_name_has_words("Tobias Hearn", "HEARN"));
    assert_true(sb_name_has_words("Jo van Roy", "van roy"));
    assert_true(sb_name_has_words("Tobiasson Tobias", "Tobias"));
    assert_false(sb_name_has_words("Tobiasson", "Tobias"));
    assert_false(sb_name_has_words("Tobias Hearn", "Tob"));
    assert_false(sb_name_has_words("Tobias Hearn", ""));
}

/* With each allocation failing in turn, the names are either all new or all old. */
static void out_of_memory_changes_nothing(void **state)
{
    static const char *const aliases[] = {"Ada Berk=Ada Burke", "SPEAKER_*=Guest", "=Jacob"};
    const sb_names_params params = {.aliases = aliases, .n_aliases = LENGTH(aliases)};
    bool failed = true;
    (void)state;
    for (size_t n = 0; failed; n++) {
        sb_transcript *t = spoken_by(cast, LENGTH(cast));
        sb_speakers speakers = {0};
        sb_name_hints hints = {0};
        memory_fail_from(n);
        sb_status renamed = sb_transcript_rename(t, &params, NULL);
        sb_status listed = sb_speakers_of_transcript(&speakers, t, NULL);
        sb_status hinted = listed ? listed : sb_name_hints_find(&hints, &speakers, NULL);
        failed = memory_fail_end();
        char *names = names_of(t);
        assert_string_equal(names, renamed ? "|Ada Burke|Ren\u00e9|SPEAKER_00|Ada Berk|SPEAKER_01"
                                           : "Jacob|Ada Burke|Ren\u00e9|Guest|Ada Burke|Guest");
        assert_true(!failed || renamed == SB_ERR_MEMORY || hinted == SB_ERR_MEMORY);
        free(names);
        sb_name_hints_finish(&hints);
        sb_speakers_finish(&speakers);
        sb_transcript_free(&t);
    }
}

static void many_speakers_are_quick(void **state)
{
    enum { N = 20000 };
    char **names = test_malloc(N * sizeof *names);
    (void)state;
    for (size_t i = 0; i < N; i++) {
        names[i] = test_malloc(16);
        snprintf(names[i], 16, "Na%c%cme %zu", (char)('a' + i % 26), (char)('a' + i / 26 % 26), i);
    }
    sb_turn *turns = test_calloc(N, sizeof *turns);
    sb_transcript t = {.turns = turns, .n_turns = N};
    for (size_t i = 0; i < N; i++)
        turns[i].speaker = names[i];
    sb_speakers speakers;
    sb_name_hints hints;
    assert_int_equal(sb_speakers_of_transcript(&speakers, &t, NULL), SB_OK);
    assert_int_equal(speakers.n_items, N);
    assert_int_equal(sb_name_hints_find(&hints, &speakers, NULL), SB_OK);
    sb_name_hints_finish(&hints);
    sb_speakers_finish(&speakers);
    for (size_t i = 0; i < N; i++)
        test_free(names[i]);
    test_free(names);
    test_free(turns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alias_renames_a_speaker),
        cmocka_unit_test(an_empty_side_is_no_name),
        cmocka_unit_test(each_turn_is_renamed_once),
        cmocka_unit_test(an_alias_that_fits_nobody_is_refused),
        cmocka_unit_test(near_spellings_are_hinted),
        cmocka_unit_test(parts_of_names_are_hinted),
        cmocka_unit_test(other_people_are_not_hinted),
        cmocka_unit_test(labels_and_missing_names_are_hinted),
        cmocka_unit_test(some_names_are_no_labels),
        cmocka_unit_test(words_of_a_name_are_found),
        cmocka_unit_test(out_of_memory_changes_nothing),
        cmocka_unit_test(many_speakers_are_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
