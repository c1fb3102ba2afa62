#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"
#include "export/captions/captions.h"
#include "transcript/transcript.h"

#define COST_WITHIN 95 /* inside a word */
#define COST_CLINGS 90
#define COST_SCRIPT 70 /* between characters of a script without blanks */
#define COST_PLAIN  50
#define COST_BEFORE 30
#define COST_CLAUSE 15
#define COST_STRAY  35 /* for separating one word from its sentence; half for two words */
#define PAUSE       (250 * SB_TIME_MS)
#define MAX_WORD    24

static const char *const articles[] = {
    "a",     "an",    "the",   "der", "die", "das", "den", "dem", "des", "ein",  "eine",
    "einen", "einem", "einer", "un",  "une", "la",  "le",  "les", "el",  "los",  "las",
    "il",    "lo",    "gli",   "una", "du",  "mr",  "mrs", "ms",  "dr",  "prof",
};
/* Words that belong to the next word, and words that begin a phrase. */
static const char *const clinging[] = {
    "of",   "to",    "in",     "on",    "at",  "for",  "with",  "by",    "from",   "as",   "and",   "or",
    "but",  "my",    "your",   "his",   "her", "its",  "our",   "i",     "their",  "this", "these", "those",
    "no",   "not",   "very",   "is",    "are", "was",  "were",  "be",    "we",     "he",   "she",   "it",
    "you",  "they",  "de",     "und",   "et",  "y",    "que",   "per",   "which",  "who",  "if",    "i'm",
    "it's", "we're", "you're", "don't", "can", "will", "would", "could", "should", "have", "has",   "had",
};
static const char *const opening[] = {
    "and",    "or",      "but",  "because", "so",      "that",    "which",   "who",    "when",
    "where",  "while",   "if",   "then",    "than",    "to",      "of",      "in",     "on",
    "at",     "for",     "with", "from",    "about",   "after",   "between", "before", "though",
    "since",  "until",   "into", "over",    "under",   "through", "by",      "as",     "without",
    "during", "against", "nor",  "unless",  "whether", "und",     "oder",    "aber",   "weil",
    "dass",   "et",      "ou",   "mais",    "y",       "pero",
};

#define IS_ONE_OF(word, list) word_is_listed(word, list, sizeof list / sizeof *(list))

/* Returns the letters of an item in lower case, for looking them up. Empty if it has other characters too. */
static void read_item_word(char out[MAX_WORD], const sb_caption_item *item)
{
    size_t n = 0, i = 0;
    for (; i < item->size && n + 1 < MAX_WORD; i++) {
        char c = item->text[i];
        if (c >= 'A' && c <= 'Z')
            c |= 0x20;
        if (!(c >= 'a' && c <= 'z') && c != '\'')
            break;
        out[n++] = c;
    }
    bool whole = i == item->size || (i + 1 == item->size && item->text[i] == '.');
    out[whole ? n : 0] = '\0';
}

