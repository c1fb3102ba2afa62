#include "cli/show/show.h"

#include "base/run/run.h"
#include "cli/batch/batch.h"
#include "cli/term/term.h"
#include "soundbite/archive.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIST_LIMIT ((size_t)256 << 20)

/* Where an entry is, for its warnings. */
typedef struct list_place {
    const char *path, *folder;
    sb_notes *notes;
} list_place;

static sb_status add_named(cli_show_files *files, const list_place *place, const sb_show_entry *entry,
                           const char *path, bool is_audio, bool *ok, sb_error *err)
{
    bool added;
    size_t at = files->n;
    if (cli_show_add_of_entry(files, path, entry, false, &added, err))
        return err->status;
    *ok = files->only_names || (added && (files->items[at].file.kind == SB_SHOW_AUDIO) == is_audio);
    if (!*ok)
        sb_notes_add(place->notes, place->path, entry->line, 0, "the pair is left out, because %s %s", path,
                     access(path, F_OK) ? "was not found"
                     : is_audio         ? "is not an audio file"
                                        : "is not a transcript");
    return SB_OK;
}

/* Adds the files of an entry. If one is missing, the other is not paired by its name: the list says what
 * belongs to it. `transcript` may be NULL. */
static sb_status take_pair(cli_show_files *files, const list_place *place, const sb_show_entry *entry,
                           const char *transcript, sb_error *err)
{
    bool has_audio = false, has_transcript = true;
    size_t first = files->n;
    char *audio = cli_list_input(place->folder, entry->audio),
         *source = transcript ? cli_list_input(place->folder, transcript) : NULL;
    files->n_entries++;
    if (!audio || (transcript && !source))
        sb_error_memory(err, "reading the list");
    else if (!add_named(files, place, entry, audio, true, &has_audio, err) && source)
        add_named(files, place, entry, source, false, &has_transcript, err);
    for (size_t i = first; i < files->n && !(has_audio && has_transcript); i++) {
        files->items[i].is_left_out = true;
        files->items[i].is_given = false;
    }
    free(audio);
    free(source);
    return err->status;
}

static sb_status take_episode(cli_show_files *files, const list_place *place,
                              const sb_archive_episode *episode, sb_error *err)
{
    const sb_show_entry entry = {.audio = episode->audio, .title = episode->title, .date = episode->date};
    return take_pair(files, place, &entry, episode->transcript, err);
}

static void show_notes(cli_show_files *files, sb_notes *notes)
{
    if (files->context)
        cli_message_notes(files->context, notes);
    sb_notes_finish(notes);
}

sb_status cli_show_take_archive(cli_show_files *files, const char *path, sb_error *err)
{
    sb_notes notes = {0};
    sb_archive *archive = NULL;
    sb_archive_list *list = NULL;
    const list_place place = {.path = path, .folder = "", .notes = &notes};
    if (!sb_archive_open(&archive, path, SB_ARCHIVE_READ, err))
        sb_archive_episodes(&list, archive, NULL, 0, err);
    for (size_t i = 0; list && i < list->n_items && !err->status; i++)
        take_episode(files, &place, &list->items[i], err);
    show_notes(files, &notes);
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
    return err->status;
}

static int compare_pairs(const sb_batch_row *a, const sb_batch_row *b)
{
    int order = strcmp(a->audio, b->audio);
    return order ? order : strcmp(a->transcript ? a->transcript : "", b->transcript ? b->transcript : "");
}

static int by_pair(const void *x, const void *y)
{
    const sb_batch_row *a = *(sb_batch_row *const *)x, *b = *(sb_batch_row *const *)y;
    int order = compare_pairs(a, b);
    return order ? order : (a > b) - (a < b);
}

static int compare_row_places(const void *x, const void *y)
{
    const sb_batch_row *a = *(sb_batch_row *const *)x, *b = *(sb_batch_row *const *)y;
    return (a > b) - (a < b);
}

/* Keeps the first row of each pair, in the order of the list. Returns their number. */
static size_t keep_pairs(sb_batch_row **rows, size_t n)
{
    size_t kept = 0;
    if (n)
        qsort(rows, n, sizeof *rows, by_pair);
    for (size_t i = 0; i < n; i++)
        if (!i || compare_pairs(rows[i], rows[i - 1]))
            rows[kept++] = rows[i];
    if (kept)
        qsort(rows, kept, sizeof *rows, compare_row_places);
    return kept;
}

static sb_status take_rows(cli_show_files *files, const list_place *place, const sb_batch_list *list,
                           sb_error *err)
{
    size_t n = 0, n_selecting = 0;
    sb_batch_row **rows = calloc(list->n_rows + 1, sizeof(sb_batch_row *));
    if (!rows)
        return sb_error_memory(err, "reading the list");
    for (size_t i = 0; i < list->n_rows; i++) {
        sb_batch_row *row = &list->rows[i];
        if (row->error.status && files->context)
            cli_message_error(files->context, &row->error);
        if (row->error.status)
            continue;
        rows[n++] = row;
        n_selecting += !batch_selects_nothing(&row->selection);
    }
    n = keep_pairs(rows, n);
    for (size_t i = 0; i < n && !err->status; i++) {
        const sb_show_entry entry = {.audio = rows[i]->audio, .line = rows[i]->line};
        take_pair(files, place, &entry, rows[i]->transcript, err);
    }
    if (n_selecting && files->context)
        cli_message_note(files->context,
                         "%s: the selections of its rows are not used, because only its pairs of audio and "
                         "transcript are read",
                         place->path);
    free(rows);
    return err->status;
}

sb_status cli_show_take_list(cli_show_files *files, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    sb_batch_list *list = NULL;
    char *folder = cli_list_folder(path);
    const list_place place = {.path = path, .folder = folder, .notes = &notes};
    if (!folder)
        sb_error_memory(err, "reading the list");
    else if (!sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_batch_list_read(&list, bytes.data, bytes.size, path, NULL, &notes, err);
    if (list)
        take_rows(files, &place, list, err);
    show_notes(files, &notes);
    sb_batch_list_free(&list);
    sb_bytes_finish(&bytes);
    free(folder);
    return err->status;
}
