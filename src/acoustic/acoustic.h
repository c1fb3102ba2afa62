/* The acoustic model of speech: its files, the features of the sound, the scores, the word search, and the
 * adaptation to a voice. */
#ifndef SB_ACOUSTIC_ACOUSTIC_H
#define SB_ACOUSTIC_ACOUSTIC_H

#include "pronounce/pronounce.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "speech/speech.h"

/* The front end of an acoustic model: how cepstra were computed in its training, from its feat.params. */

/* The mel-frequency analysis. It gives 100 frames per second, each with 13 cepstra and their first and
 * second differences. A model with other features is refused. */
typedef struct sb_front_end {
    int sample_rate; /* of the audio, in Hz */
    int n_filters, n_fft, lifter;
    double low_hz, high_hz; /* lower and upper limit of the filters */
    double window_s, pre_emphasis;
    char transform[8]; /* "dct", "legacy" or "htk" */
    bool remove_noise, remove_dc, round_filters, unit_area, double_bandwidth;
} sb_front_end;

/* The front end of pocketsphinx's en-us: 16 kHz, 25 filters from 130 to 6800 Hz. */
const sb_front_end *sb_front_end_default(void);

/* Reads `folder`/feat.params (lines "-option value"; unknown options are ignored). If that does not exist,
 * reads feat_params.json (an object with the same options). Options that are not set have the defaults of
 * sphinxbase, with one exception: a model whose filters end at 4 kHz or below has a default sample rate of
 * 8 kHz. Returns SB_ERR_IO if neither file exists, SB_ERR_FORMAT for an invalid value, SB_ERR_UNSUPPORTED
 * for features that the library cannot compute (the message names them), or SB_ERR_MEMORY. */
sb_status sb_front_end_read(sb_front_end *out, const char *folder, sb_error *err);

/* The features of the acoustic model: 13 mel-frequency cepstra, 100 times per second. */

#define SB_CEPSTRA      13
#define SB_CEPSTRA_RATE 100 /* frames per second; frame i starts at i/100 s */

/* Frames of SB_CEPSTRA numbers each, computed like the model's own front end: without mean subtraction,
 * without dither, and with every frame kept. Unlike there, gain changes nothing but the first cepstrum, by a
 * constant, except in digital silence. 5200 bytes per second. */
typedef struct sb_cepstra {
    float *values;
    size_t n_frames, capacity;
    size_t n_lead; /* frames of digital silence before the first sound; they equal the frame after them */
} sb_cepstra;

typedef struct sb_cepstra_maker sb_cepstra_maker;

/* `front_end` is that of the model; NULL means sb_front_end_default. Returns SB_ERR_UNSUPPORTED if the
 * library was built without acoustic alignment, or SB_ERR_MEMORY. */
sb_status sb_cepstra_maker_create(sb_cepstra_maker **out, const sb_front_end *front_end, sb_error *err);
void sb_cepstra_maker_free(sb_cepstra_maker **maker);

/* Adds the next samples: mono, at the sample rate of the front end, full scale 1, any number. Returns
 * SB_ERR_MEMORY. */
sb_status sb_cepstra_push(sb_cepstra_maker *maker, const float *samples, size_t n_samples, sb_error *err);

/* Ends the sound and returns its frames. The caller frees them with sb_cepstra_finish. Returns
 * SB_ERR_MEMORY. */
sb_status sb_cepstra_end(sb_cepstra_maker *maker, sb_cepstra *out, sb_error *err);
void sb_cepstra_finish(sb_cepstra *cepstra);

/* An acoustic model of the CMU Sphinx family, read from a folder. It has three-state hidden Markov models
 * of triphones, whose states are mixtures of Gaussians. The Gaussians belong to all states
 * (semi-continuous), to the states of a phone (phonetically tied, Digalakis and Murveit 1994), or to one
 * state (continuous). All three kinds are supported. */

