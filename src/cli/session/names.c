#include "cli/session/session.h"

#include "cli/term/term.h"

#include "base/run/run.h"
#include <stdlib.h>

sb_status cli_names_read(cli_names *out, const cli_arguments *args, sb_error *err)
{
    out->options.names = &out->given;
    sb_status status = cli_arguments_store(args, &out->options, err);
    out->options.names = NULL;
    out->used = calloc(out->given.n_aliases + 1, sizeof *out->used);
    return status || out->used ? status : sb_error_memory(err, "reading names");
}

void cli_names_finish(cli_names *names)
{
    sb_option_targets_finish(&names->options);
    free(names->used);
    *names = (cli_names){0};
}

static void note_used(cli_names *names, const sb_speakers *speakers)
{
    for (size_t i = 0; i < names->given.n_aliases; i++) {
        const sb_names_params one = {.aliases = &names->given.aliases[i], .n_aliases = 1};
        names->used[i] = names->used[i] || !sb_names_check(speakers, &one, NULL, NULL);
    }
}

static bool has_any(const cli_names *names)
{
    return names->given.n_aliases || names->own.n_aliases;
}

static sb_status check_named_speakers(cli_names *names, const sb_speakers *speakers, const char *path,
                                      sb_error *err)
{
    note_used(names, speakers);
    sb_status status = sb_names_check(speakers, &names->own, path, err);
    return status ? status : sb_names_check(speakers, &names->given, path, err);
}

sb_status cli_names_check(cli_names *names, const sb_transcript *transcript, const char *path, sb_error *err)
{
    sb_speakers speakers;
    if (!has_any(names))
        return SB_OK;
    sb_status status = sb_speakers_of_transcript(&speakers, transcript, err);
    if (status)
        return status;
    status = check_named_speakers(names, &speakers, path, err);
    sb_speakers_finish(&speakers);
    return status;
}

sb_status cli_names_apply(cli_names *names, sb_alignment *alignment, const char *path, sb_error *err)
{
    sb_speakers speakers;
    if (!has_any(names))
        return SB_OK;
    sb_status status = sb_speakers_of_alignment(&speakers, alignment, err);
    if (status)
        return status;
    status = check_named_speakers(names, &speakers, path, err);
    sb_speakers_finish(&speakers);
    if (!status)
        status = sb_alignment_rename(alignment, &names->own, err);
    return status ? status : sb_alignment_rename(alignment, &names->given, err);
}

sb_status cli_names_apply_to_transcript(cli_names *names, sb_transcript *transcript, sb_error *err)
{
    sb_status status = sb_transcript_rename(transcript, &names->own, err);
    return status ? status : sb_transcript_rename(transcript, &names->given, err);
}

void cli_names_warn_of_unused(cli_context *context)
{
    const cli_names *names = &context->names;
    for (size_t i = 0; i < names->given.n_aliases; i++)
        if (!names->used[i])
            cli_message_warning(context, NULL, "--alias '%s' fits no speaker in the list",
                                names->given.aliases[i]);
}
