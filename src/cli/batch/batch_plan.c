#include "cli/batch/batch.h"

#include "base/run/run.h"
#include "cli/args/args.h"
#include "cli/session/session.h"
#include "cli/show/show.h"
#include "cli/source/source.h"
#include "cli/term/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATHS_OF_ROW 3
#define LIST_LIMIT   ((size_t)256 << 20)

static void free_group(batch_group *group)
{
    free(group->audio_path);
    free(group->source_path);
    free(group->aliases);
    cli_source_finish(&group->source);
}

void batch_plan_finish(batch_plan *plan)
{
    for (size_t i = 0; i < plan->n_clips; i++) {
        free(plan->clips[i].path);
        sb_clip_result_finish(&plan->clips[i].result);
    }
    for (size_t i = 0; i < plan->n_groups; i++)
        free_group(&plan->groups[i]);
    for (size_t i = 0; plan->found && i < plan->list->n_rows; i++)
        sb_matches_free(&plan->found[i]);
    free(plan->clips);
    free(plan->clip_order);
    free(plan->groups);
    free(plan->found);
    free(plan->group_of_row);
    free(plan->mine);
    free(plan->is_episode);
    for (size_t i = 0; plan->video_paths && i < PATHS_OF_ROW * plan->list->n_rows; i++)
        free(plan->video_paths[i]);
    free(plan->video_paths);
    free(plan->list_folder);
    sb_batch_list_free(&plan->list);
}

static bool place_file(const batch_plan *plan, const char **path, const char *common, char **kept)
{
    if (!*path || *path == common)
        return true;
    *path = *kept = cli_list_path(plan->list_folder, *path);
    return *kept != NULL;
}

/* A theme, background or logo in a row is relative to the list's folder, as its audio is. */
static bool place_files(batch_plan *plan, size_t row, const sb_video_params *common)
{
    sb_video_params *video = &plan->list->rows[row].clip.video;
    char **kept = &plan->video_paths[PATHS_OF_ROW * row];
    bool is_picture = video->background && !sb_video_is_colour(video->background);
    return place_file(plan, &video->theme, common->theme, &kept[0]) &&
           place_file(plan, &video->logo, common->logo, &kept[2]) &&
           (!is_picture || place_file(plan, &video->background, common->background, &kept[1]));
}

/* Also counts invalid rows, which have their own errors. */
static sb_status check_fillers(const batch_plan *plan, sb_error *err)
{
    bool used = !plan->defaults->fillers;
    for (size_t i = 0; i < plan->list->n_rows; i++)
        used = used || (plan->list->rows[i].clip.drop & SB_DROP_FILLERS) || plan->list->rows[i].error.status;
    return used ? SB_OK
                : sb_error_set(err, SB_ERR_ARGUMENT,
                               "--fillers has no effect because no row drops fillers; add --drop fillers or "
                               "a column drop");
}

