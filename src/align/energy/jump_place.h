/* Which turn a jump of the offset comes before. */
#ifndef SB_ALIGN_JUMP_PLACE_H
#define SB_ALIGN_JUMP_PLACE_H

#include "align/energy/script.h"
#include "soundbite/speech.h"

/* A jump between two offsets, and the turns that it may come before. */
typedef struct sb_jump_place {
    size_t turn;          /* in: as the stamps have it; out: as the words fit best */
    double before, after; /* the offsets, seconds */
    size_t least, most;   /* in: the turns looked at; out: those that fit nearly as well */
} sb_jump_place;

/* Tries the jump before every turn from least to most: a lattice over the turns around says how well the words then fit the
 * speech. SB_ERR_MEMORY. */
sb_status sb_jump_place_find(sb_jump_place *jump, const sb_script *script, const sb_transcript *transcript,
                             const sb_speech *speech, sb_error *err);

#endif
