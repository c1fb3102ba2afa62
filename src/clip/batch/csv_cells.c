#include "clip/batch/batch.h"

#include <math.h>

void sb_csv_time_cell(sb_bytes *out, sb_time t)
{
    char text[SB_TIME_TEXT];
    if (t != SB_TIME_NONE)
        sb_bytes_text(out, sb_time_print_seconds(text, t, 6));
    sb_bytes_text(out, ",");
}

void sb_csv_number_cell(sb_bytes *out, double value, int decimals)
{
    char text[SB_TIME_TEXT];
    if (isfinite(value))
        sb_bytes_text(out, sb_time_print_seconds(text, sb_time_from_seconds(value), decimals));
    sb_bytes_text(out, ",");
}
