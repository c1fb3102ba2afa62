/* Parts of the command verify. */
#ifndef SB_CLI_VERIFY_VERIFY_H
#define SB_CLI_VERIFY_VERIFY_H

#include "base/text/text.h"
#include "cli/session/session.h"
#include "soundbite/article.h"
#include "soundbite/clip.h"
#include "soundbite/verify.h"

/* The quotes to check, from --quote, --quote-file and --article. */

typedef struct cli_claims {
    const char **quotes;   /* of --quote */
    sb_claims *list;       /* of --quote-file */
    sb_article *article;   /* of --article */
    sb_claims *of_article; /* after cli_claims_complete */
    sb_claim *items;       /* all quotes; the members above own the strings */
    size_t n_items;
} cli_claims;

/* Reads the options and files. Returns SB_ERR_ARGUMENT if there is none, or if standard input would be read
 * twice; and the statuses of sb_claims_read and sb_article_read. */
sb_status cli_claims_read(cli_claims *out, const cli_context *context, sb_error *err);

/* Finds the quotes of the article, now that the speakers are known, and sets `items`. Returns the statuses of
 * sb_article_claims. */
sb_status cli_claims_complete(cli_claims *claims, const cli_context *context, const sb_alignment *alignment,
                              sb_error *err);
void cli_claims_finish(cli_claims *claims);

/* Hears the words of all places again that were found, and sets their doubts in the alignment; see
 * sb_alignment_hear_again. Does nothing without audio. Returns its statuses. */
sb_status cli_quotes_hear_again(cli_context *context, const char *audio_path, sb_alignment *alignment,
                                const sb_verification *verified, size_t n, sb_error *err);

/* Appends a paragraph about one quotation: the verdict, where it was said, each difference in words, and the
 * sentences around it. */
void cli_verify_text(sb_bytes *out, const sb_verification *verification, const sb_claim *claim,
                     const sb_alignment *alignment, bool color);

/* --clips and the sound of --html: one clip for each quote, with the sentences around it. */

/* A folder of its own for files of this run, in TMPDIR or /tmp. */
typedef struct cli_scratch_folder {
    char *path; /* NULL: none */
    int lock;   /* tells other runs that it is in use */
} cli_scratch_folder;

/* Creates the folder, and removes those that killed runs left. Returns SB_ERR_IO or SB_ERR_MEMORY. */
sb_status cli_scratch_folder_make(cli_scratch_folder *out, sb_error *err);
/* Removes the folder and its files. */
void cli_scratch_folder_remove(cli_scratch_folder *folder);

typedef struct cli_quote_clips {
    const char *folder;         /* of --clips; NULL: the clips are only for the page */
    cli_scratch_folder scratch; /* of the clips for the page alone */
    char **paths;               /* for each quote; NULL if it has no clip */
    sb_clip_result *results;
    size_t *quote_of; /* index of the quote of each result */
    size_t n_results;
    size_t n_quotes;
} cli_quote_clips;

/* Checks --clips before the work begins. Returns SB_ERR_ARGUMENT if there is no audio; SB_ERR_EXISTS or
 * SB_ERR_IO if a list of the folder cannot be written. */
sb_status cli_quote_clips_check(const cli_context *context, bool has_audio, sb_error *err);

/* Cuts the clips and sets `clip` of the results. Without --clips and --html, or without audio, does nothing.
 * Errors of single clips are stored in `results`. Returns the statuses of sb_clip_render. */
sb_status cli_quote_clips_make(cli_quote_clips *out, cli_context *context, bool has_audio,
                               const sb_alignment *alignment, sb_verification *verified, size_t n,
                               sb_error *err);

/* Shows warnings and errors of the clips, and writes quotes.jsonl and clips.jsonl into the folder of --clips.
 * Returns the statuses of sb_file_write. */
sb_status cli_quote_clips_report(const cli_quote_clips *clips, cli_context *context,
                                 const sb_verification *verified, const sb_claim *claims, sb_error *err);
void cli_quote_clips_finish(cli_quote_clips *clips);

/* Writes the page of --html; does nothing without it. Returns the statuses of cli_side_file_write. */
sb_status cli_quote_page_write(cli_side_file *page, const cli_context *context, const cli_quote_clips *clips,
                               const sb_verification *verified, const sb_claim *claims, size_t n,
                               const char *title, const char *checked, sb_error *err);

#endif
