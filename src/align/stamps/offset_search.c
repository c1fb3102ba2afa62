#include "align/stamps/stamps.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CREEP_PRICE        3.0f
#define BACK_PRICE         6.0f  /* additional price of a jump that breaks the order of the turns */
#define OUTSIDE            -4.0f /* emission outside the audio */
#define LEAST_OFFSET_PRICE 4.0f
#define MAX_CELLS          (size_t)48000000

enum { STAY, UP, DOWN, JUMP, JUMP_BACK };

double sb_offset_search_placed(const sb_offset_search *s, size_t turn)
{
    return s->stamps[turn] + s->centre + (s->stamps[turn] - s->stamps[0]) * s->rate;
}

float sb_offset_search_emission(const sb_offset_search *s, size_t turn, double offset)
{
    double at = (sb_offset_search_placed(s, turn) + offset) / SB_ONSET_BIN;
    if (at < -0.5 || at + 0.5 >= (double)s->onsets.n)
        return OUTSIDE;
    return s->onsets.ratio[(size_t)(at + 0.5)];
}

static void set_range(sb_offset_search *s)
{
    double first = s->stamps[0], last = first;
    for (size_t i = 0; i < s->n; i++) {
        first = fmin(first, s->stamps[i]);
        last = fmax(last, s->stamps[i]);
    }
    double least = fmax(-SB_OFFSET_REACH, -last - s->centre),
           most = fmin(SB_OFFSET_REACH, (double)s->onsets.n * SB_ONSET_BIN - first - s->centre);
    most = fmax(most, least + SB_ONSET_BIN);
    s->bin = SB_ONSET_BIN;
    while ((most - least) / s->bin * (double)s->n > (double)MAX_CELLS)
        s->bin *= 2;
    s->least = (long)floor(least / s->bin);
    s->n_offsets = (size_t)((most - least) / s->bin) + 2;
}

static double offset_of(const sb_offset_search *s, size_t index)
{
    return (double)(s->least + (long)index) * s->bin;
}

/* The emissions of one turn at every offset. They are consecutive for consecutive offsets, so no copy is
 * needed if the bins are those of the onsets. */
