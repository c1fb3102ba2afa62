#include "align/words/words.h"
#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>

#define FRAME_SECONDS 0.01
#define WORST_FIT     -6.0 /* fits below this count the same */
#define BEST_FIT      1.0
#define LEAST_SPREAD  0.6
#define MOST_FIT_ODDS 2.5 /* spreads from the middle between text and decoy */
#define LIKELY_Z      1.5 /* standard deviations; lengths within this are normal */
#define MOST_ODD      6.0
#define CAN_TELL      0.5
/* Prior words in which text and decoy are equal, because few words give little evidence. */
#define PRIOR_WORDS 20.0
/* Words of a voice that count as much as all voices of its language together. */
#define VOICE_WORDS 20.0

/* Log-odds that a word was said, per spread between text and decoy: a logistic regression on 4500 words of
 * 37 recordings in 14 languages, in which a fifth of the turns contained other sentences. The weights are
 * rounded. */
#define ODDS_FIT        2.4
#define ODDS_FIT_LENGTH 0.8 /* for a word e times as long as 200 ms */
#define ODDS_HEARD      0.9
#define HEARD_CHANCE    0.7 /* of words in general */
#define ODDS_LENGTH     -0.22
#define ODDS_NO_PLACE   -3.0
#define USUAL_FRAMES    20.0

/* Adjacent words are heard in the same sound, so their evidence is not independent. On 44 recordings with
 * exchanged turns, 1.2 % of the words that were said are denied with this factor and 1.6 % without, and
 * equally many of the others. */
#define SHARED_ODDS 0.7

/* The support of a word: the log-odds of the words around it in its turn, including its own. */
#define SUPPORT_REACH  8
#define SUPPORT_ANCHOR 4.0f /* nats for an anchored word */

/* Probability per word that said text is followed by text that was not said, and the reverse. */
#define ENDS_IN_TURN    0.002
#define RESUMES_IN_TURN 0.01
#define ENDS_AT_TURN    0.01
#define RESUMES_AT_TURN 0.6
#define SAID_AT_FIRST   0.95

#define UNKNOWN_SAID 0.5f

static bool was_placed(const sb_heard_word *w)
{
    return w->heard || w->guessed;
}

static double fit_of(const sb_heard_word *w)
{
    return (double)(w->heard ? w->fit : w->guess_fit);
}

/* The standard deviation of a normal distribution with this median deviation. */
static double spread_about(double *values, size_t n, double middle)
{
    for (size_t i = 0; i < n; i++)
        values[i] = fabs(values[i] - middle);
    return 1.4826 * sb_median_of_doubles(values, n);
}

static double bounded_fit(const sb_heard_word *w)
{
    return fmin(fmax(fit_of(w), WORST_FIT), BEST_FIT);
}

double sb_evidence_advantage(const sb_heard_word *text, const sb_heard_word *decoy, size_t n_words,
                             const bool *without)
{
    double sum = 0, squares = 0, n = 0;
    for (size_t w = 0; w < n_words; w++) {
        if (!was_placed(&text[w]) || !was_placed(&decoy[w]) || (without && without[w]))
            continue;
        double more = bounded_fit(&text[w]) - bounded_fit(&decoy[w]);
        sum += more;
        squares += more * more;
        n++;
    }
    double variance = n > 1 ? squares / n - sum / n * (sum / n) : 0;
    return variance > 0 ? sum / n / sqrt(variance / n) : 0;
}

sb_status sb_evidence_measure(sb_evidence *out, const sb_heard_word *text, const sb_heard_word *decoy,
                              size_t n_words, sb_error *err)
{
    double *fits = calloc(2 * n_words + 1, sizeof *fits);
    *out = (sb_evidence){0};
    if (!fits)
        return sb_error_memory(err, "aligning");
    double *decoys = fits + n_words;
    for (size_t w = 0; w < n_words; w++)
        if (was_placed(&text[w]) && was_placed(&decoy[w])) {
            fits[out->n_words] = fit_of(&text[w]);
            decoys[out->n_words++] = fit_of(&decoy[w]);
        }
    out->text_fit = sb_median_of_doubles(fits, out->n_words);
    out->decoy_fit = sb_median_of_doubles(decoys, out->n_words);
    out->spread = fmax(spread_about(fits, out->n_words, out->text_fit),
                       spread_about(decoys, out->n_words, out->decoy_fit));
    out->spread = fmax(out->spread, LEAST_SPREAD);
    double trust = (double)out->n_words / ((double)out->n_words + PRIOR_WORDS);
    out->apart = trust * fmax(out->text_fit - out->decoy_fit, 0) / out->spread;
    out->z = sb_evidence_advantage(text, decoy, n_words, NULL);
    free(fits);
    return SB_OK;
}

static double blend(double own, double all, double share)
{
    return all + (own - all) * share;
}

sb_evidence sb_evidence_of_voice(const sb_evidence *own, const sb_evidence *all)
{
    double n = (double)own->n_words, share = n / (n + VOICE_WORDS), n_all = (double)all->n_words;
    sb_evidence out = *own;
    if (n >= VOICE_WORDS || own->n_words == all->n_words)
        return out;
    out.borrowed = true;
    out.text_fit = blend(own->text_fit, all->text_fit, share);
    out.decoy_fit = blend(own->decoy_fit, all->decoy_fit, share);
    out.spread = fmax(blend(own->spread, all->spread, share), LEAST_SPREAD);
    out.apart = n_all / (n_all + PRIOR_WORDS) * fmax(out.text_fit - out.decoy_fit, 0) / out.spread;
    return out;
}

