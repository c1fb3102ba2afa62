#include "quote/alike/alike.h"

#include <stdlib.h>
#include <string.h>

#include "acoustic/acoustic.h"
#include "base/text/text.h"
#include "pronounce/pronounce.h"

/* Costs of differences, in hundredths of a phone, and the share of the phrase's phones that may differ. The
 * pairs are phones that are often mistaken for each other. Fitted to the list in fixtures/find. */
#define COST_OTHER     100
#define COST_CLASS     60 /* of one class: two stops */
#define COST_VOWEL     45
#define COST_VOICING   30 /* T and D */
#define COST_GAP       75 /* a phone too many or too few */
#define COST_GAP_WEAK  50 /* HH, AH, IH, R, a doubled phone */
#define MOST_SHARE     0.28
#define SHORT_SHARE    0.2 /* of fewer than SHORT_PHONES: too many short words are alike */
#define SHORT_PHONES   8
#define LEAST_PHONES   4
#define PHRASE_MAX     256
#define SHOWN_MAX      120
#define LANGUAGE_WORDS 2000

/* The phones of the transcript, and the word of each. */
typedef struct sounds {
    sb_phone *phones;
    size_t *word_of;
    size_t n, capacity, word_capacity;
} sounds;

typedef struct cell {
    int cost;
    size_t start; /* phone of the transcript */
} cell;

static bool is_one_of(sb_phone phone, const char *names)
{
    const char *name = sb_phone_name(phone);
    size_t size = strlen(name);
    for (const char *at = names; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == size && memcmp(at, name, size) == 0)
            return true;
    return false;
}

static bool differ_in_voicing(sb_phone a, sb_phone b)
{
    static const char *const pairs[] = {"P B",   "T D",   "K G",   "F V",  "S Z",
                                        "SH ZH", "CH JH", "TH DH", "N NG", "M N"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (is_one_of(a, pairs[i]) && is_one_of(b, pairs[i]))
            return true;
    return false;
}

static int swap_cost(sb_phone a, sb_phone b)
{
    if (a == b)
        return 0;
    if (differ_in_voicing(a, b))
        return COST_VOICING;
    char class_a = sb_phone_class(a), class_b = sb_phone_class(b);
    if (class_a != class_b)
        return COST_OTHER;
    return class_a == 'V' ? COST_VOWEL : COST_CLASS;
}

static int gap_cost(sb_phone phone, const sb_phone *before)
{
    bool weak = is_one_of(phone, "HH AH IH R Y") || (before && *before == phone);
    return weak ? COST_GAP_WEAK : COST_GAP;
}

/* ER is treated as a vowel and R, so that "fern" matches "fair n". */
static bool add_phone(sounds *s, sb_phone phone, size_t word)
{
    if (phone == sb_phone_find("ER", 2))
        return add_phone(s, sb_phone_find("AH", 2), word) && add_phone(s, sb_phone_find("R", 1), word);
    if (!sb_grow(&s->phones, s->n, &s->capacity, sizeof *s->phones) ||
        !sb_grow(&s->word_of, s->n, &s->word_capacity, sizeof *s->word_of))
        return false;
    s->phones[s->n] = phone;
    s->word_of[s->n++] = word;
    return true;
}

static void sounds_finish(sounds *s)
{
    free(s->phones);
    free(s->word_of);
}

/* For letters of other scripts, the rules of a language give the names of the scripts, so they are not
 * compared. Scripts that are not alphabets are not compared either. */
static bool is_readable(const sb_lexeme *lexeme)
{
    static const char *const cyrillic[] = {"ru", "uk", "be", "bg", "sr", "mk"};
    const char *text = lexeme->text, *language = lexeme->language ? lexeme->language : "en";
    sb_writing_script script = sb_script_of(&text, 1);
    for (size_t i = 0; script == SB_SCRIPT_CYRILLIC && i < sizeof cyrillic / sizeof *cyrillic; i++)
        if (strncmp(language, cyrillic[i], 2) == 0)
            return true;
    return script <= SB_SCRIPT_LATIN || (script == SB_SCRIPT_GREEK && strncmp(language, "el", 2) == 0);
}

static bool add_word_sounds(sounds *s, const sb_lexicon *lexicon, size_t index, size_t word)
{
    const sb_lexeme *lexeme = &lexicon->lexemes[lexicon->lexeme_of[index]];
    for (size_t i = 0; is_readable(lexeme) && lexeme->n_ways && i < lexeme->ways[0].n_phones; i++)
        if (!add_phone(s, lexeme->ways[0].phones[i], word))
            return false;
    return true;
}

/* Words of the phrase come first in the lexicon, then those of the transcript. */
static sb_status make_sounds(sounds *phrase, sounds *text, const char *const *words, size_t n_phrase,
                             size_t n_words, const char *language, sb_error *err)
{
    sb_lexicon lexicon;
    const char **languages = calloc(n_words + 1, sizeof *languages);
    sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary(), .languages = languages};
    bool ok = languages != NULL;
    for (size_t i = 0; ok && i < n_words; i++)
        languages[i] = sb_language_is_english(language) ? NULL : language;
    sb_status status =
        ok ? sb_lexicon_make(&lexicon, words, n_words, &params, err) : sb_error_memory(err, "searching");
    if (status != SB_OK) {
        free(languages);
        return status;
    }
    for (size_t i = 0; ok && i < n_words; i++)
        ok = i < n_phrase ? add_word_sounds(phrase, &lexicon, i, i)
                          : add_word_sounds(text, &lexicon, i, i - n_phrase);
    sb_lexicon_finish(&lexicon);
    free(languages);
    return ok ? SB_OK : sb_error_memory(err, "searching");
}

