#include "cli/show/show.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/clips/clips.h"
#include "cli/term/term.h"
#include "soundbite/archive.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LIST_LIMIT ((size_t)256 << 20)

/* Transcripts beside the audio of a playlist. */
static const char *const beside[] = {"srt",  "vtt", "txt",  "json", "docx", "odt", "rtf",
                                     "ttml", "md",  "html", "tsv",  "csv",  NULL};

static bool is_file(const char *path)
{
    struct stat info;
    return path && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* The only one of the files found before that has this name; NULL: none or several. */
static const char *found_by_name(const cli_show_files *files, size_t n_before, const char *name)
{
    const char *found = NULL;
    for (size_t i = 0; i < n_before; i++) {
        if (strcmp(sb_path_name(files->items[i].file.path), name))
            continue;
        if (found && strcmp(found, files->items[i].file.path))
            return NULL;
        found = files->items[i].file.path;
    }
    return found;
}

/* Returns the path of the file that an entry names; NULL: not found. */
static char *find_file(const cli_show_files *files, size_t n_before, const char *folder, const char *address)
{
    char *named = sb_show_entry_path(address);
    char *path = named ? cli_list_input(folder, named) : NULL;
    if (!is_file(path)) {
        free(path);
        path = named ? cli_list_path(folder, sb_path_name(named)) : NULL;
    }
    if (!is_file(path)) {
        const char *found = named ? found_by_name(files, n_before, sb_path_name(named)) : NULL;
        free(path);
        path = found ? sb_copy_text(found, NULL) : NULL;
    }
    free(named);
    return path;
}

/* Adds a file with what the entry says about it. `*added` becomes true if it is audio or text. */
static sb_status add_of_entry(cli_show_files *files, const char *path, const sb_show_entry *entry,
                              bool is_feed, bool *added, sb_error *err)
{
    size_t n = files->n;
    *added = false;
    if (cli_show_add_file(files, path, err) || files->n == n)
        return err->status;
    cli_show_file *one = &files->items[n];
    bool ok = true;
    *added = one->is_given = true;
    one->file.entry = files->n_entries;
    one->file.is_of_feed = is_feed;
    one->file.season = entry->season;
    one->file.number = entry->number;
    one->file.title = sb_copy_text(entry->title, &ok);
    one->file.date = sb_copy_text(entry->date, &ok);
    return ok ? SB_OK : sb_error_memory(err, "looking for files");
}

static sb_status add_beside(cli_show_files *files, const char *audio, sb_error *err)
{
    for (size_t i = 0; beside[i] && !err->status; i++) {
        size_t stem = (size_t)(sb_path_name(audio) - audio);
        stem += sb_path_stem(sb_path_name(audio));
        char *path = sb_text_print("%.*s.%s", (int)stem, audio, beside[i]);
        if (!path)
            return sb_error_memory(err, "looking for files");
        size_t n = files->n;
        if (is_file(path) && !cli_show_add_file(files, path, err) && files->n > n)
            files->items[n].is_beside = true;
        free(path);
    }
    return err->status;
}

static sb_status take_entry(cli_show_files *files, size_t n_before, const char *folder,
                            const sb_show_entry *entry, bool is_feed, sb_error *err)
{
    bool added = false, unused;
    char *audio = find_file(files, n_before, folder, entry->audio);
    files->n_entries++;
    if (audio && !add_of_entry(files, audio, entry, is_feed, &added, err) && added && !entry->n_transcripts)
        add_beside(files, audio, err);
    files->n_missing += !added;
    for (size_t i = 0; added && i < entry->n_transcripts && !err->status; i++) {
        char *path = find_file(files, n_before, folder, entry->transcripts[i]);
        if (path)
            add_of_entry(files, path, entry, is_feed, &unused, err);
        free(path);
    }
    free(audio);
    return err->status;
}

/* Some hosts end the addresses of all episodes with the same name. */
static void release_shared(cli_show_files *files, size_t first)
{
    for (size_t i = first; i < files->n; i++)
        for (size_t k = i + 1; k < files->n; k++) {
            cli_show_file *a = &files->items[i], *b = &files->items[k];
            if (a->file.kind != SB_SHOW_AUDIO || a->device != b->device || a->id != b->id || !b->file.entry)
                continue;
            if (a->file.entry && a->file.entry != b->file.entry && files->context)
                cli_message_warning(files->context, a->file.path,
                                    "several entries of the list name it, so none of them counts");
            a->file.entry = b->file.entry = 0;
            a->is_given = b->is_given = false;
        }
}

sb_status cli_show_take_entries(cli_show_files *files, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    sb_show_entries *entries = NULL;
    size_t n_before = files->n, n_missing = files->n_missing;
    char *folder = cli_list_folder(path);
    if (!folder)
        sb_error_memory(err, "reading the list");
    else if (!sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_show_entries_read(&entries, bytes.data, bytes.size, path, err);
    for (size_t i = 0; entries && i < entries->n_items && !err->status; i++)
        take_entry(files, n_before, folder, &entries->items[i], entries->is_feed, err);
    if (entries && !err->status)
        release_shared(files, n_before);
    n_missing = files->n_missing - n_missing;
    if (entries && n_missing && files->context)
        cli_message_warning(files->context, path,
                            "%zu of its %zu audio files were not found; name the folder of the downloads too",
                            n_missing, entries->n_items);
    sb_show_entries_free(&entries);
    sb_bytes_finish(&bytes);
    free(folder);
    return err->status;
}

/* Adds the files of an entry. `transcript` may be NULL. */
static sb_status take_pair(cli_show_files *files, const char *folder, const sb_show_entry *entry,
                           const char *transcript, sb_error *err)
{
    bool added, unused;
    char *audio = cli_list_input(folder, entry->audio),
         *source = transcript ? cli_list_input(folder, transcript) : NULL;
    files->n_entries++;
    if (!audio || (transcript && !source))
        sb_error_memory(err, "reading the list");
    else if (!add_of_entry(files, audio, entry, false, &added, err) && added && source)
        add_of_entry(files, source, entry, false, &unused, err);
    free(audio);
    free(source);
    return err->status;
}

static sb_status take_row(cli_show_files *files, const char *folder, const sb_batch_row *row, sb_error *err)
{
    const sb_show_entry entry = {.audio = row->audio, .line = row->line};
    return take_pair(files, folder, &entry, row->transcript, err);
}

static sb_status take_episode(cli_show_files *files, const sb_archive_episode *episode, sb_error *err)
{
    const sb_show_entry entry = {.audio = episode->audio, .title = episode->title, .date = episode->date};
    return take_pair(files, "", &entry, episode->transcript, err);
}

sb_status cli_show_take_archive(cli_show_files *files, const char *path, sb_error *err)
{
    sb_archive *archive = NULL;
    sb_archive_list *list = NULL;
    if (!sb_archive_open(&archive, path, SB_ARCHIVE_READ, err))
        sb_archive_episodes(&list, archive, NULL, 0, err);
    for (size_t i = 0; list && i < list->n_items && !err->status; i++)
        take_episode(files, &list->items[i], err);
    sb_archive_list_free(&list);
    sb_archive_close(&archive);
    return err->status;
}

sb_status cli_show_take_list(cli_show_files *files, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    sb_batch_list *list = NULL;
    char *folder = cli_list_folder(path);
    if (!folder)
        sb_error_memory(err, "reading the list");
    else if (!sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_batch_list_read(&list, bytes.data, bytes.size, path, NULL, &notes, err);
    for (size_t i = 0; list && i < list->n_rows && !err->status; i++) {
        const sb_batch_row *row = &list->rows[i];
        if (row->error.status && files->context)
            cli_message_error(files->context, &row->error);
        else if (!row->error.status)
            take_row(files, folder, row, err);
    }
    if (files->context)
        cli_message_notes(files->context, &notes);
    sb_notes_finish(&notes);
    sb_batch_list_free(&list);
    sb_bytes_finish(&bytes);
    free(folder);
    return err->status;
}
