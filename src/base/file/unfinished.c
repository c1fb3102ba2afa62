#include "base/file/file.h"
#include "soundbite/file.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

/* A signal handler waits for a thread that changes the list, 2 s in steps of 1 ms. The thread may hang on a
 * dead network drive, and the program must still end. */
#define HANDLER_WAITS   2000
#define HANDLER_WAIT_NS 1000000

/* The process that holds the lock, or 0. A process forked meanwhile has a copy that nobody will release. */
static _Atomic(pid_t) holder;
static sb_unfinished *first;
static bool abandoned;

static bool try_lock(void)
{
    pid_t self = getpid(), other = 0;
    if (atomic_compare_exchange_strong(&holder, &other, self))
        return true;
    if (other == self || !atomic_compare_exchange_strong(&holder, &other, self))
        return false;
    first = NULL;
    return true;
}

/* Signals are blocked first: a handler never waits for the thread that it interrupts. */
void sb_unfinished_lock(sb_unfinished_hold *hold)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &hold->signals);
    while (!try_lock())
        sched_yield();
}

void sb_unfinished_unlock(const sb_unfinished_hold *hold)
{
    atomic_store(&holder, 0);
    pthread_sigmask(SIG_SETMASK, &hold->signals, NULL);
}

bool sb_unfinished_abandoned(void)
{
    return abandoned;
}

void sb_unfinished_add(sb_unfinished *item, int folder, int fd, const char *name)
{
    *item = (sb_unfinished){.folder = folder, .fd = fd, .name = name, .owner = getpid(), .next = first};
    first = item;
}

void sb_unfinished_remove(sb_unfinished *item)
{
    for (sb_unfinished **at = &first; *at; at = &(*at)->next)
        if (*at == item) {
            *at = item->next;
            break;
        }
    *item = (sb_unfinished){0};
}

void sb_unfinished_leave_to_parent(void)
{
    sb_unfinished_hold hold;
    sb_unfinished_lock(&hold);
    for (sb_unfinished **at = &first; *at;) {
        sb_unfinished *item = *at;
        if (item->owner == getpid()) {
            at = &item->next;
            continue;
        }
        close(item->fd);
        *at = item->next;
    }
    sb_unfinished_unlock(&hold);
}

void sb_output_abort_all(void)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool locked = try_lock();
    for (int i = 0; !locked && i < HANDLER_WAITS; i++) {
        nanosleep(&(struct timespec){.tv_nsec = HANDLER_WAIT_NS}, NULL);
        locked = try_lock();
    }
    if (locked) {
        abandoned = true;
        for (const sb_unfinished *item = first; item; item = item->next)
            if (item->owner == getpid())
                unlinkat(item->folder, item->name, 0);
        atomic_store(&holder, 0);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
