/* The phones of American English as CMUdict writes them (ARPAbet without stress), and the classes that boundaries go by. */
#ifndef SB_PRONOUNCE_PHONES_H
#define SB_PRONOUNCE_PHONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SB_N_PHONES 39

/* A phone is its index into the alphabetic list AA AE ... ZH. */
typedef uint8_t sb_phone;
#define SB_PHONE_NONE 255

const char *sb_phone_name(sb_phone phone);

/* The phone named by the first `size` bytes, in upper case; a stress digit at its end is passed over. SB_PHONE_NONE where
 * there is none of that name. */
sb_phone sb_phone_find(const char *name, size_t size);

/* Appends the phones named in `names` ("T UW") to out[*n]. False where `room` ends. */
bool sb_phones_add(const char *names, sb_phone *out, size_t *n, size_t room);

/* V vowel, S stop, F voiceless fricative or HH CH, Z voiced fricative or JH DH, N nasal, L liquid or glide. */
char sb_phone_class(sb_phone phone);

/* The class of no phone: silence, or a filler. */
#define SB_CLASS_SILENCE '_'

/* Seconds that the phone lasts on the average in read speech, by class; what durations are compared with. */
double sb_phone_seconds(sb_phone phone);

#endif
