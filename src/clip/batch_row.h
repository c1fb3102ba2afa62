/* One row of a batch list, built column by column. */
#ifndef SB_CLIP_BATCH_ROW_H
#define SB_CLIP_BATCH_ROW_H

#include "soundbite/batch.h"

typedef struct sb_batch_column sb_batch_column;

/* The column of this name, '_' and '-' alike and case ignored; NULL where there is none. */
const sb_batch_column *sb_batch_column_find(const char *name);

/* The name most like `name`; NULL where none is near. */
const char *sb_batch_column_nearest(const char *name);

/* True where several values may stand in the column. */
bool sb_batch_column_repeats(const sb_batch_column *column);

void sb_batch_row_init(sb_batch_row *row, int64_t line, const sb_clip_params *defaults);
void sb_batch_row_finish(sb_batch_row *row);

/* Takes a value as it would stand on the command line; an empty one says nothing. Columns that name phrases, regexes or
 * speakers may come again and add to each other. SB_ERR_ARGUMENT, SB_ERR_MEMORY. */
sb_status sb_batch_row_set(sb_batch_row *row, const sb_batch_column *column, const char *value,
                           sb_error *err);

/* Checks the row as a whole, when every column was set. */
sb_status sb_batch_row_check(const sb_batch_row *row, sb_error *err);

#endif
