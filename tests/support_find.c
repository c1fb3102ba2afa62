#include "support_find.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_quote.h"

sb_alignment *find_episode(sb_method method)
{
    sb_alignment *a = quote_alignment(method);

    quote_add_turn(a, NULL, 0, 4000, "Welcome back to another episode of the show. I am joined by my cohost");
    quote_add_turn(a, "Ben Wilson", 5000, 7000, "Ben Wilson. I do reviews at the company.");
    quote_add_turn(
        a, "Michael Berk", 8000, 12000,
        "We've got a state-of-the-art lab, and twenty-five people. The caf\xc3\xa9 is na\xc3\xafve!");
    quote_add_turn(a, "Fernando L\xc3\xb3pez", 13000, 17000, "It grew a lot, and then we shipped");
    quote_add_turn(a, "Fernando L\xc3\xb3pez", 17200, 20000,
                   "the new model in 2,500 places. Scale is the point.");
    quote_add_turn(a, "Ben Wilson", 21000, 24000, "Scale is the point? Scale is the point. Yes.");
    return a;
}

sb_selection find_selection(const char *const *text)
{
    sb_selection s = {0};

    s.phrases = text;
    s.n_phrases = 1;
    return s;
}

found find_in(sb_alignment *alignment, const sb_selection *selection)
{
    found f = {.alignment = alignment};
    sb_error err = {0};

    if (sb_matches_find(&f.matches, alignment, selection, &err) != SB_OK)
        fail_msg("%s", err.message);
    return f;
}

found find_selected(const sb_selection *selection)
{
    return find_in(find_episode(SB_METHOD_ACOUSTIC), selection);
}

found find_phrase(const char *text)
{
    sb_selection s = find_selection(&text);
    return find_selected(&s);
}

void find_finish(found *f)
{
    sb_matches_free(&f->matches);
    sb_alignment_free(&f->alignment);
}

void assert_found(found f, const char *expected)
{
    sb_bytes texts = {0};

    sb_bytes_text(&texts, "");
    for (size_t i = 0; i < f.matches->n_items; i++)
        sb_bytes_print(&texts, "%s%s", i ? " | " : "", f.matches->items[i].text);
    assert_string_equal(texts.data ? texts.data : "", expected);
    sb_bytes_finish(&texts);
    find_finish(&f);
}
