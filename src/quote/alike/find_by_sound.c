#include "quote/alike/alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"
#include "quote/alike/sounds.h"

#define SHOWN_MAX      120
#define LANGUAGE_WORDS 2000

typedef struct cell {
    int cost;
    size_t start; /* phone of the transcript */
} cell;

static void put_best(cell *best, int cost, size_t start)
{
    if (cost < best->cost)
        *best = (cell){cost, start};
}

/* Matches begin with the first phone of a word. */
static void take_phone(cell *column, const sb_sound_prices *price, const sb_sounds *phrase,
                       const sb_sounds *text, size_t at)
{
    bool next_begins = at + 1 < text->n && text->word_of[at + 1] != text->word_of[at];
    cell diagonal = column[0];
    sb_phone phone = text->phones[at];
    int extra = at ? price->extra[text->phones[at - 1]][phone] : sb_sound_gap_cost(phone, NULL);
    column[0] = (cell){next_begins ? 0 : SB_SOUND_OTHER * SB_SOUND_PHONES_MAX, at + 1};
    for (size_t i = 1; i <= phrase->n; i++) {
        cell before = column[i], best = diagonal;
        best.cost += price->swap[i - 1][phone];
        put_best(&best, before.cost + extra, before.start);
        put_best(&best, column[i - 1].cost + price->missing[i - 1], column[i - 1].start);
        column[i] = best;
        diagonal = before;
    }
}

/* True if most phones of a word of the phrase have no counterpart in phones first ... last of the
 * transcript. */
static bool lacks_word(const sb_sounds *phrase, const sb_sounds *text, size_t first, size_t last, int *costs)
{
    size_t n = phrase->n, width = last - first + 2;
    for (size_t j = 0; j < width; j++)
        costs[j] = (int)j * SB_SOUND_GAP;
    for (size_t i = 1; i <= n; i++) {
        int missing = sb_sound_gap_cost(phrase->phones[i - 1], i > 1 ? &phrase->phones[i - 2] : NULL);
        int *above = costs + (i - 1) * width, *row = above + width;
        row[0] = above[0] + missing;
        for (size_t j = 1; j < width; j++) {
            sb_phone phone = text->phones[first + j - 1];
            int swap = above[j - 1] + sb_sound_swap_cost(phrase->phones[i - 1], phone);
            int extra = row[j - 1] + sb_sound_gap_cost(phone, j > 1 ? &text->phones[first + j - 2] : NULL);
            int gap = above[j] + missing;
            row[j] = swap <= extra && swap <= gap ? swap : extra < gap ? extra : gap;
        }
    }
    size_t n_word = 0, n_found = 0;
    for (size_t i = n, j = width - 1; i > 0;) {
        int *above = costs + (i - 1) * width, *row = above + width;
        sb_phone asked = phrase->phones[i - 1];
        int swap = j > 0 ? sb_sound_swap_cost(asked, text->phones[first + j - 1]) : 0;
        if (j > 0 && row[j] != above[j - 1] + swap &&
            row[j] == row[j - 1] + sb_sound_gap_cost(text->phones[first + j - 1],
                                                     j > 1 ? &text->phones[first + j - 2] : NULL)) {
            j--;
            continue;
        }
        bool is_swap = j > 0 && row[j] == above[j - 1] + swap;
        n_word++;
        n_found += is_swap && swap < SB_SOUND_OTHER;
        j -= is_swap;
        i--;
        if (i > 0 && phrase->word_of[i - 1] == phrase->word_of[i])
            continue;
        if (2 * n_found <= n_word)
            return true;
        n_word = n_found = 0;
    }
    return false;
}

static const char *explain_sound(const sb_sounds *phrase, const sb_sounds *text, size_t first, size_t last,
                                 sb_arena *whys)
{
    sb_bytes asked = {0}, said = {0};
    for (size_t i = 0; i < phrase->n && asked.size < SHOWN_MAX; i++)
        sb_bytes_print(&asked, "%s%s", i ? " " : "", sb_phone_name(phrase->phones[i]));
    for (size_t i = first; i <= last && said.size < SHOWN_MAX; i++)
        sb_bytes_print(&said, "%s%s", i > first ? " " : "", sb_phone_name(text->phones[i]));
    const char *why = asked.failed || said.failed ? NULL
                                                  : sb_why_print(whys, "sounds like it: %s for %s",
                                                                 (char *)said.data, (char *)asked.data);
    sb_bytes_finish(&asked);
    sb_bytes_finish(&said);
    return why;
}

