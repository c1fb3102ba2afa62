/* Recorded readings of a book, from the package pocketsphinx-testdata, and the acoustic model for them. */
#ifndef SUPPORT_SPEECH_H
#define SUPPORT_SPEECH_H

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "pronounce/pronounce.h"

typedef struct speech_reading {
    const char *file, *text;
} speech_reading;

#define SPEECH_READINGS 5
extern const speech_reading speech_readings[SPEECH_READINGS];

/* Skip the test if the model, or the model or the recordings, are missing. */
void speech_need_model(void);
void speech_need_readings(void);

/* The functions below fail the test if they fail. */
sb_bytes speech_model_file(const char *name);
sb_acoustic_model *speech_model(void);
sb_features speech_features(const char *path);

/* Makes a lexicon of words separated by blanks. */
sb_lexicon speech_lexicon(const char *text);

/* Returns the frames of the cepstra in the model's form. The caller frees them. */
float (*speech_vectors(const sb_cepstra *cepstra))[SB_VECTOR];

/* Writes all readings one after the other as one WAV file, each `times` times. Returns their text, which the
 * caller frees. */
char *speech_write_all(const char *path, int times);

#endif
