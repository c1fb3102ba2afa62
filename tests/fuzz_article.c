/* Reads any bytes as an article. The result is an error with its reason, or claims that have words. */
#include "fuzz.h"
#include "soundbite/article.h"

static void check_claims(const sb_claims *claims)
{
    require(claims->n_items > 0);
    for (size_t i = 0; i < claims->n_items; i++) {
        const sb_claim *claim = &claims->items[i];
        require(claim->quote && *claim->quote && claim->paragraph > 0);
        require(!claim->speaker || *claim->speaker);
        require(!claim->speaker_is_inferred || (claim->speaker && claim->source));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sb_speaker names[] = {{.name = "Dana Whitcombe"}, {.name = "Paul Reddy"}, {.name = NULL}};
    const sb_speakers speakers = {.items = names, .n_items = 3};
    sb_article *article;
    sb_claims *claims = NULL;
    sb_error err = {0};
    sb_status status = sb_article_read(&article, data, size, NULL, &err);
    require(err.status == status && (article != NULL) == (status == SB_OK));
    if (article)
        status = sb_article_claims(&claims, article, &speakers, NULL, &err);
    require(err.status == status && (claims != NULL) == (status == SB_OK));
    require(status == SB_OK || err.message[0]);
    if (claims)
        check_claims(claims);
    sb_claims_free(&claims);
    sb_article_free(&article);
    return 0;
}
