#include "cli/term/term.h"

#include "soundbite/file.h"

#include <signal.h>
#include <unistd.h>

#define GRACE_S 1

static volatile sig_atomic_t asked_by;

static void end_now(void)
{
    static const char told[] = "soundbite: interrupted; no partial file is left\n";
    ssize_t n = write(STDERR_FILENO, told, sizeof told - 1);
    (void)n;
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
