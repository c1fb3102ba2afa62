#include "base/text/fold.h"
#include "transcript/praat/praat.h"
#include "transcript/tables/tables.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NAME 120

/* Folded words, as in column_names.c. */
static const struct {
    sb_tier_kind kind;
    const char *words;
} senses[] = {
    {SB_TIER_SOUNDS, " phones phone phoneme phonemes phon phons phn segments mau kan mas syllables syllable "
                     "syll silben laute "
                     "ipa sampa xsampa phono pho vowels consonants segs "},
    {SB_TIER_REMARKS,
     " notes note comments comment events event noise noises tones tone breaks tobi misc gloss glosses pos "
     "lemma lemmas translation points f0 pitch intensity kommentar kommentare kommentare remarques "
     "silences silence sounding confidence "},
    {SB_TIER_WORDS,
     " words word ort orthography orthographic tokens token wort worter woerter mots mot palabras palabra "
     "parole parola palavras slova "},
    {SB_TIER_TEXT,
     " text texts transcript transcription transcripts utterance utterances utt turns turn sentence "
     "sentences "
     "phrases phrase ipu ipus trn chunk chunks speech satz saetze satze ausserung ausserungen texte frases "},
};

static bool has_listed_word(const char *words, const char *word, size_t size)
{
    char padded[MAX_NAME + 3];
    if (size > MAX_NAME)
        return false;
    padded[0] = ' ';
    memcpy(padded + 1, word, size);
    memcpy(padded + 1 + size, " ", 2);
    return strstr(words, padded) != NULL;
}

static bool is_separator(char c)
{
    return strchr(" -_/:.()[]+\t", c) != NULL;
}

static int kind_of_word(const char *word, size_t size)
{
    char copy[MAX_NAME + 1];
    if (size > MAX_NAME)
        return -1;
    memcpy(copy, word, size);
    copy[size] = 0;
    char folded[4 * MAX_NAME];
    sb_fold_to(folded, sizeof folded, copy);
    int kind = -1;
    for (size_t i = 0; i < sizeof senses / sizeof *senses; i++)
        if (has_listed_word(senses[i].words, folded, strlen(folded))) {
            kind = (int)senses[i].kind;
            break;
        }
    return kind;
}

/* Returns true if the bracket at the end was opened in the name, as in "Ida Roos (guest)". */
static bool closes_own_bracket(const char *text, sb_range name)
{
    char last = text[name.at + name.length - 1], opening = last == ')' ? '(' : last == ']' ? '[' : 0;
    return opening && memchr(text + name.at, opening, name.length);
}

/* Drops separators at both ends. */
static sb_range bare(const char *text, sb_range range)
{
    while (range.length > 0 && is_separator(text[range.at])) {
        range.at++;
        range.length--;
    }
    while (range.length > 0 && is_separator(text[range.at + range.length - 1]) &&
           !closes_own_bracket(text, range))
        range.length--;
    return range;
}

/* The word for the content of the tier is the first or the last word. */
sb_tier_kind sb_tier_name_read(sb_range *speaker, const char *text, sb_range name)
{
    name = bare(text, name);
    size_t end = name.at + name.length, first = name.at, last = end;
    while (first < end && !is_separator(text[first]))
        first++;
    while (last > name.at && !is_separator(text[last - 1]))
        last--;
    *speaker = name;
    if (sb_range_is(text, name, "ORT-MAU")) {
        speaker->length = 0;
        return SB_TIER_WORDS;
    }
    int kind = kind_of_word(text + last, end - last);
    if (kind >= 0) {
        *speaker = bare(text, (sb_range){name.at, last - name.at});
        if (speaker->length > 0 && kind_of_word(text + speaker->at, speaker->length) >= 0)
            speaker->length = 0;
        return (sb_tier_kind)kind;
    }
    kind = kind_of_word(text + name.at, first - name.at);
    if (kind < 0)
        return SB_TIER_SPEAKER;
    *speaker = bare(text, (sb_range){first, end - first});
    return (sb_tier_kind)kind;
}
