#include "cli/show/show.h"

#include "base/file/open.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "cli/args/args.h"
#include "cli/term/term.h"
#include "soundbite/archive.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_SIZE        4096
#define TRANSCRIPT_LIMIT ((size_t)512 << 20)

static cli_show_kind kind_of_file(const char *path)
{
    char head[HEAD_SIZE];
    int fd = sb_open(path, O_RDONLY);
    ssize_t size = fd < 0 ? -1 : read(fd, head, sizeof head);
    if (fd >= 0)
        close(fd);
    const char *name = sb_path_name(path), *ending = name + sb_path_stem(name);
    if (size > 0 && sb_archive_sniff(head, (size_t)size))
        return CLI_SHOW_ARCHIVE;
    return size > 0 && (sb_show_entries_sniff(head, (size_t)size) || !strcasecmp(ending, ".m3u") ||
                        !strcasecmp(ending, ".m3u8"))
               ? CLI_SHOW_ENTRIES
               : CLI_SHOW_NONE;
}

bool cli_show_is_glob(const char *path)
{
    struct stat info;
    return strpbrk(path, "*?[") && stat(path, &info);
}

cli_show_kind cli_show_kind_of(const char *path)
{
    struct stat info;
    if (cli_show_is_glob(path))
        return CLI_SHOW_GLOB;
    if (!strcmp(path, "-") || stat(path, &info))
        return CLI_SHOW_NONE;
    if (S_ISDIR(info.st_mode))
        return CLI_SHOW_FOLDER;
    return S_ISREG(info.st_mode) ? kind_of_file(path) : CLI_SHOW_NONE;
}

/* Folders come first, because lists name files in them. */
sb_status cli_show_gather(cli_show_files *files, const char *const *sources, size_t n, sb_error *err)
{
    for (size_t i = 0; i < n && !err->status; i++) {
        cli_show_kind kind = cli_show_kind_of(sources[i]);
        if (kind == CLI_SHOW_FOLDER)
            cli_show_walk(files, sources[i], err);
        else if (kind == CLI_SHOW_GLOB)
            cli_show_expand(files, sources[i], err);
    }
    for (size_t i = 0; i < n && !err->status; i++) {
        cli_show_kind kind = cli_show_kind_of(sources[i]);
        if (kind == CLI_SHOW_ENTRIES)
            cli_show_take_entries(files, sources[i], err);
        else if (kind == CLI_SHOW_ARCHIVE)
            cli_show_take_archive(files, sources[i], err);
        else if (kind == CLI_SHOW_NONE)
            cli_show_take_list(files, sources[i], err);
    }
    return err->status ? err->status : cli_show_files_merge(files, err);
}

static sb_status read_transcript(void *user, sb_transcript **out, const char *path, sb_error *err)
{
    cli_context *context = user;
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    sb_transcript_params params = {.path = path,
                                   .format = cli_text(context->args, CLI_OPT_TRANSCRIPT_FORMAT, NULL)};
    *out = NULL;
    if (!sb_file_read(&bytes, path, TRANSCRIPT_LIMIT, err))
        sb_transcript_take(out, &bytes, &params, &notes, err);
    sb_notes_finish(&notes);
    sb_bytes_finish(&bytes);
    return err->status;
}

static sb_status check_found(const cli_show_files *files, const char *source, sb_error *err)
{
    size_t n_audio = 0, n_texts;
    for (size_t i = 0; i < files->n; i++)
        n_audio += files->items[i].file.kind == SB_SHOW_AUDIO;
    n_texts = files->n - n_audio;
    if (n_audio && n_texts)
        return SB_OK;
    return sb_error_set_at(
        err, SB_ERR_NOT_FOUND, source, 0, 0,
        "has %zu audio file%s, %zu transcript%s and %zu other file%s; name a place with audio and "
        "transcripts",
        n_audio, cli_plural(n_audio), n_texts, cli_plural(n_texts), files->n_other,
        cli_plural(files->n_other));
}

static sb_status pair_files(sb_show **out, cli_context *context, const cli_show_files *files, sb_error *err)
{
    const sb_show_params params = {.read = read_transcript,
                                   .user = context,
                                   .acoustic_model = context->tuning.acoustic_model,
                                   .dictionary = context->tuning.dictionary,
                                   .monitor = &context->monitor};
    sb_show_file *all = calloc(files->n + 1, sizeof *all);
    if (!all)
        return sb_error_memory(err, "pairing the files");
    for (size_t i = 0; i < files->n; i++)
        all[i] = files->items[i].file;
    sb_show_pair(out, all, files->n, &params, err);
    cli_progress_clear(&context->progress);
    free(all);
    return err->status;
}

sb_status cli_show_read(sb_show **out, cli_context *context, const char *const *sources, size_t n,
                        sb_error *err)
{
    cli_show_files files = {.context = context,
                            .output = cli_text(context->args, CLI_OPT_OUTPUT_FOLDER, NULL)};
    *out = NULL;
    if (!cli_show_gather(&files, sources, n, err) && !check_found(&files, sources[0], err))
        pair_files(out, context, &files, err);
    cli_show_files_finish(&files);
    return err->status;
}

static void add_name(sb_bytes *out, const char *path)
{
    if (path)
        sb_bytes_append(out, path, strlen(path) + 1);
}

void cli_show_name_files(sb_bytes *out, const char *const *sources, size_t n)
{
    cli_show_files files = {.only_names = true};
    sb_error unheard = {0};
    cli_show_gather(&files, sources, n, &unheard);
    for (size_t i = 0; i < files.n; i++) {
        const char *path = files.items[i].file.path;
        char *target = files.items[i].is_link ? realpath(path, NULL) : NULL;
        if (files.items[i].is_given || files.items[i].is_beside)
            add_name(out, path);
        add_name(out, target);
        free(target);
    }
    cli_show_files_finish(&files);
}
