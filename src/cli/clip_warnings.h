/* The warnings of many clips on standard error: what is said of clip after clip is not said a hundred times. */
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

/* Shows the warnings of one clip, but for those that three clips before had; all with --verbose. A zeroed struct begins. */
void cli_clip_warnings_show(cli_clip_warnings *warnings, cli_context *context, const sb_clip_result *result);

/* Says how often the warnings held back were given, and frees. */
void cli_clip_warnings_finish(cli_clip_warnings *warnings, cli_context *context);

#endif
