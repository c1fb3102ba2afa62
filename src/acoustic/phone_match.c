#include "acoustic/acoustic.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IMPOSSIBLE (-1e30f)
#define GAIN       3.5f
#define UNWRITTEN  1.0f /* cost of a frame of speech without text inside a match */
#define BLOCK      256  /* phones per block; the best score of each block is kept */
#define DECOY      8192 /* phones */
/* Smallest spread, as a part of the mean, because a few blocks give a poor estimate. */
#define SPREAD_LEAST 0.12
/* Phones that a match may contain per row before the search for its end stops. */
#define REACH 3

/* The loader chooses a clone before a sanitizer has begun, which ends the program. */
#ifdef __has_feature
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(SANITIZED)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

static bool allocate_phones(sb_phone_text *t, size_t n)
{
    t->phone = malloc(n + 1);
    t->word = malloc((n + 1) * sizeof *t->word);
    t->begins = malloc((n + 1) * sizeof *t->begins);
    t->first = malloc((t->n_words + 1) * sizeof *t->first);
    return t->phone && t->word && t->begins && t->first;
}

static void add_word_phones(sb_phone_text *t, size_t word, const sb_spoken_way *way, bool backwards)
{
    size_t n = way->n_phones;
    for (size_t i = 0; i <= n; i++, t->n++) {
        t->phone[t->n] = i == n ? SB_MODEL_SILENCE : way->phones[backwards ? n - 1 - i : i];
        t->word[t->n] = (uint32_t)word;
        t->begins[t->n] = i == 0 ? 0 : IMPOSSIBLE;
    }
}

static const sb_lexeme *lexeme_at(const sb_lexicon *lexicon, size_t word)
{
    return &lexicon->lexemes[lexicon->lexeme_of[word]];
}

static size_t phones_of(const sb_lexeme *lexeme)
{
    return lexeme->n_ways ? lexeme->ways[0].n_phones + 1 : 0;
}

static bool make_text(sb_phone_text *out, const sb_lexicon *lexicon, size_t n_words, size_t n_phones,
                      bool backwards)
{
    *out = (sb_phone_text){.n_words = n_words};
    if (!allocate_phones(out, n_phones)) {
        sb_phone_text_finish(out);
        return false;
    }
    for (size_t i = 0; i < n_words; i++) {
        size_t word = backwards ? n_words - 1 - i : i;
        out->first[i] = out->n;
        if (lexeme_at(lexicon, word)->n_ways)
            add_word_phones(out, word, &lexeme_at(lexicon, word)->ways[0], backwards);
    }
    out->first[n_words] = out->n;
    return true;
}

bool sb_phone_text_make(sb_phone_text *out, const sb_lexicon *lexicon)
{
    size_t n = 0;
    for (size_t w = 0; w < lexicon->n_words; w++)
        n += phones_of(lexeme_at(lexicon, w));
    return make_text(out, lexicon, lexicon->n_words, n, false);
}

bool sb_phone_decoy_make(sb_phone_text *out, const sb_lexicon *lexicon)
{
    size_t n = 0, n_words = 0;
    while (n_words < lexicon->n_words && n < DECOY)
        n += phones_of(lexeme_at(lexicon, n_words++));
    return make_text(out, lexicon, n_words, n, true);
}

void sb_phone_text_finish(sb_phone_text *t)
{
    free(t->phone);
    free(t->word);
    free(t->begins);
    free(t->first);
    *t = (sb_phone_text){0};
}

sb_phone_text sb_phone_text_part(const sb_phone_text *t, size_t first, size_t end)
{
    size_t at = t->first[first];
    return (sb_phone_text){.phone = t->phone + at,
                           .word = t->word + at,
                           .begins = t->begins + at,
                           .n = t->first[end] - at,
                           .first = t->first + first,
                           .n_words = end - first};
}

static float best_of_states(sb_scorer *scorer, int phone)
{
    const uint16_t *senones = sb_scorer_model(scorer)->plain[phone];
    float best = IMPOSSIBLE;
    for (int s = 0; s < SB_STATES; s++)
        best = fmaxf(best, sb_scorer_score(scorer, senones[s]));
    return best;
}

