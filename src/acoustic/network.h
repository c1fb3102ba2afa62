/* A row of words as a network of phones in context: every word said one of its ways or left out, silence, noise and speech that is
 * not in the text between them. */
#ifndef SB_ACOUSTIC_NETWORK_H
#define SB_ACOUSTIC_NETWORK_H

#include "acoustic/model.h"
#include "pronounce/lexicon.h"

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
    uint32_t word;
    uint32_t first_arc, n_arcs;
} sb_network_node;

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
} sb_network;

/* `words` are lexemes of `lexicon`, each with at least one way. False when out of memory. */
bool sb_network_make(sb_network *out, const sb_acoustic_model *model, const sb_lexicon *lexicon,
                     const uint32_t *words, size_t n_words, const sb_network_prices *prices);
void sb_network_finish(sb_network *network);

#endif