#define SB_STATES        3 /* per phone, from left to right */
#define SB_DIFFERENCES   3 /* cepstra, their first and second differences */
#define SB_VECTOR        (SB_DIFFERENCES * SB_CEPSTRA)
#define SB_STREAMS_MAX   3   /* parts of a vector that have their own Gaussians */
#define SB_DENSITIES_MAX 256 /* Gaussians per codebook and stream */
/* Gaussians that are computed together. A codebook is filled up to a multiple of it. */
#define SB_LANES 16

/* Phones of the model in addition to its phone set. The library uses these numbers for them. */
enum { SB_MODEL_SILENCE = SB_PHONES_MAX, SB_MODEL_NOISE, SB_MODEL_BABBLE, SB_MODEL_PHONES };

typedef enum sb_word_position {
    SB_WORD_INSIDE,
    SB_WORD_BEGIN,
    SB_WORD_END,
    SB_WORD_WHOLE /* a word of one phone */
} sb_word_position;

/* Read once, then shared by any number of threads. Logarithms are natural. */
typedef struct sb_acoustic_model {
    /* Of an adapted model: the model that owns everything except the Gaussians; otherwise NULL. */
    const struct sb_acoustic_model *base;
    const sb_phone_set *phones;
    sb_front_end front_end;
    char *dictionary; /* path of the model's dictionary, in CMUdict format with the model's phones, or NULL */
    uint8_t present[SB_MODEL_PHONES]; /* phones that the model has, by the library's number */
    size_t n_present;
    size_t n_codebooks, n_densities; /* n_densities: a multiple of SB_LANES */
    int n_streams;
    /* stream s has dimensions [first_dim[s], first_dim[s + 1]) of a vector */
    int first_dim[SB_STREAMS_MAX + 1];
    float *gaussians; /* codebooks, see sb_codebook */
    float stay[SB_MODEL_PHONES][SB_STATES], leave[SB_MODEL_PHONES][SB_STATES]; /* log probabilities */
    /* senones without context; a filler that the model does not have has those of silence */
    uint16_t plain[SB_MODEL_PHONES][SB_STATES];
    size_t n_senones;
    uint8_t *phone_of;     /* of each senone */
    uint16_t *codebook_of; /* of each senone */
    uint8_t *weights;      /* [senone][stream][density]: index into weight */
    float weight[256];     /* probability */
    struct sb_triphones *triphones;
} sb_acoustic_model;

/* Reads the model in `folder`. Returns SB_ERR_IO if a file is missing, SB_ERR_FORMAT if a file is damaged
 * or does not match the others, SB_ERR_UNSUPPORTED if the kind of model is not supported, or
 * SB_ERR_MEMORY. Not supported are: other features than 13 cepstra with two differences 100 times per
 * second (see sb_front_end), phones without exactly three states, more than 256 Gaussians per mixture,
 * more than 125 phones, and weights packed in clusters. The message names the file. */
sb_status sb_acoustic_model_open(sb_acoustic_model **out, const char *folder, sb_error *err);
void sb_acoustic_model_free(sb_acoustic_model **model);

/* The Gaussians of a codebook. All densities of one dimension are adjacent: exponent = constant - sum of
 * (x - mean)^2 * half_precision. */
typedef struct sb_codebook {
    float *constant;       /* [stream][density] */
    float *mean;           /* [dimension of the vector][density] */
    float *half_precision; /* [dimension of the vector][density] */
} sb_codebook;

/* Memory for the Gaussians of all codebooks, set to zero and aligned to the size of all lanes. The caller
 * frees it. NULL when out of memory. */
float *sb_gaussians_allocate(const sb_acoustic_model *model);
size_t sb_codebook_size(const sb_acoustic_model *model); /* floats per codebook */
sb_codebook sb_codebook_at(const sb_acoustic_model *model, size_t codebook);

/* The senones (tied states) of `phone` between two others; `left` and `right` may be SB_MODEL_SILENCE. If
 * the model does not have this triphone, returns the same triphone at another position in the word, or
 * else the phone without context. */
const uint16_t *sb_triphone_senones(const sb_acoustic_model *model, uint8_t phone, uint8_t left,
                                    uint8_t right, sb_word_position position);

