/* Reads any bytes as a list of quotes. The result is an error with its reason, or claims that can be
 * checked and whose findings are consistent. */
#include "fuzz.h"
#include "soundbite/verify.h"

static sb_alignment *make_alignment(void)
{
    static const char text[] =
        "{\"format\": \"soundbite-alignment\", \"version\": 1, \"audio\": {\"duration\": 300}, "
        "\"transcript\": {}, \"method\": \"acoustic\", \"turns\": ["
        "{\"index\": 0, \"speaker\": \"Ann\", \"start\": 0, \"end\": 20, \"status\": \"partly\", \"words\": ["
        "{\"text\": \"Water\", \"start\": 1, \"end\": 9, \"status\": \"aligned\"}, "
        "{\"text\": \"never\", \"start\": null, \"end\": null, \"status\": \"not_heard\"}, "
        "{\"text\": \"sleeps.\", \"start\": 10, \"end\": 19, \"status\": \"aligned\"}]}, "
        "{\"index\": 1, \"speaker\": \"Bob\", \"start\": 21, \"end\": 40, \"status\": \"aligned\", "
        "\"words\": ["
        "{\"text\": \"twenty-two\", \"start\": 22, \"end\": 30, \"status\": \"aligned\"}, "
        "{\"text\": \"cracks\", \"start\": 31, \"end\": 40, \"status\": \"aligned\"}]}]}";
    sb_alignment *alignment = NULL;
    require(sb_alignment_read(&alignment, text, sizeof text - 1, NULL, NULL) == SB_OK);
    return alignment;
}

static void check_place(const sb_verification *v, const sb_quote_place *place)
{
    size_t n_left_out = 0;
    for (size_t i = 0; i < place->n_diffs; i++) {
        const sb_diff *diff = &place->diffs[i];
        require((diff->quoted != NULL) == (diff->n_quoted > 0));
        require((diff->said != NULL) == (diff->n_said > 0));
        require(diff->quoted || diff->said);
        n_left_out += diff->kind == SB_DIFF_LEFT_OUT ? diff->n_said : 0;
    }
    require(n_left_out == place->n_left_out && place->match.text);
    require(v->verdict != SB_QUOTE_VERBATIM || (!place->n_differences && !n_left_out));
    require(v->verdict != SB_QUOTE_ELIDED || (!place->n_differences && n_left_out));
}

static void check_claims(const sb_claims *claims)
{
    sb_alignment *alignment = make_alignment();
    sb_verification *results = calloc(claims->n_items, sizeof *results);
    require(results &&
            sb_claims_verify(results, alignment, claims->items, claims->n_items, NULL, NULL) == SB_OK);
    for (size_t i = 0; i < claims->n_items; i++) {
        sb_bytes json = {0};
        require(results[i].n_places > 0 || results[i].verdict == SB_QUOTE_NOT_SAID);
        for (size_t k = 0; k < results[i].n_places; k++)
            check_place(&results[i], &results[i].places[k]);
        sb_verification_write_json(&json, &results[i], &claims->items[i]);
        require(!json.failed);
        sb_bytes_finish(&json);
        sb_verification_finish(&results[i]);
    }
    free(results);
    sb_alignment_free(&alignment);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sb_claims *claims;
    sb_error err = {0};
    sb_status status = sb_claims_read(&claims, data, size, NULL, &err);
    require(err.status == status && (claims != NULL) == (status == SB_OK));
    require(status == SB_OK || (status == SB_ERR_FORMAT && err.message[0]));
    if (claims)
        check_claims(claims);
    sb_claims_free(&claims);
    return 0;
}
