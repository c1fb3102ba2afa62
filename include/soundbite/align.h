/* Aligning a transcript to its audio, and reading and writing alignment files. */
#ifndef SOUNDBITE_ALIGN_H
#define SOUNDBITE_ALIGN_H

#include "soundbite/file.h"
#include "soundbite/speech.h"
#include "soundbite/transcript.h"
#include "soundbite/tuning.h"

SB_BEGIN_DECLS

struct sb_media_params;

/* ALIGNED: the time was measured. ESTIMATED: the time was inferred from the words around it. NOT_HEARD: the
 * word is not in the audio and has no time. */
typedef enum sb_word_status { SB_WORD_ALIGNED, SB_WORD_ESTIMATED, SB_WORD_NOT_HEARD } sb_word_status;
/* ALIGNED: the turn was found. PARTLY: only some of its words were. NOT_HEARD: it is not in the audio. */
typedef enum sb_turn_status { SB_TURN_ALIGNED, SB_TURN_PARTLY, SB_TURN_NOT_HEARD } sb_turn_status;
/* Whether the transcript and the audio belong together. MISMATCH needs positive evidence: speech in the
 * language of the text was recognised, but not this text. If there is too little evidence for either, the
 * pairing is UNSURE and the times are based on the timestamps. */
typedef enum sb_pairing { SB_PAIRING_OK, SB_PAIRING_UNSURE, SB_PAIRING_MISMATCH } sb_pairing;
/* How an alignment was made. AUTO is only for parameters. */
typedef enum sb_method { SB_METHOD_AUTO, SB_METHOD_ACOUSTIC, SB_METHOD_ENERGY, SB_METHOD_NONE } sb_method;

/* A doubt about a word that was heard again, see sb_alignment_hear_again. WORD: it was perhaps not said, or
 * another word was. LEFT_OUT: a negation was perhaps said with it that the transcript does not have. */
typedef enum sb_word_doubt { SB_DOUBT_NONE, SB_DOUBT_WORD, SB_DOUBT_LEFT_OUT } sb_word_doubt;

/* A word and its time in the audio. */
typedef struct sb_aligned_word {
    char *text;
    sb_time start, end; /* SB_TIME_NONE if the word was not heard */
    float confidence;   /* from 0 to 1 */
    sb_word_status status;
    sb_word_doubt doubt; /* not in alignment files */
} sb_aligned_word;

/* A turn, or one cue of it, and its time in the audio. `start` and `end` are SB_TIME_NONE if it was not
 * heard. */
typedef struct sb_aligned_turn {
    char *speaker;
    /* BCP 47 tag if it differs from the transcript's language, otherwise NULL. "und" if it seems to differ
     * but the turn is too short to detect its language; such a turn is never used as evidence. */
    char *language;
    sb_time stamp; /* in the transcript; SB_TIME_NONE if it has none */
    bool goes_on;  /* this continues the turn before; see sb_turn */
    sb_time start, end;
    float confidence; /* probability that `start` is correct to within 50 ms */
    sb_turn_status status;
    sb_aligned_word *words;
    size_t n_words;
    sb_event *events;
    size_t n_events;
} sb_aligned_turn;

/* One piece of the time map. For from <= t < until, where t is a transcript time: audio time = t + offset +
 * (t - from) * rate_ppm * 1e-6. */
typedef struct sb_map_piece {
    sb_time from, until; /* SB_TIME_NONE in `until` means to the end */
    sb_time offset;
    double rate_ppm;
} sb_map_piece;

/* A jump of the offset. At transcript time `at`, the audio has `gap` more sound than the transcript (an
 * inserted ad), or less if `gap` is negative (a passage that was cut out). */
typedef struct sb_break {
    sb_time at;
    sb_span audio;
    sb_time gap;
    float confidence; /* a value below 0.5 means uncertain */
} sb_break;

/* Hop of sb_alignment.levels. Those levels are multiples of 2 dB. */
#define SB_OVERVIEW_HOP (100 * SB_TIME_MS)

/* A word that is in no dictionary, without the punctuation around it. */
typedef struct sb_oov_word {
    char *word;
    /* the guessed pronunciation in ARPAbet, such as "Z IH Z IY"; NULL if there is none */
    char *phones;
} sb_oov_word;

/* An alignment: the words of a transcript with their times in the audio. sb_alignment_free frees every
 * pointer in it. */
