#include "align/again/again.h"

#include "align/words/words.h"
#include "base/run/run.h"
#include "media/media.h"
#include "soundbite/media.h"

#include <stdlib.h>

#define MEAN_FRAMES 300 /* on each side of a span, for the mean of the voice */

void sb_sound_pieces_finish(sb_sound_pieces *pieces)
{
    for (size_t i = 0; i < pieces->n_items; i++)
        sb_features_finish(&pieces->items[i].features);
    free(pieces->items);
    *pieces = (sb_sound_pieces){0};
}

static int by_start(const void *a, const void *b)
{
    sb_time x = ((const sb_sound_piece *)a)->span.start, y = ((const sb_sound_piece *)b)->span.start;
    return x < y ? -1 : x > y;
}

/* Joins pieces that overlap. */
static void join_pieces(sb_sound_pieces *pieces)
{
    size_t n = 0;
    for (size_t i = 0; i < pieces->n_items; i++) {
        sb_span span = pieces->items[i].span;
        sb_span *last = n > 0 ? &pieces->items[n - 1].span : NULL;
        if (!last || span.start > last->end)
            pieces->items[n++].span = span;
        else if (span.end > last->end)
            last->end = span.end;
    }
    pieces->n_items = n;
}

sb_status sb_sound_pieces_plan(sb_sound_pieces *out, const sb_span *spans, size_t n_spans, sb_error *err)
{
    *out = (sb_sound_pieces){.items = calloc(n_spans + 1, sizeof *out->items)};
    if (!out->items)
        return sb_error_memory(err, "hearing words again");
    for (size_t i = 0; i < n_spans; i++) {
        sb_time start = spans[i].start - SB_PIECE_MARGIN;
        out->items[out->n_items++].span = (sb_span){start > 0 ? start : 0, spans[i].end + SB_PIECE_MARGIN};
    }
    if (out->n_items > 0)
        qsort(out->items, out->n_items, sizeof *out->items, by_start);
    join_pieces(out);
    return SB_OK;
}

/* Samples [at, end) of the file are wanted. */
static sb_status push_part(sb_features_maker *maker, const sb_pcm *block, int64_t at, int64_t end,
                           sb_error *err)
{
    const float *planes[SB_CHANNELS_MAX];
    int64_t skip = at > block->first_sample ? at - block->first_sample : 0;
    int64_t n = (int64_t)block->n_samples < end - block->first_sample ? (int64_t)block->n_samples
                                                                      : end - block->first_sample;
    if (n <= skip)
        return SB_OK;
    for (int c = 0; c < block->channels; c++)
        planes[c] = block->planes[c] + skip;
    return sb_features_push(maker, planes, (size_t)(n - skip), err);
}

static sb_status decode_samples(sb_features_maker *maker, sb_decoder *decoder, int64_t at, int64_t end,
                                sb_error *err)
{
    for (int64_t next = at; next < end;) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status || block.n_samples == 0)
            return status;
        status = push_part(maker, &block, at, end, err);
        if (status)
            return status;
        next = block.first_sample + (int64_t)block.n_samples;
    }
    return SB_OK;
}

static sb_status decode_piece(sb_sound_piece *piece, sb_decoder *decoder, bool seek_safe,
                              const sb_front_end *front_end, sb_error *err)
{
    const sb_media_info *info = sb_decoder_info(decoder);
    int64_t at = sb_time_to_samples(piece->span.start, info->sample_rate);
    int64_t end = sb_time_to_samples(piece->span.end, info->sample_rate);
    sb_features_maker *maker = NULL;
    sb_status status = sb_decoder_seek(decoder, at, seek_safe, err);
    if (!status)
        status = sb_features_maker_create(&maker, info->sample_rate, info->channels, front_end, err);
    if (!status)
        status = decode_samples(maker, decoder, at, end, err);
    if (!status)
        status = sb_features_end(maker, &piece->features, err);
    sb_features_maker_free(&maker);
    return status;
}

sb_status sb_sound_pieces_decode(sb_sound_pieces *pieces, const char *path, const sb_media_params *media,
                                 bool seek_safe, const sb_front_end *front_end, sb_error *err)
{
    sb_decoder *decoder = NULL;
    if (pieces->n_items == 0)
        return SB_OK;
    sb_status status = sb_decoder_open(&decoder, path, media, err);
    for (size_t i = 0; !status && i < pieces->n_items; i++)
        status = decode_piece(&pieces->items[i], decoder, seek_safe, front_end, err);
    sb_decoder_free(&decoder);
    return status;
}

const sb_sound_piece *sb_sound_piece_of(const sb_sound_pieces *pieces, sb_span span)
{
    for (size_t i = 0; i < pieces->n_items; i++)
        if (pieces->items[i].span.start <= span.start && span.end <= pieces->items[i].span.end)
            return &pieces->items[i];
    return NULL;
}

float (*sb_sound_vectors(const sb_sound_pieces *pieces, sb_span sound, size_t *n))[SB_VECTOR]
{
    const sb_sound_piece *piece = sb_sound_piece_of(pieces, sound);
    const sb_cepstra *cepstra = &piece->features.cepstra;
    size_t first = (size_t)((sound.start - piece->span.start) / SB_FRAME);
    size_t end = (size_t)((sound.end - piece->span.start) / SB_FRAME);
    float mean[SB_CEPSTRA];
    end = end < cepstra->n_frames ? end : cepstra->n_frames;
    *n = end > first ? end - first : 0;
    float(*out)[SB_VECTOR] = malloc((*n + 1) * sizeof *out);
    if (!out || *n == 0)
        return out;
    size_t from = first > MEAN_FRAMES ? first - MEAN_FRAMES : 0;
    size_t until = end + MEAN_FRAMES < cepstra->n_frames ? end + MEAN_FRAMES : cepstra->n_frames;
    sb_cepstra_mean(mean, cepstra, from, until);
    sb_vectors_make(out, cepstra, mean, first, *n);
    return out;
}
