#include "cli/args/args.h"

#include "base/json/json.h"
#include "base/text/text.h"

#include "cli/session/session.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include "base/run/run.h"
#include "soundbite/chapters.h"
#include "soundbite/remap.h"

#include <stdlib.h>
#include <string.h>

#define LIST_LIMIT ((size_t)256 << 20)

/* A chapter that ends more than this before the next one has its own end. */
#define OWN_END (500 * SB_TIME_MS)

static void add_time(sb_bytes *out, const char *key, sb_time t)
{
    char text[SB_TIME_TEXT];
    sb_bytes_print(out, "\"%s\": %s, ", key, sb_time_print_seconds(text, t, 3));
}

static void add_json_chapter(sb_bytes *out, const sb_chapter *chapter, const sb_chapter *next)
{
    sb_json_writer json = {.out = out};
    sb_bytes_text(out, "    {");
    add_time(out, "startTime", chapter->start);
    if (next && chapter->end != SB_TIME_NONE && chapter->end + OWN_END < next->start)
        add_time(out, "endTime", chapter->end);
    sb_json_text(&json, "title", chapter->title);
    sb_bytes_print(out, "}%s\n", next ? "," : "");
}

static sb_status chapters_of_media(sb_bytes *out, const char *path, sb_error *err)
{
    sb_chapters *chapters;
    if (sb_chapters_read(&chapters, path, NULL, err))
        return err->status;
    size_t n = chapters->n_items;
    sb_bytes_text(out, "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [\n");
    for (size_t i = 0; i < n; i++)
        add_json_chapter(out, &chapters->items[i], i + 1 < n ? &chapters->items[i + 1] : NULL);
    sb_bytes_text(out, "  ]\n}\n");
    sb_chapters_free(&chapters);
    if (out->failed)
        return sb_error_memory(err, "reading chapters");
    return n ? SB_OK
             : sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "has no chapters; name a file with chapters, or a list of times");
}

/* The file of -o if its name is that of an audio file with chapters. */
static const char *chapters_copy_path(const cli_context *context)
{
    const char *path = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    return path && sb_chapters_can_be_in(path) ? path : NULL;
}

static int chapter_starts_before(const void *a, const void *b)
{
    const sb_chapter *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

static size_t take_chapters(sb_chapter *out, const sb_time_list *list, const sb_moved_item *moved)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n_items; i++)
        if (moved[i].start != SB_TIME_NONE)
            out[n++] =
                (sb_chapter){moved[i].start, moved[i].end, list->items[i].label ? list->items[i].label : ""};
    if (n)
        qsort(out, n, sizeof *out, chapter_starts_before);
    return n;
}

static sb_status copy_with_chapters(const cli_context *context, const cli_source *source,
                                    const sb_time_list *list, const sb_moved_item *moved, sb_error *err)
{
    const char *path = chapters_copy_path(context), *named = source->alignment->audio.path;
    if (context->dry_run)
        return cli_output_tell_beside(context, path, err);
    char *audio = named ? cli_audio_of_alignment(named, source->path) : NULL;
    sb_chapter *chapters = calloc(list->n_items + 1, sizeof *chapters);
    if (!chapters)
        sb_error_memory(err, "writing chapters");
    else if (!audio)
        sb_error_set_at(err, SB_ERR_IO, source->path, 0, 0,
                        "its audio %s is not there; run the command in the folder in which it was aligned",
                        named ? named : "(without a name)");
    else
        sb_chapters_write(path, audio, chapters, take_chapters(chapters, list, moved), NULL, context->force,
                          err);
    free(chapters);
    free(audio);
    return err->status;
}

typedef struct remap_run {
    cli_source from, to;
    sb_time_list *list;
    sb_audio_map *map;
    sb_moved_item *moved;
    sb_bytes text;
} remap_run;

static void finish_remap_run(remap_run *run)
{
    free(run->moved);
    sb_audio_map_free(&run->map);
    sb_time_list_free(&run->list);
    sb_bytes_finish(&run->text);
    cli_source_finish(&run->from);
    cli_source_finish(&run->to);
}

/* SOURCE may be a transcript whose audio no longer exists. */
static sb_status read_stamps(cli_source *out, cli_context *context, sb_error *err)
{
    char resolution[SB_TIME_TEXT];
    if (cli_source_plain(out, context, err))
        return err->status;
    sb_time unit = out->alignment->transcript.resolution;
    cli_message_note(
        context, "%s has no audio, so its timestamps are used as the times of the first audio, to %s s",
        out->path,
        unit > 0 ? sb_time_print_seconds(resolution, unit, unit < SB_TIME_SECOND ? 3 : 0) : "about 1");
    return SB_OK;
}

