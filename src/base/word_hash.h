/* Hashing words for comparing passages: FNV-1a (Fowler, Noll and Vo). */
#ifndef SB_BASE_WORD_HASH_H
#define SB_BASE_WORD_HASH_H

#include <stdint.h>

#define SB_HASH_SEED UINT64_C(14695981039346656037)

uint64_t sb_hash_add(uint64_t hash, uint64_t value);

/* Returns the hash of folded text (see sb_fold), ignoring punctuation. Returns 0 if the text has no letter
 * and no digit. */
uint64_t sb_word_hash(const char *folded);

#endif
