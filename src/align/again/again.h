/* Hearing words again that are quoted: was this word said there, another one, or none? */
#ifndef SB_ALIGN_AGAIN_AGAIN_H
#define SB_ALIGN_AGAIN_AGAIN_H

#include "acoustic/acoustic.h"
#include "align/align.h"
#include "alignment/alignment.h"
#include "pronounce/pronounce.h"
#include "soundbite/align.h"

/* Rivals of a word: the words of the model's dictionary that fit the sound at its place best. */

typedef struct sb_rival_word {
    uint32_t first;   /* of its phones */
    uint8_t n_phones, /* at least 1 */
        n_shared;     /* phones with which the word before begins too */
} sb_rival_word;

/* Sorted by their phones. */
typedef struct sb_rival_words {
    sb_phone *phones;
    sb_rival_word *words;
    size_t n_words;
} sb_rival_words;

/* Reads all pronunciations of a dictionary. There are none if it is in the phones of another model. Returns
 * SB_ERR_IO, SB_ERR_LIMIT or SB_ERR_MEMORY. */
sb_status sb_rival_words_read(sb_rival_words *out, const sb_acoustic_model *model, sb_error *err);
void sb_rival_words_finish(sb_rival_words *rivals);

#define SB_RIVALS_MOST 12

/* Vectors [first, end) of some sound. */
typedef struct sb_vector_range {
    size_t first, end;
} sb_vector_range;

/* Finds the best rivals for a stretch of `n_vectors` vectors, whose edges may be wrong by some frames. `out`
 * refers to the phones of the rivals. Sets their number. Returns false if memory runs out. */
bool sb_rivals_find(sb_spoken_way out[SB_RIVALS_MOST], size_t *n, const sb_rival_words *rivals,
                    sb_scorer *scorer, const float (*vectors)[SB_VECTOR], size_t n_vectors,
                    sb_vector_range stretch);

/* A slot: a word between its neighbours, and the sound of all of them. */

#define SB_SLOT_REACH 2 /* neighbours on each side */

typedef struct sb_slot {
    const sb_lexeme *before[SB_SLOT_REACH], *after[SB_SLOT_REACH];
    size_t n_before, n_after;
    const float (*vectors)[SB_VECTOR];
    size_t n_vectors;
} sb_slot;

#define SB_SLOT_WORDS_MOST 16 /* words between the neighbours */

#define SB_SLOT_EDGE (50 * SB_TIME_MS)    /* of sound outside the outermost word */
#define SB_SLOT_MOST (8 * SB_TIME_SECOND) /* a longer one has words in wrong places */

/* Returns true if the words are neighbours in the sound too. */
bool sb_words_adjoin(const sb_aligned_word *before, const sb_aligned_word *after);

/* How well words fit. */
typedef struct sb_slot_heard {
    bool heard;            /* false: the sound is too short for the words */
    double score;          /* nats of the whole slot, relative to the best phones without context */
    double fit, other_fit; /* mean score of a frame: of the words, of their neighbours; see sb_scorer */
    float length_z;        /* of the word said fastest, see sb_word_length_z */
    sb_vector_range words; /* that all of them take */
} sb_slot_heard;

/* Hears the slot with `word` in it, which must be said in one of its ways; with NULL, with no word in it.
 * Returns SB_ERR_MEMORY. */
sb_status sb_slot_hear(sb_slot_heard *out, const sb_slot *slot, const sb_lexeme *word, sb_scorer *scorer);

/* Does the same with at most SB_SLOT_WORDS_MOST words. */
sb_status sb_slot_hear_words(sb_slot_heard *out, const sb_slot *slot, const sb_lexeme *const *words,
                             size_t n_words, sb_scorer *scorer);

/* The evidence for a word against what may have been said instead of it. */

typedef struct sb_slot_word {
    const sb_lexeme *lexeme;
    bool is_content;          /* words of the dictionary are rivals */
    const sb_lexeme *numbers; /* other numbers, as ways of one lexeme; NULL: none */
    /* the word with a negation, or a negated word without it, as ways of one lexeme; NULL: none */
    const sb_lexeme *opposite;
} sb_slot_word;

/* For each rival: nats by which the slot fits better with it. -INFINITY if it was not heard. */
typedef struct sb_slot_evidence {
    sb_slot_heard said;
    double nothing, number, opposite, other;
} sb_slot_evidence;

/* Returns SB_ERR_MEMORY. */
sb_status sb_slot_weigh(sb_slot_evidence *out, const sb_slot *slot, const sb_slot_word *word,
                        const sb_rival_words *rivals, sb_scorer *scorer);

/* What is known about the words around. */
typedef struct sb_slot_around {
    double voice_fit;    /* mean fit of other words of the voice */
    size_t n, n_aligned; /* words within three on each side, and of these the ALIGNED ones */
    bool beside_aligned; /* a word next to it is ALIGNED */
    size_t n_in_slot;    /* neighbours that were heard with it: those with a pronunciation */
    bool is_negation;    /* the word itself */
} sb_slot_around;

/* Voices that the model fits badly are not judged. There is a doubt if `strength`, the evidence against the
 * word relative to what is needed, is more than 1. */
sb_word_doubt sb_slot_doubt(const sb_slot_evidence *evidence, const sb_slot_around *around, double *strength);

/* Sets the hearing and the advantage of a text from how well its words and those of the transcript fit the
 * same slot. */
void sb_text_judge(sb_heard_text *out, const sb_slot_heard *asked, const sb_slot_heard *said);

/* Sets the hearing of a text that is the transcript's own words, after sb_alignment_hear_again. */
void sb_text_judge_own(sb_heard_text *out, const sb_alignment *alignment);

/* Texts of English words that may have been said instead of a word. */