void sb_phone_scores(float (*out)[SB_MODEL_PHONES], sb_scorer *scorer, const float (*vectors)[SB_VECTOR],
                     size_t n_vectors)
{
    int n_phones = (int)sb_scorer_model(scorer)->phones->n;
    sb_scorer_begin(scorer, vectors, n_vectors, SB_MATCH_STEP);
    for (size_t t = 0; t < n_vectors; t += SB_MATCH_STEP, out++) {
        sb_scorer_set_frame(scorer, t);
        for (int p = 0; p < n_phones; p++)
            (*out)[p] = best_of_states(scorer, p) + GAIN;
        (*out)[SB_MODEL_SILENCE] = fmaxf(best_of_states(scorer, SB_MODEL_SILENCE), -UNWRITTEN);
    }
}

/* One row over some phones. A cell stays in its phone, comes from the phone before it, comes from the
 * previous word past the pause, or starts a match. Returns the best score. */
WIDE static float step(float *restrict now, const float *restrict before, const uint8_t *restrict phone,
                       const float *restrict begins, const float *restrict scores, int n)
{
    float most[8] = {IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE,
                     IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE};
    int whole = n / 8 * 8;
    for (int k = 0; k < whole; k += 8)
        for (int i = k; i < k + 8; i++) {
            float past = before[i - 2] + begins[i], near = before[i - 1], stay = before[i];
            float best = near > stay ? near : stay;
            best = past > best ? past : best;
            best = begins[i] > best ? begins[i] : best;
            now[i] = best + scores[phone[i]];
            most[i - k] = now[i] > most[i - k] ? now[i] : most[i - k];
        }
    for (int i = whole; i < n; i++) {
        float best = fmaxf(fmaxf(before[i - 1], before[i]), fmaxf(before[i - 2] + begins[i], begins[i]));
        now[i] = best + scores[phone[i]];
        most[0] = fmaxf(most[0], now[i]);
    }
    for (int i = 1; i < 8; i++)
        most[0] = fmaxf(most[0], most[i]);
    return most[0];
}

typedef struct match_end {
    float score;
    size_t row, phone;
} match_end;

static size_t find_value(const float *values, size_t n, float value)
{
    size_t i = 0;
    while (i + 1 < n && values[i] < value)
        i++;
    return i;
}

/* The best end of a match, and the best score in each block of phones (`best_of` may be NULL). Two cells
 * before the text stand for cells from which nothing can come. */
static bool find_end(match_end *out, float *best_of, const sb_phone_text *text,
                     const float (*scores)[SB_MODEL_PHONES], size_t n_rows)
{
    size_t n = text->n;
    float *rows = malloc(2 * (n + 2) * sizeof *rows);
    *out = (match_end){0};
    for (size_t i = 0; rows && i < 2 * (n + 2); i++)
        rows[i] = IMPOSSIBLE;
    for (size_t t = 0; rows && t < n_rows; t++) {
        float *now = rows + (t & 1) * (n + 2) + 2, *before = rows + (1 - (t & 1)) * (n + 2) + 2;
        for (size_t k = 0; k < n; k += BLOCK) {
            size_t length = n - k < BLOCK ? n - k : BLOCK;
            float best = step(now + k, before + k, text->phone + k, text->begins + k, scores[t], (int)length);
            if (best_of && best > best_of[k / BLOCK])
                best_of[k / BLOCK] = best;
            if (best > out->score)
                *out = (match_end){best, t, k + find_value(now + k, length, best)};
        }
    }
    free(rows);
    return rows != NULL;
}

/* The largest of n samples is about sqrt(2 ln n) deviations above their mean. Two more make it rare. */
static bool find_chance(float *out, const sb_phone_text *decoy, size_t n_blocks,
                        const float (*scores)[SB_MODEL_PHONES], size_t n_rows)
{
    float best_of[DECOY / BLOCK + 2] = {0};
    match_end end;
    if (!find_end(&end, best_of, decoy, scores, n_rows))
        return false;
    size_t n = (decoy->n + BLOCK - 1) / BLOCK;
    n = n < DECOY / BLOCK ? n : DECOY / BLOCK;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (double)best_of[i];
        squares += (double)best_of[i] * (double)best_of[i];
    }
    double mean = sum / (double)n, spread = sqrt(fmax(squares / (double)n - mean * mean, 0));
    spread = fmax(spread, SPREAD_LEAST * mean);
    *out = (float)(mean + (sqrt(2 * log((double)n_blocks + 1)) + 2) * spread);
    return true;
}

