#include "base/json/json.h"
#include "base/text/text.h"
#include "soundbite/verify.h"

const char *sb_quote_verdict_name(sb_quote_verdict verdict)
{
    static const char *const names[] = {"verbatim",      "elided",    "too-short",
                                        "altered",       "unsure",    "misleading-elision",
                                        "wrong-speaker", "not-heard", "not-said"};
    return names[verdict];
}

const char *sb_diff_kind_name(sb_diff_kind kind)
{
    static const char *const names[] = {"same",     "missing", "added",    "changed",
                                        "left-out", "bracket", "not-heard"};
    return names[kind];
}

const char *sb_diff_grade_name(sb_diff_grade grade)
{
    static const char *const names[] = {NULL, "style", "wording", "substance"};
    return names[grade];
}

const char *sb_misleads_name(unsigned misleads, size_t index)
{
    static const char *const names[] = {"negation", "condition", "question", "speakers", "length"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (misleads >> i & 1 && index-- == 0)
            return names[i];
    return NULL;
}

static void write_misleads(sb_json_writer *w, unsigned misleads)
{
    const char *name;
    sb_json_begin(w, "misleads", '[');
    for (size_t i = 0; (name = sb_misleads_name(misleads, i)); i++)
        sb_json_text(w, NULL, name);
    sb_json_end(w, ']');
}

static void write_diff(sb_json_writer *w, const sb_diff *diff)
{
    sb_json_begin(w, NULL, '{');
    sb_json_text(w, "kind", sb_diff_kind_name(diff->kind));
    sb_json_text(w, "quote", diff->quoted);
    sb_json_text(w, "said", diff->said);
    sb_json_time(w, "start", diff->span.start);
    sb_json_time(w, "end", diff->span.end);
    sb_json_text(w, "grade", sb_diff_grade_name(diff->grade));
    write_misleads(w, diff->misleads);
    sb_json_text(w, "speaker", diff->speaker);
    sb_json_end(w, '}');
}

static void write_sentence(sb_json_writer *w, const char *key, const char *speaker, const char *text)
{
    if (!text) {
        sb_json_text(w, key, NULL);
        return;
    }
    sb_json_begin(w, key, '{');
    sb_json_text(w, "speaker", speaker);
    sb_json_text(w, "text", text);
    sb_json_end(w, '}');
}

static void write_place(sb_json_writer *w, const char *key, const sb_quote_place *place, bool has_evidence)
{
    sb_json_begin(w, key, '{');
    sb_json_time(w, "start", place->match.span.start);
    sb_json_time(w, "end", place->match.span.end);
    sb_json_text(w, "speaker", place->match.speaker);
    sb_json_begin(w, "speakers", '[');
    for (size_t i = 0; i < place->n_speakers; i++)
        sb_json_text(w, NULL, place->speakers[i]);
    sb_json_end(w, ']');
    sb_json_text(w, "text", place->match.text);
    sb_json_number(w, "confidence", place->match.confidence, 3);
    sb_json_int(w, "differences", (int64_t)place->n_differences);
    sb_json_int(w, "left_out", (int64_t)place->n_left_out);
    sb_json_text(w, "grade", sb_diff_grade_name(place->grade));
    write_misleads(w, place->misleads);
    if (has_evidence)
        sb_json_int(w, "heard", (int64_t)place->n_heard);
    else
        sb_json_text(w, "heard", NULL);
    sb_json_int(w, "not_heard", (int64_t)place->n_unheard);
    sb_json_text(w, "doubted", place->doubted);
    sb_json_text(w, "unnegated", place->unnegated);
    write_sentence(w, "before", place->before_speaker, place->before);
    write_sentence(w, "after", place->after_speaker, place->after);
    sb_json_begin(w, "diff", '[');
    for (size_t i = 0; i < place->n_diffs; i++)
        write_diff(w, &place->diffs[i]);
    sb_json_end(w, ']');
    sb_json_end(w, '}');
}

static const char *attribution_name(sb_attribution attribution)
{
    static const char *const names[] = {NULL, "right", "wrong", "similar"};
    return names[attribution];
}

/* Only if there is an article or a clip. */
static void write_source(sb_json_writer *w, const sb_verification *v, const sb_claim *claim)
{
    if (claim->paragraph) {
        sb_json_int(w, "paragraph", (int64_t)claim->paragraph);
        sb_json_text(w, "source", claim->source);
        sb_json_bool(w, "inferred", claim->speaker_is_inferred);
    }
    if (v->clip)
        sb_json_text(w, "clip", v->clip);
}

void sb_verification_write_json(sb_bytes *out, const sb_verification *v, const sb_claim *claim)
{
    sb_json_writer w = {.out = out};
    bool said = v->verdict != SB_QUOTE_NOT_SAID;
    sb_json_begin(&w, NULL, '{');
    sb_json_text(&w, "id", claim->id);
    sb_json_text(&w, "quote", claim->quote);
    sb_json_text(&w, "speaker", claim->speaker);
    sb_json_text(&w, "verdict", sb_quote_verdict_name(v->verdict));
    sb_json_text(&w, "wording", sb_quote_verdict_name(v->wording));
    sb_json_text(&w, "attribution", attribution_name(v->attribution));
    sb_json_text(&w, "checked", v->has_evidence ? "audio" : "transcript");
    sb_json_int(&w, "words", (int64_t)v->n_words);
    sb_json_text(&w, "grade", said && v->n_places ? sb_diff_grade_name(v->places->grade) : NULL);
    sb_json_begin(&w, "differences", '[');
    for (size_t i = 0; said && v->n_places && i < v->places->n_diffs; i++)
        if (v->places->diffs[i].kind != SB_DIFF_SAME || v->places->diffs[i].misleads)
            write_diff(&w, &v->places->diffs[i]);
    sb_json_end(&w, ']');
    sb_json_begin(&w, "places", '[');
    for (size_t i = 0; said && i < v->n_places; i++)
        write_place(&w, NULL, &v->places[i], v->has_evidence);
    sb_json_end(&w, ']');
    if (!said && v->n_places)
        write_place(&w, "nearest", v->places, v->has_evidence);
    else
        sb_json_text(&w, "nearest", NULL);
    write_source(&w, v, claim);
    sb_json_end(&w, '}');
}
