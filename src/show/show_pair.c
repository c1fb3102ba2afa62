#include "show/show.h"

#include "base/text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const status_names[] = {"paired", "doubtful", "unpaired"};
static const char *const how_names[] = {NULL, "list", "feed", "name", "content"};

const char *sb_episode_status_name(sb_episode_status status)
{
    return status_names[status];
}

const char *sb_episode_how_name(sb_episode_how how)
{
    return how_names[how];
}

void sb_show_free(sb_show **show)
{
    if (!*show)
        return;
    free((*show)->episodes);
    sb_show_memory_free(&(*show)->memory);
    free(*show);
    *show = NULL;
}

typedef struct show_maker {
    sb_show *show;
    sb_show_pool pool;
    const sb_show_params *params;
    bool *is_given; /* of each file */
    size_t n_files;
} show_maker;

static sb_status no_room(sb_error *err)
{
    return sb_error_memory(err, "pairing the files");
}

static sb_episode *add_episode(show_maker *m)
{
    sb_show *show = m->show;
    if (!sb_push_room(&show->episodes, show->n_episodes, sizeof *show->episodes))
        return NULL;
    sb_episode *episode = &show->episodes[show->n_episodes++];
    *episode = (sb_episode){.status = SB_EPISODE_UNPAIRED};
    return episode;
}

static const char *keep_text(const show_maker *m, const char *text, bool *ok)
{
    const char *kept = sb_show_keep(m->show->memory, text);
    *ok = *ok && (kept || !text);
    return kept;
}

static bool describe_by_file(const show_maker *m, sb_episode *episode, const sb_show_file *file)
{
    bool ok = true;
    episode->title = keep_text(m, file->title, &ok);
    episode->date = keep_text(m, file->date, &ok);
    episode->season = file->season;
    episode->number = file->number;
    return ok;
}

static bool describe_by_name(const show_maker *m, sb_episode *episode, const sb_name_facts *facts)
{
    char date[16];
    bool ok = true;
    if (!episode->date && facts->date) {
        snprintf(date, sizeof date, "%04d-%02d-%02d", facts->date / 10000 % 10000, facts->date / 100 % 100,
                 facts->date % 100);
        episode->date = keep_text(m, date, &ok);
    }
    episode->season = episode->season ? episode->season : facts->season;
    if (!episode->number && facts->kind > SB_NAME_NUMBER_LAST)
        episode->number = (int)facts->number;
    return ok;
}

static bool add_other(sb_episode *episode, const show_maker *m, size_t file)
{
    bool ok = true;
    episode->others[episode->n_others++] = keep_text(m, m->pool.files[file].path, &ok);
    return ok;
}

/* The first is the transcript of the episode, unless it cannot be read for `reason`. */
static bool take_transcripts(const show_maker *m, sb_episode *episode, const size_t *files, size_t n,
                             const char *reason)
{
    bool ok = true;
    episode->status = reason ? SB_EPISODE_UNPAIRED : SB_EPISODE_PAIRED;
    episode->reason = reason;
    if (!reason)
        episode->transcript = keep_text(m, m->pool.files[files[0]].path, &ok);
    for (size_t i = reason ? 0 : 1; ok && i < n; i++)
        ok = add_other(episode, m, files[i]);
    return ok;
}

