#include "cli/args/args.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SIZE_LIMIT ((size_t)64 << 20)

/* Empty if the option was not given. */
static sb_status read_file(sb_bytes *out, char sha256[SB_SHA256_TEXT], const char *path, sb_error *err)
{
    if (!path)
        return SB_OK;
    if (sb_file_read(out, path, SIZE_LIMIT, err))
        return err->status;
    sb_sha256(sha256, out->data, out->size);
    return SB_OK;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Identifies the model for the cache by names, sizes and times, because reading it would take longer than
 * some alignments. */
static sb_status look_at_model(cli_tuning *out, const char *folder, sb_error *err)
{
    struct dirent **entries = NULL;
    sb_bytes listing = {0};
    int n = scandir(folder, &entries, is_visible, alphasort);
    if (n < 0)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "--acoustic-model %s cannot be opened as a folder (%s); name the folder of a "
                            "Sphinx model, which contains mdef and feat.params",
                            folder, strerror(errno));
    for (int i = 0; i < n; i++) {
        struct stat info = {0};
        sb_bytes path = {0};
        sb_bytes_print(&path, "%s/%s", folder, entries[i]->d_name);
        if (path.data && !stat(path.data, &info))
            sb_bytes_print(&listing, "%s %lld %lld.%09ld\n", entries[i]->d_name, (long long)info.st_size,
                           (long long)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
        sb_bytes_finish(&path);
        free(entries[i]);
    }
    free(entries);
    out->acoustic_model = folder;
    sb_sha256(out->acoustic_model_sha256, listing.data, listing.size);
    sb_bytes_finish(&listing);
    return SB_OK;
}

sb_status cli_tuning_read(cli_tuning *out, const cli_arguments *args, sb_error *err)
{
    const char *dictionary = cli_text(args, CLI_OPT_DICT, NULL);
    const char *boundary = cli_text(args, CLI_OPT_BOUNDARY_MODEL, NULL);
    const char *model = cli_text(args, CLI_OPT_ACOUSTIC_MODEL, NULL);
    sb_bytes words = {0}, weights = {0};
    sb_status status = model ? look_at_model(out, model, err) : SB_OK;
    if (!status)
        status = read_file(&words, out->dictionary_sha256, dictionary, err);
    if (!status && dictionary)
        status = sb_dictionary_read_for(&out->dictionary, words.data, words.size, dictionary, model, err);
    if (!status)
        status = read_file(&weights, out->boundary_sha256, boundary, err);
    if (!status && boundary)
        status = sb_boundary_weights_read(&out->boundary, weights.data, weights.size, boundary, err);
    sb_bytes_finish(&words);
    sb_bytes_finish(&weights);
    return status;
}

void cli_tuning_finish(cli_tuning *tuning)
{
    sb_dictionary_free(&tuning->dictionary);
    sb_boundary_weights_free(&tuning->boundary);
}
