#include "cli/verify/verify.h"

#include "base/text/text.h"

#include "cli/term/term.h"

#include <string.h>

#define BOLD       "\033[1m"
#define PLAIN      "\033[0m"
#define INDENT     "          "
#define MOST_SHOWN 10 /* places of one quotation */

static const char *speaker_or_unnamed(const char *speaker)
{
    return speaker ? speaker : "an unnamed speaker";
}

static void add_quoted_words(sb_bytes *out, const char *text)
{
    sb_bytes_text(out, "\"");
    sb_append_printable(out, text);
    sb_bytes_text(out, "\"");
}

/* If none of its words was heard, shows the time of its turn. */
static void add_time(sb_bytes *out, const sb_match *match, const sb_alignment *alignment)
{
    char text[SB_TIME_TEXT];
    const sb_aligned_turn *turn = &alignment->turns[match->first_turn];
    bool placed = match->span.start != SB_TIME_NONE;
    sb_time at = placed ? match->span.start : turn->start != SB_TIME_NONE ? turn->start : turn->stamp;
    sb_bytes_text(out, sb_time_print(text, at, placed ? 3 : 0));
    if (placed && match->span.end != SB_TIME_NONE)
        sb_bytes_print(out, "  %.1f s", sb_time_to_seconds(match->span.end - match->span.start));
    if (match->speaker) {
        sb_bytes_text(out, "  ");
        sb_append_printable(out, match->speaker);
    }
}

static void add_diffs(sb_bytes *out, const sb_quote_place *place)
{
    bool differs = false;
    for (size_t i = 0; i < place->n_diffs; i++)
        differs = differs || (place->diffs[i].kind != SB_DIFF_SAME || place->diffs[i].misleads);
    if (differs) {
        sb_bytes_text(out, INDENT "said: ");
        add_quoted_words(out, place->match.text);
        sb_bytes_text(out, "\n");
    }
    for (size_t i = 0; i < place->n_diffs; i++)
        if (place->diffs[i].kind != SB_DIFF_SAME || place->diffs[i].misleads) {
            sb_bytes_text(out, INDENT "- ");
            sb_diff_write_text(out, &place->diffs[i]);
            sb_bytes_text(out, "\n");
        }
}

static void add_place_speakers(sb_bytes *out, const sb_quote_place *place)
{
    if (place->n_speakers < 2)
        return;
    sb_bytes_text(out, INDENT "- it spans several speakers: ");
    for (size_t i = 0; i < place->n_speakers; i++) {
        sb_bytes_text(out, i ? ", then " : "");
        sb_append_printable(out, speaker_or_unnamed(place->speakers[i]));
    }
    sb_bytes_text(out, "\n");
}

static void add_sentence(sb_bytes *out, const char *label, const char *speaker, const char *text,
                         const char *quoted_speaker)
{
    if (!text)
        return;
    sb_bytes_print(out, INDENT "%s ", label);
    if (speaker && (!quoted_speaker || strcmp(speaker, quoted_speaker))) {
        sb_append_printable(out, speaker);
        sb_bytes_text(out, ": ");
    }
    sb_append_printable(out, text);
    sb_bytes_text(out, "\n");
}

static void add_place_line(sb_bytes *out, const sb_quote_place *place, const sb_alignment *alignment)
{
    add_time(out, &place->match, alignment);
    sb_bytes_text(out, "\n");
    add_diffs(out, place);
    add_place_speakers(out, place);
    add_sentence(out, "before:", place->before_speaker, place->before, place->match.speaker);
    add_sentence(out, "after: ", place->after_speaker, place->after, place->match.speaker);
}

static void add_others(sb_bytes *out, const sb_verification *v, const sb_alignment *alignment)
{
    size_t n = v->n_places < MOST_SHOWN ? v->n_places : MOST_SHOWN;
    for (size_t i = 1; i < n; i++) {
        sb_bytes_text(out, INDENT "also at ");
        add_time(out, &v->places[i].match, alignment);
        sb_bytes_text(out, "\n");
    }
    if (v->n_places > n)
        sb_bytes_print(out, INDENT "and at %zu more places\n", v->n_places - n);
}

