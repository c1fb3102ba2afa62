/* The acoustic model of speech: its files, features of the sound, scores, the word search, adaptation to a
 * voice, and the model of word boundaries. */
#ifndef SB_ACOUSTIC_ACOUSTIC_H
#define SB_ACOUSTIC_ACOUSTIC_H

#include "pronounce/pronounce.h"
#include "soundbite/status.h"
#include "soundbite/time.h"
#include "soundbite/tuning.h"
#include "speech/speech.h"

/* How an acoustic model's sound was turned into cepstra when it was trained, as its feat.params says. */

/* The mel-frequency analysis. Frames come 100 times a second and have 13 cepstra with first and second differences; a
 * model that wants other features is refused. */
typedef struct sb_front_end {
    int sample_rate; /* Hz, of the sound */
    int n_filters, n_fft, lifter;
    double low_hz, high_hz; /* of the filters */
    double window_s, pre_emphasis;
    char transform[8]; /* "dct", "legacy" or "htk" */
    bool remove_noise, remove_dc, round_filters, unit_area, double_bandwidth;
} sb_front_end;

/* That of pocketsphinx's en-us: 16 kHz, 25 filters from 130 to 6800 Hz. */
const sb_front_end *sb_front_end_default(void);

/* Reads `folder`/feat.params (lines "-option value", options that are not of the front end are passed over) or, where there is none,
 * feat_params.json (an object of the same options). What neither sets has the value that sphinxbase gives it, but a model whose filters
 * end at 4 kHz or below is taken to be of 8 kHz. SB_ERR_IO where there is neither file; SB_ERR_FORMAT for a value that is none;
 * SB_ERR_UNSUPPORTED for features that are not computed here, named in the message; SB_ERR_MEMORY. */
sb_status sb_front_end_read(sb_front_end *out, const char *folder, sb_error *err);

/* The features that the acoustic model hears: 13 mel-frequency cepstra a hundred times a second. */

#define SB_CEPSTRA      13
#define SB_CEPSTRA_RATE 100 /* frames a second; frame i begins at i/100 s */

/* Frame after frame, each of SB_CEPSTRA numbers, as the model's own front end makes them: no mean taken off, no dither, no
 * frame left out. 5200 bytes a second. */
typedef struct sb_cepstra {
    float *values;
    size_t n_frames, capacity;
} sb_cepstra;

typedef struct sb_cepstra_maker sb_cepstra_maker;

/* `front_end` is the model's; NULL: sb_front_end_default. SB_ERR_UNSUPPORTED in a build without the code that computes it, SB_ERR_MEMORY. */
sb_status sb_cepstra_maker_create(sb_cepstra_maker **out, const sb_front_end *front_end, sb_error *err);
void sb_cepstra_maker_free(sb_cepstra_maker **maker);

/* Takes the next samples, mono at the front end's rate, full scale 1, in order, any number. SB_ERR_MEMORY. */
sb_status sb_cepstra_push(sb_cepstra_maker *maker, const float *samples, size_t n_samples, sb_error *err);

/* Ends the sound and hands over its frames, which the caller frees by sb_cepstra_finish. SB_ERR_MEMORY. */
sb_status sb_cepstra_end(sb_cepstra_maker *maker, sb_cepstra *out, sb_error *err);
void sb_cepstra_finish(sb_cepstra *cepstra);

/* An acoustic model of the CMU Sphinx family, read from the files of its folder: three-state hidden Markov models of phones in context,
 * whose states weigh Gaussians. These belong to all states (semi-continuous), to the states of a phone (phonetically tied, Digalakis and
 * Murveit 1994), or to one state each (continuous); all three are read. */

#define SB_STATES        3 /* of a phone, passed from left to right */
#define SB_DIFFERENCES   3 /* cepstra, their first and second differences */
#define SB_VECTOR        (SB_DIFFERENCES * SB_CEPSTRA)
#define SB_STREAMS_MAX   3   /* parts of a vector with Gaussians of their own */
#define SB_DENSITIES_MAX 256 /* Gaussians of a codebook and stream */
#define SB_LANES         16 /* Gaussians that are computed together; a codebook is filled up to a multiple of it */

/* Phones of the model beside those of its set, whose numbers the model's own take here. */
enum { SB_MODEL_SILENCE = SB_PHONES_MAX, SB_MODEL_NOISE, SB_MODEL_BABBLE, SB_MODEL_PHONES };

typedef enum sb_word_position {
    SB_WORD_INSIDE,
    SB_WORD_BEGIN,
    SB_WORD_END,
    SB_WORD_WHOLE /* a word of one phone */
} sb_word_position;

