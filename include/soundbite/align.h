/* The transcript laid onto the audio: the hinge of everything else. */
#ifndef SOUNDBITE_ALIGN_H
#define SOUNDBITE_ALIGN_H

#include "soundbite/file.h"
#include "soundbite/speech.h"
#include "soundbite/transcript.h"
#include "soundbite/tuning.h"

typedef enum sb_word_status { SB_WORD_ALIGNED, SB_WORD_ESTIMATED, SB_WORD_NOT_HEARD } sb_word_status;
typedef enum sb_turn_status { SB_TURN_ALIGNED, SB_TURN_PARTLY, SB_TURN_NOT_HEARD } sb_turn_status;
/* Whether transcript and audio belong together. MISMATCH takes positive evidence: speech in the language of the text was heard,
 * and the text was not in it. With too little evidence for either answer it is UNSURE, and the times rest on the timestamps. */
typedef enum sb_pairing { SB_PAIRING_OK, SB_PAIRING_UNSURE, SB_PAIRING_MISMATCH } sb_pairing;
typedef enum sb_method { SB_METHOD_AUTO, SB_METHOD_ACOUSTIC, SB_METHOD_ENERGY, SB_METHOD_NONE } sb_method;

typedef struct sb_aligned_word {
    char *text;
    sb_time start, end; /* SB_TIME_NONE where it was not heard */
    float confidence;   /* 0 ... 1 */
    sb_word_status status;
} sb_aligned_word;

typedef struct sb_aligned_turn {
    char *speaker;
    char *
        language; /* BCP 47, where it is not the transcript's; "und" where it does not seem to be, and could not be told; NULL it is */
    sb_time stamp;
    sb_time start, end;
    float confidence; /* that `start` is right to 50 ms */
    sb_turn_status status;
    sb_aligned_word *words;
    size_t n_words;
    sb_event *events;
    size_t n_events;
} sb_aligned_turn;

/* Audio time = transcript time + offset + (transcript time - from) * rate_ppm * 1e-6, for from <= time < until. */
typedef struct sb_map_piece {
    sb_time from, until; /* SB_TIME_NONE in `until`: to the end */
    sb_time offset;
    double rate_ppm;
} sb_map_piece;

/* A jump of the offset: at transcript time `at` the audio has `gap` more (an ad) or less (a passage cut out). */
typedef struct sb_break {
    sb_time at;
    sb_span audio;
    sb_time gap;
    float confidence; /* under 0.5: reported as uncertain */
} sb_break;

/* The hop of sb_alignment.levels, which are multiples of 2 dB. */
#define SB_OVERVIEW_HOP (100 * SB_TIME_MS)

/* A word that stands in no dictionary, as written but for the punctuation around it. */
typedef struct sb_guess {
    char *word;
    char *phones; /* as it was taken to be said, in ARPAbet: "Z IH Z IY"; NULL where nobody knows how */
} sb_guess;

/* An alignment. sb_alignment_free frees every pointer in it. */
typedef struct sb_alignment {
    struct {
        char *path;
        char sha256[65];
        sb_time duration;
        int sample_rate, channels;
        char *codec;
        bool damaged, seek_safe; /* as the decode pass found it */
        char *damage;            /* the first place of it, as a sentence; NULL where none or not known */
    } audio;
    struct {
        char *path;
        char sha256[65];
        char *format;
        char *title;
        char *language; /* as the file or the caller says, else as found from the text; NULL unknown */
        char *encoding;
        char *source; /* the transcript itself, so that it can be written back */
        size_t source_size;
        sb_time resolution;
    } transcript;
    sb_method method;   /* SB_METHOD_NONE: made from a transcript alone, times are its stamps */
    char *method_note;  /* why it is this method, where that was not asked for; NULL nothing to say */
    sb_pairing pairing; /* MISMATCH only with allow_mismatch */
    char *pairing_note; /* why it is not OK, as a sentence; NULL if it is */
    sb_map_piece *map;
    size_t n_map;
    sb_break *breaks;
    size_t n_breaks;
    sb_span *speech;
    size_t n_speech;
    sb_aligned_turn *turns;
    size_t n_turns;
    sb_span *unmatched; /* speech that no turn explains */
    size_t n_unmatched;
    uint8_t *levels; /* for pictures: the loudest 5 ms of each hop, in SB_LEVEL_DB; NULL unknown */
    size_t n_levels;
    sb_guess *guesses; /* each once, in the order of the text; only by ACOUSTIC */
    size_t n_guesses;
} sb_alignment;

