#include "soundbite/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alignment/names/names.h"
#include "base/run/run.h"
#include "base/run/watch.h"
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
    sb_cased_words_finish(&v->maker.cased);
    sb_sentences_finish(&v->maker.sentences);
    sb_runs_finish(&v->maker.runs);
    free(v->wanted);
}

static sb_status find_senses(verifier *v, sb_error *err)
{
    const sb_runs *runs = &v->maker.runs;
    bool ok = true;
    v->maker.senses = sb_senses_of(runs->alignment->transcript.language);
    if (v->maker.senses)
        return SB_OK;
    v->maker.senses = sb_runs_guess_language(runs, &ok);
    return ok ? SB_OK : sb_error_memory(err, "verifying quotations");
}

static sb_status verifier_init(verifier *v, const sb_alignment *alignment, const sb_monitor *monitor,
                               sb_error *err)
{
    *v = (verifier){.monitor = monitor};
    sb_status status = sb_runs_init(&v->maker.runs, alignment, err);
    if (!status)
        status = sb_phrase_text_init(&v->text, &v->maker.runs, err);
    for (size_t r = 0; !status && r < v->maker.runs.n_items; r++)
        v->text.of_run[r].contracts = true;
    if (!status)
        status = sb_sentences_init(&v->maker.sentences, &v->maker.runs, err);
    if (!status)
        status = find_senses(v, err);
    if (!status)
        status = sb_cased_words_init(&v->maker.cased, &v->maker.runs, &v->maker.sentences, err);
    if (status)
        return status;
    v->wanted = calloc(v->maker.runs.n_items + 1, sizeof *v->wanted);
    return v->wanted ? SB_OK : sb_error_memory(err, "verifying quotations");
}

static bool is_title(const char *word)
{
    static const char titles[] =
        "|dr|mr|mrs|ms|miss|mister|prof|professor|sir|lady|lord|dame|mayor|president|minister|"
        "senator|councillor|herr|frau|monsieur|madame|senor|senora|signor|signora|don|";
    char entry[SB_NAME_BYTES + 3];
    snprintf(entry, sizeof entry, "|%s|", word);
    return strstr(titles, entry) != NULL;
}

/* "Ann", "lee" and "Dr Ann Lee" match "Ann Lee". */
static bool name_means(const char *claimed, const char *speaker)
{
    sb_name_core a, b;
    sb_name_core_make(&a, claimed);
    sb_name_core_make(&b, speaker);
    bool means = a.n_words && b.n_words;
    for (size_t i = 0; means && i < a.n_words; i++)
        means = sb_name_has_words(speaker, a.words[i]) || is_title(a.words[i]);
    return means && !is_title(a.words[a.n_words - 1]);
}

/* "Ann Lee of the water board" and "Ann Lee" match the label "Ann". */
static bool name_contains(const char *claimed, const char *speaker)
{
    sb_name_core core;
    sb_name_core_make(&core, speaker);
    bool means = core.n_words > 0;
    for (size_t i = 0; means && i < core.n_words; i++)
        means = sb_name_has_words(claimed, core.words[i]);
    return means;
}

static bool is_meant(const char *claimed, const char *speaker)
{
    return speaker && (sb_wildcard_match(claimed, speaker) || name_means(claimed, speaker));
}

