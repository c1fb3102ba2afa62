#include "export/text/text.h"

#include "base/run/run.h"
#include "base/text/text.h"

void sb_one_line_turn(sb_bytes *out, const sb_aligned_turn *turn)
{
    for (size_t w = 0; w < turn->n_words; w++) {
        sb_bytes_text(out, w > 0 ? sb_word_gap(turn->words[w - 1].text, turn->words[w].text) : "");
        sb_one_line_append(out, turn->words[w].text);
    }
}

char *sb_one_line_file_stem(const char *path, bool *ok)
{
    const char *name = sb_path_name(path);
    if (!name)
        return NULL;
    char *stem = sb_copy_bytes(name, sb_path_stem(name));
    *ok = *ok && stem;
    return stem;
}
