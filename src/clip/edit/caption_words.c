#include "clip/edit/edit.h"

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "export/export.h"

#include <stdlib.h>
#include <string.h>

static sb_time shifted(sb_time t, sb_time by)
{
    return t == SB_TIME_NONE ? t : t + by;
}

static bool add_spoken_word(sb_aligned_turn *turn, const sb_aligned_word *word, char *text)
{
    if (!text || !sb_push_room(&turn->words, turn->n_words, sizeof *turn->words)) {
        free(text);
        return false;
    }
    turn->words[turn->n_words] = *word;
    turn->words[turn->n_words++].text = text;
    return true;
}

static bool add_event(sb_aligned_turn *turn, const char *text)
{
    char *copy = sb_copy_text(text, NULL);
    if (!copy || !sb_push_room(&turn->events, turn->n_events, sizeof *turn->events)) {
        free(copy);
        return false;
    }
    turn->events[turn->n_events++] = (sb_event){copy, turn->n_words};
    return true;
}

static sb_status copy_turn(sb_aligned_turn *out, const sb_aligned_turn *turn, sb_time shift, sb_error *err)
{
    bool ok = true;
    size_t event = 0;
    *out = (sb_aligned_turn){.speaker = sb_copy_text(turn->speaker, &ok),
                             .stamp = SB_TIME_NONE,
                             .start = shifted(turn->start, shift),
                             .end = shifted(turn->end, shift),
                             .confidence = turn->confidence,
                             .status = turn->status};
    for (size_t i = 0; ok && i < turn->n_words; i++) {
        for (; ok && event < turn->n_events && turn->events[event].before_word <= i; event++)
            ok = add_event(out, turn->events[event].text);
        sb_aligned_word word = turn->words[i];
        word.start = shifted(word.start, shift);
        word.end = shifted(word.end, shift);
        ok = ok && add_spoken_word(out, &word, sb_copy_text(word.text, NULL));
    }
    if (ok)
        return SB_OK;
    sb_aligned_turn_finish(out);
    return sb_error_memory(err, "editing a clip");
}

void sb_spoken_finish(sb_spoken *spoken)
{
    for (size_t i = 0; i < spoken->n_turns; i++)
        sb_aligned_turn_finish(&spoken->turns[i]);
    free(spoken->turns);
    *spoken = (sb_spoken){0};
}

sb_status sb_spoken_copy(sb_spoken *out, const sb_spoken *from, sb_time shift, sb_error *err)
{
    *out = (sb_spoken){.turns = calloc(from->n_turns + 1, sizeof *out->turns)};
    sb_status status = out->turns ? SB_OK : sb_error_memory(err, "editing a clip");
    for (size_t i = 0; !status && i < from->n_turns; i++) {
        status = copy_turn(&out->turns[i], &from->turns[i], shift, err);
        out->n_turns += !status;
    }
    if (status)
        sb_spoken_finish(out);
    return status;
}

static sb_time time_in_clip(const sb_clip_job *job, sb_time t)
{
    const sb_clip_result *result = job->result;
    if (t == SB_TIME_NONE)
        return t;
    int64_t at = sb_time_to_samples(t, result->source_rate) - result->start_sample;
    at = sb_splices_map(job->splices, job->n_splices, at < 0 ? 0 : at);
    return sb_time_from_samples(at, result->source_rate);
}

/* `*index` counts the words of the quote. */
static bool take_words(sb_aligned_turn *out, const sb_clip_job *job, const sb_drop_plan *plan, size_t t,
                       size_t *index)
{
    const sb_match *match = job->request->match;
    const sb_aligned_turn *turn = &job->source->alignment->turns[t];
    size_t first = t == match->first_turn ? match->first_word : 0, event = 0;
    bool ok = true;
    for (size_t w = first; ok && w < turn->n_words && (t < match->last_turn || w <= match->last_word);
         w++, (*index)++) {
        for (; ok && event < turn->n_events && turn->events[event].before_word <= w; event++)
            if (turn->events[event].before_word > first || *index > 0)
                ok = add_event(out, turn->events[event].text);
        if (plan && sb_drop_plan_drops(plan, *index))
            continue;
        sb_aligned_word word = turn->words[w];
        if (word.status == SB_WORD_NOT_HEARD && !sb_caption_leaves_out(job->source->alignment, &word))
            word.status = SB_WORD_ESTIMATED;
        word.start = time_in_clip(job, word.start);
        word.end = time_in_clip(job, word.end);
        ok = ok && add_spoken_word(out, &word,
                                   plan ? sb_drop_word_text(plan, *index) : sb_copy_text(word.text, NULL));
    }
    return ok;
}

