#include "transcript/headed/headed.h"

static const sb_headed_format format = {.forms = SB_FORM(SB_HEADER_MARKED),
                                        .other_forms = SB_FORM(SB_HEADER_TIME) | SB_FORM(SB_HEADER_NAME) |
                                                       SB_FORM(SB_HEADER_BARE) | SB_FORM(SB_HEADER_ROUND) |
                                                       SB_FORM(SB_HEADER_SQUARE),
                                        .example = "**NAME:** text"};

/* The marked terms of a list of features, "- **Clip**: cuts", occur once each. */
static bool has_speakers(const sb_survey *survey)
{
    bool repeats = false;
    for (size_t i = 0; i < survey->n_names; i++)
        repeats = repeats || survey->names[i].count > 1;
    return survey->n_marked_times > 0 || repeats || survey->begins_with_name;
}

static sb_sniff sniff_markdown(const char *text, size_t size)
{
    sb_survey survey;
    sb_survey_make(&survey, text, size);
    bool has_names_above = survey.has_names_above && survey.n_times_alone * 2 < survey.n_nameless;
    if (has_names_above && survey.n_nameless * 2 >= survey.n_timed)
        return (sb_sniff){75, "names on lines of their own, each with a time on the next line"};
    bool is_usual = sb_survey_share(&survey, format.forms) > 50 ||
                    (survey.n_marked_times > 0 && survey.n_marked_times * 2 >= survey.n_timed);
    return is_usual && has_speakers(&survey) && (survey.names_count || survey.n_timed > 0)
               ? (sb_sniff){86, "marked names such as **NAME:** or [NAME] [00:01:30]"}
               : (sb_sniff){0};
}

static sb_status read_markdown(sb_reading *reading)
{
    return sb_headed_read(reading, &format);
}

const sb_reader sb_reader_turns_markdown = {"turns-markdown", "**NAME:** text, with or without a time",
                                            sniff_markdown, read_markdown, SB_UNIT_TURN};
