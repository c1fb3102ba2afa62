#include "shim_faults.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_CALLERS  24
#define SITE_CALLERS 12 /* that tell two places apart */
#define MAX_SITES    ((size_t)1 << 16)
#define FIRST_FD     100 /* above those that the program gets */

typedef struct counters {
    _Atomic uint64_t seen, failed;
} counters;

static counters *state;
static const char *calls;
static int sites_file = -1, trace_to = -1;
static uint64_t at;
static int error;
static enum { ONCE, ON, EVERY_OTHER } lasts;
static _Thread_local bool inside;

static const char *setting(const char *name, const char *usual)
{
    const char *value = getenv(name);
    return value ? value : usual;
}

/* Before the program enters its sandbox, in which the file could not be opened. */
static void open_trace(const char *path)
{
    int fd =
        path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
    if (fd < 0)
        return;
    trace_to = (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, FIRST_FD);
    syscall(SYS_close, fd);
}

/* By system calls, which nobody counts. */
__attribute__((constructor)) static void read_settings(void)
{
    void *callers[1];
    const char *length = setting("SB_FAULT_LASTS", "once"), *path = setting("SB_FAULT_STATE", NULL);
    calls = setting("SB_FAULT_CALLS", "");
    at = strtoull(setting("SB_FAULT_AT", "0"), NULL, 10);
    error = atoi(setting("SB_FAULT_ERROR", "5"));
    lasts = !strcmp(length, "on") ? ON : !strcmp(length, "every-other") ? EVERY_OTHER : ONCE;
    backtrace(callers, 1); /* the first call loads a library */
    open_trace(setting("SB_FAULT_TRACE", NULL));
    if (!path)
        return;
    const char *sites = setting("SB_FAULT_SITES", NULL);
    if (sites)
        sites_file =
            (int)syscall(SYS_openat, AT_FDCWD, sites, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    void *shared = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED)
        _exit(125);
    syscall(SYS_close, fd);
    state = shared;
}

static bool is_counted(const char *call)
{
    size_t length = strlen(call);
    for (const char *name = calls; *name; name += strspn(name, ",")) {
        size_t n = strcspn(name, ",");
        if (n == length && !memcmp(name, call, n))
            return true;
        name += n;
    }
    return false;
}

static void trace(void)
{
    void *callers[MAX_CALLERS];
    int n = backtrace(callers, MAX_CALLERS);
    for (int i = 2; i < n; i++) {
        Dl_info where = {0};
        char line[512];
        dladdr(callers[i], &where);
        const char *file = where.dli_fname ? where.dli_fname : "?";
        const char *slash = strrchr(file, '/');
        int length =
            snprintf(line, sizeof line, "%s+%#tx %s\n", slash ? slash + 1 : file,
                     (char *)callers[i] - (char *)where.dli_fbase, where.dli_sname ? where.dli_sname : "");
        syscall(SYS_write, trace_to, line, (size_t)length);
    }
}

static bool is_new_site(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static uint64_t known[MAX_SITES];
    static size_t n_known;
    void *callers[SITE_CALLERS];
    int n = backtrace(callers, SITE_CALLERS);
    uint64_t hash = 1;
    for (int i = 3; i < n; i++) {
        hash = (hash ^ (uintptr_t)callers[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    pthread_mutex_lock(&lock);
    size_t slot = hash % MAX_SITES;
    while (known[slot] && known[slot] != hash)
        slot = (slot + 1) % MAX_SITES;
    bool is_new = !known[slot] && n_known < MAX_SITES / 2;
    n_known += is_new;
    if (is_new)
        known[slot] = hash;
    pthread_mutex_unlock(&lock);
    return is_new;
}

static void note_site(uint64_t number)
{
    char line[32];
    inside = true;
    if (is_new_site()) {
        int length = snprintf(line, sizeof line, "%llu\n", (unsigned long long)number);
        syscall(SYS_write, sites_file, line, (size_t)length);
    }
    inside = false;
}

bool fault_strikes(const char *call)
{
    if (!state || inside || !is_counted(call))
        return false;
    uint64_t n = atomic_fetch_add(&state->seen, 1) + 1;
    if (sites_file >= 0)
        note_site(n);
    if (!at || n < at || (lasts == ONCE && n > at) || (lasts == EVERY_OTHER && (n - at) % 2))
        return false;
    if (atomic_fetch_add(&state->failed, 1) == 0 && trace_to >= 0) {
        inside = true;
        trace();
        inside = false;
    }
    errno = error;
    return true;
}

bool fault_strikes_bytes(const char *call, size_t *size)
{
    if (!fault_strikes(call))
        return false;
    if (error)
        return true;
    *size -= *size / 2;
    return false;
}
