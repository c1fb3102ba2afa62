/* Pronunciation: dictionaries, languages, and phonemes from espeak-ng. */
#ifndef SB_PRONOUNCE_PRONOUNCE_H
#define SB_PRONOUNCE_PRONOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "soundbite/status.h"
#include "soundbite/tuning.h"

/* Phone sets: American English as in CMUdict (ARPAbet without stress) or those of another acoustic model.
 * Also the phone classes that the boundary model uses. */

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

/* Adds a phone. `ipa` gives its class. If `ipa` is NULL, the class comes from the name: an ARPAbet name, or
 * else its first letter as IPA. Returns false if the set is full, if the name is too long, or if the set
 * already has it. */
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

/* Appends the phones in `names` ("T UW") to out[*n]. Returns false if `room` is exceeded. */
bool sb_phones_add(const char *names, sb_phone *out, size_t *n, size_t room);

/* Pronouncing dictionaries in CMUdict format; see soundbite/tuning.h. */

/* Reads the dictionary of an acoustic model. Invalid lines are skipped and words have no accents. Returns
 * SB_ERR_IO; SB_ERR_LIMIT above 64 MB; SB_ERR_MEMORY. */
sb_status sb_dictionary_open(sb_dictionary **out, const char *path, sb_error *err);

/* Does the same for a dictionary in other phones; NULL: those of CMUdict. Also returns SB_ERR_FORMAT if no
 * word is written in phones of the set. */
sb_status sb_dictionary_open_in(sb_dictionary **out, const char *path, const sb_phone_set *phones,
                                sb_error *err);

/* Does the same as sb_dictionary_read, for other phones. */
sb_status sb_dictionary_read_in(sb_dictionary **out, const void *data, size_t size, const char *path,
                                const sb_phone_set *phones, sb_error *err);

/* Returns the phones that its pronunciations use. */
const sb_phone_set *sb_dictionary_phones(const sb_dictionary *dictionary);

/* Writes the phones of pronunciation number `way` (from 0, in file order) of a folded word. Returns their
 * number, or 0 if there is no such pronunciation or it has more than `room` phones. */
size_t sb_dictionary_find(const sb_dictionary *dictionary, const char *word, size_t way, sb_phone *out,
                          size_t room);

/* The pronunciations in file order: their number, and the phones of one of them. sb_dictionary_at returns the
 * number of phones, or 0 if they are invalid or more than `room`. */
size_t sb_dictionary_size(const sb_dictionary *dictionary);
size_t sb_dictionary_at(const sb_dictionary *dictionary, size_t index, sb_phone *out, size_t room);

/* Pronunciations of written words: from a dictionary, by rules for numbers and abbreviations, and by
 * guessing. */

/* One pronunciation in phones. A written word may be several spoken words ("1995"). */
typedef struct sb_spoken_way {
    sb_phone *phones;
    size_t n_phones;
} sb_spoken_way;

/* Limits for the pronunciations of a word and the phones of each. A longer pronunciation is left out. */
#define SB_WAYS_MAX       12
#define SB_WAY_PHONES_MAX 160

/* A written word in a language, stored once for all its occurrences. `n_ways` is 0 if it is pure punctuation
 * or no pronunciation is known. The most likely pronunciation is first. */
typedef struct sb_lexeme {
    char *text;
    const char *language; /* as the caller gave it; NULL: English */
    sb_spoken_way *ways;
    size_t n_ways;
    bool guessed; /* an English word whose pronunciation is partly guessed from its spelling */
} sb_lexeme;

typedef struct sb_lexicon {
    sb_lexeme *lexemes; /* in the order of their first occurrence */
    size_t n_lexemes;
    uint32_t *lexeme_of; /* for each given word, an index into `lexemes` */
    size_t n_words;
} sb_lexicon;

typedef struct sb_lexicon_params {
    /* a file in CMUdict format, in any order; NULL: none. See sb_acoustic_model_dictionary */
    const char *dictionary;
    const sb_dictionary *model; /* that file, already read; NULL: it is read */
    const sb_dictionary *user;  /* takes precedence; NULL: none */
    /* BCP 47 tag of each word; NULL, or NULL for a word: English. Must outlive the lexicon. */
    const char *const *languages;
} sb_lexicon_params;

