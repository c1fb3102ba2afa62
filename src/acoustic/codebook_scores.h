/* The scores of a codebook's senones in a block of frames, for vector registers of LANES numbers.
 * senones.c includes this file once for each width. NAMED gives the names of a width, TARGET the processor
 * attribute. All three are undefined at the end. */

#define lanes           NAMED(lanes)
#define marks           NAMED(marks)
#define packed_marks    NAMED(packed_marks)
#define take_most       NAMED(take_most)
#define measure         NAMED(measure)
#define subtract_square NAMED(subtract_square)
#define mark_above      NAMED(mark_above)
#define list_marked     NAMED(list_marked)
#define exponentiate    NAMED(exponentiate)
#define take_log        NAMED(take_log)
#define list_likely     NAMED(list_likely)
#define weigh           NAMED(weigh)
#define INLINE          static inline __attribute__((TARGET always_inline))

typedef float lanes __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t marks __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef uint8_t packed_marks __attribute__((vector_size(LANES), aligned(1), may_alias));

INLINE void take_most(lanes *most, const lanes *other)
{
    marks more = *other > *most;
    *most = (lanes)((more & (marks)*other) | (~more & (marks)*most));
}

INLINE void subtract_square(lanes *sum, float x, const lanes *mean, const lanes *half_precision)
{
    lanes off = x - *mean;
    *sum -= off * off * *half_precision;
}

/* The exponents of all densities in each frame of a block, and the largest of each lane. Each Gaussian is
 * read once for all frames. The frames are written out, so that their sums stay in registers. */
INLINE void measure(float out[FRAMES][SB_DENSITIES_MAX], lanes most[FRAMES], const stream_gaussians *g,
                    const float *const x[FRAMES])
{
    _Static_assert(FRAMES == 4, "one sum for each frame");
    const float *x0 = x[0], *x1 = x[1], *x2 = x[2], *x3 = x[3];
    for (size_t first = 0; first < g->width; first += LANES) {
        const float *means = g->mean + first, *half_precisions = g->half_precision + first;
        lanes sum0 = *(const lanes *)(g->constant + first), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (size_t d = 0; d < g->n_dims; d++, means += g->width, half_precisions += g->width) {
            lanes mean = *(const lanes *)means, half_precision = *(const lanes *)half_precisions;
            subtract_square(&sum0, x0[d], &mean, &half_precision);
            subtract_square(&sum1, x1[d], &mean, &half_precision);
            subtract_square(&sum2, x2[d], &mean, &half_precision);
            subtract_square(&sum3, x3[d], &mean, &half_precision);
        }
        const lanes sums[FRAMES] = {sum0, sum1, sum2, sum3};
        for (int f = 0; f < FRAMES; f++) {
            *(lanes *)(out[f] + first) = sums[f];
            if (first == 0)
                most[f] = sums[f];
            else
                take_most(&most[f], &sums[f]);
        }
    }
}

INLINE int mark_above(density_set *set, const float *exponent, size_t width, float least)
{
    int n = 0;
    for (size_t p = 0; p < SET_PARTS && p * SET_BLOCKS * SB_LANES < width; p++) {
        uint8_t blocks[SB_LANES];
        for (size_t lane = 0; lane < SB_LANES; lane += LANES) {
            const float *from = exponent + p * SET_BLOCKS * SB_LANES + lane;
            size_t left = width - p * SET_BLOCKS * SB_LANES;
            marks all = {0};
            for (size_t i = 0; i < SET_BLOCKS && i * SB_LANES < left; i++)
                all |= (*(const lanes *)(from + i * SB_LANES) >= least) & (1 << i);
            *(packed_marks *)(blocks + lane) = __builtin_convertvector(all, packed_marks);
        }
        memcpy(set->words[p], blocks, sizeof blocks);
        for (size_t w = 0; w < SET_WORDS; w++)
            n += __builtin_popcountll(set->words[p][w]);
    }
    return n;
}

INLINE void list_marked(density_list *list, const density_set *set, size_t width)
{
    list->n = 0;
    for (size_t p = 0; p < SET_PARTS && p * SET_BLOCKS * SB_LANES < width; p++)
        for (size_t w = 0; w < SET_WORDS; w++)
            for (uint64_t left = first_byte_lowest(set->words[p][w]); left && list->n < KEPT;
                 left &= left - 1) {
                size_t bit = (size_t)__builtin_ctzll(left), block = p * SET_BLOCKS + bit % 8;
                list->density[list->n++] = (uint8_t)(block * SB_LANES + w * 8 + bit / 8);
            }
}

/* For numbers from -8 to 0, in single precision: a polynomial after Moshier (Cephes, 1992). Its steps are
 * the same on every machine. */
