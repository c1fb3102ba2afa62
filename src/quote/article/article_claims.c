#include "quote/article/article.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/text.h"
#include "transcript/transcript.h"

typedef struct maker {
    const sb_article *article;
    const sb_marked_quotes *quotes;
    const sb_speakers *speakers;
    sb_claims *claims;
    char *last_speaker; /* the last one named by the article */
    char *of_paragraph; /* the speaker of the quotation before in the paragraph */
    bool failed;
} maker;

typedef struct part {
    const char *text;
    size_t size;
} part;

static bool ends_with_any(const char *text, size_t size, const char *marks)
{
    return size && strchr(marks, text[size - 1]);
}

static size_t trimmed(const char *text, size_t size)
{
    while (size && strchr(" \t", text[size - 1]))
        size--;
    return size;
}

/* The end of the last sentence within the text, after which a new one begins. */
static size_t last_sentence_at(const char *text, size_t size)
{
    size_t from = 0;
    for (size_t at = 0; at + 1 < size; at++)
        if (strchr(".!?", text[at]) && text[at + 1] == ' ' && sb_text_ends_sentence(text, at + 1))
            from = at + 2;
    return from;
}

static size_t first_sentence_end(const char *text, size_t size)
{
    for (size_t at = 0; at < size; at++)
        if (strchr(".!?;", text[at]) && (at + 1 == size || text[at + 1] == ' ') &&
            (text[at] == ';' || sb_text_ends_sentence(text, at + 1)))
            return at + 1;
    return size;
}

/* The text between the quotation before and this one. */
static part text_before(const maker *m, size_t i)
{
    const sb_marked_quote *q = &m->quotes->items[i], *before = i ? q - 1 : NULL;
    const char *text = m->article->paragraphs[q->first_paragraph];
    size_t from = before && before->last_paragraph == q->first_paragraph ? before->end : 0;
    return (part){text + from, q->begin - from};
}

static part text_after(const maker *m, size_t i)
{
    const sb_marked_quote *q = &m->quotes->items[i];
    const sb_marked_quote *next = i + 1 < m->quotes->n_items ? q + 1 : NULL;
    const char *text = m->article->paragraphs[q->last_paragraph];
    size_t until = next && next->first_paragraph == q->last_paragraph ? next->begin : strlen(text);
    return (part){text + q->end, until - q->end};
}

static bool has_words(part p)
{
    for (size_t at = 0; at < p.size;)
        if (sb_is_letter(sb_utf8_next(p.text, p.size, &at)))
            return true;
    return false;
}

/* True if the sentence goes on after the quotation: the text begins with a small letter, a comma or a
 * dash. */
static bool claim_goes_on(const char *quote, part after)
{
    size_t size = strlen(quote), at = 0;
    while (at < after.size && after.text[at] == ' ')
        at++;
    if (at >= after.size)
        return false;
    size_t next = at;
    int32_t c = sb_utf8_next(after.text, after.size, &next);
    if (!ends_with_any(quote, size, "."))
        return true;
    return !sb_is_upper(c) && !sb_is_digit(c);
}

static part clause_after(const maker *m, size_t i)
{
    part after = text_after(m, i);
    if (!claim_goes_on(m->quotes->items[i].text, after))
        return (part){after.text, 0};
    after.size = first_sentence_end(after.text, after.size);
    return after;
}

static part clause_before(const maker *m, size_t i)
{
    part before = text_before(m, i);
    const sb_marked_quote *q = &m->quotes->items[i];
    size_t size = trimmed(before.text, before.size);
    if (!has_words(before) && q->begin == before.size && q->first_paragraph > 0) {
        const char *text = m->article->paragraphs[q->first_paragraph - 1];
        size = trimmed(text, strlen(text));
        if (!ends_with_any(text, size, ":"))
            return (part){text, 0};
        before.text = text;
    }
    /* "...," said Ann. "And ...": what is before belongs to the quotation before it */
    if (ends_with_any(before.text, size, ".!?"))
        return (part){before.text, 0};
    size_t from = last_sentence_at(before.text, size);
    return (part){before.text + from, size - from};
}

static bool is_interrupted(const maker *m, size_t i)
{
    const sb_marked_quote *q = &m->quotes->items[i], *next = q + 1;
    if (i + 1 >= m->quotes->n_items || next->first_paragraph != q->last_paragraph || q->unclosed)
        return false;
    part between = text_after(m, i);
    size_t size = trimmed(between.text, between.size), at = 0, length = strlen(next->text);
    if (!ends_with_any(q->text, strlen(q->text), ",-") && !ends_with_any(between.text, size, ","))
        return false;
    if (!ends_with_any(between.text, size, ",") || first_sentence_end(between.text, size) < size || !length)
        return false;
    return !sb_is_upper(sb_utf8_next(next->text, length, &at)) || !strncmp(next->text, "I ", 2) ||
           !strncmp(next->text, "I'", 2);
}

static void read_named(maker *m, sb_named *out, part clause, bool after)
{
    if (clause.size && !sb_clause_read(out, clause.text, clause.size, after, m->speakers))
        m->failed = true;
}

