#include "transcript/headed/headed.h"

static const sb_headed_format format = {
    .forms = SB_FORM(SB_HEADER_ROUND), .other_forms = SB_FORM(SB_HEADER_BARE), .example = "NAME (00:01:30):"};

static sb_sniff sniff_paren(const char *text, size_t size)
{
    sb_survey survey;
    sb_survey_make(&survey, text, size);
    return sb_survey_share(&survey, format.forms) >= 50 ? (sb_sniff){85, "headers such as NAME (00:01:30):"}
                                                        : (sb_sniff){0};
}

static sb_status read_paren(sb_reading *reading)
{
    return sb_headed_read(reading, &format);
}

const sb_reader sb_reader_turns_paren = {"turns-paren", "NAME (HH:MM:SS): and text, as Rev writes it",
                                         sniff_paren, read_paren, SB_UNIT_TURN};
