#include "align/energy/energy.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#define MOST_MUSIC 0.67               /* of the speech */
#define LEAST_PART (100 * SB_TIME_MS) /* a span is not split closer to its ends */

/* Returns the next edge of music inside the span, or the end of the span. */
static sb_time next_edge(const sb_speech *speech, sb_span span)
{
    for (size_t i = 0; i < speech->n_music; i++) {
        const sb_time edges[2] = {speech->music[i].start, speech->music[i].end};
        for (size_t e = 0; e < 2; e++)
            if (edges[e] >= span.start + LEAST_PART && edges[e] + LEAST_PART <= span.end)
                return edges[e];
    }
    return span.end;
}

/* Returns true if most of the recording sounds like music; then its speech does too, so music is no
 * evidence. */
static bool tells_nothing(const sb_speech *speech)
{
    sb_time sum = 0, music = 0;
    for (size_t i = 0; i < speech->n_speech; i++) {
        sum += speech->speech[i].end - speech->speech[i].start;
        music += sb_music_in(speech, speech->speech[i]);
    }
    return (double)music > MOST_MUSIC * (double)sum;
}

sb_status sb_music_part(sb_speech *out, const sb_speech *speech, sb_error *err)
{
    *out = *speech;
    if (tells_nothing(speech))
        out->n_music = 0;
    out->speech = calloc(speech->n_speech + 2 * speech->n_music + 1, sizeof *out->speech);
    if (!out->speech)
        return sb_error_memory(err, "aligning");
    out->n_speech = 0;
    for (size_t i = 0; i < speech->n_speech; i++)
        for (sb_span rest = speech->speech[i]; rest.start < rest.end;) {
            sb_time until = next_edge(out, rest);
            out->speech[out->n_speech++] = (sb_span){rest.start, until};
            rest.start = until;
        }
    return SB_OK;
}

sb_time sb_music_in(const sb_speech *speech, sb_span span)
{
    sb_time sum = 0;
    for (size_t i = 0; i < speech->n_music && speech->music[i].start < span.end; i++) {
        sb_time from = span.start > speech->music[i].start ? span.start : speech->music[i].start;
        sb_time until = span.end < speech->music[i].end ? span.end : speech->music[i].end;
        sum += until > from ? until - from : 0;
    }
    return sum;
}

bool sb_music_is(const sb_speech *speech, sb_span span)
{
    return 2 * sb_music_in(speech, span) > span.end - span.start;
}
