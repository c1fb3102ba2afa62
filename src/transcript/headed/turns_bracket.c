#include "transcript/headed/headed.h"

static const sb_headed_format format = {.forms = SB_FORM(SB_HEADER_SQUARE), .example = "NAME [00:01:30]:"};

static sb_sniff sniff_bracket(const char *text, size_t size)
{
    sb_survey survey;
    sb_survey_make(&survey, text, size);
    return sb_survey_share(&survey, format.forms) >= 50 ? (sb_sniff){90, "headers such as NAME [00:01:30]:"}
                                                        : (sb_sniff){0};
}

static sb_status read_bracket(sb_reading *reading)
{
    return sb_headed_read(reading, &format);
}

const sb_reader sb_reader_turns_bracket = {"turns-bracket", "NAME [HH:MM:SS]: on a line, its text below",
                                           sniff_bracket, read_bracket, SB_UNIT_TURN};