/* Pairs the files of one entry of a list or feed. Without a transcript, its audio is paired by name. */
static sb_status pair_entry(show_maker *m, size_t first, size_t *files, sb_error *err)
{
    const sb_show_file *all = m->pool.files;
    const char *reason;
    size_t n = 0, audio = SIZE_MAX;
    for (size_t i = first; i < m->n_files; i++) {
        if (all[i].entry != all[first].entry)
            continue;
        if (all[i].kind != SB_SHOW_AUDIO)
            files[n++] = i;
        else if (audio == SIZE_MAX)
            audio = i;
    }
    if (audio == SIZE_MAX || n == 0)
        return SB_OK;
    m->is_given[audio] = true;
    for (size_t i = 0; i < n; i++)
        m->is_given[files[i]] = true;
    if (sb_show_choose(files, n, &reason, &m->pool, m->params, err))
        return err->status;
    sb_episode *episode = add_episode(m);
    bool ok = episode && describe_by_file(m, episode, &all[audio]);
    if (!ok)
        return no_room(err);
    episode->audio = keep_text(m, all[audio].path, &ok);
    episode->others = sb_show_list(m->show->memory, n);
    ok = ok && episode->others && take_transcripts(m, episode, files, n, reason);
    if (episode->status == SB_EPISODE_PAIRED) {
        episode->how = all[audio].is_of_feed ? SB_EPISODE_BY_FEED : SB_EPISODE_BY_LIST;
        episode->evidence = all[audio].is_of_feed ? "the feed names both" : "the list names both";
    }
    return ok ? SB_OK : no_room(err);
}

static sb_status pair_entries(show_maker *m, sb_error *err)
{
    size_t *files = calloc(m->n_files + 1, sizeof *files);
    if (!files)
        return no_room(err);
    for (size_t i = 0; i < m->n_files && !err->status; i++)
        if (m->pool.files[i].entry && !m->is_given[i])
            pair_entry(m, i, files, err);
    free(files);
    return err->status;
}

/* Of several transcripts of an audio file that belong together, all formats of all of them. */
static size_t collect_transcripts(const show_maker *m, size_t audio, size_t *files)
{
    size_t n = 0;
    for (size_t i = 0; i < m->pool.n_items; i++) {
        const sb_show_item *item = &m->pool.items[i];
        if (item->is_audio || item->pair != audio)
            continue;
        for (size_t f = 0; f < item->n_files; f++)
            files[n++] = item->files[f];
    }
    return n;
}

static const sb_show_item *item_of_file(const show_maker *m, size_t file)
{
    for (size_t i = 0; i < m->pool.n_items; i++)
        for (size_t f = 0; f < m->pool.items[i].n_files; f++)
            if (m->pool.items[i].files[f] == file)
                return &m->pool.items[i];
    return NULL;
}

static sb_status add_audio(show_maker *m, size_t index, size_t *files, sb_error *err)
{
    const sb_show_item *item = &m->pool.items[index];
    const char *reason;
    size_t n = collect_transcripts(m, index, files);
    bool ok = true;
    if (sb_show_choose(files, n, &reason, &m->pool, m->params, err))
        return err->status;
    sb_episode *episode = add_episode(m);
    if (!episode || !describe_by_file(m, episode, &m->pool.files[item->files[0]]) ||
        !describe_by_name(m, episode, &item->facts))
        return no_room(err);
    episode->audio = keep_text(m, m->pool.files[item->files[0]].path, &ok);
    episode->others = sb_show_list(m->show->memory, n + item->n_files);
    episode->candidates = sb_show_list(m->show->memory, item->n_rivals);
    ok = ok && episode->others && episode->candidates;
    ok = ok && (!n || take_transcripts(m, episode, files, n, reason));
    for (size_t i = 1; ok && i < item->n_files; i++)
        ok = add_other(episode, m, item->files[i]);
    if (n && !reason) {
        const sb_show_item *chosen = item_of_file(m, files[0]);
        episode->evidence = chosen->evidence;
        episode->how = chosen->by_content ? SB_EPISODE_BY_CONTENT : SB_EPISODE_BY_NAME;
    } else if (!n) {
        episode->status = item->n_rivals ? SB_EPISODE_DOUBTFUL : SB_EPISODE_UNPAIRED;
        episode->reason = item->doubt;
        for (size_t i = 0; ok && i < item->n_rivals; i++)
            episode->candidates[episode->n_candidates++] =
                keep_text(m, m->pool.files[m->pool.items[item->rivals[i]].files[0]].path, &ok);
    }
    return ok ? SB_OK : no_room(err);
}

