#include "transcript/tokens/tokens.h"

#include <stdio.h>
#include <string.h>

#include "base/text/text.h"
#include "base/words/words.h"

/* "Do not", "will not". Returns false for "of not". */
static bool write_negation(char out[SB_FORM_SIZE], const char *verb)
{
    static const char *const verbs[] = {"do",    "does",  "did",    "is",    "are",   "was",  "were",
                                        "would", "could", "should", "must",  "might", "have", "has",
                                        "had",   "need",  "dare",   "ought", "may",   NULL};
    const char *stem = strcmp(verb, "will") == 0       ? "wo"
                       : strcmp(verb, "shall") == 0    ? "sha"
                       : strcmp(verb, "can") == 0      ? "ca"
                       : sb_word_is_among(verb, verbs) ? verb
                                                       : NULL;
    if (stem)
        snprintf(out, SB_FORM_SIZE, "%snt", stem);
    return stem != NULL;
}

size_t sb_contraction_read(char out[SB_FORM_SIZE], const sb_tokens *tokens, size_t at)
{
    static const struct {
        const char *second, *ending;
        bool asks; /* only after a question word */
    } verbs[] = {{"is", "s", false},    {"has", "s", false},  {"does", "s", true},
                 {"would", "d", false}, {"had", "d", false},  {"did", "d", true},
                 {"will", "ll", false}, {"are", "re", false}, {"have", "ve", false}};
    static const struct {
        const char *first, *second, *contracted;
    } pairs[] = {{"i", "am", "im"},       {"let", "us", "lets"},   {"going", "to", "gonna"},
                 {"want", "to", "wanna"}, {"got", "to", "gotta"},  {"let", "me", "lemme"},
                 {"give", "me", "gimme"}, {"kind", "of", "kinda"}, {"you", "all", "yall"},
                 {"it", "was", "twas"}};
    if (at + 1 >= tokens->n_items || tokens->items[at].stop != SB_STOP_NONE)
        return 0;
    /* "What'd", but not "they'd" for "they did", which would mean "they would". */
    static const char *const questions[] = {"what", "how", "where", "who", "when", "why", NULL};
    const char *first = tokens->items[at].text, *second = tokens->items[at + 1].text;
    size_t size = strlen(first);
    if (size == 0 || size + 3 > SB_FORM_SIZE || sb_is_ascii_digit(first[0]))
        return 0;
    if (strcmp(second, "not") == 0)
        return write_negation(out, first) ? 2 : 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(first, pairs[i].first) == 0 && strcmp(second, pairs[i].second) == 0) {
            strcpy(out, pairs[i].contracted);
            return 2;
        }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(second, verbs[i].second) == 0 && (!verbs[i].asks || sb_word_is_among(first, questions))) {
            snprintf(out, SB_FORM_SIZE, "%s%s", first, verbs[i].ending);
            return 2;
        }
    return 0;
}
