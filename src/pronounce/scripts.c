#include "pronounce/pronounce.h"

#include <utf8proc.h>

#include <string.h>

typedef struct block {
    utf8proc_int32_t first, last;
    sb_writing_script script;
} block;

static const block blocks[] = {
    {0x0041, 0x024F, SB_SCRIPT_LATIN},    {0x0370, 0x03FF, SB_SCRIPT_GREEK},
    {0x0400, 0x052F, SB_SCRIPT_CYRILLIC}, {0x1E00, 0x1EFF, SB_SCRIPT_LATIN},
    {0x1F00, 0x1FFF, SB_SCRIPT_GREEK},    {0x2C60, 0x2C7F, SB_SCRIPT_LATIN},
    {0xFB00, 0xFB06, SB_SCRIPT_LATIN},    {0xFF21, 0xFF5A, SB_SCRIPT_LATIN},
};

static bool is_unicode_letter(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static sb_writing_script script_of_letter(utf8proc_int32_t c)
{
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (c >= blocks[i].first && c <= blocks[i].last)
            return blocks[i].script;
    return SB_SCRIPT_OTHER;
}

static void count_letters(size_t counts[SB_SCRIPTS], const char *text)
{
    utf8proc_ssize_t size = (utf8proc_ssize_t)strlen(text), n;
    for (utf8proc_int32_t c; size > 0; text += n, size -= n) {
        n = utf8proc_iterate((const utf8proc_uint8_t *)text, size, &c);
        if (n > 0 && is_unicode_letter(c))
            counts[script_of_letter(c)]++;
        n = n > 0 ? n : 1;
    }
}

sb_writing_script sb_script_of(const char *const *texts, size_t n_texts)
{
    size_t counts[SB_SCRIPTS] = {0};
    sb_writing_script best = SB_SCRIPT_NONE;
    for (size_t i = 0; i < n_texts; i++)
        count_letters(counts, texts[i]);
    for (sb_writing_script i = SB_SCRIPT_LATIN; i < SB_SCRIPTS; i++)
        if (counts[i] > counts[best])
            best = i;
    return best;
}
