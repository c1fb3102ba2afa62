/* Matching fingerprints: places where two recordings have the same sound, and what recurs because of them. */
#ifndef SB_FINGERPRINT_FINGERPRINT_H
#define SB_FINGERPRINT_FINGERPRINT_H

#include "soundbite/fingerprint.h"

/* Two recordings have the same sound: codes a_first + i and b_first + i are alike for i < n. */
typedef struct sb_print_match {
    size_t a, b; /* recordings, a < b */
    size_t a_first, b_first, n;
} sb_print_match;

typedef struct sb_print_matches {
    sb_print_match *items;
    size_t n, capacity;
} sb_print_matches;

/* Finds the matches of at least `least` codes between recordings that are at most `within` apart. Returns
 * SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
sb_status sb_print_matches_find(sb_print_matches *out, const sb_fingerprint *recordings, size_t n,
                                size_t least, size_t within, const sb_monitor *monitor, sb_error *err);
void sb_print_matches_finish(sb_print_matches *matches);

/* Codes of one recording that recur as a whole in others. `first` and `end` count codes. */
typedef struct sb_print_part {
    size_t recording, first, end;
    size_t item; /* parts with the same sound have the same item; items count from 0 by their first part */
} sb_print_part;

typedef struct sb_print_parts {
    sb_print_part *items; /* by recording and position */
    size_t n, capacity, n_items;
} sb_print_parts;

/* Cuts the matched passages where any match begins or ends, and unites the parts that are matched. Parts
 * shorter than `least` codes are left out, and so are items in a single recording. Returns SB_ERR_MEMORY. */
sb_status sb_print_parts_of(sb_print_parts *out, const sb_print_matches *matches, size_t least,
                            sb_error *err);
void sb_print_parts_finish(sb_print_parts *parts);

#endif
