#include "cli/source/source.h"

#include "cli/show/show.h"
#include "cli/term/term.h"

#include "soundbite/archive_sound.h"
#include "soundbite/media.h"
#include "soundbite/option.h"

#include <stdlib.h>
#include <string.h>

/* The archive knows the audio by its packets, and the transcript by its bytes. */
typedef struct pair_hashes {
    char packets[SB_SHA256_TEXT], transcript[SB_SHA256_TEXT];
} pair_hashes;

static sb_status find_hashes(pair_hashes *out, const cli_context *context, const char *audio_path,
                             const char *transcript_path, sb_error *err)
{
    sb_media_params media = {.monitor = &context->monitor};
    sb_option_targets options = {.media = &media};
    if (!cli_arguments_store(context->args, &options, err) &&
        !sb_media_packets(out->packets, audio_path, &media, err))
        sb_file_sha256(out->transcript, transcript_path, err);
    sb_option_targets_finish(&options);
    return err->status;
}

static sb_status take(cli_source *source, cli_context *context, const char *path, const pair_hashes *hashes,
                      const char *audio_path, sb_error *err)
{
    sb_archive *archive = NULL;
    sb_alignment *alignment = NULL;
    if (!sb_archive_open(&archive, path, SB_ARCHIVE_READ, err)) {
        sb_archive_get_audio(&alignment, archive, hashes->packets, audio_path, err);
        if (err->status == SB_ERR_NOT_FOUND)
            *err = (sb_error){0};
        bool fits = alignment && hashes->packets[0] && !strcmp(alignment->audio.packets, hashes->packets) &&
                    !strcmp(alignment->transcript.sha256, hashes->transcript);
        if (fits &&
            !sb_archive_repeats_in(&source->repeats, &source->n_repeats, archive, hashes->packets, err)) {
            source->alignment = alignment;
            alignment = NULL;
            cli_message_detail(context, "the alignment was taken from the archive %s", path);
        }
    }
    sb_alignment_free(&alignment);
    sb_archive_close(&archive);
    return err->status;
}

sb_status cli_source_from_archive(cli_source *source, cli_context *context, const char *audio_path,
                                  sb_error *err)
{
    const cli_arguments *args = context->args;
    const char *given = cli_text(args, CLI_OPT_ARCHIVE, NULL);
    pair_hashes hashes = {0};
    for (size_t i = 0; i <= args->n_operands && !source->alignment && !err->status; i++) {
        const char *path = i == 0 ? given
                           : cli_show_kind_of(args->operands[i - 1]) == CLI_SHOW_ARCHIVE
                               ? args->operands[i - 1]
                               : NULL;
        if (path && (hashes.packets[0] || !find_hashes(&hashes, context, audio_path, source->path, err)))
            take(source, context, path, &hashes, audio_path, err);
    }
    return err->status;
}
