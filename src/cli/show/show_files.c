#include "cli/show/show.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "cli/term/term.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILES_MAX 1000000

/* Texts of other kinds are not transcripts, whatever is in them. */
static const char *const text_endings[] = {"txt",  "text", "md",   "markdown", "srt",  "vtt",  "sbv",
                                           "ass",  "ssa",  "lrc",  "ttml",     "dfxp", "xml",  "json",
                                           "csv",  "tsv",  "ctm",  "stm",      "htm",  "html", "textgrid",
                                           "srv1", "srv2", "srv3", NULL};
static const char *const document_endings[] = {"docx", "doc", "odt", "rtf", NULL};
static const char *const other_names[] = {"readme",       "license", "copying",      "changelog",
                                          "contributing", "index",   "manifest.csv", NULL};

static void free_file(cli_show_file *one)
{
    free((char *)one->file.path);
    free((char *)one->file.title);
    free((char *)one->file.date);
}

void cli_show_files_finish(cli_show_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        free_file(&files->items[i]);
    free(files->items);
    files->items = NULL;
    files->n = 0;
}

static bool has_other_name(const char *name)
{
    char *stem = sb_copy_bytes(name, sb_path_stem(name));
    bool is_other = sb_part_is_among(name, strlen(name), other_names) ||
                    (stem && sb_part_is_among(stem, strlen(stem), other_names));
    free(stem);
    return is_other;
}

static bool kind_by_content(sb_show_kind *out, const cli_show_files *files, const char *path)
{
    const char *name = sb_path_name(path), *extension = sb_path_extension(name), *description;
    cli_file_kind kind;
    sb_error reason = {0};
    if (cli_file_kind_of(&kind, path, &description, &reason)) {
        if (files->context)
            cli_message_warning(files->context, path, "%s", reason.message);
        return false;
    }
    *out = kind == CLI_FILE_MEDIA       ? SB_SHOW_AUDIO
           : kind == CLI_FILE_ALIGNMENT ? SB_SHOW_ALIGNMENT
                                        : SB_SHOW_TRANSCRIPT;
    if (kind == CLI_FILE_MEDIA || kind == CLI_FILE_ALIGNMENT)
        return true;
    size_t size = strlen(extension);
    if (kind == CLI_FILE_TEXT && sb_part_is_among(extension, size, text_endings) && !has_other_name(name))
        return true;
    return (kind == CLI_FILE_TEXT || kind == CLI_FILE_DOCUMENT) &&
           sb_part_is_among(extension, size, document_endings);
}

sb_status cli_show_add_file(cli_show_files *files, const char *path, sb_error *err)
{
    struct stat info, own;
    sb_show_kind kind = SB_SHOW_AUDIO;
    if (stat(path, &info) || !S_ISREG(info.st_mode))
        return SB_OK;
    if (!files->only_names && !kind_by_content(&kind, files, path)) {
        files->n_other++;
        return SB_OK;
    }
    if (files->n >= FILES_MAX)
        return sb_error_set(err, SB_ERR_LIMIT, "there are more than %d files; name a smaller folder",
                            FILES_MAX);
    char *copy = sb_copy_text(path, NULL);
    if (!copy || !sb_push_room(&files->items, files->n, sizeof *files->items)) {
        free(copy);
        return sb_error_memory(err, "looking for files");
    }
    files->items[files->n++] = (cli_show_file){.file = {.path = copy, .kind = kind},
                                               .device = info.st_dev,
                                               .id = info.st_ino,
                                               .is_link = lstat(path, &own) == 0 && S_ISLNK(own.st_mode)};
    return SB_OK;
}

typedef struct merge_key {
    dev_t device;
    ino_t id;
    size_t index;
    bool is_given, is_left_out;
} merge_key;

static int by_identity(const void *x, const void *y)
{
    const merge_key *a = x, *b = y;
    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    if (a->is_given != b->is_given)
        return a->is_given ? -1 : 1;
    if (a->is_left_out != b->is_left_out)
        return a->is_left_out ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* A file that several entries name stays in each of them. */
sb_status cli_show_files_merge(cli_show_files *files, sb_error *err)
{
    merge_key *keys = calloc(files->n + 1, sizeof *keys);
    bool *drop = calloc(files->n + 1, sizeof *drop);
    bool ok = keys && drop;
    for (size_t i = 0; ok && i < files->n; i++)
        keys[i] = (merge_key){files->items[i].device, files->items[i].id, i, files->items[i].is_given,
                              files->items[i].is_left_out};
    if (ok && files->n)
        qsort(keys, files->n, sizeof *keys, by_identity);
    for (size_t i = 0; ok && i < files->n; i++) {
        bool is_again = i && keys[i].device == keys[i - 1].device && keys[i].id == keys[i - 1].id;
        drop[keys[i].index] = keys[i].is_left_out || (is_again && !keys[i].is_given);
    }
    size_t kept = 0;
    for (size_t i = 0; ok && i < files->n; i++) {
        if (drop[i])
            free_file(&files->items[i]);
        else
            files->items[kept++] = files->items[i];
    }
    files->n = ok ? kept : files->n;
    free(keys);
    free(drop);
    return ok ? SB_OK : sb_error_memory(err, "looking for files");
}
