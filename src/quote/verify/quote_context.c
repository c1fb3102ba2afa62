#include "quote/verify/verify.h"

#include <stdlib.h>

#include "base/run/run.h"

/* A limit for transcripts without punctuation, whose sentences do not end. */
#define MOST_WORDS 40

static sb_status take_text(char **out, const sb_runs *runs, size_t first, size_t last, bool cut_first,
                           bool cut_last, sb_error *err)
{
    char *text = sb_runs_text(runs, first, last);
    *out = text ? sb_text_print("%s%s%s", cut_first ? "... " : "", text, cut_last ? " ..." : "") : NULL;
    free(text);
    return *out ? SB_OK : sb_error_memory(err, "verifying quotations");
}

static bool same_run(const sb_runs *runs, size_t a, size_t b)
{
    size_t run = sb_runs_run_of(runs, a);
    return b >= runs->items[run].first_word && b < runs->items[run].end_word;
}

/* The part of the sentence before the quote, and the previous sentence if the same speaker said it. */
static sb_status take_before(sb_quote_place *place, const sb_quote_place_maker *maker, size_t first_word,
                             size_t *from, sb_error *err)
{
    const sb_runs *runs = &maker->runs;
    if (first_word == 0)
        return SB_OK;
    size_t last = first_word - 1, sentence = sb_sentence_of(&maker->sentences, last);
    size_t first = maker->sentences.starts[sentence];
    bool begun = sb_sentence_of(&maker->sentences, first_word) == sentence;
    if (begun && first > 0 && same_run(runs, first, first - 1))
        first = maker->sentences.starts[sentence - 1];
    bool cut = last - first >= MOST_WORDS;
    place->before_speaker = sb_runs_speaker(runs, last);
    *from = cut ? last + 1 - MOST_WORDS : first;
    return take_text(&place->before, runs, cut ? last + 1 - MOST_WORDS : first, last, cut, false, err);
}

static sb_status take_after(sb_quote_place *place, const sb_quote_place_maker *maker, size_t last_word,
                            size_t *until, sb_error *err)
{
    const sb_runs *runs = &maker->runs;
    const sb_sentences *sentences = &maker->sentences;
    size_t first = last_word + 1;
    if (first >= runs->n_words)
        return SB_OK;
    size_t sentence = sb_sentence_of(sentences, first), last = sentences->starts[sentence + 1] - 1;
    bool begun = sb_sentence_of(sentences, last_word) == sentence;
    if (begun && last + 1 < runs->n_words && same_run(runs, last, last + 1))
        last = sentences->starts[sentence + 2] - 1;
    bool cut = last - first >= MOST_WORDS;
    place->after_speaker = sb_runs_speaker(runs, first);
    *until = cut ? first + MOST_WORDS - 1 : last;
    return take_text(&place->after, runs, first, cut ? first + MOST_WORDS - 1 : last, false, cut, err);
}

sb_status sb_quote_place_add_context(sb_quote_place *place, const sb_quote_place_maker *maker,
                                     size_t first_word, size_t last_word, sb_error *err)
{
    const sb_runs *runs = &maker->runs;
    sb_hit hit = {.first = first_word, .last = last_word};
    if (take_before(place, maker, first_word, &hit.first, err) ||
        take_after(place, maker, last_word, &hit.last, err))
        return err->status;
    hit.run = sb_runs_run_of(runs, first_word);
    return sb_match_make(&place->context, runs, &hit, err);
}
