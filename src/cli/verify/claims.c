#include "cli/verify/verify.h"

#include "base/run/run.h"

#include <stdlib.h>
#include <string.h>

#define LIST_LIMIT    ((size_t)64 << 20)
#define ARTICLE_LIMIT ((size_t)64 << 20)

static sb_status read_claims_file(cli_claims *out, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    if (!sb_file_read(&bytes, path, LIST_LIMIT, err))
        sb_claims_read(&out->list, bytes.data, bytes.size, path, err);
    sb_bytes_finish(&bytes);
    return err->status;
}

static sb_status read_article(cli_claims *out, const char *path, sb_error *err)
{
    sb_bytes bytes = {0};
    if (!sb_file_read(&bytes, path, ARTICLE_LIMIT, err))
        sb_article_read(&out->article, bytes.data, bytes.size, path, err);
    sb_bytes_finish(&bytes);
    return err->status;
}

static bool is_stdin(const char *path)
{
    return path && !strcmp(path, "-");
}

static sb_status check_stdin(const cli_context *context, const char *list, const char *article, sb_error *err)
{
    int n = is_stdin(list) + is_stdin(article) + is_stdin(cli_operand(context, 0)) +
            is_stdin(cli_operand(context, 1));
    return n < 2 ? SB_OK
                 : sb_error_set(err, SB_ERR_ARGUMENT,
                                "standard input can be read only once; name a file instead of one of the -");
}

sb_status cli_claims_read(cli_claims *out, const cli_context *context, sb_error *err)
{
    bool ok = true;
    const char *list = cli_text(context->args, CLI_OPT_QUOTE_FILE, NULL);
    const char *article = cli_text(context->args, CLI_OPT_ARTICLE, NULL);
    *out = (cli_claims){0};
    out->n_items = cli_texts(context->args, CLI_OPT_QUOTE, &out->quotes, &ok);
    if (!ok)
        return sb_error_memory(err, "verifying quotations");
    if (!out->n_items && !list && !article)
        return sb_error_set(
            err, SB_ERR_ARGUMENT,
            "there is no quote to check; add one with --quote TEXT, a list with --quote-file FILE, "
            "or an article with --article FILE");
    if (check_stdin(context, list, article, err) || (list && read_claims_file(out, list, err)) ||
        (article && read_article(out, article, err)))
        return err->status;
    return SB_OK;
}

static size_t append_claims(cli_claims *claims, size_t at, const sb_claims *from)
{
    for (size_t i = 0; from && i < from->n_items; i++)
        claims->items[at++] = from->items[i];
    return at;
}

sb_status cli_claims_complete(cli_claims *claims, const cli_context *context, const sb_alignment *alignment,
                              sb_error *err)
{
    sb_speakers speakers = {0};
    size_t n = claims->n_items;
    if (claims->article && !sb_speakers_of_alignment(&speakers, alignment, err))
        sb_article_claims(&claims->of_article, claims->article, &speakers,
                          cli_text(context->args, CLI_OPT_ARTICLE, NULL), err);
    sb_speakers_finish(&speakers);
    if (err->status)
        return err->status;
    claims->n_items +=
        (claims->list ? claims->list->n_items : 0) + (claims->of_article ? claims->of_article->n_items : 0);
    claims->items = calloc(claims->n_items + 1, sizeof *claims->items);
    if (!claims->items)
        return sb_error_memory(err, "verifying quotations");
    for (size_t i = 0; i < n; i++)
        claims->items[i] = (sb_claim){.quote = claims->quotes[i]};
    append_claims(claims, append_claims(claims, n, claims->list), claims->of_article);
    return SB_OK;
}

void cli_claims_finish(cli_claims *claims)
{
    free(claims->items);
    free(claims->quotes);
    sb_claims_free(&claims->list);
    sb_claims_free(&claims->of_article);
    sb_article_free(&claims->article);
}
