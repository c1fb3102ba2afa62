#include "cli/source/source.h"
#include "cli/session/session.h"

#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>

#define SOURCE_LIMIT ((size_t)512 << 20)

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

static const char *advice_for_text(cli_file_kind kind)
{
    if (kind == CLI_FILE_OTHER)
        return "save its text as a plain .txt file and name that";
    if (kind == CLI_FILE_EMPTY)
        return "export the transcript again";
    return "name the transcript or a saved alignment";
}

static sb_status check_is_text(const char *path, cli_file_kind kind, const char *description, sb_error *err)
{
    if (kind == CLI_FILE_TEXT || kind == CLI_FILE_ALIGNMENT || kind == CLI_FILE_UNKNOWN ||
        kind == CLI_FILE_DOCUMENT)
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "is %s, not a transcript; %s", description,
                           advice_for_text(kind));
}

static void keep_notes(sb_notes *out, const sb_notes *notes)
{
    for (size_t i = 0; i < notes->n_items; i++) {
        const sb_note *note = &notes->items[i];
        sb_notes_add(out, note->file, note->line, note->column, "%s", note->text);
    }
    out->n_dropped += notes->n_dropped;
}

static sb_status read_transcript(cli_source *out, cli_context *context, sb_bytes *bytes, sb_error *err)
{
    sb_notes notes = {0};
    sb_transcript_params params = {.path = out->path,
                                   .format = cli_text(context->args, CLI_OPT_TRANSCRIPT_FORMAT, NULL)};
    sb_status status = sb_transcript_take(&out->transcript, bytes, &params, &notes, err);
    keep_notes(&out->notes, &notes);
    cli_message_notes(context, &notes);
    if (status || cli_has(context->args, CLI_OPT_SPEAKERS)) /* which gives other names */
        return status;
    return cli_names_check(&context->names, out->transcript, out->path, err);
}

sb_status cli_source_read(cli_source *out, cli_context *context, const char *path, sb_error *err)
{
    *out = (cli_source){.path = path};
    sb_bytes bytes = {0};
    const char *description;
    sb_status status = sb_file_read(&bytes, path, SOURCE_LIMIT, err);
    cli_file_kind kind = cli_bytes_kind(bytes.data, bytes.size, &description);
    if (!status)
        status = check_is_text(path, kind, description, err);
    if (!status && sb_alignment_sniff(bytes.data, bytes.size))
        status = sb_alignment_read(&out->alignment, bytes.data, bytes.size, path, err);
    else if (!status)
        status = read_transcript(out, context, &bytes, err);
    sb_bytes_finish(&bytes);
    return status;
}

void cli_source_warn_of_format(const cli_source *source, cli_context *context)
{
    const sb_transcript *t = source->transcript;
    if (t->other_format)
        cli_message_warning(
            context, source->path,
            "was read as %s (%s), but could also be %s (%s); --transcript-format %s selects that format",
            t->format, t->evidence, t->other_format, t->other_evidence, t->other_format);
}

sb_status cli_source_plain(cli_source *source, cli_context *context, sb_error *err)
{
    if (!source->alignment) {
        cli_source_warn_of_format(source, context);
        if (sb_alignment_from_transcript(&source->alignment, source->transcript, err))
            return err->status;
    }
    if (cli_source_take_speakers(source, context, err))
        return err->status;
    return cli_names_apply(&context->names, source->alignment, source->path, err);
}

void cli_source_finish(cli_source *source)
{
    sb_transcript_free(&source->transcript);
    sb_alignment_free(&source->alignment);
    free(source->repeats);
    sb_notes_finish(&source->notes);
}

static bool could_be_transcript(cli_file_kind kind)
{
    return kind == CLI_FILE_TEXT || kind == CLI_FILE_ALIGNMENT || kind == CLI_FILE_DOCUMENT;
}

static sb_status wrong_audio(const char *path, cli_file_kind kind, const char *description, sb_error *err)
{
    switch (kind) {
    case CLI_FILE_EMPTY:
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "is empty; export or download the audio again");
    case CLI_FILE_PLAYLIST:
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "is %s, and the files it names are not opened; name an audio file instead",
                               description);
    case CLI_FILE_TEXT:
    case CLI_FILE_ALIGNMENT:
    case CLI_FILE_DOCUMENT:
    case CLI_FILE_OTHER:
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "is %s, not audio; name the episode's audio file", description);
    default:
        return SB_OK;
    }
}

sb_status cli_source_check_pair(const cli_context *context, const char *audio_path, const char *source_path,
                                sb_error *err)
{
    cli_file_kind audio, source;
    const char *audio_is, *source_is;
    if (cli_file_kind_of(&audio, audio_path, &audio_is, err))
        return SB_ERR_IO;
    if (cli_file_kind_of(&source, source_path, &source_is, err))
        return SB_ERR_IO;
    if (could_be_transcript(audio) && source == CLI_FILE_MEDIA)
        return sb_error_set_at(err, SB_ERR_FORMAT, audio_path, 0, 0,
                               "is %s and %s is audio, so they are swapped; type 'soundbite %s %s %s'",
                               audio_is, source_path, context->args->command->name, source_path, audio_path);
    sb_status status = wrong_audio(audio_path, audio, audio_is, err);
    return status ? status : check_is_text(source_path, source, source_is, err);
}
