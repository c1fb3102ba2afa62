#include "quote/alike/sounds.h"

#include <stdlib.h>
#include <string.h>

#include "acoustic/acoustic.h"
#include "base/run/run.h"
#include "base/text/text.h"

/* ER is treated as a vowel and R, so that "fern" matches "fair n". */
static bool add_phone(sb_sounds *s, sb_phone phone, size_t word)
{
    if (phone == sb_phone_find("ER", 2))
        return add_phone(s, sb_phone_find("AH", 2), word) && add_phone(s, sb_phone_find("R", 1), word);
    if (!sb_grow(&s->phones, s->n, &s->capacity, sizeof *s->phones) ||
        !sb_grow(&s->word_of, s->n, &s->word_capacity, sizeof *s->word_of))
        return false;
    s->phones[s->n] = phone;
    s->word_of[s->n++] = word;
    return true;
}

void sb_sounds_finish(sb_sounds *s)
{
    free(s->phones);
    free(s->word_of);
}

/* For letters of other scripts, the rules of a language give the names of the scripts, so they are not
 * compared. Scripts that are not alphabets are not compared either. */
static bool is_readable(const sb_lexeme *lexeme)
{
    static const char *const cyrillic[] = {"ru", "uk", "be", "bg", "sr", "mk"};
    const char *text = lexeme->text, *language = lexeme->language ? lexeme->language : "en";
    sb_writing_script script = sb_script_of(&text, 1);
    for (size_t i = 0; script == SB_SCRIPT_CYRILLIC && i < sizeof cyrillic / sizeof *cyrillic; i++)
        if (strncmp(language, cyrillic[i], 2) == 0)
            return true;
    return script <= SB_SCRIPT_LATIN || (script == SB_SCRIPT_GREEK && strncmp(language, "el", 2) == 0);
}

static bool add_word_sounds(sb_sounds *s, const sb_lexicon *lexicon, size_t index, size_t word)
{
    const sb_lexeme *lexeme = &lexicon->lexemes[lexicon->lexeme_of[index]];
    for (size_t i = 0; is_readable(lexeme) && lexeme->n_ways && i < lexeme->ways[0].n_phones; i++)
        if (!add_phone(s, lexeme->ways[0].phones[i], word))
            return false;
    return true;
}

sb_status sb_sound_dictionary_read(sb_dictionary **out, sb_error *err)
{
    const char *path = sb_acoustic_model_dictionary();
    *out = NULL;
    return path ? sb_dictionary_open(out, path, err) : SB_OK;
}

/* Words of the phrase come first in the lexicon, then those of the transcript. */
sb_status sb_sounds_make(sb_sounds *phrase, sb_sounds *text, const char *const *words, size_t n_phrase,
                         size_t n_words, const char *language, const sb_dictionary *model, sb_error *err)
{
    sb_lexicon lexicon;
    const char **languages = calloc(n_words + 1, sizeof *languages);
    sb_lexicon_params params = {
        .dictionary = sb_acoustic_model_dictionary(), .model = model, .languages = languages};
    bool ok = languages != NULL;
    for (size_t i = 0; ok && i < n_words; i++)
        languages[i] = sb_language_is_english(language) ? NULL : language;
    sb_status status =
        ok ? sb_lexicon_make(&lexicon, words, n_words, &params, err) : sb_error_memory(err, "searching");
    if (status != SB_OK) {
        free(languages);
        return status;
    }
    for (size_t i = 0; ok && i < n_words; i++)
        ok = i < n_phrase ? add_word_sounds(phrase, &lexicon, i, i)
                          : add_word_sounds(text, &lexicon, i, i - n_phrase);
    sb_lexicon_finish(&lexicon);
    free(languages);
    return ok ? SB_OK : sb_error_memory(err, "searching");
}
