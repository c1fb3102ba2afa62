#include "option/option.h"
#include "soundbite/batch.h"
#include "support_memory.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A value that each option takes, and one that it refuses. */
static const struct {
    const char *name, *good, *bad;
} cases[] = {
    {"phrase", "one two", NULL},
    {"near", "valve lamp", NULL},
    {"sounds-like", "fern neutron", NULL},
    {"regex", "on.", NULL},
    {"speaker", "Ada*", NULL},
    {"alias", "Berk=Burke", "Berk"},
    {"from", "1:30", "1:75"},
    {"until", "2:30", "-1"},
    {"min-length", "1500ms", "soon"},
    {"max-length", "0", "-0.5"},
    {"expand", "sentence", "words"},
    {"fuzzy", "100", "101"},
    {"limit", "1", "0"},
    {"match", "3", "1.5"},
    {"match", "2,5-7", "7-5"},
    {"match", "5-7 9", "2,,x"},
    {"match", "1..3; 8", "0-2"},
    {"from-phrase", "one two", NULL},
    {"until-phrase", "three", NULL},
    {"each", "yes", "maybe"},
    {"lead", "0", "60.5"},
    {"tail", "60", "61"},
    {"fade", "10s", "11s"},
    {"loudness", "0", "-70.5"},
    {"loudness", "off", "none"},
    {"loudness", "-16.25", "nan"},
    {"loudness-of", "speaker", "whole"},
    {"true-peak", "0", "0.1"},
    {"rate", "48k", "200000"},
    {"channels", "2", "65"},
    {"bitrate", "192K", "5k"},
    {"captions", "srt, vtt", "srt,sub"},
    {"caption-names", "yes", "maybe"},
    {"strict", "true", "2"},
    {"no-certificate", "1", "perhaps"},
    {"copy", "yes", "copy"},
    {"video", "source:9:16", "9:15"},
    {"for", "shorts", "short"},
    {"background", "#102030", NULL},
    {"title", "A title", NULL},
    {"theme", "a.theme", NULL},
    {"style", "pop", "bold"},
    {"uppercase", "yes", "maybe"},
    {"logo", "a.png", NULL},
    {"draft", "yes", "quick"},
    {"for", "instagram", "insta-gram"},
    {"drop", "repeats,fillers", "coughs"},
    {"drop", "off", "fillers,coughs"},
    {"gap", "0", "61"},
    {"crossfade", "60", "-1"},
    {"method", "energy", "sound"},
    {"language", "pt-BR", "english!"},
    {"acoustic-model", "a/folder", NULL},
    {"allow-mismatch", "no", "never"},
    {"stream", "0", "1001"},
    {"jobs", "256", "257"},
    {"force", NULL, "never"},
    {"dry-run", "yes", "dry"},
    {"max-drift", "0", "90000"},
    {"fps", "23.976", "23"},
};
#define N_CASES (sizeof cases / sizeof cases[0])

typedef struct params {
    sb_selection selection;
    sb_clip_params clip;
    sb_montage_params montage;
    sb_names_params names;
    sb_align_params align;
    sb_media_params media;
    sb_render_params render;
    sb_drift_params drift;
    sb_export_params export;
    sb_option_targets targets;
} params;

static void begin(params *p)
{
    memset(p, 0, sizeof *p);
    p->targets = (sb_option_targets){.selection = &p->selection,
                                     .clip = &p->clip,
                                     .montage = &p->montage,
                                     .names = &p->names,
                                     .align = &p->align,
                                     .media = &p->media,
                                     .render = &p->render,
                                     .drift = &p->drift,
                                     .exporting = &p->export};
}

static void set(params *p, const char *name, const char *text)
{
    sb_error err = {0};
    const sb_option *option = sb_option_find(name);
    assert_non_null(option);
    if (sb_option_set(&p->targets, option, text, &err))
        fail_msg("%s %s: %s", name, text ? text : "", err.message);
}

