#include "quote/alike/sounds.h"

#include <stdlib.h>
#include <string.h>

#define WORD_PHONES_MAX 40
#define LONGER_MAX      4 /* phones that a piece may have more than the word */
/* Of the phones of a piece that may differ; other pieces of the phrase may differ less. */
#define PIECE_SHARE 0.45

/* rows[i][k]: the cost of the first i phones of the word for the next k phones of the phrase. Words that
 * begin alike share rows, and a beginning that costs too much ends all words that begin so. */
typedef struct pieces {
    const sb_sounds *phrase;
    sb_sound_prices price;
    int rows[WORD_PHONES_MAX + 1][SB_PIECE_PHONES_MAX + 1];
    size_t from;
    int most;
} pieces;

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void begin_rows(pieces *p)
{
    p->rows[0][0] = 0;
    for (size_t k = 0; p->from + k < p->phrase->n; k++)
        p->rows[0][k + 1] = p->rows[0][k] + p->price.missing[p->from + k];
}

/* Makes the row after phone `i` of the word. Returns its lowest cost. */
static int add_row(pieces *p, const char *word, size_t i)
{
    const int *above = p->rows[i];
    int *row = p->rows[i + 1];
    sb_phone phone = (sb_phone)(word[i] - SB_PHONE_LETTER),
             before = i ? (sb_phone)(word[i - 1] - SB_PHONE_LETTER) : phone;
    int extra = i ? p->price.extra[before][phone] : sb_sound_gap_cost(phone, NULL), best;
    size_t n = p->phrase->n - p->from;
    best = row[0] = above[0] + extra;
    for (size_t k = 0; k < n; k++) {
        const size_t at = p->from + k;
        row[k + 1] = least(above[k] + p->price.swap[at][phone],
                           least(above[k + 1] + extra, row[k] + p->price.missing[at]));
        best = least(best, row[k + 1]);
    }
    return best;
}

static bool take_pieces(const pieces *p, size_t word, size_t size, sb_take_piece *take, void *user)
{
    size_t n = p->phrase->n - p->from;
    for (size_t k = 1; k <= n && k <= size + LONGER_MAX; k++) {
        int cost = p->rows[size][k];
        size_t longer = k > size ? k : size;
        sb_phrase_piece piece = {p->from, p->from + k, cost};
        if (cost <= p->most && cost <= (int)(PIECE_SHARE * SB_SOUND_OTHER * (double)longer) &&
            !take(user, word, &piece))
            return false;
    }
    return true;
}

static size_t same_start(const char *a, const char *b)
{
    size_t n = 0;
    while (a[n] && a[n] == b[n])
        n++;
    return n;
}

static bool is_word(const char *phones)
{
    size_t n = 0;
    for (; phones[n]; n++)
        if (phones[n] < SB_PHONE_LETTER || phones[n] >= SB_PHONE_LETTER + SB_N_PHONES)
            return false;
    return n > 0 && n <= WORD_PHONES_MAX;
}

static bool find_from(pieces *p, const char *const *words, size_t n_words, sb_take_piece *take, void *user)
{
    const char *before = "";
    size_t n_rows = 0, dead = SIZE_MAX; /* words that share `dead` phones with `before` cost too much */
    begin_rows(p);
    for (size_t w = 0; w < n_words; w++) {
        const char *word = words[w];
        if (!is_word(word))
            continue;
        size_t shared = same_start(before, word);
        if (shared >= dead)
            continue;
        dead = SIZE_MAX;
        n_rows = shared < n_rows ? shared : n_rows;
        before = word;
        for (; word[n_rows] && dead == SIZE_MAX; n_rows++)
            if (add_row(p, word, n_rows) > p->most)
                dead = n_rows + 1;
        if (dead == SIZE_MAX && !take_pieces(p, w, n_rows, take, user))
            return false;
    }
    return true;
}

bool sb_phrase_pieces_find(const sb_sounds *phrase, const char *const *words, size_t n_words,
                           sb_take_piece *take, void *user)
{
    pieces *p = calloc(1, sizeof *p);
    bool ok = p != NULL;
    if (ok) {
        p->phrase = phrase;
        p->most = sb_sound_most(phrase->n);
        sb_sound_prices_list(&p->price, phrase);
    }
    for (size_t from = 0; ok && from < phrase->n; from++) {
        p->from = from;
        ok = find_from(p, words, n_words, take, user);
    }
    free(p);
    return ok;
}
