/* Searching an archive: the index names blocks that may match, and sb_matches_find decides in windows around
 * them. */
#ifndef SB_ARCHIVE_SEARCH_SEARCH_H
#define SB_ARCHIVE_SEARCH_SEARCH_H

#include "archive/archive.h"

/* An episode in which something may match. */
typedef struct sb_archive_source {
    int64_t id;
    bool is_wanted; /* by name, date and speakers */
    char *name, *audio, *transcript, *title, *date, *language;
    sb_archive_speakers speakers;
    char **shown;        /* the alias of each speaker, or the name */
    const char **wanted; /* names for sb_selection.speakers; they belong to `speakers` */
    size_t n_wanted;
} sb_archive_source;

/* A block that may match. */
typedef struct sb_candidate {
    int64_t block;
    double rank; /* lower is better */
    size_t word; /* of a search by sound: the last word, in the list of words */
} sb_candidate;

typedef struct sb_candidates {
    sb_candidate *items;
    size_t n, capacity;
} sb_candidates;

/* A match, before it is put into its place among the others. */
typedef struct sb_found {
    sb_archive_match match;
    size_t source;
    double rank;
    bool is_literal; /* it is spelled as in the text of the search */
    int64_t block;   /* a block of the episode, and the first word of the match, counted from the block's */
    int64_t word;
} sb_found;

typedef struct sb_search {
    sb_archive *archive;
    const sb_archive_query *query;
    sb_archive_matches *out;
    sb_alias_list aliases;
    sb_candidates candidates;
    sb_found *found;
    size_t n_found;
    size_t *source_of; /* of each id of an episode below `n_source_of`: its index and 1, or 0 */
    size_t n_source_of;
    size_t limit, context;
} sb_search;

/* Returns the episode with this id, which is read once, or NULL with an error. */
sb_archive_source *sb_search_source(sb_search *search, int64_t id, sb_error *err);
/* Returns true if the block's episode is wanted. Episodes are read only if there are conditions. */
bool sb_search_wants(sb_search *search, int64_t block, sb_error *err);
void sb_archive_source_finish(sb_archive_source *source);
/* Sets `unmet` of the result. Reads all episodes. */
sb_status sb_search_find_unmet(sb_search *search, sb_error *err);

/* Appends an expression of FTS5 for a query of terms. */
void sb_search_expression(sb_bytes *out, const sb_term_query *query);

/* Appends an expression for clauses that are met within `n_places` places; for clauses with many
 * alternatives, anywhere in a block. */
void sb_search_near_expression(sb_bytes *out, const sb_term_query *query, size_t n_places);

/* Adds the blocks that meet an expression, the best first, at most `most` of them. Sets `*n_all` to the
 * number of all. */
sb_status sb_search_candidates(sb_search *search, const char *expression, size_t most, size_t *n_all,
                               sb_error *err);

/* Sets first_word of a match. */
sb_status sb_search_place(sb_archive_match *match, sb_search *search, const sb_found *found, sb_error *err);

/* Adds the matches of `selection` that begin in the candidate blocks, in their order, until there are
 * `enough`. `n_places` is the number of places in the index that a match may have. */
sb_status sb_search_windows(sb_search *search, const sb_selection *selection, size_t n_places, size_t enough,
                            sb_error *err);

/* The words that begin with the words that end in '*', in all combinations that occur. Returns phrases for
 * sb_selection. */
typedef struct sb_phrases {
    char **items;
    size_t n;
} sb_phrases;

#define SB_PREFIX_WORDS 64 /* the most frequent words are taken */

sb_status sb_phrases_expand(sb_phrases *out, sb_archive *archive, const char *text, sb_error *err);
void sb_phrases_finish(sb_phrases *phrases);

/* Adds the matches by sound in all windows around the candidates. They are searched together, because the
 * pronunciations of their words take longest. */
sb_status sb_search_sounds(sb_search *search, const char *language, sb_error *err);

/* Search by sound: finds the blocks that may have words that sound like the text. */
sb_status sb_search_by_sound(sb_search *search, sb_error *err);

#endif
