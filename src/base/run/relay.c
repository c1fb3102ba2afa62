#include "base/run/run.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 4

struct sb_relay {
    sb_relay_work work;
    void *user;
    float samples[BLOCKS][SB_RELAY_BLOCK];
    size_t n_samples[BLOCKS];
    bool threaded;
    pthread_t thread;
    pthread_mutex_t mutex; /* protects the members below */
    pthread_cond_t changed;
    size_t n_handed_over, n_done; /* in blocks; block i is in samples[i % BLOCKS] */
    bool ending;
    sb_status status; /* the first failure */
    sb_error error;
};

sb_status sb_relay_create(sb_relay **out, sb_relay_work work, void *user, sb_error *err)
{
    sb_relay *r = *out = calloc(1, sizeof *r);
    if (!r)
        return sb_error_memory(err, "starting a thread");
    r->work = work;
    r->user = user;
    pthread_mutex_init(&r->mutex, NULL);
    pthread_cond_init(&r->changed, NULL);
    return SB_OK;
}

static void *work_on_blocks(void *argument)
{
    sb_relay *r = argument;
    pthread_mutex_lock(&r->mutex);
    for (;;) {
        while (r->n_done == r->n_handed_over && !r->ending)
            pthread_cond_wait(&r->changed, &r->mutex);
        if (r->n_done == r->n_handed_over || r->status != SB_OK)
            break;
        size_t block = r->n_done % BLOCKS;
        pthread_mutex_unlock(&r->mutex);
        sb_error error = {0};
        sb_status status = r->work(r->user, r->samples[block], r->n_samples[block], &error);
        pthread_mutex_lock(&r->mutex);
        r->n_done++;
        if (status != SB_OK && r->status == SB_OK) {
            r->status = status;
            r->error = error;
        }
        pthread_cond_signal(&r->changed);
    }
    pthread_mutex_unlock(&r->mutex);
    return NULL;
}

static sb_status relay_fail(const sb_relay *r, sb_error *err)
{
    if (r->status != SB_OK && err && err->status == SB_OK)
        *err = r->error;
    return r->status;
}

static sb_status work_here(sb_relay *r, sb_error *err)
{
    size_t block = r->n_handed_over % BLOCKS;
    r->status = r->work(r->user, r->samples[block], r->n_samples[block], &r->error);
    r->n_samples[block] = 0;
    return relay_fail(r, err);
}

static sb_status hand_over(sb_relay *r, sb_error *err)
{
    pthread_mutex_lock(&r->mutex);
    r->n_handed_over++;
    pthread_cond_signal(&r->changed);
    while (r->n_handed_over - r->n_done >= BLOCKS && r->status == SB_OK)
        pthread_cond_wait(&r->changed, &r->mutex);
    sb_status status = relay_fail(r, err);
    if (status == SB_OK)
        r->n_samples[r->n_handed_over % BLOCKS] = 0;
    pthread_mutex_unlock(&r->mutex);
    return status;
}

static bool has_thread(sb_relay *r)
{
    if (!r->threaded && sb_cores() > 1)
        r->threaded = pthread_create(&r->thread, NULL, work_on_blocks, r) == 0;
    return r->threaded;
}

/* Only the caller's thread changes n_handed_over, so it is read without the lock here. */
sb_status sb_relay_push(sb_relay *r, const float *samples, size_t n_samples, sb_error *err)
{
    for (size_t at = 0; at < n_samples;) {
        size_t block = r->n_handed_over % BLOCKS, room = SB_RELAY_BLOCK - r->n_samples[block];
        size_t n = n_samples - at < room ? n_samples - at : room;
        memcpy(r->samples[block] + r->n_samples[block], samples + at, n * sizeof *samples);
        r->n_samples[block] += n;
        at += n;
        if (n < room)
            continue;
        sb_status status = has_thread(r) ? hand_over(r, err) : work_here(r, err);
        if (status != SB_OK)
            return status;
    }
    return SB_OK;
}

static void stop(sb_relay *r)
{
    if (!r->threaded)
        return;
    pthread_mutex_lock(&r->mutex);
    r->ending = true;
    pthread_cond_signal(&r->changed);
    pthread_mutex_unlock(&r->mutex);
    pthread_join(r->thread, NULL);
    r->threaded = false;
}

sb_status sb_relay_end(sb_relay *r, sb_error *err)
{
    stop(r);
    if (r->status != SB_OK || r->n_samples[r->n_handed_over % BLOCKS] == 0)
        return relay_fail(r, err);
    return work_here(r, err);
}

void sb_relay_free(sb_relay **slot)
{
    sb_relay *r = *slot;
    *slot = NULL;
    if (!r)
        return;
    pthread_mutex_lock(&r->mutex);
    if (r->status == SB_OK)
        r->status = SB_ERR_INTERRUPTED;
    pthread_mutex_unlock(&r->mutex);
    stop(r);
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->mutex);
    free(r);
}
