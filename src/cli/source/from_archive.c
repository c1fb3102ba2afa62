#include "cli/source/source.h"

#include "cli/archive/archive.h"
#include "cli/show/show.h"
#include "cli/term/term.h"

#include "soundbite/archive_sound.h"
#include "soundbite/media.h"
#include "soundbite/option.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The archive knows the audio by its packets, and the transcript by its bytes. */
typedef struct pair_hashes {
    char packets[SB_SHA256_TEXT], transcript[SB_SHA256_TEXT];
} pair_hashes;

static sb_status find_hashes(pair_hashes *out, const cli_source *source, const cli_context *context,
                             const char *audio_path, sb_error *err)
{
    sb_media_params media = {.monitor = &context->monitor};
    sb_option_targets options = {.media = &media};
    if (!cli_arguments_store(context->args, &options, err) &&
        !sb_media_packets(out->packets, audio_path, &media, err) && !source->alignment)
        sb_file_sha256(out->transcript, source->path, err);
    sb_option_targets_finish(&options);
    return err->status;
}

static bool has_language(const sb_alignment *alignment, const char *language)
{
    const char *own = alignment->transcript.language;
    return !language || (own && !strcasecmp(own, language));
}

static bool has_method(const sb_alignment *alignment, const cli_context *context)
{
    int64_t method = cli_whole(context->args, CLI_OPT_METHOD, SB_METHOD_AUTO);
    return method == SB_METHOD_AUTO || method == (int64_t)alignment->method;
}

/* Takes an alignment if it is what aligning with these options would give. */
static void take_if_suitable(cli_source *source, cli_context *context, const char *path,
                             sb_alignment **alignment, const pair_hashes *hashes, const cli_align_how *how)
{
    const char *other = !has_method(*alignment, context)           ? "with another method"
                        : !has_language(*alignment, how->language) ? "as another language"
                                                                   : NULL;
    if (strcmp((*alignment)->audio.packets, hashes->packets) != 0 ||
        strcmp((*alignment)->transcript.sha256, hashes->transcript) != 0)
        return;
    if (other) {
        cli_message_detail(context, "the alignment in the archive %s was made %s", path, other);
        return;
    }
    source->alignment = *alignment;
    source->is_archived = true;
    *alignment = NULL;
    cli_message_detail(context, "the alignment was taken from the archive %s", path);
}

static sb_status ask_archive(cli_source *source, cli_context *context, const char *path,
                             const pair_hashes *hashes, const char *audio_path, const cli_align_how *how,
                             sb_error *err)
{
    sb_archive *archive = NULL;
    sb_alignment *alignment = NULL;
    if (cli_archive_open_file(&archive, path, err))
        return err->status;
    if (!source->n_repeats)
        sb_archive_repeats_in(&source->repeats, &source->n_repeats, archive, hashes->packets, err);
    if (!source->alignment && !err->status) {
        sb_archive_get_audio(&alignment, archive, hashes->packets, audio_path, err);
        if (err->status == SB_ERR_NOT_FOUND)
            *err = (sb_error){0};
        if (alignment)
            take_if_suitable(source, context, path, &alignment, hashes, how);
    }
    sb_alignment_free(&alignment);
    sb_archive_close(&archive);
    return err->status;
}

/* Returns the archive with this number: 0 is that of --archive, and then each operand. NULL: it is none. */
static const char *archive_at(const cli_arguments *args, size_t index)
{
    if (index == 0)
        return cli_text(args, CLI_OPT_ARCHIVE, NULL);
    const char *operand = args->operands[index - 1];
    return cli_show_kind_of(operand) == CLI_SHOW_ARCHIVE ? operand : NULL;
}

bool cli_source_has_archive(const cli_context *context)
{
    for (size_t i = 0; i <= context->args->n_operands; i++)
        if (archive_at(context->args, i))
            return true;
    return false;
}

sb_status cli_source_from_archive(cli_source *source, cli_context *context, const char *audio_path,
                                  const cli_align_how *how, sb_error *err)
{
    pair_hashes hashes = {0};
    if (source->asked_archives || !strcmp(audio_path, "-") || !strcmp(source->path, "-"))
        return SB_OK;
    source->asked_archives = true;
    for (size_t i = 0; i <= context->args->n_operands && !err->status; i++) {
        const char *path = archive_at(context->args, i);
        if (path && (hashes.packets[0] || !find_hashes(&hashes, source, context, audio_path, err)))
            ask_archive(source, context, path, &hashes, audio_path, how, err);
    }
    return err->status;
}
