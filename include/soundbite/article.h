/* Reading the quotations of an article, to check them. */
#ifndef SOUNDBITE_ARTICLE_H
#define SOUNDBITE_ARTICLE_H

#include "soundbite/names.h"
#include "soundbite/verify.h"

SB_BEGIN_DECLS

/* The text of an article, without its markup. */
typedef struct sb_article sb_article;

/* Reads an article: plain text, Markdown, HTML, a Word document (.docx), an OpenDocument text or RTF. The
 * format is detected from the content. Text may be in UTF-8, UTF-16 or Windows-1252. `path` is for messages,
 * and its extension distinguishes Markdown from HTML; it may be NULL. Returns SB_ERR_FORMAT if the document
 * cannot be read or has no text; SB_ERR_MEMORY. */
SB_API sb_status sb_article_read(sb_article **out, const void *data, size_t size, const char *path,
                                 sb_error *err);
SB_API void sb_article_free(sb_article **article);

/* Lists the texts between quotation marks, with the marks of any language. A quotation may continue over
 * several paragraphs if each begins with the mark. A quotation that is interrupted by words such as "said
 * Ann" is one claim if it continues in the same sentence.
 *
 * The `speaker` of a claim is the person whom the article names beside the quotation with a verb such as
 * "said", before a colon, or with "according to". Names are compared with `speakers`; a part of a name is
 * enough if only one speaker has it. If the person is not one of the speakers, `speaker` is the name in the
 * article. `source` has the words of the article that name the speaker. If the article has only a pronoun or
 * nothing, the claim gets the speaker of the quotation before it in the paragraph, and `speaker_is_inferred`
 * is set; if that has no speaker either, `speaker` is NULL. `is_fragment` is set for single words, and for
 * two words without a speaker.
 *
 * Returns SB_ERR_FORMAT if the article has no quotation; SB_ERR_MEMORY. */
SB_API sb_status sb_article_claims(sb_claims **out, const sb_article *article, const sb_speakers *speakers,
                                   const char *path, sb_error *err);

SB_END_DECLS

#endif
