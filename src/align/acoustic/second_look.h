/* Turns of which little was heard are listened for once more, where their timestamps say. */
#ifndef SB_ALIGN_SECOND_LOOK_H
#define SB_ALIGN_SECOND_LOOK_H

#include "align/acoustic/evidence.h"
#include "align/acoustic/listen.h"

typedef struct sb_second_look {
    const sb_alignment *alignment; /* with a map, and places for the turns so far */
    const sb_listen_params *listen;
    const sb_evidence *evidence;
    const bool *begins_turn, *sayable; /* of each word */
    sb_heard_word *heard;              /* of each word; replaced where the second look hears more */
} sb_second_look;

/* Sets `changed` for the turns that were replaced. Each turn is listened for by itself, in the sound between its stamp and as long after it
 * as its words may take. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_second_look_take(bool *changed, const sb_second_look *look, sb_error *err);

#endif
