#include "transcript/headed/headed.h"

static const sb_headed_format format = {
    .forms = SB_FORM(SB_HEADER_ARROW), .example = "[00:00.000 --> 00:04.000] text", .has_log = true};

static sb_sniff sniff_whisper_txt(const char *text, size_t size)
{
    sb_survey survey;
    sb_survey_make(&survey, text, size);
    size_t n = survey.n_forms[SB_HEADER_ARROW];
    return n > 0 && n * 2 >= survey.n_timed ? (sb_sniff){95, "lines such as [00:00.000 --> 00:04.000] text"}
                                            : (sb_sniff){0};
}

static sb_status read_whisper_txt(sb_reading *reading)
{
    return sb_headed_read(reading, &format);
}

const sb_reader sb_reader_whisper_txt = {"whisper-txt",
                                         "[MM:SS.mmm --> MM:SS.mmm] text, as Whisper prints it",
                                         sniff_whisper_txt, read_whisper_txt, SB_UNIT_CUE};
