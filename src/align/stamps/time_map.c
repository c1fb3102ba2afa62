#include "align/stamps/stamps.h"
#include "alignment/alignment.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_WINDOW 0.2                /* seconds; finer stamps have errors above their resolution */
#define WORD_END     (150 * SB_TIME_MS) /* maximum length of a word's sound after its end */
#define LONG_PAUSE   SB_TIME_SECOND     /* a break is placed in the middle of such a pause */
#define SOUND_SLACK  0.1                /* seconds of silence that an insertion may have at its ends */
#define RATE_TURNS   16                 /* minimum turns to measure a clock rate, */
#define RATE_WINDOWS 240.0              /* and minimum windows of time, */
#define FAST_TURNS   6                  /* or with a fast clock, minimum turns */
#define FAST_WINDOWS 1.5                /* and minimum deviation, in windows */
#define NOISY        2.0 /* times the noise of the window alone: stamps with errors larger than their resolution */
#define WIDE_SCALES  3.5 /* standard deviations of noisy stamps in a window */
/* Share of the stamps. If fewer are correct for a line, the standard error of its slope decides. */
#define RIGHT_SHARE  0.8
#define RATE_ERRORS  4.0 /* standard errors that a rate must be from 0 */
#define NAMED_ERRORS 2.0 /* standard errors that it may be from a frame rate conversion */
#define NAMED_PPM    20.0
#define FEW_POINTS   3   /* a piece with fewer points does not prove a jump */
#define FEW_GAP      1.0 /* smaller than this, in seconds */

static size_t collect_points(sb_stamp_point *points, const sb_alignment *a, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t t = first; t < end; t++) {
        const sb_aligned_turn *turn = &a->turns[t];
        if (turn->stamp == SB_TIME_NONE || turn->start == SB_TIME_NONE || !sb_turn_is_evidence(turn))
            continue;
        double stamp = sb_time_to_seconds(turn->stamp);
        points[n++] = (sb_stamp_point){stamp, sb_time_to_seconds(turn->start) - stamp, 0};
    }
    return n;
}

static double span_of(const sb_stamp_point *points, size_t n)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        least = fmin(least, points[i].stamp);
        most = fmax(most, points[i].stamp);
    }
    return n ? most - least : 0;
}

static size_t count_right(const sb_stamp_point *points, size_t n, double window)
{
    size_t n_right = 0;
    for (size_t i = 0; i < n; i++)
        n_right += points[i].error >= 0 && points[i].error < window;
    return n_right;
}

typedef struct fit {
    sb_alignment *a;
    sb_jump *jumps; /* jumps within the noise are removed */
    size_t n_jumps;
    sb_stamp_point *points;
    double *rooms; /* of each piece: the tolerance of its offset in seconds */
    double resolution, window;
    double seed_ppm; /* rough estimate of the clock rate */
    sb_stamp_noise noise;
    bool noisy;   /* the stamps are around a line, not in a window above it */
    bool is_wide; /* the window was widened because the errors exceed it */
} fit;

static size_t piece_start(const fit *f, size_t piece)
{
    return piece == 0 ? 0 : f->jumps[piece - 1].turn;
}

static size_t piece_end(const fit *f, size_t piece)
{
    return piece < f->n_jumps ? f->jumps[piece].turn : f->a->n_turns;
}

/* By least squares. Points with the same error count as one. */
static double rate_error_ppm(const fit *f, size_t n, double seconds)
{
    return f->noise.scale * sqrt(12.0 * (double)f->noise.run / (double)n) / seconds * 1e6;
}

static bool can_tell_rate(const fit *f, size_t n, double seconds)
{
    double off = fabs(f->seed_ppm) * 1e-6 * seconds;
    return (n >= RATE_TURNS && seconds >= RATE_WINDOWS * f->window) ||
           (n >= FAST_TURNS && off >= FAST_WINDOWS * f->window);
}

/* The rate of a frame rate conversion if it is as likely, or 0 if the noise explains the rate. */
static double settle_rate(const fit *f, const sb_stamp_line *line, size_t n, double seconds)
{
    double error = rate_error_ppm(f, n, seconds);
    bool by_window = !f->noisy && n >= RATE_TURNS && (double)line->n_right >= RIGHT_SHARE * (double)n;
    if (!by_window && fabs(line->ppm) < RATE_ERRORS * error)
        return 0;
    const sb_frame_rates *named = sb_frame_rates_near(line->ppm, fmax(NAMED_PPM, NAMED_ERRORS * error));
    return named ? sb_frame_rates_ppm(named) : line->ppm;
}

