#include "align/words/words.h"

#include "align/stamps/stamps.h"
#include "alignment/alignment.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SILENCE '_'
/* The edge of a fricative may be this far outside the sound. */
#define WEAK_IN_SILENCE (40 * SB_TIME_MS)
#define DOUBTFUL_ONSET  (120 * SB_TIME_MS)
#define CLOSURE         (100 * SB_TIME_MS)
#define BURST           (120 * SB_TIME_MS)
#define VOICES          "VNL" /* classes of phones that may be long */
#define AS_LOUD         24    /* half decibels below the word */
#define SLIP            (60 * SB_TIME_MS)
#define SLIP_MOST       (400 * SB_TIME_MS)
#define SURE            0.5f
#define UNPROVEN        0.45f /* maximum for a word that has only its place as evidence */
/* Maximum length of words placed next to others, relative to the usual length. */
#define REACH  2
#define APART  (3 * SB_TIME_SECOND) /* words of a turn are rarely further apart */
#define STRAYS 2
/* After the first words of a turn, if the energy aligner has them there. */
#define FIRST_PAUSE (3 * SB_TIME_SECOND / 2)
#define PAUSE       (110 * SB_TIME_MS)
#define AT_EDGE     (60 * SB_TIME_MS)
#define SURE_START  0.8f
#define STRAY_PAUSE (400 * SB_TIME_MS)
#define STRAY_LONG  (700 * SB_TIME_MS)
#define LETTER_TIME (70 * SB_TIME_MS)

typedef struct setter {
    sb_alignment *a;
    const sb_speech *speech;
    size_t span; /* of the speech list: where the last search ended */
} setter;

/* The span of speech that contains `t`, or the first after it. */
static const sb_span *span_at(setter *s, sb_time t)
{
    const sb_speech *speech = s->speech;
    while (s->span > 0 && speech->speech[s->span - 1].end > t)
        s->span--;
    while (s->span < speech->n_speech && speech->speech[s->span].end <= t)
        s->span++;
    return s->span < speech->n_speech ? &speech->speech[s->span] : NULL;
}

/* A pause at an edge belongs to no word, unless it is as short as the closure of a stop. */
static bool is_pause(sb_time start, sb_time end)
{
    return end - start >= PAUSE;
}

/* How far an edge next to a pause may be in silence. On hand-labelled speech, energy is 13 ms early at
 * onsets and 26 ms late at ends. So only fricatives, which may be below the threshold, are outside it. */
static sb_time allowed_in_silence(char phone_class)
{
    return phone_class == 'F' || phone_class == 'Z' ? WEAK_IN_SILENCE : 0;
}

/* The start of a word after a pause. A start too far before the sound moves to the onset. A start in the
 * sound near its onset moves to the onset if the word is uncertain. */
static sb_time start_near_sound(setter *s, const sb_heard_word *heard)
{
    sb_time t = heard->span.start;
    const sb_span *span = span_at(s, t);
    if (!span || span->start >= heard->span.end - AT_EDGE)
        return t;
    bool far = span->start - t > allowed_in_silence(heard->first_class);
    bool doubtful = heard->confidence < SURE && span->start < t && t - span->start <= DOUBTFUL_ONSET;
    return far || doubtful ? span->start : t;
}

/* The level of the word: the median of its levels. */
static int level_of_word(const setter *s, sb_span word)
{
    size_t counts[256] = {0}, n = 0, sum = 0;
    size_t first = (size_t)(word.start / s->speech->hop), end = (size_t)(word.end / s->speech->hop);
    for (size_t i = first; i < end && i < s->speech->n_levels; i++, n++)
        counts[s->speech->levels[i]]++;
    int level = 0;
    while (level < 255 && 2 * (sum + counts[level]) <= n)
        sum += counts[level++];
    return level;
}

/* How long the sound continues nearly as loud as the word, from its end, up to `most`. */
static sb_time sounds_until(const setter *s, sb_span word, sb_time most)
{
    int least = level_of_word(s, word) - AS_LOUD;
    size_t i = (size_t)(word.end / s->speech->hop);
    while (i < s->speech->n_levels && (sb_time)i * s->speech->hop < most && s->speech->levels[i] >= least)
        i++;
    return (sb_time)i * s->speech->hop < most ? (sb_time)i * s->speech->hop : most;
}

/* If the sound continues as loud as the word long after its end, the end moves there. */
static sb_time end_of_voice(const setter *s, sb_span word, sb_time sound_end)
{
    sb_time end = sounds_until(s, word, sound_end), more = end - word.end;
    return more > SLIP && more <= SLIP_MOST ? end : word.end;
}

