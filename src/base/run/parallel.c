#include "base/run/run.h"

#include <pthread.h>
#include <stdatomic.h>

#define MAX_THREADS 64

typedef struct shared_work {
    atomic_size_t next;
    size_t n;
    void (*work)(void *user, size_t index);
    void *user;
} shared_work;

static void *take_pieces(void *argument)
{
    shared_work *shared = argument;
    size_t i;
    while ((i = atomic_fetch_add(&shared->next, 1)) < shared->n)
        shared->work(shared->user, i);
    return NULL;
}

void sb_parallel_for(size_t n, int jobs, void (*work)(void *user, size_t index), void *user)
{
    shared_work shared = {.n = n, .work = work, .user = user};
    if (jobs <= 0)
        jobs = sb_cores();
    if (jobs > MAX_THREADS)
        jobs = MAX_THREADS;
    if ((size_t)jobs > n)
        jobs = (int)n;
    pthread_t threads[MAX_THREADS];
    int n_threads = 0;
    while (n_threads < jobs - 1 && pthread_create(&threads[n_threads], NULL, take_pieces, &shared) == 0)
        n_threads++;
    take_pieces(&shared);
    while (n_threads > 0)
        pthread_join(threads[--n_threads], NULL);
}
