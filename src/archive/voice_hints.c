#include "alignment/names/names.h"
#include "archive/archive.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

/* A speaker of an episode. */
typedef struct heard {
    char *episode, *speaker;
    char *name; /* after aliases */
    char *key;  /* the name, folded */
    bool is_label;
} heard;

typedef struct all_heard {
    heard *items;
    sb_voice *voices;
    size_t n;
} all_heard;

static void finish_heard(all_heard *a)
{
    for (size_t i = 0; i < a->n; i++) {
        free(a->items[i].episode);
        free(a->items[i].speaker);
        free(a->items[i].name);
        free(a->items[i].key);
    }
    free(a->items);
    free(a->voices);
}

static bool add_heard(all_heard *a, const sb_alias_list *aliases, sb_rows *rows)
{
    bool ok = true;
    sb_voice voice;
    const char *name = sb_alias_of(aliases, sb_rows_text(rows, 3));
    if (!sb_voice_of_row(&voice, rows, 0))
        return true;
    if (!sb_push_room(&a->items, a->n, sizeof *a->items) ||
        !sb_push_room(&a->voices, a->n, sizeof *a->voices))
        return false;
    heard *item = &a->items[a->n];
    *item = (heard){.episode = sb_copy_text(sb_rows_text(rows, 2), &ok),
                    .speaker = sb_copy_text(sb_rows_text(rows, 3), &ok),
                    .name = sb_copy_text(name, &ok),
                    .key = sb_fold(name)};
    item->is_label = sb_name_is_label(name, &ok);
    a->voices[a->n++] = voice;
    return ok && item->key;
}

static sb_status read_rows(all_heard *a, const sb_alias_list *aliases, sb_archive *archive, sb_error *err)
{
    bool ok = true;
    sb_rows *rows = sb_database_read(
        archive->database, err,
        "SELECT voice.heard, covariance, episode.name, speaker.name FROM voice"
        " JOIN episode ON episode.id = voice.episode JOIN speaker ON speaker.episode = voice.episode"
        " AND number = voice.speaker ORDER BY date, episode.name, number",
        "");
    while (ok && sb_rows_next(rows, err))
        ok = add_heard(a, aliases, rows);
    sb_rows_end(&rows);
    return ok ? err->status : sb_error_memory(err, "comparing voices");
}

static sb_status read_heard(all_heard *a, sb_archive *archive, sb_error *err)
{
    sb_alias_list aliases = {0};
    if (!sb_archive_begin_reading(archive, err) && !sb_alias_list_read(&aliases, archive, err))
        read_rows(a, &aliases, archive, err);
    sb_archive_end_reading(archive);
    sb_alias_list_finish(&aliases);
    return err->status;
}

/* The named speakers; `from` has their indices among all. */
typedef struct known {
    sb_voice *voices;
    size_t *speakers, *from, n;
} known;

/* Equal names are one speaker. */
static bool choose_known(known *k, const all_heard *a)
{
    k->voices = calloc(a->n + 1, sizeof *k->voices);
    k->speakers = calloc(a->n + 1, sizeof *k->speakers);
    k->from = calloc(a->n + 1, sizeof *k->from);
    if (!k->voices || !k->speakers || !k->from)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (a->items[i].is_label)
            continue;
        k->speakers[k->n] = k->n;
        for (size_t j = k->n; j-- > 0;)
            if (!strcmp(a->items[k->from[j]].key, a->items[i].key))
                k->speakers[k->n] = k->speakers[j];
        k->voices[k->n] = a->voices[i];
        k->from[k->n++] = i;
    }
    return true;
}

static void finish_known(known *k)
{
    free(k->voices);
    free(k->speakers);
    free(k->from);
}

static bool add_hint(sb_voice_hints *out, const heard *unknown, const heard *named,
                     const sb_voice_guess *guess)
{
    bool ok = true;
    if (!sb_push_room(&out->items, out->n_items, sizeof *out->items))
        return false;
    out->items[out->n_items++] = (sb_voice_hint){.episode = sb_copy_text(unknown->episode, &ok),
                                                 .speaker = sb_copy_text(unknown->speaker, &ok),
                                                 .name = sb_copy_text(named->name, &ok),
                                                 .heard_in = sb_copy_text(named->episode, &ok),
                                                 .distance = guess->distance,
                                                 .other = guess->other};
    return ok;
}

/* Without the speakers of the same episode: somebody else is called by their names there. */
static void leave_out(known *out, const known *all, const all_heard *a, const char *episode)
{
    out->n = 0;
    for (size_t i = 0; i < all->n; i++) {
        if (!strcmp(a->items[all->from[i]].episode, episode))
            continue;
        out->voices[out->n] = all->voices[i];
        out->speakers[out->n] = all->speakers[i];
        out->from[out->n++] = all->from[i];
    }
}

static bool compare_all(sb_voice_hints *out, const all_heard *a)
{
    known all = {0}, k = {0};
    bool ok = choose_known(&all, a) && choose_known(&k, a);
    for (size_t i = 0; ok && i < a->n; i++) {
        sb_voice_guess guess;
        if (!a->items[i].is_label)
            continue;
        leave_out(&k, &all, a, a->items[i].episode);
        sb_voice_recognise(&guess, &a->voices[i], k.voices, k.speakers, k.n);
        if (guess.is_sure)
            ok = add_hint(out, &a->items[i], &a->items[k.from[guess.best]], &guess);
    }
    finish_known(&all);
    finish_known(&k);
    return ok;
}

sb_status sb_archive_voice_hints(sb_voice_hints *out, sb_archive *archive, sb_error *err)
{
    sb_error reason = {0};
    all_heard a = {0};
    *out = (sb_voice_hints){0};
    if (!read_heard(&a, archive, &reason) && !compare_all(out, &a))
        sb_error_memory(&reason, "comparing voices");
    finish_heard(&a);
    if (reason.status)
        sb_voice_hints_finish(out);
    return sb_archive_report(err, &reason);
}

void sb_voice_hints_finish(sb_voice_hints *hints)
{
    for (size_t i = 0; i < hints->n_items; i++) {
        free(hints->items[i].episode);
        free(hints->items[i].speaker);
        free(hints->items[i].name);
        free(hints->items[i].heard_in);
    }
    free(hints->items);
    *hints = (sb_voice_hints){0};
}

static bool has_speaker(sb_archive *archive, int64_t id, const char *speaker, sb_error *err)
{
    sb_rows *rows = sb_database_read(
        archive->database, err, "SELECT 1 FROM speaker WHERE episode = ? AND name = ?", "it", id, speaker);
    bool has = sb_rows_next(rows, err);
    sb_rows_end(&rows);
    return has;
}

sb_status sb_archive_rename_speaker(sb_archive *archive, const char *episode, const char *speaker,
                                    const char *name, sb_error *err)
{
    sb_error reason = {0};
    if (!sb_archive_begin(archive, &reason)) {
        int64_t id = sb_archive_known_id(archive, episode, &reason);
        if (!reason.status && !has_speaker(archive, id, speaker, &reason) && !reason.status)
            sb_error_set(&reason, SB_ERR_NOT_FOUND,
                         "episode '%.100s' has no speaker '%.100s'; get the episode to see its speakers",
                         episode, speaker);
        if (!reason.status)
            sb_database_write(archive->database, &reason,
                              "UPDATE speaker SET name = ? WHERE episode = ? AND name = ?", "tit", name, id,
                              speaker);
        sb_archive_end(archive, &reason);
    }
    return sb_archive_report(err, &reason);
}