/* Read once, then shared by any number of threads. Logarithms are natural. */
typedef struct sb_acoustic_model {
    const struct sb_acoustic_model
        *base; /* of an adapted model: where all but the Gaussians belongs; else NULL */
    const sb_phone_set *phones;
    sb_front_end front_end;
    char *dictionary;                 /* file beside the model in CMUdict format and its phones; NULL none */
    uint8_t present[SB_MODEL_PHONES]; /* phones that the model has, by our number */
    size_t n_present;
    size_t n_codebooks, n_densities; /* n_densities: a multiple of SB_LANES */
    int n_streams;
    int first_dim[SB_STREAMS_MAX +
                  1]; /* stream s has dimensions [first_dim[s], first_dim[s + 1]) of a vector */
    float *gaussians; /* codebooks, see sb_codebook */
    float stay[SB_MODEL_PHONES][SB_STATES], leave[SB_MODEL_PHONES][SB_STATES]; /* log probabilities */
    uint16_t plain[SB_MODEL_PHONES]
                  [SB_STATES]; /* senones without context; of fillers that it lacks, those of silence */
    size_t n_senones;
    uint8_t *phone_of;     /* of each senone */
    uint16_t *codebook_of; /* of each senone */
    uint8_t *weights;      /* [senone][stream][density]: index into weight */
    float weight[256];     /* probability */
    struct sb_triphones *triphones;
} sb_acoustic_model;

/* Reads the model in `folder`. SB_ERR_IO where a file is missing; SB_ERR_FORMAT where one is damaged or does not fit the others;
 * SB_ERR_UNSUPPORTED where the model is of a kind that is not read: features other than 13 cepstra with two differences a hundred
 * times a second (see front_end.h), phones that have not three states, more than 256 Gaussians a mixture or 125 phones, weights
 * packed in clusters; SB_ERR_MEMORY. The message names the file. */
sb_status sb_acoustic_model_open(sb_acoustic_model **out, const char *folder, sb_error *err);
void sb_acoustic_model_free(sb_acoustic_model **model);

/* The Gaussians of a codebook, all densities of one dimension together: exponent = constant - sum of (x - mean)^2 *
 * half_precision. */
typedef struct sb_codebook {
    float *constant;       /* [stream][density] */
    float *mean;           /* [dimension of the vector][density] */
    float *half_precision; /* the same */
} sb_codebook;

/* Room for the Gaussians of all codebooks, zeroed, which begins at a multiple of the size of all lanes; to be freed. NULL when out of memory. */
float *sb_gaussians_allocate(const sb_acoustic_model *model);
size_t sb_codebook_size(const sb_acoustic_model *model); /* floats of one */
sb_codebook sb_codebook_at(const sb_acoustic_model *model, size_t codebook);

/* The senones (tied states) of `phone` between two others; `left` and `right` may be SB_MODEL_SILENCE. Where the model has no such triphone the
 * same at another position of the word, then the phone by itself. */
const uint16_t *sb_triphone_senones(const sb_acoustic_model *model, uint8_t phone, uint8_t left,
                                    uint8_t right, sb_word_position position);

/* How well each tied state of a model explains a frame: what every search of words is made of. */

/* Frames [first, first + n) of the cepstra as the model wants them, `mean` taken off, with their first and second differences
 * over the frames around (those of the file's ends repeat). `out` holds n vectors. */
void sb_vectors_make(float (*out)[SB_VECTOR], const sb_cepstra *cepstra, const float mean[SB_CEPSTRA],
                     size_t first, size_t n);

/* The mean of frames [first, end): what a voice, a room and a microphone have in common (Atal 1974). */
void sb_cepstra_mean(float mean[SB_CEPSTRA], const sb_cepstra *cepstra, size_t first, size_t end);

/* Scores are natural logarithms, less that of the likeliest senone without context: 0 is as good as sound can be explained
 * when the text is not known, wrong words lie far below. One scorer serves one thread. */
typedef struct sb_scorer sb_scorer;

/* The model must outlive it. NULL when out of memory. */
sb_scorer *sb_scorer_create(const sb_acoustic_model *model);
void sb_scorer_free(sb_scorer **scorer);
const sb_acoustic_model *sb_scorer_model(const sb_scorer *scorer);

/* Says which senones will be asked for besides those of phones without context, and forgets those said before. They are scored together, which
 * is faster. To be followed by sb_scorer_begin. False when out of memory. */
