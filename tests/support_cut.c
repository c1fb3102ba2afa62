#include "support_cut.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "support_quote.h"

sb_match cut_match_of(const sb_alignment *a, size_t turn, size_t first, size_t last)
{
    const sb_aligned_turn *t = &a->turns[turn];

    return (sb_match){.number = 1,
                      .first_turn = turn,
                      .first_word = first,
                      .last_turn = turn,
                      .last_word = last,
                      .span = {t->words[first].start, t->words[last].end},
                      .confidence = 0.9F};
}

sb_cut cut_with(const sb_alignment *a, const sb_match *match, int lead_ms, int tail_ms)
{
    sb_cut_params params = {
        .lead = lead_ms * SB_TIME_MS, .tail = tail_ms * SB_TIME_MS, .has_lead = true, .has_tail = true};
    sb_cut cut;
    sb_error err = {0};

    if (sb_match_cut(&cut, a, match, &params, &err) != SB_OK)
        fail_msg("%s", err.message);
    return cut;
}

sb_cut cut_default(const sb_alignment *a, const sb_match *match)
{
    sb_cut cut;
    sb_error err = {0};

    if (sb_match_cut(&cut, a, match, NULL, &err) != SB_OK)
        fail_msg("%s", err.message);
    return cut;
}

void assert_cut(sb_cut cut, int start, int speech_start, int speech_end, int end)
{
    assert_int_equal(quote_ms(cut.speech.start), speech_start);
    assert_int_equal(quote_ms(cut.speech.end), speech_end);
    assert_int_equal(quote_ms(cut.span.start), start);
    assert_int_equal(quote_ms(cut.span.end), end);
}

sb_alignment *cut_three_turns(int gap_ms)
{
    sb_alignment *a = quote_alignment(SB_METHOD_ACOUSTIC);

    for (int i = 0; i < 3; i++) {
        int start = 1000 + i * (1000 + gap_ms);
        quote_add_turn(a, i == 1 ? "B" : "A", start, start + 1000, "one two three four.");
        quote_add_speech(a, start, start + 1000);
    }
    return a;
}
