#include "quote/find/find.h"

#include <stdlib.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define AT_EDGE (15 * SB_TIME_MS)

/* The first word of the hit with a time, or the index after its last word. */
static size_t first_heard(const sb_runs *runs, const sb_hit *hit)
{
    size_t word = hit->first;
    while (word <= hit->last && sb_runs_word_start(runs, word) == SB_TIME_NONE)
        word++;
    return word;
}

/* The last word with a time. Call it only if first_heard found a word. */
static size_t last_heard(const sb_runs *runs, const sb_hit *hit, size_t first)
{
    size_t word = hit->last;
    while (word > first && sb_runs_word_start(runs, word) == SB_TIME_NONE)
        word--;
    return word;
}

sb_span sb_hit_span(const sb_runs *runs, const sb_hit *hit)
{
    size_t first = first_heard(runs, hit);
    if (first > hit->last)
        return (sb_span){SB_TIME_NONE, SB_TIME_NONE};
    return (sb_span){sb_runs_word_start(runs, first), sb_runs_word_end(runs, last_heard(runs, hit, first))};
}

static bool near(sb_time a, sb_time b)
{
    return a - b <= AT_EDGE && b - a <= AT_EDGE;
}

static bool speech_begins_at(const sb_alignment *alignment, sb_time at)
{
    size_t i = sb_span_after(alignment->speech, alignment->n_speech, at);
    return i < alignment->n_speech && near(alignment->speech[i].start, at);
}

static bool speech_ends_at(const sb_alignment *alignment, sb_time at)
{
    size_t i = sb_span_after(alignment->speech, alignment->n_speech, at);
    return (i < alignment->n_speech && near(alignment->speech[i].end, at)) ||
           (i > 0 && near(alignment->speech[i - 1].end, at));
}

/* A turn's end is only as certain as the start of the next turn. */
static float end_confidence(const sb_runs *runs, size_t word)
{
    const sb_alignment *a = runs->alignment;
    size_t next = runs->row_of[word] + 1;
    float confidence = sb_runs_word(runs, word)->confidence;
    if (next >= a->n_turns || word + 1 != runs->row_start[next] || a->turns[next].start == SB_TIME_NONE)
        return confidence;
    return a->turns[next].confidence < confidence ? a->turns[next].confidence : confidence;
}

static void judge_edges(sb_match *match, const sb_runs *runs, const sb_hit *hit)
{
    size_t first = first_heard(runs, hit);
    if (first > hit->last)
        return;
    const sb_aligned_word *begin = sb_runs_word(runs, first);
    size_t last = last_heard(runs, hit, first);
    const sb_aligned_word *end = sb_runs_word(runs, last);
    match->confidence = end_confidence(runs, last);
    if (begin->confidence < match->confidence)
        match->confidence = begin->confidence;
    match->estimated =
        (begin->status == SB_WORD_ESTIMATED && !speech_begins_at(runs->alignment, match->span.start)) ||
        (end->status == SB_WORD_ESTIMATED && !speech_ends_at(runs->alignment, match->span.end));
}

static bool has_speaker(const sb_match *match, const char *name)
{
    for (size_t i = 0; i < match->n_speakers; i++)
        if (sb_same_text(match->speakers[i], name))
            return true;
    return false;
}

/* Returns true for a word that another speaker says outside the time limits of the passage, at the same time
 * as its words. */
static bool is_outside(const sb_match *match, const sb_runs *runs, size_t word)
{
    sb_time start = sb_runs_word_start(runs, word), end = sb_runs_word_end(runs, word);
    return start != SB_TIME_NONE && end != SB_TIME_NONE && match->span.start != SB_TIME_NONE &&
           match->span.end != SB_TIME_NONE && (end <= match->span.start || start >= match->span.end);
}

sb_status sb_match_trim(sb_match *match, const sb_runs *runs, const sb_hit *hit, sb_error *err)
{
    sb_bytes text = {0};
    const char *before = NULL;
    size_t n_outside = 0;
    match->n_speakers = 0;
    for (size_t w = hit->first; w <= hit->last; w++) {
        const char *name = runs->alignment->turns[runs->row_of[w]].speaker;
        if (is_outside(match, runs, w)) {
            n_outside++;
            continue;
        }
        sb_bytes_text(&text, before ? sb_word_gap(before, runs->texts[w]) : "");
        sb_bytes_text(&text, runs->texts[w]);
        before = runs->texts[w];
        if (name && !has_speaker(match, name)) /* there is room for all of them */
            match->speakers[match->n_speakers++] = name;
    }
    if (text.failed)
        return sb_error_memory(err, "searching");
    if (n_outside && text.data) {
        free(match->text);
        match->text = text.data;
    } else {
        sb_bytes_finish(&text);
    }
    return SB_OK;
}

