#include "base/run/run.h"
#include "clip/montage/montage.h"
#include "clip/splice/splice.h"

#include <math.h>
#include <stdlib.h>

/* A part converted to the montage's rate and channels. */
typedef struct loaded {
    sb_montage_part *part;
    sb_clip_sound sound;
    sb_room_tone *tone; /* NULL if it has no usable pauses */
} loaded;

typedef struct composer {
    sb_montage *m;
    sb_clip_sound *whole;
    int rate, channels;
    float **planes; /* SB_CLIP_BLOCK samples each */
    uint64_t n_gaps;
    double last_gain_db;
} composer;

static int64_t scaled(int64_t samples, int from, int to)
{
    return (samples * to + from / 2) / from;
}

static bool follows(const sb_montage_part *after, const sb_montage_part *before)
{
    return after->alignment == before->alignment && after->words.first == before->words.end &&
           after->words.first > 0;
}

sb_montage_seam sb_montage_seam_between(const sb_montage *m, const sb_montage_part *before,
                                        const sb_montage_part *after, int rate)
{
    sb_montage_seam seam = {0};
    int64_t out = scaled(before->fade_out, before->rate, rate),
            in = scaled(after->fade_in, after->rate, rate);
    if (!m->is_crossfaded) {
        int64_t pause = after->from > before->until ? after->from - before->until : 0;
        bool goes_on = follows(after, before) && !m->has_gap;
        seam.gap = goes_on ? scaled(pause, after->rate, rate) : sb_time_to_samples(m->gap, rate);
    } else {
        int64_t room =
            sb_least_int64(scaled(before->tail, before->rate, rate), scaled(after->head, after->rate, rate));
        int64_t wanted = sb_least_int64(sb_time_to_samples(m->crossfade, rate), room);
        seam.is_crossfade = true;
        out = in = wanted > sb_least_int64(out, in) ? wanted : sb_least_int64(out, in);
    }
    seam.out = sb_least_int64(out, before->n_out / 2);
    seam.in = sb_least_int64(in, after->n_out / 2);
    if (seam.is_crossfade)
        seam.out = seam.in = sb_least_int64(seam.out, seam.in);
    return seam;
}

int64_t sb_montage_lay(sb_montage *m, int rate)
{
    int64_t end = 0;
    sb_montage_part *before = NULL;
    for (size_t i = 0; i < m->n_parts; i++) {
        sb_montage_part *part = &m->parts[i];
        if (!part->taken)
            continue;
        part->n_out = scaled((int64_t)part->piece.n_samples, part->rate, rate);
        part->at = end;
        if (before) {
            sb_montage_seam seam = sb_montage_seam_between(m, before, part, rate);
            part->at += seam.is_crossfade ? -seam.out : seam.gap;
        }
        end = part->at + part->n_out;
        before = part;
    }
    return end;
}

static void set_gain(composer *c, loaded *l)
{
    sb_join *join = &l->part->join;
    join->loudness_lufs = sb_loudness_meter_read_as(l->sound.meter, SB_LOUDNESS_INTEGRATED);
    if (c->m->clip->keep_level)
        c->last_gain_db = 0;
    else if (isfinite(join->loudness_lufs))
        c->last_gain_db = sb_loudness_gain(join->loudness_lufs, c->m->clip->loudness_lufs,
                                           sb_clip_max_gain_db(&l->sound.shape));
    join->gain_db = c->last_gain_db;
    l->part->gain = (float)pow(10, c->last_gain_db / 20);
}

/* Uses the part's pauses in the montage's samples. */
static sb_status make_tone(composer *c, loaded *l, sb_error *err)
{
    const sb_montage_part *part = l->part;
    sb_sample_span *quiet = calloc(part->n_quiet + 1, sizeof *quiet);
    if (!quiet)
        return sb_error_memory(err, "joining clips");
    for (size_t i = 0; i < part->n_quiet; i++)
        quiet[i] = (sb_sample_span){(size_t)scaled((int64_t)part->quiet[i].start, part->rate, c->rate),
                                    (size_t)scaled((int64_t)part->quiet[i].end, part->rate, c->rate)};
    sb_status status = sb_clip_pauses_tone(&l->tone, &l->sound.spool, c->rate, quiet, part->n_quiet, err);
    free(quiet);
    return status;
}

static void unload(loaded *l)
{
    sb_clip_sound_finish(&l->sound);
    sb_room_tone_free(&l->tone);
    *l = (loaded){0};
}

static sb_status load(composer *c, loaded *l, sb_montage_part *part, sb_error *err)
{
    *l = (loaded){.part = part};
    sb_clip_shape shape = {.rate_in = part->rate,
                           .channels_in = part->piece.channels,
                           .rate_out = c->rate,
                           .channels_out = c->channels,
                           .speakers = part->speakers,
                           .n_in = (int64_t)part->piece.n_samples};
    sb_status status = sb_clip_sound_init(&l->sound, &shape, err);
    if (!status)
        status = sb_clip_sound_fill(&l->sound, &part->piece, err);
    if (status)
        return status;
    part->n_out = sb_least_int64(part->n_out, (int64_t)l->sound.spool.n_samples);
    set_gain(c, l);
    return c->m->is_crossfaded ? SB_OK : make_tone(c, l, err);
}

static sb_status push_body(composer *c, loaded *l, int64_t from, int64_t until, sb_error *err)
{
    sb_status status = SB_OK;
    for (int64_t at = from; !status && at < until; at += SB_CLIP_BLOCK) {
        size_t n = (size_t)sb_least_int64(until - at, SB_CLIP_BLOCK);
        status = sb_clip_spool_read(&l->sound.spool, c->planes, (size_t)at, n, err);
        for (int i = 0; !status && i < c->channels; i++)
            for (size_t j = 0; j < n; j++)
                c->planes[i][j] *= l->part->gain;
        if (!status)
            status = sb_clip_sound_push(c->whole, (const float *const *)c->planes, n, err);
    }
    return status;
}

