/* Parses lines as the arguments of the program, stores their values and makes the selection, without running
 * the command. */
#include "cli/args/args.h"
#include "fuzz.h"

#define MAX_ARGUMENTS 64

static void check_values(const cli_arguments *arguments)
{
    for (size_t i = 0; i < arguments->n_values; i++)
        require(arguments->values[i].option >= cli_options &&
                arguments->values[i].option < cli_options + CLI_N_OPTIONS);
    for (size_t i = 0; i < arguments->n_operands; i++)
        require(arguments->operands[i] != NULL);
}

static void check_structs(const cli_arguments *arguments)
{
    cli_selection selection = {0};
    sb_clip_params clip = {0};
    sb_align_params align = {0};
    sb_media_params media = {0};
    sb_option_targets targets = {.clip = &clip, .align = &align, .media = &media};
    sb_error err = {0};
    sb_status status = cli_selection_read(&selection, arguments, &err);
    require(err.status == status && (status == SB_OK || err.message[0]));
    require(cli_arguments_store(arguments, &targets, NULL) == SB_OK);
    cli_selection_finish(&selection);
    sb_option_targets_finish(&targets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = {data, size};
    char *argv[MAX_ARGUMENTS + 2] = {strdup("soundbite")};
    int argc = 1;
    while (bytes.size > 0 && argc <= MAX_ARGUMENTS)
        argv[argc++] = fuzz_take_line(&bytes);
    cli_arguments arguments = {0};
    sb_error err = {0};
    sb_status status = cli_arguments_read(&arguments, argc, argv, &err);
    require_outcome(status, &err, status == SB_OK);
    require(status == SB_OK || status == SB_ERR_ARGUMENT);
    check_values(&arguments);
    if (status == SB_OK && arguments.command) {
        sb_status counted = cli_arguments_check(&arguments, &err);
        require(counted == SB_OK || (counted == SB_ERR_ARGUMENT && err.message[0]));
        check_structs(&arguments);
    }
    cli_arguments_finish(&arguments);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return 0;
}