static bool add_spoken_turn(sb_spoken *out, const sb_clip_job *job, const char *speaker)
{
    const sb_cut *cut = &job->result->cut;
    bool ok = true;
    if (!sb_push_room(&out->turns, out->n_turns, sizeof *out->turns))
        return false;
    out->turns[out->n_turns++] = (sb_aligned_turn){.speaker = sb_copy_text(speaker, &ok),
                                                   .stamp = SB_TIME_NONE,
                                                   .start = time_in_clip(job, cut->speech.start),
                                                   .end = time_in_clip(job, cut->speech.end),
                                                   .confidence = job->request->match->confidence};
    return ok;
}

/* Times are those of the words; if none has a time, those of the clip stay. */
static void settle_spoken_turn(sb_aligned_turn *turn)
{
    sb_span clip = {turn->start, turn->end};
    if (!sb_aligned_turn_settle(turn)) {
        turn->start = clip.start;
        turn->end = clip.end;
    }
}

sb_status sb_spoken_take(sb_spoken *out, const sb_clip_job *job, const sb_drop_plan *plan, sb_error *err)
{
    const sb_match *match = job->request->match;
    const sb_alignment *alignment = job->source->alignment;
    bool ok = true;
    size_t index = 0;
    *out = (sb_spoken){0};
    for (size_t t = match->first_turn; ok && t <= match->last_turn; t++) {
        const char *speaker = alignment->turns[t].speaker;
        bool goes_on = out->n_turns && sb_same_text(out->turns[out->n_turns - 1].speaker, speaker);
        ok = (goes_on || add_spoken_turn(out, job, speaker)) &&
             take_words(&out->turns[out->n_turns - 1], job, plan, t, &index);
        if (ok && out->turns[out->n_turns - 1].n_words == 0)
            sb_aligned_turn_finish(&out->turns[--out->n_turns]);
    }
    for (size_t i = 0; ok && i < out->n_turns; i++)
        settle_spoken_turn(&out->turns[i]);
    if (ok)
        return SB_OK;
    sb_spoken_finish(out);
    return sb_error_memory(err, "editing a clip");
}

static bool changes_speaker(const sb_clip_words *words)
{
    const sb_aligned_turn *first = NULL;
    for (size_t i = 0; i < words->n_spans; i++) {
        const sb_caption_span *span = &words->spans[i];
        for (size_t t = span->first_turn; t <= span->last_turn && t < words->alignment->n_turns; t++) {
            const sb_aligned_turn *turn = &words->alignment->turns[t];
            if (turn->n_words && first && !sb_same_text(turn->speaker, first->speaker))
                return true;
            first = turn->n_words && !first ? turn : first;
        }
    }
    return false;
}

static void find_clip_words(sb_clip_words *out, const sb_clip_job *job, sb_time length)
{
    const sb_match *match = job->request->match;
    const sb_clip_result *result = job->result;
    *out = (sb_clip_words){.alignment = job->source->alignment, .spans = &out->own, .n_spans = 1};
    if (job->spans) {
        out->spans = job->spans;
        out->n_spans = job->n_spans;
        return;
    }
    if (job->spoken.n_turns) {
        out->of_spoken = (sb_alignment){.turns = job->spoken.turns, .n_turns = job->spoken.n_turns};
        out->alignment = &out->of_spoken;
        out->own = (sb_caption_span){
            .last_turn = job->spoken.n_turns - 1, .last_word = SIZE_MAX, .within = {0, length}};
        return;
    }
    out->own = (sb_caption_span){.first_turn = match->first_turn,
                                 .first_word = match->first_word,
                                 .last_turn = match->last_turn,
                                 .last_word = match->last_word,
                                 .shift = -sb_time_from_samples(result->start_sample, result->source_rate),
                                 .within = {0, length}};
}

void sb_clip_words_of_job(sb_clip_words *out, const sb_clip_job *job, sb_time length)
{
    find_clip_words(out, job, length);
    out->changes_speaker = changes_speaker(out);
}