static sb_status search_sounds(sb_hits *hits, const sb_sounds *phrase, const sb_sounds *text,
                               const sb_runs *runs, const char *asked, sb_arena *whys, sb_error *err)
{
    cell *column = calloc(phrase->n + 1, sizeof *column);
    int *costs = calloc((phrase->n + 1) * (2 * phrase->n + 2), sizeof *costs);
    sb_sound_prices *price = calloc(1, sizeof *price);
    sb_status status = column && costs && price ? SB_OK : sb_error_memory(err, "searching");
    int most = sb_sound_most(phrase->n);
    size_t begin = hits->n_items;
    for (size_t i = 1; column && i <= phrase->n; i++)
        column[i].cost = SB_SOUND_OTHER * SB_SOUND_PHONES_MAX;
    if (status == SB_OK)
        sb_sound_prices_list(price, phrase);
    for (size_t at = 0; status == SB_OK && at < text->n; at++) {
        take_phone(column, price, phrase, text, at);
        cell end = column[phrase->n];
        bool ends_word = at + 1 == text->n || text->word_of[at + 1] != text->word_of[at];
        if (!ends_word || end.cost > most || end.start > at || at - end.start >= 2 * phrase->n ||
            lacks_word(phrase, text, end.start, at, costs))
            continue;
        sb_hit hit = {.first = text->word_of[end.start],
                      .last = text->word_of[at],
                      .phrase = asked,
                      .how = SB_MATCH_SOUND,
                      .score = 1 - (double)end.cost / (SB_SOUND_OTHER * (double)phrase->n)};
        hit.run = sb_runs_run_of(runs, hit.first);
        hit.why = explain_sound(phrase, text, end.start, at, whys);
        status = hit.why ? sb_hits_add(hits, hit, err) : sb_error_memory(err, "searching");
    }
    free(column);
    free(costs);
    free(price);
    if (status == SB_OK && !sb_hits_keep_best(hits, begin, runs->n_words))
        status = sb_error_memory(err, "searching");
    return status;
}

/* The language of a transcript that does not say it. */
static sb_status guess_language(sb_language *out, const sb_runs *runs, sb_error *err)
{
    size_t n = runs->n_words < LANGUAGE_WORDS ? runs->n_words : LANGUAGE_WORDS;
    *out = (sb_language){0};
    if (n == 0)
        return SB_OK;
    sb_language of_text;
    char *text = sb_runs_text(runs, 0, n - 1);
    const char *texts[] = {text};
    sb_status status = text ? sb_languages_find(out, &of_text, NULL, texts, 1, NULL, err)
                            : sb_error_memory(err, "searching");
    free(text);
    return status;
}

static bool all_words_sound(const sb_sounds *phrase, const char *const *words, size_t n)
{
    for (size_t w = 0, i = 0; w < n; w++) {
        bool sounds_here = i < phrase->n && phrase->word_of[i] == w;
        while (i < phrase->n && phrase->word_of[i] == w)
            i++;
        if (!sounds_here && sb_text_is_spoken(words[w]))
            return false;
    }
    return true;
}

sb_status sb_sound_find(sb_hits *hits, const sb_runs *runs, const char *phrase, const char *language,
                        const sb_dictionary *model, sb_arena *whys, sb_error *err)
{
    sb_sounds asked = {0}, text = {0};
    sb_language guess;
    size_t n_phrase = 0;
    char *copy = sb_copy_text(phrase, NULL);
    const char **words = calloc(strlen(phrase) / 2 + 2 + runs->n_words, sizeof *words);
    sb_status status = copy && words ? SB_OK : sb_error_memory(err, "searching");
    if (status == SB_OK && !language) {
        status = guess_language(&guess, runs, err);
        language = status == SB_OK && *guess.tag ? guess.tag : NULL;
    }
    if (status == SB_OK) {
        n_phrase = sb_phrase_words(copy, words);
        memcpy(words + n_phrase, runs->texts, runs->n_words * sizeof *words);
        status =
            sb_sounds_make(&asked, &text, words, n_phrase, n_phrase + runs->n_words, language, model, err);
    }
    if (status == SB_OK && asked.n >= SB_SOUND_PHONES_MIN && asked.n <= SB_SOUND_PHONES_MAX &&
        all_words_sound(&asked, words, n_phrase))
        status = search_sounds(hits, &asked, &text, runs, phrase, whys, err);
    sb_sounds_finish(&asked);
    sb_sounds_finish(&text);
    free(words);
    free(copy);
    return status;
}
