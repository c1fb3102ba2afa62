#include "soundbite/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/verify/verify.h"

typedef struct verifier {
    sb_quote_place_maker maker;
    sb_phrase_text text;
    bool *wanted; /* for each run: whether it is by the speaker of the claim */
    const sb_monitor *monitor;
} verifier;

static void verifier_finish(verifier *v)
{
    if (v->text.of_run)
        sb_phrase_text_finish(&v->text);
    sb_sentences_finish(&v->maker.sentences);
    sb_runs_finish(&v->maker.runs);
    free(v->wanted);
}

static sb_status verifier_init(verifier *v, const sb_alignment *alignment, const sb_monitor *monitor,
                               sb_error *err)
{
    *v = (verifier){.monitor = monitor};
    sb_status status = sb_runs_init(&v->maker.runs, alignment, err);
    if (!status)
        status = sb_phrase_text_init(&v->text, &v->maker.runs, err);
    if (!status)
        status = sb_sentences_init(&v->maker.sentences, &v->maker.runs, err);
    if (status)
        return status;
    v->wanted = calloc(v->maker.runs.n_items + 1, sizeof *v->wanted);
    return v->wanted ? SB_OK : sb_error_memory(err, "verifying quotations");
}

/* True if the word of `size` bytes is in `name`. Both are folded. */
static bool name_has(const char *name, const char *word, size_t size)
{
    for (const char *at = name; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == size && strncmp(at, word, size) == 0)
            return true;
    return false;
}

/* "Ann" and "lee" match "Ann Lee". */
static bool name_means(const char *claimed, const char *speaker)
{
    char *words = sb_fold(claimed), *name = sb_fold(speaker);
    bool all = words && name && *words;
    for (const char *at = words; all && *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        all = name_has(name, at, size);
        at += size;
    }
    free(words);
    free(name);
    return all;
}

static bool is_meant(const char *claimed, const char *speaker)
{
    return speaker && (sb_wildcard_match(claimed, speaker) || name_means(claimed, speaker));
}

static bool find_wanted(verifier *v, const char *speaker)
{
    const sb_runs *runs = &v->maker.runs;
    bool any = false;
    for (size_t r = 0; r < runs->n_items; r++) {
        v->wanted[r] = is_meant(speaker, runs->items[r].speaker);
        any = any || v->wanted[r];
    }
    return any;
}

static void bar_others(const verifier *v, sb_said *said, bool bar)
{
    for (size_t i = 0; i < said->n_units; i++)
        said->units[i].barred = bar && !v->wanted[said->units[i].run];
}

/* `other` is the best of all speakers, `out` that of the claimed speaker. */
static bool is_much_nearer(const sb_verification *other, const sb_verification *out)
{
    if (out->verdict == SB_QUOTE_NOT_SAID || out->n_places == 0)
        return other->verdict != SB_QUOTE_NOT_SAID;
    return other->n_places && other->verdict < out->verdict &&
           other->places->n_differences + out->n_words / 5 < out->places->n_differences;
}

static sb_status check_speaker(verifier *v, sb_verification *out, const sb_wording *wording, sb_said *said,
                               const char *speaker, sb_error *err)
{
    sb_verification theirs = {0};
    if (!find_wanted(v, speaker))
        return SB_OK;
    bar_others(v, said, true);
    sb_status status = sb_quote_places_find(&v->maker, &theirs, wording, said, err);
    if (status || is_much_nearer(out, &theirs)) {
        sb_verification_finish(&theirs);
        return status;
    }
    sb_verification_finish(out);
    *out = theirs;
    return SB_OK;
}

static sb_attribution attribution_of(const sb_verification *v, const char *speaker)
{
    bool named = false;
    if (!speaker || v->verdict == SB_QUOTE_NOT_SAID)
        return SB_ATTRIBUTION_NONE;
    for (size_t i = 0; i < v->n_places; i++) {
        bool all = v->places[i].n_speakers > 0;
        for (size_t k = 0; k < v->places[i].n_speakers; k++) {
            named = named || v->places[i].speakers[k];
            all = all && is_meant(speaker, v->places[i].speakers[k]);
        }
        if (all)
            return SB_ATTRIBUTION_RIGHT;
    }
    return named ? SB_ATTRIBUTION_WRONG : SB_ATTRIBUTION_NONE;
}

static sb_status verify_claim(verifier *v, sb_verification *out, const sb_claim *claim, sb_error *err)
{
    sb_wording wording;
    sb_said said = {0};
    sb_status status = sb_wording_init(&wording, claim->quote, err);
    if (status)
        return status;
    status = sb_said_init(&said, &v->text, &wording.pattern, err);
    if (!status)
        status = sb_quote_places_find(&v->maker, out, &wording, &said, err);
    if (!status && claim->speaker)
        status = check_speaker(v, out, &wording, &said, claim->speaker, err);
    if (!status)
        out->attribution = attribution_of(out, claim->speaker);
    sb_said_finish(&said);
    sb_wording_finish(&wording);
    return status;
}

static sb_status step(const verifier *v, size_t done, size_t n, sb_error *err)
{
    sb_monitor_step(v->monitor, "verify", (double)done, (double)n);
    if (sb_monitor_cancelled(v->monitor))
        return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
    return SB_OK;
}

sb_status sb_claims_verify(sb_verification *results, const sb_alignment *alignment, const sb_claim *claims,
                           size_t n, const sb_monitor *monitor, sb_error *err)
{
    verifier v;
    for (size_t i = 0; i < n; i++)
        results[i] = (sb_verification){0};
    sb_status status = verifier_init(&v, alignment, monitor, err);
    for (size_t i = 0; !status && i < n; i++) {
        status = step(&v, i, n, err);
        if (!status)
            status = verify_claim(&v, &results[i], &claims[i], err);
    }
    verifier_finish(&v);
    for (size_t i = 0; status && i < n; i++)
        sb_verification_finish(&results[i]);
    return status;
}
