#include "pronounce/pronounce.h"

#include "base/run/run.h"
#include "base/text/fold.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdlib.h>
#include <string.h>

#define PARTS_MAX 8 /* in one word */

typedef sb_dictionary_lexicon_params params_of;

/* A part of a word: its pronunciations in one of the dictionaries. */
typedef struct part {
    const sb_dictionary *dictionary;
    char text[256];
} part;

static bool has_word(const sb_dictionary *d, const char *word)
{
    sb_phone phones[SB_WAY_PHONES_MAX];
    return d && sb_dictionary_find(d, word, 0, phones, SB_WAY_PHONES_MAX) > 0;
}

static bool take_part(part *out, const sb_dictionary *d, const char *word)
{
    if (!has_word(d, word) || strlen(word) >= sizeof out->text)
        return false;
    out->dictionary = d;
    strcpy(out->text, word);
    return true;
}

/* The user's words have no accents. The model's words are tried with accents and then without. */
static bool find_part(part *out, const params_of *p, const char *word)
{
    char folded[sizeof out->text];
    bool found = *word && sb_fold_to(folded, sizeof folded, word) &&
                 (take_part(out, p->user, folded) || take_part(out, p->dictionary, word) ||
                  take_part(out, p->dictionary, folded));
    return found;
}

/* Finds the longest beginning of the word that is in a dictionary and after which it may be split. Returns
 * its length, or 0. */
static size_t find_beginning(part *out, const params_of *p, const char *word)
{
    char piece[256];
    for (size_t size = strlen(word); size > 0; size--) {
        bool whole = word[size] == '\0',
             may = whole || word[size - 1] == '\'' || (word[size] == '-' && size > 0);
        if (!may || size >= sizeof piece)
            continue;
        memcpy(piece, word, size);
        piece[size] = '\0';
        if (find_part(out, p, piece) || (piece[0] == '-' && find_part(out, p, piece + 1)))
            return size;
    }
    return 0;
}

static size_t find_parts(part parts[PARTS_MAX], const params_of *p, const char *word)
{
    size_t n = 0;
    while (*word && n < PARTS_MAX) {
        size_t size = find_beginning(&parts[n], p, word);
        if (size == 0)
            return 0;
        word += size;
        n++;
    }
    return *word ? 0 : n;
}

/* Uses the first pronunciation of all parts except part `other`, which uses `which`. Returns false if memory
 * runs out. */
static bool add_way(sb_lexeme *lexeme, const part *parts, size_t n_parts, size_t other, size_t which)
{
    sb_phone phones[SB_WAY_PHONES_MAX];
    size_t n = 0;
    for (size_t i = 0; i < n_parts; i++) {
        size_t way = i == other ? which : 0, room = SB_WAY_PHONES_MAX - n;
        size_t size = sb_dictionary_find(parts[i].dictionary, parts[i].text, way, phones + n, room);
        if (size == 0)
            return true;
        n += size;
    }
    return sb_lexeme_add_way(lexeme, phones, n);
}

static bool add_ways(sb_lexeme *lexeme, const part *parts, size_t n_parts)
{
    lexeme->ways = calloc(SB_WAYS_MAX, sizeof *lexeme->ways);
    bool ok = lexeme->ways && add_way(lexeme, parts, n_parts, 0, 0);
    for (size_t which = 1; ok && which < SB_WAYS_MAX; which++)
        for (size_t i = 0; ok && i < n_parts && lexeme->n_ways < SB_WAYS_MAX; i++)
            ok = add_way(lexeme, parts, n_parts, i, which);
    return ok;
}

/* Removes punctuation at both ends. Apostrophes may belong to the word ("l'", "'t"). */
static char *trim(char *text, bool apostrophes)
{
    size_t size = strlen(text), first = size, end = 0;
    for (size_t at = 0; at < size;) {
        size_t begin = at;
        int32_t c = sb_utf8_next(text, size, &at);
        if (!sb_is_letter(c) && !sb_is_digit(c) && (apostrophes || c != '\''))
            continue;
        first = begin < first ? begin : first;
        end = at;
    }
    text[end > first ? end : first] = '\0';
    return text + first;
}

static bool pronounce(sb_lexeme *lexeme, const params_of *p)
{
    part parts[PARTS_MAX];
    char *lower = sb_fold_case(lexeme->text);
    if (!lower)
        return false;
    char *word = trim(lower, false);
    size_t n = find_parts(parts, p, word);
    if (n == 0)
        n = find_parts(parts, p, trim(word, true));
    free(lower);
    return n == 0 || add_ways(lexeme, parts, n);
}

static bool add_lexeme(sb_lexicon *l, const sb_hash_index *index, const char *word, uint32_t *lexeme_of,
                       const params_of *p)
{
    size_t n_before = l->n_lexemes;
    *lexeme_of = sb_lexicon_add(l, index, word, NULL);
    return *lexeme_of != UINT32_MAX && (*lexeme_of < n_before || pronounce(&l->lexemes[*lexeme_of], p));
}

sb_status sb_dictionary_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                                     const sb_dictionary_lexicon_params *params, sb_error *err)
{
    sb_hash_index index = {0};
    *out = (sb_lexicon){.n_words = n_words};
    out->lexeme_of = calloc(n_words + 1, sizeof *out->lexeme_of);
    bool ok = out->lexeme_of && sb_hash_index_init(&index, n_words);
    for (size_t i = 0; ok && i < n_words; i++)
        ok = add_lexeme(out, &index, words[i], &out->lexeme_of[i], params);
    sb_hash_index_finish(&index);
    if (!ok)
        sb_lexicon_finish(out);
    return ok ? SB_OK : sb_error_memory(err, "looking up pronunciations");
}
