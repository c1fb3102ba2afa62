#include "cli/args/args.h"

#include "base/run/run.h"
#include "cli/clips/clips.h"
#include "cli/session/session.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The state of one run of the command. */
typedef struct clip_run {
    cli_source source;
    cli_selection selection;
    const char *template_text; /* of -o; NULL if there is only a montage */
    sb_template *tmpl;
    char *folder; /* of the template */
    sb_matches *matches;
    char **paths;
    sb_clip_request *requests;
    sb_clip_result *results;
    size_t n;
    cli_clip_params params;
    cli_joining joining;
    sb_fillers *fillers;
    sb_output *manifest;
    bool manifest_is_csv;
} clip_run;

static void finish_clip_run(clip_run *run)
{
    for (size_t i = 0; run->paths && i < run->n; i++)
        free(run->paths[i]);
    for (size_t i = 0; run->results && i < run->n; i++)
        sb_clip_result_finish(&run->results[i]);
    free(run->paths);
    free(run->requests);
    free(run->results);
    cli_joining_finish(&run->joining);
    cli_clip_params_finish(&run->params);
    sb_fillers_free(&run->fillers);
    sb_output_abort(&run->manifest);
    sb_matches_free(&run->matches);
    sb_template_free(&run->tmpl);
    free(run->folder);
    cli_selection_finish(&run->selection);
    cli_source_finish(&run->source);
}

#define USUAL_NAMES "clips/{n:02}-{speaker}-{slug}"

static sb_status read_template(clip_run *run, cli_context *context, sb_error *err)
{
    bool is_video = run->params.clip.video.shape != SB_VIDEO_ANY || run->params.clip.profile;
    const char *usual = is_video ? USUAL_NAMES ".mp4" : USUAL_NAMES ".mp3";
    const char *text = cli_text(context->args, CLI_OPT_OUTPUT_TEMPLATE, NULL);
    if (!text && run->joining.path)
        return SB_OK;
    if (!text && !context->dry_run)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "no name for the clips was given; add one, such as -o %s, or --join FILE for one "
                            "file of all quotes",
                            usual);
    if (!text) {
        cli_message_note(context, "no name for the clips was given; these are the names with -o %s", usual);
        text = usual;
    }
    run->template_text = text;
    if (sb_template_read(&run->tmpl, text, err) ||
        cli_clip_format_check(text, cli_has(context->args, CLI_OPT_COPY), err))
        return err->status;
    return SB_OK;
}

static sb_status read_fillers(clip_run *run, const cli_context *context, sb_error *err)
{
    if (cli_fillers_read(&run->fillers, context, err))
        return err->status;
    run->params.clip.fillers = run->fillers;
    if (run->fillers && !(run->params.clip.drop & SB_DROP_FILLERS))
        return sb_error_set(err, SB_ERR_ARGUMENT, "--fillers has no effect without --drop fillers; add it");
    return SB_OK;
}

/* Errors in a theme or background are reported once, before the episode is aligned. Video options may be for
 * the clips or for the montage. */
