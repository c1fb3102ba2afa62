#include "align/time_map.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define LEAST_WINDOW 0.2 /* seconds: stamps finer than that err by more than their resolution */
#define MOST_PPM     3000.0
#define WORD_END     (150 * SB_TIME_MS) /* that a word may sound on */
#define LONG_PAUSE   SB_TIME_SECOND     /* in the middle of which a break is thought to lie */
#define SOUND_SLACK  0.06               /* seconds of silence that an insertion may have at its ends */
#define RATE_TURNS   16                 /* at least so many turns, so far apart, tell the rate of a clock */
#define RATE_SECONDS 240.0

typedef struct point {
    double stamp, error, residual;
} point;

typedef struct line {
    double offset, ppm; /* at the first point's stamp */
    size_t n_right;
    double room; /* the offset may move by so much to either side */
} line;

static int compare_residuals(const void *a, const void *b)
{
    const point *x = a, *y = b;
    return (x->residual > y->residual) - (x->residual < y->residual);
}

/* The best offset at a given rate: the window over the sorted residuals that holds the most. */
static line fit_offset(point *points, size_t n, double origin, double ppm, double window)
{
    line best = {.ppm = ppm};
    for (size_t i = 0; i < n; i++)
        points[i].residual = points[i].error - (points[i].stamp - origin) * ppm * 1e-6;
    qsort(points, n, sizeof *points, compare_residuals);
    for (size_t first = 0, end = 0; first < n; first++) {
        while (end < n && points[end].residual < points[first].residual + window)
            end++;
        double most = points[first].residual, least = points[end - 1].residual - window;
        if (end - first > best.n_right || (end - first == best.n_right && (most - least) / 2 > best.room))
            best = (line){(most + least) / 2, ppm, end - first, (most - least) / 2};
    }
    return best;
}

static bool is_better(line a, line b)
{
    return a.n_right > b.n_right || (a.n_right == b.n_right && a.room > b.room);
}

/* The middle of all rates that make as many stamps right as the best does, weighed by the room each leaves. */
static double middle_of_best(point *points, size_t n, double origin, double window, line best, double step)
{
    double weights = best.room, sum = best.room * best.ppm;
    for (int side = -1; side <= 1; side += 2)
        for (double ppm = best.ppm + side * step; fabs(ppm) <= MOST_PPM; ppm += side * step) {
            line candidate = fit_offset(points, n, origin, ppm, window);
            if (candidate.n_right < best.n_right)
                break;
            weights += candidate.room;
            sum += candidate.room * ppm;
        }
    return weights > 0 ? sum / weights : best.ppm;
}

/* Coarse to fine; the stamps' own clock wins ties. */
static double fit_rate(point *points, size_t n, double origin, double seconds, double window)
{
    line best = fit_offset(points, n, origin, 0, window);
    size_t enough = best.n_right + 1 + n / 100;
    if (n <= enough)
        return 0;
    double step = 0.2 * window / seconds * 1e6;
    if (enough >= n)
        return 0;
    for (double reach = MOST_PPM; reach > 0.5; reach = 2 * step, step /= 5) {
        double middle = best.ppm;
        for (double ppm = middle - reach; ppm <= middle + reach; ppm += step) {
            line candidate = fit_offset(points, n, origin, ppm, window);
            if (is_better(candidate, best))
                best = candidate;
        }
    }
    if (best.n_right <= enough)
        return 0;
    return middle_of_best(points, n, origin, window, best, 0.01 * window / seconds * 1e6);
}

static size_t collect(point *points, const sb_alignment *a, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t t = first; t < end; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        if (turn->stamp == SB_TIME_NONE || turn->start == SB_TIME_NONE || turn->confidence < 0.3f)
            continue;
        double stamp = sb_time_to_seconds(turn->stamp);
        points[n++] = (point){stamp, sb_time_to_seconds(turn->start) - stamp, 0};
    }
    return n;
}

static double span_of(const point *points, size_t n)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        least = fmin(least, points[i].stamp);
        most = fmax(most, points[i].stamp);
    }
    return n ? most - least : 0;
}

static size_t count_right(const point *points, size_t n, double window)
{
    size_t n_right = 0;
    for (size_t i = 0; i < n; i++)
        n_right += points[i].error >= 0 && points[i].error < window;
    return n_right;
}

typedef struct fit {
    sb_alignment *a;
    const sb_jump *jumps;
    size_t n_jumps;
    point *points;
    double *rooms; /* of each piece: its offset may be off by so much to either side, seconds */
    double resolution, window;
} fit;

