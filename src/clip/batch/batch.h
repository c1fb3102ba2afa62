/* Batch lists, manifests and the page of clips. */
#ifndef SB_CLIP_BATCH_BATCH_H
#define SB_CLIP_BATCH_BATCH_H

#include "soundbite/batch.h"
#include "soundbite/file.h"
#include "soundbite/option.h"
#include "soundbite/time.h"

/* One row of a batch list, built column by column. */

/* A column of a list: an option, or a text of the row. */
typedef struct sb_batch_column {
    const char *name;        /* NULL: a column without a name, which must be empty */
    size_t at;               /* of a char * in sb_batch_row, if `option` is NULL */
    const sb_option *option; /* for a selection or a clip, or the language */
} sb_batch_column;

/* Finds the column called `name`. '_' equals '-', and case is ignored. Returns false if there is none. */
bool sb_batch_column_find(sb_batch_column *out, const char *name);

/* Returns the most similar column name, or NULL if none is similar. */
const char *sb_batch_column_nearest(const char *name);

void sb_batch_row_init(sb_batch_row *row, int64_t line, const sb_clip_params *defaults);
void sb_batch_row_finish(sb_batch_row *row);

/* Sets a value as sb_option_set does. An empty value is ignored. Returns SB_ERR_ARGUMENT if the value is invalid;
 * SB_ERR_MEMORY. */
sb_status sb_batch_row_set(sb_batch_row *row, const sb_batch_column *column, const char *value,
                           sb_error *err);

/* Checks the row after all columns were set. Returns SB_ERR_ARGUMENT. */
sb_status sb_batch_row_check(const sb_batch_row *row, sb_error *err);

/* The parts of the clip page. */

/* clip_page.html with the head, the style sheets and the script, included at build time. Each ends with a
 * NUL. */
extern const unsigned char sb_clip_page_frame[];
extern const unsigned char sb_clip_page_style[];
extern const unsigned char sb_clip_page_script[];

/* CSV cells of the manifest, each followed by a comma. An unknown value gives an empty cell. */

/* Writes seconds. SB_TIME_NONE is unknown. */
void sb_csv_time_cell(sb_bytes *out, sb_time t);

/* A value that is not finite is unknown. */
void sb_csv_number_cell(sb_bytes *out, double value, int decimals);

#endif