static void put_best(cell *best, int cost, size_t start)
{
    if (cost < best->cost)
        *best = (cell){cost, start};
}

/* The costs of a search: `swap` and `missing` for each phone of the phrase, `extra` for a phone of the transcript after another. */
typedef struct prices {
    int swap[PHRASE_MAX][SB_N_PHONES], missing[PHRASE_MAX], extra[SB_N_PHONES][SB_N_PHONES];
} prices;

static void list_prices(prices *out, const sounds *phrase)
{
    for (sb_phone a = 0; a < SB_N_PHONES; a++)
        for (sb_phone before = 0; before < SB_N_PHONES; before++)
            out->extra[before][a] = gap_cost(a, &before);
    for (size_t i = 0; i < phrase->n; i++) {
        out->missing[i] = gap_cost(phrase->phones[i], i ? &phrase->phones[i - 1] : NULL);
        for (sb_phone a = 0; a < SB_N_PHONES; a++)
            out->swap[i][a] = swap_cost(phrase->phones[i], a);
    }
}

/* Matches begin with the first phone of a word. */
static void take_phone(cell *column, const prices *price, const sounds *phrase, const sounds *text, size_t at)
{
    bool next_begins = at + 1 < text->n && text->word_of[at + 1] != text->word_of[at];
    cell diagonal = column[0];
    sb_phone phone = text->phones[at];
    int extra = at ? price->extra[text->phones[at - 1]][phone] : gap_cost(phone, NULL);
    column[0] = (cell){next_begins ? 0 : COST_OTHER * PHRASE_MAX, at + 1};
    for (size_t i = 1; i <= phrase->n; i++) {
        cell before = column[i], best = diagonal;
        best.cost += price->swap[i - 1][phone];
        put_best(&best, before.cost + extra, before.start);
        put_best(&best, column[i - 1].cost + price->missing[i - 1], column[i - 1].start);
        column[i] = best;
        diagonal = before;
    }
}

/* True if most phones of a word of the phrase have no counterpart in phones first ... last of the transcript. */
static bool lacks_word(const sounds *phrase, const sounds *text, size_t first, size_t last, int *costs)
{
    size_t n = phrase->n, width = last - first + 2;
    for (size_t j = 0; j < width; j++)
        costs[j] = (int)j * COST_GAP;
    for (size_t i = 1; i <= n; i++) {
        int missing = gap_cost(phrase->phones[i - 1], i > 1 ? &phrase->phones[i - 2] : NULL);
        int *above = costs + (i - 1) * width, *row = above + width;
        row[0] = above[0] + missing;
        for (size_t j = 1; j < width; j++) {
            sb_phone phone = text->phones[first + j - 1];
            int swap = above[j - 1] + swap_cost(phrase->phones[i - 1], phone);
            int extra = row[j - 1] + gap_cost(phone, j > 1 ? &text->phones[first + j - 2] : NULL);
            int gap = above[j] + missing;
            row[j] = swap <= extra && swap <= gap ? swap : extra < gap ? extra : gap;
        }
    }
    size_t n_word = 0, n_found = 0;
    for (size_t i = n, j = width - 1; i > 0;) {
        int *above = costs + (i - 1) * width, *row = above + width;
        sb_phone asked = phrase->phones[i - 1];
        int swap = j > 0 ? swap_cost(asked, text->phones[first + j - 1]) : 0;
        if (j > 0 && row[j] != above[j - 1] + swap &&
            row[j] == row[j - 1] + gap_cost(text->phones[first + j - 1],
                                            j > 1 ? &text->phones[first + j - 2] : NULL)) {
            j--;
            continue;
        }
        bool is_swap = j > 0 && row[j] == above[j - 1] + swap;
        n_word++;
        n_found += is_swap && swap < COST_OTHER;
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

static const char *explain_sound(const sounds *phrase, const sounds *text, size_t first, size_t last,
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

static sb_status search_sounds(sb_hits *hits, const sounds *phrase, const sounds *text, const sb_runs *runs,
                               const char *asked, sb_arena *whys, sb_error *err)
{
    cell *column = calloc(phrase->n + 1, sizeof *column);
    int *costs = calloc((phrase->n + 1) * (2 * phrase->n + 2), sizeof *costs);
    prices *price = calloc(1, sizeof *price);
    sb_status status = column && costs && price ? SB_OK : sb_error_memory(err, "searching");
    int most = (int)((phrase->n < SHORT_PHONES ? SHORT_SHARE : MOST_SHARE) * COST_OTHER * (double)phrase->n);
    size_t begin = hits->n_items;
    for (size_t i = 1; column && i <= phrase->n; i++)
        column[i].cost = COST_OTHER * PHRASE_MAX;
    if (status == SB_OK)
        list_prices(price, phrase);
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
                      .score = 1 - (double)end.cost / (COST_OTHER * (double)phrase->n)};
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

static bool all_words_sound(const sounds *phrase, const char *const *words, size_t n)
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
                        sb_arena *whys, sb_error *err)
{
    sounds asked = {0}, text = {0};
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
        status = make_sounds(&asked, &text, words, n_phrase, n_phrase + runs->n_words, language, err);
    }
    if (status == SB_OK && asked.n >= LEAST_PHONES && asked.n <= PHRASE_MAX &&
        all_words_sound(&asked, words, n_phrase))
        status = search_sounds(hits, &asked, &text, runs, phrase, whys, err);
    sounds_finish(&asked);
    sounds_finish(&text);
    free(words);
    free(copy);
    return status;
}