#define SB_RIVAL_TEXTS_MOST 64

typedef struct sb_rival_texts {
    bool is_content, is_negation;
    /* Other numbers, then the word with a negation or without it; "is-not" are two words. The caller frees
     * the texts. */
    char *items[SB_RIVAL_TEXTS_MOST];
    size_t n_numbers, n_opposites;
} sb_rival_texts;

/* `next` is the next word of the turn, or NULL. Returns false if memory runs out; free the texts even
 * then. */
bool sb_rival_texts_find(sb_rival_texts *out, const char *word, const char *next);
void sb_rival_texts_finish(sb_rival_texts *texts);

/* The words that are heard again, with the words around them. */

/* A word of the text. */
typedef struct sb_text_word {
    sb_aligned_word *word;
    const char *language;
    size_t turn;
    bool asked;
    uint32_t lexeme; /* SB_NO_LEXEME: it is in no slot */
} sb_text_word;

#define SB_NO_LEXEME UINT32_MAX

/* A word that is heard again. Its slot has the words [first, end) of the text. */
typedef struct sb_again_word {
    size_t at, first, end;
    sb_span sound; /* of the slot */
    sb_rival_texts texts;
    sb_lexeme numbers, opposite; /* their pronunciations */
    sb_slot_evidence evidence;
    sb_word_doubt doubt;
    double strength;
} sb_again_word;

typedef struct sb_again_text {
    sb_text_word *text;
    size_t n_text;
    sb_again_word *words;
    size_t n_words;
    sb_lexicon lexicon; /* of the words in slots, then of the texts of rivals */
} sb_again_text;

/* Lists the words of the spans that can be judged. Removes earlier doubts of all words. Returns
 * SB_ERR_MEMORY. */
sb_status sb_again_text_list(sb_again_text *out, const sb_alignment *alignment, const sb_word_span *spans,
                             size_t n_spans, sb_error *err);

/* Sets the lexemes of all words in slots, and those of the rivals. Returns the statuses of
 * sb_model_lexicon_make. */
sb_status sb_again_text_pronounce(sb_again_text *text, const sb_acoustic_model *model,
                                  const sb_dictionary *user, sb_error *err);
void sb_again_text_finish(sb_again_text *text);

/* The sound around the slots, without the rest of a long file. */

typedef struct sb_sound_piece {
    sb_span span;
    sb_features features; /* from the beginning of the span */
} sb_sound_piece;

#define SB_PIECE_MARGIN (3 * SB_TIME_SECOND) /* on each side of a slot, for the mean of the voice */

typedef struct sb_sound_pieces {
    sb_sound_piece *items;
    size_t n_items;
} sb_sound_pieces;

/* Plans pieces for `spans`, in any order. Returns SB_ERR_MEMORY. */
sb_status sb_sound_pieces_plan(sb_sound_pieces *out, const sb_span *spans, size_t n_spans, sb_error *err);

/* Decodes them. `seek_safe` is as in sb_decoder_seek. Returns the statuses of sb_decoder_open and
 * sb_decoder_seek. */
sb_status sb_sound_pieces_decode(sb_sound_pieces *pieces, const char *path,
                                 const struct sb_media_params *media, bool seek_safe,
                                 const sb_front_end *front_end, sb_error *err);
const sb_sound_piece *sb_sound_piece_of(const sb_sound_pieces *pieces, sb_span span);

/* The vectors of a span that was planned. The caller frees them. `*n` is 0 if the sound has ended before.
 * Returns NULL if memory runs out. */
float (*sb_sound_vectors(const sb_sound_pieces *pieces, sb_span sound, size_t *n))[SB_VECTOR];
void sb_sound_pieces_finish(sb_sound_pieces *pieces);

/* The model, and the sound of all places that are heard: read once for everything that is asked. */

typedef struct sb_ear {
    sb_alignment *alignment;
    const sb_align_params *params; /* not NULL */
    sb_span *sounds;               /* that are wanted */
    size_t n_sounds;
    sb_acoustic_model *model;
    sb_sound_pieces pieces;
} sb_ear;

/* Call it before sb_ear_open. Returns false if memory runs out. */
bool sb_ear_want(sb_ear *ear, sb_span sound);

/* Opens the model and decodes the sounds that are wanted. Returns the statuses of sb_acoustic_model_open and
 * sb_sound_pieces_decode. */
sb_status sb_ear_open(sb_ear *ear, const char *path, const struct sb_media_params *media, sb_error *err);
void sb_ear_finish(sb_ear *ear);

/* The user's dictionary; NULL: there is none in the phones of the model. */
const sb_dictionary *sb_ear_dictionary(const sb_ear *ear);

/* Calls `work` for 0 ... n - 1 in several threads. Returns its first failure, or SB_ERR_INTERRUPTED. */
typedef sb_status sb_ear_work(void *user, size_t index, sb_scorer *scorer);
sb_status sb_ear_share(sb_ear *ear, size_t n, sb_ear_work *work, void *user, sb_error *err);

/* Judging the words of the transcript. */
typedef struct sb_own_words {
    sb_ear *ear;
    sb_again_text text;
    sb_rival_words rivals;
} sb_own_words;

/* Lists the words of the spans, and wants their sounds. Returns SB_ERR_MEMORY. */
sb_status sb_own_words_list(sb_own_words *out, sb_ear *ear, const sb_word_span *spans, size_t n_spans,
                            sb_error *err);

/* Sets their doubts. Returns the statuses of sb_rival_words_read, sb_again_text_pronounce and
 * sb_ear_share. */
sb_status sb_own_words_hear(sb_own_words *own, sb_error *err);
void sb_own_words_finish(sb_own_words *own);

#endif
