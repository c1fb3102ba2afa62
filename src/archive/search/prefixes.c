#include "archive/search/search.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>

#define LAST_CHARACTER "\U0010FFFF"
#define PREFIXES_MAX   2
#define EACH_OF_TWO    8 /* words for each of two prefixes */

void sb_phrases_finish(sb_phrases *phrases)
{
    for (size_t i = 0; i < phrases->n; i++)
        free(phrases->items[i]);
    free(phrases->items);
    *phrases = (sb_phrases){0};
}

/* Takes over `text`. */
static bool add_phrase(sb_phrases *phrases, char *text)
{
    if (!text || !sb_push_room(&phrases->items, phrases->n, sizeof *phrases->items)) {
        free(text);
        return false;
    }
    phrases->items[phrases->n++] = text;
    return true;
}

static bool is_prefix(const char *word)
{
    size_t size = strlen(word);
    return size > 1 && word[size - 1] == '*';
}

/* The words of the index that begin as `prefix`, the most frequent first. */
static sb_status list_words_with_prefix(sb_phrases *out, sb_archive *archive, const char *prefix, size_t most,
                                        sb_error *err)
{
    char *end = sb_text_print("%s" LAST_CHARACTER, prefix);
    if (!end)
        return sb_error_memory(err, "searching");
    sb_rows *rows = sb_database_read(archive->database, err,
                                     "SELECT term FROM vocabulary WHERE term >= ? AND term <= ?"
                                     " ORDER BY doc DESC, term LIMIT ?",
                                     "tti", prefix, end, (int64_t)most);
    while (sb_rows_next(rows, err))
        if (!add_phrase(out, sb_copy_text(sb_rows_text(rows, 0), NULL)))
            sb_error_memory(err, "searching");
    sb_rows_end(&rows);
    free(end);
    return err->status;
}

/* The folded prefix is the last token of the word without its '*'. */
static sb_status expand_word(sb_phrases *out, sb_archive *archive, const char *word, size_t most,
                             sb_error *err)
{
    sb_pattern pattern;
    sb_phrases words = {0};
    char *stem = sb_copy_bytes(word, strlen(word) - 1);
    if (!stem)
        return sb_error_memory(err, "searching");
    if (!sb_pattern_init(&pattern, stem, err)) {
        size_t last = pattern.tokens.n_items - 1;
        list_words_with_prefix(&words, archive, pattern.tokens.items[last].text, most, err);
        for (size_t i = 0; i < words.n && !err->status; i++) {
            sb_bytes text = {0};
            for (size_t k = 0; k < last; k++)
                sb_bytes_print(&text, "%s ", pattern.tokens.items[k].text);
            sb_bytes_text(&text, words.items[i]);
            if (text.failed || !add_phrase(out, text.data))
                sb_error_memory(err, "searching");
        }
        sb_pattern_finish(&pattern);
    }
    sb_phrases_finish(&words);
    free(stem);
    return err->status;
}

/* Appends each of `words` to each of `phrases`. */
static bool combine(sb_phrases *phrases, const sb_phrases *words)
{
    sb_phrases longer = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < phrases->n; i++)
        for (size_t k = 0; ok && k < words->n; k++)
            ok = add_phrase(&longer, sb_text_print("%s%s%s", phrases->items[i], *phrases->items[i] ? " " : "",
                                                   words->items[k]));
    sb_phrases_finish(phrases);
    *phrases = longer;
    return ok;
}

static sb_status expand_words(sb_phrases *out, sb_archive *archive, const char **words, size_t n,
                              sb_error *err)
{
    size_t n_prefixes = 0;
    for (size_t i = 0; i < n; i++)
        n_prefixes += is_prefix(words[i]);
    if (n_prefixes > PREFIXES_MAX)
        return sb_error_set(err, SB_ERR_ARGUMENT, "the text has %zu words that end in '*'; give at most %d",
                            n_prefixes, PREFIXES_MAX);
    if (!add_phrase(out, sb_copy_text("", NULL)))
        return sb_error_memory(err, "searching");
    for (size_t i = 0; i < n && !err->status; i++) {
        sb_phrases choice = {0};
        if (is_prefix(words[i]))
            expand_word(&choice, archive, words[i], n_prefixes > 1 ? EACH_OF_TWO : SB_PREFIX_WORDS, err);
        else if (!add_phrase(&choice, sb_copy_text(words[i], NULL)))
            sb_error_memory(err, "searching");
        if (!err->status && !combine(out, &choice))
            sb_error_memory(err, "searching");
        sb_phrases_finish(&choice);
    }
    return err->status;
}

sb_status sb_phrases_expand(sb_phrases *out, sb_archive *archive, const char *text, sb_error *err)
{
    *out = (sb_phrases){0};
    if (!strchr(text, '*'))
        return add_phrase(out, sb_copy_text(text, NULL)) ? SB_OK : sb_error_memory(err, "searching");
    char *copy = sb_copy_text(text, NULL);
    const char **words = calloc(strlen(text) / 2 + 1, sizeof *words);
    if (copy && words)
        expand_words(out, archive, words, sb_phrase_words(copy, words), err);
    else
        sb_error_memory(err, "searching");
    free(copy);
    free(words);
    return err->status;
}
