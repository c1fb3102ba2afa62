#include "clip/certify/certify.h"

#include "alignment/alignment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPOILT          (35 * SB_TIME_MS) /* an audible part of a word that is missing or too much */
#define SPOILT_IN_PAUSE (20 * SB_TIME_MS)
#define MOVED           (5 * SB_TIME_MS)
#define MISSING_PART    0.2 /* share of the requested words */
#define LOUDNESS_LU     0.5
#define LONG_S          3 /* shorter clips have no meaningful loudness */
#define PEAK_DB         0.1
#define SILENT          0.004f
/* Of edges without a pause where a sentence or a turn ends, 19 of 43 are wrong if one of the two words has a
 * lower confidence than this, and none of 22 otherwise. Inside sentences, 14 of 149 are wrong, 11 of them by
 * less than 65 ms, and the confidence does not tell which (clean-clips, 2026-11-30). */
#define EDGE_CONFIDENCE 0.7f
/* Of 43 such edges with less confidence in a second drawing, 10 of 11 are right whose words are both heard at
 * least this far from the cut, and 18 of the 32 others. It was chosen on that drawing (clean-clips with seed
 * 13, 2026-11-30). */
#define MARGIN (SB_REAL_PAUSE / 2)

static const struct {
    unsigned bit;
    const char *name, *text;
} checks[] = {
    {SB_CERTIFICATE_SOUND, "sound", "the audio in the file differs from the source; compare the two"},
    {SB_CERTIFICATE_WORDS, "words",
     "too few of its words were clearly heard, or none is proven beside an insertion; compare the clip with "
     "the text"},
    {SB_CERTIFICATE_FIRST_WORD, "first-word",
     "the beginning of the first word is cut off; listen to the start, or begin the quote a word earlier"},
    {SB_CERTIFICATE_LAST_WORD, "last-word",
     "the end of the last word is cut off; listen to the end, or end the quote a word later"},
    {SB_CERTIFICATE_NEIGHBOUR_BEFORE, "neighbour-before",
     "part of the word before the quote is in the clip; listen to the start"},
    {SB_CERTIFICATE_NEIGHBOUR_AFTER, "neighbour-after",
     "part of the word after the quote is in the clip; listen to the end"},
    {SB_CERTIFICATE_START_EDGE, "start-edge",
     "sound as loud as speech crosses the start, where a pause should be; listen to the start"},
    {SB_CERTIFICATE_END_EDGE, "end-edge",
     "sound as loud as speech crosses the end, where a pause should be; listen to the end"},
    {SB_CERTIFICATE_LOUDNESS, "loudness",
     "the file does not have the requested loudness; ask for a lower loudness"},
    {SB_CERTIFICATE_TRUE_PEAK, "true-peak",
     "the file's true peak is above the ceiling; ask for a lower loudness, or choose another format"},
    {SB_CERTIFICATE_PAIRING, "pairing", "the transcript may not belong to the audio; listen to the clip"},
};
#define N_CHECKS (sizeof checks / sizeof *checks)

const char *sb_certificate_failure(unsigned failed, size_t index)
{
    for (size_t i = 0; i < N_CHECKS; i++)
        if ((failed & checks[i].bit) && index-- == 0)
            return checks[i].name;
    return NULL;
}

unsigned sb_certificate_check_find(const char *name)
{
    for (size_t i = 0; i < N_CHECKS; i++)
        if (strcmp(checks[i].name, name) == 0)
            return checks[i].bit;
    return 0;
}

sb_word_range sb_clip_words_of(const sb_alignment *a, const sb_match *match)
{
    sb_word_range range = {0, 0};
    size_t word = 0;
    for (size_t t = 0; t <= match->last_turn; word += a->turns[t++].n_words) {
        if (t == match->first_turn)
            range.first = word + match->first_word;
        if (t == match->last_turn)
            range.end =
                word + (match->last_word < a->turns[t].n_words ? match->last_word + 1 : a->turns[t].n_words);
    }
    return range;
}

