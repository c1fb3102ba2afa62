/* Voices: recognising a speaker of one episode in another. */
#ifndef SOUNDBITE_VOICE_H
#define SOUNDBITE_VOICE_H

#include "soundbite/align.h"
#include "soundbite/fingerprint.h"

SB_BEGIN_DECLS

#define SB_VOICE_SIZE    12
#define SB_VOICE_NUMBERS (SB_VOICE_SIZE * (SB_VOICE_SIZE + 1) / 2)

/* How a speaker sounds in one episode: the covariance of the mel-frequency cepstra 1 to 12 over the speaker's
 * aligned words. Level and a fixed filter, such as that of a microphone, do not change it. */
typedef struct sb_voice {
    sb_time heard;                      /* the length of the words */
    float covariance[SB_VOICE_NUMBERS]; /* the lower triangle, row by row */
} sb_voice;

/* The fingerprint and the voices of an episode's audio. sb_recording_finish frees it. */
typedef struct sb_recording {
    sb_fingerprint print; /* empty if this build lacks Chromaprint, or if the audio is very short */
    /* One per speaker with a name in the alignment and at least 8 s of aligned words, in the order of their
     * first turns. Empty if this build has no acoustic alignment. */
    struct sb_named_voice {
        char *speaker;
        sb_voice voice;
    } * voices;
    size_t n_voices;
} sb_recording;

/* Makes the fingerprint and the voices of a file, which is decoded once. `alignment` must belong to it.
 * `params` may be NULL. Returns the statuses of sb_decoder_open and sb_decoder_read. */
SB_API sb_status sb_recording_hear(sb_recording *out, const char *audio, const sb_alignment *alignment,
                                   const sb_media_params *params, sb_error *err);
SB_API void sb_recording_finish(sb_recording *recording);

/* How different two voices are: the arithmetic-harmonic sphericity of Bimbot and Magrin-Chagnolleau,
 * Second-order statistical measures for text-independent speaker identification (Speech Communication 17,
 * 1995). 0 if they are equal; see SB_VOICE_SAME. */
SB_API double sb_voice_distance(const sb_voice *a, const sb_voice *b);

/* Recordings of one speaker are nearer than this, those of different speakers are not; see
 * docs/alignment.md. */
#define SB_VOICE_SAME 0.2

/* The answer of sb_voice_recognise. */
typedef struct sb_voice_guess {
    bool is_sure; /* nearer than SB_VOICE_SAME, and clearly nearer than any other speaker */
    size_t best;  /* index of the nearest known voice */
    double distance,
        other; /* of the nearest voice, and of the nearest one of another speaker; infinity: none */
} sb_voice_guess;

/* Compares a voice with `n` known ones. `speakers[i]` tells whose voice `known[i]` is: equal numbers are one
 * speaker. */
SB_API void sb_voice_recognise(sb_voice_guess *out, const sb_voice *voice, const sb_voice *known,
                               const size_t *speakers, size_t n);

SB_END_DECLS

#endif
