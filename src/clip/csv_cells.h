/* Cells of the manifest's table, each with the comma after it; what is unknown leaves its cell empty. */
#ifndef SB_CLIP_CSV_CELLS_H
#define SB_CLIP_CSV_CELLS_H

#include "soundbite/file.h"
#include "soundbite/time.h"

/* In seconds; SB_TIME_NONE is unknown. */
void sb_csv_time_cell(sb_bytes *out, sb_time t);

/* What is not finite is unknown. */
void sb_csv_number_cell(sb_bytes *out, double value, int decimals);

#endif