/* Scores: how well each tied state of a model explains a frame. */

/* Converts frames [first, first + n) of the cepstra to vectors of the model: `mean` is subtracted, and
 * first and second differences are added from the surrounding frames (the first and last frames of the
 * file repeat). `out` has room for n vectors. */
void sb_vectors_make(float (*out)[SB_VECTOR], const sb_cepstra *cepstra, const float mean[SB_CEPSTRA],
                     size_t first, size_t n);

/* The mean of frames [first, end) without those of the lead. It contains what is constant in a voice, a room
 * and a microphone (Atal 1974). */
void sb_cepstra_mean(float mean[SB_CEPSTRA], const sb_cepstra *cepstra, size_t first, size_t end);

/* A score is a natural logarithm, relative to the best senone without context. So 0 is the best
 * explanation of the sound without the text; wrong words score far below 0. Each thread needs its own
 * scorer. */
typedef struct sb_scorer sb_scorer;

/* The model must live longer than the scorer. NULL when out of memory. */
sb_scorer *sb_scorer_create(const sb_acoustic_model *model);
void sb_scorer_free(sb_scorer **scorer);
const sb_acoustic_model *sb_scorer_model(const sb_scorer *scorer);

/* Sets the senones that will be scored, in addition to those of phones without context. It replaces the
 * earlier choice. They are scored together, which is faster. Call sb_scorer_begin after it. False when out
 * of memory. */
bool sb_scorer_choose(sb_scorer *scorer, const uint16_t *senones, size_t n);

/* Call it before the first frame of each stretch. The scores of a stretch then do not depend on earlier
 * ones. The vectors must not change until the next call. Every `step`-th vector will be visited; `step` is
 * 1 or even. */
void sb_scorer_begin(sb_scorer *scorer, const float (*vectors)[SB_VECTOR], size_t n_vectors, size_t step);

/* Moves to a vector of the stretch, which must not be before the current one. Returns the reference that
 * scores are relative to. */
float sb_scorer_set_frame(sb_scorer *scorer, size_t vector);

/* Moves to a vector that was visited before, at much lower cost. */
void sb_scorer_revisit(sb_scorer *scorer, size_t vector, float reference);

/* The score of a senone that was chosen. */
float sb_scorer_score(sb_scorer *scorer, uint16_t senone);

/* The vector of the current frame. `density` becomes the density of a stream that explains it best for the
 * senone, with its share. */
const float *sb_scorer_vector(const sb_scorer *scorer);
int sb_scorer_best_density(sb_scorer *scorer, uint16_t senone, int stream, float *share);

/* Adaptation of a model to the voices and the room of a recording: maximum likelihood linear regression of
 * the means (Leggetter and Woodland 1995). */

#define SB_REGRESSORS (SB_CEPSTRA + 1) /* the cepstra and a constant */

/* Sums over frames whose senone is known. Several of them must always be added in the same order, so that
 * results have the same bytes. */
typedef struct sb_adapt_stats {
    double n_frames;
    double inner[SB_DIFFERENCES][SB_CEPSTRA][SB_REGRESSORS][SB_REGRESSORS];
    double outer[SB_DIFFERENCES][SB_CEPSTRA][SB_REGRESSORS];
} sb_adapt_stats;

/* Adds the current frame of the scorer, which belongs to the senone. */
void sb_adapt_add(sb_adapt_stats *stats, sb_scorer *scorer, uint16_t senone);
void sb_adapt_sum(sb_adapt_stats *stats, const sb_adapt_stats *more);

/* Minimum seconds of speech for an adaptation. */
#define SB_ADAPT_SECONDS_LEAST 20

/* A copy of the model in which the means of all speech phones are moved by one linear map for the cepstra
 * and one for each order of differences. `model` must live longer than the copy. Returns SB_ERR_MEMORY. */
sb_status sb_acoustic_model_adapt(sb_acoustic_model **out, const sb_acoustic_model *model,
                                  const sb_adapt_stats *stats, sb_error *err);

/* The installed acoustic model: pocketsphinx's en-us. */

