#include "cli/show/show.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/clips/clips.h"
#include "cli/term/term.h"

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

sb_status cli_show_add_of_entry(cli_show_files *files, const char *path, const sb_show_entry *entry,
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
    if (audio && !cli_show_add_of_entry(files, audio, entry, is_feed, &added, err) && added &&
        !entry->n_transcripts)
        add_beside(files, audio, err);
    files->n_missing += !added;
    for (size_t i = 0; added && i < entry->n_transcripts && !err->status; i++) {
        char *path = find_file(files, n_before, folder, entry->transcripts[i]);
        if (path)
            cli_show_add_of_entry(files, path, entry, is_feed, &unused, err);
        free(path);
    }
    free(audio);
    return err->status;
}

static int by_identity(const void *x, const void *y)
{
    const cli_show_file *a = *(cli_show_file *const *)x, *b = *(cli_show_file *const *)y;
    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->file.entry > b->file.entry) - (a->file.entry < b->file.entry);
}

static void release(cli_show_file *one)
{
    free((char *)one->file.title);
    free((char *)one->file.date);
    one->file = (sb_show_file){.path = one->file.path, .kind = one->file.kind};
    one->is_given = false;
}

/* Some hosts end the addresses of all episodes with the same name. */
static sb_status release_shared(cli_show_files *files, size_t first, sb_error *err)
{
    size_t n = 0;
    cli_show_file **given = calloc(files->n - first + 1, sizeof(cli_show_file *));
    if (!given)
        return sb_error_memory(err, "looking for files");
    for (size_t i = first; i < files->n; i++)
        if (files->items[i].file.entry && files->items[i].file.kind == SB_SHOW_AUDIO)
            given[n++] = &files->items[i];
    if (n)
        qsort(given, n, sizeof *given, by_identity);
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin + 1;
             end < n && given[end]->device == given[begin]->device && given[end]->id == given[begin]->id;
             end++)
            continue;
        if (end - begin < 2)
            continue;
        if (files->context)
            cli_message_warning(files->context, given[begin]->file.path,
                                "several entries of the list name it, so none of them counts");
        for (size_t i = begin; i < end; i++)
            release(given[i]);
    }
    free(given);
    return SB_OK;
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
    if (entries && !err->status && !files->only_names)
        release_shared(files, n_before, err);
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
