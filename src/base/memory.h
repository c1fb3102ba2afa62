/* Allocation helpers that check sizes. */
#ifndef SB_BASE_MEMORY_H
#define SB_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for one more item in an array that doubles as it grows. `items` is the address of the pointer,
 * `n` the number of items in use, `capacity` the number allocated. Returns false if memory runs out; the
 * array is then unchanged. */
bool sb_grow(void *items, size_t n, size_t *capacity, size_t item_size);

/* Does the same for an array without a stored capacity: it grows when `n` is 0 or a power of two. */
bool sb_push_room(void *items, size_t n, size_t item_size);

/* Copies a string. NULL gives NULL. `ok` may be NULL; it becomes false only if memory runs out. */
char *sb_copy_text(const char *text, bool *ok);
char *sb_copy_bytes(const char *text, size_t size);

/* Formats into new memory, which the caller frees. Returns NULL if memory runs out. */
char *sb_text_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
