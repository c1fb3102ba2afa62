#include "align/acoustic/turn_languages.h"

#include "base/memory.h"
#include "pronounce/languages.h"

#include <stdlib.h>
#include <string.h>

const char *sb_turn_language(const sb_alignment *a, const sb_aligned_turn *turn)
{
    return turn->language ? turn->language : a->transcript.language;
}

static sb_status set_all(sb_alignment *a, const sb_language *main_language, const sb_language *of_turns)
{
    bool ok = true;
    if (main_language->tag[0]) {
        free(a->transcript.language);
        a->transcript.language = sb_copy_text(main_language->tag, &ok);
    }
    for (size_t t = 0; t < a->n_turns && ok; t++)
        if (of_turns[t].tag[0] && strcmp(of_turns[t].tag, main_language->tag) != 0)
            a->turns[t].language = sb_copy_text(of_turns[t].tag, &ok);
    return ok ? SB_OK : SB_ERR_MEMORY;
}

static sb_status find_all(sb_alignment *a, char **texts, sb_language *of_turns, const char *given,
                          sb_error *err)
{
    sb_language main_language;
    for (size_t t = 0; t < a->n_turns; t++)
        if (!(texts[t] = sb_aligned_turn_text(&a->turns[t])))
            return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    sb_status status = sb_languages_find(&main_language, of_turns, (const char *const *)texts, a->n_turns,
                                         given ? given : a->transcript.language, err);
    if (status == SB_OK && set_all(a, &main_language, of_turns) != SB_OK)
        status = sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    return status;
}

sb_status sb_turn_languages_set(sb_alignment *a, const char *given, sb_error *err)
{
    char **texts = calloc(a->n_turns + 1, sizeof *texts);
    sb_language *of_turns = calloc(a->n_turns + 1, sizeof *of_turns);
    sb_status status = texts && of_turns ? find_all(a, texts, of_turns, given, err)
                                         : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    for (size_t t = 0; texts && t < a->n_turns; t++)
        free(texts[t]);
    free(texts);
    free(of_turns);
    return status;
}
