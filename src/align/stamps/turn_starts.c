#include "align/stamps/stamps.h"

#include "alignment/alignment.h"
#include "base/text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SLACK        (150 * SB_TIME_MS) /* outside the resolution of the stamp */
#define SAME         (50 * SB_TIME_MS)  /* starts closer than this are the same */
#define LEAST_ROOM   (60 * SB_TIME_MS)  /* minimum room for the words before a heard one */
#define TAIL         0.25               /* width of the prior in seconds; see stamp_places.c */
#define LEAST_ENERGY 0.2f               /* minimum confidence of energy's start */
#define UNPROVEN     0.45f              /* maximum for a word that has only its place as evidence */
#define PACE_SPREAD  0.5                /* standard deviation of the logarithm of the length of words */
/* Variance divisor for words shorter than usual (2 for longer ones): unstressed words often take a third of
 * the time. */
#define PACE_QUICK 8.0
#define PACE_WORST -4.0
#define ONE_GO     (150 * SB_TIME_MS) /* maximum pause after a word for the next one to support its place */
/* In 60 turns of the own field sets the two starts are more than 0.1 s apart. Where one of them is wrong by
 * 0.2 s or more, a first word that was heard is nearer in 17 of 18, an estimated one in 9 of 35. */
#define HEARD_ODDS 1.5

static double log_odds(double probability)
{
    double p = fmin(fmax(probability, 0.01), 0.99);
    return log(p / (1 - p));
}

static size_t first_spoken(const sb_aligned_turn *turn)
{
    size_t w = 0;
    while (w < turn->n_words && !sb_text_is_spoken(turn->words[w].text))
        w++;
    return w;
}

static bool is_heard(const sb_aligned_word *word)
{
    return word->status == SB_WORD_ALIGNED && word->start != SB_TIME_NONE;
}

static sb_time usual_time(const sb_aligned_word *words, size_t n)
{
    sb_time sum = 0;
    for (size_t w = 0; w < n; w++)
        if (sb_text_is_spoken(words[w].text))
            sum += sb_word_usual_time(&words[w]);
    return sum;
}

/* Returns the first heard word after word `first` that leaves room for the words before it, if the turn
 * starts at `start`. */
static size_t next_heard(const sb_aligned_turn *turn, size_t first, sb_time start)
{
    size_t next = first + 1;
    while (next < turn->n_words &&
           !(is_heard(&turn->words[next]) && turn->words[next].start - start >= LEAST_ROOM))
        next++;
    return next;
}

/* Log-odds of the length of the words from `start` to word `next`; 0 if no word was heard. */
static double odds_of_pace(const sb_aligned_turn *turn, size_t next, sb_time start)
{
    if (next == turn->n_words)
        return 0;
    double length = fmax(sb_time_to_seconds(turn->words[next].start - start), 0.03);
    double z = log(length / sb_time_to_seconds(usual_time(turn->words, next))) / PACE_SPREAD;
    return z < 0 ? fmax(-z * z / PACE_QUICK, PACE_WORST) : fmax(-z * z / 2, PACE_WORST);
}

/* Log-odds of the place of the first word. The next word supports it if there is no pause between them. */
static double odds_of_word(const sb_aligned_turn *turn, size_t first)
{
    const sb_aligned_word *word = &turn->words[first], *next = word + 1;
    double odds = log_odds((double)word->confidence) + (is_heard(word) ? HEARD_ODDS : 0);
    bool goes_on = word->start != SB_TIME_NONE && first + 1 < turn->n_words && is_heard(next) &&
                   next->start - word->end < ONE_GO;
    return odds + (goes_on ? log_odds((double)next->confidence) : 0);
}