static sb_status add_lone_transcript(show_maker *m, const sb_show_item *item, sb_error *err)
{
    sb_episode *episode = add_episode(m);
    bool ok = episode && describe_by_name(m, episode, &item->facts);
    if (!ok)
        return no_room(err);
    episode->transcript = keep_text(m, m->pool.files[item->files[0]].path, &ok);
    episode->reason = item->doubt;
    episode->others = sb_show_list(m->show->memory, item->n_files);
    for (size_t i = 1; ok && episode->others && i < item->n_files; i++)
        ok = add_other(episode, m, item->files[i]);
    return ok && episode->others ? SB_OK : no_room(err);
}

static sb_status add_episodes(show_maker *m, sb_error *err)
{
    size_t *files = calloc(m->n_files + 1, sizeof *files);
    if (!files)
        return no_room(err);
    for (size_t i = 0; i < m->pool.n_items && !err->status; i++) {
        const sb_show_item *item = &m->pool.items[i];
        if (item->is_audio)
            add_audio(m, i, files, err);
        else if (item->pair == SIZE_MAX)
            add_lone_transcript(m, item, err);
    }
    free(files);
    return err->status;
}

static int by_path(const void *x, const void *y)
{
    const sb_episode *a = x, *b = y;
    if (!a->audio != !b->audio)
        return a->audio ? -1 : 1;
    int order = a->audio ? sb_path_compare(a->audio, b->audio) : 0;
    if (!order && a->transcript && b->transcript)
        order = sb_path_compare(a->transcript, b->transcript);
    return order;
}

static void give_reasons(show_maker *m)
{
    bool compared = m->pool.was_heard;
    for (size_t i = 0; i < m->show->n_episodes; i++) {
        sb_episode *e = &m->show->episodes[i];
        m->show->n_paired += e->status == SB_EPISODE_PAIRED;
        m->show->n_doubtful += e->status == SB_EPISODE_DOUBTFUL;
        if (e->status != SB_EPISODE_UNPAIRED || e->reason)
            continue;
        if (e->audio)
            e->reason = compared ? "no transcript has a name like it, and no other transcript was heard in it"
                                 : "no transcript has a name like it";
        else
            e->reason = compared ? "no audio has a name like it, and it was not heard in any other audio"
                                 : "no audio has a name like it";
    }
}

static sb_status make_show(show_maker *m, const sb_show_file *files, sb_error *err)
{
    m->show = calloc(1, sizeof *m->show);
    if (m->show)
        m->show->memory = calloc(1, sizeof *m->show->memory);
    m->is_given = calloc(m->n_files + 1, sizeof *m->is_given);
    if (!m->show || !m->show->memory || !m->is_given)
        return no_room(err);
    m->pool.files = files;
    m->pool.memory = m->show->memory;
    if (pair_entries(m, err) || sb_show_pool_fill(&m->pool, files, m->is_given, m->n_files, err) ||
        sb_show_match_names(&m->pool, err))
        return err->status;
    if (m->params->read && !m->params->no_content && sb_show_match_content(&m->pool, m->params, err))
        return err->status;
    if (add_episodes(m, err))
        return err->status;
    if (m->show->n_episodes)
        qsort(m->show->episodes, m->show->n_episodes, sizeof *m->show->episodes, by_path);
    give_reasons(m);
    return SB_OK;
}

sb_status sb_show_pair(sb_show **out, const sb_show_file *files, size_t n_files, const sb_show_params *params,
                       sb_error *err)
{
    static const sb_show_params none = {0};
    sb_error reason = {0};
    show_maker m = {.params = params ? params : &none, .n_files = n_files};
    if (make_show(&m, files, &reason))
        sb_show_free(&m.show);
    sb_show_pool_finish(&m.pool);
    free(m.is_given);
    if (err && reason.status)
        *err = reason;
    *out = m.show;
    return reason.status;
}
