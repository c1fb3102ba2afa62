/* Reading the parts of an alignment file. */
#ifndef SB_ALIGNMENT_FILE_ALIGNMENT_FILE_H
#define SB_ALIGNMENT_FILE_ALIGNMENT_FILE_H

#include "base/json/json.h"
#include "soundbite/align.h"

/* Parsing the parts of an alignment file. Each call reads one member. After an error it returns false, and
 * the reader's `err` has the error with its position. */

typedef struct sb_alignment_reader {
    const sb_json_doc *doc;
    const char *path;
    sb_alignment *alignment;
    sb_time earliest, latest; /* limits for times in the audio */
    sb_status status;
    sb_error *err;
} sb_alignment_reader;

/* Sets SB_ERR_FORMAT for a problem in `where`, an object or array. Returns false. */
bool sb_reader_fail(sb_alignment_reader *r, const sb_json_value *where, const char *format, ...)
    SB_PRINTF(3, 4);
bool sb_reader_fail_memory(sb_alignment_reader *r);

/* Reads a member that is an array and allocates zeroed items, whose address is stored in `*items`, the
 * address of a pointer (NULL if the array is empty). A missing or null member is an empty array. */
bool sb_reader_take_array(sb_alignment_reader *r, const sb_json_value *object, const char *key,
                          const sb_json_value **array, void *items, size_t item_size);

bool sb_reader_take_text(sb_alignment_reader *r, const sb_json_value *object, const char *key, char **out);
bool sb_reader_take_time(sb_alignment_reader *r, const sb_json_value *object, const char *key, sb_time *out);
/* Reads two ordered times in the audio; each may be unknown. */
bool sb_reader_take_span(sb_alignment_reader *r, const sb_json_value *object, const char *start_key,
                         const char *end_key, sb_time *start, sb_time *end);
bool sb_reader_take_confidence(sb_alignment_reader *r, const sb_json_value *object, float *out);
/* Reads an integer from 0 to `max`; null is 0. */
bool sb_reader_take_count(sb_alignment_reader *r, const sb_json_value *object, const char *key, int64_t max,
                          int64_t *out);
/* Reads a string and returns its index in `names`. */
bool sb_reader_take_name(sb_alignment_reader *r, const sb_json_value *object, const char *key,
                         const char *const *names, size_t n_names, size_t *out);

/* Reads "turns". */
bool sb_reader_take_turns(sb_alignment_reader *r, const sb_json_value *root);

#endif
