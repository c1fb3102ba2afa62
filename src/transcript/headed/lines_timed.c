#include "transcript/headed/headed.h"
#include "transcript/readers/readers.h"

#define MIN_SHARE 25 /* percent of the lines that begin with a time */

static const sb_headed_format format = {.forms = SB_FORM(SB_HEADER_TIME),
                                        .other_forms = SB_FORM(SB_HEADER_NAME) | SB_FORM(SB_HEADER_MARKED) |
                                                       SB_FORM(SB_HEADER_ARROW),
                                        .example = "00:01:30 text"};

static sb_sniff sniff_lines_timed(const char *text, size_t size)
{
    sb_survey survey;
    sb_survey_make(&survey, text, size);
    size_t n = survey.n_forms[SB_HEADER_TIME];
    bool is_usual = n * 100 >= survey.n_lines * MIN_SHARE || (n > 1 && survey.n_times_alone == n);
    if (n == 0 || sb_survey_share(&survey, format.forms) < 50 || !(is_usual || survey.begins_with_time) ||
        sb_not_prose(text, size))
        return (sb_sniff){0};
    return (sb_sniff){70, "lines that begin with a time such as 00:01:30"};
}

static sb_status read_lines_timed(sb_reading *reading)
{
    return sb_headed_read(reading, &format);
}

const sb_reader sb_reader_lines_timed = {"lines-timed", "HH:MM:SS text, also with NAME: between",
                                         sniff_lines_timed, read_lines_timed, SB_UNIT_CUE};
