#include "quote/cut/cut.h"

#define LEAST_FADE     (2 * SB_TIME_MS)
#define LONGEST        (INT64_C(86400) * SB_TIME_SECOND)
#define LOW_CONFIDENCE 0.5f

static const struct {
    unsigned bit;
    const char *text;
} warning_texts[] = {
    {SB_CUT_NO_PAUSE_BEFORE,
     "there is no pause before the first word; listen to the start, or widen the quote"},
    {SB_CUT_NO_PAUSE_AFTER, "there is no pause after the last word; listen to the end, or widen the quote"},
    {SB_CUT_ESTIMATED_START,
     "the start is inside running speech and only estimated; listen to the start, or widen the quote"},
    {SB_CUT_ESTIMATED_END,
     "the end is inside running speech and only estimated; listen to the end, or widen the quote"},
    {SB_CUT_NO_SILENCE_START,
     "there is no silence near the start that was asked for; listen to the start, or change the time"},
    {SB_CUT_NO_SILENCE_END,
     "there is no silence near the end that was asked for; listen to the end, or change the time"},
    {SB_CUT_WORDS_NOT_HEARD, "some of its words were not heard in the audio; compare the clip with the text"},
    {SB_CUT_LOW_CONFIDENCE, "the place of this quote in the audio is not certain; listen to the clip"},
    {SB_CUT_UNSURE_PAIRING, "the transcript may not belong to the audio; listen to the clip"},
    {SB_CUT_PART_OF_NUMBER,
     "a number in this quote is only a part of the number that was said; use the whole number"},
    {SB_CUT_OVERLAP, "another speaker speaks at the same time; listen to the clip"},
};

/* An estimated edge is always in running speech, so a warning that there is no pause adds nothing. */
static unsigned without_the_obvious(unsigned warnings)
{
    if (warnings & SB_CUT_ESTIMATED_START)
        warnings &= ~(unsigned)SB_CUT_NO_PAUSE_BEFORE;
    if (warnings & SB_CUT_ESTIMATED_END)
        warnings &= ~(unsigned)SB_CUT_NO_PAUSE_AFTER;
    return warnings;
}

const char *sb_cut_warning_text(unsigned warnings, size_t index)
{
    warnings = without_the_obvious(warnings);
    for (size_t i = 0; i < sizeof warning_texts / sizeof *warning_texts; i++)
        if ((warnings & warning_texts[i].bit) && index-- == 0)
            return warning_texts[i].text;
    return NULL;
}

static sb_time or_default(sb_time wanted, bool given, sb_time otherwise)
{
    if (!wanted && !given)
        return otherwise;
    return wanted < LONGEST ? wanted : LONGEST;
}

static sb_status resolve_params(sb_cut_params *out, const sb_cut_params *params, sb_error *err)
{
    sb_cut_params asked = params ? *params : (sb_cut_params){0};
    *out = (sb_cut_params){.lead = or_default(asked.lead, asked.has_lead, SB_CUT_LEAD),
                           .tail = or_default(asked.tail, asked.has_tail, SB_CUT_TAIL),
                           .fade = or_default(asked.fade, asked.has_fade, SB_CUT_FADE)};
    if (out->lead < 0 || out->tail < 0 || out->fade < 0)
        return sb_error_set_field(err, SB_ERR_ARGUMENT,
                                  out->lead < 0   ? "lead"
                                  : out->tail < 0 ? "tail"
                                                  : "fade",
                                  NULL, "lead, tail and fade cannot be negative; give 0 or more");
    return SB_OK;
}

static bool has_no_pause(const sb_edge *edge)
{
    return !edge->in_pause || edge->tight;
}

static unsigned edge_warnings(const sb_edge *start, const sb_edge *end, const sb_alignment *alignment,
                              const sb_match *match)
{
    unsigned warnings = 0;
    if (start->adrift)
        warnings |= SB_CUT_NO_SILENCE_START;
    else if (has_no_pause(start))
        warnings |= SB_CUT_NO_PAUSE_BEFORE;
    if (end->adrift)
        warnings |= SB_CUT_NO_SILENCE_END;
    else if (has_no_pause(end))
        warnings |= SB_CUT_NO_PAUSE_AFTER;
    if (start->estimated && (has_no_pause(start) || start->moved))
        warnings |= SB_CUT_ESTIMATED_START;
    if (end->estimated && (has_no_pause(end) || end->moved))
        warnings |= SB_CUT_ESTIMATED_END;
    if (match->n_not_heard > 0)
        warnings |= SB_CUT_WORDS_NOT_HEARD;
    if (match->confidence < LOW_CONFIDENCE && (start->has_words || end->has_words))
        warnings |= SB_CUT_LOW_CONFIDENCE;
    if (sb_match_overlapped(alignment, match))
        warnings |= SB_CUT_OVERLAP;
    if (alignment->pairing != SB_PAIRING_OK)
        warnings |= SB_CUT_UNSURE_PAIRING;
    if (match->how == SB_MATCH_PART)
        warnings |= SB_CUT_PART_OF_NUMBER;
    return warnings;
}

/* As long as requested if the padding allows, but never so short that it clicks. */
static sb_time fit_fade(sb_time wanted, sb_time padding, sb_span span)
{
    sb_time fade = wanted < padding ? wanted : padding;
    if (fade < LEAST_FADE)
        fade = LEAST_FADE;
    sb_time half = (span.end - span.start) / 2;
    return fade < half ? fade : half;
}

/* Edges can cross only if they are estimates. Then the times of the match are used. */
static void uncross(sb_edge *start, sb_edge *end, const sb_match *match)
{
    if (start->speech < -end->speech)
        return;
    start->speech = start->quiet_from = match->span.start;
    end->speech = end->quiet_from = -match->span.end;
    start->in_pause = end->in_pause = false;
}

sb_status sb_match_cut(sb_cut *out, const sb_alignment *alignment, const sb_match *match,
                       const sb_cut_params *params, sb_error *err)
{
    *out = (sb_cut){0};
    sb_cut_params p;
    sb_status status = resolve_params(&p, params, err);
    if (status != SB_OK)
        return status;
    sb_edge start, end;
    if (!sb_edge_settle(&start, alignment, match, false) || !sb_edge_settle(&end, alignment, match, true) ||
        match->span.start >= match->span.end)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "match %zu has no times in the audio; none of its words was heard",
                            match->number);
    if (match->asked.start != SB_TIME_NONE && match->is_passage)
        sb_edge_reach(&start, match->asked.start);
    if (match->asked.end != SB_TIME_NONE && match->is_passage)
        sb_edge_reach(&end, match->asked.end);
    uncross(&start, &end, match);
    sb_time lead = sb_edge_padding(&start, p.lead, p.tail);
    sb_time tail = sb_edge_padding(&end, p.tail, p.lead);
    out->speech = (sb_span){start.speech, -end.speech};
    out->span = (sb_span){out->speech.start - lead, out->speech.end + tail};
    out->quiet = (sb_span){start.quiet_from, -end.quiet_from};
    out->fade_in = fit_fade(p.fade, lead, out->span);
    out->fade_out = fit_fade(p.fade, tail, out->span);
    out->asked_lead = p.lead;
    out->asked_tail = p.tail;
    out->warnings = edge_warnings(&start, &end, alignment, match);
    return SB_OK;
}
