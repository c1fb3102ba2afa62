/* The written clip decoded and heard again. */
#ifndef SB_CLIP_CERTIFICATE_H
#define SB_CLIP_CERTIFICATE_H

#include "clip/heard.h"
#include "clip/job.h"

/* Certifies the file of the job as it was heard, with its mono, fills the result's certificate and warns of what fails, by
 * name; with the parameter `strict` that is SB_ERR_MISMATCH instead. SB_ERR_MEMORY, SB_ERR_INTERRUPTED. */
sb_status sb_clip_certify(sb_clip_job *job, const sb_clip_heard *file, sb_error *err);

/* The words of a match as they count through the whole text. */
sb_word_range sb_clip_words_of(const sb_alignment *alignment, const sb_match *match);

/* The member `certificate` of a result's JSON, its columns in CSV (each followed by a comma), and their names. */
void sb_certificate_json(sb_bytes *out, const sb_certificate *certificate);
void sb_certificate_csv(sb_bytes *out, const sb_certificate *certificate);
extern const char sb_certificate_csv_header[];

/* Reads what sb_certificate_json has written. */
struct sb_json_value;
void sb_certificate_recall(sb_certificate *out, const struct sb_json_value *value);

#endif
