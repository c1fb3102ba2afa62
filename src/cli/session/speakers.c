#include "cli/session/session.h"

#include "cli/term/term.h"

#include <string.h>

#define LAYER_LIMIT ((size_t)256 << 20)

sb_status cli_source_take_speakers(cli_source *source, cli_context *context, sb_error *err)
{
    const char *path = cli_text(context->args, CLI_OPT_SPEAKERS, NULL);
    if (!path || source->has_layer)
        return SB_OK;
    if (!strcmp(path, "-") && (!strcmp(source->path, "-") || !strcmp(cli_operand(context, 0), "-")))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "standard input can be read only once; name a file for --speakers");
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    sb_speaker_layer *layer = NULL;
    sb_status status = sb_file_read(&bytes, path, LAYER_LIMIT, err);
    if (!status)
        status = sb_speaker_layer_read(&layer, bytes.data, bytes.size, path, &notes, err);
    if (!status)
        status = sb_alignment_apply_speakers(source->alignment, layer, &notes, err);
    cli_message_notes(context, &notes);
    source->has_layer = !status;
    sb_speaker_layer_free(&layer);
    sb_bytes_finish(&bytes);
    return status;
}