/* The clause after it comes first, unless a colon leads to the quotation. */
static void find_named(maker *m, sb_named *out, size_t first, size_t last)
{
    part before = clause_before(m, first), after = clause_after(m, first);
    bool colon = ends_with_any(before.text, before.size, ":");
    *out = (sb_named){0};
    read_named(m, out, colon ? before : after, !colon);
    if (!out->source && !m->failed)
        read_named(m, out, colon ? after : before, colon);
    if (!out->source && !m->failed && last > first)
        read_named(m, out, clause_after(m, last), true);
}

static void remember(maker *m, char **to, const char *speaker)
{
    bool ok = true;
    char *copy = sb_copy_text(speaker, &ok);
    free(*to);
    *to = copy;
    m->failed = m->failed || !ok;
}

static void infer(maker *m, sb_named *named, sb_claim *claim)
{
    const char *speaker = named->is_pronoun ? m->last_speaker : m->of_paragraph;
    bool ok = true;
    if (named->speaker || (named->source && !named->is_pronoun) || !speaker)
        return;
    named->speaker = sb_copy_text(speaker, &ok);
    claim->speaker_is_inferred = true;
    if (!named->source)
        named->source = sb_copy_text("the quote before it in the paragraph", &ok);
    m->failed = m->failed || !ok;
}

static size_t count_tokens(const char *text, bool *ok)
{
    sb_tokens tokens = {0};
    sb_error err = {0};
    const char *words[1] = {text};
    if (sb_tokens_make(&tokens, words, 1, &err)) {
        *ok = false;
        return 0;
    }
    size_t n = tokens.n_items;
    sb_tokens_finish(&tokens);
    return n;
}

/* Copies the text without blanks at its ends. */
static char *copy_trimmed(const char *text, size_t size)
{
    size_t from = 0, next = 0;
    while (from < size && sb_is_space(sb_utf8_next(text, size, &next)))
        from = next;
    for (next = size; size > from && sb_is_space(sb_utf8_last(text, from, &next));)
        size = next;
    return sb_copy_bytes(text + from, size - from);
}

static char *joined_text(const maker *m, size_t first, size_t last)
{
    sb_bytes text = {0};
    for (size_t i = first; i <= last; i++)
        sb_bytes_print(&text, "%s%s", i > first ? " " : "", m->quotes->items[i].text);
    char *copy = text.failed ? NULL : copy_trimmed(text.data ? text.data : "", text.size);
    sb_bytes_finish(&text);
    return copy;
}

static void add_claim(maker *m, size_t first, size_t last)
{
    sb_named named;
    bool ok = true;
    char *quote = joined_text(m, first, last);
    size_t n_tokens = quote ? count_tokens(quote, &ok) : 0;
    if (!quote || !ok || !sb_push_room(&m->claims->items, m->claims->n_items, sizeof *m->claims->items)) {
        free(quote);
        m->failed = true;
        return;
    }
    if (!n_tokens) {
        free(quote);
        return;
    }
    part before = text_before(m, first);
    const char *mentioned =
        before.size ? sb_clause_last_speaker(before.text, before.size, m->speakers, &ok) : NULL;
    if (mentioned)
        remember(m, &m->last_speaker, mentioned);
    find_named(m, &named, first, last);
    sb_claim *claim = &m->claims->items[m->claims->n_items++];
    *claim = (sb_claim){.quote = quote, .paragraph = m->quotes->items[first].first_paragraph + 1};
    infer(m, &named, claim);
    claim->is_fragment = n_tokens < 2 || (n_tokens == 2 && (!named.speaker || claim->speaker_is_inferred));
    if (named.speaker) {
        remember(m, &m->last_speaker, named.speaker);
        remember(m, &m->of_paragraph, named.speaker);
    }
    claim->speaker = named.speaker;
    claim->source = named.source;
    m->failed = m->failed || !ok;
}

sb_status sb_article_claims(sb_claims **out, const sb_article *article, const sb_speakers *speakers,
                            const char *path, sb_error *err)
{
    sb_marked_quotes quotes;
    *out = NULL;
    sb_status status = sb_marked_quotes_find(&quotes, article, err);
    if (status)
        return status;
    maker m = {article, &quotes, speakers, calloc(1, sizeof *m.claims), NULL, NULL, false};
    m.failed = !m.claims;
    for (size_t i = 0; !m.failed && i < quotes.n_items; i++) {
        size_t first = i;
        if (i && quotes.items[i].first_paragraph != quotes.items[i - 1].last_paragraph) {
            free(m.of_paragraph);
            m.of_paragraph = NULL;
        }
        while (is_interrupted(&m, i))
            i++;
        add_claim(&m, first, i);
    }
    if (m.failed)
        status = sb_error_memory(err, "reading an article");
    else if (!m.claims->n_items)
        status = sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                                 "has nothing between quotation marks; check that it is the article");
    free(m.last_speaker);
    free(m.of_paragraph);
    sb_marked_quotes_finish(&quotes);
    if (status)
        sb_claims_free(&m.claims);
    *out = m.claims;
    return status;
}
