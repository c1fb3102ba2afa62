#include "cli/session/session.h"

#include "base/file/file.h"
#include "base/file/open.h"
#include "base/run/run.h"
#include "cli/term/term.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_JOBS    256
#define LOOK_NS     (20 * 1000 * 1000)
#define FAILED_CODE 1

typedef struct worker {
    pid_t pid;
    size_t index;
    FILE *result, *messages; /* unnamed files */
} worker;

typedef struct crew {
    worker workers[MAX_JOBS];
    size_t n_workers, n_jobs;
    cli_work *works;
    void (*work)(void *user, size_t index, sb_bytes *result);
    void *user;
} crew;

/* Ends the process here: files that the parent has open, such as its output, are completed by the parent. */
static _Noreturn void work_apart(const crew *c, const worker *w, pid_t parent)
{
    sb_bytes result = {0};
    sb_end_with_parent();
    sb_unfinished_leave_to_parent();
    if (getppid() != parent || dup2(fileno(w->messages), STDERR_FILENO) < 0)
        _exit(FAILED_CODE);
    c->work(c->user, w->index, &result);
    bool ok =
        !result.failed && (result.size == 0 || fwrite(result.data, 1, result.size, w->result) == result.size);
    ok = fflush(w->result) == 0 && ok;
    _exit(ok ? 0 : FAILED_CODE);
}

static void close_worker(worker *w)
{
    if (w->result)
        fclose(w->result);
    if (w->messages)
        fclose(w->messages);
}

static sb_status start(crew *c, size_t index, sb_error *err)
{
    worker w = {.index = index, .result = sb_unnamed_file(), .messages = sb_unnamed_file()};
    pid_t parent = getpid();
    w.pid = w.result && w.messages ? fork() : -1;
    if (w.pid == 0)
        work_apart(c, &w, parent);
    if (w.pid > 0) {
        c->workers[c->n_workers++] = w;
        return SB_OK;
    }
    int reason = errno;
    bool has_files = w.result && w.messages;
    close_worker(&w);
    return has_files ? sb_error_set(err, SB_ERR_IO, "no process could be started (%s); use a lower --jobs",
                                    strerror(reason))
                     : sb_error_set(err, SB_ERR_IO,
                                    "no temporary file could be made (%s); make room in the folder for them",
                                    strerror(reason));
}

static bool read_back(sb_bytes *out, FILE *file)
{
    char part[4096];
    size_t n;
    rewind(file);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        sb_bytes_append(out, part, n);
    return !out->failed && !ferror(file);
}

static sb_status collect_worker(crew *c, worker *w, int how, sb_error *err)
{
    cli_work *kept = &c->works[w->index];
    bool ok = read_back(&kept->result, w->result) && read_back(&kept->messages, w->messages);
    bool unread = ferror(w->result) || ferror(w->messages);
    kept->killed_by = WIFSIGNALED(how) ? WTERMSIG(how) : 0;
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0) /* the result may not be whole */
        sb_bytes_finish(&kept->result);
    close_worker(w);
    *w = c->workers[--c->n_workers];
    if (ok)
        return SB_OK;
    return unread ? sb_error_set(err, SB_ERR_IO, "the result of a process could not be read; try again")
                  : sb_error_memory(err, "collecting results");
}

/* Returns false if none has ended. */
static bool end_one(crew *c, sb_error *err)
{
    int how;
    pid_t pid = waitpid(-1, &how, WNOHANG);
    for (size_t i = 0; pid > 0 && i < c->n_workers; i++)
        if (c->workers[i].pid == pid) {
            collect_worker(c, &c->workers[i], how, err);
            return true;
        }
    return false;
}

static void pause_shortly(void)
{
    nanosleep(&(struct timespec){.tv_nsec = LOOK_NS}, NULL);
}

static void stop_all(crew *c)
{
    sb_error ignored = {0};
    for (size_t i = 0; i < c->n_workers; i++)
        kill(c->workers[i].pid, SIGTERM);
    while (c->n_workers > 0)
        if (!end_one(c, &ignored))
            pause_shortly();
}

sb_status cli_workers_run(cli_work *works, size_t n, int jobs, const char *stage,
                          void (*work)(void *user, size_t index, sb_bytes *result), void *user,
                          cli_context *context, sb_error *err)
{
    crew c = {.works = works, .work = work, .user = user};
    size_t next = 0, n_done = 0;
    c.n_jobs = jobs > 0 ? (size_t)jobs : (size_t)sb_cores();
    if (c.n_jobs > MAX_JOBS)
        c.n_jobs = MAX_JOBS;
    cli_progress_step(&context->progress, stage, 0, (double)n);
    while (n_done < n && !err->status && !cli_signal_seen(NULL)) {
        sb_error reason = {0};
        while (next < n && c.n_workers < c.n_jobs && !reason.status)
            next += start(&c, next, &reason) == SB_OK;
        if (reason.status && c.n_workers == 0)
            *err = reason;
        else if (end_one(&c, err))
            cli_progress_step(&context->progress, stage, (double)++n_done, (double)n);
        else
            pause_shortly();
    }
    stop_all(&c);
    cli_progress_clear(&context->progress);
    if (cli_signal_seen(NULL))
        sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    return err->status;
}

void cli_works_finish(cli_work *works, size_t n)
{
    for (size_t i = 0; works && i < n; i++) {
        sb_bytes_finish(&works[i].result);
        sb_bytes_finish(&works[i].messages);
    }
    free(works);
}