typedef struct sb_alignment {
    struct {
        char *path;
        char sha256[65];
        char packets[65]; /* hash of the sound without tags, see sb_media_packets; empty if unknown */
        sb_time duration;
        int sample_rate, channels;
        char *codec;
        bool damaged, seek_safe, microphones; /* as found while decoding; see sb_media_report */
        char *damage; /* the first damaged place, as a sentence; NULL if none or unknown */
    } audio;
    struct {
        char *path;
        char sha256[65];
        char *format;
        char *title;
        char *language; /* from the file or the caller, otherwise detected from the text; NULL if unknown */
        char *encoding;
        /* the kind of document that the text came from, such as "docx"; NULL: a plain text file */
        char *container;
        char *source; /* the transcript's text, so that it can be written back */
        size_t source_size;
        sb_time resolution;
    } transcript;
    sb_method method;   /* NONE: made from a transcript alone, with its timestamps as times */
    char *method_note;  /* why this method was used, if it was not the one asked for; otherwise NULL */
    sb_pairing pairing; /* MISMATCH only if `allow_mismatch` was set */
    char *pairing_note; /* why the pairing is not OK, as a sentence; NULL if it is OK */
    sb_map_piece *map;
    size_t n_map;
    sb_break *breaks;
    size_t n_breaks;
    sb_span *speech;
    size_t n_speech;
    sb_aligned_turn *turns;
    size_t n_turns;
    sb_span *unmatched; /* speech that belongs to no turn */
    size_t n_unmatched;
    uint8_t *levels; /* loudest 5 ms of each hop, in the units of SB_LEVEL_DB, for drawing; NULL if unknown */
    size_t n_levels;
    /* The mean energy of each hop, in the units of `levels`: [0] below about 3 kHz, [1] of the pre-emphasised
     * sound. They are used to recognise other encodings of this audio. NULL if unknown. */
    uint8_t *sound[2];
    size_t n_sound;
    sb_oov_word *oov_words; /* each word once, in the order of the text; ACOUSTIC only */
    size_t n_oov_words;
} sb_alignment;

/* How to align. A zeroed struct means the defaults. */
typedef struct sb_align_params {
    sb_method method;    /* AUTO is ACOUSTIC if an acoustic model is installed or given, otherwise ENERGY */
    bool allow_mismatch; /* also align a transcript that does not belong to the audio */
    /* Language of the transcript as a BCP 47 tag ("de", "pt-BR"). NULL uses the language that the transcript
     * gives, or else detects it from the text. */
    const char *language;
    /* Folder of a Sphinx acoustic model, with feat.params and with a dictionary in the folder or beside it.
     * NULL uses the installed model. If it is set, `dictionary` must be read with sb_dictionary_read_for. */
    const char *acoustic_model;
    const sb_monitor *monitor;
    const sb_dictionary *dictionary;     /* takes precedence over the model's dictionary; NULL: none */
    const sb_boundary_weights *boundary; /* NULL uses the built-in weights */
} sb_align_params;

/* Properties of the audio for the alignment's `audio` member. Strings are copied. */
typedef struct sb_align_audio {
    const char *path, *sha256, *codec;
    const char *packets; /* NULL if unknown */
    int sample_rate, channels;
    bool damaged, seek_safe, microphones;
    const char *damage; /* the first damaged place; NULL if none */
} sb_align_audio;

/* Aligns `transcript` to `speech` by energy. The acoustic aligner needs the sound itself, so it is available
 * in sb_alignment_from_file only; unless ENERGY was asked for, the alignment's method_note says so. Pauses
 * cannot prove that a text was not said, so the pairing is OK or UNSURE, never MISMATCH. `audio` and `params`
 * may be NULL. Returns SB_ERR_NO_SPEECH if the audio has no speech; SB_ERR_ARGUMENT if the transcript has no
 * words; SB_ERR_INTERRUPTED; SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_from_speech(sb_alignment **out, const sb_speech *speech,
                                          const sb_transcript *transcript, const sb_align_audio *audio,
                                          const sb_align_params *params, sb_error *err);

/* Decodes `audio_path` once and aligns `transcript` to it by the method in `params`. Damage and other events
 * become notes. `media`, `params` and `notes` may be NULL. Returns the statuses of sb_alignment_from_speech
 * and sb_decoder_open. The acoustic method also returns SB_ERR_MISMATCH if the text was not heard in the
 * audio and `allow_mismatch` is false; SB_ERR_UNSUPPORTED if ACOUSTIC was asked for and no model is
 * installed; SB_ERR_IO, SB_ERR_FORMAT or SB_ERR_UNSUPPORTED if the model's files cannot be used. */
