/* The drift of one episode, from its files. */
#ifndef SB_CLI_DRIFT_EPISODE_H
#define SB_CLI_DRIFT_EPISODE_H

#include "source.h"

#include "soundbite/drift.h"

typedef struct cli_drift {
    cli_source source;
    sb_drift *drift;
} cli_drift;

/* Aligns and measures by the options given. A saved alignment of other audio is SB_ERR_MISMATCH; else as cli_source_read,
 * cli_source_align and sb_drift_measure. */
sb_status cli_drift_measure(cli_drift *out, cli_context *context, const char *audio_path,
                            const char *source_path, sb_error *err);
void cli_drift_finish(cli_drift *drift);

#endif
