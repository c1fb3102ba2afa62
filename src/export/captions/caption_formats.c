#include "export/export.h"

static const sb_caption_format formats[] = {
    {"srt", sb_srt_append, false},
    {"vtt", sb_vtt_append, true},
    {"ass", sb_ass_append, false},
};

const sb_caption_format *sb_caption_format_at(size_t index)
{
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}