static sb_status check_video(const clip_run *run, sb_error *err)
{
    const char *clips = run->template_text, *joined = run->joining.path;
    bool any = (clips && cli_is_video(clips)) || (joined && cli_is_video(joined));
    if (!any)
        return cli_clip_video_check(clips ? clips : joined, &run->params.clip, err);
    return sb_video_check(&run->params.clip.video, err);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* Two outputs with the same name would overwrite each other. `clip_path` NULL compares the files that options
 * name. */
static sb_status names_apart(const cli_context *context, const char *clip_path, sb_error *err)
{
    static const cli_option_id ids[] = {CLI_OPT_JOIN, CLI_OPT_MANIFEST, CLI_OPT_INDEX};
    /* cli_joining_not_clip compares the first */
    for (size_t i = clip_path != NULL; i < sizeof ids / sizeof ids[0]; i++) {
        const char *path = cli_text(context->args, ids[i], NULL);
        for (size_t k = 0; path && !clip_path && k < i; k++)
            if (!strcmp(path, cli_text(context->args, ids[k], "")))
                return sb_error_set(err, SB_ERR_ARGUMENT,
                                    "--%s and --%s both name %s; give one of them another name",
                                    cli_options[ids[k]].name, cli_options[ids[i]].name, path);
        if (path && clip_path && !strcmp(path, clip_path))
            return sb_error_set(err, SB_ERR_ARGUMENT,
                                "-o and --%s both name %s; give one of them another name",
                                cli_options[ids[i]].name, path);
    }
    return SB_OK;
}

static sb_status check_caption_names(const cli_context *context, sb_error *err)
{
    if (!cli_has(context->args, CLI_OPT_CAPTION_NAMES) || cli_has(context->args, CLI_OPT_CAPTIONS))
        return SB_OK;
    return sb_error_set(err, SB_ERR_ARGUMENT, "--caption-names has no effect without --captions; add it");
}

static sb_status open_manifest(clip_run *run, const cli_context *context, sb_error *err)
{
    const char *path = cli_text(context->args, CLI_OPT_MANIFEST, NULL);
    if (!path)
        return SB_OK;
    if (cli_output_not_input(context, path, err))
        return err->status;
    if (context->dry_run)
        return cli_output_look(context, path, err);
    run->manifest_is_csv = ends_with(path, ".csv");
    if (sb_folders_make(path, err))
        return err->status;
    return sb_output_open(&run->manifest, path, context->force, err);
}

/* The library checks `until` against the end of the file, which the user may not know. */
static sb_status find_times(clip_run *run, cli_context *context, sb_error *err)
{
    char end[SB_TIME_TEXT];
    sb_selection *selection = &run->selection.selection;
    if (cli_stdin_audio(context, err) || cli_source_hear(&run->source, context, cli_operand(context, 0), err))
        return err->status;
    sb_time duration = run->source.alignment->audio.duration;
    if (selection->from >= duration)
        return sb_error_set_at(err, SB_ERR_NOT_FOUND, cli_operand(context, 0), 0, 0,
                               "nothing matched: the audio ends at %s; choose an earlier --from",
                               sb_time_print(end, duration, 0));
    if (selection->until > duration)
        cli_message_note(context, "the audio ends at %s, so the clip ends there",
                         sb_time_print(end, duration, 0));
    if (sb_matches_find(&run->matches, run->source.alignment, selection, err))
        return err->status;
    run->n = run->matches->n_items;
    return SB_OK;
}

static sb_status find_matches(clip_run *run, cli_context *context, sb_error *err)
{
    const char *audio_path = cli_operand(context, 0), *source_path = cli_operand(context, 1);
    const cli_align_how how = cli_align_how_given(context);
    if (!source_path)
        return find_times(run, context, err);
    if (cli_source_check_pair(context, audio_path, source_path, err) ||
        cli_source_read(&run->source, context, source_path, err) ||
        cli_source_align(&run->source, context, audio_path, &how, err) ||
        sb_matches_find(&run->matches, run->source.alignment, &run->selection.selection, err))
        return err->status;
    run->n = run->matches->n_items;
    cli_selection_note_later(context, run->matches);
    return run->n ? SB_OK
                  : cli_selection_nothing(run->matches, &run->selection.selection, run->source.alignment,
                                          source_path, err);
}

static sb_status captions_not_input(const cli_context *context, const char *clip_path, unsigned formats,
                                    sb_error *err)
{
    for (size_t i = 0; sb_clip_captions_format(i); i++) {
        if (!(formats & 1u << i))
            continue;
        char *path = sb_clip_captions_path(clip_path, i);
        sb_status status =
            path ? cli_output_not_input(context, path, err) : sb_error_memory(err, "cutting clips");
        free(path);
        if (status)
            return status;
    }
    return SB_OK;
}

static sb_status fill_template(clip_run *run, const cli_context *context, sb_error *err)
{
    char *episode = cli_episode_name(cli_operand(context, 0));
    run->paths = calloc(run->n, sizeof *run->paths);
    bool in_folder = sb_template_has_field(run->tmpl);
    run->folder = in_folder ? sb_template_folder(run->tmpl) : NULL;
    bool ok = episode && run->paths && (run->folder || !in_folder);
    for (size_t i = 0; ok && i < run->n; i++) {
        const sb_match *match = &run->matches->items[i];
        run->paths[i] = sb_template_path(run->tmpl, match, match->number, episode, NULL);
        ok = run->paths[i] != NULL;
    }
    free(episode);
    return ok ? sb_clip_paths_distinct(run->paths, run->n, err) : sb_error_memory(err, "cutting clips");
}

static sb_status name_clips(clip_run *run, const cli_context *context, sb_error *err)
{
    run->requests = calloc(run->n, sizeof *run->requests);
    run->results = calloc(run->n, sizeof *run->results);
    if (!run->requests || !run->results)
        return sb_error_memory(err, "cutting clips");
    if ((run->tmpl && fill_template(run, context, err)) ||
        (run->joining.path && captions_not_input(context, run->joining.path, run->params.clip.captions, err)))
        return err->status;
    for (size_t i = 0; i < run->n; i++) {
        run->requests[i] = (sb_clip_request){.match = &run->matches->items[i],
                                             .params = &run->params.clip,
                                             .transcript = cli_operand(context, 1)};
        if (run->paths) {
            run->requests[i].path = run->paths[i];
            run->requests[i].folder = run->folder;
        }
        if (run->paths &&
            (cli_output_not_input(context, run->paths[i], err) || names_apart(context, run->paths[i], err) ||
             cli_joining_not_clip(&run->joining, run->paths[i], run->params.clip.captions, err) ||
             captions_not_input(context, run->paths[i], run->params.clip.captions, err)))
            return err->status;
    }
    return SB_OK;
}

static sb_status write_manifest(clip_run *run, const cli_context *context, sb_error *err)
{
    const char *path = cli_text(context->args, CLI_OPT_MANIFEST, NULL);
    if (path && context->dry_run)
        return cli_output_tell_beside(context, path, err);
    if (!run->manifest)
        return SB_OK;
    sb_bytes text = {0};
    size_t n_lines = run->joining.written;
    if (run->manifest_is_csv)
        sb_clip_result_write_csv_header(&text);
    for (size_t i = 0; i < run->n; i++)
        if (!run->results[i].status && run->results[i].file) {
            cli_manifest_add(&text, &run->results[i], run->manifest_is_csv);
            n_lines++;
        }
    if (run->joining.written)
        cli_manifest_add(&text, &run->joining.result, run->manifest_is_csv);
    if (!n_lines) { /* no clips: a manifest would only block the next run */
        sb_bytes_finish(&text);
        return SB_OK;
    }
    sb_status status = text.failed ? sb_error_memory(err, "cutting clips")
                                   : sb_output_write(run->manifest, text.data, text.size, err);
    sb_bytes_finish(&text);
    return status ? status : sb_output_commit(&run->manifest, err);
}

static sb_status write_index(const clip_run *run, const cli_context *context, sb_error *err)
{
    size_t n = 0;
    char *episode = cli_episode_name(cli_operand(context, 0));
    sb_clip_page_item *items = calloc(run->n + 1, sizeof *items);
    if (!episode || !items)
        sb_error_memory(err, "cutting clips");
    for (size_t i = 0; items && i < run->n; i++)
        if (!run->results[i].status && run->results[i].file)
            items[n++] = (sb_clip_page_item){.result = &run->results[i]};
    if (items && run->joining.written)
        items[n++] = (sb_clip_page_item){.result = &run->joining.result};
    if (!err->status)
        cli_index_write(context, items, n, episode, context->force, err);
    free(items);
    free(episode);
    return err->status;
}

static void say_how_many(cli_context *context, const clip_run *run)
{
    if (run->n > 1 && run->tmpl && !sb_template_varies(run->tmpl))
        cli_message_note(context,
                         "%zu clips would get the same name, so they are numbered; add {n} to -o to choose "
                         "where the number goes",
                         run->n);
}

static sb_status show_clips(cli_context *context, const clip_run *run, sb_error *err)
{
    cli_clip_warnings warnings = {0};
    say_how_many(context, run);
    for (size_t i = 0; i < run->n && !err->status; i++)
        if (run->results[i].file || run->results[i].status)
            cli_clip_show(context, &run->results[i], &warnings, err);
    if (run->joining.path && !err->status)
        cli_clip_show(context, &run->joining.result, &warnings, err);
    cli_clip_warnings_finish(&warnings, context);
    return err->status;
}

static sb_status clip(clip_run *run, cli_context *context, sb_error *err)
{
    if (cli_clip_check_source(context, err) || cli_clip_params_read(&run->params, context, err) ||
        check_caption_names(context, err) || names_apart(context, NULL, err) ||
        cli_joining_read(&run->joining, context, err) || read_fillers(run, context, err) ||
        sb_clip_params_check(&run->params.clip, err) || read_template(run, context, err) ||
        check_video(run, err) || cli_selection_read(&run->selection, context->args, err) ||
        cli_index_check(context, context->force, err) || open_manifest(run, context, err) ||
        cli_stdin_audio(context, err) || find_matches(run, context, err) || name_clips(run, context, err) ||
        cli_joining_begin(&run->joining, run->requests, run->n, &run->params.clip, &run->params.render, err))
        return err->status;
    if (run->tmpl && !cli_is_video(run->template_text))
        run->params.clip.video = (sb_video_params){0};
    sb_notes notes = {0}; /* about damage, which was reported while aligning */
    run->params.render.fits = run->source.fits;
    sb_clip_render(run->results, cli_operand(context, 0), run->source.alignment, run->requests, run->n,
                   &run->params.render, run->source.transcript ? NULL : &notes, err);
    cli_progress_clear(&context->progress);
    cli_source_show_notes(&run->source, context, &notes);
    if (err->status || cli_joining_write(&run->joining, err))
        return err->status;
    sb_error shown = {
        0}; /* the clips are there, so their lists are written even if standard output cannot be */
    show_clips(context, run, &shown);
    if (write_manifest(run, context, err) || write_index(run, context, err))
        return err->status;
    *err = shown;
    return err->status;
}

static int run_clip(cli_context *context)
{
    sb_error err = {0};
    clip_run run = {0};
    int code;
    if (clip(&run, context, &err))
        code = cli_fail(context, &err);
    else
        code = cli_joining_exit(&run.joining,
                                cli_clips_exit(run.results, run.n, run.source.alignment->audio.damaged));
    finish_clip_run(&run);
    return code;
}

const cli_command cli_command_clip = {
    .name = "clip",
    .summary = "Cut quotes out of an episode, one file per quote",
    .operands = (const char *const[]){"AUDIO", "SOURCE", NULL},
    .n_needed = 1,
    .details =
        (const cli_detail[]){
            {NULL, "SOURCE is a transcript or an alignment file. A transcript is aligned first. Its "
                   "alignment is kept in the cache, so the next clip of the episode starts at once. A "
                   "transcript that does not belong to the audio is refused, unless --allow-mismatch is "
                   "given. If there is too little evidence to tell, a warning says so. If no quote matches, "
                   "the nearest passage is shown and the exit code is 3."},
            {NULL, "--from and --until, or --from-phrase and --until-phrase, give one clip with everything "
                   "between them, whoever speaks. It begins and ends in the pause, or at the edge of a word, "
                   "that is nearest to the time. Captions and videos show the name at each change of "
                   "speaker. --each gives one clip per turn instead. Without SOURCE, --from and --until cut "
                   "at the nearest silences, because the words are not known."},
            {NULL, "TEMPLATE of -o may contain these fields; {{ and }} stand for plain braces. With a field, "
                   "a link "
                   "inside the folder of the clips must not lead out of it."},
            {NULL, "The fields:"},
            {"{n}", "The number of the quote, from 1; {n:02} has at least two digits."},
            {"{speaker}", "The name of the speaker; \"nobody\" if unnamed."},
            {"{slug}", "The first words of the quote, joined by hyphens."},
            {"{phrase}", "The phrase that matched."},
            {"{start}", "The time at which the speech starts, as 00-16-51.590."},
            {"{end}", "The time at which the speech ends."},
            {"{episode}", "The name of the audio file without its extension."},
            {"{id}", "The id of the row; only in batch."},
            {NULL, "Each clip starts and ends in the pauses around its quote, and is faded there. A breath "
                   "in the pause is either complete in the clip or left out. One constant gain sets the "
                   "loudness; a limiter keeps peaks below the true-peak limit. The written file is decoded "
                   "again. If the codec changed the level or the peaks, the clip is encoded again. The "
                   "figures in the manifest are those of the decoded file. WAV and FLAC with --loudness off "
                   "contain the exact samples of the source."},
            {NULL, "Captions contain the words that were heard. Each caption has at most two lines of 42 "
                   "characters. Where the speech allows it, the reading speed is at most 17 characters per "
                   "second. A caption appears when its first word is spoken. A line never ends with an "
                   "article or a first name."},
            {NULL,
             "Each written clip is checked: it is decoded, and its words are aligned again. The manifest "
             "contains the result as a certificate. It states whether the first and the last word are "
             "complete, how many words were heard, how much of a neighbouring word is in the clip, the level "
             "of the edges above the noise floor, the loudness and the true peak. A failed check is a "
             "warning. With --strict it is an error, and the clip is not kept. If there is no acoustic model "
             "for the language, the check uses energy only; it then says nothing about words. If it is "
             "uncertain whether the transcript belongs to the audio, the check named pairing fails, even if "
             "all words were heard: a model that searches for given words nearly always finds them. The "
             "program then warns once for the transcript; a clip has a warning of its own only if another "
             "check fails or the words were not heard again. "
             "Montages, and clips from which --drop cut words, have no certificate."},
            {NULL,
             "A name that ends in .mp4 makes a video with 30 frames per second. It shows captions with the "
             "spoken word highlighted, the waveform, a progress line, the title and the speaker's name. The "
             "background is the cover art or a colour. soundbite-theme(5) describes how to change all this."},
            {NULL,
             "--video source cuts the pictures of a video podcast together with the sound, at the frame rate "
             "of the source. The first picture is the one that the source shows at that time. source:9:16, "
             "source:1:1 and so on use only the middle of the pictures. The captions are near the bottom."},
            {NULL, "--copy decodes nothing: the clip contains packets of the source. The manifest gives the "
                   "samples that a player presents, and a warning gives their distance from the cut. WAV, "
                   "MP3 and Opus are exact; M4A is exact at its start. FLAC, raw AAC and the end of M4A can "
                   "only be cut between frames; the extra sound is in the pause if the pause is long enough. "
                   "Damaged audio is not copied, and neither is audio that was joined from several files."},
            {NULL,
             "--join writes all quotes into one file, in the order of the text and at the same loudness. The "
             "gaps contain room tone of the episode. Quotes that follow each other in the episode keep the "
             "pause between them, unless --gap or --crossfade is given. Captions and videos show the name at "
             "each change of speaker. M4A, MP4, MP3, Opus and FLAC get one chapter per quote."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_OUTPUT_TEMPLATE, CLI_OPT_MANIFEST, CLI_OPT_INDEX, CLI_OPT_JSON,
                                       CLI_OPT_ARCHIVE, CLI_OPT_TRANSCRIPT_FORMAT, CLI_OPT_SPEAKERS,
                                       CLI_OPT_ALIAS, CLI_ALIGN_OPTIONS, CLI_OPT_JOBS, CLI_SELECTION_OPTIONS,
                                       CLI_CLIP_OPTIONS, CLI_MONTAGE_OPTIONS, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite clip episode.mp3 episode.txt --phrase \"imposter syndrome\" -o quote.mp3",
             "Cut the quote, with a short pause on both sides."},
            {"soundbite clip episode.mp3 episode.txt --from 4m3s --until 5:10 -o story.mp3",
             "Cut everything between the two times. Without episode.txt, cut at the nearest silences."},
            {"soundbite clip episode.mp3 episode.json --speaker \"ben*\" --min-length 20s -o "
             "'clips/{n:02}-{speaker}-{slug}.m4a'",
             "Cut all of Ben's longer turns. Each file is named after its first words."},
            {"soundbite clip episode.wav episode.json --regex 'scal(e|ing)' --expand sentence --loudness off "
             "-o 'cut/{n}.wav' --manifest cut/list.csv",
             "Cut whole sentences with the exact samples of the source, and write a table of them."},
            {"soundbite clip episode.mp3 episode.json --phrase \"imposter syndrome\" --expand sentence --for "
             "shorts -o quote.mp4",
             "Make an upright video with captions."},
            {"soundbite clip episode.mp3 episode.json --phrase 'on the air' --expand sentence --join "
             "best.m4a --gap 600ms",
             "Write every sentence that contains the phrase into one file, with one chapter each."},
            {NULL, NULL}},
    .has_temporaries = true,
    .run = run_clip,
};