enum { STAYED, CAME, CAME_PAST, BEGAN };

static void trace_step(float *now, const float *before, const sb_phone_text *text, size_t first,
                       const float *scores, uint8_t *how, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float begins = text->begins[first + i], best = before[i + 2];
        how[i] = STAYED;
        if (before[i + 1] > best) {
            best = before[i + 1];
            how[i] = CAME;
        }
        if (before[i] + begins > best) {
            best = before[i] + begins;
            how[i] = CAME_PAST;
        }
        if (begins > best) {
            best = begins;
            how[i] = BEGAN;
        }
        now[i + 2] = best + scores[text->phone[first + i]];
    }
}

static bool add_word_span(sb_phone_match *m, uint32_t word, int32_t start, int32_t end)
{
    if (!sb_grow(&m->words, m->n_words, &m->capacity, sizeof *m->words))
        return false;
    m->words[m->n_words++] = (sb_word_place){word, start, end};
    return true;
}

/* Goes back from the last phone of the range at the last row. */
static bool walk_back(sb_phone_match *m, const sb_phone_text *text, size_t first, size_t n,
                      const uint8_t *how, size_t n_rows)
{
    size_t at = n - 1;
    int32_t end = (int32_t)n_rows;
    for (size_t t = n_rows; t-- > 0;) {
        const uint32_t word = text->word[first + at];
        if (text->phone[first + at] == SB_MODEL_SILENCE)
            end = (int32_t)t;
        uint8_t step_here = how[t * n + at];
        if (step_here == STAYED)
            continue;
        if (text->begins[first + at] == 0) {
            if (!add_word_span(m, word, (int32_t)t, end))
                return false;
            end = (int32_t)t;
        }
        if (step_here == BEGAN)
            return true;
        at -= step_here == CAME ? 1 : 2;
    }
    return true;
}

static void reverse_words(sb_phone_match *m)
{
    for (size_t i = 0, j = m->n_words; i + 1 < j; i++) {
        sb_word_place spare = m->words[i];
        m->words[i] = m->words[--j];
        m->words[j] = spare;
    }
}

/* Traces the path to the end that was found. Only the few phones before it that the match can contain are
 * searched. */
static bool trace_match(sb_phone_match *m, const sb_phone_text *text, const match_end *end,
                        const float (*scores)[SB_MODEL_PHONES])
{
    size_t n_rows = end->row + 1, last = end->phone + 1;
    size_t n = last < REACH * n_rows ? last : REACH * n_rows;
    float *cells = malloc(2 * (n + 2) * sizeof *cells);
    uint8_t *how = malloc(n * n_rows);
    bool ok = cells && how;
    for (size_t i = 0; ok && i < 2 * (n + 2); i++)
        cells[i] = IMPOSSIBLE;
    for (size_t t = 0; ok && t < n_rows; t++)
        trace_step(cells + (t & 1) * (n + 2), cells + (1 - (t & 1)) * (n + 2), text, last - n, scores[t],
                   how + t * n, n);
    ok = ok && walk_back(m, text, last - n, n, how, n_rows);
    free(cells);
    free(how);
    reverse_words(m);
    return ok;
}

bool sb_phone_match_find(sb_phone_match *out, const sb_phone_text *text, const sb_phone_text *decoy,
                         const float (*scores)[SB_MODEL_PHONES], size_t n_rows)
{
    match_end best;
    out->n_words = 0;
    out->score = out->chance = 0;
    if (text->n == 0 || n_rows == 0)
        return true;
    if (!find_end(&best, NULL, text, scores, n_rows) ||
        !find_chance(&out->chance, decoy, text->n / BLOCK + 1, scores, n_rows))
        return false;
    out->score = best.score;
    return best.score <= 0 || trace_match(out, text, &best, scores);
}

void sb_phone_match_finish(sb_phone_match *m)
{
    free(m->words);
    *m = (sb_phone_match){0};
}
