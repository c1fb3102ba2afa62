#include "tuning.h"

#define SIZE_LIMIT ((size_t)64 << 20)

/* Empty bytes where the option was not given. */
static sb_status read_file(sb_bytes *out, char sha256[SB_SHA256_TEXT], const char *path, sb_error *err)
{
    if (!path)
        return SB_OK;
    if (sb_file_read(out, path, SIZE_LIMIT, err))
        return err->status;
    sb_sha256(sha256, out->data, out->size);
    return SB_OK;
}

sb_status cli_tuning_read(cli_tuning *out, const cli_arguments *args, sb_error *err)
{
    const char *dictionary = cli_text(args, CLI_OPT_DICT, NULL);
    const char *boundary = cli_text(args, CLI_OPT_BOUNDARY_MODEL, NULL);
    sb_bytes words = {0}, weights = {0};
    sb_status status = read_file(&words, out->dictionary_sha256, dictionary, err);
    if (!status && dictionary)
        status = sb_dictionary_read(&out->dictionary, words.data, words.size, dictionary, err);
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
