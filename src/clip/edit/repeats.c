#include "base/words/words.h"
#include "clip/edit/edit.h"

#include <string.h>

#define MAX_WORDS 4
#define MAX_GAP   (700 * SB_TIME_MS)

/* Function words with which stutters begin. They are English; the rule for abandoned words works in every
 * language. */
static const char *const stumbled[] = {
    "a",     "an",    "the",  "i",      "i'm",     "i've",    "i'd",  "i'll",    "he",   "he's",  "she",
    "she's", "it",    "it's", "we",     "we're",   "we've",   "they", "they're", "this", "these", "those",
    "my",    "your",  "his",  "its",    "our",     "their",   "and",  "but",     "or",   "if",    "when",
    "where", "who",   "what", "how",    "because", "to",      "of",   "at",      "for",  "with",  "from",
    "by",    "as",    "into", "about",  "was",     "are",     "were", "be",      "have", "has",   "can",
    "could", "would", "will", "should", "there",   "there's", "in",   "on",      NULL};

/* These begin a stutter only if more words follow. Repeated alone, they may be meant. */
static const char *const stumbled_in_phrases[] = {"you", "you're", "that", "that's", "is",
                                                  "do",  "did",    "so",   "not",    NULL};

static bool same_words(const sb_drop_word *words, const size_t *order, size_t at, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const sb_drop_word *first = &words[order[at + i]], *second = &words[order[at + length + i]];
        if (!first->sure || !second->sure || !*first->folded || strcmp(first->folded, second->folded) ||
            first->stopped)
            return false;
    }
    return true;
}

static bool follows_at_once(const sb_drop_word *before, const sb_drop_word *after)
{
    return after->span.start - before->span.end <= MAX_GAP;
}

static bool is_stumble(const sb_drop_word *words, const size_t *order, size_t n, size_t at, size_t length)
{
    if (at + 2 * length > n || !same_words(words, order, at, length))
        return false;
    const sb_drop_word *last = &words[order[at + length - 1]], *end = &words[order[at + 2 * length - 1]];
    const char *begins_with = words[order[at]].folded;
    if (!follows_at_once(last, &words[order[at + length]]))
        return false;
    if (length == 1)
        return sb_word_is_among(begins_with, stumbled);
    bool goes_on = at + 2 * length < n && !end->stopped;
    bool is_chain = at > 0 && !strcmp(words[order[at - 1]].folded, last->folded);
    return goes_on && !is_chain &&
           (sb_word_is_among(begins_with, stumbled) || sb_word_is_among(begins_with, stumbled_in_phrases));
}

static bool is_given_up(const sb_drop_word *words, const size_t *order, size_t n, size_t at)
{
    if (at + 1 >= n)
        return false;
    const sb_drop_word *word = &words[order[at]], *next = &words[order[at + 1]];
    size_t length = strlen(word->folded);
    return word->cut_off && word->sure && next->sure && length > 0 && length <= strlen(next->folded) &&
           !strncmp(word->folded, next->folded, length) && follows_at_once(word, next);
}

void sb_repeats_mark(sb_drop_word *words, const size_t *order, size_t n)
{
    for (size_t at = 0; at < n;) {
        size_t length = is_given_up(words, order, n, at) ? 1 : 0;
        for (size_t l = MAX_WORDS; !length && l > 0; l--)
            if (is_stumble(words, order, n, at, l))
                length = l;
        for (size_t i = 0; i < length; i++) {
            words[order[at + i]].dropped |= SB_DROP_REPEATS;
            words[order[at + i]].again = order[at + length + i];
        }
        at += length ? length : 1;
    }
}
