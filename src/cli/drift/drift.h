/* The drift of one episode and of a list. */
#ifndef SB_CLI_DRIFT_DRIFT_H
#define SB_CLI_DRIFT_DRIFT_H

#include "cli/session/session.h"
#include "cli/source/source.h"
#include "soundbite/drift.h"

/* Measuring the drift of one episode from its files. */

typedef struct cli_drift {
    cli_source source;
    sb_drift *drift;
    bool unsure; /* it is uncertain whether the transcript belongs to the audio */
} cli_drift;

/* Aligns and measures according to the options. `language` NULL uses --language. Returns SB_ERR_MISMATCH if a
 * saved alignment belongs to other audio, or with --strict if the pairing is uncertain; and the statuses of
 * cli_source_read, cli_source_align and sb_drift_measure. */
sb_status cli_drift_measure(cli_drift *out, cli_context *context, const char *audio_path,
                            const char *source_path, const char *language, sb_error *err);

/* Returns true for DRIFT and MISMATCH. */
bool cli_drift_is_wrong(sb_verdict verdict);

/* Returns the verdict that an error of cli_drift_measure implies: UNSURE or MISMATCH; OK if it implies
 * none. */
sb_verdict cli_drift_error_verdict(const cli_drift *drift, const sb_error *err);

/* Shows why cli_drift_measure failed and returns the exit code: 4 for a transcript of other audio, 1 for an
 * uncertain pairing. */
int cli_drift_fail(cli_context *context, const cli_drift *drift, const sb_error *err);

void cli_drift_finish(cli_drift *drift);

/* Measuring the drift of all episodes in a list. */

/* Measures the episodes of the list `path` in parallel and prints a line for each, the worst first. Returns
 * the exit code: CLI_EXIT_FAILED if a row could not be measured, otherwise CLI_EXIT_DRIFT if an episode is
 * not OK. */
int cli_drift_list(cli_context *context, const char *path);

#endif
