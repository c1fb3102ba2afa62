#include "cli/session/session.h"
#include "cli/source/source.h"

#include "cli/term/term.h"

#include <stdio.h>
#include <string.h>

#define NOTE_SIZE 320

bool cli_pairing_is_strict(const cli_context *context)
{
    return cli_has(context->args, CLI_OPT_STRICT) || cli_has(context->args, CLI_OPT_STRICT_PAIR);
}

/* Returns the alignment's note in a form that fits inside a sentence. */
static const char *note_inside(char out[NOTE_SIZE], const sb_alignment *alignment)
{
    const char *fallback = alignment->pairing == SB_PAIRING_MISMATCH
                               ? "its text was not heard in the speech"
                               : "there is too little evidence in the audio";
    const char *note = alignment->pairing_note;
    size_t n = (size_t)snprintf(out, NOTE_SIZE, "%s", note && *note ? note : fallback);
    n = n < NOTE_SIZE ? n : NOTE_SIZE - 1;
    if (n > 0 && out[n - 1] == '.')
        out[n - 1] = 0;
    return out;
}

sb_status cli_pairing_fail_unsure(const sb_alignment *alignment, const char *path, sb_error *err)
{
    char note[NOTE_SIZE];
    return sb_error_set_at(
        err, SB_ERR_MISMATCH, path, 0, 0,
        "may not belong to the audio: %s; compare a few turns with the audio, then continue without --strict",
        note_inside(note, alignment));
}

sb_status cli_pairing_refuse(const sb_alignment *alignment, const char *path, sb_error *err)
{
    char note[NOTE_SIZE];
    return sb_error_set_at(
        err, SB_ERR_MISMATCH, path, 0, 0,
        "does not belong to the audio: %s; name the right transcript, or continue with --allow-mismatch",
        note_inside(note, alignment));
}

void cli_pairing_warn(cli_context *context, const sb_alignment *alignment, const char *path)
{
    char note[NOTE_SIZE];
    if (alignment->pairing == SB_PAIRING_UNSURE)
        cli_message_warning(
            context, path,
            "may not belong to the audio: %s; compare a few turns with the audio before you use the times",
            note_inside(note, alignment));
    else if (alignment->pairing == SB_PAIRING_MISMATCH)
        cli_message_warning(
            context, path,
            "does not belong to the audio: %s; its times are guesses, allowed by --allow-mismatch",
            note_inside(note, alignment));
}

void cli_pairing_advise(const cli_context *context, sb_error *err)
{
    const char *advice = NULL;
    bool is_acoustic = !strcmp(cli_text(context->args, CLI_OPT_METHOD, ""), "acoustic");
    if (err->status == SB_ERR_MISMATCH)
        advice = ", or continue with --allow-mismatch";
    else if (err->status == SB_ERR_UNSUPPORTED && is_acoustic)
        advice = ", or use --method energy, which needs no model";
    size_t n = strlen(err->message);
    if (advice)
        snprintf(err->message + n, sizeof err->message - n, "%s", advice);
}
