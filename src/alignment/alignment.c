#include "soundbite/align.h"

#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"

void sb_aligned_turn_finish(sb_aligned_turn *turn)
{
    free(turn->speaker);
    free(turn->language);
    for (size_t i = 0; i < turn->n_words; i++)
        free(turn->words[i].text);
    free(turn->words);
    for (size_t i = 0; i < turn->n_events; i++)
        free(turn->events[i].text);
    free(turn->events);
    *turn = (sb_aligned_turn){0};
}

void sb_alignment_free(sb_alignment **alignment)
{
    sb_alignment *a = *alignment;

    if (!a)
        return;
    free(a->audio.path);
    free(a->audio.codec);
    free(a->audio.damage);
    free(a->transcript.path);
    free(a->transcript.format);
    free(a->transcript.title);
    free(a->transcript.language);
    free(a->transcript.encoding);
    free(a->transcript.container);
    free(a->transcript.source);
    free(a->method_note);
    free(a->pairing_note);
    free(a->map);
    free(a->breaks);
    free(a->speech);
    for (size_t i = 0; i < a->n_turns; i++)
        sb_aligned_turn_finish(&a->turns[i]);
    free(a->turns);
    free(a->unmatched);
    free(a->levels);
    free(a->sound[0]);
    free(a->sound[1]);
    for (size_t i = 0; i < a->n_oov_words; i++) {
        free(a->oov_words[i].word);
        free(a->oov_words[i].phones);
    }
    free(a->oov_words);
    free(a);
    *alignment = NULL;
}

const sb_aligned_word *sb_aligned_turn_settle(sb_aligned_turn *turn)
{
    const sb_aligned_word *first = NULL;
    size_t n_not_heard = 0, n_aligned = 0;
    turn->start = turn->end = SB_TIME_NONE;
    for (size_t w = 0; w < turn->n_words; w++) {
        const sb_aligned_word *word = &turn->words[w];
        n_not_heard += word->status == SB_WORD_NOT_HEARD;
        n_aligned += word->status == SB_WORD_ALIGNED;
        if (word->start == SB_TIME_NONE)
            continue;
        first = first ? first : word;
        turn->start = first->start;
        turn->end = turn->end == SB_TIME_NONE || word->end > turn->end ? word->end : turn->end;
    }
    turn->status = turn->n_words && n_not_heard == turn->n_words ? SB_TURN_NOT_HEARD
                   : n_aligned == turn->n_words                  ? SB_TURN_ALIGNED
                                                                 : SB_TURN_PARTLY;
    return first;
}

static bool has_only_unheard(const sb_aligned_turn *turn)
{
    size_t n_unheard = 0;
    for (size_t w = 0; w < turn->n_words; w++) {
        bool unheard = turn->words[w].status == SB_WORD_NOT_HEARD;
        if (!unheard && sb_text_is_spoken(turn->words[w].text))
            return false;
        n_unheard += unheard;
    }
    return n_unheard > 0;
}

void sb_alignment_settle_unheard(sb_alignment *alignment)
{
    for (size_t t = 0; t < alignment->n_turns; t++) {
        sb_aligned_turn *turn = &alignment->turns[t];
        if (!has_only_unheard(turn))
            continue;
        for (size_t w = 0; w < turn->n_words; w++) {
            sb_aligned_word *word = &turn->words[w];
            word->start = word->end = SB_TIME_NONE;
            word->status = SB_WORD_NOT_HEARD;
            word->confidence = 0;
        }
        turn->start = turn->end = SB_TIME_NONE;
        turn->status = SB_TURN_NOT_HEARD;
        turn->confidence = 0;
    }
}

size_t sb_aligned_turn_end(const sb_alignment *alignment, size_t first)
{
    size_t end = first + 1;
    while (end < alignment->n_turns && alignment->turns[end].goes_on)
        end++;
    return end;
}

sb_span sb_aligned_rows_span(const sb_aligned_turn *rows, size_t n_rows)
{
    sb_span span = {SB_TIME_NONE, SB_TIME_NONE};
    for (size_t i = 0; i < n_rows; i++) {
        if (rows[i].start == SB_TIME_NONE)
            continue;
        if (span.start == SB_TIME_NONE)
            span.start = rows[i].start;
        if (rows[i].end != SB_TIME_NONE && (span.end == SB_TIME_NONE || rows[i].end > span.end))
            span.end = rows[i].end;
    }
    return span;
}