SB_API sb_status sb_alignment_from_file(sb_alignment **out, const char *audio_path,
                                        const sb_transcript *transcript, const struct sb_media_params *media,
                                        const sb_align_params *params, sb_notes *notes, sb_error *err);

/* Decodes `audio_path` once and makes an alignment without a transcript, for cutting by times. It has the
 * speech list, and one turn without words that lasts as long as the file. Its method is ENERGY. `media`,
 * `monitor` and `notes` may be NULL. Returns the statuses of sb_decoder_open, SB_ERR_INTERRUPTED and
 * SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_from_audio(sb_alignment **out, const char *audio_path,
                                         const struct sb_media_params *media, const sb_monitor *monitor,
                                         sb_notes *notes, sb_error *err);

/* Makes an alignment of method NONE from a transcript alone. Each turn lasts from its timestamp to the next
 * one. Words have times only if the transcript has them. Use it to find quotes and export captions without
 * audio. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_from_transcript(sb_alignment **out, const sb_transcript *transcript,
                                              sb_error *err);

SB_API void sb_alignment_free(sb_alignment **alignment);

/* Gives each word the speaker of `layer` whose segments cover most of it. If two speakers cover it equally,
 * the word goes to the one who spoke before. A word outside all segments goes to the speaker of the nearest
 * segment if that is less than 0.5 s away; otherwise its speaker does not change. The layer's times are those
 * of the alignment: of the audio, or of the transcript if the method is NONE. Words without a time are placed
 * between their neighbours. An sb_aligned_turn with words of several speakers is split; only the first part
 * keeps the `stamp`. Consecutive cues of one speaker become one turn. A note gives the number of turns whose
 * speaker's name changed. `notes` may be NULL. Returns SB_ERR_MEMORY; the alignment is then unchanged. */
SB_API sb_status sb_alignment_apply_speakers(sb_alignment *alignment, const sb_speaker_layer *layer,
                                             sb_notes *notes, sb_error *err);

/* How an audio file matches the audio of an alignment. */
typedef enum sb_audio_fit {
    SB_FIT_FILE,    /* the same bytes */
    SB_FIT_PACKETS, /* the same packets of sound; tags or pictures differ */
    SB_FIT_SOUND,   /* another encoding of the same sound, recognised by its energy over time */
    /* the alignment does not say which audio it was made from, or the file is too large to compare */
    SB_FIT_UNKNOWN
} sb_audio_fit;

/* Changes the alignment so that it fits the audio file `path`. Its `audio` member is replaced by the
 * properties of the file. If the sound begins earlier or later in the file, all audio times move by that
 * offset, which is added to `*offset`; a note says so. If the hash of the file differs, its packets are
 * compared; if they differ, the file is decoded. `media` is as in sb_alignment_from_file; `media`, `fit`,
 * `offset` and `notes` may be NULL. Returns SB_ERR_MISMATCH if the file is another episode, or another
 * version of it in which something was inserted, removed, replaced or stretched; the message says where they
 * differ, and the alignment is unchanged. Otherwise the statuses of sb_decoder_open and sb_decoder_read. */
SB_API sb_status sb_alignment_fit(sb_alignment *alignment, sb_audio_fit *fit, sb_time *offset,
                                  const char *path, const struct sb_media_params *media, sb_notes *notes,
                                  sb_error *err);

/* The words from `first_word` of `first_turn` to `last_word` of `last_turn`, including both. */
typedef struct sb_word_span {
    size_t first_turn, first_word, last_turn, last_word;
} sb_word_span;

/* Finds the turn of the word with this index, counted through all turns, and its index in that turn. Returns
 * false if there are fewer words. */
SB_API bool sb_alignment_find_word(size_t *turn, size_t *word, const sb_alignment *alignment, size_t index);