static sb_status read_rows(batch_plan *plan, const char *path, const sb_clip_params *defaults, sb_error *err)
{
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    const cli_arguments *args = plan->context->args;
    plan->is_show = cli_show_kind_of(path) != CLI_SHOW_NONE;
    if (plan->is_show)
        return cli_show_rows(&plan->list, plan->context, args->operands, args->n_operands, defaults, err);
    if (cli_operand(plan->context, 1))
        return sb_error_set_at(err, SB_ERR_ARGUMENT, path, 0, 0,
                               "is a list, which says where its files are; leave out the operand %s",
                               cli_operand(plan->context, 1));
    if (!sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_batch_list_read(&plan->list, bytes.data, bytes.size, path, defaults, &notes, err);
    cli_message_notes(plan->context, &notes);
    sb_bytes_finish(&bytes);
    return err->status;
}

static sb_status read_batch_list(batch_plan *plan, const char *path, const batch_shard *shard,
                                 const sb_clip_params *defaults, const sb_selection *selection, sb_error *err)
{
    if (read_rows(plan, path, defaults, err) || check_fillers(plan, err) ||
        batch_episodes_select(plan, selection, err))
        return err->status;
    size_t n = plan->list->n_rows;
    plan->list_folder = plan->is_show ? sb_copy_text("", NULL) : cli_list_folder(path);
    plan->mine = calloc(n + 1, sizeof *plan->mine);
    plan->video_paths = calloc(PATHS_OF_ROW * n + 1, sizeof *plan->video_paths);
    plan->group_of_row = calloc(n + 1, sizeof *plan->group_of_row);
    plan->groups = calloc(n + 1, sizeof *plan->groups);
    plan->found = calloc(n + 1, sizeof *plan->found);
    bool ok = plan->list_folder && plan->mine && plan->video_paths && plan->group_of_row && plan->groups &&
              plan->found;
    for (size_t i = 0; ok && i < n; i++)
        ok = place_files(plan, i, &defaults->video);
    return ok ? batch_shard_choose(plan->mine, plan->list, shard, path, err)
              : sb_error_memory(err, "reading the list");
}

/* The error's place is the row in the list; the file that the reason is about is put into the message. */
void batch_plan_fail_row(batch_plan *plan, size_t row, const sb_error *reason)
{
    char advice[CLI_ADVICE_SIZE];
    sb_batch_row *failed = &plan->list->rows[row];
    if (plan->is_show)
        sb_error_set_at(&failed->error, reason->status, reason->file ? reason->file : failed->audio,
                        reason->line, reason->column, "%s%s", reason->message,
                        cli_error_advice(advice, reason));
    else
        sb_error_set_at(&failed->error, reason->status, plan->list_path, failed->line, 0, "%s%s%s%s",
                        reason->file ? reason->file : "", reason->file ? ": " : "", reason->message,
                        cli_error_advice(advice, reason));
}

typedef struct group_key {
    const char *audio, *source, *language; /* "" if the row gives none */
    size_t row;
} group_key;

static int by_episode(const void *a, const void *b)
{
    const group_key *left = a, *right = b;
    int order = strcmp(left->audio, right->audio);
    if (!order)
        order = strcmp(left->source, right->source);
    if (!order)
        order = strcmp(left->language, right->language);
    if (order)
        return order;
    return left->row < right->row ? -1 : 1;
}

static bool same_episode(const group_key *a, const group_key *b)
{
    return !strcmp(a->audio, b->audio) && !strcmp(a->source, b->source) && !strcmp(a->language, b->language);
}

static sb_status add_clip_group(batch_plan *plan, const group_key *key, sb_error *err)
{
    batch_group *group = &plan->groups[plan->n_groups++];
    group->audio_path = cli_list_input(plan->list_folder, key->audio);
    group->source_path = cli_list_input(plan->list_folder, key->source);
    group->language = *key->language ? key->language : NULL;
    return group->audio_path && group->source_path ? SB_OK : sb_error_memory(err, "reading the list");
}

/* An alias identifies a person, so it applies to all rows of the episode. */
static sb_status add_aliases(batch_group *group, const sb_names_params *names, sb_error *err)
{
    for (size_t i = 0; i < names->n_aliases; i++) {
        if (!sb_push_room(&group->aliases, group->n_aliases, sizeof *group->aliases))
            return sb_error_memory(err, "planning the batch");
        group->aliases[group->n_aliases++] = names->aliases[i];
    }
    return SB_OK;
}

static sb_status make_groups(batch_plan *plan, sb_error *err)
{
    size_t n = 0;
    group_key *keys = calloc(plan->list->n_rows + 1, sizeof *keys);
    if (!keys)
        return sb_error_memory(err, "reading the list");
    for (size_t i = 0; i < plan->list->n_rows; i++) {
        const sb_batch_row *row = &plan->list->rows[i];
        plan->group_of_row[i] = SIZE_MAX;
        if (plan->mine[i] && !row->error.status)
            keys[n++] = (group_key){row->audio, row->transcript, row->language ? row->language : "", i};
    }
    if (n)
        qsort(keys, n, sizeof *keys, by_episode);
    for (size_t i = 0; i < n && !err->status; i++) {
        if (!i || !same_episode(&keys[i], &keys[i - 1]))
            add_clip_group(plan, &keys[i], err);
        plan->group_of_row[keys[i].row] = plan->n_groups - 1;
        if (!err->status)
            add_aliases(&plan->groups[plan->n_groups - 1], &plan->list->rows[keys[i].row].names, err);
    }
    free(keys);
    return err->status;
}

static cli_align_how how_to_align(const batch_plan *plan, const batch_group *group)
{
    cli_align_how how = cli_align_how_given(plan->context);
    how.strict = false; /* each row decides */
    if (group->language)
        how.language = group->language;
    return how;
}

static void use_names(cli_context *context, const batch_group *group)
{
    context->names.given.skip_unused = true;
    context->names.own = (sb_names_params){.aliases = group->aliases, .n_aliases = group->n_aliases};
}

void batch_group_read(batch_plan *plan, batch_group *group)
{
    sb_error *err = &group->error;
    cli_context *context = plan->context;
    cli_align_how how = how_to_align(plan, group);
    use_names(context, group);
    if (!strcmp(group->audio_path, "-") || !strcmp(group->source_path, "-"))
        sb_error_set(err, SB_ERR_ARGUMENT,
                     "a batch cannot read an episode from standard input; name the files");
    else if (!cli_source_check_pair(context, group->audio_path, group->source_path, err) &&
             !cli_source_read(&group->source, context, group->source_path, err))
        cli_source_from_archive(&group->source, context, group->audio_path, &how, err);
    context->names.own = (sb_names_params){0};
}

void batch_group_align(batch_plan *plan, batch_group *group)
{
    cli_align_how how = how_to_align(plan, group);
    if (group->error.status)
        return;
    use_names(plan->context, group);
    cli_source_align(&group->source, plan->context, group->audio_path, &how, &group->error);
    plan->context->names.own = (sb_names_params){0};
}

/* Calls `work` for all episodes, until one is interrupted. */
static sb_status for_each_group(batch_plan *plan, void (*work)(batch_plan *plan, batch_group *group),
                                sb_error *err)
{
    for (size_t i = 0; i < plan->n_groups; i++) {
        work(plan, &plan->groups[i]);
        if (plan->groups[i].error.status == SB_ERR_INTERRUPTED)
            return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    }
    return SB_OK;
}

static sb_status find_row(batch_plan *plan, size_t index, sb_error *err)
{
    batch_group *group = &plan->groups[plan->group_of_row[index]];
    sb_batch_row *row = &plan->list->rows[index];
    if (group->error.status) {
        *err = group->error;
        return err->status;
    }
    if (plan->is_episode[index] && !cli_has(plan->context->args, CLI_OPT_REPEATS)) {
        row->selection.avoid = group->source.repeats;
        row->selection.n_avoid = group->source.n_repeats;
    }
    if (sb_matches_find(&plan->found[index], group->source.alignment, &row->selection, err))
        return err->status;
    plan->n_avoided += plan->found[index]->n_avoided;
    if (plan->found[index]->n_items == 0 && plan->found[index]->n_avoided)
        return sb_error_set(
            err, SB_ERR_NOT_FOUND,
            "all matches are in passages that recur in several episodes, such as ads; add --repeats to cut "
            "them");
    if (plan->found[index]->n_items == 0)
        return cli_selection_nothing(plan->found[index], &row->selection, group->source.alignment,
                                     group->source_path, err);
    return SB_OK;
}

static bool leaves_folder(const char *path)
{
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2]))
            return true;
    }
    return *path == '/';
}

