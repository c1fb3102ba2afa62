/* Phones and sets of them: those of American English as CMUdict writes them (ARPAbet without stress), and those of another
 * acoustic model; and the classes that boundaries go by. */
#ifndef SB_PRONOUNCE_PHONES_H
#define SB_PRONOUNCE_PHONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SB_N_PHONES   39  /* of ARPAbet */
#define SB_PHONES_MAX 125 /* of any set */
#define SB_PHONE_NAME 16  /* bytes of a name with its NUL, at most */

/* A phone is its index into its set; for ARPAbet that is the alphabetic list AA AE ... ZH. */
typedef uint8_t sb_phone;
#define SB_PHONE_NONE 255

/* The phones of one acoustic model. A set is plain memory and may be copied. */
typedef struct sb_phone_set {
    size_t n;
    bool arpabet; /* the 39 phones of CMUdict, in their order; stress digits after a name are passed over */
    char name[SB_PHONES_MAX][SB_PHONE_NAME];
    char phone_class[SB_PHONES_MAX]; /* see sb_phone_class */
} sb_phone_set;

/* The built-in set. */
const sb_phone_set *sb_phones_arpabet(void);

/* Adds a phone. `ipa` tells its class; where that is NULL, the name does: an ARPAbet name, else its first letter, read as in the IPA. False where
 * the set is full, the name is too long or the set has it. */
bool sb_phone_set_add(sb_phone_set *set, const char *name, const char *ipa);

/* True of sets with the same names in the same order. */
bool sb_phone_set_same(const sb_phone_set *a, const sb_phone_set *b);

/* The phone of the set that is named by the first `size` bytes; SB_PHONE_NONE where there is none of that name. */
sb_phone sb_phone_set_find(const sb_phone_set *set, const char *name, size_t size);

/* The class of a phone of the set: V vowel, S stop, F voiceless fricative or affricate (and HH), Z voiced fricative or affricate, N nasal,
 * L liquid or glide. */
char sb_phone_set_class(const sb_phone_set *set, sb_phone phone);

/* The class of no phone: silence, or a filler. */
#define SB_CLASS_SILENCE '_'

/* Seconds that a phone of the class lasts on the average in read speech; what durations are compared with. */
double sb_class_seconds(char phone_class);

/* The same of the built-in set. */
const char *sb_phone_name(sb_phone phone);
sb_phone sb_phone_find(const char *name, size_t size);
char sb_phone_class(sb_phone phone);
double sb_phone_seconds(sb_phone phone);

/* Appends the phones named in `names` ("T UW") to out[*n]. False where `room` ends. */
bool sb_phones_add(const char *names, sb_phone *out, size_t *n, size_t room);

#endif