/* Hears words again, to find those that were not said although the transcript has them, and sets their
 * `doubt`. A transcript with a wrong word can be aligned like a right one, because the words around it fit.
 * So each word is compared with its rivals at its place, between its neighbours: no word, the words of the
 * dictionary that fit best (for words of four letters or more), other numbers (for numbers), and the word
 * with or without a negation (for auxiliary verbs).
 *
 * English words with a known pronunciation are judged, if most words around them are ALIGNED and the acoustic
 * model fits the voice. There are no doubts about other words. Does nothing if the method is not ACOUSTIC, if
 * the pairing is not OK, or if there is no model. `audio_path` is the aligned audio; see sb_alignment_fit.
 * `media` and `params` are as in sb_alignment_from_file, and may be NULL; `params` only needs the model, the
 * dictionary and the monitor. Returns the statuses of sb_decoder_open, sb_decoder_seek and the model's files;
 * SB_ERR_INTERRUPTED; SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_hear_again(sb_alignment *alignment, const char *audio_path,
                                         const struct sb_media_params *media, const sb_align_params *params,
                                         const sb_word_span *spans, size_t n_spans, sb_error *err);

/* Whether a text was said at a place. UNKNOWN: that cannot be judged. DOUBTFUL: the sound fits neither answer
 * well. */
typedef enum sb_hearing {
    SB_HEARING_UNKNOWN,
    SB_HEARING_HEARD,
    SB_HEARING_DOUBTFUL,
    SB_HEARING_NOT_HEARD
} sb_hearing;

/* A place in the audio at which a text is listened for. */
typedef struct sb_heard_text {
    sb_word_span words; /* what the transcript has there */
    const char *text;   /* what may have been said there instead; NULL: the words of the transcript */
    sb_hearing hearing; /* the result */
    const char *why;    /* for UNKNOWN, as a sentence without a full stop; not to be freed */
    float fit; /* mean score of a frame of the text's words, in nats: 0 for any sounds, less for words that
                  were not said */
    float advantage; /* of `text`: nats per frame by which it fits better than the transcript's words */
} sb_heard_text;

/* Listens for texts at their places. Only a few seconds around each place are decoded. For a text that
 * differs from the transcript's words, both are compared at the place, between their neighbours. The words of
 * the transcript themselves are compared with their rivals by sb_alignment_hear_again, and their status
 * counts. Only English can be judged. Parameters and statuses are those of sb_alignment_hear_again. */
SB_API sb_status sb_alignment_hear_texts(sb_alignment *alignment, const char *audio_path,
                                         const struct sb_media_params *media, const sb_align_params *params,
                                         sb_heard_text *texts, size_t n, sb_error *err);

/* "heard", "doubtful", "not-heard"; NULL for SB_HEARING_UNKNOWN. */
SB_API const char *sb_hearing_name(sb_hearing hearing);

/* Writes an alignment file; see soundbite-alignment(5). Reading and writing it again gives the same bytes.
 * Returns SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_write(sb_bytes *out, const sb_alignment *alignment, sb_error *err);

/* Reads an alignment file. `path` is for messages and may be NULL. Unknown members are skipped. Returns
 * SB_ERR_FORMAT, with line and column, if the file is malformed or its times are inconsistent;
 * SB_ERR_UNSUPPORTED if a newer version of soundbite wrote it; SB_ERR_MEMORY. */
SB_API sb_status sb_alignment_read(sb_alignment **out, const void *data, size_t size, const char *path,
                                   sb_error *err);

/* Returns true if the bytes begin like an alignment file. */
SB_API bool sb_alignment_sniff(const void *data, size_t size);

/* Returns the index of the first sb_aligned_turn after `first` that has no `goes_on`: the start of the next
 * turn. Returns n_turns if there is none. */
SB_API size_t sb_aligned_turn_end(const sb_alignment *alignment, size_t first);

/* Looks up the "index" that element `row` of `turns` has in the alignment file. In the file, all cues of one
 * turn of a named speaker have one line. Zero the struct first. Looking up all rows in order takes linear
 * time. */
typedef struct sb_turn_index {
    size_t row, index;
} sb_turn_index;
SB_API size_t sb_turn_index_of(sb_turn_index *at, const sb_alignment *alignment, size_t row);

/* Returns the turn's words joined by sb_word_gap. The caller frees the text. Returns NULL if memory runs
 * out. */
SB_API char *sb_aligned_turn_text(const sb_aligned_turn *turn);

/* The names that the alignment file uses, in lower case. Never NULL. */
SB_API const char *sb_word_status_name(sb_word_status status);
SB_API const char *sb_turn_status_name(sb_turn_status status);
SB_API const char *sb_method_name(sb_method method);
SB_API const char *sb_pairing_name(sb_pairing pairing);

SB_END_DECLS

#endif