static size_t piece_start(const fit *f, size_t piece)
{
    return piece == 0 ? 0 : f->jumps[piece - 1].turn;
}

static size_t piece_end(const fit *f, size_t piece)
{
    return piece < f->n_jumps ? f->jumps[piece].turn : f->a->n_turns;
}

/* All pieces run on one clock; the longest tells it best. */
static double rate_of_all(const fit *f)
{
    double seconds = 0;
    size_t longest = 0;
    for (size_t piece = 0; piece <= f->n_jumps; piece++) {
        size_t n = collect(f->points, f->a, piece_start(f, piece), piece_end(f, piece));
        if (n >= RATE_TURNS && span_of(f->points, n) > seconds) {
            seconds = span_of(f->points, n);
            longest = piece;
        }
    }
    if (seconds < RATE_SECONDS)
        return 0;
    size_t n = collect(f->points, f->a, piece_start(f, longest), piece_end(f, longest));
    return fit_rate(f->points, n, f->points[0].stamp, seconds, f->window);
}

static sb_time stamp_from(const sb_alignment *a, size_t turn)
{
    for (; turn < a->n_turns; turn++)
        if (a->turns[turn].stamp != SB_TIME_NONE)
            return a->turns[turn].stamp;
    return SB_TIME_NONE;
}

static void fit_piece(const fit *f, size_t piece, double ppm)
{
    sb_map_piece *out = &f->a->map[piece];
    size_t n = collect(f->points, f->a, piece_start(f, piece), piece_end(f, piece));
    out->from = piece == 0 ? 0 : stamp_from(f->a, piece_start(f, piece));
    out->until = SB_TIME_NONE;
    out->rate_ppm = ppm;
    if (piece > 0)
        f->a->map[piece - 1].until = out->from;
    if (n == 0) {
        out->offset = piece > 0 ? f->a->map[piece - 1].offset : 0;
        return;
    }
    size_t plain = ppm == 0 ? count_right(f->points, n, f->resolution) : 0;
    line best = fit_offset(f->points, n, sb_time_to_seconds(out->from), ppm, f->window);
    double extra = (f->window - f->resolution) / 2;
    bool as_they_are = plain + 1 + n / 100 > best.n_right && extra == 0;
    out->offset = as_they_are ? 0 : sb_time_from_seconds(best.offset + extra);
    f->rooms[piece] = as_they_are ? 0 : best.room;
}

/* The place between two words where sound and text come apart: with an insertion the longest time without a word, with a removal the most
 * words without a time, from the last turn of the piece before to the first of the next. */
static sb_span widest_gap(const sb_alignment *a, size_t first, size_t turn, bool inserted)
{
    sb_span best = {SB_TIME_NONE, SB_TIME_NONE};
    sb_time last = SB_TIME_NONE, widest = -1;
    int64_t n_lost = 0;
    for (size_t t = first; t <= turn && t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            if (word->start == SB_TIME_NONE) {
                n_lost++;
                continue;
            }
            sb_time width = last == SB_TIME_NONE ? -1 : inserted ? word->start - last : n_lost;
            if (width > widest) {
                best = (sb_span){last, word->start};
                widest = width;
            }
            last = word->end;
            n_lost = 0;
            if (t == turn)
                return best;
        }
    return best;
}

static sb_time start_from(const sb_alignment *a, size_t turn)
{
    for (; turn < a->n_turns; turn++)
        if (a->turns[turn].start != SB_TIME_NONE)
            return a->turns[turn].start;
    return a->audio.duration;
}

/* From the first to the last speech in a gap, the ends of the words beside it left out. */
static bool heard_in(const sb_alignment *a, sb_span gap, sb_span *out)
{
    bool found = false;
    for (size_t i = 0; i < a->n_speech && a->speech[i].start < gap.end; i++) {
        if (a->speech[i].end <= gap.start + WORD_END || a->speech[i].start >= gap.end - WORD_END)
            continue;
        sb_time start = a->speech[i].start > gap.start ? a->speech[i].start : gap.start;
        if (!found)
            out->start = start;
        out->end = a->speech[i].end < gap.end ? a->speech[i].end : gap.end;
        found = true;
    }
    return found;
}

