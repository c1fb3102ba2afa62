/* Words: stems, near names, hashes, and where words begin in scripts without blanks. */
#ifndef SB_BASE_WORDS_WORDS_H
#define SB_BASE_WORDS_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A function that returns entry `index` of a list of names; NULL beyond the last. */
typedef const char *sb_name_at(const void *user, size_t index);

/* Returns the name nearest to `word` by Damerau-Levenshtein distance, ignoring case and accents. A name that
 * begins with the word counts as near. Returns NULL if no name is near enough. `names` ends with NULL. */
const char *sb_nearest(const char *word, sb_name_at *name_at, const void *user);
const char *sb_nearest_name(const char *word, const char *const *names);

/* Scripts written without blanks between words, but whose words have several characters: Thai, Lao, Khmer,
 * Burmese. Finding the words needs the dictionary of ICU. In these scripts, blanks are between sentences or
 * phrases. */

/* Returns true for a letter or mark of these scripts. */
bool sb_is_unspaced(int32_t code_point);

/* Finds words. One breaker serves one thread. */
typedef struct sb_word_breaker sb_word_breaker;

/* Returns false if the library was built without ICU. */
bool sb_word_breaker_exists(void);

/* Begins with a text, which must stay in place. Creates the breaker if `*breaker` is NULL. Returns false if
 * memory runs out, or without ICU. */
bool sb_word_breaker_begin(sb_word_breaker **breaker, const char *text, size_t size);

/* Returns the next position between two words of these scripts; the size of the text after the last. */
size_t sb_word_breaker_next(sb_word_breaker *breaker);
void sb_word_breaker_free(sb_word_breaker **breaker);

/* The stems of words, by the rules of the Snowball project: "valve" for "valve" and "valves". */
typedef struct sb_stems sb_stems;

/* Returns false if the library was built without libstemmer. Every word is then its own stem. */
bool sb_stems_exist(void);

/* `language` is a BCP 47 tag; NULL: English. Words of languages without rules are their own stems. Returns
 * false if memory runs out. */
bool sb_stems_create(sb_stems **out, const char *language);
void sb_stems_free(sb_stems **stems);

/* `word` is folded. The caller frees the stem. Returns NULL if memory runs out. */
char *sb_stem_of(sb_stems *stems, const char *word);

/* Hashing texts and words: FNV-1a (Fowler, Noll and Vo), and looking up items by hash. */

#define SB_HASH_SEED UINT64_C(14695981039346656037)

uint64_t sb_hash_add(uint64_t hash, uint64_t value);
uint64_t sb_hash_bytes(uint64_t hash, const void *data, size_t size);
uint64_t sb_hash_text(uint64_t hash, const char *text);

/* An index of items that the caller keeps in an array, with open addressing. */
typedef struct sb_hash_index {
    uint32_t *slots; /* 1 + an item; 0: empty */
    size_t n_slots;  /* a power of two */
} sb_hash_index;

/* Makes room for `n` items. Returns false if memory runs out. */
bool sb_hash_index_init(sb_hash_index *index, size_t n);
void sb_hash_index_finish(sb_hash_index *index);

/* Returns true if `item` has the key that `user` describes. */
typedef bool sb_hash_same(const void *user, size_t item);

/* Returns the slot of the item with this hash and key. If there is none, the slot is 0, and the caller may
 * store 1 + the new item. */
uint32_t *sb_hash_index_find(const sb_hash_index *index, uint64_t hash, sb_hash_same *same, const void *user);

/* Returns the hash of folded text (see sb_fold), ignoring punctuation. Returns 0 if the text has no letter
 * and no digit. */
uint64_t sb_word_hash(const char *folded);

/* Return true if `list`, which ends with NULL, has the word. The second function takes a part of a text and
 * ignores the case of a to z. */
bool sb_word_is_among(const char *word, const char *const *list);
bool sb_part_is_among(const char *text, size_t size, const char *const *list);

/* Returns true if the first letter of the word is a capital. */
bool sb_word_is_capitalised(const char *word);

/* Finds the part of a word from its first letter or digit to its last. Returns its length; 0 if there is
 * none. */
size_t sb_word_core(const char *word, size_t *from);

/* Returns true if these parts of two words or passages are the same. */
bool sb_word_same_core(const char *one, const char *other);

#endif
