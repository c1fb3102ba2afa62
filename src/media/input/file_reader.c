#include "media/input/input.h"

#include "base/run/run.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { READ_BYTES = 64 * 1024, STACK_BYTES = 128 * 1024 };

/* A read of a file on a network that is gone does not return, and no signal ends it. Another thread reads, so
 * that its caller can go on. */
struct sb_file_reader {
    int fd;
    pthread_t thread;
    pthread_mutex_t mutex; /* protects the members below */
    pthread_cond_t changed;
    bool is_asked, ends, is_given_up; /* given up: the thread frees the reader */
    int64_t offset;
    size_t size;
    ssize_t n;
    int failure;
    uint8_t data[READ_BYTES];
};

static void release(sb_file_reader *r)
{
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->mutex);
    free(r);
}

/* Wakes the other thread without holding what it needs next. */
static void tell(sb_file_reader *r)
{
    pthread_mutex_unlock(&r->mutex);
    pthread_cond_signal(&r->changed);
}

static void *read_as_asked(void *argument)
{
    sb_file_reader *r = argument;
    pthread_mutex_lock(&r->mutex);
    while (!r->ends) {
        if (!r->is_asked) {
            pthread_cond_wait(&r->changed, &r->mutex);
            continue;
        }
        pthread_mutex_unlock(&r->mutex);
        ssize_t n;
        do
            n = pread(r->fd, r->data, r->size, r->offset);
        while (n < 0 && errno == EINTR);
        int failure = errno;
        pthread_mutex_lock(&r->mutex);
        r->n = n;
        r->failure = failure;
        r->is_asked = false;
        tell(r);
        pthread_mutex_lock(&r->mutex);
    }
    bool is_given_up = r->is_given_up;
    pthread_mutex_unlock(&r->mutex);
    if (is_given_up)
        release(r);
    return NULL;
}

sb_file_reader *sb_file_reader_create(int fd)
{
    sb_file_reader *r = calloc(1, sizeof *r);
    pthread_attr_t small;
    pthread_condattr_t monotonic;
    if (!r || pthread_attr_init(&small) != 0) {
        free(r);
        return NULL;
    }
    r->fd = fd;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&r->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&r->mutex, NULL);
    pthread_attr_setstacksize(&small, STACK_BYTES);
    bool ok = pthread_create(&r->thread, &small, read_as_asked, r) == 0;
    pthread_attr_destroy(&small);
    if (ok)
        return r;
    release(r);
    return NULL;
}

static void wait_a_little(sb_file_reader *r, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&r->changed, &r->mutex, &until);
}

ssize_t sb_file_reader_read(sb_file_reader **reader, uint8_t *data, size_t size, int64_t offset,
                            bool (*must_stop)(void *user), void *user)
{
    sb_file_reader *r = *reader;
    pthread_mutex_lock(&r->mutex);
    r->offset = offset;
    r->size = sb_least_size(size, READ_BYTES);
    r->is_asked = true;
    tell(r);
    pthread_mutex_lock(&r->mutex);
    while (r->is_asked && !r->is_given_up) {
        wait_a_little(r, SB_INPUT_POLL_MS);
        r->is_given_up = r->is_asked && must_stop(user);
    }
    bool is_given_up = r->ends = r->is_given_up;
    ssize_t n = r->n;
    int failure = r->failure;
    if (!is_given_up && n > 0)
        memcpy(data, r->data, (size_t)n);
    if (is_given_up) {
        pthread_detach(r->thread);
        *reader = NULL;
    }
    pthread_mutex_unlock(&r->mutex);
    errno = is_given_up ? ECANCELED : failure;
    return is_given_up ? -1 : n;
}

void sb_file_reader_free(sb_file_reader **reader)
{
    sb_file_reader *r = *reader;
    if (!r)
        return;
    pthread_mutex_lock(&r->mutex);
    r->ends = true;
    tell(r);
    pthread_join(r->thread, NULL);
    release(r);
    *reader = NULL;
}
