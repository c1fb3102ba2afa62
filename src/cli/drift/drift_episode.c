#include "cli/drift/drift.h"
#include "cli/source/source.h"

#include <string.h>

sb_status cli_drift_measure(cli_drift *out, cli_context *context, const char *audio_path,
                            const char *source_path, const char *language, sb_error *err)
{
    cli_align_how how = cli_align_how_given(context);
    how.tells = true;
    if (language)
        how.language = language;
    sb_drift_params params = {0};
    sb_option_targets options = {.drift = &params};
    sb_status status = cli_arguments_store(context->args, &options, err);
    sb_option_targets_finish(&options);
    *out = (cli_drift){0};
    if (status || cli_source_check_pair(context, audio_path, source_path, err) ||
        cli_source_read(&out->source, context, source_path, err))
        return err->status;
    status = cli_source_align(&out->source, context, audio_path, &how, err);
    bool is_other = !out->source.transcript && !out->source.fits; /* than the audio of the alignment */
    out->unsure = !is_other && out->source.alignment && out->source.alignment->pairing == SB_PAIRING_UNSURE;
    if (status)
        return status;
    return sb_drift_measure(&out->drift, out->source.alignment, &params, err);
}

bool cli_drift_is_wrong(sb_verdict verdict)
{
    return verdict == SB_VERDICT_DRIFT || verdict == SB_VERDICT_MISMATCH;
}

sb_verdict cli_drift_error_verdict(const cli_drift *drift, const sb_error *err)
{
    if (err->status != SB_ERR_MISMATCH)
        return SB_VERDICT_OK;
    return drift->unsure ? SB_VERDICT_UNSURE : SB_VERDICT_MISMATCH;
}

int cli_drift_fail(cli_context *context, const cli_drift *drift, const sb_error *err)
{
    int code = cli_fail(context, err);
    return cli_drift_error_verdict(drift, err) == SB_VERDICT_MISMATCH ? CLI_EXIT_DRIFT : code;
}

void cli_drift_finish(cli_drift *drift)
{
    sb_drift_free(&drift->drift);
    cli_source_finish(&drift->source);
}
