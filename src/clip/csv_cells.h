/* CSV cells of the manifest, each followed by a comma. An unknown value gives an empty cell. */
#ifndef SB_CLIP_CSV_CELLS_H
#define SB_CLIP_CSV_CELLS_H

#include "soundbite/file.h"
#include "soundbite/time.h"

/* Writes seconds. SB_TIME_NONE is unknown. */
void sb_csv_time_cell(sb_bytes *out, sb_time t);

/* A value that is not finite is unknown. */
void sb_csv_number_cell(sb_bytes *out, double value, int decimals);

#endif