/* Makes a lexicon of `words` as the transcript writes them, with punctuation. Returns SB_ERR_IO if the
 * dictionary file cannot be read; SB_ERR_MEMORY. */
sb_status sb_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                          const sb_lexicon_params *params, sb_error *err);

/* Makes a decoy: the same words with reversed phones. They were not said, so their scores are chance scores.
 * Texts and languages are those of `lexicon`, which must outlive it. Returns SB_ERR_MEMORY. */
sb_status sb_lexicon_reverse(sb_lexicon *out, const sb_lexicon *lexicon, sb_error *err);
void sb_lexicon_finish(sb_lexicon *lexicon);

/* Adds a pronunciation unless the lexeme has it or is full. `ways` has room for SB_WAYS_MAX. Returns false if
 * memory runs out. */
bool sb_lexeme_add_way(sb_lexeme *lexeme, const sb_phone *phones, size_t n);

struct sb_hash_index;

/* Returns the index of the lexeme of `word`, and adds one without pronunciations if the word is new. Equal
 * spellings of one language share a lexeme. `index` has room for all words. Returns UINT32_MAX if memory runs
 * out. */
uint32_t sb_lexicon_add(sb_lexicon *lexicon, const struct sb_hash_index *index, const char *word,
                        const char *language);

/* Returns the names of the phones, such as "T UW", for reports. The caller frees it. Returns NULL if memory
 * runs out. */
char *sb_spoken_way_text(const sb_spoken_way *way);

/* Pronunciations from dictionaries alone, for languages and phones without rules. */

typedef struct sb_dictionary_lexicon_params {
    const sb_dictionary *dictionary; /* of the model */
    const sb_dictionary *user;       /* takes precedence; in the same phones; NULL: none */
} sb_dictionary_lexicon_params;

/* Does the same as sb_lexicon_make, but a word that is in no dictionary has no pronunciation, unless it
 * consists of words that are in a dictionary. Words are split after an apostrophe ("l'|homme") and at a
 * hyphen ("dit|-il"). They are compared without case, first with accents and then without. Returns
 * SB_ERR_MEMORY. */
sb_status sb_dictionary_lexicon_make(sb_lexicon *out, const char *const *words, size_t n_words,
                                     const sb_dictionary_lexicon_params *params, sb_error *err);

/* Converting IPA to phones of the acoustic model. */

/* A row of ipa_to_arpabet.tsv, from which the build generates C. `second` is empty if there is only one
 * nearest phone. */
typedef struct sb_ipa_symbol {
    const char *symbol; /* NULL ends the table */
    const char *phones, *second;
} sb_ipa_symbol;

extern const sb_ipa_symbol sb_ipa_symbols[];

/* A word as symbols of the IPA, rows of sb_ipa_symbols in spoken order. */
#define SB_IPA_WORD_MAX 120
typedef struct sb_ipa_word {
    uint8_t rows[SB_IPA_WORD_MAX];
    size_t n;
} sb_ipa_word;

/* Appends the symbols of `ipa`. Returns false if there are more than SB_IPA_WORD_MAX. '_', blanks and "(en)"
 * separate symbols. Stress, length, tones and unknown symbols are skipped, unless the table has a symbol with
 * them. */
bool sb_ipa_read(const char *ipa, sb_ipa_word *out);

/* The pronunciations of a word with ambiguous symbols. Each of its first SB_IPA_CHOICES different ambiguous
 * symbols has one of its two sounds, the same one everywhere in the word. All other symbols have their first
 * sound. */
#define SB_IPA_CHOICES 3
#define SB_IPA_WAYS    (1 << SB_IPA_CHOICES)

/* Returns the number of ways of `word`. Way 0 has all first choices. */
size_t sb_ipa_word_ways(const sb_ipa_word *word);

/* Writes the phones of one way, at most `room`. Returns their number, or 0 if there are more. */
size_t sb_ipa_word_say(const sb_ipa_word *word, size_t way, sb_phone *out, size_t room);

/* Detecting the language of each part of a text from its letters. */

/* Size of the longest tag that is returned, such as "en", "pt" or "zh", with its NUL. */
#define SB_LANGUAGE_SIZE 16
typedef struct sb_language {
    char tag[SB_LANGUAGE_SIZE]; /* "" if unknown */
} sb_language;

