#include "cli/show/show.h"

#include "base/json/json.h"
#include "base/text/text.h"
#include "cli/args/args.h"
#include "cli/term/term.h"

static void add_json_paths(sb_json_writer *json, const char *key, const char *const *paths, size_t n)
{
    sb_json_begin(json, key, '[');
    for (size_t i = 0; i < n; i++)
        sb_json_text(json, NULL, paths[i]);
    sb_json_end(json, ']');
}

static void add_json_episode(sb_json_writer *json, const sb_episode *e)
{
    sb_json_begin(json, NULL, '{');
    sb_json_text(json, "audio", e->audio);
    sb_json_text(json, "transcript", e->transcript);
    sb_json_text(json, "status", sb_episode_status_name(e->status));
    sb_json_text(json, "how", sb_episode_how_name(e->how));
    sb_json_text(json, "evidence", e->evidence);
    sb_json_text(json, "reason", e->reason);
    add_json_paths(json, "others", e->others, e->n_others);
    add_json_paths(json, "candidates", e->candidates, e->n_candidates);
    sb_json_text(json, "title", e->title);
    sb_json_text(json, "date", e->date);
    if (e->season)
        sb_json_int(json, "season", e->season);
    if (e->number)
        sb_json_int(json, "number", e->number);
    sb_json_end(json, '}');
}

typedef struct show_counts {
    size_t n_audio, n_lone_audio, n_lone_transcripts;
} show_counts;

static show_counts count_episodes(const sb_show *show)
{
    show_counts c = {0};
    for (size_t i = 0; i < show->n_episodes; i++) {
        const sb_episode *e = &show->episodes[i];
        bool is_lone = e->status == SB_EPISODE_UNPAIRED;
        c.n_audio += e->audio != NULL;
        c.n_lone_audio += is_lone && e->audio;
        c.n_lone_transcripts += is_lone && !e->audio;
    }
    return c;
}

static void add_json_show(sb_bytes *out, const sb_show *show)
{
    sb_json_writer json = {.out = out};
    show_counts c = count_episodes(show);
    sb_json_begin(&json, NULL, '{');
    sb_json_int(&json, "paired", (int64_t)show->n_paired);
    sb_json_int(&json, "doubtful", (int64_t)show->n_doubtful);
    sb_json_int(&json, "audio_without_transcript", (int64_t)c.n_lone_audio);
    sb_json_int(&json, "transcripts_without_audio", (int64_t)c.n_lone_transcripts);
    sb_json_begin(&json, "episodes", '[');
    for (size_t i = 0; i < show->n_episodes; i++) {
        sb_json_newline(&json);
        add_json_episode(&json, &show->episodes[i]);
    }
    sb_json_end(&json, ']');
    sb_json_end(&json, '}');
    sb_json_end_line(&json);
}

static void add_paths(sb_bytes *out, const char *label, const char *const *paths, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sb_bytes_print(out, "%s", i ? ", " : label);
        sb_append_printable(out, paths[i]);
    }
}

static void add_pair(sb_bytes *out, const sb_episode *e)
{
    sb_append_printable(out, e->audio);
    sb_bytes_text(out, "  +  ");
    sb_append_printable(out, e->transcript);
    sb_bytes_print(out, "\n    by %s: ", sb_episode_how_name(e->how));
    sb_append_printable(out, e->evidence);
    add_paths(out, "\n    also: ", e->others, e->n_others);
    sb_bytes_text(out, "\n");
}

static void add_lone(sb_bytes *out, const sb_episode *e)
{
    sb_append_printable(out, e->audio ? e->audio : e->transcript);
    sb_bytes_text(out, "\n    ");
    sb_append_printable(out, e->reason);
    add_paths(out, "\n    candidates: ", e->candidates, e->n_candidates);
    add_paths(out, "\n    also: ", e->others, e->n_others);
    sb_bytes_text(out, "\n");
}

static void add_section(sb_bytes *out, const sb_show *show, const char *heading, sb_episode_status status,
                        bool has_audio)
{
    bool is_first = true;
    for (size_t i = 0; i < show->n_episodes; i++) {
        const sb_episode *e = &show->episodes[i];
        if (e->status != status || (e->audio != NULL) != has_audio)
            continue;
        if (is_first)
            sb_bytes_print(out, "%s%s\n", out->size ? "\n" : "", heading);
        is_first = false;
        (status == SB_EPISODE_PAIRED ? add_pair : add_lone)(out, e);
    }
}

static void add_text(sb_bytes *out, const sb_show *show)
{
    show_counts c = count_episodes(show);
    add_section(out, show, "Pairs", SB_EPISODE_PAIRED, true);
    add_section(out, show, "Doubtful", SB_EPISODE_DOUBTFUL, true);
    add_section(out, show, "Audio without a transcript", SB_EPISODE_UNPAIRED, true);
    add_section(out, show, "Transcripts without audio", SB_EPISODE_UNPAIRED, false);
    sb_bytes_print(out, "\n%zu of %zu audio file%s paired; %zu doubtful; %zu transcript%s without audio\n",
                   show->n_paired, c.n_audio, cli_plural(c.n_audio), show->n_doubtful, c.n_lone_transcripts,
                   cli_plural(c.n_lone_transcripts));
}

sb_status cli_show_print(cli_context *context, const sb_show *show, sb_error *err)
{
    sb_bytes text = {0};
    (cli_has(context->args, CLI_OPT_JSON) ? add_json_show : add_text)(&text, show);
    cli_output_end(context, &text, err);
    sb_bytes_finish(&text);
    return err->status;
}
