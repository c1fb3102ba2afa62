/* Memory, threads and random numbers. */
#ifndef SB_BASE_RUN_RUN_H
#define SB_BASE_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "soundbite/status.h"
#include "soundbite/time.h"

/* The lesser of two values. sb_time is an int64_t. */
static inline size_t sb_least_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

static inline int64_t sb_least_int64(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Allocation helpers that check sizes. */

/* Makes room for one more item in an array that doubles as it grows. `items` is the address of the pointer,
 * `n` the number of items in use, `capacity` the number allocated. Returns false if memory runs out; the
 * array is then unchanged. */
bool sb_grow(void *items, size_t n, size_t *capacity, size_t item_size);

/* Does the same for an array without a stored capacity: it grows when `n` is 0 or a power of two. */
bool sb_push_room(void *items, size_t n, size_t item_size);

/* Copies a string. NULL gives NULL. `ok` may be NULL; it becomes false only if memory runs out. */
char *sb_copy_text(const char *text, bool *ok);
char *sb_copy_bytes(const char *text, size_t size);

/* Memory for many small texts that are freed together. A zeroed arena is empty. */
typedef struct sb_arena {
    struct sb_arena_block *blocks;
    char *next; /* free bytes of the last block */
    size_t n_left;
} sb_arena;

/* Copies text and adds a NUL. Returns NULL if memory runs out. */
char *sb_arena_copy(sb_arena *arena, const char *text, size_t size);
void sb_arena_finish(sb_arena *arena);

/* Formats into new memory, which the caller frees. Returns NULL if memory runs out. */
char *sb_text_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Fails with SB_ERR_MEMORY: "out of memory while DOING; close other programs". Returns SB_ERR_MEMORY. */
sb_status sb_error_memory(sb_error *err, const char *doing);

/* Differences between operating systems. platform.c is the only file that calls functions specific to Linux.
 * If it is built with SB_PORTABLE or for another system, it uses only POSIX. */

struct stat;

/* Returns the number of cores that this process may use, at least 1. With POSIX only: the number of cores
 * that are online. */
int sb_cores(void);

/* Sends SIGTERM to this process when its parent ends. With POSIX only: does nothing, and the process finishes
 * its job. */
void sb_end_with_parent(void);

/* Describes the file of the running program. Returns false if it is not found. With POSIX only: looks for
 * `name`, the program's argv[0], in `folders`, the value of PATH. */
bool sb_program_file(struct stat *out, const char *name, const char *folders);

/* Waits until the content of a file, or the names in a folder, are on the disk. Returns 0, or -1 and errno.
 * Also 0 if the file system does not offer it, or if the folder may not be opened. */
int sb_sync_file(int fd);
int sb_sync_folder(const char *path);

/* Closes the file. Returns 0, or -1 and errno if written data was lost. */
int sb_close(int fd);

/* Running independent jobs on several threads. */

/* Calls work(user, i) once for every i < n on `jobs` threads and returns when all calls are done. `jobs` 0
 * means sb_cores(); 1 means the calling thread. Indices are started in ascending order. If a thread cannot be
 * started, the others do its work. */
void sb_parallel_for(size_t n, int jobs, void (*work)(void *user, size_t index), void *user);

/* Monitors of callers. */

/* sb_monitor_cancelled returns the result of the monitor's `cancelled`; the other function calls its
 * `progress`. The monitor and its functions may be NULL. */
bool sb_monitor_cancelled(const sb_monitor *monitor);
void sb_monitor_step(const sb_monitor *monitor, const char *stage, double done, double total);

/* Comparing numbers in ascending order, for qsort, and medians. */

int sb_compare_doubles(const void *a, const void *b);
int sb_compare_floats(const void *a, const void *b);
int sb_compare_times(const void *a, const void *b);
int sb_compare_span_starts(const void *a, const void *b);

/* Sort the values and return their median: of an even number, the upper of the two in the middle; of none,
 * 0. */
double sb_median_of_doubles(double *values, size_t n);
sb_time sb_median_of_times(sb_time *times, size_t n);

/* Pseudo-random numbers that are the same on every run. */

/* Returns the next 64 bits of xorshift64* (Marsaglia 2003, Vigna 2016). Initialise `*state` with a seed other
 * than 0. */
uint64_t sb_random_next(uint64_t *state);

/* Processing a stream of samples on a second thread while the caller produces more. */

typedef struct sb_relay sb_relay;

/* Called with the samples in order, in blocks of SB_RELAY_BLOCK samples (the last block is shorter), never by
 * two threads at once. The blocks are the same with and without a thread. */
typedef sb_status (*sb_relay_work)(void *user, const float *samples, size_t n_samples, sb_error *err);

#define SB_RELAY_BLOCK 16384

/* Creates a relay. Its thread starts with the first full block. On one core, or if no thread can be started,
 * the caller's thread does the work. Returns SB_ERR_MEMORY. */
sb_status sb_relay_create(sb_relay **out, sb_relay_work work, void *user, sb_error *err);

/* Waits for the current block and discards the blocks after it. */
void sb_relay_free(sb_relay **relay);

/* Copies the samples. Waits if the work is four blocks behind. Returns the first failure of the work, which
 * may be about an earlier block; later blocks are then not processed. */
sb_status sb_relay_push(sb_relay *relay, const float *samples, size_t n_samples, sb_error *err);

/* Processes the last block, waits for all work and returns its first failure. Nothing can be pushed
 * afterwards. */
sb_status sb_relay_end(sb_relay *relay, sb_error *err);

#endif