/* A stop may lack its release, which has a closure before it and a pause after it. */
static bool is_release(const setter *s, const sb_span *span, sb_time t)
{
    const sb_span *end_of_list = s->speech->speech + s->speech->n_speech;
    return span->start - t <= CLOSURE && span->end - span->start <= BURST &&
           (span + 1 == end_of_list || is_pause(span->end, span[1].start));
}

/* The end of a word before a pause. An end too far after the sound moves to the end of the sound. */
static sb_time end_near_sound(setter *s, const sb_heard_word *heard, bool may_go_on)
{
    sb_time t = heard->span.end;
    const sb_span *span = span_at(s, t - 1);
    bool in_silence = span && span->start >= t;
    if (in_silence && heard->last_class == 'S' && is_release(s, span, t))
        return span->end;
    if (!span)
        span = s->speech->speech + s->speech->n_speech;
    else if (!in_silence)
        return may_go_on && strchr(VOICES, heard->last_class) ? end_of_voice(s, heard->span, span->end) : t;
    if (span == s->speech->speech)
        return t;
    sb_time sound = span[-1].end;
    bool far = t - sound > allowed_in_silence(heard->last_class);
    return far && sound > heard->span.start + AT_EDGE ? sound : t;
}

/* No word crosses a pause to a bit of sound on the other side, or extends far into one. */
static void leave_pauses(setter *s, sb_aligned_word *word, const sb_heard_word *heard)
{
    const sb_span *end_of_list = s->speech->speech + s->speech->n_speech, *span = span_at(s, word->start);
    bool shred = span && span->start <= word->start && span->end - word->start <= AT_EDGE &&
                 span + 1 < end_of_list && is_pause(span->end, span[1].start);
    if (shred)
        span++;
    bool after_pause = span && (span == s->speech->speech || is_pause(span[-1].end, span->start)) &&
                       (shred || span->start - word->start > allowed_in_silence(heard->first_class));
    if (after_pause && span->start < word->end - AT_EDGE)
        word->start = span->start;
    span = span_at(s, word->end - 1);
    if (!span || span == s->speech->speech || !is_pause(span[-1].end, span->start))
        return;
    bool far = word->end - span[-1].end > allowed_in_silence(heard->last_class);
    if ((span->start >= word->end ? far : word->end - span->start <= AT_EDGE) &&
        span[-1].end > word->start + AT_EDGE)
        word->end = span[-1].end;
}

static void set_word(setter *s, sb_aligned_word *word, const sb_heard_word *heard, bool may_go_on)
{
    word->start = heard->before_class == SILENCE ? start_near_sound(s, heard) : heard->span.start;
    word->end = heard->after_class == SILENCE ? end_near_sound(s, heard, may_go_on) : heard->span.end;
    if (word->end < word->start)
        word->end = word->start;
    leave_pauses(s, word, heard);
    word->confidence = fminf(heard->confidence, heard->support > 0 ? heard->said : UNPROVEN);
    word->status = word->confidence >= SURE ? SB_WORD_ALIGNED : SB_WORD_ESTIMATED;
}

static sb_time speech_between(setter *s, sb_time from, sb_time until)
{
    sb_time sum = 0;
    for (const sb_span *span = span_at(s, from); span && span < s->speech->speech + s->speech->n_speech;
         span++) {
        if (span->start >= until)
            break;
        sb_time start = span->start > from ? span->start : from, end = span->end < until ? span->end : until;
        sum += end - start;
    }
    return sum;
}

static sb_time usual_time(const sb_aligned_word *word)
{
    return sb_text_is_spoken(word->text) ? (sb_time)sb_letters_of(word->text) * LETTER_TIME : 0;
}

/* The time when `spoken` of the speech from `from` on has passed. At a pause it is the end before it or
 * the start after it. */
static sb_time instant(setter *s, sb_time from, sb_time until, sb_time spoken, bool as_start)
{
    sb_time last = from;
    for (const sb_span *span = span_at(s, from); span && span < s->speech->speech + s->speech->n_speech;
         span++) {
        sb_time start = span->start > from ? span->start : from, end = span->end < until ? span->end : until;
        if (start >= until)
            break;
        if (spoken < end - start || (!as_start && spoken == end - start))
            return start + spoken;
        spoken -= end - start;
        last = end;
    }
    return last;
}

static bool are_guessed_within(const sb_aligned_word *words, const sb_heard_word *heard, size_t n,
                               sb_span place)
{
    for (size_t i = 0; i < n; i++) {
        bool inside =
            heard[i].guessed && heard[i].guess.start >= place.start && heard[i].guess.end <= place.end;
        if (!inside && usual_time(&words[i]) > 0)
            return false;
    }
    return true;
}

static void take_guesses(sb_aligned_word *words, const sb_heard_word *heard, size_t n, sb_time from)
{
    for (size_t i = 0; i < n; i++) {
        sb_span here = heard[i].guessed ? heard[i].guess : (sb_span){from, from};
        from = here.end;
        if (words[i].status != SB_WORD_ESTIMATED)
            continue;
        words[i].start = here.start;
        words[i].end = here.end;
    }
}

