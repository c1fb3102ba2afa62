/* The waveform of a file in few numbers, as players and editors draw it. */
#ifndef SOUNDBITE_WAVEFORM_H
#define SOUNDBITE_WAVEFORM_H

#include "soundbite/file.h"

SB_BEGIN_DECLS

/* The formats of BBC audiowaveform, version 2 (its doc/DataFormat.md): the channels mixed to one, and of each run of samples
 * the least and the greatest. */
typedef enum sb_waveform_form {
    SB_WAVEFORM_DAT, /* binary, little-endian */
    SB_WAVEFORM_JSON
} sb_waveform_form;

typedef struct sb_waveform_params {
    int samples_per_pixel; /* 2 or more; 0 is 256 */
    int bits;              /* of each number, 8 or 16; 0 is 8 */
} sb_waveform_params;

typedef struct sb_waveform sb_waveform;

/* Begins with sound of this rate and number of channels. `params` may be NULL. SB_ERR_MEMORY, SB_ERR_ARGUMENT. */
SB_API sb_status sb_waveform_create(sb_waveform **out, int sample_rate, int channels,
                                    const sb_waveform_params *params, sb_error *err);
SB_API void sb_waveform_free(sb_waveform **waveform);

/* Takes the next samples of every channel, in order, any number; what is beyond full scale is held there. SB_ERR_MEMORY. */
SB_API sb_status sb_waveform_push(sb_waveform *waveform, const float *const *planes, size_t n_samples,
                                  sb_error *err);

/* Appends the file; a last run that is not full is a pixel too. More may be pushed afterwards only where it was full.
 * SB_ERR_MEMORY. */
SB_API sb_status sb_waveform_write(sb_bytes *out, sb_waveform *waveform, sb_waveform_form form,
                                   sb_error *err);

SB_END_DECLS

#endif
