/* The drift of one episode, from its files. */
#ifndef SB_CLI_DRIFT_EPISODE_H
#define SB_CLI_DRIFT_EPISODE_H

#include "source.h"

#include "soundbite/drift.h"

typedef struct cli_drift {
    cli_source source;
    sb_drift *drift;
    bool unsure; /* whether transcript and audio belong together */
} cli_drift;

/* Aligns and measures by the options given; `language` NULL is that of --language. A saved alignment of other audio is
 * SB_ERR_MISMATCH, and so is, with --strict, a pairing that is unsure. Else as cli_source_read,
 * cli_source_align and sb_drift_measure. */
sb_status cli_drift_measure(cli_drift *out, cli_context *context, const char *audio_path,
                            const char *source_path, const char *language, sb_error *err);

/* True for the verdicts that stop a release: drift and mismatch. */
bool cli_drift_is_wrong(sb_verdict verdict);

/* What the error of cli_drift_measure says of the pair: unsure or mismatch; OK where it says nothing. */
sb_verdict cli_drift_error_verdict(const cli_drift *drift, const sb_error *err);

/* Shows why cli_drift_measure failed and returns the exit code: 4 for a transcript of other audio, 1 for a pairing that is
 * unsure. */
int cli_drift_fail(cli_context *context, const cli_drift *drift, const sb_error *err);

void cli_drift_finish(cli_drift *drift);

#endif