static bool was_said(const sb_heard_word *heard)
{
    return heard->said >= SB_SAID_LEAST;
}

/* Words between two that were heard: placed at their best fit, or spread over the speech there, or not
 * heard if the evidence denies them. */
static void fill_gap(setter *s, sb_aligned_word *words, const sb_heard_word *heard, size_t n, sb_span place)
{
    sb_time from = place.start, until = place.end;
    sb_time wanted = 0, passed = 0, spoken = from < until ? speech_between(s, from, until) : 0;
    for (size_t i = 0; i < n; i++)
        wanted += usual_time(&words[i]);
    for (size_t i = 0; i < n; i++) {
        sb_time length = usual_time(&words[i]);
        words[i].status = was_said(&heard[i]) || length == 0 ? SB_WORD_ESTIMATED : SB_WORD_NOT_HEARD;
        words[i].confidence = words[i].status == SB_WORD_ESTIMATED ? SB_SKIPPED_CONFIDENCE : 0;
        words[i].start = words[i].end = SB_TIME_NONE;
        if (words[i].status != SB_WORD_ESTIMATED)
            continue;
        double share = wanted ? (double)spoken / (double)wanted : 0;
        words[i].start = instant(s, from, until, (sb_time)(share * (double)passed), true);
        passed += length;
        words[i].end = instant(s, from, until, (sb_time)(share * (double)passed), false);
        if (words[i].end < words[i].start)
            words[i].end = words[i].start;
    }
    if (are_guessed_within(words, heard, n, place))
        take_guesses(words, heard, n, from);
}

static sb_time usual_time_of(const sb_aligned_word *words, size_t n)
{
    sb_time sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += usual_time(&words[i]);
    return sum;
}

/* The gap between the words heard before and after it. At the ends of the turn it is limited by the
 * earlier place of the words and by their usual length. */
static sb_span place_of_gap(const sb_aligned_turn *turn, const sb_heard_word *heard, size_t first, size_t end,
                            sb_span was)
{
    sb_time reach = REACH * usual_time_of(turn->words + first, end - first);
    sb_span place = was;
    bool after = end < turn->n_words && heard[end].heard, before = first > 0;
    if (before)
        place.start = turn->words[first - 1].end;
    if (after)
        place.end = turn->words[end].start;
    if (after && !before && (place.start == SB_TIME_NONE || place.start < place.end - reach - FIRST_PAUSE))
        place.start = place.end - reach;
    if (before && !after && (place.end == SB_TIME_NONE || place.end > place.start + reach))
        place.end = place.start + reach;
    if (before && after && place.end - place.start > reach + APART)
        place.end = place.start + reach;
    return place;
}

static void fill_gaps(setter *s, sb_aligned_turn *turn, const sb_heard_word *heard, sb_span was)
{
    for (size_t w = 0; w < turn->n_words;) {
        size_t end = w;
        while (end < turn->n_words && !heard[end].heard)
            end++;
        if (end > w) {
            sb_span place = place_of_gap(turn, heard, w, end, was);
            if (place.start > place.end)
                place.start = place.end;
            fill_gap(s, turn->words + w, heard + w, end - w, place);
        }
        w = end + 1;
    }
}

static void join_neighbours(sb_aligned_turn *turn, const sb_heard_word *heard)
{
    for (size_t w = 0; w + 1 < turn->n_words; w++) {
        sb_aligned_word *one = &turn->words[w], *two = one + 1;
        if (!heard[w].heard || !heard[w + 1].heard)
            continue;
        if (one->end > two->start || (heard[w].after_class != SILENCE && two->start - one->end < PAUSE))
            one->end = two->start = one->end / 2 + two->start / 2;
    }
}

/* Edges moved from both sides may have crossed. */
static void keep_order(sb_aligned_turn *turn)
{
    for (size_t w = 0; w < turn->n_words; w++)
        if (turn->words[w].start != SB_TIME_NONE && turn->words[w].end < turn->words[w].start)
            turn->words[w].end = turn->words[w].start;
}

static void set_turn(sb_aligned_turn *turn, float energy_confidence, sb_time energy_start)
{
    const sb_aligned_word *first = sb_aligned_turn_settle(turn);
    turn->confidence = first ? first->confidence : turn->confidence;
    bool agree = turn->start != SB_TIME_NONE && energy_start != SB_TIME_NONE &&
                 llabs(turn->start - energy_start) <= 50 * SB_TIME_MS;
    if (agree)
        turn->confidence = 1 - (1 - turn->confidence) * (1 - SB_ENERGY_TRUST * energy_confidence);
    if (turn->status == SB_TURN_NOT_HEARD)
        turn->confidence = 0;
}