static const float *row_of(sb_offset_search *s, size_t turn)
{
    double at = sb_offset_search_placed(s, turn) / SB_ONSET_BIN + 0.5;
    long stride = lround(s->bin / SB_ONSET_BIN), first = (long)floor(at) + s->least * stride;
    long n = (long)s->onsets.n, n_offsets = (long)s->n_offsets;
    if (stride == 1)
        return s->padded + n_offsets + (first < -n_offsets ? -n_offsets : first > n ? n : first);
    for (long o = 0; o < n_offsets; o++) {
        long bin = first + o * stride;
        s->row[o] = bin >= 0 && bin < n ? s->onsets.ratio[bin] : OUTSIDE;
    }
    return s->row;
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

/* The offsets are searched in groups of vector code. This loop takes most of the time of an alignment whose
 * stamps are far off. Compilers do not vectorise it at all levels, nor with sanitizers. */
#define GROUP 4
typedef float group __attribute__((vector_size(GROUP * sizeof(float))));
typedef int32_t group_mask __attribute__((vector_size(GROUP * sizeof(int32_t))));

static inline void read_group(group *out, const float *at)
{
    memcpy(out, at, sizeof *out);
}

static inline void keep_larger(group *out, const group *other)
{
    group_mask keep = *out > *other;
    *out = (group)(((group_mask)*out & keep) | ((group_mask)*other & ~keep));
}

static float best_score(const float *score, size_t n)
{
    float best = score[0];
    for (size_t i = 1; i < n; i++)
        best = larger(best, score[i]);
    return best;
}

static size_t best_index(const float *score, size_t n)
{
    float best = best_score(score, n);
    size_t i = 0;
    while (i + 1 < n && score[i] < best)
        i++;
    return i;
}

/* Fills s->next for a turn. Returns the best of it. */
static float score_offsets(sb_offset_search *s, const float *row, float jump)
{
    const float *score = s->score;
    group best = {0}, jumps = best + jump;
    best -= INFINITY;
    size_t o = 0;
    for (; o + GROUP <= s->n_offsets; o += GROUP) {
        group creep, above, stay, emission;
        read_group(&creep, score + o - 1);
        read_group(&above, score + o + 1);
        read_group(&stay, score + o);
        read_group(&emission, row + o);
        keep_larger(&creep, &above);
        creep -= CREEP_PRICE;
        keep_larger(&stay, &creep);
        keep_larger(&stay, &jumps);
        stay += emission;
        memcpy(s->next + o, &stay, sizeof stay);
        keep_larger(&best, &stay);
    }
    float most = -INFINITY;
    for (size_t k = 0; k < GROUP; k++)
        most = larger(most, best[k]);
    for (; o < s->n_offsets; o++) {
        float creep = larger(score[(ptrdiff_t)o - 1], score[o + 1]) - CREEP_PRICE;
        s->next[o] = larger(larger(score[o], creep), jump) + row[o];
        most = larger(most, s->next[o]);
    }
    return most;
}

/* A jump that keeps the order of the turns: it goes to offset o from one that is larger by at most the
 * distance of the stamps. In bins; all of them if the stamps themselves run backwards. Otherwise, both copies
 * of a repeated passage could be aligned to one position. Turns of a passage that was cut out have no
 * position of their own, so the order may be broken at a cost. */
static size_t most_back(const sb_offset_search *s, size_t turn)
{
    double distance =
        floor((sb_offset_search_placed(s, turn) - sb_offset_search_placed(s, turn - 1)) / s->bin);
    return distance < 0 || distance > (double)s->n_offsets ? s->n_offsets : (size_t)distance;
}

static bool add_record(sb_offset_search *s, size_t offset)
{
    if (!sb_grow(&s->records, s->n_records, &s->records_capacity, sizeof *s->records))
        return false;
    s->records[s->n_records++] = (uint32_t)offset;
    return true;
}

static bool advance_in_order(sb_offset_search *s, size_t turn)
{
    const float *score = s->score;
    uint8_t *step = s->step + turn * s->n_offsets;
    size_t seen = 0, reach = most_back(s, turn);
    float most = -INFINITY;
    const float *row = row_of(s, turn);
    s->best_before[turn] = (uint32_t)best_index(score, s->n_offsets);
    float back = score[s->best_before[turn]] - SB_OFFSET_JUMP_PRICE - BACK_PRICE;
    for (size_t o = 0; o < s->n_offsets; o++) {
        for (; seen < s->n_offsets && seen <= o + reach; seen++) {
            if (score[seen] <= most)
                continue;
            most = score[seen];
            if (!add_record(s, seen))
                return false;
        }
        float best = score[o], jump = most - SB_OFFSET_JUMP_PRICE;
        uint8_t how = STAY;
        if (score[(ptrdiff_t)o - 1] - CREEP_PRICE > best) {
            best = score[(ptrdiff_t)o - 1] - CREEP_PRICE;
            how = UP;
        }
        if (score[o + 1] - CREEP_PRICE > best) {
            best = score[o + 1] - CREEP_PRICE;
            how = DOWN;
        }
        if (jump > best) {
            best = jump;
            how = JUMP;
        }
        if (back > best) {
            best = back;
            how = JUMP_BACK;
        }
        step[o] = how;
        s->next[o] = best + row[o];
    }
    s->record_end[turn] = s->n_records;
    return true;
}

static void swap_scores(sb_offset_search *s)
{
    float *swap = s->score;
    s->score = s->next;
    s->next = swap;
}

/* Offset 0 needs no evidence. Of all other offsets, some fit by chance; the more offsets, the more of
 * them. */
static void prepare_first(sb_offset_search *s)
{
    float price = fmaxf(LEAST_OFFSET_PRICE, logf((float)s->n_offsets));
    for (size_t o = 0; o < s->n_offsets; o++)
        s->score[o] = sb_offset_search_emission(s, 0, offset_of(s, o)) -
                      (offset_of(s, o) == 0 && s->centre == 0 ? 0 : price);
}

static size_t jump_from(const sb_offset_search *s, size_t turn, size_t o)
{
    size_t i = s->record_end[turn], most = o + most_back(s, turn);
    while (i > s->record_end[turn - 1] + 1 && s->records[i - 1] > most)
        i--;
    return s->records[i - 1];
}

static size_t step_back(const sb_offset_search *s, size_t turn, size_t o)
{
    switch (s->step[turn * s->n_offsets + o]) {
    case UP:
        return o - 1;
    case DOWN:
        return o + 1;
    case JUMP:
        return jump_from(s, turn, o);
    case JUMP_BACK:
        return s->best_before[turn];
    default:
        return o;
    }
}

float sb_offset_search_score(sb_offset_search *s, size_t every)
{
    prepare_first(s);
    float best = best_score(s->score, s->n_offsets);
    for (size_t turn = every; turn < s->n; turn += every) {
        best = score_offsets(s, row_of(s, turn), best - SB_OFFSET_JUMP_PRICE);
        swap_scores(s);
    }
    return best;
}

/* The values outside its ends never win. */
static float *guarded_row(size_t n)
{
    float *cells = calloc(n + 2, sizeof *cells);
    if (!cells)
        return NULL;
    cells[0] = cells[n + 1] = -INFINITY;
    return cells + 1;
}

static void free_guarded_row(float *row)
{
    if (row)
        free(row - 1);
}

static void free_rows(sb_offset_search *s)
{
    free(s->step);
    free(s->records);
    free(s->record_end);
    free(s->best_before);
    free_guarded_row(s->score);
    free_guarded_row(s->next);
    free(s->row);
    free(s->padded);
    s->step = NULL;
    s->records = NULL;
    s->record_end = NULL;
    s->best_before = NULL;
    s->n_records = s->records_capacity = 0;
    s->score = s->next = s->row = s->padded = NULL;
}

static float *pad_onsets(const sb_offset_search *s)
{
    size_t n = s->onsets.n, n_offsets = s->n_offsets;
    float *padded = malloc((n + 2 * n_offsets) * sizeof *padded);
    for (size_t i = 0; padded && i < n_offsets; i++)
        padded[i] = padded[n_offsets + n + i] = OUTSIDE;
    if (padded && n)
        memcpy(padded + n_offsets, s->onsets.ratio, n * sizeof *padded);
    return padded;
}

bool sb_offset_search_make_rows(sb_offset_search *s)
{
    free_rows(s);
    set_range(s);
    s->record_end = calloc(s->n, sizeof *s->record_end);
    s->best_before = calloc(s->n, sizeof *s->best_before);
    s->score = guarded_row(s->n_offsets);
    s->next = guarded_row(s->n_offsets);
    s->row = malloc(s->n_offsets * sizeof *s->row);
    s->padded = pad_onsets(s);
    return s->record_end && s->best_before && s->score && s->next && s->row && s->padded;
}

bool sb_offset_search_path(sb_offset_search *s, double *path)
{
    s->step = malloc(s->n * s->n_offsets);
    if (!s->step)
        return false;
    prepare_first(s);
    for (size_t turn = 1; turn < s->n; turn++) {
        if (!advance_in_order(s, turn))
            return false;
        swap_scores(s);
    }
    size_t o = best_index(s->score, s->n_offsets);
    for (size_t turn = s->n; turn-- > 0;) {
        path[turn] = offset_of(s, o);
        if (turn > 0)
            o = step_back(s, turn, o);
    }
    return true;
}

void sb_offset_search_finish(sb_offset_search *s)
{
    sb_onsets_finish(&s->onsets);
    free_rows(s);
}
