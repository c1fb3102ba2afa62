#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/words/words.h"

struct sb_stems {
    char unused;
};

bool sb_stems_exist(void)
{
    return false;
}

bool sb_stems_create(sb_stems **out, const char *language)
{
    (void)language;
    *out = calloc(1, sizeof **out);
    return *out != NULL;
}

void sb_stems_free(sb_stems **stems)
{
    free(*stems);
    *stems = NULL;
}

char *sb_stem_of(sb_stems *stems, const char *word)
{
    (void)stems;
    return sb_copy_bytes(word, strlen(word));
}
