/* Whether a text was said in an audio file: the windows of the sound, and the text. */
#ifndef SB_ALIGN_PROBE_PROBE_H
#define SB_ALIGN_PROBE_PROBE_H

#include "acoustic/acoustic.h"
#include "align/acoustic/acoustic_aligner.h"
#include "align/align.h"
#include "align/anchors/anchors.h"

#define N_WINDOWS     12   /* of a long file */
#define WINDOW_FRAMES 1000 /* ten seconds */

typedef struct probe_window {
    sb_time start;
    size_t n_rows;
    float (*scores)[SB_MODEL_PHONES]; /* of each row; see sb_phone_scores */
} probe_window;

struct sb_audio_probe {
    probe_window *windows;
    size_t n_windows;
    sb_time duration;
};

struct sb_text_probe {
    sb_alignment *alignment;
    sb_text_words words;
    sb_phone_text text, decoy;
};

#endif
