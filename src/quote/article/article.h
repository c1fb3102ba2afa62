/* Articles: their text, the quotations in it, and the speakers to whom they are attributed. */
#ifndef SB_QUOTE_ARTICLE_ARTICLE_H
#define SB_QUOTE_ARTICLE_ARTICLE_H

#include "base/run/run.h"
#include "soundbite/article.h"

struct sb_article {
    char **paragraphs; /* UTF-8, without markup */
    size_t n_paragraphs, capacity;
};

/* Adds a paragraph without its Markdown. An empty one is left out. Returns false if memory runs out. */
bool sb_article_add(sb_article *article, const char *text, size_t size);

/* Text between quotation marks, from byte `begin` of one paragraph to byte `end` of the same or a later one.
 * Both marks are inside. */
typedef struct sb_marked_quote {
    size_t first_paragraph, last_paragraph;
    size_t begin, end;
    char *text; /* without the outer marks */
    bool unclosed;
} sb_marked_quote;

typedef struct sb_marked_quotes {
    sb_marked_quote *items;
    size_t n_items, capacity;
} sb_marked_quotes;

/* Finds the outermost quotations. Returns SB_ERR_MEMORY. */
sb_status sb_marked_quotes_find(sb_marked_quotes *out, const sb_article *article, sb_error *err);
void sb_marked_quotes_finish(sb_marked_quotes *quotes);

/* The speaker that is named beside a quotation. */
typedef struct sb_named {
    char *speaker;   /* NULL: no speaker is named */
    char *source;    /* the words that name the speaker; NULL: none */
    bool is_pronoun; /* "she said": `speaker` is NULL */
} sb_named;

void sb_named_finish(sb_named *named);

/* Reads the clause before a quotation, or after it if `after` is true. Returns false if memory runs out. */
bool sb_clause_read(sb_named *out, const char *text, size_t size, bool after, const sb_speakers *speakers);

/* Returns the last speaker that the text names, or NULL. `*ok` becomes false if memory runs out. */
const char *sb_clause_last_speaker(const char *text, size_t size, const sb_speakers *speakers, bool *ok);

#endif
