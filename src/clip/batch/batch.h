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

/* Reading a list: batch_list.c decides between a table and lines of JSON; both add their rows here. */

typedef struct sb_batch_reader {
    sb_batch_list *list;
    const char *path;
    const sb_clip_params *defaults;
    sb_batch_strangers strangers;
    sb_notes *notes;
} sb_batch_reader;

/* Adds a row with the defaults. Returns NULL, with the error set, if memory runs out. */
sb_batch_row *sb_batch_row_add(sb_batch_reader *r, int64_t line, sb_error *err);

/* Checks the row unless `status` is an error already, whose `reason` becomes the row's, with its position.
 * Returns SB_ERR_MEMORY, which ends the whole list. */
sb_status sb_batch_row_end(const sb_batch_reader *r, sb_batch_row *row, sb_status status,
                           const sb_error *reason, sb_error *err);

/* Handles an unknown column. It is an error only if its name is almost certainly a misspelled column name,
 * because its values would be lost. Returns SB_ERR_FORMAT or SB_ERR_MEMORY. */
sb_status sb_batch_take_stranger(sb_batch_reader *r, const char *path, int64_t line, const char *noun,
                                 const char *name, sb_error *err);

/* Returns true if the column is read, when `best` is the lowest rank of the row's columns that may be the
 * phrase. */
bool sb_batch_column_wanted(const sb_batch_column *column, size_t best);

/* Add the rows of a table with a header, or of lines of JSON. Return SB_ERR_FORMAT or SB_ERR_MEMORY. */
sb_status sb_batch_table_read(sb_batch_reader *r, const char *data, size_t size, sb_error *err);
sb_status sb_batch_json_read(sb_batch_reader *r, const char *data, size_t size, sb_error *err);

/* The parts of the clip page. */

/* clip_page.html with the head, the style sheets and the script, included at build time. Each ends with a
 * NUL. */
extern const unsigned char sb_clip_page_frame[];
extern const unsigned char sb_clip_page_style[];
extern const unsigned char sb_clip_page_script[];

#endif
