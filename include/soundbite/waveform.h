/* Writing waveform overviews for players and editors. */
#ifndef SOUNDBITE_WAVEFORM_H
#define SOUNDBITE_WAVEFORM_H

#include "soundbite/file.h"

SB_BEGIN_DECLS

/* File formats of BBC audiowaveform, version 2 (its doc/DataFormat.md). The channels are mixed to one. Each
 * pixel is the minimum and maximum of a run of samples. */
typedef enum sb_waveform_form {
    SB_WAVEFORM_DAT, /* binary, little-endian */
    SB_WAVEFORM_JSON
} sb_waveform_form;

/* The resolution of an overview. A zeroed struct means the defaults. */
typedef struct sb_waveform_params {
    int samples_per_pixel; /* at least 2; 0 means 256 */
    int bits;              /* size of each number, 8 or 16; 0 means 8 */
} sb_waveform_params;

/* Builds an overview while sound is decoded. */
typedef struct sb_waveform sb_waveform;

/* Begins an overview of sound with this rate in Hz and this number of channels. `params` may be NULL. Returns
 * SB_ERR_ARGUMENT if a value is out of range; SB_ERR_MEMORY. */
SB_API sb_status sb_waveform_create(sb_waveform **out, int sample_rate, int channels,
                                    const sb_waveform_params *params, sb_error *err);
SB_API void sb_waveform_free(sb_waveform **waveform);

/* Adds the next `n_samples` samples of each channel. The block may have any length. Values beyond full scale
 * are clipped. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_waveform_push(sb_waveform *waveform, const float *const *planes, size_t n_samples,
                                  sb_error *err);

/* Appends the overview as a file of this form. An incomplete last run counts as a pixel. Push more sound
 * afterwards only if the last run was complete. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_waveform_write(sb_bytes *out, sb_waveform *waveform, sb_waveform_form form,
                                   sb_error *err);

SB_END_DECLS

#endif
