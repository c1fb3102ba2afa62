#include "archive/search/search.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

void sb_archive_source_finish(sb_archive_source *source)
{
    for (size_t i = 0; source->shown && i < source->speakers.n; i++)
        free(source->shown[i]);
    free(source->shown);
    sb_archive_speakers_finish(&source->speakers);
    free(source->wanted);
    free(source->name);
    free(source->audio);
    free(source->transcript);
    free(source->title);
    free(source->date);
    free(source->language);
    *source = (sb_archive_source){0};
}

/* A name, or one or more whole words of it. */
static bool fits_name(const char *pattern, const char *name)
{
    bool fits = sb_wildcard_match(pattern, name);
    static const char *const around[][2] = {{"", " *"}, {"* ", ""}, {"* ", " *"}};
    for (size_t i = 0; !fits && !strchr(pattern, '*') && i < sizeof around / sizeof *around; i++) {
        char *wider = sb_text_print("%s%s%s", around[i][0], pattern, around[i][1]);
        fits = wider && sb_wildcard_match(wider, name);
        free(wider);
    }
    return fits;
}

static bool choose_speakers(sb_archive_source *source, const sb_search *search)
{
    const sb_archive_query *query = search->query;
    size_t n = source->speakers.n;
    bool ok = true;
    source->shown = calloc(n + 1, sizeof *source->shown);
    source->wanted = calloc(n + 1, sizeof *source->wanted);
    for (size_t i = 0; source->shown && source->wanted && i < n && ok; i++) {
        const char *name = source->speakers.names[i];
        bool fits = false;
        if (!name)
            continue;
        const char *shown = sb_alias_of(&search->aliases, name);
        source->shown[i] = sb_copy_text(shown, &ok);
        for (size_t k = 0; !fits && k < query->n_speakers; k++)
            fits = fits_name(query->speakers[k], name) || fits_name(query->speakers[k], shown);
        if (fits)
            source->wanted[source->n_wanted++] = name;
    }
    return ok && source->shown && source->wanted;
}

static bool has_range(const sb_archive_query *query)
{
    return query->since || query->until;
}

/* Dates are compared as texts: "2024" is before "2024-05", and in the range until "2024". */
static bool date_is_wanted(const sb_archive_query *query, const char *date)
{
    if (!has_range(query))
        return true;
    return date && (!query->since || strcmp(date, query->since) >= 0) &&
           (!query->until || strncmp(date, query->until, strlen(query->until)) <= 0);
}

static bool name_is_wanted(const sb_archive_query *query, const char *name)
{
    bool wanted = query->n_episodes == 0;
    for (size_t i = 0; !wanted && i < query->n_episodes; i++)
        wanted = sb_wildcard_match(query->episodes[i], name);
    return wanted;
}

static void read_source(sb_archive_source *out, sb_search *search, int64_t id, sb_error *err)
{
    bool ok = true;
    sb_rows *rows = sb_database_read(
        search->archive->database, err,
        "SELECT name, audio, transcript, title, date, language FROM episode WHERE id = ?", "i", id);
    if (sb_rows_next(rows, err)) {
        char **fields[] = {&out->name,  &out->audio, &out->transcript,
                           &out->title, &out->date,  &out->language};
        for (int i = 0; i < 6; i++)
            *fields[i] = sb_rows_is_null(rows, i) ? NULL : sb_copy_text(sb_rows_text(rows, i), &ok);
    } else if (!err->status) {
        sb_archive_damaged(search->archive, err);
    }
    sb_rows_end(&rows);
    if (!ok)
        sb_error_memory(err, "searching");
    else if (!err->status && !(out->name && out->audio))
        sb_archive_damaged(search->archive, err);
    if (err->status)
        return;
    out->is_wanted = name_is_wanted(search->query, out->name) && date_is_wanted(search->query, out->date);
    if (!out->is_wanted)
        return;
    if (!sb_archive_speakers_read(&out->speakers, search->archive, id, err) && !choose_speakers(out, search))
        sb_error_memory(err, "searching");
    out->is_wanted = search->query->n_speakers == 0 || out->n_wanted;
}

static bool make_room_for(sb_search *search, int64_t id)
{
    size_t n = (size_t)id + 1024;
    if ((size_t)id < search->n_source_of)
        return true;
    size_t *bigger = realloc(search->source_of, n * sizeof *bigger);
    if (!bigger)
        return false;
    memset(bigger + search->n_source_of, 0, (n - search->n_source_of) * sizeof *bigger);
    search->source_of = bigger;
    search->n_source_of = n;
    return true;
}

sb_archive_source *sb_search_source(sb_search *search, int64_t id, sb_error *err)
{
    sb_archive_matches *out = search->out;
    if (id < 0 || id > SB_IDS_MAX) {
        sb_archive_damaged(search->archive, err);
        return NULL;
    }
    if (!make_room_for(search, id) || !sb_push_room(&out->sources, out->n_sources, sizeof *out->sources)) {
        sb_error_memory(err, "searching");
        return NULL;
    }
    if (search->source_of[id])
        return &out->sources[search->source_of[id] - 1];
    sb_archive_source *source = &out->sources[out->n_sources++];
    search->source_of[id] = out->n_sources;
    *source = (sb_archive_source){.id = id};
    read_source(source, search, id, err);
    return err->status ? NULL : source;
}

bool sb_search_wants(sb_search *search, int64_t block, sb_error *err)
{
    const sb_archive_query *query = search->query;
    if (!query->n_episodes && !query->n_speakers && !has_range(query))
        return true;
    const sb_archive_source *source = sb_search_source(search, block >> SB_BLOCK_BITS, err);
    return source && source->is_wanted;
}

sb_status sb_search_find_unmet(sb_search *search, sb_error *err)
{
    const sb_archive_query *query = search->query;
    bool has_name = false, has_date = false, has_date_in_range = false, has_speaker = false;
    sb_rows *rows = sb_database_read(search->archive->database, err, "SELECT id FROM episode", "");
    while (!has_speaker && sb_rows_next(rows, err)) {
        const sb_archive_source *source = sb_search_source(search, sb_rows_whole(rows, 0), err);
        if (!source || !name_is_wanted(query, source->name))
            continue;
        has_name = true;
        has_date = has_date || source->date;
        has_date_in_range = has_date_in_range || date_is_wanted(query, source->date);
        has_speaker = source->is_wanted;
    }
    sb_rows_end(&rows);
    search->out->unmet = has_speaker                              ? SB_UNMET_NONE
                         : query->n_episodes && !has_name         ? SB_UNMET_EPISODE
                         : has_range(query) && !has_date          ? SB_UNMET_DATED
                         : has_range(query) && !has_date_in_range ? SB_UNMET_DATE
                         : query->n_speakers                      ? SB_UNMET_SPEAKER
                                                                  : SB_UNMET_NONE;
    return err->status;
}
