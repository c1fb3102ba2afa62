#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/run/watch.h"
#include "base/text/text.h"
#include "base/words/words.h"

struct sb_stems {
    struct sb_stemmer *rules; /* NULL: none for the language */
};

bool sb_stems_exist(void)
{
    return true;
}

bool sb_stems_create(sb_stems **out, const char *language)
{
    char code[3] = "en";
    if (language && strlen(language) >= 2)
        memcpy(code, language, 2);
    *out = calloc(1, sizeof **out);
    if (!*out)
        return false;
    (*out)->rules = sb_stemmer_new(code, NULL);
    if (!(*out)->rules && sb_memory_failed())
        sb_stems_free(out);
    return *out != NULL;
}

void sb_stems_free(sb_stems **stems)
{
    if (!*stems)
        return;
    sb_stemmer_delete((*stems)->rules);
    free(*stems);
    *stems = NULL;
}

char *sb_stem_of(sb_stems *stems, const char *word)
{
    if (!stems->rules)
        return sb_copy_bytes(word, strlen(word));
    const unsigned char *stem = sb_stemmer_stem(stems->rules, (const unsigned char *)word, (int)strlen(word));
    return stem ? sb_copy_bytes((const char *)stem, (size_t)sb_stemmer_length(stems->rules)) : NULL;
}
