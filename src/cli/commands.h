/* The commands. Each is defined in cmd_NAME.c and listed in commands.c. */
#ifndef SB_CLI_COMMANDS_H
#define SB_CLI_COMMANDS_H

#include "command.h"

extern const cli_command cli_command_align;
extern const cli_command cli_command_drift;
extern const cli_command cli_command_find;
extern const cli_command cli_command_clip;
extern const cli_command cli_command_batch;
extern const cli_command cli_command_export;
extern const cli_command cli_command_verify;
extern const cli_command cli_command_remap;
extern const cli_command cli_command_info;
extern const cli_command cli_command_completion;
extern const cli_command cli_command_help;

#endif