/* The new place stays between the stamps that are sure of their sides. */
static void move_break(const fit *f, size_t piece, sb_time at)
{
    sb_map_piece *map = f->a->map;
    sb_time latest = map[piece].from, earliest = map[piece - 1].from;
    for (size_t t = piece_start(f, piece - 1); t <= f->jumps[piece - 1].before; t++)
        if (f->a->turns[t].stamp != SB_TIME_NONE && f->a->turns[t].stamp > earliest)
            earliest = f->a->turns[t].stamp + 1;
    if (at >= latest || at <= earliest)
        return;
    double moved = sb_time_to_seconds(at - latest);
    map[piece].offset += sb_time_from_seconds(moved * map[piece].rate_ppm * 1e-6);
    map[piece].from = map[piece - 1].until = f->a->breaks[piece - 1].at = at;
}

/* Stamps of whole seconds leave the size of an insertion open by what fits them all; how long it sounds may tell it more closely. */
static void size_insertion(const fit *f, size_t piece, sb_span sounds)
{
    sb_map_piece *map = f->a->map;
    double room = f->rooms[piece] + f->rooms[piece - 1];
    sb_break *out = &f->a->breaks[piece - 1];
    double off = sb_time_to_seconds(sounds.end - sounds.start - out->gap);
    if (fabs(off) > room + SOUND_SLACK)
        return;
    double share = room > 0 ? f->rooms[piece] / room : 1;
    sb_time moved = sb_time_from_seconds(off);
    map[piece].offset += sb_time_from_seconds(off * share);
    map[piece - 1].offset -= moved - sb_time_from_seconds(off * share);
    out->gap += moved;
}

static void fill_break(const fit *f, size_t piece)
{
    const sb_map_piece *map = f->a->map;
    sb_break *out = &f->a->breaks[piece - 1];
    double passed = sb_time_to_seconds(map[piece].from - map[piece - 1].from);
    sb_time creep = sb_time_from_seconds(passed * map[piece - 1].rate_ppm * 1e-6);
    size_t turn = piece_start(f, piece);
    out->at = map[piece].from;
    out->gap = map[piece].offset - map[piece - 1].offset - creep;
    out->confidence = f->jumps[piece - 1].confidence;
    bool inserted = out->gap > 0;
    sb_span gap = widest_gap(f->a, f->jumps[piece - 1].before, turn, inserted), sounds;
    if (gap.start == SB_TIME_NONE) {
        sb_time start = start_from(f->a, turn);
        gap = (sb_span){inserted && start > out->gap ? start - out->gap : start, start};
    }
    out->audio = inserted ? gap : (sb_span){gap.start, gap.start};
    if (inserted && heard_in(f->a, gap, &sounds)) {
        size_insertion(f, piece, sounds);
        out->audio = (sb_span){sounds.start, sounds.start + out->gap};
    }
    sb_time pause = gap.end - gap.start - (inserted ? out->gap : 0);
    pause = pause < 0 ? 0 : pause < LONG_PAUSE ? pause : LONG_PAUSE;
    move_break(f, piece, gap.start + pause / 2 - map[piece - 1].offset - creep);
}

void sb_time_map_forget(sb_alignment *a)
{
    free(a->map);
    free(a->breaks);
    a->map = NULL;
    a->breaks = NULL;
    a->n_map = a->n_breaks = 0;
}

sb_status sb_time_map_fit(sb_alignment *a, const sb_jump *jumps, size_t n_jumps, sb_error *err)
{
    fit f = {.a = a, .jumps = jumps, .n_jumps = n_jumps};
    if (stamp_from(a, 0) == SB_TIME_NONE)
        return SB_OK;
    f.points = calloc(a->n_turns, sizeof *f.points);
    a->map = calloc(n_jumps + 1, sizeof *a->map);
    a->breaks = calloc(n_jumps + 1, sizeof *a->breaks);
    f.rooms = calloc(n_jumps + 1, sizeof *f.rooms);
    if (!f.points || !a->map || !a->breaks || !f.rooms) {
        free(f.points);
        free(f.rooms);
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    }
    f.resolution = sb_time_to_seconds(a->transcript.resolution);
    f.window = fmax(f.resolution, LEAST_WINDOW);
    double ppm = rate_of_all(&f);
    a->n_map = n_jumps + 1;
    a->n_breaks = n_jumps;
    for (size_t piece = 0; piece <= n_jumps; piece++)
        fit_piece(&f, piece, ppm);
    for (size_t piece = 1; piece <= n_jumps; piece++)
        fill_break(&f, piece);
    free(f.points);
    free(f.rooms);
    return SB_OK;
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