/* NULL if words of `language` can be aligned (a BCP 47 tag such as "en-GB"; NULL means English). Otherwise
 * the reason, as text that follows "placed by energy: ". */
const char *sb_acoustic_model_missing(const char *language);

/* The folder of the model. */
const char *sb_acoustic_model_folder(void);

/* The model's dictionary in CMUdict format, or NULL if it is not installed. */
const char *sb_acoustic_model_dictionary(void);

/* Pronunciations of the words of a text in the phones of a model. */

/* For a model with the phones of CMUdict, uses the rules of sb_lexicon and the dictionary of the model, or
 * else the installed one. For a model with other phones, uses only the dictionary of the model.
 * `languages` are those of the words, see sb_lexicon_params. `user` is the user's dictionary in the phones
 * of the model (sb_dictionary_read_for), or NULL. Returns SB_ERR_IO or SB_ERR_FORMAT if the model's
 * dictionary is missing or has other phones, SB_ERR_ARGUMENT if the user's dictionary has other phones, or
 * SB_ERR_MEMORY. */
sb_status sb_model_lexicon_make(sb_lexicon *out, const sb_acoustic_model *model, const char *const *words,
                                const char *const *languages, size_t n_words, const sb_dictionary *user,
                                sb_error *err);

/* A network of triphones for a row of words. Every word may have any of its pronunciations or may be
 * skipped. Between words there may be silence, noise and speech that is not in the text. */

/* Natural logarithms of probabilities, or values that act as such. 0 means the default. */
typedef struct sb_network_prices {
    float skip;            /* a word is skipped; -12 */
    float skip_next;       /* the word after a skipped word is skipped too; -12 */
    float silence;         /* silence continues between words; -1.6 */
    float noise;           /* noise continues; -6 */
    float unwritten;       /* speech without text starts; -25 */
    float unwritten_frame; /* ... and continues for a frame, relative to the best phone; -4.5 */
    float beam;            /* the search drops states this far below the best state of a frame; 250 */
} sb_network_prices;

#define SB_NO_WORD   UINT32_MAX
#define SB_NO_SENONE UINT16_MAX /* of speech without text */

/* The source of an arc into a node: the end of another node, or a place between words. */
typedef struct sb_network_arc {
    int32_t from; /* a node, or -1 - place */
    float price;
} sb_network_arc;

/* A phone. `word` is an index into the row. */
typedef struct sb_network_node {
    uint16_t senones[SB_STATES];
    uint8_t phone;
    uint8_t way;
    bool begins; /* its word */
    uint32_t word;
    uint32_t first_arc, n_arcs;
} sb_network_node;

/* A likely start of a word. The word gains `nats` if it starts at frame `at`, less if it starts farther away,
 * and nothing SB_START_REACH frames away. */
typedef struct sb_likely_start {
    float at, nats;
} sb_likely_start;

#define SB_START_REACH 30

/* Place i is before word i; the last place is after all words. It is reached from the nodes that end
 * there, and from the previous place by skipping the word between. */
typedef struct sb_network_place {
    uint32_t first_end, n_ends; /* of `ends` */
} sb_network_place;

typedef struct sb_network {
    sb_network_node *nodes;
    size_t n_nodes, nodes_capacity;
    sb_network_arc *arcs;
    size_t n_arcs, arcs_capacity;
    uint32_t *ends;
    size_t n_ends, ends_capacity;
    sb_network_place *places; /* n_words + 1 */
    size_t n_words;
    sb_network_prices prices;
    const sb_likely_start *starts; /* of each word; NULL unknown */
    const float
        *word_frame; /* of each frame that is searched: nats that a word gains by being said there; NULL 0 */
} sb_network;

/* `words` are lexemes of `lexicon`, each with at least one pronunciation. False when out of memory. */
bool sb_network_make(sb_network *out, const sb_acoustic_model *model, const sb_lexicon *lexicon,
                     const uint32_t *words, size_t n_words, const sb_network_prices *prices);
void sb_network_finish(sb_network *network);

