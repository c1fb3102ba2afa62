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

/* Write the member `certificate` of a result's JSON, its CSV columns (each followed by a comma) and their
 * names. */
void sb_certificate_json(sb_bytes *out, const sb_certificate *certificate);
void sb_certificate_csv(sb_bytes *out, const sb_certificate *certificate);
extern const char sb_certificate_csv_header[];

/* Reads what sb_certificate_json wrote. */
struct sb_json_value;
void sb_certificate_recall(sb_certificate *out, const struct sb_json_value *value);

#endif