static sb_status read_alignment(cli_source *out, cli_context *context, size_t operand, sb_error *err)
{
    const char *path = cli_operand(context, operand);
    if (cli_source_read(out, context, path, err))
        return err->status;
    if (out->alignment && out->alignment->method != SB_METHOD_NONE)
        return SB_OK;
    if (operand == 0)
        return read_stamps(out, context, err);
    return sb_error_set_at(
        err, SB_ERR_FORMAT, path, 0, 0,
        "is not an alignment with audio; make one with 'soundbite align AUDIO TRANSCRIPT -o FILE'");
}

static sb_status read_time_list(remap_run *run, cli_context *context, sb_error *err)
{
    const char *path = cli_operand(context, 2), *description;
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    cli_file_kind kind;
    if (cli_file_kind_of(&kind, path, &description, err))
        return err->status;
    bool is_media = kind == CLI_FILE_MEDIA;
    if (is_media ? chapters_of_media(&bytes, path, err) : sb_file_read(&bytes, path, LIST_LIMIT, err)) {
        sb_bytes_finish(&bytes);
        return err->status;
    }
    kind = cli_bytes_kind(bytes.data, bytes.size, &description);
    if (is_media)
        sb_time_list_read(&run->list, bytes.data, bytes.size, path, "chapters", &notes, err);
    else if (kind != CLI_FILE_TEXT && kind != CLI_FILE_UNKNOWN)
        sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                        "is %s, not a list of times; name chapters, soundbites, labels, captions or times",
                        description);
    else
        sb_time_list_read(&run->list, bytes.data, bytes.size, path,
                          cli_text(context->args, CLI_OPT_LIST_FORMAT, NULL), &notes, err);
    cli_message_notes(context, &notes);
    sb_bytes_finish(&bytes);
    return err->status;
}

static size_t count_kept(const remap_run *run)
{
    size_t n = 0;
    for (size_t i = 0; i < run->list->n_items; i++)
        n += run->moved[i].start != SB_TIME_NONE;
    return n;
}

static sb_status move(remap_run *run, cli_context *context, sb_error *err)
{
    sb_notes notes = {0};
    if (sb_audio_map_create(&run->map, run->from.alignment, run->to.alignment, err) ||
        sb_time_list_move(&run->moved, run->list, run->map, err))
        return err->status;
    sb_time_list_report(&notes, run->list, run->moved, run->map);
    cli_message_notes(context, &notes);
    size_t n = run->list->n_items, n_kept = count_kept(run);
    if (n_kept == 0)
        return sb_error_set_at(
            err, SB_ERR_NOT_FOUND, run->list->path, 0, 0,
            "none of its %zu time%s is in the second audio; check that the list belongs to the first audio",
            n, cli_plural(n));
    cli_message_note(context, "moved %zu of %zu time%s (%s)", n_kept, n, cli_plural(n), run->list->format);
    return SB_OK;
}

static void add_json_moved(sb_bytes *out, const sb_timed_item *item, const sb_moved_item *moved)
{
    sb_json_writer json = {.out = out};
    sb_json_begin(&json, NULL, '{');
    sb_json_int(&json, "line", item->line);
    sb_json_text(&json, "label", item->label);
    sb_json_time(&json, "start", moved->start);
    sb_json_time(&json, "end", moved->end);
    sb_json_begin(&json, "asked", '{');
    sb_json_time(&json, "start", item->start);
    sb_json_time(&json, "end", item->end);
    sb_json_end(&json, '}');
    sb_json_time(&json, "lost_head", moved->lost_head);
    sb_json_time(&json, "lost_tail", moved->lost_tail);
    sb_json_time(&json, "removed", moved->removed);
    sb_json_time(&json, "inserted", moved->inserted);
    sb_json_time(&json, "moved_past", moved->moved_past);
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
}

static sb_status write_remap(remap_run *run, cli_context *context, sb_error *err)
{
    if (chapters_copy_path(context))
        return copy_with_chapters(context, &run->to, run->list, run->moved, err);
    if (cli_has(context->args, CLI_OPT_JSON))
        for (size_t i = 0; i < run->list->n_items; i++)
            add_json_moved(&run->text, &run->list->items[i], &run->moved[i]);
    else if (sb_time_list_write(&run->text, run->list, run->moved, run->map, err))
        return err->status;
    return cli_output_end(context, &run->text, err);
}

/* A copy of the audio is opened later, when its chapters are known. */
static sb_status begin_output(cli_context *context, sb_error *err)
{
    const char *copy = chapters_copy_path(context);
    if (!copy)
        return cli_output_begin(context, err);
    if (cli_has(context->args, CLI_OPT_JSON))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--json prints times, but %s gets the chapters themselves; leave out one of them",
                            copy);
    if (cli_output_not_input(context, copy, err))
        return err->status;
    return cli_output_look(context, copy, err);
}

