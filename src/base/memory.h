/* Allocation with sizes checked. */
#ifndef SB_BASE_MEMORY_H
#define SB_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for one more item in an array that grows by doubling: `items` is the address of the pointer, `n` what is
 * in use, `capacity` what there is. False when out of memory; the array is then as it was. */
bool sb_grow(void *items, size_t n, size_t *capacity, size_t item_size);

/* The same for arrays whose owner keeps no capacity: room is made when `n` is 0 or a power of two. */
bool sb_push_room(void *items, size_t n, size_t item_size);

/* Copies; NULL gives NULL. `ok` (may be NULL) becomes false only where memory ran out. */
char *sb_copy_text(const char *text, bool *ok);
char *sb_copy_bytes(const char *text, size_t size);

/* snprintf into memory of its own; NULL when out of memory. */
char *sb_text_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
