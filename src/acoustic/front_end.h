/* How an acoustic model's sound was turned into cepstra when it was trained, as its feat.params says. */
#ifndef SB_ACOUSTIC_FRONT_END_H
#define SB_ACOUSTIC_FRONT_END_H

#include "soundbite/status.h"

/* The mel-frequency analysis. Frames come 100 times a second and have 13 cepstra with first and second differences; a
 * model that wants other features is refused. */
typedef struct sb_front_end {
    int sample_rate; /* Hz, of the sound */
    int n_filters, n_fft, lifter;
    double low_hz, high_hz; /* of the filters */
    double window_s, pre_emphasis;
    char transform[8]; /* "dct", "legacy" or "htk" */
    bool remove_noise, remove_dc, round_filters, unit_area, double_bandwidth;
} sb_front_end;

/* That of pocketsphinx's en-us: 16 kHz, 25 filters from 130 to 6800 Hz. */
const sb_front_end *sb_front_end_default(void);

/* Reads `folder`/feat.params (lines "-option value", options that are not of the front end are passed over) or, where there is none,
 * feat_params.json (an object of the same options). What neither sets has the value that sphinxbase gives it, but a model whose filters
 * end at 4 kHz or below is taken to be of 8 kHz. SB_ERR_IO where there is neither file; SB_ERR_FORMAT for a value that is none;
 * SB_ERR_UNSUPPORTED for features that are not computed here, named in the message; SB_ERR_MEMORY. */
sb_status sb_front_end_read(sb_front_end *out, const char *folder, sb_error *err);

#endif
