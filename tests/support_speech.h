/* People who read from a book, from the package pocketsphinx-testdata, and the model that hears them. */
#ifndef SUPPORT_SPEECH_H
#define SUPPORT_SPEECH_H

#include "acoustic/senones.h"
#include "align/features.h"
#include "pronounce/lexicon.h"

typedef struct speech_reading {
    const char *file, *text;
} speech_reading;

#define SPEECH_READINGS 5
extern const speech_reading speech_readings[SPEECH_READINGS];

/* False, and says that the test is skipped, where there is no model or no recordings. */
bool speech_has_model(void);
bool speech_has_readings(void);

/* What follows fails the test where it fails. */
sb_acoustic_model *speech_model(void);
sb_features speech_features(const char *path);

/* Of words parted by blanks. */
sb_lexicon speech_lexicon(const char *text);

/* The frames of the cepstra as the model wants them; the caller frees. */
float (*speech_vectors(const sb_cepstra *cepstra))[SB_VECTOR];

/* Writes all readings one after the other as one WAV file, each as often as `times`; their text, which the caller frees. */
char *speech_write_all(const char *path, int times);

#endif
