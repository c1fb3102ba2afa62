#include "cli/term/term.h"

static const struct {
    cli_exit code;
    const char *meaning;
} meanings[] = {
    {CLI_EXIT_OK,
     "Success. Also if it is uncertain whether the transcript belongs to the audio; that is a warning."},
    {CLI_EXIT_FAILED, "An error, or some rows of a list failed. Also if the transcript does not belong to "
                      "the audio (drift: exit code 4), or if that is uncertain and --strict was given. "
                      "verify --exact: a quote is altered or unsure."},
    {CLI_EXIT_USAGE, "Wrong options or arguments."},
    {CLI_EXIT_NOT_FOUND,
     "Nothing matched. verify: a quote was not said, not heard, or said by another speaker."},
    {CLI_EXIT_DRIFT,
     "drift: a timestamp is wrong by more than --max-drift, or the transcript does not belong to the audio."},
    {CLI_EXIT_EXISTS, "The output exists, and --force was not given."},
    {CLI_EXIT_DAMAGED, "Success, but the audio is damaged. The result contains the parts that could be read; "
                       "a warning gives the place of the damage."},
    {CLI_EXIT_INTERRUPTED, "Interrupted. No partial file remains."},
    {CLI_EXIT_TERMINATED, "Terminated. No partial file remains."},
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