typedef enum sb_language_surety {
    SB_LANGUAGE_UNTOLD, /* the part is too short to detect its language; the main language is assumed */
    SB_LANGUAGE_TOLD,   /* detected from its letters */
    /* the part seems to be in another language, but the evidence is weak or the script differs */
    SB_LANGUAGE_DOUBTFUL,
} sb_language_surety;

/* Detects the languages of `texts`, the turns of one transcript. `*main_language` is that of most of the
 * text, `out[i]` that of part i. The classifier compares letter n-grams (Cavnar and Trenkle 1994). A single
 * sentence is little evidence, so a part has another language only if it is long enough and clearly nearer to
 * that language, and if enough of the transcript is in that language. A part in the script of such a language
 * has that language too. `surety` has one entry per part and may be NULL. `known` is the main language if it
 * is given; NULL detects it. Tags are empty if the text is too short or the classifier's data is not
 * installed. Returns SB_ERR_MEMORY. */
sb_status sb_languages_find(sb_language *main_language, sb_language *out, sb_language_surety *surety,
                            const char *const *texts, size_t n_texts, const char *known, sb_error *err);

/* Pronunciations from spelling, in every language of espeak-ng. */

/* Gives the phonemes of words. espeak-ng keeps its voice in global variables, so a speller holds a lock from
 * create to free. Create it late, free it early, and never have two in one thread. */
typedef struct sb_speller sb_speller;

/* Sets `*out` to NULL, without an error, if this build or system has no espeak-ng. Returns SB_ERR_MEMORY. */
sb_status sb_speller_create(sb_speller **out, sb_error *err);
void sb_speller_free(sb_speller **speller);

/* Returns true if there is a voice for `language`, a BCP 47 tag ("de", "pt-BR", "zh-Hant"). */
bool sb_speller_speaks(sb_speller *speller, const char *language);

/* Reads `n` words of running text in one language, in UTF-8 with their punctuation. Each word is read in its
 * context: French "les amis" with its liaison, and "y" as a word instead of a letter. Numbers are read in the
 * language. A word gets no symbols if there is no voice, if nothing is to be said, if the reading of a
 * character is unknown (Han characters in Japanese), if it or its neighbour is pronounced as a part of the
 * other, or in Japanese if `n` is not 1. No word is read if all words together, with a blank after each, are
 * longer than SB_ROW_BYTES_MAX. Returns SB_ERR_MEMORY. */
#define SB_ROW_BYTES_MAX 150
sb_status sb_speller_read(sb_speller *speller, const char *language, const char *const *words, size_t n,
                          sb_ipa_word *out, sb_error *err);

/* Readings of words in running text. */

/* Maximum number of readings that are stored for one word. */
#define SB_CONTEXTS_MAX 4

/* How a word is read between its neighbours, the most frequent reading first. */
typedef struct sb_context_readings {
    sb_ipa_word *words;
    uint32_t n_times[SB_CONTEXTS_MAX];
    size_t n;
} sb_context_readings;

/* Reads the words of `lexicon` in their order. `out` has one zeroed element per lexeme; the elements of
 * English words are not changed. `words` and `languages` are those that the lexicon is made of; see
 * sb_lexicon_params. Returns SB_ERR_MEMORY. */
sb_status sb_context_readings_find(sb_context_readings *out, sb_speller *speller, const sb_lexicon *lexicon,
                                   const char *const *words, const char *const *languages, sb_error *err);
void sb_context_readings_free(sb_context_readings *readings, size_t n);

/* Returns true for the tag of English, and for NULL. */
bool sb_language_is_english(const char *language);

/* The script that a text is written in. */

/* Almost no language mixes the first three scripts; all other scripts count as one. */
typedef enum sb_writing_script {
    SB_SCRIPT_NONE, /* no letters */
    SB_SCRIPT_LATIN,
    SB_SCRIPT_GREEK,
    SB_SCRIPT_CYRILLIC,
    SB_SCRIPT_OTHER,
    SB_SCRIPTS
} sb_writing_script;

/* The script of most letters of some texts in UTF-8. */
sb_writing_script sb_script_of(const char *const *texts, size_t n_texts);

#endif
