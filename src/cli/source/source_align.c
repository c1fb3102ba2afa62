#include "cli/session/session.h"
#include "cli/source/source.h"

#include "cli/term/term.h"

#include "soundbite/media.h"

#include <string.h>

cli_align_how cli_align_how_given(const cli_context *context)
{
    return (cli_align_how){.allow_mismatch = cli_has(context->args, CLI_OPT_ALLOW_MISMATCH),
                           .strict = cli_pairing_is_strict(context),
                           .language = cli_text(context->args, CLI_OPT_LANGUAGE, NULL)};
}

static bool accepts_mismatch(const cli_align_how *how)
{
    return how->allow_mismatch || how->tells;
}

static sb_status align_now(cli_source *source, cli_context *context, const char *audio_path,
                           const cli_align_how *how, sb_notes *notes, sb_error *err)
{
    sb_media_params media = {.monitor = &context->monitor};
    sb_align_params params = {0};
    sb_option_targets options = {.media = &media, .align = &params};
    sb_status status = cli_arguments_store(context->args, &options, err);
    params.allow_mismatch = accepts_mismatch(how);
    params.language = how->language;
    params.monitor = &context->monitor;
    params.dictionary = context->tuning.dictionary;
    params.boundary = context->tuning.boundary;
    if (!status)
        status = sb_alignment_from_file(&source->alignment, audio_path, source->transcript, &media, &params,
                                        notes, err);
    sb_option_targets_finish(&options);
    cli_progress_clear(&context->progress);
    if (status)
        cli_pairing_advise(context, err);
    return status;
}

static sb_time audio_time(const sb_alignment *alignment, sb_time stamp)
{
    sb_time offset = 0;
    for (size_t i = 0; i < alignment->n_map && stamp >= alignment->map[i].from; i++)
        offset = alignment->map[i].offset;
    return stamp == SB_TIME_NONE ? SB_TIME_NONE : stamp + offset;
}

/* Timestamps beyond the end of the audio suggest that the audio was cut or is another episode. */
static void note_stamps_beyond(sb_notes *notes, const cli_source *source)
{
    const sb_alignment *alignment = source->alignment;
    size_t n_stamps = 0, n_beyond = 0;
    for (size_t i = 0; i < alignment->n_turns; i++) {
        n_stamps += alignment->turns[i].stamp != SB_TIME_NONE;
        n_beyond += audio_time(alignment, alignment->turns[i].stamp) > alignment->audio.duration;
    }
    char end[SB_TIME_TEXT];
    if (n_beyond)
        sb_notes_add(notes, source->path, 0, 0,
                     "%zu of %zu timestamps are after the end of the audio at %s; check that both are the "
                     "same episode",
                     n_beyond, n_stamps, sb_time_print(end, alignment->audio.duration, 0));
}

static sb_status take_or_make(cli_source *source, cli_context *context, const char *audio_path,
                              const cli_align_how *how, sb_notes *notes, sb_error *err)
{
    cli_cache cache;
    cli_cache_init(&cache, context, audio_path, source->transcript, how->language);
    if (!how->afresh)
        source->alignment =
            cli_cache_load(&cache, audio_path, source->transcript, accepts_mismatch(how), notes);
    if (source->alignment) {
        cli_message_detail(context, "the alignment was taken from the cache");
        return SB_OK;
    }
    if (align_now(source, context, audio_path, how, notes, err))
        return err->status;
    note_stamps_beyond(notes, source);
    cli_cache_store(&cache, source->alignment, notes);
    return SB_OK;
}

static void tell_guesses(cli_context *context, const sb_alignment *alignment)
{
    size_t n = alignment->n_oov_words;
    if (n)
        cli_message_detail(context, "%zu word%s in no dictionary; add the pronunciation with --dict FILE", n,
                           n == 1 ? " is" : "s are");
    for (size_t i = 0; i < n; i++) {
        const sb_oov_word *guess = &alignment->oov_words[i];
        if (guess->phones)
            cli_message_detail(context, "guessed: %s %s", guess->word, guess->phones);
        else
            cli_message_detail(context, "cannot be pronounced: %s", guess->word);
    }
}

static void warn_of_unused(cli_context *context, const char *why)
{
    if (context->tuning.dictionary)
        cli_message_warning(context, NULL, "--dict had no effect because %s", why);
    if (context->tuning.boundary)
        cli_message_warning(context, NULL, "--boundary-model had no effect because %s", why);
    if (context->tuning.acoustic_model)
        cli_message_warning(context, NULL, "--acoustic-model had no effect because %s", why);
}

/* An alignment of an archive is only taken if it has the method and the language. */
static void warn_of_saved(cli_context *context, const sb_alignment *alignment)
{
    static const char text[] = "--%s had no effect because the alignment already exists";
    int64_t method = cli_whole(context->args, CLI_OPT_METHOD, SB_METHOD_AUTO);
    if (method != SB_METHOD_AUTO && method != (int64_t)alignment->method)
        cli_message_warning(context, NULL, text, cli_options[CLI_OPT_METHOD].name);
    if (cli_has(context->args, CLI_OPT_LANGUAGE))
        cli_message_warning(context, NULL, text, cli_options[CLI_OPT_LANGUAGE].name);
}

