#include "align/word_match.h"

#include "acoustic/cepstra.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH_SPREAD 0.45 /* standard deviation of the log of a word's length against its phones' */

bool sb_heard_room(sb_heard **heard, size_t n, size_t *capacity)
{
    return sb_grow(heard, n, capacity, sizeof **heard);
}

/* The stretches that are words, as indices into `heard`. */
static size_t list_words(const sb_heard *heard, size_t n_heard, uint32_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < n_heard; i++)
        if (heard[i].lexeme != SB_HEARD_FILLER)
            out[n++] = (uint32_t)i;
    return n;
}

typedef struct matcher {
    const sb_heard *heard;
    const uint32_t *spoken; /* indices into `heard` */
    const uint32_t *words;
    size_t n_spoken, n_words;
    int16_t *
        together; /* [spoken][word]: neighbours kept with this one on this word and all before it placed; < 0: none */
    int16_t *best; /* [spoken][word]: the word at or before this one with most together; < 0 none */
} matcher;

static int16_t *cell(const matcher *m, int16_t *table, size_t spoken, size_t word)
{
    return &table[spoken * m->n_words + word];
}

static int together_before(const matcher *m, size_t spoken, size_t word)
{
    if (spoken == 0)
        return 0;
    if (word == 0)
        return -1;
    int best = *cell(m, m->best, spoken - 1, word - 1),
        most = best < 0 ? -1 : *cell(m, m->together, spoken - 1, (size_t)best);
    int joined = *cell(m, m->together, spoken - 1, word - 1);
    return joined >= 0 && joined + 1 > most ? joined + 1 : most;
}

static void fill_row(const matcher *m, size_t spoken)
{
    int best = -1, most = -1;
    for (size_t w = 0; w < m->n_words; w++) {
        bool same = m->heard[m->spoken[spoken]].lexeme == m->words[w];
        int together = same ? together_before(m, spoken, w) : -1;
        *cell(m, m->together, spoken, w) = (int16_t)together;
        if (together > most) {
            most = together;
            best = (int)w;
        }
        *cell(m, m->best, spoken, w) = (int16_t)best;
    }
}

/* The word that each spoken stretch is, from the last to the first. False where they do not fit. */
static bool trace(const matcher *m, uint32_t *word_of)
{
    int word = *cell(m, m->best, m->n_spoken - 1, m->n_words - 1);
    for (size_t s = m->n_spoken; s-- > 0;) {
        if (word < 0)
            return false;
        word_of[s] = (uint32_t)word;
        if (s == 0)
            break;
        if (word == 0)
            return false;
        int joined = *cell(m, m->together, s - 1, (size_t)word - 1);
        bool from_neighbour = joined >= 0 && joined + 1 == *cell(m, m->together, s, (size_t)word);
        word = from_neighbour ? word - 1 : *cell(m, m->best, s - 1, (size_t)word - 1);
    }
    return true;
}

static const sb_spoken_way *way_of(const sb_lexicon *lexicon, const sb_heard *h)
{
    const sb_lexeme *lexeme = &lexicon->lexemes[h->lexeme];
    return &lexeme->ways[h->way < lexeme->n_ways ? h->way : 0];
}

static double length_z(const sb_spoken_way *way, double seconds)
{
    double expected = 0;
    for (size_t i = 0; i < way->n_phones; i++)
        expected += sb_phone_seconds(way->phones[i]);
    return log(seconds / expected) / (LENGTH_SPREAD / sqrt(fmin((double)way->n_phones, 4) / 2));
}

static char first_class(const sb_spoken_way *way)
{
    return sb_phone_class(way->phones[0]);
}

static char last_class(const sb_spoken_way *way)
{
    return sb_phone_class(way->phones[way->n_phones - 1]);
}

static void fill_word(const matcher *m, const sb_lexicon *lexicon, size_t n_heard, size_t at,
                      sb_acoustic_word *out)
{
    const sb_heard *h = &m->heard[at];
    const sb_spoken_way *way = way_of(lexicon, h);
    int frames = h->end - h->start;
    *out = (sb_acoustic_word){.heard = true,
                              .start = h->start,
                              .end = h->end,
                              .way = h->way,
                              .first_class = first_class(way),
                              .last_class = last_class(way),
                              .before_class = SB_CLASS_SILENCE,
                              .after_class = SB_CLASS_SILENCE,
                              .score = (float)(h->log_likelihood / frames),
                              .length_z = (float)length_z(way, (double)frames / SB_CEPSTRA_RATE)};
    if (at > 0 && h[-1].lexeme != SB_HEARD_FILLER)
        out->before_class = last_class(way_of(lexicon, h - 1));
    if (at + 1 < n_heard && h[1].lexeme != SB_HEARD_FILLER)
        out->after_class = first_class(way_of(lexicon, h + 1));
}

bool sb_heard_assign(const sb_heard *heard, size_t n_heard, const uint32_t *words, const uint32_t *place,
                     size_t n_words, const sb_lexicon *lexicon, sb_acoustic_word *out)
{
    uint32_t *spoken = malloc((n_heard + 1) * sizeof *spoken),
             *word_of = malloc((n_heard + 1) * sizeof *word_of);
    matcher m = {.heard = heard, .spoken = spoken, .words = words, .n_words = n_words};
    bool ok = spoken && word_of;
    if (ok && (m.n_spoken = list_words(heard, n_heard, spoken)) > 0) {
        m.together = malloc(2 * m.n_spoken * n_words * sizeof *m.together);
        m.best = m.together ? m.together + m.n_spoken * n_words : NULL;
        ok = m.together != NULL;
        for (size_t s = 0; ok && s < m.n_spoken; s++)
            fill_row(&m, s);
        if (ok && trace(&m, word_of))
            for (size_t s = 0; s < m.n_spoken; s++)
                fill_word(&m, lexicon, n_heard, spoken[s], &out[place[word_of[s]]]);
    }
    free(m.together);
    free(word_of);
    free(spoken);
    return ok;
}
