#include "cli/args/args.h"

#include "cli/session/session.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include "soundbite/export.h"

#include <stdlib.h>

#include <stdio.h>

#define SURE 0.5F

static size_t count_uncertain(const sb_alignment *alignment)
{
    size_t n = 0;
    for (size_t i = 0; i < alignment->n_turns; i++)
        n += alignment->turns[i].confidence < SURE;
    return n;
}

static const char *how_many(char out[32], size_t n)
{
    if (n)
        snprintf(out, 32, "%zu", n);
    return n ? out : "no";
}

static void say_what_was_done(cli_context *context, const sb_alignment *alignment)
{
    char duration[SB_TIME_TEXT], breaks[32], uncertain[32];
    size_t n_uncertain = count_uncertain(alignment);
    cli_message_note(context, "aligned %zu turn%s to %s of audio (%s); %s break%s; %s turn%s uncertain",
                     alignment->n_turns, cli_plural(alignment->n_turns),
                     sb_time_print(duration, alignment->audio.duration, 0), sb_method_name(alignment->method),
                     how_many(breaks, alignment->n_breaks), cli_plural(alignment->n_breaks),
                     how_many(uncertain, n_uncertain), cli_plural(n_uncertain));
    if (alignment->method_note)
        cli_message_note(context, "%s", alignment->method_note);
}

static sb_status read_transcript(cli_source *out, cli_context *context, const char *path, sb_error *err)
{
    if (cli_source_read(out, context, path, err))
        return err->status;
    if (out->transcript)
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                           "is already an alignment; name the transcript it was made from");
}

static sb_status align(cli_context *context, cli_source *source, sb_bytes *text, sb_error *err)
{
    const char *audio_path = cli_operand(context, 0), *transcript_path = cli_operand(context, 1);
    const char *format = cli_format_wanted(context->args, "json");
    sb_export_params params = {0};
    if (sb_export_needs_audio(format))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "'%s' needs no transcript; type 'soundbite export %s --to %s'", format,
                            audio_path, format);
    if (cli_export_params_read(&params, context->args, format, err) ||
        cli_source_check_pair(context, audio_path, transcript_path, err))
        return err->status;
    if (cli_output_begin(context, err))
        return err->status;
    if (read_transcript(source, context, transcript_path, err))
        return err->status;
    cli_align_how how = cli_align_how_given(context);
    how.afresh = true;
    if (cli_source_align(source, context, audio_path, &how, err))
        return err->status;
    sb_notes notes = {0};
    char *media = sb_export_refers_to_audio(format)
                      ? cli_media_seen_from_output(context, source->alignment->audio.path, transcript_path)
                      : NULL;
    params.media = media;
    sb_status status = sb_alignment_export(text, source->alignment, format, &params, &notes, err);
    free(media);
    cli_message_notes(context, &notes);
    return status ? status : cli_output_end(context, text, err);
}

static int run_align(cli_context *context)
{
    sb_error err = {0};
    sb_bytes text = {0};
    cli_source source = {0};
    int code = CLI_EXIT_OK;
    if (align(context, &source, &text, &err))
        code = cli_fail(context, &err);
    else if (source.alignment->audio.damaged)
        code = CLI_EXIT_DAMAGED;
    if (!err.status)
        say_what_was_done(context, source.alignment);
    cli_source_finish(&source);
    sb_bytes_finish(&text);
    return code;
}

const cli_command cli_command_align = {
    .name = "align",
    .summary = "Align a transcript to its audio and save all times",
    .operands = (const char *const[]){"AUDIO", "TRANSCRIPT", NULL},
    .n_needed = 2,
    .details =
        (const cli_detail[]){
            {NULL,
             "The result is an alignment file, which soundbite-alignment(5) describes. You can "
             "give it to every other command instead of the transcript. With --to, or with the extension of "
             "another format, the result is a corrected transcript or captions instead."},
            {NULL, "A transcript that does not belong to the audio is refused, unless --allow-mismatch is "
                   "given. If there is too little evidence to tell, the times are based on the transcript's "
                   "own timestamps, a warning gives the reason, and the exit code is 0. With --strict this "
                   "is an error: nothing is written, and the exit code is 1."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_OUTPUT, CLI_OPT_TO, CLI_OPT_FPS, CLI_OPT_TRANSCRIPT_FORMAT,
                                       CLI_OPT_FROM_FORMAT, CLI_OPT_SPEAKERS, CLI_OPT_ALIAS,
                                       CLI_ALIGN_OPTIONS, CLI_OPT_STRICT_PAIR, CLI_OPT_END},
    .examples = (const cli_example[]){{"soundbite align episode.mp3 episode.txt -o episode.json",
                                       "Save the alignment for later commands."},
                                      {"soundbite align episode.mp3 episode.txt -o episode.srt",
                                       "Write captions with the times of the audio."},
                                      {"soundbite align episode.mp3 episode.txt --to text > corrected.txt",
                                       "Write the transcript with corrected timestamps."},
                                      {NULL, NULL}},
    .run = run_align,
};