static void add_attribution(sb_bytes *out, const sb_verification *v, const sb_claim *claim)
{
    bool is_similar = v->attribution == SB_ATTRIBUTION_SIMILAR;
    if (v->attribution != SB_ATTRIBUTION_WRONG && !is_similar)
        return;
    sb_bytes_text(out, INDENT "- said by ");
    sb_append_printable(out, speaker_or_unnamed(v->places->match.speaker));
    sb_bytes_text(out, is_similar ? "; no speaker is called " : ", not by ");
    sb_append_printable(out, claim->speaker);
    sb_bytes_text(out, is_similar                   ? "; check the name\n"
                       : claim->speaker_is_inferred ? ", whom the article seems to mean; check the article\n"
                                                    : "\n");
}

static void add_head(sb_bytes *out, const sb_verification *v, const sb_claim *claim, bool color)
{
    static const char *const labels[] = {"VERBATIM",      "ELIDED",    "TOO SHORT",
                                         "ALTERED",       "UNSURE",    "MISLEADING ELISION",
                                         "WRONG SPEAKER", "NOT HEARD", "NOT SAID"};
    sb_bytes_print(out, "%s%-9s%s ", color ? BOLD : "", labels[v->verdict], color ? PLAIN : "");
    if (claim->id) {
        sb_append_printable(out, claim->id);
        sb_bytes_text(out, ": ");
    }
    add_quoted_words(out, claim->quote);
    sb_bytes_text(out, "\n");
}

/* Adds the speaker that the article names, and the words that name them. */
static void add_source(sb_bytes *out, const sb_claim *claim)
{
    if (!claim->paragraph)
        return;
    sb_bytes_print(out, INDENT "paragraph %zu: ", claim->paragraph);
    if (claim->speaker) {
        sb_bytes_text(out, claim->speaker_is_inferred ? "perhaps attributed to " : "attributed to ");
        sb_append_printable(out, claim->speaker);
    } else {
        sb_bytes_text(out, "attributed to no named speaker");
    }
    if (claim->source) {
        sb_bytes_text(out, ", by ");
        add_quoted_words(out, claim->source);
    }
    sb_bytes_text(out, "\n");
}

static void add_doubted(sb_bytes *out, const char *label, const char *words)
{
    if (!words)
        return;
    sb_bytes_print(out, INDENT "- %s", label);
    sb_append_printable(out, words);
    sb_bytes_text(out, "; listen there\n");
}

static void add_evidence(sb_bytes *out, const sb_verification *v)
{
    add_doubted(out, "perhaps not said: ", v->places->doubted);
    add_doubted(out, "perhaps said with a negation: ", v->places->unnegated);
    if (v->places->doubted || v->places->unnegated)
        return;
    if (v->verdict == SB_QUOTE_UNSURE && v->has_evidence && 4 * v->places->n_heard >= v->n_words)
        sb_bytes_text(out, INDENT "- a part of it was hardly heard; listen there\n");
    else if (v->verdict == SB_QUOTE_UNSURE && v->has_evidence)
        sb_bytes_print(out, INDENT "- only %zu of its %zu words %s clearly heard; listen there\n",
                       v->places->n_heard, v->n_words, v->places->n_heard == 1 ? "was" : "were");
    else if (v->verdict == SB_QUOTE_UNSURE)
        sb_bytes_text(out, INDENT "- the transcript may not belong to the audio; listen there\n");
}

void cli_verify_text(sb_bytes *out, const sb_verification *v, const sb_claim *claim,
                     const sb_alignment *alignment, bool color)
{
    add_head(out, v, claim, color);
    add_source(out, claim);
    sb_bytes_text(out, INDENT);
    if (v->n_places == 0) {
        sb_bytes_text(out, v->verdict == SB_QUOTE_TOO_SHORT
                               ? "too short to judge, and not found in these words\n\n"
                               : "nothing similar was found\n\n");
        return;
    }
    if (v->verdict == SB_QUOTE_NOT_SAID)
        sb_bytes_text(out, "nearest: ");
    else if (v->verdict == SB_QUOTE_UNSURE || v->verdict == SB_QUOTE_NOT_HEARD)
        sb_bytes_text(out, "in the transcript: ");
    add_place_line(out, v->places, alignment);
    add_evidence(out, v);
    add_attribution(out, v, claim);
    if (v->verdict != SB_QUOTE_NOT_SAID)
        add_others(out, v, alignment);
    sb_bytes_text(out, "\n");
}