/* Fails if the clip misses its loudness target or exceeds its peak ceiling audibly. */
static void judge_level(sb_certificate *c, const sb_remeasured *heard, const sb_clip_result *result,
                        const sb_clip_params *params)
{
    bool is_long = result->end_sample - result->start_sample >= (int64_t)LONG_S * result->source_rate;
    c->loudness_lufs = heard->lufs;
    c->true_peak_db = heard->true_peak_db;
    if (params->keep_level)
        return;
    if (is_long && params->loudness_of == SB_LOUDNESS_OF_CLIP &&
        fabs(c->loudness_lufs - params->loudness_lufs) > LOUDNESS_LU)
        c->failed |= SB_CERTIFICATE_LOUDNESS;
    if (c->true_peak_db > params->true_peak_db + PEAK_DB)
        c->failed |= SB_CERTIFICATE_TRUE_PEAK;
}

static sb_answer answer(sb_time spoilt, sb_time most)
{
    return spoilt == SB_TIME_NONE ? SB_ANSWER_UNKNOWN : spoilt > most ? SB_ANSWER_NO : SB_ANSWER_YES;
}

/* In continuous speech the edge of a word is not defined to within 20 ms; before a pause it is. */
static sb_answer is_whole(const sb_reheard_edge *edge)
{
    return answer(edge->lost, edge->before_pause ? SPOILT_IN_PAUSE : SPOILT);
}

static bool is_elsewhere(sb_time moved)
{
    return moved == SB_TIME_NONE || moved > MOVED || moved < -MOVED;
}

static void judge_words(sb_certificate *c, const sb_reheard *heard)
{
    size_t missing = heard->n_asked - heard->n_heard;
    c->words_asked = heard->n_asked;
    c->words_heard = heard->n_heard;
    c->lost_at_start = heard->start.lost;
    c->lost_at_end = heard->end.lost;
    c->neighbour_before = heard->start.foreign;
    c->neighbour_after = heard->end.foreign;
    c->first_word_whole = is_whole(&heard->start);
    c->last_word_whole = is_whole(&heard->end);
    if (missing > 1 && (double)missing > MISSING_PART * (double)heard->n_asked)
        c->failed |= SB_CERTIFICATE_WORDS;
    if (heard->n_asked > 0 && heard->n_heard == 0)
        c->failed |= SB_CERTIFICATE_WORDS;
    if (c->first_word_whole == SB_ANSWER_NO)
        c->failed |= SB_CERTIFICATE_FIRST_WORD;
    if (c->last_word_whole == SB_ANSWER_NO)
        c->failed |= SB_CERTIFICATE_LAST_WORD;
    if (answer(heard->start.foreign, SPOILT) == SB_ANSWER_NO)
        c->failed |= SB_CERTIFICATE_NEIGHBOUR_BEFORE;
    if (answer(heard->end.foreign, SPOILT) == SB_ANSWER_NO)
        c->failed |= SB_CERTIFICATE_NEIGHBOUR_AFTER;
}

/* The words of a turn that was placed in an advertisement instead of behind it are often "heard" there. */
static bool may_be_beyond_break(const sb_alignment *a, const sb_match *match)
{
    if (a->pairing != SB_PAIRING_OK || a->method != SB_METHOD_ACOUSTIC) /* no word counts as proven */
        return false;
    for (size_t t = match->first_turn; t <= match->last_turn && t < a->n_turns; t++)
        if (sb_turn_may_be_beyond_break(a, t))
            return true;
    return false;
}

