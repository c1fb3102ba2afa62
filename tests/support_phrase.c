#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "quote/find/find.h"
#include "support_phrase.h"
#include "support_quote.h"

phrase_fixture phrase_turns(const char *words)
{
    phrase_fixture f = {.alignment = quote_alignment(SB_METHOD_ACOUSTIC)};
    char *text = strdup(words), *rest = NULL;
    const char *speaker = "A";
    sb_time start = 0;

    for (char *turn = strtok_r(text, "/", &rest); turn; turn = strtok_r(NULL, "/", &rest)) {
        quote_add_turn(f.alignment, speaker, start, start + 10000, turn);
        speaker = *speaker == 'A' ? "B" : "A";
        start += 10000;
    }
    free(text);
    assert_int_equal(sb_runs_init(&f.runs, f.alignment, NULL), SB_OK);
    assert_int_equal(sb_phrase_text_init(&f.text, &f.runs, NULL), SB_OK);
    f.text.runs = &f.runs;
    return f;
}

void phrase_finish(phrase_fixture *f)
{
    f->text.runs = &f->runs;
    sb_phrase_text_finish(&f->text);
    sb_runs_finish(&f->runs);
    sb_alignment_free(&f->alignment);
}

void assert_phrase_hits(const char *words, const char *phrase, int percent, const char *expected)
{
    phrase_fixture f = phrase_turns(words);
    sb_pattern pattern;
    sb_hits hits = {0};
    sb_bytes texts = {0};

    f.text.runs = &f.runs;
    assert_int_equal(sb_pattern_init(&pattern, phrase, NULL), SB_OK);
    if (percent < 0)
        assert_int_equal(sb_phrase_find(&hits, &f.text, &pattern, NULL), SB_OK);
    else
        assert_int_equal(sb_phrase_find_fuzzy(&hits, &f.text, &pattern, percent, NULL), SB_OK);
    sb_bytes_text(&texts, "");
    for (size_t i = 0; i < hits.n_items; i++) {
        char *text = sb_runs_text(&f.runs, hits.items[i].first, hits.items[i].last);
        sb_bytes_print(&texts, "%s%s", i ? " | " : "", text);
        free(text);
    }
    assert_string_equal(texts.data, expected);
    sb_bytes_finish(&texts);
    sb_hits_finish(&hits);
    sb_pattern_finish(&pattern);
    phrase_finish(&f);
}
