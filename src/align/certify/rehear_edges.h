/* What lies at the edges of a clip that was heard again. */
#ifndef SB_ALIGN_REHEAR_EDGES_H
#define SB_ALIGN_REHEAR_EDGES_H

#include "align/acoustic/word_edges.h"
#include "align/certify/rehear_splice.h"

/* `words` were heard in the splice: [first, end) of them are those asked for; `words` NULL: nothing is known of words. `room` is the
 * level of the room, see soundbite/speech.h. */
typedef struct sb_edge_view {
    const sb_rehear_splice *splice;
    const sb_heard_word *words;
    const bool *said; /* of each word: there is a way to say it */
    size_t n_words, first, end;
    uint8_t room;
} sb_edge_view;

/* Sets the edge at the start of the clip, or at its end. */
void sb_rehear_edge_set(sb_reheard_edge *out, const sb_edge_view *view, bool at_end);

#endif
