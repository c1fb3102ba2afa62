#include "source.h"

#include "cache.h"
#include "messages.h"

#include "soundbite/media.h"

static sb_status align_now(cli_source *source, cli_context *context, const char *audio_path, bool force,
                           sb_error *err)
{
    static const sb_method methods[] = {SB_METHOD_AUTO, SB_METHOD_ACOUSTIC, SB_METHOD_ENERGY};
    sb_notes notes = {0};
    sb_media_params media = SB_MEDIA_PARAMS_DEFAULT;
    media.stream = (int)cli_whole(context->args, CLI_OPT_STREAM, -1);
    media.monitor = &context->monitor;
    sb_align_params params = {.method = methods[cli_whole(context->args, CLI_OPT_METHOD, 0)],
                              .force = force,
                              .monitor = &context->monitor};
    sb_status status =
        sb_align_file(&source->alignment, audio_path, source->transcript, &media, &params, &notes, err);
    cli_progress_clear(&context->progress);
    cli_message_notes(context, &notes);
    if (status || params.method != SB_METHOD_ACOUSTIC || source->alignment->method == SB_METHOD_ACOUSTIC)
        return status;
    sb_alignment_free(&source->alignment);
    return sb_error_set(err, SB_ERR_UNSUPPORTED,
                        "no model of the language is installed for --method acoustic; use --method energy");
}

static bool take_from_cache(cli_source *source, cli_context *context, const cli_cache *cache,
                            const char *audio_path, bool force)
{
    source->alignment = cli_cache_load(cache, audio_path, source->transcript, force);
    if (!source->alignment)
        return false;
    cli_message_detail(context, "the alignment was taken from the cache");
    if (source->alignment->audio.damaged)
        cli_message_warning(context, audio_path, "the audio is damaged; 'soundbite info' says where");
    return true;
}

/* Stamps that the audio does not reach hint at a cut or another episode. */
static void warn_of_stamps_beyond(cli_context *context, const cli_source *source)
{
    const sb_alignment *alignment = source->alignment;
    size_t n_stamps = 0, n_beyond = 0;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        n_stamps += alignment->turns[i].stamp != SB_TIME_NONE;
        n_beyond += alignment->turns[i].stamp > alignment->audio.duration;
    }
    char end[SB_TIME_TEXT];
    if (n_beyond)
        cli_message_warning(
            context, source->path,
            "%zu of %zu stamps lie beyond the end of the audio at %s; check that both are the same "
            "episode",
            n_beyond, n_stamps, sb_time_print(end, alignment->audio.duration, 0));
}

sb_status cli_source_align(cli_source *source, cli_context *context, const char *audio_path,
                           const cli_align_how *how, sb_error *err)
{
    if (source->alignment)
        return SB_OK;
    const cli_align_how usual = {.force = context->force};
    how = how ? how : &usual;
    cli_cache cache;
    cli_cache_init(&cache, context, audio_path, source->transcript);
    if (!how->afresh && take_from_cache(source, context, &cache, audio_path, how->force))
        return SB_OK;
    if (align_now(source, context, audio_path, how->force, err))
        return err->status;
    warn_of_stamps_beyond(context, source);
    cli_cache_store(&cache, source->alignment);
    return SB_OK;
}
