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
    const char *name;        /* NULL: the column is ignored */
    size_t at;               /* of a char * in sb_batch_row, if `option` is NULL */
    const sb_option *option; /* an option for selections or clips, or the language; NULL: a text of the row */
    bool is_manifest;        /* the column is a result in our own manifest, so it is skipped */
    bool is_nameless;        /* the header cell is empty, so the column must be empty */
} sb_batch_column;

/* Finds the column called `name`. '_' and a blank equal '-', and case is ignored. `quote` and `text` are the
 * phrase. Returns false if there is none. */
bool sb_batch_column_find(sb_batch_column *out, const char *name);

/* Does the same in a manifest that a batch or a clip run wrote. */
bool sb_batch_manifest_column_find(sb_batch_column *out, const char *name);

/* Returns true for the columns that say which words are the quote. */
bool sb_batch_column_selects(const sb_batch_column *column);

/* Returns the rank of a column that can be the phrase of a row: the column with the lowest rank is used.
 * Returns SIZE_MAX for other columns. */
size_t sb_batch_phrase_rank(const sb_batch_column *column);

/* Returns the most similar column name, or NULL if none is similar. `*is_misspelt` becomes true if `name` is
 * almost certainly a misspelling of it. */
const char *sb_batch_column_nearest(const char *name, bool *is_misspelt);

/* Returns the reason why a list cannot have this column, and what to do; NULL if the name is not such a
 * column. */
const char *sb_batch_column_refused(const char *name);

/* The names of ignored columns. A zeroed struct is empty. */

#define SB_BATCH_STRANGERS_MAX 12

typedef struct sb_batch_strangers {
    char **names;
    size_t n_names;
} sb_batch_strangers;

/* Returns false if memory runs out. */
bool sb_batch_strangers_add(sb_batch_strangers *strangers, const char *name);
void sb_batch_strangers_note(const sb_batch_strangers *strangers, sb_notes *notes, const char *path,
                             int64_t line);
void sb_batch_strangers_finish(sb_batch_strangers *strangers);

void sb_batch_row_init(sb_batch_row *row, int64_t line, const sb_clip_params *defaults);
void sb_batch_row_finish(sb_batch_row *row);

/* Sets a value as sb_option_set does. An empty value is ignored. A number may have a decimal comma. Returns
 * SB_ERR_ARGUMENT if the value is invalid; SB_ERR_MEMORY. */
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
