#include "clip/clip.h"

#include "base/run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HOP_MS        2
#define MARGIN_MS     60    /* read on both sides of the region that may be cut */
#define LONGEST_MS    15000 /* of a stretch */
#define KEPT_PAUSE_MS 1000  /* searched on each side */
#define INTO_WORD_MS  5     /* because the edges of words are not exact */
#define INTO_DROP_MS  15
#define TWIN_MS       20
#define FINE_MS       6
#define FADE_MS       10 /* about one period of a low voice */
#define PAUSE_FADE_MS 24
#define QUIET_DB      9.0
#define N_CHOICES     16 /* that are tried */
#define APART         3  /* in hops, between two choices */

/* Weights of the search, in dB of difference between the two sounds. */
#define COST_OF_PAUSE  0.05 /* per ms that the pause differs, beyond its tolerance */
#define COST_OF_LEVEL  0.06 /* per dB above the room */
#define COST_OF_INSIDE 0.15 /* per ms inside a word */

static int64_t ms(const sb_splicer *s, int64_t value)
{
    return value * s->rate / 1000;
}

sb_splice_weights sb_splice_weigh(int64_t i, int64_t fade, double r)
{
    double angle = M_PI / 2 * ((double)i + 0.5) / (double)fade;
    double scale = 1 / sqrt(1 + fmax(r, 0) * sin(2 * angle));
    return (sb_splice_weights){(float)(cos(angle) * scale), (float)(sin(angle) * scale)};
}

/* The sound around a stretch, and its bands every HOP_MS. */
typedef struct view {
    const sb_splicer *s;
    const sb_splice_spot *spot;
    float *samples;
    int64_t at, n; /* position and number of samples in the clip */
    int64_t hop;
    sb_timbre *timbres; /* number i is centred on at + i * hop */
    int64_t n_timbres;
} view;

static sb_status open_view(view *v, sb_splicer *s, const sb_splice_spot *spot, sb_error *err)
{
    int64_t end = spot->after + ms(s, MARGIN_MS);
    for (size_t i = 0; i < spot->n_twins; i++) {
        int64_t twin_end = spot->twins[i].again + spot->twins[i].end - spot->twins[i].start;
        end = twin_end + ms(s, MARGIN_MS) > end ? twin_end + ms(s, MARGIN_MS) : end;
    }
    *v = (view){.s = s, .spot = spot, .at = spot->before - ms(s, MARGIN_MS), .hop = ms(s, HOP_MS)};
    v->n = end - v->at;
    v->n_timbres = v->n / v->hop;
    v->samples = malloc(sizeof *v->samples * (size_t)v->n);
    v->timbres = malloc(sizeof *v->timbres * (size_t)(v->n_timbres + 1));
    if (!v->samples || !v->timbres)
        return sb_error_memory(err, "editing a clip");
    sb_status status = sb_splicer_read(s, v->samples, v->at, v->n, err);
    for (int64_t i = 0; !status && i < v->n_timbres; i++) {
        int64_t from = i * v->hop - s->meter->window / 2;
        if (from >= 0 && from + s->meter->window <= v->n)
            sb_timbre_read(s->meter, &v->timbres[i], v->samples + from);
        else
            v->timbres[i] = (sb_timbre){0};
    }
    return status;
}

static double above_room(const view *v, int64_t index)
{
    double sum = 0;
    for (int b = 0; b < SB_TIMBRE_BANDS; b++)
        sum += (double)v->timbres[index].db[b] - 10 * log10(v->s->meter->floor[b] + 1e-12);
    return sum / SB_TIMBRE_BANDS - 3;
}

typedef struct choice {
    int64_t left, right; /* indices */
    double aside;        /* the part of its cost that does not depend on the sound */
    double cost;
} choice;

/* Sorted by cost, with a minimum distance. */
typedef struct choices {
    choice items[N_CHOICES];
    size_t n;
} choices;

static int64_t index_of(const view *v, int64_t sample)
{
    int64_t i = (sample - v->at) / v->hop;
    return i < 0 ? 0 : i >= v->n_timbres ? v->n_timbres - 1 : i;
}

static int64_t sample_of(const view *v, int64_t index)
{
    return v->at + index * v->hop;
}

static double in_ms(const view *v, int64_t samples)
{
    return 1000.0 * (double)samples / v->s->rate;
}

static double inside(const view *v, int64_t sample, int64_t from, int64_t until)
{
    int64_t out = sample < from ? from - sample : sample > until ? sample - until : 0;
    return COST_OF_INSIDE * in_ms(v, out);
}

