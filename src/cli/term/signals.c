#include "cli/term/term.h"

#include "soundbite/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define GRACE_S 1

#define TELL(text) (void)!write(STDERR_FILENO, text, sizeof text - 1)

static volatile sig_atomic_t asked_by;
static bool ends;

static void end_now(void)
{
    TELL("soundbite: interrupted; no partial file is left\n");
    sb_output_abort_all();
    _exit(cli_signal_exit());
}

static void on_stop(int signal_number)
{
    if (asked_by)
        end_now();
    asked_by = signal_number;
    alarm(GRACE_S);
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
    end_now();
}

static void on_exit_of_library(void)
{
    if (ends)
        return;
    sb_output_abort_all();
    TELL(
        "soundbite: a library ended the program before its work was done; no partial file is left. Free some "
        "memory, or check the files named above\n");
    _exit(CLI_EXIT_FAILED);
}

/* The default action of the signal follows. */
static void on_abort(int signal_number)
{
    sb_output_abort_all();
    TELL("soundbite: a library aborted the program; no partial file is left\n");
    raise(signal_number);
}

static void handle_abort(int signal_number)
{
    struct sigaction action = {.sa_handler = on_abort, .sa_flags = SA_RESETHAND};
    sigaction(signal_number, &action, NULL);
}

static void handle(int signal_number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

static void handle_unless_ignored(int signal_number)
{
    struct sigaction old;
    if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
        return;
    handle(signal_number, on_stop);
}

void cli_signals_install(void)
{
    handle_unless_ignored(SIGINT);
    handle_unless_ignored(SIGHUP);
    handle(SIGTERM, on_stop);
    handle(SIGALRM, on_alarm);
    handle(SIGPIPE, SIG_IGN);
    handle(SIGXFSZ, SIG_IGN);
    handle_abort(SIGABRT);
    handle_abort(SIGTRAP);
    atexit(on_exit_of_library);
}

void cli_signals_end(void)
{
    ends = true;
}

void cli_standard_hold(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool cli_signal_seen(void *user)
{
    (void)user;
    return asked_by != 0;
}

cli_exit cli_signal_exit(void)
{
    return asked_by == SIGTERM ? CLI_EXIT_TERMINATED : CLI_EXIT_INTERRUPTED;
}