/* Finds where some seconds of sound are in a long text, without any prior knowledge of the place: local
 * alignment of phones (Smith and Waterman 1981), as used for genomes. */

/* A text as one row of phones. Each word has its most likely pronunciation, and a place for a pause after
 * it. */
typedef struct sb_phone_text {
    uint8_t *phone; /* SB_MODEL_SILENCE is the pause after a word */
    uint32_t *word;
    float *begins; /* 0 where a match may start (at the start of a word), otherwise impossible */
    size_t n;
    size_t *first; /* n_words + 1: first phone of each word */
    size_t n_words;
} sb_phone_text;

/* Words without a pronunciation are left out. False when out of memory. */
bool sb_phone_text_make(sb_phone_text *out, const sb_lexicon *lexicon);

/* A decoy: the first words of the lexicon with their phones in reverse order. They were not said, so their
 * scores show what is chance (Elias and Gygi 2007 use this for peptides). False when out of memory. */
bool sb_phone_decoy_make(sb_phone_text *out, const sb_lexicon *lexicon);
void sb_phone_text_finish(sb_phone_text *text);

/* Words [first, end) of a text. It uses the memory of `text` and must not be finished. */
sb_phone_text sb_phone_text_part(const sb_phone_text *text, size_t first, size_t end);

#define SB_MATCH_STEP 2 /* frames of cepstra per row of a match: 20 ms */

/* How well each phone explains each row of a window, that is every SB_MATCH_STEP-th vector. `out` has
 * (n_vectors + 1) / SB_MATCH_STEP rows. */
void sb_phone_scores(float (*out)[SB_MODEL_PHONES], sb_scorer *scorer, const float (*vectors)[SB_VECTOR],
                     size_t n_vectors);

typedef struct sb_word_place {
    uint32_t word;
    int32_t start, end; /* rows of the window */
} sb_word_place;

/* The best match: words in order, and the evidence in nats that they were said there and not something
 * else. `chance` is the evidence that at most one in a hundred searches of a text of this length finds
 * without any truth. */
typedef struct sb_phone_match {
    float score, chance;
    sb_word_place *words;
    size_t n_words, capacity;
} sb_phone_match;

/* Searches rows [0, n_rows) for the text. `out` is overwritten and may be reused. It has no words if there
 * is no evidence. False when out of memory. */
bool sb_phone_match_find(sb_phone_match *out, const sb_phone_text *text, const sb_phone_text *decoy,
                         const float (*scores)[SB_MODEL_PHONES], size_t n_rows);
void sb_phone_match_finish(sb_phone_match *match);

/* The most likely path through a network of words for a stretch of sound (Viterbi 1967; token passing
 * after Rabiner 1989). */

/* A stretch of frames [start, end) on the best path: a word of the row, or SB_NO_WORD between words.
 * Between words, `phone` is silence, noise, or SB_MODEL_BABBLE for speech that is not in the text. */
typedef struct sb_heard {
    uint32_t word;
    uint8_t way;
    uint8_t phone;
    int32_t start, end;
    float score; /* mean of its frames, see sb_scorer; 0 for speech without text */
    float worst; /* mean of the phone with the worst fit */
} sb_heard;

typedef struct sb_heard_list {
    sb_heard *items;
    size_t n_items, capacity;
} sb_heard_list;

/* Memory limit of a search, in cells of two bytes. A longer search is refused. */
#define SB_SEARCH_CELLS_MAX ((size_t)48 << 20)

/* Searches `n_frames` vectors. Frames of words that were found are added to `stats`, unless that is NULL.
 * The list is empty if no path leads from the first frame to the last. `out` is overwritten and may be
 * reused. Returns SB_ERR_LIMIT or SB_ERR_MEMORY. */
sb_status sb_word_search(sb_heard_list *out, sb_scorer *scorer, const sb_network *network,
                         const float (*vectors)[SB_VECTOR], size_t n_frames, sb_adapt_stats *stats,
                         sb_error *err);
void sb_heard_list_finish(sb_heard_list *list);

#endif