bool sb_scorer_choose(sb_scorer *scorer, const uint16_t *senones, size_t n);

/* To be called before the first frame of each stretch, so that what is found there does not depend on what was heard before. The vectors must
 * stay as they are until the next. Of them every `step`-th will be visited: 1, or an even number. */
void sb_scorer_begin(sb_scorer *scorer, const float (*vectors)[SB_VECTOR], size_t n_vectors, size_t step);

/* Goes to a vector of the stretch, which is not before the present one. Returns what scores are counted from there. */
float sb_scorer_set_frame(sb_scorer *scorer, size_t vector);

/* The same for one that was visited before, at a small part of the cost. */
void sb_scorer_revisit(sb_scorer *scorer, size_t vector, float reference);

/* Of a senone that was chosen. */
float sb_scorer_score(sb_scorer *scorer, uint16_t senone);

/* The vector of the present frame, and the density of a stream by which the senone explains it best, with its share in that. */
const float *sb_scorer_vector(const sb_scorer *scorer);
int sb_scorer_best_density(sb_scorer *scorer, uint16_t senone, int stream, float *share);

/* A model moved towards the voices and the room of a recording: maximum likelihood linear regression of its means (Leggetter and
 * Woodland 1995). */

#define SB_REGRESSORS (SB_CEPSTRA + 1) /* a mean and one */

/* Of frames whose senone is known. Sums of several are added up, in one order to give the same bytes each time. */
typedef struct sb_adapt_stats {
    double n_frames;
    double inner[SB_DIFFERENCES][SB_CEPSTRA][SB_REGRESSORS][SB_REGRESSORS];
    double outer[SB_DIFFERENCES][SB_CEPSTRA][SB_REGRESSORS];
} sb_adapt_stats;

/* Adds the scorer's present frame, which the senone explains. */
void sb_adapt_add(sb_adapt_stats *stats, sb_scorer *scorer, uint16_t senone);
void sb_adapt_sum(sb_adapt_stats *stats, const sb_adapt_stats *more);

/* Seconds of speech under which nothing can be learnt. */
#define SB_ADAPT_SECONDS_LEAST 20

/* A model with the means of all speech phones moved by one linear map for the cepstra and one for each of their differences; it uses `model`, which must outlive it. SB_ERR_MEMORY. */
sb_status sb_acoustic_model_adapt(sb_acoustic_model **out, const sb_acoustic_model *model,
                                  const sb_adapt_stats *stats, sb_error *err);

/* Where near the place that forced alignment gave a word begins or ends: a small network over band levels scores the places
 * round it. Learnt on hand-labelled read American English. */

/* The level of speech that a boundary is seen against: gain falls out. */
typedef struct sb_boundary_scale {
    float level_db[256]; /* of each byte of the band levels, against speech */
} sb_boundary_scale;

/* From the sound inside the words given, in which there should be some seconds of one voice. False where they hold none. */
bool sb_boundary_scale_set(sb_boundary_scale *scale, const sb_band_levels *levels, const sb_span *words,
                           size_t n_words);

/* A place in the text, by the classes of the phones on its two sides, see phones.h. Of silence on one side, only the edge of
 * the word on the other is a boundary. */
typedef struct sb_refined_edges {
    bool is_end; /* of the word on the left; else the start of the one on the right */
    char left, right;
} sb_refined_edges;

#define SB_BOUNDARY_AROUND     28 /* candidates on each side of the place that forced alignment gave */
#define SB_BOUNDARY_CANDIDATES (2 * SB_BOUNDARY_AROUND + 1)
#define SB_BOUNDARY_REACH      32 /* frames that a candidate sees on each side */
#define SB_BOUNDARY_SEEN       (SB_BOUNDARY_CANDIDATES + 2 * SB_BOUNDARY_REACH - 1)

/* All that the model sees of a boundary, from which trainers learn: candidate i lies SB_BAND_HOP samples after candidate i - 1, and
 * before the levels of frame SB_BOUNDARY_REACH + i. */
typedef struct sb_boundary_sight {
    int context;    /* 0 ... SB_BOUNDARY_CONTEXTS - 1, see boundary_weights.h */
    double first_s; /* time of candidate 0 */
    float level_db[SB_BOUNDARY_SEEN][SB_BANDS];
} sb_boundary_sight;

/* False where the classes are none that the model knows, or there is no sound. */
bool sb_boundary_look(sb_boundary_sight *out, const sb_band_levels *levels, const sb_boundary_scale *scale,
                      sb_refined_edges boundary, sb_time t);

