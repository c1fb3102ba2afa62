/* A clip heard again on its own: whether the words that were asked for are in it, whole, and no part of another's. */
#ifndef SB_ALIGN_REHEAR_H
#define SB_ALIGN_REHEAR_H

#include "align/acoustic/chunks.h"
#include "align/mono.h"

/* What the clips of one alignment share: the model, how their words are said, the level of the room. */
typedef struct sb_rehearer sb_rehearer;

/* `asked` are the words that will be asked for, as they count through the whole text. The alignment must outlive it. `model` and
 * `dictionary` are as sb_align_params has them, so that the clip is judged by what judged the recording; NULL the model installed, and
 * none. Without a model only the sound is judged. A dictionary in the phones of another model is passed over. SB_ERR_IO, SB_ERR_FORMAT
 * and SB_ERR_UNSUPPORTED (the model's files), SB_ERR_MEMORY. */
sb_status sb_rehearer_create(sb_rehearer **out, const sb_alignment *alignment, const sb_word_range *asked,
                             size_t n_asked, const char *model, const sb_dictionary *dictionary,
                             sb_error *err);
void sb_rehearer_free(sb_rehearer **rehearer);

#define SB_REHEAR_CONTEXT (3 * SB_TIME_SECOND / 2) /* of the source outside each edge of the cut */
#define SB_REHEAR_OVERLAP SB_TIME_SECOND           /* and inside */

/* Sound of the source round one edge of the cut, SB_MONO_HZ; `cut` is the sample of it at which the clip begins, or ends. */
typedef struct sb_edge_sound {
    const float *samples;
    size_t n, cut;
} sb_edge_sound;

typedef struct sb_rehear_sound {
    const float *clip; /* decoded from the file, SB_MONO_HZ */
    size_t n_clip;
    sb_edge_sound start, end;
    sb_span span; /* of the cut, in the source */
} sb_rehear_sound;

typedef struct sb_reheard_edge {
    sb_time moved; /* of the file's sound against the cut; SB_TIME_NONE: it is not the source's sound */
    sb_time
        lost; /* sound of the outermost word that lies outside the clip; SB_TIME_NONE: the word was not heard */
    bool before_pause; /* what is lost runs on across the edge and ends in quiet */
    sb_time foreign; /* sound inside the clip that is a neighbour's, or runs on across the edge; as `lost` */
    bool runs_on;    /* sound as loud as speech lies on both sides of the edge */
    double level_db; /* the outermost 20 ms of the file over the room; NaN unknown */
} sb_reheard_edge;

typedef struct sb_reheard {
    bool acoustic; /* else, as of most words in no dictionary, nothing is known of words */
    size_t n_asked,
        n_heard; /* words that can be said, and those that were heard and that the alignment does not deny */
    sb_reheard_edge start, end;
} sb_reheard;

/* Nothing of this goes by the times that the alignment gives the words asked for: they serve to tell which words lie around them, to
 * a tenth of a second. May be called by several threads at once. SB_ERR_MEMORY. */
sb_status sb_rehear(sb_reheard *out, const sb_rehearer *rehearer, const sb_rehear_sound *sound,
                    sb_word_range asked, sb_error *err);

#endif