static int run_remap(cli_context *context)
{
    sb_error err = {0};
    remap_run run = {0};
    bool failed = begin_output(context, &err) || read_alignment(&run.from, context, 0, &err) ||
                  read_alignment(&run.to, context, 1, &err) || read_time_list(&run, context, &err) ||
                  move(&run, context, &err) || write_remap(&run, context, &err);
    int code = failed ? cli_fail(context, &err) : CLI_EXIT_OK;
    finish_remap_run(&run);
    return code;
}

/* The audio that gets the moved chapters. */
static void name_remapped_files(cli_context *context, sb_bytes *out)
{
    const char *path = chapters_copy_path(context) ? cli_operand(context, 1) : NULL;
    cli_source source = {0};
    sb_error unheard = {0};
    context->quiet = true;
    if (!path || cli_source_read(&source, context, path, &unheard) || !source.alignment ||
        !source.alignment->audio.path) {
        cli_source_finish(&source);
        return;
    }
    char *audio = cli_audio_of_alignment(source.alignment->audio.path, path);
    if (audio)
        sb_bytes_append(out, audio, strlen(audio) + 1);
    free(audio);
    cli_source_finish(&source);
}

const cli_command cli_command_remap = {
    .name = "remap",
    .summary = "Move times from one version of the audio to another",
    .operands = (const char *const[]){"SOURCE", "ALIGNMENT2", "LIST", NULL},
    .n_needed = 3,
    .details =
        (const cli_detail[]){
            {NULL, "SOURCE is the alignment of the audio for which LIST was made. If that audio no longer "
                   "exists, SOURCE is its transcript with timestamps; the moved times are then only as exact "
                   "as those timestamps. ALIGNMENT2 belongs to the other version of the audio; its "
                   "transcript may be an edit of the first one. LIST contains JSON chapters, "
                   "<podcast:soundbite> tags, Audacity labels, SRT, WebVTT, or lines that start with one or "
                   "two times. The output has the same format, and only its times change."},
            {NULL, "LIST may also be an audio file with chapters, such as MP3, M4A, M4B, Opus, Ogg, FLAC or "
                   "Matroska. They "
                   "are printed as JSON chapters."},
            {NULL, "If -o names such an audio file, it becomes a copy of the second audio with the moved "
                   "times as its "
                   "chapters. The sound, the tags and the cover stay as they are. The original is never "
                   "overwritten. To "
                   "write chapters without moving them, name the same alignment twice."},
            {NULL,
             "An item is left out if the second audio does not have it. An item is shortened if the second "
             "audio does not have its start or its end. Warnings list these items, and items inside which "
             "sound was inserted. If the second audio has none of the items, the exit code is 3."},
            {NULL, "If sound such as an ad was inserted in the pause before a chapter, the "
                   "chapter starts after the insertion, where its speech begins. A warning says so. This "
                   "also holds if the chapter mark is up to one second early, in the last word before the "
                   "pause. Other items start after the insertion and end before it."},
            {NULL, "--json prints one object per item:"},
            {"line", "The line in LIST."},
            {"label", "The title or text."},
            {"start, end", "The times in the second audio; null if it does not have the item."},
            {"asked", "The times in LIST, as start and end."},
            {"lost_head", "The seconds that were cut from its start."},
            {"lost_tail", "The seconds that were cut from its end."},
            {"removed", "The seconds that were removed inside it."},
            {"inserted", "The seconds that were inserted inside it."},
            {"moved_past",
             "For a chapter in a pause in which sound was inserted: the seconds of that sound."},
            {NULL, NULL}},
    .options = (const cli_option_id[]){CLI_OPT_OUTPUT, CLI_OPT_JSON, CLI_OPT_LIST_FORMAT, CLI_OPT_END},
    .examples =
        (const cli_example[]){
            {"soundbite remap master.json with-ads.json chapters.json -o chapters-with-ads.json",
             "Move the chapters of an episode to its version with ads."},
            {"soundbite remap master.json with-ads.json master.mp3 -o with-ads-chapters.mp3",
             "Take the chapters out of one file, and write them into a copy of the other version."},
            {"soundbite remap episode.json episode.json chapters.json -o episode-chapters.m4a",
             "Write chapters into a copy of the audio without moving them."},
            {"soundbite remap old-transcript.txt new.json chapters.json -o new-chapters.json",
             "Move chapters although the old audio no longer exists."},
            {"soundbite remap first.json second.json labels.txt > moved.txt",
             "Move Audacity labels to another edit."},
            {NULL, NULL}},
    .has_temporaries = true,
    .name_files = name_remapped_files,
    .run = run_remap,
};