/* The time of a boundary that forced alignment has placed at `t`, at most 80 ms off it; `t` itself where the classes are none
 * that the model knows. `weights` NULL are those built in. `peak` (may be NULL) becomes the probability of the likeliest 2.5 ms: the higher, the surer. */
sb_time sb_boundary_refine(const sb_boundary_weights *weights, const sb_band_levels *levels,
                           const sb_boundary_scale *scale, sb_refined_edges boundary, sb_time t, float *peak);

/* The numbers of the boundary model: those built in (scripts/import-boundary-model writes boundary_weights.c), or a file's. */

#define SB_BOUNDARY_CONTEXTS                                                                                 \
    84 /* starts: left class by right, V S F Z N L _ by V S F Z N L; then ends, the other way */
#define SB_BOUNDARY_INPUTS  110
#define SB_BOUNDARY_OFFSETS 3 /* inputs more: the offset from the prior, squared, without sign, as it is */
#define SB_BOUNDARY_HIDDEN  24

/* Sound inputs are taken less their mean, over their standard deviation. Biases are in seconds. */
struct sb_boundary_weights {
    float bias_s[SB_BOUNDARY_CONTEXTS];
    float mean[SB_BOUNDARY_INPUTS];
    float std[SB_BOUNDARY_INPUTS];
    float hidden[SB_BOUNDARY_INPUTS + SB_BOUNDARY_OFFSETS][SB_BOUNDARY_HIDDEN];
    float context[SB_BOUNDARY_CONTEXTS][SB_BOUNDARY_HIDDEN];
    float out[SB_BOUNDARY_HIDDEN];
    float offset[SB_BOUNDARY_CONTEXTS][SB_BOUNDARY_OFFSETS];
};

extern const sb_boundary_weights sb_boundary_built_in;

/* The acoustic model that is installed: pocketsphinx's en-us. */

/* NULL where words of `language` (a BCP 47 tag such as "en-GB"; NULL is taken for English) can be aligned, else why not, in
 * words that follow "placed by energy: ". */
const char *sb_acoustic_model_missing(const char *language);

/* The folder of the model. */
const char *sb_acoustic_model_folder(void);

/* The model's dictionary in CMUdict format; NULL where none is installed. */
const char *sb_acoustic_model_dictionary(void);

/* How the words of a text are said in the phones of a model. */

/* In the phones of CMUdict, by the rules of lexicon.h and the model's own dictionary, else the one installed; in others, by the model's
 * dictionary alone. `languages` are those of the words, see sb_lexicon_params. `user` has the user's own words, in the model's phones (sb_dictionary_read_for); NULL none. SB_ERR_IO, SB_ERR_FORMAT where
 * the model's dictionary is missing or in other phones, SB_ERR_ARGUMENT where the user's is; SB_ERR_MEMORY. */
sb_status sb_model_lexicon_make(sb_lexicon *out, const sb_acoustic_model *model, const char *const *words,
                                const char *const *languages, size_t n_words, const sb_dictionary *user,
                                sb_error *err);

/* A row of words as a network of phones in context: every word said one of its ways or left out, silence, noise and speech that is
 * not in the text between them. */

/* Natural logarithms of probabilities, or of what stands for them. */
typedef struct sb_network_prices {
    float skip;            /* a word is missing */
    float skip_next;       /* and so is the one after it */
    float silence;         /* silence goes on at a place between words */
    float noise;           /* noise does */
    float unwritten;       /* speech that the text lacks begins */
    float unwritten_frame; /* ... and goes on for a frame, against the likeliest phone */
    float beam;            /* so far under the best state of a frame the search gives up */
} sb_network_prices;

#define SB_NETWORK_PRICES_DEFAULT ((sb_network_prices){-12.0f, -12.0f, -1.6f, -6.0f, -25.0f, -4.5f, 250.0f})

#define SB_NO_WORD   UINT32_MAX
#define SB_NO_SENONE UINT16_MAX /* of speech that is not in the text */

/* Where a node may be entered from: the end of another node, or a place between words. */
typedef struct sb_network_arc {
    int32_t from; /* a node, or -1 - a place */
    float price;
} sb_network_arc;

/* A phone. `word` counts in the row. */
typedef struct sb_network_node {
    uint16_t senones[SB_STATES];
    uint8_t phone;
    uint8_t way;
    bool begins; /* its word */
    uint32_t word;
    uint32_t first_arc, n_arcs;
} sb_network_node;

/* Where a word probably begins: it gains `nats` if it does at frame `at`, the less the farther away, and nothing SB_START_REACH frames away. */
typedef struct sb_likely_start {
    float at, nats;
} sb_likely_start;

