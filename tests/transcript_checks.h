/* What holds for every transcript that was read, whatever its bytes were. For the fuzz targets and the tests
 * of properties. */
#ifndef TRANSCRIPT_CHECKS_H
#define TRANSCRIPT_CHECKS_H

#include "soundbite/status.h"
#include "soundbite/transcript.h"

/* Reads any bytes and checks the result: an error of the right status with its reason, or turns that are
 * consistent and can be written back. `format` NULL: detected. Sets `*out` to the transcript, or NULL if it
 * was refused; pass NULL to free it. Returns NULL, or a static text that says what does not hold. */
const char *transcript_check(sb_transcript **out, const void *data, size_t size, const char *format);

#endif
