#include "cli/commands/commands.h"

#include "base/json/json.h"
#include "base/run/run.h"
#include "cli/args/args.h"
#include "cli/session/session.h"
#include "cli/term/term.h"

#include "soundbite/chapters.h"

#include <stdlib.h>
#include <string.h>

/* A chapter that ends more than this before the next one has its own end. */
#define OWN_END (500 * SB_TIME_MS)

static void add_time(sb_bytes *out, const char *key, sb_time t)
{
    char text[SB_TIME_TEXT];
    sb_bytes_print(out, "\"%s\": %s, ", key, sb_time_print_seconds(text, t, 3));
}

static void add_chapter(sb_bytes *out, const sb_chapter *chapter, const sb_chapter *next)
{
    sb_json_writer json = {.out = out};
    sb_bytes_text(out, "    {");
    add_time(out, "startTime", chapter->start);
    if (next && chapter->end != SB_TIME_NONE && chapter->end + OWN_END < next->start)
        add_time(out, "endTime", chapter->end);
    sb_json_text(&json, "title", chapter->title);
    sb_bytes_print(out, "}%s\n", next ? "," : "");
}

sb_status cli_chapters_of_media(sb_bytes *out, const char *path, sb_error *err)
{
    sb_chapters *chapters;
    if (sb_chapters_read(&chapters, path, NULL, err))
        return err->status;
    size_t n = chapters->n_items;
    sb_bytes_text(out, "{\n  \"version\": \"1.2.0\",\n  \"chapters\": [\n");
    for (size_t i = 0; i < n; i++)
        add_chapter(out, &chapters->items[i], i + 1 < n ? &chapters->items[i + 1] : NULL);
    sb_bytes_text(out, "  ]\n}\n");
    sb_chapters_free(&chapters);
    if (out->failed)
        return sb_error_memory(err, "reading chapters");
    return n ? SB_OK
             : sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                               "has no chapters; name a file with chapters, or a list of times");
}

const char *cli_chapters_copy_path(const cli_context *context)
{
    const char *path = cli_text(context->args, CLI_OPT_OUTPUT, NULL);
    return path && sb_chapters_can_be_in(path) ? path : NULL;
}

static int by_start(const void *a, const void *b)
{
    const sb_chapter *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

static size_t take(sb_chapter *out, const sb_time_list *list, const sb_moved_item *moved)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n_items; i++)
        if (moved[i].start != SB_TIME_NONE)
            out[n++] =
                (sb_chapter){moved[i].start, moved[i].end, list->items[i].label ? list->items[i].label : ""};
    if (n)
        qsort(out, n, sizeof *out, by_start);
    return n;
}

sb_status cli_chapters_copy(const cli_context *context, const cli_source *source, const sb_time_list *list,
                            const sb_moved_item *moved, sb_error *err)
{
    const char *path = cli_chapters_copy_path(context), *named = source->alignment->audio.path;
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
        sb_chapters_write(path, audio, chapters, take(chapters, list, moved), NULL, context->force, err);
    free(chapters);
    free(audio);
    return err->status;
}