static const char *usual_extension(const sb_batch_row *row, const sb_alignment *alignment)
{
    const sb_profile *profile = row->clip.profile;
    if (row->clip.video.shape != SB_VIDEO_ANY || (profile && profile->shape != SB_VIDEO_ANY))
        return "mp4";
    const char *own = row->clip.copy ? sb_copy_extension(alignment->audio.codec) : NULL;
    return own ? own : "mp3";
}

/* If a batch has both videos and audio clips, its common options for videos do not apply to the audio
 * clips. */
static sb_status check_video(const sb_batch_row *row, const sb_video_params *common, const char *text,
                             sb_error *err)
{
    sb_clip_params params = row->clip;
    sb_video_params *own = &params.video;
    own->background = own->background == common->background ? NULL : own->background;
    own->title = NULL; /* a list may have titles for its reader only; see warn_of_titles */
    own->theme = own->theme == common->theme ? NULL : own->theme;
    own->logo = own->logo == common->logo ? NULL : own->logo;
    own->style = own->style == common->style ? SB_VIDEO_STYLE_OF_THEME : own->style;
    own->uppercase = own->uppercase && !common->uppercase;
    own->draft = own->draft && !common->draft;
    return cli_clip_video_check(text, &params, err);
}

static bool has_idle_title(const batch_plan *plan, const batch_clip *clip)
{
    const char *title = plan->list->rows[clip->row].clip.video.title;
    return title && title != plan->defaults->video.title && !cli_is_video(clip->path);
}