/* If the cut itself found no pause, loud edges are expected. */
static void judge_edges(sb_certificate *c, const sb_reheard *heard, unsigned warnings)
{
    const unsigned no_pause_before =
        SB_CUT_NO_PAUSE_BEFORE | SB_CUT_ESTIMATED_START | SB_CUT_OVERLAP | SB_CUT_NO_SILENCE_START;
    const unsigned no_pause_after =
        SB_CUT_NO_PAUSE_AFTER | SB_CUT_ESTIMATED_END | SB_CUT_OVERLAP | SB_CUT_NO_SILENCE_END;
    c->start_edge_db = heard->start.level_db;
    c->end_edge_db = heard->end.level_db;
    if (heard->start.runs_on && !(warnings & no_pause_before))
        c->failed |= SB_CERTIFICATE_START_EDGE;
    if (heard->end.runs_on && !(warnings & no_pause_after))
        c->failed |= SB_CERTIFICATE_END_EDGE;
    if (is_elsewhere(heard->start.moved) || is_elsewhere(heard->end.moved))
        c->failed |= SB_CERTIFICATE_SOUND;
}

/* Codecs pad their last frame. Only silence at the end is removed. */
static size_t without_padding(const sb_remeasured *file, const sb_clip_result *result)
{
    int64_t n_cut = result->end_sample - result->start_sample;
    size_t n = file->mono.n, least = (size_t)(n_cut * SB_MONO_HZ / result->source_rate);
    while (n > least && fabsf(file->mono.samples[n - 1]) < SILENT)
        n--;
    return n;
}

static sb_status rehear(sb_certificate *c, sb_reheard *heard, sb_clip_job *job, const sb_remeasured *file,
                        sb_error *err)
{
    const sb_clip_result *result = job->result;
    int rate = result->source_rate;
    sb_rehear_sound sound = {.clip = file->mono.samples,
                             .n_clip = without_padding(file, result),
                             .span = {sb_time_from_samples(result->start_sample, rate),
                                      sb_time_from_samples(result->end_sample, rate)}};
    sb_status status = sb_clip_surroundings_end(&sound.start, &job->around, 0, err);
    if (!status)
        status = sb_clip_surroundings_end(&sound.end, &job->around, 1, err);
    if (!status)
        status = sb_rehear(heard, job->source->rehearer, &sound,
                           sb_clip_words_of(job->source->alignment, job->request->match), err);
    if (status)
        return status;
    c->acoustic = heard->acoustic;
    if (heard->acoustic) {
        judge_words(c, heard);
        if (may_be_beyond_break(job->source->alignment, job->request->match))
            c->failed |= SB_CERTIFICATE_WORDS;
    }
    judge_edges(c, heard, result->cut.warnings);
    return SB_OK;
}

static bool is_in_pause(const sb_reheard_edge *edge)
{
    return edge->quiet >= SB_REAL_PAUSE;
}

/* Noise may hide a pause. */
static bool is_apart(const sb_reheard_edge *edge)
{
    return edge->margin != SB_TIME_NONE && edge->margin >= MARGIN;
}

/* The certificate uses the same model as the alignment, and may find the same wrong edge again. Speakers
 * usually pause between sentences. An edge there without a pause is proven only if both words are some
 * distance from the cut, or if the alignment is rather certain of both. */
static bool is_proven(const sb_reheard_edge *edge, bool is_whole, bool is_certain)
{
    return is_whole && (!edge->ends_sentence || is_certain || is_in_pause(edge) || is_apart(edge));
}

/* These checks say nothing about the places of the words in the file. The pairing is the same for all clips
 * of a transcript: the program warns once, and each certificate has the failed check. */
#define RESOLVABLE ((unsigned)(SB_CERTIFICATE_LOUDNESS | SB_CERTIFICATE_TRUE_PEAK | SB_CERTIFICATE_PAIRING))