static void add_choice(choices *all, choice item)
{
    size_t at = 0, gone = all->n;
    for (size_t i = all->n; i-- > 0;) {
        const choice *other = &all->items[i];
        if (llabs(other->left - item.left) + llabs(other->right - item.right) >= APART)
            continue;
        if (other->cost <= item.cost)
            return;
        gone = i;
    }
    if (gone == N_CHOICES)
        gone = N_CHOICES - 1;
    while (at < gone && all->items[at].cost <= item.cost)
        at++;
    memmove(&all->items[at + 1], &all->items[at], (gone - at) * sizeof item);
    all->items[at] = item;
    all->n += gone == all->n;
}

static void consider(const view *v, choices *all, int64_t left, int64_t right, double aside)
{
    double bound = all->n == N_CHOICES ? all->items[N_CHOICES - 1].cost : HUGE_VAL;
    if (aside >= bound)
        return;
    double cost = aside + sb_timbre_distance(&v->timbres[left], &v->timbres[right]) +
                  COST_OF_LEVEL * fmax(above_room(v, left), above_room(v, right));
    if (cost < bound)
        add_choice(all, (choice){left, right, aside, cost});
}

/* Returns the length that the two pauses together lack; room tone fills it. */
static int64_t missing_pause(const sb_splicer *s, const sb_splice_spot *spot)
{
    int64_t there = spot->first - spot->before + spot->after - spot->last;
    return s->tone && spot->pause - there > ms(s, 2 * FADE_MS) ? spot->pause - there : 0;
}

static double cost_of_pause(const view *v, int64_t left, int64_t right)
{
    const sb_splice_spot *spot = v->spot;
    double wanted = in_ms(v, spot->pause - missing_pause(v->s, spot));
    double kept = in_ms(v, sample_of(v, left) - spot->before + spot->after - sample_of(v, right));
    return COST_OF_PAUSE * fmax(fabs(kept - wanted) - 15 - 0.15 * wanted, 0);
}

static void search_pauses(const view *v, choices *all)
{
    const sb_splice_spot *spot = v->spot;
    int64_t slack = ms(v->s, INTO_WORD_MS), deep = ms(v->s, INTO_DROP_MS), most = ms(v->s, KEPT_PAUSE_MS);
    int64_t first_end = spot->first + deep < spot->before + most ? spot->first + deep : spot->before + most;
    int64_t last_start = spot->last - deep > spot->after - most ? spot->last - deep : spot->after - most;
    for (int64_t l = index_of(v, spot->before - slack); l <= index_of(v, first_end); l++)
        for (int64_t r = index_of(v, last_start); r <= index_of(v, spot->after + slack); r++)
            if (r > l)
                consider(v, all, l, r,
                         cost_of_pause(v, l, r) + inside(v, sample_of(v, l), spot->before, spot->first) +
                             inside(v, sample_of(v, r), spot->last, spot->after));
}

/* Tries equal positions in two copies of a word. */
static void search_twins(const view *v, choices *all)
{
    for (size_t i = 0; i < v->spot->n_twins; i++) {
        const sb_splice_twin *twin = &v->spot->twins[i];
        int64_t reach = ms(v->s, TWIN_MS) / v->hop;
        for (int64_t l = index_of(v, twin->start); l <= index_of(v, twin->end); l++) {
            int64_t same = index_of(v, sample_of(v, l) + twin->again - twin->start);
            for (int64_t r = same - reach; r <= same + reach; r++)
                if (r > l && r < v->n_timbres)
                    consider(v, all, l, r, 0);
        }
    }
}

/* Shifts `right` by up to FINE_MS to where the crossfaded sounds correlate best. */
static double fit(const view *v, int64_t left, int64_t *right, int64_t fade)
{
    const float *a = v->samples + (left - v->at) - fade / 2;
    int64_t reach = ms(v->s, FINE_MS), best = 0;
    double highest = -2;
    for (int64_t shift = -reach; shift <= reach; shift++) {
        int64_t from = *right + shift - v->at - fade / 2;
        if (from < 0 || from + fade > v->n)
            continue;
        const float *b = v->samples + from;
        double ab = 0, aa = 1e-12, bb = 1e-12;
        for (int64_t i = 0; i < fade; i++) {
            ab += (double)(a[i] * b[i]);
            aa += (double)(a[i] * a[i]);
            bb += (double)(b[i] * b[i]);
        }
        double r = ab / sqrt(aa * bb);
        if (r > highest + 1e-9 || (r > highest - 1e-9 && llabs(shift) < llabs(best))) {
            highest = r;
            best = shift;
        }
    }
    *right += best;
    return highest;
}

/* Renders `half` samples on each side of the join. If `tone` is not NULL, it replaces the right side, or the
 * left side with `leaves_tone`. */
