/* Noticing allocations that fail inside third-party libraries. Some go on with a part of their result
 * missing, and return success. The allocator leaves ENOMEM in errno. */
#ifndef SB_BASE_RUN_WATCH_H
#define SB_BASE_RUN_WATCH_H

#include <stdbool.h>

/* Call sb_memory_watch before the library and sb_memory_failed after it, on the same thread. Allocations of
 * ours between the two count too. */
void sb_memory_watch(void);
bool sb_memory_failed(void);

#endif