unsigned sb_certificate_resolves(const sb_certificate *c, const sb_reheard *heard, unsigned warnings,
                                 const sb_sure_edges *sure)
{
    const unsigned start = SB_CUT_NO_PAUSE_BEFORE | SB_CUT_ESTIMATED_START,
                   end = SB_CUT_NO_PAUSE_AFTER | SB_CUT_ESTIMATED_END;
    bool starts = c->first_word_whole == SB_ANSWER_YES, ends = c->last_word_whole == SB_ANSWER_YES;
    bool is_pair_certain = !(c->failed & SB_CERTIFICATE_PAIRING), is_heard = c->acoustic && starts && ends;
    if ((c->failed & ~RESOLVABLE) || (!is_pair_certain && !is_heard))
        return 0;
    bool is_placed = c->acoustic
                         ? (starts || is_in_pause(&heard->start)) && (ends || is_in_pause(&heard->end))
                         : !(warnings & (start | end));
    starts = is_proven(&heard->start, starts, sure->start);
    ends = is_proven(&heard->end, ends, sure->end);
    return (starts ? start : 0) | (ends ? end : 0) | (is_placed ? SB_CUT_LOW_CONFIDENCE : 0) |
           (is_pair_certain ? 0 : SB_CUT_UNSURE_PAIRING);
}

static bool is_certain_between(const sb_alignment *a, size_t word, size_t neighbour)
{
    const sb_aligned_word *own = sb_alignment_word(a, word), *other = sb_alignment_word(a, neighbour);
    return own && own->confidence >= EDGE_CONFIDENCE && (!other || other->confidence >= EDGE_CONFIDENCE);
}

static sb_sure_edges sure_edges(const sb_clip_job *job)
{
    const sb_alignment *a = job->source->alignment;
    sb_word_range words = sb_clip_words_of(a, job->request->match);
    return (sb_sure_edges){is_certain_between(a, words.first, words.first ? words.first - 1 : SIZE_MAX),
                           is_certain_between(a, words.end - 1, words.end)};
}

static void withdraw_warnings(const sb_clip_job *job, const sb_reheard *heard)
{
    sb_clip_result *result = job->result;
    sb_sure_edges sure = sure_edges(job);
    unsigned bits = result->cut.warnings &
                    sb_certificate_resolves(&result->certificate, heard, result->cut.warnings, &sure);
    if (job->source->alignment->pairing == SB_PAIRING_MISMATCH)
        bits &= ~(unsigned)SB_CUT_UNSURE_PAIRING;
    for (unsigned bit = 1; bit && bit <= bits; bit <<= 1)
        if (bits & bit)
            sb_clip_result_unwarn(result, sb_cut_warning_text(bit, 0));
}

/* Other code warns about these. */
#define WARNED_OF (SB_CERTIFICATE_PAIRING | SB_CERTIFICATE_LOUDNESS | SB_CERTIFICATE_TRUE_PEAK)

/* With `strict`, the cut has failed if the pairing is not certain. */
static sb_status report(sb_clip_job *job, sb_error *err)
{
    const sb_certificate *c = &job->result->certificate;
    sb_status status = SB_OK;
    for (size_t i = 0; i < N_CHECKS && !status; i++) {
        if (!(c->failed & checks[i].bit) || checks[i].bit == SB_CERTIFICATE_PAIRING)
            continue;
        if (job->params->strict)
            return sb_error_set_at(err, SB_ERR_MISMATCH, job->request->path, 0, 0,
                                   "is not written because its certificate failed: %s: %s", checks[i].name,
                                   checks[i].text);
        if (!(checks[i].bit & WARNED_OF))
            status =
                sb_clip_result_warn(job->result, err, "certificate: %s: %s", checks[i].name, checks[i].text);
    }
    return status;
}

sb_status sb_clip_certify(sb_clip_job *job, const sb_remeasured *file, sb_error *err)
{
    sb_certificate *c = &job->result->certificate;
    *c = (sb_certificate){.made = true,
                          .lost_at_start = SB_TIME_NONE,
                          .lost_at_end = SB_TIME_NONE,
                          .neighbour_before = SB_TIME_NONE,
                          .neighbour_after = SB_TIME_NONE};
    if (job->source->alignment->pairing != SB_PAIRING_OK)
        c->failed |= SB_CERTIFICATE_PAIRING;
    judge_level(c, file, job->result, job->params);
    sb_reheard heard = {0};
    sb_status status = rehear(c, &heard, job, file, err);
    if (status)
        return status;
    withdraw_warnings(job, &heard);
    return report(job, err);
}
