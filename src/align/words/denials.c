#include "align/stamps/stamps.h"
#include "align/words/words.h"

#include "alignment/alignment.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/transcript.h"

#include <math.h>
#include <stdlib.h>

/* Nats. Set on 13 denied stretches of 43 recordings that were said (log-odds of -8 to -14) and 24 that were
 * not (-11 to -210), 2026-11-29. With a lower PRICE_NOT_SAID, words are denied for which a wrong position of
 * their neighbours left no room. With a lower PRICE_OTHER, misheard names are denied. */
#define PRICE_NOT_SAID 14.0 /* for text that was not said, in a transcript of the audio */
/* for up to a second of other speech at the position of the text, which may be the same text, misheard */
#define PRICE_OTHER      9.0
#define PRICE_OTHER_LONG 3.0                  /* for more of it */
#define OTHER_SPEECH     (SB_TIME_SECOND / 2) /* shorter speech has a lower price, in proportion */
#define OTHER_LONG       (6 * SB_TIME_SECOND / 5)
/* For text that is spoken in less than its usual time: per squared logarithm of the ratio, which has a
 * standard deviation of about 0.35. No more than PRICE_HASTE_MOST, because the words around it may be in the
 * wrong place. */
#define PRICE_HASTE      4.0
#define PRICE_HASTE_MOST 3.0
#define HASTE_FLOOR      (SB_TIME_SECOND / 10) /* short spans vary more; added to both */
#define LETTER_TIME      (70 * SB_TIME_MS)
#define MOST_WORDS       2000 /* longer stretches stay denied */

/* Words first ... end - 1 are denied. `wanted` is the usual time of the words between the two heard words
 * around them, `spoken` the speech there. */
typedef struct stretch {
    size_t first, end;
    sb_time wanted, spoken;
} stretch;

typedef struct reviewer {
    const sb_alignment *a;
    const sb_speech *speech;
    sb_heard_word *heard;
    const char **texts;
    size_t *turns; /* of each word */
    size_t n;
} reviewer;

static bool is_denied(const reviewer *r, size_t w)
{
    return r->heard[w].said < SB_SAID_LEAST;
}

static bool is_certain(const reviewer *r, size_t w)
{
    return r->heard[w].heard && !is_denied(r, w);
}

static sb_time usual_time(const reviewer *r, size_t w)
{
    return sb_text_is_spoken(r->texts[w]) ? (sb_time)sb_letters_of(r->texts[w]) * LETTER_TIME : 0;
}

static sb_time speech_between(const sb_speech *speech, sb_time from, sb_time until)
{
    sb_time sum = 0;
    for (size_t i = 0; i < speech->n_speech && speech->speech[i].start < until; i++) {
        sb_span span = speech->speech[i];
        sb_time start = span.start > from ? span.start : from, end = span.end < until ? span.end : until;
        sum += end > start ? end - start : 0;
    }
    return sum;
}

/* The speech in the places of the turns that the stretch contains whole. They may be said at the same time as
 * other turns, so the speech between the words around them is not all that they can have. */
static sb_time speech_of_whole_turns(const reviewer *r, const stretch *s)
{
    sb_time sum = 0;
    for (size_t w = s->first; w < s->end;) {
        const sb_aligned_turn *turn = &r->a->turns[r->turns[w]];
        bool begins = w == 0 || r->turns[w - 1] != r->turns[w];
        size_t next = w + 1;
        while (next < s->end && r->turns[next] == r->turns[w])
            next++;
        if (begins && (next == r->n || r->turns[next] != r->turns[w]) && turn->start != SB_TIME_NONE &&
            turn->end != SB_TIME_NONE)
            sum += speech_between(r->speech, turn->start, turn->end);
        w = next;
    }
    return sum;
}