/* For a turn that was not searched or not heard. Words with a place are estimated, the others are not
 * heard. The confidence stays low, because the places come from energy alone. */
static void settle_unheard(sb_aligned_turn *turn, const sb_heard_word *heard)
{
    size_t n_lost = 0, n_heard = 0;
    for (size_t w = 0; w < turn->n_words; w++) {
        sb_aligned_word *word = &turn->words[w];
        if (!was_said(&heard[w]))
            word->start = word->end = SB_TIME_NONE;
        if (word->start == SB_TIME_NONE)
            word->status = SB_WORD_NOT_HEARD;
        else if (word->status == SB_WORD_NOT_HEARD)
            word->status = SB_WORD_ESTIMATED;
        if (!heard[w].heard)
            word->confidence = word->start == SB_TIME_NONE ? 0 : fminf(word->confidence, SB_ENERGY_TRUST);
        n_lost += word->start == SB_TIME_NONE;
        n_heard += heard[w].heard;
    }
    if (n_lost == turn->n_words) {
        turn->status = SB_TURN_NOT_HEARD;
        turn->start = turn->end = SB_TIME_NONE;
        turn->confidence = 0;
    } else if (turn->status == SB_TURN_NOT_HEARD)
        turn->status = SB_TURN_PARTLY;
    if (n_heard == 0)
        turn->confidence = fminf(turn->confidence, SB_ENERGY_TRUST);
}

/* True for words that a pause separates from the rest of their turn and that were confused with other
 * words: a few that are far away, those before a certain start of the turn by energy, or a single first
 * word without punctuation before the pause. The last of them ends where `gap` starts. */
static bool are_stray(const sb_aligned_turn *turn, size_t n, size_t last, sb_span gap,
                      const sb_time *sure_start)
{
    sb_time length = gap.end - gap.start;
    if (length > APART && n <= STRAYS)
        return true;
    if (length < STRAY_PAUSE)
        return false;
    if (sure_start && gap.start < *sure_start - STRAY_PAUSE / 2 && gap.end > *sure_start - STRAY_PAUSE / 2)
        return true;
    return length <= APART && n == 1 && last == 0 && length > STRAY_LONG &&
           !sb_word_ends_clause(turn->words[last].text);
}

static void drop_strays(const sb_aligned_turn *turn, sb_heard_word *heard, const sb_time *sure_start)
{
    size_t last = SIZE_MAX, n = 0, n_heard = 0;
    for (size_t w = 0; w < turn->n_words; w++)
        n_heard += heard[w].heard;
    for (size_t w = 0; w < turn->n_words; w++) {
        if (!heard[w].heard)
            continue;
        sb_span gap = {last == SIZE_MAX ? heard[w].span.start : heard[last].span.end, heard[w].span.start};
        bool before = n > 0 && n_heard - n > n && are_stray(turn, n, last, gap, sure_start);
        bool after = n > n_heard - n && gap.end - gap.start > APART && n_heard - n <= STRAYS;
        for (size_t i = 0; before && i < w; i++)
            heard[i].heard = false;
        for (size_t i = w; after && i < turn->n_words; i++)
            heard[i].heard = false;
        last = w;
        n++;
    }
}

void sb_word_edges_set(sb_alignment *a, const sb_speech *speech, sb_heard_word *heard, const bool *keep)
{
    setter s = {.a = a, .speech = speech};
    for (size_t t = 0; t < a->n_turns; heard += a->turns[t].n_words, t++) {
        sb_aligned_turn *turn = &a->turns[t];
        sb_span was = {turn->start, turn->end};
        if (turn->n_words == 0)
            continue;
        if (keep[t]) {
            settle_unheard(turn, heard);
            continue;
        }
        for (size_t w = 0; w < turn->n_words; w++)
            heard[w].heard = heard[w].heard && was_said(&heard[w]);
        drop_strays(turn, heard, turn->confidence >= SURE_START ? &turn->start : NULL);
        for (size_t w = 0; w < turn->n_words; w++)
            if (heard[w].heard)
                set_word(&s, &turn->words[w], &heard[w], w + 1 == turn->n_words || heard[w + 1].heard);
        join_neighbours(turn, heard);
        fill_gaps(&s, turn, heard, was);
        keep_order(turn);
        set_turn(turn, turn->confidence, was.start);
    }
}

void sb_word_edges_deny(sb_alignment *a, const sb_heard_word *heard)
{
    for (size_t t = 0; t < a->n_turns; heard += a->turns[t].n_words, t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            sb_aligned_word *word = &a->turns[t].words[w];
            if (was_said(&heard[w]) || !sb_text_is_spoken(word->text))
                continue;
            word->status = SB_WORD_NOT_HEARD;
            word->start = word->end = SB_TIME_NONE;
            word->confidence = 0;
        }
}