/* Only videos show a title. */
static void warn_of_titles(const batch_plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n_clips; i++)
        n += has_idle_title(plan, &plan->clips[i]);
    if (n)
        cli_message_warning(
            plan->context, plan->list_path,
            "the title of %zu clip%s is not shown, because only videos show titles; fill in the column "
            "video to make some",
            n, cli_plural(n));
}

/* The name comes from the row's `output`, or else from its id, or else from its number and words. */
static sb_status read_template(sb_template **out, const sb_batch_row *row, const sb_alignment *alignment,
                               const sb_video_params *common, bool is_episode, sb_error *err)
{
    char usual[64];
    const char *text = row->template_text;
    snprintf(usual, sizeof usual, "%s.%s",
             is_episode ? "{episode}-{n:02}-{speaker}-{slug}"
             : row->id  ? "{id}"
                        : "{n:03}-{speaker}-{slug}",
             usual_extension(row, alignment));
    if (!text)
        text = usual;
    if (leaves_folder(text))
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "output '%.80s' is outside the folder of the batch; name a file in it", text);
    if (cli_clip_format_check(text, row->clip.copy, err) || check_video(row, common, text, err))
        return err->status;
    return sb_template_read(out, text, err);
}

static sb_status add_clip(batch_plan *plan, size_t row, const sb_match *match, char *path, sb_error *err)
{
    size_t n = plan->n_clips;
    if ((n & (n - 1)) == 0) {
        batch_clip *clips = realloc(plan->clips, (n ? 2 * n : 1) * sizeof *clips);
        if (!clips)
            return sb_error_memory(err, "reading the list");
        plan->clips = clips;
    }
    plan->clips[plan->n_clips++] =
        (batch_clip){.row = row, .group = plan->group_of_row[row], .match = match, .path = path};
    return SB_OK;
}

static sb_status name_row(batch_plan *plan, size_t index, sb_error *err)
{
    const sb_batch_row *row = &plan->list->rows[index];
    const sb_matches *found = plan->found[index];
    bool is_episode = plan->is_episode[index];
    sb_template *tmpl;
    if (read_template(&tmpl, row, plan->groups[plan->group_of_row[index]].source.alignment,
                      &plan->defaults->video, is_episode, err))
        return err->status;
    char *episode = is_episode ? sb_copy_text(row->id, NULL) : cli_episode_name(row->audio);
    for (size_t i = 0; i < found->n_items && !err->status; i++) {
        size_t number = is_episode && !row->template_text ? i + 1 : index + 1;
        char *name = episode ? sb_template_path(tmpl, &found->items[i], number, episode, row->id) : NULL;
        char *path = name ? cli_list_path(plan->folder, name) : NULL;
        if (!path || add_clip(plan, index, &found->items[i], path, err)) {
            free(path);
            sb_error_memory(err, "reading the list");
        }
        free(name);
    }
    free(episode);
    sb_template_free(&tmpl);
    return err->status;
}

