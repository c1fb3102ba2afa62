#include <stdlib.h>

#include "base/run/run.h"
#include "drift/measure/measure.h"

char *sb_drift_print_stamp(char out[SB_TIME_TEXT], sb_time t)
{
    return sb_time_print(out, t, t % SB_TIME_SECOND ? 3 : 0);
}

char *sb_drift_print_length(char out[SB_TIME_TEXT], sb_time t)
{
    return sb_time_print_seconds(out, llabs(t), llabs(t) < 10 * SB_TIME_SECOND ? 3 : 1);
}

char *sb_drift_print_step(char out[SB_TIME_TEXT], const sb_drift *drift)
{
    return sb_time_print_seconds(out, drift->resolution, drift->resolution % SB_TIME_SECOND ? 3 : 0);
}

char *sb_drift_quote_words(const sb_aligned_turn *turn, size_t first, size_t last, size_t max_words)
{
    sb_aligned_turn part = {.words = turn->words + first, .n_words = last - first + 1};

    if (part.n_words <= max_words)
        return sb_aligned_turn_text(&part);
    part.n_words = max_words;
    char *text = sb_aligned_turn_text(&part);
    char *cut = text ? sb_text_print("%s ...", text) : NULL;
    free(text);
    return cut;
}