typedef struct sb_align_params {
    sb_method method;    /* AUTO is ACOUSTIC if an acoustic model is installed or named, else ENERGY */
    bool allow_mismatch; /* align a transcript that does not belong to the audio, too */
    const char *
        language; /* of the transcript, BCP 47 ("de", "pt-BR"); NULL: what it says itself, else found from the text */
    const char *
        acoustic_model; /* folder of a Sphinx model to use, with its feat.params and, in or beside it, its dictionary; NULL: the one
                                   installed. `dictionary` must then be read by sb_dictionary_read_for */
    const sb_monitor *monitor;
    const sb_dictionary *dictionary;     /* whose words go before those of the model's; NULL none */
    const sb_boundary_weights *boundary; /* of the boundary model; NULL those built in */
} sb_align_params;

/* What was decoded, for the alignment's `audio` object; strings are copied. */
typedef struct sb_align_audio {
    const char *path, *sha256, *codec;
    int sample_rate, channels;
    bool damaged, seek_safe;
    const char *damage; /* the first place of it; NULL none */
} sb_align_audio;

/* Aligns `transcript` to `speech` by energy. The acoustic aligner needs the sound itself, which sb_align_file has; here the
 * alignment's method_note says so unless ENERGY was asked for. Pauses cannot tell that a text was not said, so the pairing is OK or
 * UNSURE, never MISMATCH. `audio` and `params` may be NULL. SB_ERR_NO_SPEECH,
 * SB_ERR_ARGUMENT (no words), SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
SB_API sb_status sb_align(sb_alignment **out, const sb_speech *speech, const sb_transcript *transcript,
                          const sb_align_audio *audio, const sb_align_params *params, sb_error *err);

/* Decodes `audio_path` once, analyses it and aligns, by the method of `params`. Damage and other events become notes. As sb_align
 * and sb_decoder_open. Also, by ACOUSTIC alone: SB_ERR_MISMATCH if the text was not heard in the audio and that is not allowed,
 * SB_ERR_UNSUPPORTED if ACOUSTIC was asked for and no model is installed, and the errors of the model's files (SB_ERR_IO,
 * SB_ERR_FORMAT, SB_ERR_UNSUPPORTED). `media` may be NULL. */
struct sb_media_params;
SB_API sb_status sb_align_file(sb_alignment **out, const char *audio_path, const sb_transcript *transcript,
                               const struct sb_media_params *media, const sb_align_params *params,
                               sb_notes *notes, sb_error *err);

/* A transcript seen as an alignment of method NONE: turns run from their stamp to the next, words have no times but
 * those of the transcript. What `find` and `export` use where no audio is at hand. SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_from_transcript(sb_alignment **out, const sb_transcript *transcript,
                                              sb_error *err);

SB_API void sb_alignment_free(sb_alignment **alignment);

/* The alignment file, soundbite-alignment(5). Writing is byte-stable: read and written again it is the same.
 * SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_write(sb_bytes *out, const sb_alignment *alignment, sb_error *err);

/* SB_ERR_FORMAT with line and column, also for times that make no sense; SB_ERR_UNSUPPORTED for a file made by a newer
 * soundbite; SB_ERR_MEMORY. `path` is for messages and may be NULL. Unknown members are skipped. */
SB_API sb_status sb_alignment_read(sb_alignment **out, const void *data, size_t size, const char *path,
                                   sb_error *err);

/* True where the bytes begin as an alignment file does. */
SB_API bool sb_alignment_sniff(const void *data, size_t size);

/* The turn's words joined by sb_word_gap; the caller frees. NULL when out of memory. */
SB_API char *sb_aligned_turn_text(const sb_aligned_turn *turn);

SB_API const char *sb_word_status_name(sb_word_status status);
SB_API const char *sb_turn_status_name(sb_turn_status status);
SB_API const char *sb_method_name(sb_method method);
SB_API const char *sb_pairing_name(sb_pairing pairing);

#endif