static bool word_is_listed(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; *word && i < n; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* The end of an item as a string, with its punctuation. */
typedef struct item_end {
    char text[64];
} item_end;

static const char *text_of_end(item_end *end, const sb_caption_item *item)
{
    size_t size = item->size, from = size < sizeof end->text ? 0 : size - sizeof end->text + 1;
    memcpy(end->text, item->text + from, size - from);
    end->text[size - from] = '\0';
    return end->text;
}

static int32_t first_char(const sb_caption_item *item)
{
    size_t at = 0;
    return item->size ? sb_utf8_next(item->text, item->size, &at) : 0;
}

static int32_t last_char(const sb_caption_item *item)
{
    int32_t c = 0;
    for (size_t at = 0; at < item->size;)
        c = sb_utf8_next(item->text, item->size, &at);
    return c;
}

static bool is_hiragana(int32_t c)
{
    return c >= 0x3041 && c <= 0x309F;
}

/* Japanese phrases end in hiragana and begin with another script. */
static int joined_cost(const sb_caption_item *item, const sb_caption_item *next)
{
    int32_t before = last_char(item), after = first_char(next);
    if (sb_is_unspaced(before) && sb_is_unspaced(after) && item->word != next->word)
        return COST_SCRIPT;
    if (!sb_is_ideographic(before) && !sb_is_ideographic(after))
        return COST_WITHIN;
    if (is_hiragana(before) && !is_hiragana(after))
        return COST_PLAIN;
    return is_hiragana(after) ? COST_CLINGS : COST_SCRIPT;
}

/* True for two adjacent capitalised words, unless the first begins a sentence: "Ben Wilson", but not "When
 * Ben". */
static bool is_part_of_name(const sb_caption_item *item, const sb_caption_item *next, const char *word)
{
    return sb_is_upper(first_char(item)) && sb_is_upper(first_char(next)) && strcmp(word, "i") != 0 &&
           !IS_ONE_OF(word, clinging) && !IS_ONE_OF(word, opening);
}

static int word_cost(const sb_caption_item *item, const sb_caption_item *next)
{
    char word[MAX_WORD], word_after[MAX_WORD];
    read_item_word(word, item);
    read_item_word(word_after, next);
    if (IS_ONE_OF(word, articles))
        return SB_CAPTION_NEVER;
    if (strcmp(word_after, "i") != 0 && is_part_of_name(item, next, word))
        return SB_CAPTION_NEVER;
    if (IS_ONE_OF(word, clinging))
        return COST_CLINGS;
    return IS_ONE_OF(word_after, opening) ? COST_BEFORE : COST_PLAIN;
}

static bool item_ends_sentence(const sb_caption_item *item)
{
    item_end end;
    return item->kind == SB_CAPTION_WORD && sb_word_ends_sentence(text_of_end(&end, item));
}

static bool has_letters(const sb_caption_item *item)
{
    for (size_t at = 0; at < item->size;) {
        int32_t c = sb_utf8_next(item->text, item->size, &at);
        if (sb_is_letter(c) || sb_is_digit(c))
            return true;
    }
    return false;
}

bool sb_caption_ends_sentence(const sb_caption_item *items, size_t n_items, size_t at)
{
    return at + 1 < n_items && !items[at + 1].breaks && !items[at + 1].joined &&
           has_letters(&items[at + 1]) && item_ends_sentence(&items[at]);
}

/* The cost of a break after the first or second word of a sentence, or before the last. It depends on the
 * text only, so that captions that are read and set again keep their breaks. */
static int stray_cost(const sb_caption_item *items, size_t n_items, size_t at)
{
    for (size_t n = 1; n <= 2; n++) {
        bool begins = at >= n && item_ends_sentence(&items[at - n]);
        bool ends = at + n < n_items && item_ends_sentence(&items[at + n]);
        if (begins || ends)
            return COST_STRAY / (int)n;
    }
    return 0;
}

int sb_caption_break_cost(const sb_caption_item *items, size_t n_items, size_t at)
{
    item_end end;
    if (at + 1 >= n_items || items[at + 1].breaks)
        return 0;
    const sb_caption_item *item = &items[at], *next = item + 1;
    if (item->kind == SB_CAPTION_NAME)
        return SB_CAPTION_NEVER;
    if (item->kind == SB_CAPTION_EVENT || next->kind == SB_CAPTION_EVENT)
        return next->kind == item->kind && next->joined == item->joined ? COST_CLAUSE : 0;
    if (sb_word_ends_sentence(text_of_end(&end, item)) && !next->joined)
        return 0;
    if (sb_word_ends_clause(end.text) && !next->joined)
        return COST_CLAUSE;
    if (next->joined)
        return joined_cost(item, next);
    int cost = word_cost(item, next);
    if (cost >= SB_CAPTION_NEVER)
        return cost;
    if (next->start - item->end >= PAUSE)
        return COST_CLAUSE;
    cost += stray_cost(items, n_items, at);
    return cost < SB_CAPTION_NEVER ? cost : SB_CAPTION_NEVER - 1;
}