bool sb_evidence_can_tell(const sb_evidence *e)
{
    return e->apart >= CAN_TELL && !e->borrowed;
}

static double odds_of(const sb_heard_word *w, const sb_evidence *e)
{
    if (e->apart <= 0)
        return 0;
    if (!was_placed(w))
        return ODDS_NO_PLACE * e->apart;
    sb_span span = w->heard ? w->span : w->guess;
    double frames = fmax(3, sb_time_to_seconds(span.end - span.start) / FRAME_SECONDS);
    double fit = (fit_of(w) - (e->text_fit + e->decoy_fit) / 2) / e->spread;
    fit = fmin(fmax(fit, -MOST_FIT_ODDS), MOST_FIT_ODDS);
    double odd = fmax(0, fabs((double)(w->heard ? w->length_z : w->guess_length_z)) - LIKELY_Z);
    return e->apart *
           (ODDS_FIT * fit + ODDS_FIT_LENGTH * fit * log(frames / USUAL_FRAMES) +
            ODDS_HEARD * ((w->heard ? 1 : 0) - HEARD_CHANCE) + ODDS_LENGTH * fmin(odd * odd, MOST_ODD));
}

/* The probability of each state (1: said) before the word's own evidence. */
typedef struct chances {
    double of[2];
} chances;

static chances stepped(chances from, bool turn_begins)
{
    double ends = turn_begins ? ENDS_AT_TURN : ENDS_IN_TURN,
           resumes = turn_begins ? RESUMES_AT_TURN : RESUMES_IN_TURN;
    return (chances){
        {from.of[0] * (1 - resumes) + from.of[1] * ends, from.of[0] * resumes + from.of[1] * (1 - ends)}};
}

static chances stepped_back(chances to, bool turn_begins)
{
    double ends = turn_begins ? ENDS_AT_TURN : ENDS_IN_TURN,
           resumes = turn_begins ? RESUMES_AT_TURN : RESUMES_IN_TURN;
    return (chances){
        {to.of[0] * (1 - resumes) + to.of[1] * resumes, to.of[0] * ends + to.of[1] * (1 - ends)}};
}

static chances weighed(chances c, float odds)
{
    double said = 1 / (1 + exp(-SHARED_ODDS * (double)odds));
    c.of[0] *= 1 - said;
    c.of[1] *= said;
    double sum = c.of[0] + c.of[1];
    return (chances){{c.of[0] / sum, c.of[1] / sum}};
}

static void smooth(sb_heard_word *words, size_t n_words, const bool *begins_turn, chances *forward)
{
    chances now = {{1 - SAID_AT_FIRST, SAID_AT_FIRST}}, back = {{1, 1}};
    for (size_t w = 0; w < n_words; w++) {
        now = weighed(w ? stepped(now, begins_turn[w]) : now, words[w].odds);
        forward[w] = now;
    }
    for (size_t w = n_words; w-- > 0;) {
        double said = forward[w].of[1] * back.of[1], not_said = forward[w].of[0] * back.of[0];
        words[w].said = (float)(said / (said + not_said));
        back = stepped_back(weighed(back, words[w].odds), begins_turn[w]);
    }
}

static float support_of(const float *own, size_t n_words, const bool *begins_turn, size_t w)
{
    float sum = own[w];
    for (size_t i = w; i > 0 && w - i < SUPPORT_REACH && !begins_turn[i]; i--)
        sum += own[i - 1];
    for (size_t i = w + 1; i < n_words && i - w <= SUPPORT_REACH && !begins_turn[i]; i++)
        sum += own[i];
    return sum;
}

sb_status sb_evidence_judge_words(sb_heard_word *words, size_t n_words, const sb_evidence_words *in,
                                  sb_error *err)
{
    chances *forward = calloc(n_words + 1, sizeof *forward);
    float *own = calloc(n_words + 1, sizeof *own);
    sb_status status = forward && own ? SB_OK : sb_error_memory(err, "aligning");
    for (size_t w = 0; w < n_words && status == SB_OK; w++) {
        float odds = in->can_be_said[w] ? (float)odds_of(&words[w], in->evidence[w]) : 0;
        words[w].odds = sb_evidence_can_tell(in->evidence[w]) ? odds : 0;
        own[w] = odds + (in->anchored && in->anchored[w] ? SUPPORT_ANCHOR : 0);
    }
    for (size_t w = 0; w < n_words && status == SB_OK; w++)
        words[w].support = support_of(own, n_words, in->begins_turn, w);
    if (status == SB_OK)
        smooth(words, n_words, in->begins_turn, forward);
    /* Neighbours alone deny no word of a voice that cannot be judged. */
    for (size_t w = 0; w < n_words && status == SB_OK; w++)
        if (!sb_evidence_can_tell(in->evidence[w]))
            words[w].said = fmaxf(words[w].said, UNKNOWN_SAID);
    free(forward);
    free(own);
    return status;
}
