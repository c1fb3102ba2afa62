#include "quote/find/find.h"

#include <stdlib.h>
#include <string.h>

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/sense/sense.h"
#include "transcript/transcript.h"

static void lay_out_words(sb_runs *runs)
{
    size_t n = 0;
    for (size_t t = 0; t < runs->alignment->n_turns; t++) {
        const sb_aligned_turn *turn = &runs->alignment->turns[t];
        runs->row_start[t] = n;
        runs->row_head[t] = t > 0 && turn->goes_on ? runs->row_head[t - 1] : t;
        for (size_t w = 0; w < turn->n_words; w++, n++) {
            runs->texts[n] = turn->words[w].text;
            runs->row_of[n] = t;
        }
    }
    runs->row_start[runs->alignment->n_turns] = n;
    runs->n_words = n;
}

static void lay_out_runs(sb_runs *runs)
{
    const sb_alignment *alignment = runs->alignment;
    for (size_t t = 0; t < alignment->n_turns; t++) {
        const char *speaker = alignment->turns[t].speaker;
        if (t == 0 || !sb_same_text(speaker, alignment->turns[t - 1].speaker))
            runs->items[runs->n_items++] =
                (sb_run){.speaker = speaker, .first_row = t, .first_word = runs->row_start[t]};
        runs->items[runs->n_items - 1].end_row = t + 1;
        runs->items[runs->n_items - 1].end_word = runs->row_start[t + 1];
    }
}

static void count_syllables(sb_runs *runs)
{
    runs->syllables_to[0] = 0;
    for (size_t w = 0; w < runs->n_words; w++) {
        int syllables = sb_word_syllables(runs->texts[w]);
        runs->syllables_to[w + 1] = runs->syllables_to[w] + (uint32_t)(syllables > 0 ? syllables : 0);
    }
}

sb_status sb_runs_init(sb_runs *out, const sb_alignment *alignment, sb_error *err)
{
    *out = (sb_runs){.alignment = alignment};
    size_t n_words;
    sb_alignment_count_words(alignment, SB_WORD_ALIGNED, &n_words);
    out->texts = calloc(n_words + 1, sizeof *out->texts);
    out->row_of = calloc(n_words + 1, sizeof *out->row_of);
    out->row_start = calloc(alignment->n_turns + 1, sizeof *out->row_start);
    out->row_head = calloc(alignment->n_turns + 1, sizeof *out->row_head);
    out->items = calloc(alignment->n_turns + 1, sizeof *out->items);
    bool untimed = alignment->method == SB_METHOD_NONE;
    if (untimed)
        out->syllables_to = calloc(n_words + 1, sizeof *out->syllables_to);
    if (!out->texts || !out->row_of || !out->row_start || !out->row_head || !out->items ||
        (untimed && !out->syllables_to)) {
        sb_runs_finish(out);
        return sb_error_memory(err, "searching");
    }
    lay_out_words(out);
    lay_out_runs(out);
    if (untimed)
        count_syllables(out);
    return SB_OK;
}

void sb_runs_finish(sb_runs *runs)
{
    free(runs->texts);
    free(runs->row_of);
    free(runs->row_start);
    free(runs->row_head);
    free(runs->syllables_to);
    free(runs->items);
    *runs = (sb_runs){0};
}

const sb_aligned_word *sb_runs_word(const sb_runs *runs, size_t word)
{
    size_t turn = runs->row_of[word];
    return &runs->alignment->turns[turn].words[word - runs->row_start[turn]];
}

const char *sb_runs_speaker(const sb_runs *runs, size_t word)
{
    return runs->alignment->turns[runs->row_of[word]].speaker;
}

size_t sb_runs_run_of(const sb_runs *runs, size_t word)
{
    size_t low = 0, high = runs->n_items;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (runs->items[middle].first_word <= word)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t sb_runs_turn_first(const sb_runs *runs, size_t word)
{
    return runs->row_start[runs->row_head[runs->row_of[word]]];
}

size_t sb_runs_turn_end(const sb_runs *runs, size_t word)
{
    return runs->row_start[sb_aligned_turn_end(runs->alignment, runs->row_of[word])];
}

/* The time of `boundary` (a word, or the end of the turn) if the turn is spoken at constant speed. */
static sb_time time_by_syllables(const sb_runs *runs, size_t turn_index, size_t boundary)
{
    const sb_aligned_turn *turn = &runs->alignment->turns[turn_index];
    const uint32_t *to = runs->syllables_to;
    size_t first = runs->row_start[turn_index], end = runs->row_start[turn_index + 1];
    if (!to || turn->start == SB_TIME_NONE || boundary == first)
        return to ? turn->start : SB_TIME_NONE;
    if (turn->end == SB_TIME_NONE || turn->end < turn->start || boundary == end)
        return turn->end;
    double share = to[end] > to[first] ? (double)(to[boundary] - to[first]) / (to[end] - to[first])
                                       : (double)(boundary - first) / (double)(end - first);
    return turn->start + (sb_time)((double)(turn->end - turn->start) * share);
}

sb_time sb_runs_word_start(const sb_runs *runs, size_t word)
{
    const sb_aligned_word *w = sb_runs_word(runs, word);
    if (w->status == SB_WORD_NOT_HEARD || w->start != SB_TIME_NONE)
        return w->status == SB_WORD_NOT_HEARD ? SB_TIME_NONE : w->start;
    return time_by_syllables(runs, runs->row_of[word], word);
}

sb_time sb_runs_word_end(const sb_runs *runs, size_t word)
{
    const sb_aligned_word *w = sb_runs_word(runs, word);
    if (w->status == SB_WORD_NOT_HEARD || w->end != SB_TIME_NONE)
        return w->status == SB_WORD_NOT_HEARD ? SB_TIME_NONE : w->end;
    return time_by_syllables(runs, runs->row_of[word], word + 1);
}

char *sb_runs_text(const sb_runs *runs, size_t first_word, size_t last_word)
{
    size_t size = 1;
    for (size_t w = first_word; w <= last_word; w++)
        size += strlen(runs->texts[w]) + 1;
    char *text = malloc(size), *at = text;
    if (!text)
        return NULL;
    for (size_t w = first_word; w <= last_word; w++) {
        size_t length = strlen(runs->texts[w]);
        memcpy(at, runs->texts[w], length);
        at += length;
        at = stpcpy(at, w < last_word ? sb_word_gap(runs->texts[w], runs->texts[w + 1]) : "");
    }
    *at = '\0';
    return text;
}

#define GUESS_WORDS 4000

const sb_senses *sb_runs_guess_language(const sb_runs *runs, bool *ok)
{
    if (runs->n_words == 0)
        return sb_senses_guess("", ok);
    char *text = sb_runs_text(runs, 0, sb_least_size(runs->n_words, GUESS_WORDS) - 1);
    const sb_senses *senses = text ? sb_senses_guess(text, ok) : NULL;
    *ok = *ok && text;
    free(text);
    return senses;
}

sb_status sb_hits_add(sb_hits *hits, sb_hit hit, sb_error *err)
{
    if (!sb_grow(&hits->items, hits->n_items, &hits->capacity, sizeof *hits->items))
        return sb_error_memory(err, "searching");
    hits->items[hits->n_items++] = hit;
    return SB_OK;
}

void sb_hits_finish(sb_hits *hits)
{
    free(hits->items);
    *hits = (sb_hits){0};
}