/* All pieces have one clock rate. The longest measures it best. */
static double rate_of_all(const fit *f)
{
    double seconds = 0;
    size_t longest = 0;
    for (size_t piece = 0; piece <= f->n_jumps; piece++) {
        size_t n = collect_points(f->points, f->a, piece_start(f, piece), piece_end(f, piece));
        if (n >= FAST_TURNS && span_of(f->points, n) > seconds) {
            seconds = span_of(f->points, n);
            longest = piece;
        }
    }
    size_t n = collect_points(f->points, f->a, piece_start(f, longest), piece_end(f, longest));
    if (!can_tell_rate(f, n, seconds))
        return 0;
    double origin = f->points[0].stamp,
           ppm = sb_stamp_rate_fit(f->points, n, origin, seconds, f->window, f->seed_ppm);
    sb_stamp_line best = sb_stamp_line_fit(f->points, n, origin, ppm, f->window);
    if (ppm != 0 && f->noisy)
        sb_stamp_line_refine(&best, f->points, n, origin, f->window, true);
    return ppm == 0 ? 0 : settle_rate(f, &best, n, seconds);
}

static sb_time stamp_from(const sb_alignment *a, size_t turn)
{
    for (; turn < a->n_turns; turn++)
        if (a->turns[turn].stamp != SB_TIME_NONE)
            return a->turns[turn].stamp;
    return SB_TIME_NONE;
}

/* If the errors exceed the resolution, stamps are used as they are if the noise can explain the offset. */
static bool noise_hides_offset(const fit *f, double offset, size_t n, double ppm)
{
    double points = fmax(1, (double)n / (double)f->noise.run);
    return f->is_wide && ppm == 0 && fabs(offset) < RATE_ERRORS * f->noise.scale / sqrt(points);
}

static void fit_piece(const fit *f, size_t piece, double ppm)
{
    sb_map_piece *out = &f->a->map[piece];
    size_t n = collect_points(f->points, f->a, piece_start(f, piece), piece_end(f, piece));
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
    double from = sb_time_to_seconds(out->from);
    sb_stamp_line best = sb_stamp_line_fit(f->points, n, from, ppm, f->window);
    if (f->noisy)
        sb_stamp_line_refine(&best, f->points, n, from, f->window, false);
    double extra = (f->window - f->resolution) / 2;
    bool as_they_are = (plain > 0 && plain + 1 + n / 100 >= best.n_right && extra == 0) ||
                       noise_hides_offset(f, best.offset + extra, n, ppm);
    out->offset = as_they_are ? 0 : sb_time_from_seconds(best.offset + extra);
    f->rooms[piece] = as_they_are ? 0 : best.room;
}

/* The place between two words where audio and text diverge: for an insertion the longest time without a
 * word, for a removal the most words without a time, from the last turn of the piece before to the first
 * of the next. */
