/* Compares voices: bench_voices AUDIO ALIGNMENT [AUDIO ALIGNMENT]... Prints a line for each pair of voices:
 * the two numbers of their files, from 0, their speakers, and their distance, separated by tabs. */
#include "soundbite/file.h"
#include "soundbite/voice.h"

#include <stdio.h>
#include <stdlib.h>

#define MOST_BYTES ((size_t)64 << 20)

static sb_status hear(sb_recording *out, const char *audio, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    sb_alignment *alignment = NULL;
    sb_status status = sb_file_read(&bytes, path, MOST_BYTES, err);
    if (status == SB_OK)
        status = sb_alignment_read(&alignment, bytes.data, bytes.size, path, err);
    if (status == SB_OK)
        status = sb_recording_hear(out, audio, alignment, NULL, err);
    sb_alignment_free(&alignment);
    sb_bytes_finish(&bytes);
    return status;
}

static void compare(const sb_recording *recordings, size_t n)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            for (size_t i = 0; i < recordings[a].n_voices; i++)
                for (size_t j = 0; j < recordings[b].n_voices; j++)
                    printf("%zu\t%zu\t%s\t%s\t%.4f\n", a, b, recordings[a].voices[i].speaker,
                           recordings[b].voices[j].speaker,
                           sb_voice_distance(&recordings[a].voices[i].voice, &recordings[b].voices[j].voice));
}

int main(int argc, char **argv)
{
    size_t n = (size_t)(argc - 1) / 2;
    sb_recording *recordings = calloc(n + 1, sizeof *recordings);
    sb_error err = {0};
    sb_status status = recordings ? SB_OK : SB_ERR_MEMORY;
    for (size_t i = 0; status == SB_OK && i < n; i++)
        status = hear(&recordings[i], argv[1 + 2 * i], argv[2 + 2 * i], &err);
    if (status == SB_OK)
        compare(recordings, n);
    else
        fprintf(stderr, "%s\n", err.message);
    for (size_t i = 0; recordings && i < n; i++)
        sb_recording_finish(&recordings[i]);
    free(recordings);
    return status != SB_OK;
}
