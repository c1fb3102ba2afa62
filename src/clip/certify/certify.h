/* Checking a written clip by decoding it again. */
#ifndef SB_CLIP_CERTIFY_CERTIFY_H
#define SB_CLIP_CERTIFY_CERTIFY_H

#include "base/json/json.h"
#include "clip/clip.h"

/* Checks the file of a job. `file` is the decoded file with its mono sound. Fills the result's certificate
 * and adds a warning for each failed check. With the parameter `strict`, a failed check is SB_ERR_MISMATCH
 * instead. Returns SB_ERR_MEMORY or SB_ERR_INTERRUPTED. */
sb_status sb_clip_certify(sb_clip_job *job, const sb_remeasured *file, sb_error *err);

/* Returns the words of a match as indices into all words of the text. */
sb_word_range sb_clip_words_of(const sb_alignment *alignment, const sb_match *match);

/* For each edge: the alignment is rather certain of both words at it. */
typedef struct sb_sure_edges {
    bool start, end;
} sb_sure_edges;

/* Returns the warnings of the cut (SB_CUT_...) that the certificate resolves. If the words were heard, the
 * position of the clip is certain, also if an outermost word was not heard but is next to a real pause. An
 * edge in continuous speech is certain if no part of its word is missing and no part of a neighbour is in the
 * clip. If only the sound was checked, the position is certain if both edges are in pauses. If the transcript
 * may not belong to the audio, the warnings are resolved only if enough words were heard and the clip has
 * both outermost words whole. */
unsigned sb_certificate_resolves(const sb_certificate *certificate, const sb_reheard *heard,
                                 unsigned warnings, const sb_sure_edges *sure);

/* Write the member `certificate` of a result's JSON, its CSV columns (each followed by a comma) and their
 * names. */
void sb_certificate_json(sb_bytes *out, const sb_certificate *certificate);
void sb_certificate_csv(sb_bytes *out, const sb_certificate *certificate);
extern const char sb_certificate_csv_header[];

/* Reads what sb_certificate_json wrote. */
struct sb_json_value;
void sb_certificate_recall(sb_certificate *out, const struct sb_json_value *value);

#endif
