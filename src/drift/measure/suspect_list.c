#include <stdlib.h>

#include "base/run/run.h"
#include "drift/measure/measure.h"

sb_status sb_drift_add_suspect(sb_drift *drift, size_t turn, sb_suspect_kind kind, char *note, sb_error *err)
{
    if (!note || !sb_push_room(&drift->suspects, drift->n_suspects, sizeof *drift->suspects)) {
        free(note);
        return sb_error_memory(err, "looking for suspect turns");
    }
    drift->suspects[drift->n_suspects++] = (sb_suspect){.turn = turn,
                                                        .last_turn = turn,
                                                        .kind = kind,
                                                        .note = note,
                                                        .audio = {SB_TIME_NONE, SB_TIME_NONE},
                                                        .speech = SB_TIME_NONE,
                                                        .needed = SB_TIME_NONE};
    return SB_OK;
}

void sb_drift_keep_evidence(sb_drift *drift, const sb_suspect *weighed)
{
    sb_suspect *last = &drift->suspects[drift->n_suspects - 1];

    last->audio = weighed->audio;
    last->speech = weighed->speech;
    last->needed = weighed->needed;
}
