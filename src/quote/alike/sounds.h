/* How words sound: their phones, and what it costs to take one for another. */
#ifndef SB_QUOTE_ALIKE_SOUNDS_H
#define SB_QUOTE_ALIKE_SOUNDS_H

#include "pronounce/pronounce.h"

#define SB_SOUND_OTHER      100 /* the cost of a phone of another class, in hundredths of a phone */
#define SB_SOUND_GAP        75  /* of a phone too many or too few */
#define SB_SOUND_PHONES_MIN 4   /* shorter phrases are alike too many words */
#define SB_SOUND_PHONES_MAX 256

/* The phones of a text, and the word of each. */
typedef struct sb_sounds {
    sb_phone *phones;
    size_t *word_of;
    size_t n, capacity, word_capacity;
} sb_sounds;

/* Reads the dictionary of the installed acoustic model, for several calls. `*out` is NULL if there is none.
 * Returns SB_ERR_IO; SB_ERR_MEMORY. */
sb_status sb_sound_dictionary_read(sb_dictionary **out, sb_error *err);

/* Makes the phones of words[0 ... n_phrase) and those of the words after them. Words that have no phones,
 * such as those of scripts that are no alphabets, are left out. `language` is a BCP 47 tag; NULL: English.
 * `model` is that dictionary; NULL: it is read. Returns SB_ERR_MEMORY, or SB_ERR_IO if the dictionary cannot
 * be read; finish both in any case. */
sb_status sb_sounds_make(sb_sounds *phrase, sb_sounds *text, const char *const *words, size_t n_phrase,
                         size_t n_words, const char *language, const sb_dictionary *model, sb_error *err);
void sb_sounds_finish(sb_sounds *sounds);

int sb_sound_swap_cost(sb_phone a, sb_phone b);
/* `before` is the phone before; NULL: none. */
int sb_sound_gap_cost(sb_phone phone, const sb_phone *before);

/* The highest cost at which something sounds like a phrase. */
int sb_sound_most(size_t n_phones);

/* The costs of a search: `swap` and `missing` for each phone of the phrase, `extra` for a phone of the
 * transcript after another. */
typedef struct sb_sound_prices {
    int swap[SB_SOUND_PHONES_MAX][SB_N_PHONES], missing[SB_SOUND_PHONES_MAX], extra[SB_N_PHONES][SB_N_PHONES];
} sb_sound_prices;

void sb_sound_prices_list(sb_sound_prices *out, const sb_sounds *phrase);

/* The parts of a phrase that a word sounds like. */

#define SB_PIECE_PHONES_MAX 48 /* of a phrase whose pieces are searched */

/* Phones [from, until) of the phrase. */
typedef struct sb_phrase_piece {
    size_t from, until;
    int cost;
} sb_phrase_piece;

/* Called for each piece of word `word`. Returns false if memory runs out. */
typedef bool sb_take_piece(void *user, size_t word, const sb_phrase_piece *piece);

/* Finds the pieces of all words. words[i] has the phones of a word, one character from SB_PHONE_LETTER on for
 * each; the words are sorted. Returns false if memory runs out. */
#define SB_PHONE_LETTER 'A'
bool sb_phrase_pieces_find(const sb_sounds *phrase, const char *const *words, size_t n_words,
                           sb_take_piece *take, void *user);

#endif
