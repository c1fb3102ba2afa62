/* The parts of pairing a show: what a file name says, which names belong together, and what was heard. */
#ifndef SB_SHOW_SHOW_H
#define SB_SHOW_SHOW_H

#include "base/run/run.h"
#include "soundbite/show.h"

/* Memory for the strings and small arrays of a show. */
struct sb_show_memory {
    sb_arena texts;
    const char ***lists;
    size_t n_lists;
};

/* Returns NULL if memory runs out. NULL gives NULL, but that is not a failure. */
const char *sb_show_keep(struct sb_show_memory *memory, const char *text);
/* An array for `n` strings. Returns NULL if memory runs out. */
const char **sb_show_list(struct sb_show_memory *memory, size_t n);
void sb_show_memory_free(struct sb_show_memory **memory);

/* What the name of a file says. */

/* A number that nothing marks as that of an episode counts less. */
typedef enum sb_name_number {
    SB_NAME_NUMBER_NONE,
    SB_NAME_NUMBER_LAST,
    SB_NAME_NUMBER_FIRST,
    SB_NAME_NUMBER_MARKED
} sb_name_number;

typedef struct sb_name_facts {
    char *memory;       /* the words lie in it */
    const char **words; /* folded, in order, without marks, numbers and words such as "transcript" */
    size_t n_words;
    char language[8]; /* of a name such as "ep12.de.srt"; "" if none */
    int date;         /* yyyymmdd; 0: none */
    int season;       /* 0: none */
    int64_t number;   /* valid unless `kind` is NONE */
    sb_name_number kind;
    int stage;       /* 0, or 1 for words such as "final", 2 for "raw": another state of the same recording */
    int64_t version; /* of "v2"; 0: none */
} sb_name_facts;

/* Reads the name of a file without its extension. If it says nothing, reads that of its folder. A season is
 * also looked for in the names of its folders. Returns false if memory runs out. */
bool sb_name_facts_read(sb_name_facts *out, const char *path);

/* Adds the words of a title. Returns false if memory runs out. */
bool sb_name_facts_add_title(sb_name_facts *facts, const char *title);
void sb_name_facts_finish(sb_name_facts *facts);

/* True if numbers or dates differ. A trailing number is not compared with a number of another kind. */
bool sb_name_facts_conflict(const sb_name_facts *a, const sb_name_facts *b);

/* True if words, numbers and dates are equal, and there are any. */
bool sb_name_facts_equal(const sb_name_facts *a, const sb_name_facts *b);

/* True if one has all words of the other. */
bool sb_name_words_nested(const sb_name_facts *a, const sb_name_facts *b);

/* Compares paths with numbers by their value. */
int sb_path_compare(const char *a, const char *b);

/* Pairing by names. */

/* Files with the same name in one folder count as one: formats of a transcript, encodings of the audio. */
typedef struct sb_show_item {
    size_t *files; /* indices, best first for audio */
    size_t n_files;
    bool is_audio;
    bool by_content;      /* the pair was found by content */
    sb_name_facts facts;  /* with what an entry says */
    sb_name_facts own;    /* of the name alone */
    size_t pair;          /* the audio of a transcript, or SIZE_MAX */
    const char *evidence; /* of a transcript with a pair */
    const char *doubt;    /* why there is no pair, if there are candidates or it cannot be read; or NULL */
    size_t rivals[4];     /* of an audio with a doubt: the candidates */
    size_t n_rivals;
} sb_show_item;

typedef struct sb_show_pool {
    const sb_show_file *files;
    sb_show_item *items;
    size_t n_items;
    bool was_heard; /* the content was compared */
    struct sb_show_memory *memory;
} sb_show_pool;

/* Collects the files that no entry pairs into items. Returns SB_ERR_MEMORY. */
sb_status sb_show_pool_fill(sb_show_pool *pool, const sb_show_file *files, const bool *is_given,
                            size_t n_files, sb_error *err);
void sb_show_pool_finish(sb_show_pool *pool);

/* Returns the path of an item's first file. */
const char *sb_show_item_path(const sb_show_pool *pool, size_t item);

/* Sets `pair` and `evidence`, or `doubt`. Returns SB_ERR_MEMORY. */
sb_status sb_show_match_names(sb_show_pool *pool, sb_error *err);

/* How much two titles share: the weights of the words that both have, as a part of those of the one with
 * less. A word has weight if few items have it. */
typedef struct sb_title_index sb_title_index;
bool sb_title_index_create(sb_title_index **out, const sb_show_pool *pool);
void sb_title_index_free(sb_title_index **index);
double sb_title_likeness(const sb_title_index *index, size_t audio, size_t transcript);
/* Writes the words that both have. */
void sb_title_shared(sb_bytes *out, const sb_title_index *index, size_t audio, size_t transcript);

/* Pairing by content: sets `pair` and `evidence`, or `doubt`, of items without a pair. Returns
 * SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
sb_status sb_show_match_content(sb_show_pool *pool, const sb_show_params *params, sb_error *err);

/* A transcript and an audio file that may belong together. */
typedef struct sb_show_candidate {
    size_t audio, transcript; /* items */
    double evidence;          /* of the windows; see sb_probe_result */
    double seconds;           /* length of the audio */
} sb_show_candidate;

/* Aligns candidates, those with the most evidence first, and sets `pair` and `evidence` where the aligner is
 * certain. It stops after some hours of audio. Returns SB_ERR_INTERRUPTED or SB_ERR_MEMORY. */
sb_status sb_show_align_rest(sb_show_pool *pool, sb_show_candidate *candidates, size_t n,
                             const sb_show_params *params, sb_error *err);

/* Reads a transcript. Of its formats, the first that can be read is as good as another. Returns the statuses
 * of the reader. */
sb_status sb_show_read_item(sb_transcript **out, const sb_show_pool *pool, size_t item,
                            const sb_show_params *params, sb_error *err);

/* The best transcript of several, by the rule of sb_show_pair. `files` are indices; the best becomes the
 * first. `*reason` becomes NULL, or says why it cannot be read, like all others. Returns SB_ERR_INTERRUPTED
 * or SB_ERR_MEMORY. */
sb_status sb_show_choose(size_t *files, size_t n, const char **reason, const sb_show_pool *pool,
                         const sb_show_params *params, sb_error *err);

#endif
