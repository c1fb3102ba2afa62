/* Showing the warnings of many clips without repeating them. */
#ifndef SB_CLI_CLIP_WARNINGS_H
#define SB_CLI_CLIP_WARNINGS_H

#include "context.h"

#include "soundbite/clip.h"

#define CLI_WARNING_KINDS 16

typedef struct cli_clip_warnings {
    struct {
        char *text;
        size_t n;
    } kinds[CLI_WARNING_KINDS];
    size_t n_kinds;
} cli_clip_warnings;

/* Shows the warnings of a clip, except those that three earlier clips had; with --verbose, all. Start with a
 * zeroed struct. */
void cli_clip_warnings_show(cli_clip_warnings *warnings, cli_context *context, const sb_clip_result *result);

/* Says how often each repeated warning occurred, and frees the struct. */
void cli_clip_warnings_finish(cli_clip_warnings *warnings, cli_context *context);

#endif
