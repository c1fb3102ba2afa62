#include "transcript/cues/cues.h"

static int srt_score(const sb_cue_style *style, bool prevails)
{
    if (!prevails && !style->is_loose)
        return 45;
    if (style->has_comma)
        return style->is_loose ? 80 : 92;
    if (style->has_index)
        return style->is_loose ? 70 : 90;
    return style->is_loose ? 50 : 72;
}

static sb_sniff sniff_srt(const char *text, size_t size)
{
    sb_cue_style style;
    if (!sb_cue_sniff(&style, text, size))
        return (sb_sniff){0};
    return (sb_sniff){srt_score(&style, sb_cues_prevail(text, size)),
                      "cues such as 00:00:01,000 --> 00:00:04,000"};
}

static sb_status read_srt(sb_reading *reading)
{
    sb_cues cues = {0};
    sb_status status = sb_cues_read(&cues, reading, (sb_line){0}, false);
    if (status == SB_OK && cues.n_items == 0)
        status = sb_reading_fail(reading, 0,
                                 "no cue times such as \"00:00:01,000 --> 00:00:04,000\"; choose another "
                                 "format, or get the whole file");
    if (status == SB_OK)
        status = sb_cues_add_turns(reading, &cues);
    sb_cues_finish(&cues);
    return status;
}

const sb_reader sb_reader_srt = {"srt", "SubRip captions: number, 00:00:01,000 --> 00:00:04,000, text",
                                 sniff_srt, read_srt, SB_UNIT_CUE};