/* Log-odds that the turn starts at its present place and not at `onset`. */
static double odds_of_place(const sb_alignment *a, const sb_aligned_turn *turn, size_t first, sb_time onset)
{
    double off = sb_time_to_seconds(sb_stamp_distance(a, turn, turn->start)) / TAIL;
    double odds = odds_of_word(turn, first) - log(1 + off * off) +
                  odds_of_pace(turn, next_heard(turn, first, turn->start), turn->start);
    for (size_t w = first + 1; w < turn->n_words; w++)
        if (is_heard(&turn->words[w]) && turn->words[w].start < onset + LEAST_ROOM)
            odds += log_odds((double)turn->words[w].confidence);
    return odds;
}

static void set_estimate(sb_aligned_word *word, sb_span span)
{
    word->start = span.start;
    word->end = span.end;
    word->status = SB_WORD_ESTIMATED;
    word->confidence = fminf(word->confidence, UNPROVEN);
}

/* Places words one after another from `start` on, with their usual lengths, or shorter if `limit` requires
 * it. */
static void spread_words(sb_aligned_word *words, size_t n, sb_time start, sb_time limit)
{
    sb_time wanted = 0, passed = 0;
    for (size_t w = 0; w < n; w++)
        wanted += sb_word_usual_time(&words[w]);
    double scale = fmin(1, (double)(limit - start) / (double)wanted);
    for (size_t w = 0; w < n; w++) {
        sb_time from = start + (sb_time)((double)passed * scale);
        passed += sb_word_usual_time(&words[w]);
        set_estimate(&words[w], (sb_span){from, start + (sb_time)((double)passed * scale)});
    }
}

static bool has_places(const sb_turn_evidence *evidence, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (evidence->energy_start[w] == SB_TIME_NONE || evidence->energy_end[w] == SB_TIME_NONE)
            return false;
    return true;
}

static void begin_at(sb_aligned_turn *turn, size_t n, sb_time onset, sb_time limit,
                     const sb_turn_evidence *evidence)
{
    if (has_places(evidence, n) && evidence->energy_end[n - 1] <= limit)
        for (size_t w = 0; w < n; w++)
            set_estimate(&turn->words[w], (sb_span){evidence->energy_start[w], evidence->energy_end[w]});
    else
        spread_words(turn->words, n, onset, limit);
    turn->start = onset;
    turn->confidence = SB_ENERGY_TRUST * evidence->energy_confidence;
    turn->status = SB_TURN_PARTLY;
    if (n == turn->n_words)
        turn->end = turn->words[n - 1].end != SB_TIME_NONE ? turn->words[n - 1].end : turn->end;
}

static void weigh_turn(sb_alignment *a, size_t t, const sb_turn_evidence *evidence)
{
    sb_aligned_turn *turn = &a->turns[t];
    size_t first = first_spoken(turn);
    if (turn->stamp == SB_TIME_NONE || first == turn->n_words || evidence[t].denied ||
        !evidence[t].energy_start)
        return;
    sb_time onset = evidence[t].energy_start[first];
    if (onset == SB_TIME_NONE || sb_stamp_distance(a, turn, onset) > SLACK ||
        evidence[t].energy_confidence < LEAST_ENERGY)
        return;
    bool moves = sb_stamp_decides(a, t, evidence);
    size_t next = moves ? turn->n_words : next_heard(turn, first, onset);
    if (!moves && (llabs(turn->start - onset) <= SAME ||
                   log_odds((double)(SB_ENERGY_TRUST * evidence[t].energy_confidence)) +
                           odds_of_pace(turn, next, onset) <=
                       odds_of_place(a, turn, first, onset)))
        return;
    sb_time limit = next < turn->n_words ? turn->words[next].start : a->audio.duration;
    if (limit - onset >= LEAST_ROOM)
        begin_at(turn, next, onset, limit, &evidence[t]);
}

void sb_turn_starts_weigh(sb_alignment *a, const sb_turn_evidence *evidence)
{
    if (a->transcript.resolution == SB_TIME_NONE || a->n_map == 0)
        return;
    for (size_t t = 0; t < a->n_turns; t++)
        weigh_turn(a, t, evidence);
}
