/* Measures the stages of the library: bench_stages AUDIO [TRANSCRIPT COPIES]. Prints the user time of
 * decoding and analysing AUDIO, in seconds. With a transcript, prints the same for COPIES of AUDIO one
 * after the other, then the median time of five alignments, the number of turns and the number of hours. */
#include "soundbite/align.h"
#include "soundbite/media.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define N_RUNS         5
#define MAX_TRANSCRIPT ((size_t)64 << 20)

static double user_s(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + 1e-6 * (double)usage.ru_utime.tv_usec;
}

static sb_status push_file(sb_speech_analyser **analyser, const char *path, sb_error *err)
{
    sb_decoder *decoder = NULL;
    sb_pcm block = {0};
    sb_status status = sb_decoder_open(&decoder, path, NULL, err);
    if (!status && !*analyser) {
        const sb_media_info *info = sb_decoder_info(decoder);
        status = sb_speech_analyser_create(analyser, info->sample_rate, info->channels, NULL, err);
    }
    do {
        if (!status)
            status = sb_decoder_read(decoder, &block, err);
        if (!status && block.n_samples)
            status = sb_speech_analyser_push(*analyser, block.planes, block.n_samples, err);
    } while (!status && block.n_samples);
    sb_decoder_free(&decoder);
    return status;
}

static sb_status analyse(sb_speech **out, const char *path, int copies, sb_error *err)
{
    sb_speech_analyser *analyser = NULL;
    sb_status status = SB_OK;
    double before = user_s();
    for (int i = 0; !status && i < copies; i++)
        status = push_file(&analyser, path, err);
    if (!status)
        status = sb_speech_analyser_finish(analyser, out, err);
    sb_speech_analyser_free(&analyser);
    printf("%.3f\n", user_s() - before);
    return status;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static sb_status time_alignment(const sb_speech *speech, const char *path, sb_error *err)
{
    sb_transcript *transcript = NULL;
    sb_bytes bytes = {0};
    double runs[N_RUNS];
    sb_status status = sb_file_read(&bytes, path, MAX_TRANSCRIPT, err);
    if (!status)
        status = sb_transcript_read(&transcript, bytes.data, bytes.size, NULL, NULL, err);
    for (int i = 0; !status && i < N_RUNS; i++) {
        sb_align_params params = {.method = SB_METHOD_ENERGY};
        sb_alignment *alignment = NULL;
        double before = user_s();
        status = sb_alignment_from_speech(&alignment, speech, transcript, NULL, &params, err);
        runs[i] = user_s() - before;
        sb_alignment_free(&alignment);
    }
    if (!status) {
        qsort(runs, N_RUNS, sizeof runs[0], by_value);
        printf("%.3f\t%zu\t%.2f\n", runs[N_RUNS / 2], transcript->n_turns,
               sb_time_to_seconds(speech->duration) / 3600);
    }
    sb_transcript_free(&transcript);
    sb_bytes_finish(&bytes);
    return status;
}

int main(int argc, char **argv)
{
    sb_speech *speech = NULL;
    sb_error err = {0};
    if (argc != 2 && argc != 4)
        return fputs("usage: bench_stages AUDIO [TRANSCRIPT COPIES]\n", stderr), 2;
    sb_status status = analyse(&speech, argv[1], argc == 4 ? atoi(argv[3]) : 1, &err);
    if (!status && argc == 4)
        status = time_alignment(speech, argv[2], &err);
    sb_speech_free(&speech);
    if (status)
        fprintf(stderr, "bench_stages: %s\n", err.message);
    return status ? 1 : 0;
}
