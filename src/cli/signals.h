/* Stopping on signals without leaving incomplete files. */
#ifndef SB_CLI_SIGNALS_H
#define SB_CLI_SIGNALS_H

#include "exit_codes.h"

/* SIGINT, SIGTERM and SIGHUP ask the work to stop. A second signal, or one second without stopping, removes
 * the temporary files and exits at once. SIGPIPE and SIGXFSZ become errors of the write call. */
void cli_signals_install(void);

/* Returns true after such a signal. For sb_monitor.cancelled. */
bool cli_signal_seen(void *user);

/* Returns CLI_EXIT_TERMINATED after SIGTERM, otherwise CLI_EXIT_INTERRUPTED. */
cli_exit cli_signal_exit(void);

#endif
