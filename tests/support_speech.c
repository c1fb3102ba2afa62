#include "support_speech.h"
#include "support_skip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "acoustic/acoustic.h"
#include "soundbite/file.h"
#include "soundbite/media.h"

#define FOLDER "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-"
#define HEADER 44 /* bytes before the samples of these files */

const speech_reading speech_readings[SPEECH_READINGS] = {
    {FOLDER "0870.wav", "And Mr. John Dashwood had then leisure to consider, how much there might be "
                        "prudently in his power to do for them."},
    {FOLDER "0880.wav", "He was not an ill-disposed young man,"},
    {FOLDER "0890.wav", "unless to be rather cold hearted, and rather selfish, is to be ill disposed."},
    {FOLDER "0920.wav",
     "Had he married a more a amiable woman, he might have been made still more respectable than he was;"},
    {FOLDER "0930.wav", "he might even have been made amiable himself."},
};

void speech_need_model(void)
{
    if (sb_acoustic_model_missing(NULL))
        skip_because("no acoustic model on this machine");
}

void speech_need_readings(void)
{
    speech_need_model();
    if (access(speech_readings[0].file, R_OK) != 0)
        skip_because("no recordings on this machine; they are in the package pocketsphinx-testdata");
}

sb_bytes speech_model_file(const char *name)
{
    char path[512];
    sb_bytes bytes = {0};
    snprintf(path, sizeof path, "%s/%s", sb_acoustic_model_folder(), name);
    assert_int_equal(sb_file_read(&bytes, path, 1 << 28, NULL), SB_OK);
    return bytes;
}

sb_acoustic_model *speech_model(void)
{
    sb_error err = {0};
    sb_acoustic_model *model;
    if (sb_acoustic_model_open(&model, sb_acoustic_model_folder(), &err) != SB_OK)
        fail_msg("%s: %s", err.file, err.message);
    return model;
}

sb_features speech_features(const char *path)
{
    sb_decoder *decoder;
    sb_features_maker *maker;
    sb_features features;
    sb_pcm block;
    assert_int_equal(sb_decoder_open(&decoder, path, NULL, NULL), SB_OK);
    const sb_media_info *info = sb_decoder_info(decoder);
    assert_int_equal(sb_features_maker_create(&maker, info->sample_rate, info->channels, NULL, NULL), SB_OK);
    do {
        assert_int_equal(sb_decoder_read(decoder, &block, NULL), SB_OK);
        assert_int_equal(sb_features_push(maker, block.planes, block.n_samples, NULL), SB_OK);
    } while (block.n_samples > 0);
    assert_int_equal(sb_features_end(maker, &features, NULL), SB_OK);
    sb_features_maker_free(&maker);
    sb_decoder_free(&decoder);
    return features;
}

sb_lexicon speech_lexicon(const char *text)
{
    char *copy = strdup(text), *rest = NULL;
    const char **words = calloc(strlen(text) + 1, sizeof *words);
    size_t n = 0;
    sb_lexicon lexicon;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        words[n++] = word;
    const sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary()};
    assert_int_equal(sb_lexicon_make(&lexicon, words, n, &params, NULL), SB_OK);
    free(words);
    free(copy);
    return lexicon;
}

float (*speech_vectors(const sb_cepstra *cepstra))[SB_VECTOR]
{
    float mean[SB_CEPSTRA], (*vectors)[SB_VECTOR] = calloc(cepstra->n_frames + 1, sizeof *vectors);
    sb_cepstra_mean(mean, cepstra, 0, cepstra->n_frames);
    sb_vectors_make(vectors, cepstra, mean, 0, cepstra->n_frames);
    return vectors;
}

static void put_size(sb_bytes *wav, size_t at, size_t size)
{
    for (int i = 0; i < 4; i++)
        wav->data[at + (size_t)i] = (char)(size >> 8 * i);
}

char *speech_write_all(const char *path, int times)
{
    sb_bytes wav = {0}, text = {0};
    for (int i = 0; i < times * SPEECH_READINGS; i++) {
        const speech_reading *reading = &speech_readings[i % SPEECH_READINGS];
        sb_bytes file = {0};
        assert_int_equal(sb_file_read(&file, reading->file, 1 << 24, NULL), SB_OK);
        size_t skipped = i == 0 ? 0 : HEADER;
        sb_bytes_append(&wav, file.data + skipped, file.size - skipped);
        sb_bytes_print(&text, "%s%s", i == 0 ? "" : " ", reading->text);
        sb_bytes_finish(&file);
    }
    put_size(&wav, 4, wav.size - 8);
    put_size(&wav, HEADER - 4, wav.size - HEADER);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(wav.data, 1, wav.size, out), wav.size);
    fclose(out);
    sb_bytes_finish(&wav);
    return text.data;
}
