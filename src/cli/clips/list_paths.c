#include "cli/clips/clips.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "soundbite/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIST_LIMIT ((size_t)256 << 20)

char *cli_list_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash || !strcmp(path, "-"))
        return strdup("");
    return strndup(path, slash > path ? (size_t)(slash - path) : 1);
}

char *cli_list_input(const char *folder, const char *path)
{
    char *placed = cli_list_path(folder, path);
    if (!placed || access(placed, F_OK) == 0 || access(path, F_OK) != 0)
        return placed;
    free(placed);
    return strdup(path);
}

char *cli_list_path(const char *folder, const char *path)
{
    return sb_path_join(*path == '/' ? "" : folder, path);
}

enum { N_INPUTS = 2, N_FILES = 5 };

static void files_of_row(const char *out[N_FILES], const sb_batch_row *row)
{
    const sb_video_params *video = &row->clip.video;
    const char *const files[N_FILES] = {row->audio, row->transcript, video->theme, video->background,
                                        video->logo};
    memcpy(out, files, sizeof files);
}

/* Lists have many rows of one episode after each other, so files that the row before has are left out. */
static void add_files_of_row(sb_bytes *out, const char *folder, const sb_batch_row *row,
                             const sb_batch_row *before)
{
    const char *files[N_FILES], *known[N_FILES] = {0};
    files_of_row(files, row);
    if (before)
        files_of_row(known, before);
    for (size_t i = 0; i < N_FILES; i++)
        if (files[i] && !(known[i] && !strcmp(files[i], known[i]))) {
            char *path = i < N_INPUTS ? cli_list_input(folder, files[i]) : cli_list_path(folder, files[i]);
            if (path)
                sb_bytes_append(out, path, strlen(path) + 1);
            free(path);
        }
}

void cli_list_name_files(sb_bytes *out, const char *path)
{
    sb_bytes bytes = {0};
    sb_notes notes = {0};
    sb_error unheard = {0};
    sb_batch_list *list = NULL;
    char *folder = cli_list_folder(path);
    if (folder && !sb_file_read(&bytes, path, LIST_LIMIT, &unheard) &&
        !sb_batch_list_read(&list, bytes.data, bytes.size, path, NULL, &notes, &unheard))
        for (size_t i = 0; i < list->n_rows; i++)
            add_files_of_row(out, folder, &list->rows[i], i ? &list->rows[i - 1] : NULL);
    sb_batch_list_free(&list);
    sb_notes_finish(&notes);
    sb_bytes_finish(&bytes);
    free(folder);
}
