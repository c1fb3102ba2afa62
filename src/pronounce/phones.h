/* Phone sets: American English as in CMUdict (ARPAbet without stress) or those of another acoustic model.
 * Also the phone classes that the boundary model uses. */
#ifndef SB_PRONOUNCE_PHONES_H
#define SB_PRONOUNCE_PHONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SB_N_PHONES   39  /* in ARPAbet */
#define SB_PHONES_MAX 125 /* in any set */
#define SB_PHONE_NAME 16  /* largest size of a name with its NUL */

/* A phone is an index into its set. For ARPAbet, this is the alphabetical list AA AE ... ZH. */
typedef uint8_t sb_phone;
#define SB_PHONE_NONE 255

/* The phones of one acoustic model. A set is plain memory and may be copied. */
typedef struct sb_phone_set {
    size_t n;
    bool arpabet; /* the 39 phones of CMUdict in their order; stress digits after a name are ignored */
    char name[SB_PHONES_MAX][SB_PHONE_NAME];
    char phone_class[SB_PHONES_MAX]; /* see sb_phone_class */
} sb_phone_set;

/* The built-in set. */
const sb_phone_set *sb_phones_arpabet(void);

/* Adds a phone. `ipa` gives its class. If it is NULL, the name does: an ARPAbet name, or else its first
 * letter, read as IPA. Returns false if the set is full, the name is too long or the set has it already. */
bool sb_phone_set_add(sb_phone_set *set, const char *name, const char *ipa);

/* Returns true if both sets have the same names in the same order. */
bool sb_phone_set_same(const sb_phone_set *a, const sb_phone_set *b);

/* Returns the phone whose name is the first `size` bytes, or SB_PHONE_NONE. */
sb_phone sb_phone_set_find(const sb_phone_set *set, const char *name, size_t size);

/* Returns the class of a phone: V vowel, S stop, F voiceless fricative or affricate (and HH), Z voiced
 * fricative or affricate, N nasal, L liquid or glide. */
char sb_phone_set_class(const sb_phone_set *set, sb_phone phone);

/* The class of silence and fillers. */
#define SB_CLASS_SILENCE '_'

/* Returns the average duration, in seconds, of a phone of the class in read speech. Durations are compared
 * with it. */
double sb_class_seconds(char phone_class);

/* Do the same for the built-in set. */
const char *sb_phone_name(sb_phone phone);
sb_phone sb_phone_find(const char *name, size_t size);
char sb_phone_class(sb_phone phone);
double sb_phone_seconds(sb_phone phone);

/* Appends the phones in `names` ("T UW") to out[*n]. Returns false if `room` is exceeded. */
bool sb_phones_add(const char *names, sb_phone *out, size_t *n, size_t room);

#endif
