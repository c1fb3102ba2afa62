#include "transcript/headed/headed.h"

static const sb_headed_format format = {
    .forms = SB_FORM(SB_HEADER_BARE), .other_forms = SB_FORM(SB_HEADER_ROUND), .example = "NAME 1:30"};

static sb_sniff sniff_otter(const char *text, size_t size)
{
    sb_survey survey;
    sb_survey_make(&survey, text, size);
    return sb_survey_share(&survey, format.forms) > 50
               ? (sb_sniff){80, "lines of a name and a time such as NAME 1:30"}
               : (sb_sniff){0};
}

static sb_status read_otter(sb_reading *reading)
{
    return sb_headed_read(reading, &format);
}

const sb_reader sb_reader_turns_otter = {"turns-otter",
                                         "NAME M:SS on a line, its text below, as Otter writes it",
                                         sniff_otter, read_otter, SB_UNIT_TURN};