static sb_span widest_gap(const sb_alignment *a, size_t first, size_t turn, bool inserted)
{
    sb_span best = {SB_TIME_NONE, SB_TIME_NONE};
    sb_time last = SB_TIME_NONE, widest = -1;
    int64_t n_lost = 0;
    for (size_t t = first; t <= turn && t < a->n_turns; t++)
        for (size_t w = 0; w < a->turns[t].n_words; w++) {
            const sb_aligned_word *word = &a->turns[t].words[w];
            if (word->start == SB_TIME_NONE || (t > first && t < turn && sb_turn_is_guess(&a->turns[t]))) {
                n_lost++;
                continue;
            }
            sb_time width = last == SB_TIME_NONE ? -1 : inserted ? word->start - last : n_lost;
            if (width > widest || (width == widest && !inserted)) {
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

/* From the first to the last speech in a gap, without the ends of the adjacent words. */
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

/* The middle of the longest pause in a gap, or of the gap if it is full of speech. */
static sb_time middle_of_pause(const sb_alignment *a, sb_span gap)
{
    sb_span longest = {gap.start, gap.start};
    sb_time quiet = gap.start;
    for (size_t i = 0; i < a->n_speech && a->speech[i].start < gap.end; i++) {
        if (a->speech[i].end <= quiet)
            continue;
        if (a->speech[i].start - quiet > longest.end - longest.start)
            longest = (sb_span){quiet, a->speech[i].start};
        quiet = a->speech[i].end;
    }
    if (gap.end - quiet > longest.end - longest.start)
        longest = (sb_span){quiet, gap.end};
    if (longest.end == longest.start)
        longest = gap;
    return longest.start + (longest.end - longest.start) / 2;
}

/* The new place stays between the stamps that are certain to be on either side. */
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

/* With stamps of whole seconds, the size of an insertion has a range in which all fit. Its length in the
 * audio may be more exact. */
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
    sb_time middle = middle_of_pause(f->a, gap);
    out->audio = inserted ? gap : (sb_span){middle, middle};
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

/* Measures the clock, the noise around it, and the window of correct stamps. False when out of memory. */
static bool measure_noise(fit *f)
{
    size_t n = collect_points(f->points, f->a, 0, f->a->n_turns);
    f->resolution = sb_time_to_seconds(f->a->transcript.resolution);
    if (!sb_stamp_clock_seed(&f->seed_ppm, f->points, n, f->resolution) ||
        !sb_stamp_noise_measure(&f->noise, f->points, n, f->seed_ppm, f->resolution))
        return false;
    f->window = fmax(f->resolution, LEAST_WINDOW);
    f->noisy = f->resolution < LEAST_WINDOW;
    if (f->noise.scale > NOISY * f->window / sqrt(12)) {
        f->noisy = f->is_wide = true;
        f->window = fmax(f->window, WIDE_SCALES * f->noise.scale);
    }
    return true;
}

static void fit_pieces(const fit *f)
{
    double ppm = rate_of_all(f);
    f->a->n_map = f->n_jumps + 1;
    f->a->n_breaks = f->n_jumps;
    for (size_t piece = 0; piece <= f->n_jumps; piece++)
        fit_piece(f, piece, ppm);
    for (size_t piece = 1; piece <= f->n_jumps; piece++)
        fill_break(f, piece);
}

static size_t count_points(const fit *f, size_t piece)
{
    return collect_points(f->points, f->a, piece_start(f, piece), piece_end(f, piece));
}

/* How much larger a jump is than the noise. A turn or two may also be placed wrong. */
static double size_of_jump(const fit *f, size_t jump)
{
    bool few = count_points(f, jump) < FEW_POINTS || count_points(f, jump + 1) < FEW_POINTS;
    double least = sb_stamp_least_gap(&f->noise);
    return sb_time_to_seconds(llabs(f->a->breaks[jump].gap)) - (few ? fmax(least, FEW_GAP) : least);
}

/* Removes the smallest jump if it is within the noise. The pieces on both sides are then fitted as one. */
static bool drop_smallest(fit *f)
{
    size_t smallest = 0;
    double least = INFINITY;
    for (size_t i = 0; i < f->n_jumps; i++) {
        double size = size_of_jump(f, i);
        if (size < least) {
            least = size;
            smallest = i;
        }
    }
    if (least >= 0)
        return false;
    f->n_jumps--;
    memmove(f->jumps + smallest, f->jumps + smallest + 1, (f->n_jumps - smallest) * sizeof *f->jumps);
    return true;
}

static sb_status fit_all(fit *f, sb_error *err)
{
    sb_alignment *a = f->a;
    f->points = calloc(a->n_turns + 1, sizeof *f->points);
    f->rooms = calloc(f->n_jumps + 1, sizeof *f->rooms);
    a->map = calloc(f->n_jumps + 1, sizeof *a->map);
    a->breaks = calloc(f->n_jumps + 1, sizeof *a->breaks);
    if (!f->points || !a->map || !a->breaks || !f->rooms || !measure_noise(f))
        return sb_error_memory(err, "aligning");
    do
        fit_pieces(f);
    while (drop_smallest(f));
    return SB_OK;
}

sb_status sb_time_map_fit(sb_alignment *a, const sb_jump *jumps, size_t n_jumps, sb_error *err)
{
    fit f = {.a = a, .n_jumps = n_jumps};
    if (stamp_from(a, 0) == SB_TIME_NONE)
        return SB_OK;
    f.jumps = calloc(n_jumps + 1, sizeof *f.jumps);
    if (!f.jumps)
        return sb_error_memory(err, "aligning");
    if (n_jumps > 0)
        memcpy(f.jumps, jumps, n_jumps * sizeof *jumps);
    sb_status status = fit_all(&f, err);
    free(f.jumps);
    free(f.points);
    free(f.rooms);
    return status;
}
