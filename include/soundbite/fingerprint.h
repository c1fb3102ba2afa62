/* Fingerprints of sound, and passages that recur in several recordings: intros, outros, jingles and ads. */
#ifndef SOUNDBITE_FINGERPRINT_H
#define SOUNDBITE_FINGERPRINT_H

#include "soundbite/media.h"

SB_BEGIN_DECLS

/* A fingerprint of Chromaprint (algorithm 2): one code of 32 bits for each hop. The code of hop i describes
 * the sound from i * hop on for `reach`. Codes of the same sound differ in few bits, even if level and
 * encoding differ. A zeroed struct is a fingerprint of no sound. */
typedef struct sb_fingerprint {
    uint32_t *codes;
    size_t n_codes;
    sb_time hop, reach;
} sb_fingerprint;

SB_API void sb_fingerprint_finish(sb_fingerprint *fingerprint);

/* Makes a fingerprint while sound is decoded. */
typedef struct sb_fingerprinter sb_fingerprinter;

/* Begins a fingerprint of sound with this rate in Hz and this number of channels, which are mixed to one.
 * Returns SB_ERR_ARGUMENT if a value is out of range; SB_ERR_UNSUPPORTED if this build lacks Chromaprint;
 * SB_ERR_MEMORY. */
SB_API sb_status sb_fingerprinter_create(sb_fingerprinter **out, int sample_rate, int channels,
                                         sb_error *err);
SB_API void sb_fingerprinter_free(sb_fingerprinter **fingerprinter);

/* Adds the next `n_samples` samples of each channel. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_fingerprinter_push(sb_fingerprinter *fingerprinter, const float *const *planes,
                                       size_t n_samples, sb_error *err);

/* Ends the fingerprint; nothing may be pushed afterwards. Sound of less than about 3 s gives no codes.
 * Returns SB_ERR_MEMORY. */
SB_API sb_status sb_fingerprinter_end(sb_fingerprinter *fingerprinter, sb_fingerprint *out, sb_error *err);

/* Makes the fingerprint of a file. `params` may be NULL. Returns the statuses of sb_decoder_open,
 * sb_decoder_read and sb_fingerprinter_create. */
SB_API sb_status sb_fingerprint_file(sb_fingerprint *out, const char *path, const sb_media_params *params,
                                     sb_error *err);

/* How to search for recurring passages. A zeroed struct means the defaults. */
typedef struct sb_recurrence_params {
    sb_time least; /* the shortest passage; less than 3 s counts as 3 s; 0 means 4 s */
    /* Each recording is compared with this many before it; 0 means 100. Passages of recordings further apart
     * are still united if recordings between them have the passage too. */
    size_t within;
    const sb_monitor *monitor;
} sb_recurrence_params;

/* Where a passage occurs. Both edges are accurate to about half a second. */
typedef struct sb_recurrence_place {
    size_t recording; /* index of the fingerprint */
    sb_time start, end;
} sb_recurrence_place;

/* A passage that occurs in at least two recordings, in their order. It can occur several times in one of
 * them. */
typedef struct sb_recurrence {
    sb_recurrence_place *places;
    size_t n_places;
} sb_recurrence;

typedef struct sb_recurrences {
    sb_recurrence *items; /* in the order of their first places */
    size_t n_items;
} sb_recurrences;

/* Finds the passages that occur in several of `n` recordings. Each must have been made with the same `hop`.
 * Where one passage contains another (an intro that is followed by the same ad in some episodes only), each
 * part becomes a passage of its own. Only the same recording recurs: speech that is said again is not found.
 * Codes that are equal lead to a place, and the place is extended while the codes differ little, as in
 * Haitsma and Kalker, A Highly Robust Audio Fingerprinting System (ISMIR 2002), with the stopping rule of
 * Altschul et al., Basic Local Alignment Search Tool (1990). Uses 8 bytes for each code of `within`
 * recordings. Returns SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
SB_API sb_status sb_recurrences_find(sb_recurrences *out, const sb_fingerprint *recordings, size_t n,
                                     const sb_recurrence_params *params, sb_error *err);
SB_API void sb_recurrences_finish(sb_recurrences *recurrences);

SB_END_DECLS

#endif