/* The weight at sample `i` of an equal-power fade-in of `n` samples. The fade-out is rise(n - 1 - i, n). */
static float rise(int64_t i, int64_t n)
{
    if (i >= n)
        return 1;
    return i < 0 ? 0 : (float)sin(M_PI / 2 * ((double)i + 0.5) / (double)n);
}

/* Adds room tone that changes from one room to the other and fades with the edges of the pieces. */
static sb_status add_tone(composer *c, const sb_room_tone *tone, float gain, bool leaves,
                          float *const *planes, int64_t n, const sb_montage_seam *seam, sb_error *err)
{
    if (!tone)
        return SB_OK;
    float **fill = sb_planes_alloc(c->channels, (size_t)n);
    if (!fill)
        return sb_error_memory(err, "joining clips");
    sb_room_tone_fill(tone, fill, (size_t)n, c->n_gaps++);
    for (int64_t i = 0; i < n; i++) {
        float weight = gain * rise(i, seam->out) * rise(n - 1 - i, seam->in);
        weight *= leaves ? rise(n - 1 - i, n) : rise(i, n);
        for (int k = 0; k < c->channels; k++)
            planes[k][i] += weight * fill[k][i];
    }
    sb_planes_free(fill);
    return SB_OK;
}

/* Adds [from, from + n) of a piece, faded in or out, to `planes` from `to` on. */
static sb_status add_edge(composer *c, loaded *l, int64_t from, int64_t n, bool rising, float *const *planes,
                          int64_t to, sb_error *err)
{
    float **edge = sb_planes_alloc(c->channels, (size_t)n);
    sb_status status = edge ? sb_clip_spool_read(&l->sound.spool, edge, (size_t)from, (size_t)n, err)
                            : sb_error_memory(err, "joining clips");
    for (int k = 0; !status && k < c->channels; k++)
        for (int64_t i = 0; i < n; i++)
            planes[k][to + i] += l->part->gain * rise(rising ? i : n - 1 - i, n) * edge[k][i];
    sb_planes_free(edge);
    return status;
}

/* If one part has no room tone, the other's fills the gap. */
static sb_status add_tones(composer *c, loaded *before, loaded *after, float *const *planes, int64_t n,
                           const sb_montage_seam *seam, sb_error *err)
{
    const sb_room_tone *left = before->tone ? before->tone : after->tone;
    const sb_room_tone *right = after->tone ? after->tone : before->tone;
    float left_gain = before->tone ? before->part->gain : after->part->gain;
    float right_gain = after->tone ? after->part->gain : before->part->gain;
    sb_status status = add_tone(c, left, left_gain, true, planes, n, seam, err);
    return status ? status : add_tone(c, right, right_gain, false, planes, n, seam, err);
}

static sb_status push_seam(composer *c, loaded *before, loaded *after, const sb_montage_seam *seam,
                           sb_error *err)
{
    int64_t n = seam->is_crossfade ? seam->out : seam->out + seam->gap + seam->in;
    int64_t n_before = before->part->n_out;
    float **planes = sb_planes_alloc(c->channels, (size_t)n);
    sb_status status = planes ? SB_OK : sb_error_memory(err, "joining clips");
    if (!status && !seam->is_crossfade)
        status = add_tones(c, before, after, planes, n, seam, err);
    if (!status)
        status = add_edge(c, before, n_before - seam->out, seam->out, false, planes, 0, err);
    if (!status)
        status = add_edge(c, after, 0, seam->in, true, planes, n - seam->in, err);
    if (!status)
        status = sb_clip_sound_push(c->whole, (const float *const *)planes, (size_t)n, err);
    sb_planes_free(planes);
    return status;
}

static sb_montage_part *next_taken(sb_montage *m, size_t *i)
{
    while (*i < m->n_parts && !m->parts[*i].taken)
        (*i)++;
    return *i < m->n_parts ? &m->parts[(*i)++] : NULL;
}

static sb_status push_parts(composer *c, loaded *current, loaded *next, sb_error *err)
{
    size_t i = 0;
    int64_t from = 0;
    sb_montage_part *part = next_taken(c->m, &i);
    sb_status status = part ? load(c, current, part, err) : SB_OK;
    while (!status && (part = next_taken(c->m, &i)) != NULL) {
        if (sb_monitor_cancelled(c->m->call.monitor))
            return sb_error_set(err, SB_ERR_INTERRUPTED, "interrupted");
        status = load(c, next, part, err);
        if (status)
            break;
        sb_montage_seam seam = sb_montage_seam_between(c->m, current->part, part, c->rate);
        status = push_body(c, current, from, current->part->n_out - seam.out, err);
        if (!status)
            status = push_seam(c, current, next, &seam, err);
        unload(current);
        *current = *next;
        *next = (loaded){0};
        from = seam.in;
    }
    return status || !current->part ? status : push_body(c, current, from, current->part->n_out, err);
}

sb_status sb_montage_compose(sb_montage *m, sb_clip_sound *whole, sb_error *err)
{
    composer c = {.m = m, .whole = whole, .rate = whole->shape.rate_in, .channels = whole->shape.channels_in};
    loaded current = {0}, next = {0};
    c.planes = sb_planes_alloc(c.channels, SB_CLIP_BLOCK);
    if (!c.planes)
        return sb_error_memory(err, "joining clips");
    sb_status status = push_parts(&c, &current, &next, err);
    unload(&current);
    unload(&next);
    sb_planes_free(c.planes);
    return status ? status : sb_clip_sound_end(whole, err);
}