static void render(const view *v, const sb_splice *splice, float *out, int64_t half, const float *tone,
                   bool leaves_tone)
{
    double r = tone ? 0 : splice->correlation;
    for (int64_t i = -half; i < half; i++) {
        float left = leaves_tone ? tone[i + half] : v->samples[splice->from + i - v->at];
        float right = tone && !leaves_tone ? tone[i + half] : v->samples[splice->until + i - v->at];
        int64_t in_fade = i + splice->fade / 2;
        if (in_fade < 0 || in_fade >= splice->fade) {
            out[i + half] = in_fade < 0 ? left : right;
            continue;
        }
        sb_splice_weights w = sb_splice_weigh(in_fade, splice->fade, r);
        out[i + half] = w.out * left + w.in * right;
    }
}

static sb_status make_tone(float **out, const sb_splicer *s, const sb_splice *splice, size_t n, sb_error *err)
{
    int channels = s->raw->channels;
    float **planes = sb_planes_alloc(channels, n), *tone = *out = calloc(n, sizeof *tone);
    if (!planes || !tone) {
        sb_planes_free(planes);
        return sb_error_memory(err, "editing a clip");
    }
    sb_room_tone_fill(s->tone, planes, n, (uint64_t)splice->from);
    sb_mix_channels(&tone, 1, (const float *const *)planes, channels, 0, n);
    sb_planes_free(planes);
    return SB_OK;
}

/* Measures the change of the sound at the join. For a filled gap, the larger of its two ends counts. */
static sb_status try_out(double *change, const view *v, sb_splicer *s, const sb_splice *splice, sb_error *err)
{
    int64_t half = sb_splicer_reach(s);
    float *tone = NULL, *joined = malloc(2 * sizeof *joined * (size_t)half);
    sb_status status = joined ? SB_OK : sb_error_memory(err, "editing a clip");
    if (!status && splice->fill)
        status = make_tone(&tone, s, splice, 2 * (size_t)half, err);
    if (!status) {
        render(v, splice, joined, half, tone, false);
        *change = sb_splicer_change(s, joined);
    }
    if (!status && tone) {
        render(v, splice, joined, half, tone, true);
        *change = fmax(*change, sb_splicer_change(s, joined));
    }
    free(joined);
    free(tone);
    return status;
}

static bool is_quiet(const view *v, const choice *c)
{
    return above_room(v, c->left) < QUIET_DB && above_room(v, c->right) < QUIET_DB;
}

static void settle_splice(const view *v, sb_splice *out, const choice *c, int64_t fill)
{
    const sb_splicer *s = v->s;
    bool in_twin = sample_of(v, c->left) > v->spot->first + ms(s, INTO_DROP_MS);
    *out = (sb_splice){.from = sample_of(v, c->left), .until = sample_of(v, c->right), .correlation = NAN};
    out->fill = in_twin ? 0 : fill;
    out->fade = ms(s, is_quiet(v, c) && !out->fill ? PAUSE_FADE_MS : FADE_MS) & ~INT64_C(1);
    out->fade = out->fade < SB_CLIP_BLOCK ? out->fade : SB_CLIP_BLOCK;
    if (!out->fill)
        out->correlation = fit(v, out->from, &out->until, out->fade);
}

static bool fits(const view *v, const sb_splice *splice)
{
    int64_t reach = sb_splicer_reach(v->s);
    return splice->from - reach >= v->at && splice->until + reach <= v->at + v->n &&
           splice->until > splice->from && splice->from >= splice->fade &&
           splice->until + splice->fade <= (int64_t)v->s->raw->n_samples;
}

static sb_status choose_splice(sb_splice *out, const view *v, sb_splicer *s, const choices *all, int64_t fill,
                               sb_error *err)
{
    double least = HUGE_VAL;
    for (size_t i = 0; i < all->n; i++) {
        sb_splice splice;
        double change = 0;
        settle_splice(v, &splice, &all->items[i], fill);
        if (!fits(v, &splice))
            continue;
        sb_status status = try_out(&change, v, s, &splice, err);
        if (status)
            return status;
        if (change + all->items[i].aside >= least)
            continue;
        least = change + all->items[i].aside;
        splice.quality = sb_splicer_share(s, change);
        *out = splice;
    }
    return SB_OK;
}

sb_status sb_splice_find(sb_splice *out, sb_splicer *s, const sb_splice_spot *spot, sb_error *err)
{
    view v;
    choices all = {.n = 0};
    *out = (sb_splice){0};
    if (spot->after - spot->before > ms(s, LONGEST_MS))
        return SB_OK;
    sb_status status = open_view(&v, s, spot, err);
    if (!status) {
        search_pauses(&v, &all);
        search_twins(&v, &all);
        status = choose_splice(out, &v, s, &all, missing_pause(s, spot), err);
    }
    free(v.samples);
    free(v.timbres);
    return status;
}
