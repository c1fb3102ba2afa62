/* What the rest of the library needs of the aligners: features from one decode pass, and hearing the words
 * of a clip again. */
#ifndef SB_ALIGN_ALIGN_H
#define SB_ALIGN_ALIGN_H

#include "acoustic/acoustic.h"
#include "soundbite/align.h"
#include "soundbite/status.h"
#include "speech/speech.h"

/* The text in pieces short enough for forced alignment, cut where words are known to lie and a pause parts them. */

typedef struct sb_word_range {
    size_t first, end;
} sb_word_range;

/* The words in `own` are to be placed by this chunk; all those in `heard` are listened for in `sound`, so that the words in question have
 * neighbours where the edge of the sound is not sure. Where text and sound have come apart (an advertisement, a passage cut out) both have a
 * second part, and what lies between the parts is passed over; else the second is empty. Words count through the whole text. */
typedef struct sb_chunk {
    sb_word_range own;
    sb_word_range heard[2];
    sb_span sound[2];
    bool join; /* text and sound have come apart in it: many words may be missing */
    sb_span
        known[2]; /* of a join: where its own voices speak for sure, of each part; empty where it has none */
} sb_chunk;

typedef struct sb_chunks {
    sb_chunk *items;
    size_t n_items;
} sb_chunks;

#define SB_CHUNK_SECONDS_MAX 60
#define SB_CHUNK_WORDS_MAX   400

typedef struct sb_chunk_plan {
    const sb_alignment *alignment; /* with a place for most words, to a second or so */
    const bool *skip;              /* one a turn: not listened for */
    const bool *anchored;          /* one a word: its place is known to 100 ms; NULL none */
    sb_time context;               /* heard besides at edges that are not sure; 0: 2.5 s */
} sb_chunk_plan;

/* Plans chunks as near as may be to 14 s, none of them over the limits above. Own ranges do not overlap. SB_ERR_MEMORY. */
sb_status sb_chunks_plan(sb_chunks *out, const sb_chunk_plan *plan, sb_error *err);
void sb_chunks_finish(sb_chunks *chunks);

/* What the acoustic aligner keeps of the sound: made in the one decode pass, so that the sound itself need not stay. */

/* From the file's time zero on: cepstra of mono at the model's rate, band levels of 16 kHz mono. */
typedef struct sb_features {
    sb_cepstra cepstra;
    sb_band_levels levels;
} sb_features;

/* Makes the features on a thread of its own, if there are two cores and more than a second of sound. */
typedef struct sb_features_maker sb_features_maker;

/* `front_end` is that of the model that will hear; NULL: sb_front_end_default. SB_ERR_UNSUPPORTED in a build without the code that computes
 * it or for a rate that cannot be reached, SB_ERR_MEMORY. */
sb_status sb_features_maker_create(sb_features_maker **out, int sample_rate, int channels,
                                   const sb_front_end *front_end, sb_error *err);
void sb_features_maker_free(sb_features_maker **maker);

/* All channels are heard at equal shares, but one of them alone for as long as the mix cancels it. SB_ERR_MEMORY. */
sb_status sb_features_push(sb_features_maker *maker, const float *const *planes, size_t n_samples,
                           sb_error *err);

/* SB_ERR_MEMORY. */
sb_status sb_features_end(sb_features_maker *maker, sb_features *out, sb_error *err);
void sb_features_finish(sb_features *features);

/* One alignment from all that the decode pass gave. */

/* NULL if the acoustic model is to be used; else why not, as a sentence, or "" if it was not asked for. */
const char *sb_align_without_model(const sb_align_params *params);

/* sb_alignment_from_speech with the features that the acoustic model needs; NULL aligns by energy, for the reason `why` (NULL none to tell). */
sb_status sb_align_features(sb_alignment **out, const sb_speech *speech, const sb_features *features,
                            const char *why, const sb_transcript *transcript, const sb_align_audio *audio,
                            const sb_align_params *params, sb_error *err);

/* Sound as the listeners hear it: one channel, at 16 kHz or at the rate that an acoustic model wants. */

#define SB_MONO_HZ 16000

typedef struct sb_mono_maker sb_mono_maker;