static bool same_lists(const char *const *a, size_t n, const char *const *b, size_t n_b)
{
    bool same = n == n_b;
    for (size_t i = 0; same && i < n; i++)
        same = !strcmp(a[i], b[i]);
    return same;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static bool same_ranges(const sb_selection *a, const sb_selection *b)
{
    bool same = a->n_more_matches == b->n_more_matches;
    for (size_t i = 0; same && i < a->n_more_matches; i++)
        same = a->more_matches[i].first == b->more_matches[i].first &&
               a->more_matches[i].last == b->more_matches[i].last;
    return same;
}

/* The structs are equal, their strings by content. */
static void assert_same(params *p, const sb_batch_row *row, const char *name)
{
    sb_selection a = p->selection, b = row->selection;
    sb_clip_params c = p->clip, d = row->clip;
    bool same = same_lists(a.phrases, a.n_phrases, b.phrases, b.n_phrases) &&
                same_lists(a.near, a.n_near, b.near, b.n_near) &&
                same_lists(a.sounds, a.n_sounds, b.sounds, b.n_sounds) &&
                same_lists(a.regexes, a.n_regexes, b.regexes, b.n_regexes) &&
                same_lists(a.speakers, a.n_speakers, b.speakers, b.n_speakers) &&
                same_lists(p->names.aliases, p->names.n_aliases, row->names.aliases, row->names.n_aliases) &&
                same_text(a.from_phrase, b.from_phrase) && same_text(a.until_phrase, b.until_phrase) &&
                same_ranges(&a, &b) && same_text(c.video.background, d.video.background) &&
                same_text(c.video.title, d.video.title) && same_text(c.video.theme, d.video.theme) &&
                same_text(c.video.logo, d.video.logo) && same_text(p->align.language, row->language);
    a.phrases = a.near = a.sounds = a.regexes = a.speakers = NULL;
    b.phrases = b.near = b.sounds = b.regexes = b.speakers = NULL;
    a.from_phrase = a.until_phrase = b.from_phrase = b.until_phrase = NULL;
    a.more_matches = b.more_matches = NULL;
    c.video.background = c.video.title = c.video.theme = c.video.logo = NULL;
    d.video.background = d.video.title = d.video.theme = d.video.logo = NULL;
    if (!same || memcmp(&a, &b, sizeof a) || memcmp(&c, &d, sizeof c))
        fail_msg("column %s differs from the option", name);
}

static bool is_column(const sb_option *option)
{
    return option->group == SB_OPTION_SELECTION || option->group == SB_OPTION_CLIP ||
           option->group == SB_OPTION_NAMES || !strcmp(option->name, "language");
}

static sb_batch_list *list_of(const char *name, const char *value)
{
    char text[200];
    sb_batch_list *list;
    sb_error err = {0};
    snprintf(text, sizeof text, "audio,transcript,%s\na,t,\"%s\"\n", name, value);
    if (sb_batch_list_read(&list, text, strlen(text), "list.csv", NULL, NULL, &err))
        fail_msg("%s: %s", name, err.message);
    return list;
}

static void every_option_has_a_case(void **user)
{
    (void)user;
    const sb_option *option;
    for (size_t i = 0; (option = sb_option_at(i)); i++) {
        size_t k = 0;
        while (k < N_CASES && strcmp(cases[k].name, option->name))
            k++;
        if (k == N_CASES)
            fail_msg("no case for the option %s", option->name);
        assert_ptr_equal(sb_option_find(option->name), option);
        assert_true(option->help && option->help[0]);
        assert_true((option->type == SB_OPTION_FLAG) == !option->argument);
        assert_true((option->type == SB_OPTION_CHOICE || option->type == SB_OPTION_SET) == !!option->choice);
        assert_true(option->least <= option->most);
    }
}

static void a_column_is_its_option(void **user)
{
    (void)user;
    for (size_t i = 0; i < N_CASES; i++) {
        const sb_option *option = sb_option_find(cases[i].name);
        params p;
        begin(&p);
        set(&p, cases[i].name, cases[i].good);
        if (is_column(option)) {
            sb_batch_list *list = list_of(cases[i].name, cases[i].good);
            if (list->rows[0].error.status)
                fail_msg("%s: %s", cases[i].name, list->rows[0].error.message);
            assert_same(&p, &list->rows[0], cases[i].name);
            sb_batch_list_free(&list);
        }
        sb_option_targets_finish(&p.targets);
    }
}

static void the_errors_are_the_same(void **user)
{
    (void)user;
    for (size_t i = 0; i < N_CASES; i++) {
        const sb_option *option = sb_option_find(cases[i].name);
        params p;
        sb_error err = {0};
        if (!cases[i].bad)
            continue;
        begin(&p);
        if (sb_option_set(&p.targets, option, cases[i].bad, &err) != SB_ERR_ARGUMENT)
            fail_msg("%s %s is accepted", cases[i].name, cases[i].bad);
        assert_int_equal(strncmp(err.message, option->name, strlen(option->name)), 0);
        assert_true(same_text(err.field, option->field));
        if (is_column(option)) {
            sb_batch_list *list = list_of(cases[i].name, cases[i].bad);
            assert_string_equal(list->rows[0].error.message, err.message);
            assert_true(same_text(list->rows[0].error.field, err.field));
            assert_int_equal(list->rows[0].error.line, 2);
            sb_batch_list_free(&list);
        }
        sb_option_targets_finish(&p.targets);
    }
}

/* Some option pairs that conflict: each is refused by the struct's own check, and by a row. */
static void conflicts_are_those_of_the_table(void **user)
{
    (void)user;
    const sb_option_conflict *c;
    for (size_t i = 0; (c = sb_option_conflict_at(i)); i++) {
        const sb_option *pair[] = {sb_option_find(c->option), sb_option_find(c->other)};
        char header[100], values[100], text[300];
        const char *good[2];
        params p;
        sb_error err = {0};
        begin(&p);
        for (int k = 0; k < 2; k++) {
            good[k] = k == 0 && c->value ? c->value : NULL;
            for (size_t n = 0; n < N_CASES && !good[k]; n++)
                if (!strcmp(cases[n].name, pair[k]->name))
                    good[k] = cases[n].good;
            set(&p, pair[k]->name, good[k]);
        }
        sb_status status = pair[0]->group == SB_OPTION_MONTAGE ? sb_montage_params_check(&p.montage, &err)
                                                               : sb_clip_params_check(&p.clip, &err);
        assert_int_equal(status, SB_ERR_ARGUMENT);
        assert_string_equal(err.field, c->fields);
        assert_int_equal(strncmp(err.message, c->why, strlen(c->why)), 0);
        sb_option_targets_finish(&p.targets);
        if (pair[0]->group == SB_OPTION_MONTAGE)
            continue;
        snprintf(header, sizeof header, "%s,%s", pair[0]->name, pair[1]->name);
        snprintf(values, sizeof values, "%s,\"%s\"", good[0], good[1]);
        snprintf(text, sizeof text, "audio,transcript,%s\na,t,%s\n", header, values);
        sb_batch_list *list;
        assert_int_equal(sb_batch_list_read(&list, text, strlen(text), NULL, NULL, NULL, &err), SB_OK);
        assert_string_equal(list->rows[0].error.message, err.message);
        assert_string_equal(list->rows[0].error.field, c->fields);
        sb_batch_list_free(&list);
    }
}

static void repeated_options_are_merged(void **user)
{
    (void)user;
    params p;
    begin(&p);
    p.clip.captions = SB_CLIP_ASS; /* a default */
    set(&p, "phrase", "one");
    set(&p, "phrase", "two");
    set(&p, "from", "20");
    set(&p, "from", "5");
    set(&p, "until", "30");
    set(&p, "until", "40");
    set(&p, "until", "35");
    set(&p, "fuzzy", "10");
    set(&p, "fuzzy", "5");
    set(&p, "match", "4");
    set(&p, "match", "2");
    set(&p, "match", "9");
    set(&p, "captions", "srt");
    set(&p, "captions", "vtt");
    set(&p, "lead", "1");
    set(&p, "lead", "0");
    set(&p, "loudness", "off");
    set(&p, "loudness", "-20");
    set(&p, "strict", NULL);
    assert_int_equal(p.selection.n_phrases, 2);
    assert_string_equal(p.selection.phrases[1], "two");
    assert_true(p.selection.from == 5 * SB_TIME_SECOND && p.selection.until == 40 * SB_TIME_SECOND);
    assert_int_equal(p.selection.fuzzy, 10);
    assert_int_equal(p.selection.match, 4);
    assert_int_equal(p.selection.n_more_matches, 2);
    assert_int_equal(p.selection.more_matches[1].first, 9);
    assert_int_equal(p.selection.more_matches[1].last, 9);
    assert_int_equal(p.clip.captions, SB_CLIP_SRT | SB_CLIP_VTT);
    assert_true(p.clip.cut.has_lead && p.clip.cut.lead == 0);
    assert_true(p.clip.has_loudness_lufs && !p.clip.keep_level && p.clip.loudness_lufs == -20);
    assert_true(p.clip.strict);
    set(&p, "loudness", "off");
    assert_true(!p.clip.has_loudness_lufs && p.clip.keep_level && p.clip.loudness_lufs == 0);
    sb_option_targets_finish(&p.targets);
}

static void an_option_needs_its_struct(void **user)
{
    (void)user;
    sb_option_targets targets = {0};
    const sb_option own = {.name = "own", .type = SB_OPTION_FLAG, .group = SB_OPTION_OTHER};
    sb_error err = {0};
    assert_int_equal(sb_option_set(&targets, sb_option_find("lead"), "1", &err), SB_ERR_ARGUMENT);
    assert_string_equal(err.field, "lead");
    assert_int_equal(sb_option_set(&targets, &own, NULL, NULL), SB_ERR_ARGUMENT);
    assert_null(targets.store);
    assert_null(sb_option_find("leads"));
    assert_non_null(sb_option_find("Min_Length"));
    assert_null(sb_option_find("min length"));
}

/* Every number in the table, at the limits and beyond, in the struct itself. */
static void the_checks_of_the_structs_know_the_ranges(void **user)
{
    (void)user;
    static const struct {
        sb_clip_params clip;
        const char *field;
    } wrong[] = {
        {{.cut.lead = -1}, "lead"},
        {{.cut.tail = 61 * SB_TIME_SECOND}, "tail"},
        {{.cut.fade = 11 * SB_TIME_SECOND}, "fade"},
        {{.loudness_lufs = 1}, "loudness_lufs"},
        {{.true_peak_db = -21}, "true_peak_db"},
        {{.sample_rate = 7999}, "sample_rate"},
        {{.channels = -1}, "channels"},
        {{.bit_rate = 5999}, "bit_rate"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        sb_error err = {0};
        assert_int_equal(sb_clip_params_check(&wrong[i].clip, &err), SB_ERR_ARGUMENT);
        assert_string_equal(err.field, wrong[i].field);
    }
    sb_clip_params nan_lufs = {.loudness_lufs = NAN};
    assert_int_equal(sb_clip_params_check(&nan_lufs, NULL), SB_ERR_ARGUMENT);
    sb_clip_params zero = {0};
    assert_int_equal(sb_clip_params_check(&zero, NULL), SB_OK);
    sb_montage_params gap = {.gap = 61 * SB_TIME_SECOND}, both = {.has_gap = true, .has_crossfade = true};
    assert_int_equal(sb_montage_params_check(&gap, NULL), SB_ERR_ARGUMENT);
    assert_int_equal(sb_montage_params_check(&both, NULL), SB_ERR_ARGUMENT);
}

/* Whichever allocation fails, the structs stay usable and nothing is lost. */
static void every_allocation_may_fail(void **user)
{
    (void)user;
    static const char *const names[] = {"phrase", "phrase", "match", "match", "match", "title", "lead"};
    static const char *const values[] = {"one", "two", "1", "2", "3", "A title", "1"};
    bool refused = true;
    for (size_t n = 0; refused; n++) {
        params p;
        sb_status status = SB_OK;
        begin(&p);
        memory_fail_from(n);
        for (size_t i = 0; i < sizeof names / sizeof names[0] && !status; i++)
            status = sb_option_set(&p.targets, sb_option_find(names[i]), values[i], NULL);
        refused = memory_fail_end();
        assert_int_equal(status, refused ? SB_ERR_MEMORY : SB_OK);
        for (size_t i = 0; i < p.selection.n_phrases; i++)
            assert_string_equal(p.selection.phrases[i], values[i]);
        sb_option_targets_finish(&p.targets);
    }
}

static void help_has_the_numbers(void **user)
{
    (void)user;
    sb_bytes help = {0};
    sb_option_help(&help, sb_option_find("fade"), "--");
    assert_string_equal(help.data, "Fade in and out over TIME, within the pause, at most 10s (default 10ms). "
                                   "Conflicts with --copy.");
    sb_bytes_finish(&help);
    sb_option_help(&help, sb_option_find("loudness-of"), "");
    assert_non_null(strstr((char *)help.data, "Conflicts with copy, loudness off."));
    sb_bytes_finish(&help);
    const sb_option *option;
    for (size_t i = 0; (option = sb_option_at(i)); i++) {
        sb_option_help(&help, option, "");
        assert_null(strpbrk((char *)help.data, "{}"));
        sb_bytes_finish(&help);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_has_a_case),
        cmocka_unit_test(a_column_is_its_option),
        cmocka_unit_test(the_errors_are_the_same),
        cmocka_unit_test(conflicts_are_those_of_the_table),
        cmocka_unit_test(repeated_options_are_merged),
        cmocka_unit_test(an_option_needs_its_struct),
        cmocka_unit_test(the_checks_of_the_structs_know_the_ranges),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(help_has_the_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