static void warn_of_damage(cli_context *context, const sb_alignment *alignment, const char *audio_path)
{
    if (alignment->audio.damaged)
        cli_message_warning(context, audio_path, "%s",
                            alignment->audio.damage
                                ? alignment->audio.damage
                                : "is damaged according to the alignment; align again to see where");
}

void cli_source_show_notes(const cli_source *source, cli_context *context, sb_notes *notes)
{
    const char *told = source->alignment->audio.damage;
    sb_notes news = {0};
    for (size_t i = 0; i < notes->n_items; i++) {
        const sb_note *note = &notes->items[i];
        if (!told || strcmp(note->text, told))
            sb_notes_add(&news, note->file, note->line, note->column, "%s", note->text);
    }
    news.n_dropped += notes->n_dropped;
    sb_notes_finish(notes);
    cli_message_notes(context, &news);
}

static sb_status make(cli_source *source, cli_context *context, const char *audio_path,
                      const cli_align_how *how, sb_error *err)
{
    sb_notes notes = {0};
    cli_source_warn_of_format(source, context);
    sb_status status = take_or_make(source, context, audio_path, how, &notes, err);
    cli_message_notes(context, &notes);
    if (status)
        return status;
    tell_guesses(context, source->alignment);
    if (source->alignment->method != SB_METHOD_ACOUSTIC)
        warn_of_unused(context, "the words were placed by energy");
    return SB_OK;
}

sb_status cli_source_hear(cli_source *source, cli_context *context, const char *audio_path, sb_error *err)
{
    sb_media_params media = {.monitor = &context->monitor};
    sb_option_targets options = {.media = &media};
    sb_notes notes = {0};
    *source = (cli_source){.path = audio_path};
    sb_status status = cli_arguments_store(context->args, &options, err);
    if (!status)
        status =
            sb_alignment_from_audio(&source->alignment, audio_path, &media, &context->monitor, &notes, err);
    sb_option_targets_finish(&options);
    cli_progress_clear(&context->progress);
    cli_message_notes(context, &notes);
    if (!status)
        warn_of_unused(context, "there is no transcript");
    return status;
}

static sb_status judge_pairing(const cli_source *source, cli_context *context, const cli_align_how *how,
                               sb_error *err)
{
    const sb_alignment *alignment = source->alignment;
    bool mismatch = alignment->pairing == SB_PAIRING_MISMATCH;
    if (mismatch && !accepts_mismatch(how))
        return cli_pairing_refuse(alignment, source->path, err);
    if (alignment->pairing == SB_PAIRING_UNSURE && how->strict)
        return cli_pairing_fail_unsure(alignment, source->path, err);
    if (!mismatch || !how->tells)
        cli_pairing_warn(context, alignment, source->path);
    return SB_OK;
}

/* Adapts a saved alignment to the audio file, which may be another encoding of the aligned audio. With
 * --allow-mismatch, a mismatch is accepted. */
static sb_status fit(cli_source *source, cli_context *context, const char *audio_path,
                     const cli_align_how *how, sb_error *err)
{
    sb_notes notes = {0};
    sb_media_params media = {.monitor = &context->monitor};
    sb_option_targets options = {.media = &media};
    if (!strcmp(audio_path, "-"))
        return SB_OK;
    sb_audio_fit fit = SB_FIT_UNKNOWN;
    sb_status status = cli_arguments_store(context->args, &options, err);
    if (!status)
        status = sb_alignment_fit(source->alignment, &fit, NULL, audio_path, &media, &notes, err);
    sb_option_targets_finish(&options);
    source->fits = !status;
    if (fit == SB_FIT_PACKETS && !status)
        cli_message_detail(context, "%s has other tags than the aligned file, and the same sound",
                           audio_path);
    for (size_t i = 0; i < notes.n_items; i++)
        cli_message_note(context, "%s: %s", notes.items[i].file, notes.items[i].text);
    sb_notes_finish(&notes);
    if (status != SB_ERR_MISMATCH)
        return status;
    if (!how->allow_mismatch) {
        cli_pairing_advise(context, err);
        return status;
    }
    source->fits = true;
    *err = (sb_error){0};
    return SB_OK;
}

sb_status cli_source_align(cli_source *source, cli_context *context, const char *audio_path,
                           const cli_align_how *how, sb_error *err)
{
    if (cli_source_from_archive(source, context, audio_path, how, err))
        return err->status;
    if (source->alignment) {
        warn_of_unused(context, "the alignment already exists");
        if (!source->is_archived)
            warn_of_saved(context, source->alignment);
        if (fit(source, context, audio_path, how, err))
            return err->status;
        warn_of_damage(context, source->alignment, audio_path);
    } else if (make(source, context, audio_path, how, err)) {
        return err->status;
    }
    if (judge_pairing(source, context, how, err) || cli_source_take_speakers(source, context, err))
        return err->status;
    return cli_names_apply(&context->names, source->alignment, source->path, err);
}