INLINE void exponentiate(lanes *x)
{
    marks whole = __builtin_convertvector(*x * 1.44269504f - 0.5f, marks);
    lanes n = __builtin_convertvector(whole, lanes), r = *x - n * 0.693359375f - n * -2.12194440e-4f;
    lanes y = r * 1.9875691500e-4f + 1.3981999507e-3f;
    y = y * r + 8.3334519073e-3f;
    y = y * r + 4.1665795894e-2f;
    y = y * r + 1.6666665459e-1f;
    y = y * r + 5.0000001201e-1f;
    y = y * r * r + r + 1.0f;
    *x = y * (lanes)((whole + 127) << 23);
}

/* For positive numbers, after the same author. */
INLINE void take_log(lanes *x)
{
    marks bits = (marks)*x, exponent = (bits >> 23) - 126;
    lanes m = (lanes)((bits & 0x7fffff) | 0x3f000000);
    marks low = m < 0.707106781f;
    exponent += low;
    m = m - 1.0f + (lanes)(low & (marks)m);
    lanes e = __builtin_convertvector(exponent, lanes), z = m * m;
    lanes y = m * 7.0376836292e-2f - 1.1514610310e-1f;
    y = y * m + 1.1676998740e-1f;
    y = y * m - 1.2420140846e-1f;
    y = y * m + 1.4249322787e-1f;
    y = y * m - 1.6668057665e-1f;
    y = y * m + 2.0000714765e-1f;
    y = y * m - 2.4999993993e-1f;
    y = y * m + 3.3333331174e-1f;
    y = y * m * z + e * -2.12194440e-4f - z * 0.5f;
    *x = m + y + e * 0.693359375f;
}

/* The best densities with their shares. */
INLINE void list_likely(density_list *list, const float *exponent, const lanes *most, size_t width)
{
    density_set set;
    float depth = DEPTH;
    list->best = (*most)[0];
    for (int k = 1; k < LANES; k++)
        list->best = (*most)[k] > list->best ? (*most)[k] : list->best;
    while (mark_above(&set, exponent, width, list->best - depth) > KEPT && depth > NARROW)
        depth *= 0.5f;
    list_marked(list, &set, width);
    for (int i = 0; i < KEPT; i++)
        list->share[i] = i < list->n ? exponent[list->density[i]] - list->best : 0;
    for (int i = 0; i < KEPT; i += LANES)
        exponentiate((lanes *)(list->share + i));
}

/* The chosen senones of a codebook in one frame: weighted sum over the densities of each stream, product
 * over the streams. */
INLINE void weigh(float *score, const sb_acoustic_model *m, const chosen_codebook *c,
                  const density_list *lists)
{
    float exponent = 0;
    lanes least = {0};
    least += FLT_MIN;
    for (int stream = 0; stream < m->n_streams; stream++)
        exponent += lists[stream].best;
    for (size_t slot = 0; slot < c->n_slots; slot += LANES) {
        lanes product = {0};
        product += 1.0f;
        for (int stream = 0; stream < m->n_streams; stream++) {
            const float *weights = c->weights + (size_t)stream * m->n_densities * c->n_slots + slot;
            lanes sum = {0};
            for (int i = 0; i < lists[stream].n; i++)
                sum += lists[stream].share[i] *
                       *(const lanes *)(weights + lists[stream].density[i] * (size_t)c->n_slots);
            product *= sum;
        }
        take_most(&product, &least);
        take_log(&product);
        *(lanes *)(score + slot) = product + exponent;
    }
}

__attribute__((TARGET noinline)) static void NAMED(score_codebook)(sb_scorer *s, size_t codebook)
{
    const sb_acoustic_model *m = s->model;
    const sb_codebook c = sb_codebook_at(m, codebook);
    density_list *lists = s->lists + codebook * FRAMES * (size_t)m->n_streams;
    for (int i = 0; i < m->n_streams; i++) {
        size_t first = (size_t)m->first_dim[i], row = first * m->n_densities;
        const stream_gaussians g = {c.constant + (size_t)i * m->n_densities, c.mean + row,
                                    c.half_precision + row, m->n_densities,
                                    (size_t)m->first_dim[i + 1] - first};
        const float *x[FRAMES];
        float exponent[FRAMES][SB_DENSITIES_MAX];
        lanes most[FRAMES];
        for (int f = 0; f < FRAMES; f++)
            x[f] = s->block[f] + first;
        measure(exponent, most, &g, x);
        for (int f = 0; f < FRAMES; f++)
            list_likely(&lists[f * m->n_streams + i], exponent[f], &most[f], g.width);
    }
    for (int f = 0; f < FRAMES; f++)
        weigh(s->score + (size_t)f * s->n_slots + s->codebooks[codebook].first_slot, m,
              &s->codebooks[codebook], lists + f * m->n_streams);
}

#undef lanes
#undef marks
#undef packed_marks
#undef take_most
#undef measure
#undef subtract_square
#undef mark_above
#undef list_marked
#undef exponentiate
#undef take_log
#undef list_likely
#undef weigh
#undef INLINE
#undef LANES
#undef NAMED
#undef TARGET
