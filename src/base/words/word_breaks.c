#include "base/words/words.h"

bool sb_is_unspaced(int32_t c)
{
    bool is_thai = (c >= 0xE01 && c <= 0xE3A) || (c >= 0xE40 && c <= 0xE4E);
    bool is_lao = (c >= 0xE81 && c <= 0xECE) || (c >= 0xEDC && c <= 0xEDF);
    bool is_burmese = (c >= 0x1000 && c <= 0x103F) || (c >= 0x1050 && c <= 0x108F) ||
                      (c >= 0x109A && c <= 0x109D) || (c >= 0xAA60 && c <= 0xAA7F);
    bool is_khmer = (c >= 0x1780 && c <= 0x17D3) || c == 0x17D7 || c == 0x17DC;
    return is_thai || is_lao || is_burmese || is_khmer;
}
