#include "align/energy/energy.h"

#include "base/run/run.h"
#include "transcript/transcript.h"

#include <stdlib.h>
#include <string.h>

#define USUAL_PACE 0.16f /* seconds per unit: five syllables per second, including their edges */
#define EDGE_UNITS 0.35f

static bool allocate(sb_script *s)
{
    s->units = calloc(s->n_words, sizeof *s->units);
    s->length = calloc(s->n_words + 1, sizeof *s->length);
    s->boundary = calloc(s->n_words + 1, 1);
    s->turn = calloc(s->n_words, sizeof *s->turn);
    s->first_word = calloc(s->n_turns + 1, sizeof *s->first_word);
    s->speaker = calloc(s->n_turns, sizeof *s->speaker);
    s->pace = calloc(s->n_turns, sizeof *s->pace);
    return s->units && s->length && s->boundary && s->turn && s->first_word && s->speaker && s->pace;
}

static sb_script_boundary boundary_after(const char *word)
{
    if (sb_word_ends_sentence(word))
        return SB_BOUNDARY_SENTENCE;
    return sb_word_ends_clause(word) ? SB_BOUNDARY_CLAUSE : SB_BOUNDARY_WORD;
}

/* Transcripts divide long turns about every minute, mostly at a pause of the speaker. */
static sb_script_boundary boundary_before_turn(const sb_script *s, size_t t, const sb_turn *before)
{
    if (t == 0 || s->speaker[t] != s->speaker[t - 1] || before->n_words == 0)
        return SB_BOUNDARY_TURN;
    sb_script_boundary boundary = boundary_after(before->words[before->n_words - 1].text);
    return boundary > SB_BOUNDARY_CLAUSE ? boundary : SB_BOUNDARY_CLAUSE;
}

static void add_script_turn(sb_script *s, size_t t, const sb_turn *turn, size_t *at)
{
    s->first_word[t] = *at;
    sb_script_boundary before = boundary_before_turn(s, t, turn - (t > 0));
    bool begun = false;
    for (size_t i = 0; i < turn->n_words; i++, (*at)++) {
        int syllables = sb_word_syllables(turn->words[i].text);
        s->units[*at] = syllables > 0 ? (float)syllables + EDGE_UNITS : 0;
        s->boundary[*at] = (uint8_t)before;
        s->turn[*at] = (uint32_t)t;
        begun = begun || syllables > 0;
        before = begun ? boundary_after(turn->words[i].text) : SB_BOUNDARY_WORD;
    }
}

typedef struct speaker_entry {
    const char *name;
    size_t turn;
} speaker_entry;

static int compare_entries(const void *a, const void *b)
{
    const speaker_entry *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->turn > y->turn) - (x->turn < y->turn);
}

/* Sorting finds equal names in n log n for any transcript. */
static bool number_speakers(sb_script *s, const sb_transcript *transcript)
{
    speaker_entry *entries = calloc(s->n_turns, sizeof *entries);
    if (!entries)
        return false;
    for (size_t t = 0; t < s->n_turns; t++)
        entries[t] = (speaker_entry){transcript->turns[t].speaker ? transcript->turns[t].speaker : "", t};
    qsort(entries, s->n_turns, sizeof *entries, compare_entries);
    for (size_t i = 0; i < s->n_turns; i++) {
        if (i == 0 || strcmp(entries[i].name, entries[i - 1].name) != 0)
            s->n_speakers++;
        s->speaker[entries[i].turn] = (uint32_t)(s->n_speakers - 1);
    }
    free(entries);
    return true;
}

sb_status sb_script_make(sb_script *out, const sb_transcript *transcript, sb_error *err)
{
    sb_script s = {.n_turns = transcript->n_turns};
    *out = (sb_script){0};
    for (size_t t = 0; t < s.n_turns; t++)
        s.n_words += transcript->turns[t].n_words;
    if (s.n_words == 0)
        return sb_error_set_at(err, SB_ERR_ARGUMENT, transcript->path, 0, 0,
                               "has no words to align; name the right transcript");
    if (!allocate(&s) || !number_speakers(&s, transcript)) {
        sb_script_finish(&s);
        return sb_error_memory(err, "aligning");
    }
    size_t at = 0;
    for (size_t t = 0; t < s.n_turns; t++)
        add_script_turn(&s, t, &transcript->turns[t], &at);
    s.first_word[s.n_turns] = at;
    s.boundary[at] = SB_BOUNDARY_TURN;
    for (size_t i = 0; i < s.n_speakers; i++)
        s.pace[i] = USUAL_PACE;
    sb_script_set_lengths(&s);
    *out = s;
    return SB_OK;
}

sb_status sb_script_reverse(sb_script *out, const sb_script *script, sb_error *err)
{
    size_t n = script->n_words;
    *out = (sb_script){.n_words = n, .n_turns = 1, .n_speakers = 1};
    if (!allocate(out)) {
        sb_script_finish(out);
        return sb_error_memory(err, "aligning");
    }
    double seconds = script->length[n];
    double units = 0;
    for (size_t w = 0; w < n; w++) {
        out->units[w] = script->units[n - 1 - w];
        out->boundary[w + 1] = script->boundary[n - 1 - w];
        units += (double)out->units[w];
    }
    out->boundary[0] = script->boundary[n];
    out->first_word[1] = n;
    out->pace[0] = units > 0 ? (float)(seconds / units) : USUAL_PACE;
    sb_script_set_lengths(out);
    return SB_OK;
}

void sb_script_set_lengths(sb_script *s)
{
    double sum = 0;
    for (size_t w = 0; w < s->n_words; w++) {
        s->length[w] = sum;
        sum += (double)(s->units[w] * s->pace[s->speaker[s->turn[w]]]);
    }
    s->length[s->n_words] = sum;
}

void sb_script_finish(sb_script *s)
{
    free(s->units);
    free(s->length);
    free(s->boundary);
    free(s->turn);
    free(s->first_word);
    free(s->speaker);
    free(s->pace);
    *s = (sb_script){0};
}