/* Names that contain a speaker's whole name count only if no speaker has the claimed name. */
static bool find_wanted(verifier *v, const char *speaker)
{
    const sb_runs *runs = &v->maker.runs;
    bool any = false;
    for (size_t r = 0; r < runs->n_items; r++) {
        v->wanted[r] = is_meant(speaker, runs->items[r].speaker);
        any = any || v->wanted[r];
    }
    for (size_t r = 0; !any && r < runs->n_items; r++)
        v->wanted[r] = runs->items[r].speaker && name_contains(speaker, runs->items[r].speaker);
    for (size_t r = 0; r < runs->n_items; r++)
        any = any || v->wanted[r];
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
    if (other->n_places && other->verdict <= SB_QUOTE_ELIDED && out->verdict == SB_QUOTE_ALTERED &&
        out->places->grade == SB_GRADE_SUBSTANCE)
        return true;
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

static bool is_wanted_speaker(const verifier *v, const char *speaker)
{
    for (size_t r = 0; r < v->maker.runs.n_items; r++)
        if (v->wanted[r] && sb_same_text(v->maker.runs.items[r].speaker, speaker))
            return true;
    return false;
}

/* A label such as "Speaker 1" may mean any person. */
static bool is_named(const char *speaker, bool *ok)
{
    return speaker && !sb_name_is_label(speaker, ok);
}

/* "Walter" and "Walter Osterburg" are similar to "Walt Osterberg". */
static bool is_similar_name(const char *claimed, const char *speaker)
{
    sb_name_core a, b;
    sb_name_core_make(&a, claimed);
    sb_name_core_make(&b, speaker);
    bool similar = a.n_words > 0;
    for (size_t i = 0; similar && i < a.n_words; i++) {
        similar = is_title(a.words[i]);
        for (size_t k = 0; !similar && k < b.n_words; k++)
            similar = sb_name_word_is_similar(a.words[i], b.words[k]);
    }
    return similar && !is_title(a.words[a.n_words - 1]);
}

static bool is_said_by_similar(const sb_verification *result, const char *claimed)
{
    for (size_t i = 0; i < result->n_places; i++) {
        const sb_quote_place *place = &result->places[i];
        bool all = place->n_speakers > 0;
        for (size_t k = 0; all && k < place->n_speakers; k++)
            all = is_similar_name(claimed, place->speakers[k]);
        if (all)
            return true;
    }
    return false;
}

static sb_attribution attribution_of(const verifier *v, const sb_verification *result, bool *ok)
{
    bool named = false;
    if (result->verdict == SB_QUOTE_NOT_SAID)
        return SB_ATTRIBUTION_NONE;
    for (size_t i = 0; i < result->n_places; i++) {
        const sb_quote_place *place = &result->places[i];
        bool all = place->n_speakers > 0;
        for (size_t k = 0; k < place->n_speakers; k++) {
            bool wanted = is_wanted_speaker(v, place->speakers[k]);
            named = named || (!wanted && is_named(place->speakers[k], ok));
            all = all && wanted;
        }
        if (all)
            return SB_ATTRIBUTION_RIGHT;
    }
    return named ? SB_ATTRIBUTION_WRONG : SB_ATTRIBUTION_NONE;
}

/* A wrong speaker becomes the verdict, unless the quote was not heard at all. */
static sb_status attribute(verifier *v, sb_verification *out, const char *speaker, bool is_inferred,
                           sb_error *err)
{
    bool ok = true;
    if (!speaker)
        return SB_OK;
    bool is_known = find_wanted(v, speaker);
    out->attribution = attribution_of(v, out, &ok);
    if (out->attribution == SB_ATTRIBUTION_WRONG && !is_known && is_said_by_similar(out, speaker))
        out->attribution = SB_ATTRIBUTION_SIMILAR;
    if (out->attribution == SB_ATTRIBUTION_WRONG && out->verdict < SB_QUOTE_WRONG_SPEAKER && !is_inferred)
        out->verdict = SB_QUOTE_WRONG_SPEAKER;
    return ok ? SB_OK : sb_error_memory(err, "verifying quotations");
}

/* A single word occurs in most transcripts, so neither finding nor missing it proves anything. */
static void judge_fragment(sb_verification *out)
{
    if (out->n_words > 1 && out->verdict <= SB_QUOTE_ALTERED)
        return;
    if (out->wording > SB_QUOTE_ELIDED) {
        size_t n_words = out->n_words;
        bool has_evidence = out->has_evidence;
        sb_verification_finish(out);
        *out = (sb_verification){.has_evidence = has_evidence, .n_words = n_words};
    }
    out->verdict = out->wording = SB_QUOTE_TOO_SHORT;
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
        status = attribute(v, out, claim->speaker, claim->speaker_is_inferred, err);
    if (!status && claim->is_fragment)
        judge_fragment(out);
    sb_said_finish(&said);
    sb_wording_finish(&wording);
    return status;
}

static sb_status verify_step(const verifier *v, size_t done, size_t n, sb_error *err)
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
    sb_memory_watch();
    sb_status status = verifier_init(&v, alignment, monitor, err);
    for (size_t i = 0; !status && i < n; i++) {
        status = verify_step(&v, i, n, err);
        if (!status)
            status = verify_claim(&v, &results[i], &claims[i], err);
    }
    if (!status && sb_memory_failed())
        status = sb_error_memory(err, "verifying quotations");
    verifier_finish(&v);
    for (size_t i = 0; status && i < n; i++)
        sb_verification_finish(&results[i]);
    return status;
}