static bool name_speakers(sb_match *match, const sb_runs *runs, const sb_hit *hit)
{
    for (size_t w = hit->first; w <= hit->last; w = runs->row_start[runs->row_of[w] + 1]) {
        const char *name = runs->alignment->turns[runs->row_of[w]].speaker;
        if (!name || has_speaker(match, name))
            continue;
        if (!sb_push_room(&match->speakers, match->n_speakers, sizeof *match->speakers))
            return false;
        match->speakers[match->n_speakers++] = name;
    }
    return true;
}

char *sb_match_speakers(const sb_match *match)
{
    sb_bytes names = {0};
    for (size_t i = 0; i < match->n_speakers; i++)
        sb_bytes_print(&names, "%s%s", i ? ", " : "", match->speakers[i]);
    if (!match->n_speakers)
        sb_bytes_text(&names, match->speaker ? match->speaker : "");
    if (names.failed)
        sb_bytes_finish(&names);
    return names.data;
}

const char *sb_match_how_print(sb_match_how how)
{
    static const char *const names[] = {"turn",           "phrase", "regex", "fuzzy",
                                        "part-of-number", "near",   "sound", "passage"};
    return how < sizeof names / sizeof *names ? names[how] : NULL;
}

static const char *why_of(const sb_hit *hit)
{
    static const char *const reasons[] = {[SB_MATCH_TURN] = "the speaker and the times",
                                          [SB_MATCH_PHRASE] = "the words of the phrase",
                                          [SB_MATCH_REGEX] = "the pattern",
                                          [SB_MATCH_FUZZY] = "similar wording: some words differ",
                                          [SB_MATCH_PART] = "part of a number",
                                          [SB_MATCH_NEAR] = "the words near each other",
                                          [SB_MATCH_SOUND] = "the sound",
                                          [SB_MATCH_PASSAGE] = "everything between"};
    return hit->why ? hit->why : reasons[hit->how];
}

void sb_match_finish(sb_match *match)
{
    free(match->text);
    free((void *)match->speakers);
    free(match->why);
    *match = (sb_match){0};
}

sb_status sb_match_make(sb_match *out, const sb_runs *runs, const sb_hit *hit, sb_error *err)
{
    size_t first_turn = runs->row_of[hit->first], last_turn = runs->row_of[hit->last];
    *out = (sb_match){.first_turn = first_turn,
                      .first_word = hit->first - runs->row_start[first_turn],
                      .last_turn = last_turn,
                      .last_word = hit->last - runs->row_start[last_turn],
                      .speaker = runs->alignment->turns[first_turn].speaker,
                      .phrase = hit->phrase,
                      .how = hit->how,
                      .score = hit->how == SB_MATCH_TURN || hit->how == SB_MATCH_PASSAGE ? 1 : hit->score,
                      .span = sb_hit_span(runs, hit),
                      .asked = {SB_TIME_NONE, SB_TIME_NONE},
                      .text = sb_runs_text(runs, hit->first, hit->last)};
    out->why = sb_copy_text(why_of(hit), NULL);
    if (!out->text || !out->why || !name_speakers(out, runs, hit)) {
        sb_match_finish(out);
        return sb_error_memory(err, "searching");
    }
    for (size_t w = hit->first; w <= hit->last; w++)
        out->n_not_heard += sb_runs_word(runs, w)->status == SB_WORD_NOT_HEARD;
    judge_edges(out, runs, hit);
    return SB_OK;
}

void sb_matches_free(sb_matches **matches)
{
    if (!*matches)
        return;
    for (size_t i = 0; i < (*matches)->n_items; i++)
        sb_match_finish(&(*matches)->items[i]);
    free((*matches)->items);
    free((*matches)->nearest);
    free(*matches);
    *matches = NULL;
}