/* Makes mono of `mono_hz` samples a second. SB_ERR_MEMORY, SB_ERR_UNSUPPORTED (a rate that cannot be reached). */
sb_status sb_mono_maker_create(sb_mono_maker **out, int sample_rate, int channels, int mono_hz,
                               sb_error *err);
void sb_mono_maker_free(sb_mono_maker **maker);

/* Called with every block of the result; ends the work by its first failure. */
typedef sb_status (*sb_mono_take)(void *user, const float *mono, size_t n, sb_error *err);

/* A sound that grows. Free `samples`. */
typedef struct sb_mono_sound {
    float *samples;
    size_t n, capacity;
} sb_mono_sound;

/* An sb_mono_take that appends to an sb_mono_sound. Returns SB_ERR_MEMORY. */
sb_status sb_mono_keep(void *sound, const float *mono, size_t n, sb_error *err);

/* All channels are heard at equal shares, but one of them alone for as long as the mix cancels it. SB_ERR_MEMORY. */
sb_status sb_mono_push(sb_mono_maker *maker, const float *const *planes, size_t n_samples, sb_mono_take take,
                       void *user, sb_error *err);

/* What the resampler holds back. */
sb_status sb_mono_end(sb_mono_maker *maker, sb_mono_take take, void *user, sb_error *err);

/* A clip heard again on its own: whether the words that were asked for are in it, whole, and no part of another's. */

/* What the clips of one alignment share: the model, how their words are said, the level of the room. */
typedef struct sb_rehearer sb_rehearer;

/* `asked` are the words that will be asked for, as they count through the whole text. The alignment must outlive it. `model` and
 * `dictionary` are as sb_align_params has them, so that the clip is judged by what judged the recording; NULL the model installed, and
 * none. Without a model only the sound is judged. A dictionary in the phones of another model is passed over. SB_ERR_IO, SB_ERR_FORMAT
 * and SB_ERR_UNSUPPORTED (the model's files), SB_ERR_MEMORY. */
sb_status sb_rehearer_create(sb_rehearer **out, const sb_alignment *alignment, const sb_word_range *asked,
                             size_t n_asked, const char *model, const sb_dictionary *dictionary,
                             sb_error *err);
void sb_rehearer_free(sb_rehearer **rehearer);

#define SB_REHEAR_CONTEXT (3 * SB_TIME_SECOND / 2) /* of the source outside each edge of the cut */
#define SB_REHEAR_OVERLAP SB_TIME_SECOND           /* and inside */

/* Sound of the source round one edge of the cut, SB_MONO_HZ; `cut` is the sample of it at which the clip begins, or ends. */
typedef struct sb_edge_sound {
    const float *samples;
    size_t n, cut;
} sb_edge_sound;

typedef struct sb_rehear_sound {
    const float *clip; /* decoded from the file, SB_MONO_HZ */
    size_t n_clip;
    sb_edge_sound start, end;
    sb_span span; /* of the cut, in the source */
} sb_rehear_sound;

typedef struct sb_reheard_edge {
    sb_time moved; /* of the file's sound against the cut; SB_TIME_NONE: it is not the source's sound */
    sb_time
        lost; /* sound of the outermost word that lies outside the clip; SB_TIME_NONE: the word was not heard */
    bool before_pause; /* what is lost runs on across the edge and ends in quiet */
    sb_time foreign; /* sound inside the clip that is a neighbour's, or runs on across the edge; as `lost` */
    bool runs_on;    /* sound as loud as speech lies on both sides of the edge */
    double level_db; /* the outermost 20 ms of the file over the room; NaN unknown */
} sb_reheard_edge;

typedef struct sb_reheard {
    bool acoustic; /* else, as of most words in no dictionary, nothing is known of words */
    size_t n_asked,
        n_heard; /* words that can be said, and those that were heard and that the alignment does not deny */
    sb_reheard_edge start, end;
} sb_reheard;

/* Nothing of this goes by the times that the alignment gives the words asked for: they serve to tell which words lie around them, to
 * a tenth of a second. May be called by several threads at once. SB_ERR_MEMORY. */
sb_status sb_rehear(sb_reheard *out, const sb_rehearer *rehearer, const sb_rehear_sound *sound,
                    sb_word_range asked, sb_error *err);

#endif
