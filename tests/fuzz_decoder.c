/* Decodes any bytes as a media file, once from start to end and then after seeks. Blocks follow each other,
 * their samples are in range, and the hash of the packets does not depend on how it is computed. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "fuzz.h"
#include "soundbite/media.h"

#define MAX_SAMPLES (1 << 22)
#define MAX_LEVEL   8.0f

static void check_block(const sb_pcm *block, const sb_media_info *info, int64_t at)
{
    require(block->first_sample == at && block->channels == info->channels &&
            block->sample_rate == info->sample_rate);
    for (int channel = 0; channel < block->channels; channel++) {
        for (size_t i = 0; i < block->n_samples; i++)
            require(fabsf(block->planes[channel][i]) <= MAX_LEVEL);
    }
}

/* Returns the number of samples; a file that decodes to very many is left early. */
static int64_t decode_all(sb_decoder *decoder, bool *ended)
{
    int64_t at = 0;
    *ended = false;
    while (!*ended && at < MAX_SAMPLES) {
        sb_pcm block;
        sb_error err = {0};
        sb_status status = sb_decoder_read(decoder, &block, &err);
        require_outcome(status, &err, status == SB_OK);
        if (status)
            return at;
        check_block(&block, sb_decoder_info(decoder), block.n_samples ? at : block.first_sample);
        at += (int64_t)block.n_samples;
        *ended = block.n_samples == 0;
    }
    require(!*ended || sb_decoder_report(decoder)->n_samples == at);
    return at;
}

static void check_hashes(sb_decoder *decoder, const char *path)
{
    char while_decoding[65], alone[65];
    if (sb_decoder_packets(decoder, while_decoding, NULL) == SB_OK)
        require(sb_media_packets(alone, path, NULL, NULL) == SB_OK && strcmp(while_decoding, alone) == 0);
}

static void check_seeks(const char *path, int64_t n_samples, bool seek_safe)
{
    sb_decoder *decoder = NULL;
    require(sb_decoder_open(&decoder, path, NULL, NULL) == SB_OK);
    for (int i = 2; i >= 0; i--) {
        sb_pcm block;
        int64_t to = n_samples * i / 3;
        if (sb_decoder_seek(decoder, to, seek_safe, NULL) == SB_OK &&
            sb_decoder_read(decoder, &block, NULL) == SB_OK && block.n_samples)
            check_block(&block, sb_decoder_info(decoder), to);
    }
    sb_decoder_free(&decoder);
}

static void check_file(const char *path)
{
    sb_decoder *decoder = NULL;
    sb_error err = {0};
    bool ended;
    const sb_media_params params = {.hash = true};
    sb_status status = sb_decoder_open(&decoder, path, &params, &err);
    require_outcome(status, &err, decoder != NULL);
    if (!decoder)
        return;
    int64_t n_samples = decode_all(decoder, &ended);
    bool seek_safe = sb_decoder_report(decoder)->seek_safe;
    if (ended)
        check_hashes(decoder, path);
    sb_decoder_free(&decoder);
    if (ended)
        check_seeks(path, n_samples, seek_safe);
}

/* The file has no name, so that nothing stays if the fuzzer ends the process. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    FILE *file = tmpfile();
    require(file && fwrite(data, 1, size, file) == size && fflush(file) == 0);
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
    check_file(path);
    fclose(file);
    return 0;
}