static bool has_captions(const batch_plan *plan)
{
    for (size_t i = 0; i < plan->n_clips; i++)
        if (plan->list->rows[plan->clips[i].row].clip.captions)
            return true;
    return false;
}

static sb_status make_distinct(batch_plan *plan, sb_error *err)
{
    char **paths = calloc(plan->n_clips + 1, sizeof *paths);
    if (!paths)
        return sb_error_memory(err, "reading the list");
    for (size_t i = 0; i < plan->n_clips; i++)
        paths[i] = plan->clips[i].path;
    if (has_captions(plan))
        sb_clip_stems_distinct(paths, plan->n_clips, err);
    else
        sb_clip_paths_distinct(paths, plan->n_clips, err);
    for (size_t i = 0; i < plan->n_clips; i++)
        plan->clips[i].path = paths[i];
    free(paths);
    return err->status;
}

/* Uses the row's `strict`, or --strict if the row gives none. */
static sb_status check_pairing(const batch_plan *plan, size_t index, sb_error *err)
{
    const batch_group *group = &plan->groups[plan->group_of_row[index]];
    const sb_alignment *alignment = group->source.alignment;
    if (!plan->list->rows[index].clip.strict || alignment->pairing != SB_PAIRING_UNSURE)
        return SB_OK;
    return cli_pairing_fail_unsure(alignment, group->source_path, err);
}

static sb_status plan_row(batch_plan *plan, size_t index, sb_error *err)
{
    sb_error reason = {0};
    if (plan->group_of_row[index] == SIZE_MAX)
        return SB_OK;
    if (find_row(plan, index, &reason) || check_pairing(plan, index, &reason) ||
        name_row(plan, index, &reason)) {
        if (reason.status == SB_ERR_MEMORY)
            return sb_error_memory(err, "reading the list");
        batch_plan_fail_row(plan, index, &reason);
    }
    return SB_OK;
}

sb_status batch_plan_make(batch_plan *plan, cli_context *context, const char *list_path, const char *folder,
                          const batch_shard *shard, const sb_clip_params *defaults,
                          const sb_selection *selection, sb_error *err)
{
    *plan = (batch_plan){.context = context, .list_path = list_path, .folder = folder, .defaults = defaults};
    if (cli_has(context->args, CLI_OPT_REPEATS) && !cli_source_has_archive(context))
        cli_message_warning(context, NULL,
                            "--repeats had no effect, because no archive was named; add "
                            "--archive FILE");
    if (read_batch_list(plan, list_path, shard, defaults, selection, err) || make_groups(plan, err) ||
        for_each_group(plan, batch_group_read, err) || batch_align_ahead(plan, err) ||
        for_each_group(plan, batch_group_align, err))
        return err->status;
    cli_names_warn_of_unused(context);
    for (size_t i = 0; i < plan->list->n_rows; i++)
        if (plan_row(plan, i, err))
            return err->status;
    warn_of_titles(plan);
    return make_distinct(plan, err);
}

sb_status batch_plan_assign(batch_plan *plan, sb_error *err)
{
    size_t begin = 0;
    plan->clip_order = calloc(plan->n_clips + 1, sizeof *plan->clip_order);
    if (!plan->clip_order)
        return sb_error_memory(err, "reading the list");
    for (size_t i = 0; i < plan->n_clips; i++)
        plan->groups[plan->clips[i].group].n_clips++;
    for (size_t i = 0; i < plan->n_groups; i++) {
        batch_group *group = &plan->groups[i];
        group->clips = plan->clip_order + begin;
        begin += group->n_clips;
        group->n_clips = 0;
    }
    for (size_t i = 0; i < plan->n_clips; i++) {
        batch_group *group = &plan->groups[plan->clips[i].group];
        group->clips[group->n_clips++] = i;
    }
    return SB_OK;
}
