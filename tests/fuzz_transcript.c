/* Reads any bytes as a transcript, detected and in every format. The result is an error with its reason,
 * or consistent turns. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"
#include "soundbite/transcript.h"
#include "transcript_checks.h"

static void check(const uint8_t *data, size_t size, const char *format)
{
    const char *problem = transcript_check(NULL, data, size, format);
    if (!problem)
        return;
    fprintf(stderr, "%s: %s\n", format ? format : "detected", problem);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check(data, size, NULL);
    for (size_t i = 0; sb_transcript_format(i, NULL); i++)
        check(data, size, sb_transcript_format(i, NULL));
    return 0;
}