sb_turn_status sb_aligned_rows_status(const sb_aligned_turn *rows, size_t n_rows)
{
    sb_turn_status status = rows->status;
    for (size_t i = 1; i < n_rows; i++)
        status = rows[i].status == status ? status : SB_TURN_PARTLY;
    return status;
}

char *sb_aligned_turn_text(const sb_aligned_turn *turn)
{
    size_t size = 1;

    for (size_t i = 0; i < turn->n_words; i++)
        size += strlen(turn->words[i].text) + 1;
    char *text = malloc(size);
    if (!text)
        return NULL;
    char *at = text;
    for (size_t i = 0; i < turn->n_words; i++) {
        if (i > 0)
            at = stpcpy(at, sb_word_gap(turn->words[i - 1].text, turn->words[i].text));
        size_t length = strlen(turn->words[i].text);
        memcpy(at, turn->words[i].text, length);
        at += length;
    }
    *at = '\0';
    return text;
}

static const char *const word_status_names[] = {"aligned", "estimated", "not_heard"};
static const char *const turn_status_names[] = {"aligned", "partly", "not_heard"};
static const char *const pairing_names[] = {"ok", "unsure", "mismatch"};
static const char *const method_names[] = {"auto", "acoustic", "energy", "none"};

const char *sb_word_status_name(sb_word_status status)
{
    return word_status_names[status];
}

const char *sb_turn_status_name(sb_turn_status status)
{
    return turn_status_names[status];
}

const char *sb_pairing_name(sb_pairing pairing)
{
    return pairing_names[pairing];
}

const char *sb_method_name(sb_method method)
{
    return method_names[method];
}

sb_time sb_time_map_apply(const sb_alignment *a, sb_time t)
{
    size_t piece = 0;
    if (a->n_map == 0)
        return t;
    while (piece + 1 < a->n_map && t >= a->map[piece + 1].from)
        piece++;
    const sb_map_piece *m = &a->map[piece];
    double passed = sb_time_to_seconds(t - m->from);
    return t + m->offset + sb_time_from_seconds(passed * m->rate_ppm * 1e-6);
}

size_t sb_alignment_n_words(const sb_alignment *a)
{
    size_t n = 0;
    for (size_t t = 0; t < a->n_turns; t++)
        n += a->turns[t].n_words;
    return n;
}

bool sb_alignment_find_word(size_t *turn, size_t *word, const sb_alignment *a, size_t index)
{
    for (*turn = 0; *turn < a->n_turns && index >= a->turns[*turn].n_words; ++*turn)
        index -= a->turns[*turn].n_words;
    *word = index;
    return *turn < a->n_turns;
}

const sb_aligned_word *sb_alignment_word(const sb_alignment *a, size_t index)
{
    size_t turn, word;
    return sb_alignment_find_word(&turn, &word, a, index) ? &a->turns[turn].words[word] : NULL;
}

size_t sb_alignment_count_words(const sb_alignment *a, sb_word_status status, size_t *n_words)
{
    size_t n_such = 0;
    *n_words = sb_alignment_n_words(a);
    for (size_t t = 0; t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++)
            n_such += a->turns[t].words[w].status == status;
    return n_such;
}

static bool has_proven_word(const sb_aligned_turn *turn)
{
    for (size_t w = 0; w < turn->n_words; w++)
        if (turn->words[w].status == SB_WORD_ALIGNED)
            return true;
    return false;
}

bool sb_turn_may_be_beyond_break(const sb_alignment *a, size_t turn)
{
    const sb_aligned_turn *t = &a->turns[turn];
    if (t->start == SB_TIME_NONE || t->n_words == 0 || has_proven_word(t))
        return false;
    for (size_t i = 0; i < a->n_breaks; i++) {
        const sb_break *b = &a->breaks[i];
        if (b->gap > 0 && t->start < b->audio.end + b->gap && t->end > b->audio.start - b->gap)
            return true;
    }
    return false;
}