#define SB_START_REACH 30

/* Place i lies before word i, the last one after all words. It is reached from the nodes that end there, and from the place before it at
 * the price of the word between. */
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

/* `words` are lexemes of `lexicon`, each with at least one way. False when out of memory. */
bool sb_network_make(sb_network *out, const sb_acoustic_model *model, const sb_lexicon *lexicon,
                     const uint32_t *words, size_t n_words, const sb_network_prices *prices);
void sb_network_finish(sb_network *network);

/* Where in a long text some seconds of sound were said, without knowing anything of the place: local alignment of phones (Smith
 * and Waterman 1981), as sequences are searched for in genomes. */

/* A text as one row of phones, each word said its likeliest way, with a place for a pause after every word. */
typedef struct sb_phone_text {
    uint8_t *phone; /* SB_MODEL_SILENCE: the pause after a word */
    uint32_t *word;
    float *begins; /* 0 where a match may begin, which is where words do; else impossible */
    size_t n;
    size_t *first; /* n_words + 1: of each word */
    size_t n_words;
} sb_phone_text;

/* Words that nobody can say are not in the row. False when out of memory. */
bool sb_phone_text_make(sb_phone_text *out, const sb_lexicon *lexicon);

/* A decoy: the first words of the lexicon with their phones from last to first, which nobody said. What it scores is chance (Elias
 * and Gygi 2007 judge peptides so). False when out of memory. */
bool sb_phone_decoy_make(sb_phone_text *out, const sb_lexicon *lexicon);
void sb_phone_text_finish(sb_phone_text *text);

/* Words [first, end) of a text, by its own memory: not to be finished. */
sb_phone_text sb_phone_text_part(const sb_phone_text *text, size_t first, size_t end);

#define SB_MATCH_STEP 2 /* frames of the cepstra for one of a match: 20 ms */

/* How well each phone explains each frame of a window: every SB_MATCH_STEP-th of the vectors given. `out` holds (n_vectors + 1) /
 * SB_MATCH_STEP rows. */
void sb_phone_scores(float (*out)[SB_MODEL_PHONES], sb_scorer *scorer, const float (*vectors)[SB_VECTOR],
                     size_t n_vectors);

typedef struct sb_word_place {
    uint32_t word;
    int32_t start, end; /* rows of the window */
} sb_word_place;

/* The best match: words in order, and the evidence in nats that they were said there and not something else; of that, `chance` would
 * be found in a text of this length without any of it being true, but for one search in a hundred or fewer. */
typedef struct sb_phone_match {
    float score, chance;
    sb_word_place *words;
    size_t n_words, capacity;
} sb_phone_match;

/* Searches rows [0, n_rows) for the text. `out` is overwritten and may be used again; no words where there is no evidence at all. False
 * when out of memory. */
bool sb_phone_match_find(sb_phone_match *out, const sb_phone_text *text, const sb_phone_text *decoy,
                         const float (*scores)[SB_MODEL_PHONES], size_t n_rows);
void sb_phone_match_finish(sb_phone_match *match);

/* The likeliest way through a network of words for some sound (Viterbi 1967; token arithmetic after Rabiner 1989). */

/* A stretch of frames [start, end) on the best path: a word of the row, or SB_NO_WORD between words, where `phone` tells silence,
 * noise, or, as SB_MODEL_BABBLE, speech that is not in the text. */
typedef struct sb_heard {
    uint32_t word;
    uint8_t way;
    uint8_t phone;
    int32_t start, end;
    float score; /* mean of its frames, see senones.h; 0 for unwritten speech */
    float worst; /* mean of the phone that fits least */
} sb_heard;

typedef struct sb_heard_list {
    sb_heard *items;
    size_t n_items, capacity;
} sb_heard_list;

/* What a search may take: cells of memory, two bytes each; a longer one is refused. */
#define SB_SEARCH_CELLS_MAX ((size_t)48 << 20)

/* Searches `n_frames` vectors. Frames of words that were heard are added to `stats`, where that is not NULL. The list is empty where nothing leads from the first frame to the last. `out` is overwritten and may be
 * used again. SB_ERR_LIMIT, SB_ERR_MEMORY. */
sb_status sb_word_search(sb_heard_list *out, sb_scorer *scorer, const sb_network *network,
                         const float (*vectors)[SB_VECTOR], size_t n_frames, sb_adapt_stats *stats,
                         sb_error *err);
void sb_heard_list_finish(sb_heard_list *list);

#endif
