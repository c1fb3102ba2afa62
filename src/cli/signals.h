/* Ending early without leaving anything half-done. */
#ifndef SB_CLI_SIGNALS_H
#define SB_CLI_SIGNALS_H

#include "exit_codes.h"

/* SIGINT, SIGTERM and SIGHUP ask the work to stop; a second one, or a second without an end, removes the temporary
 * files and exits at once. SIGPIPE and SIGXFSZ become errors of the write that met them. */
void cli_signals_install(void);

/* True once a signal asked to stop; for sb_monitor.cancelled. */
bool cli_signal_seen(void *user);

/* The exit code for the signal that came: CLI_EXIT_TERMINATED after SIGTERM, else CLI_EXIT_INTERRUPTED. */
cli_exit cli_signal_exit(void);

#endif
