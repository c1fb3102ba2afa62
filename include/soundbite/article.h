/* Reading the quotations of an article, to check them. */
#ifndef SOUNDBITE_ARTICLE_H
#define SOUNDBITE_ARTICLE_H

#include "soundbite/names.h"
#include "soundbite/verify.h"

SB_BEGIN_DECLS

typedef struct sb_article sb_article;

/* Reads an article: plain text, Markdown, HTML, a Word document (.docx), an OpenDocument text or RTF, told by its content;
 * text in UTF-8, UTF-16 or Windows-1252. `path` is for messages and tells Markdown from HTML; it may be NULL. Returns
 * SB_ERR_FORMAT if the document cannot be read or has no text; SB_ERR_MEMORY. */
SB_API sb_status sb_article_read(sb_article **out, const void *data, size_t size, const char *path,
                                 sb_error *err);
SB_API void sb_article_free(sb_article **article);

/* Lists what stands between quotation marks, in the marks of any language, also over several paragraphs that each begin with
 * the mark. A quotation that "said Ann" interrupts is one claim if it goes on in the same sentence.
 *
 * `speaker` of a claim is the one that is named beside it with a verb of saying, after a colon, or by "according to". Names are
 * compared with `speakers`; a part of a name is enough if it is one speaker's. A person who is none of the speakers is named as
 * the article does. `source` has the words of the article. If there is only a pronoun, or nothing, and the quotation before it
 * in the paragraph has a speaker, `speaker_is_inferred` is set. Otherwise `speaker` is NULL. `is_fragment` is set for single
 * words, and for two words that are given to nobody.
 *
 * Returns SB_ERR_FORMAT if the article has no quotation; SB_ERR_MEMORY. */
SB_API sb_status sb_article_claims(sb_claims **out, const sb_article *article, const sb_speakers *speakers,
                                   const char *path, sb_error *err);

SB_END_DECLS

#endif