/* Returns false if the words around the stretch are not in order; the speech between them is then unknown. */
static bool measure_stretch(const reviewer *r, stretch *s)
{
    size_t first = s->first, end = s->end;
    s->wanted = 0;
    while (first > 0 && !is_certain(r, first - 1))
        first--;
    while (end < r->n && !is_certain(r, end))
        end++;
    sb_time from = first > 0 ? r->heard[first - 1].span.end : 0;
    sb_time until = end < r->n ? r->heard[end].span.start : r->a->audio.duration;
    for (size_t w = first; w < end; w++)
        s->wanted += usual_time(r, w);
    s->spoken = from <= until ? speech_between(r->speech, from, until) : 0;
    sb_time own = speech_of_whole_turns(r, s);
    s->spoken = own > s->spoken ? own : s->spoken;
    return from <= until || own > 0;
}

static double price_of_haste(sb_time wanted, sb_time spoken)
{
    double ratio = log((double)(wanted + HASTE_FLOOR) / (double)(spoken + HASTE_FLOOR));
    return ratio > 0 ? fmin(PRICE_HASTE * ratio * ratio, PRICE_HASTE_MOST) : 0;
}

/* The price of leaving `unsaid` of the text out, without the evidence of its words. */
static double price_without(const stretch *s, sb_time unsaid)
{
    sb_time rest = s->wanted - unsaid, with = s->wanted < s->spoken ? s->wanted : s->spoken;
    sb_time other = with - (rest < s->spoken ? rest : s->spoken);
    double share = fmin(1, (double)other / (double)OTHER_SPEECH);
    return PRICE_NOT_SAID + (other < OTHER_LONG ? PRICE_OTHER * share : PRICE_OTHER_LONG) +
           price_of_haste(rest, s->spoken);
}

/* Finds the words that most likely were not said: the cheapest part of the stretch, or none of it. */
static sb_word_range find_unsaid(const reviewer *r, const stretch *s)
{
    sb_word_range best = {s->first, s->first};
    double least = price_of_haste(s->wanted, s->spoken);
    for (size_t first = s->first; first < s->end; first++) {
        sb_time unsaid = 0;
        double odds = 0;
        for (size_t end = first; end < s->end; end++) {
            unsaid += usual_time(r, end);
            odds += (double)r->heard[end].odds;
            if (odds + PRICE_NOT_SAID >= least)
                continue;
            double price = odds + price_without(s, unsaid);
            if (price < least) {
                least = price;
                best = (sb_word_range){first, end + 1};
            }
        }
    }
    return best;
}

static void review(reviewer *r)
{
    for (size_t w = 0; w < r->n;) {
        stretch s = {.first = w, .end = w};
        while (s.end < r->n && is_denied(r, s.end))
            s.end++;
        w = s.end + 1;
        if (s.first == s.end || s.end - s.first > MOST_WORDS || !measure_stretch(r, &s))
            continue;
        sb_word_range unsaid = find_unsaid(r, &s);
        for (size_t i = s.first; i < s.end; i++)
            if (i < unsaid.first || i >= unsaid.end)
                r->heard[i].said = SB_SAID_LEAST;
    }
}

sb_status sb_denials_review(sb_heard_word *heard, const sb_alignment *a, const sb_speech *speech,
                            sb_error *err)
{
    reviewer r = {.a = a, .speech = speech, .heard = heard};
    if (a->pairing != SB_PAIRING_OK)
        return SB_OK;
    r.n = sb_alignment_n_words(a);
    r.texts = calloc(r.n + 1, sizeof *r.texts);
    r.turns = calloc(r.n + 1, sizeof *r.turns);
    sb_status status = r.texts && r.turns ? SB_OK : sb_error_memory(err, "aligning");
    for (size_t t = 0, n = 0; status == SB_OK && t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++, n++) {
            r.texts[n] = a->turns[t].words[w].text;
            r.turns[n] = t;
        }
    if (status == SB_OK)
        review(&r);
    free(r.texts);
    free(r.turns);
    return status;
}
