#include "transcript/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#define MAX_PART_BYTES 16

/* The second halves of contractions: "I'" + "m", "we'" + "ll". */
static const char *const contractions[] = {"m", "s", "t", "d", "re", "ve", "ll", "em", "clock", NULL};
/* The first halves of elisions in French, Italian and Catalan, which a vowel or h follows. */
static const char *const elisions[] = {"l",      "d",     "j",     "m",      "t",       "s",      "c",
                                       "n",      "qu",    "jusqu", "lorsqu", "puisqu",  "quoiqu", "quelqu",
                                       "presqu", "dell",  "all",   "nell",   "sull",    "dall",   "un",
                                       "gl",     "quest", "quell", "sant",   "aujourd", NULL};

/* Copies the leading letters of `word` in lower case. Returns their length in `word`, or 0 if there are too
 * many. */
static size_t take_letters(char out[MAX_PART_BYTES], const char *word)
{
    size_t n = 0;
    while ((word[n] >= 'a' && word[n] <= 'z') || (word[n] >= 'A' && word[n] <= 'Z')) {
        if (n + 1 == MAX_PART_BYTES)
            return 0;
        out[n] = (char)(word[n] | 0x20);
        n++;
    }
    out[n] = 0;
    return n;
}

bool sb_is_elision(const char *text, size_t size)
{
    return sb_part_is_among(text, size, elisions);
}

static bool begins_with_vowel(const char *word)
{
    size_t at = 0, size = strlen(word);
    int32_t c = size ? sb_utf8_next(word, size, &at) : 0;
    return (c < 0x80 && c && strchr("aeiouyhAEIOUYH", c)) || (c >= 0xC0 && c < 0x180 && sb_is_letter(c));
}

/* Whether `first` ends with an apostrophe and goes on in `second`, at the start of the next cue. */
static bool belong_together(const char *first, const char *second)
{
    char before[MAX_PART_BYTES], after[MAX_PART_BYTES];
    size_t size = strlen(first);
    bool is_curly = size > 3 && strcmp(first + size - 3, "\xE2\x80\x99") == 0;
    if (size < 2 || (!is_curly && first[size - 1] != '\''))
        return false;
    size_t stem = size - (is_curly ? 3 : 1), at = stem;
    if (!sb_is_letter(sb_utf8_last(first, 0, &at)))
        return false;
    size_t n = take_letters(after, second);
    if (n > 0 && !sb_is_letter((unsigned char)second[n]) && (unsigned char)second[n] < 0x80 &&
        sb_word_is_among(after, contractions))
        return true;
    return take_letters(before, first) == stem && begins_with_vowel(second) &&
           sb_word_is_among(before, elisions);
}

static bool join(sb_transcript *t, sb_turn *row, sb_turn *next)
{
    sb_word *first = &row->words[row->n_words - 1], *second = &next->words[0];
    char *text = sb_text_print("%s%s", first->text, second->text);
    char *copy = text ? sb_arena_copy(&t->memory->texts, text, strlen(text)) : NULL;
    free(text);
    if (!copy)
        return false;
    first->text = copy;
    first->end = second->end;
    memmove(next->words, next->words + 1, --next->n_words * sizeof *next->words);
    for (size_t i = 0; i < next->n_events; i++)
        next->events[i].before_word -= next->events[i].before_word > 0;
    return true;
}

sb_status sb_cues_join_split_words(sb_transcript *t)
{
    for (size_t i = 1; i < t->n_turns; i++) {
        sb_turn *row = &t->turns[i - 1], *next = &t->turns[i];
        if (row->n_words > 0 && next->n_words > 1 && sb_same_text(row->speaker, next->speaker) &&
            belong_together(row->words[row->n_words - 1].text, next->words[0].text) && !join(t, row, next))
            return SB_ERR_MEMORY;
    }
    return SB_OK;
}
