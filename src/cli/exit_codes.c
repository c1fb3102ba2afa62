#include "exit_codes.h"

#include "signals.h"

static const struct {
    cli_exit code;
    const char *meaning;
} meanings[] = {
    {CLI_EXIT_OK,
     "All done; also if it is unsure whether transcript and audio belong together, which is a warning."},
    {CLI_EXIT_FAILED,
     "Failed, or some rows of a batch failed; the transcript does not belong to the audio (drift: 4), or "
     "that is unsure and --strict was given; verify --exact: a quote is altered."},
    {CLI_EXIT_USAGE, "Wrong usage."},
    {CLI_EXIT_NOT_FOUND,
     "Nothing matched; verify: a quote was not said, not heard, or not said by the speaker named."},
    {CLI_EXIT_DRIFT, "drift: above --max-drift, or the transcript does not belong to the audio."},
    {CLI_EXIT_EXISTS, "The output exists and --force was not given."},
    {CLI_EXIT_DAMAGED,
     "Done, but the audio was damaged: what could be read is in the result, the place is in the "
     "warning."},
    {CLI_EXIT_INTERRUPTED, "Interrupted; no partial file is left."},
    {CLI_EXIT_TERMINATED, "Terminated; no partial file is left."},
};

cli_exit cli_exit_for(sb_status status)
{
    switch (status) {
    case SB_OK:
        return CLI_EXIT_OK;
    case SB_ERR_ARGUMENT:
        return CLI_EXIT_USAGE;
    case SB_ERR_NOT_FOUND:
        return CLI_EXIT_NOT_FOUND;
    case SB_ERR_EXISTS:
        return CLI_EXIT_EXISTS;
    case SB_ERR_INTERRUPTED:
        return cli_signal_exit();
    default:
        return CLI_EXIT_FAILED;
    }
}

const char *cli_exit_meaning(size_t index, int *code)
{
    if (index >= sizeof meanings / sizeof meanings[0])
        return NULL;
    *code = meanings[index].code;
    return meanings[index].meaning;
}
