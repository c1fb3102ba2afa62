/* Chunks heard by the acoustic model: where each of their words lies, and how sure that is. */
#ifndef SB_ALIGN_LISTEN_H
#define SB_ALIGN_LISTEN_H

#include "acoustic/adapt.h"
#include "acoustic/network.h"
#include "align/acoustic/chunks.h"
#include "align/acoustic/word_edges.h"
#include "align/features.h"
#include "pronounce/lexicon.h"

typedef struct sb_listen_params {
    const sb_acoustic_model *model;
    const sb_lexicon *lexicon; /* of the whole text */
    const sb_features *features;
    const sb_boundary_weights *boundary; /* NULL those built in */
    const sb_speech
        *speech;    /* to part words at pauses, see word_pauses.h; NULL they stay as they were heard */
    bool unrefined; /* spans are left as the search gave them, in whole frames */
    const sb_monitor *monitor;
    sb_adapt_stats *stats;  /* one for each chunk, or NULL: the frames of its words */
    const float *usual_fit; /* of words to these voices, see sb_heard_word; NULL unknown */
    const sb_network_prices
        *prices; /* NULL the default; those of joins and of unwritten speech are set all the same */
} sb_listen_params;

/* Fills heard[w] for each word w that a chunk is to place; a word that is not heard there becomes unheard. Chunks are heard in
 * parallel, each for itself, so that the result does not depend on how many at once. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_listen(sb_heard_word *heard, const sb_chunks *chunks, const sb_listen_params *params,
                    sb_error *err);

#endif
