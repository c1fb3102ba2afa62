/* boundary-examples LIST OUT: writes training examples for the boundary model.
 *
 * boundary-examples --weights: prints the built-in weights in the form that --boundary-model reads.
 *
 * LIST has one line per file: the sound, a tab, its labels. Labels are lines of start, end (seconds), speaker
 * and word, separated by tabs, in spoken order. The words are aligned as the program does. Each word start
 * and end gives a line of OUT.tsv: number of the file in the list, speaker, word, start or end, context, and
 * four times in seconds: of the first candidate, aligned, labelled and refined. OUT.levels gets the model's
 * input for it: 120 frames of 11 bands in hundredths of a decibel, as 16-bit integers. Files that cannot be
 * used are reported on standard error and left out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acoustic/acoustic.h"
#include "acoustic/boundary/boundary.h"
#include "align/acoustic/acoustic_aligner.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "columns.h"
#include "soundbite/media.h"

#define CHUNK_S  20.0 /* of speech aligned in one piece */
#define PIECE_S  5.0  /* minimum, unless it is the last piece */
#define MARGIN_S 0.5  /* of sound before and after the words of a chunk */

typedef struct label {
    char *word, *speaker;
    double start, end;
} label;

typedef struct recording {
    const char *path;
    size_t number;
    const sb_acoustic_model *model;
    label *labels;
    size_t n_labels, capacity;
    sb_features features;
    sb_lexicon lexicon;
} recording;

typedef struct outputs {
    FILE *table, *levels;
    size_t n_examples;
} outputs;

static void finish(recording *r)
{
    for (size_t i = 0; i < r->n_labels; i++) {
        free(r->labels[i].word);
        free(r->labels[i].speaker);
    }
    free(r->labels);
    sb_features_finish(&r->features);
    sb_lexicon_finish(&r->lexicon);
}

static bool read_number(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end > text && *end == '\0' && isfinite(*out) && *out >= 0;
}

static sb_status read_label(recording *r, char *line, const char *path, int64_t number, sb_error *err)
{
    char *fields[4];
    label l = {0};
    if (!split_columns(line, fields, 4) || !read_number(fields[0], &l.start) ||
        !read_number(fields[1], &l.end))
        return sb_error_set_at(err, SB_ERR_FORMAT, path, number, 1,
                               "is not a label; write start s, end s, speaker and word, separated by tabs");
    if (l.end <= l.start || (r->n_labels > 0 && l.start < r->labels[r->n_labels - 1].start))
        return sb_error_set_at(err, SB_ERR_FORMAT, path, number, 1,
                               "goes back in time; write the labels in the order of the words");
    if (!sb_text_is_spoken(fields[3]))
        return SB_OK;
    bool ok = sb_grow(&r->labels, r->n_labels, &r->capacity, sizeof *r->labels);
    if (!ok)
        return sb_error_memory(err, "training");
    l.speaker = sb_copy_text(fields[2], &ok);
    l.word = sb_copy_text(fields[3], &ok);
    r->labels[r->n_labels++] = l;
    return ok ? SB_OK : sb_error_memory(err, "training");
}

static sb_status read_labels(recording *r, const char *path, sb_error *err)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    sb_status status = SB_OK;
    if (!file)
        return sb_error_set_at(err, SB_ERR_IO, path, 0, 0, "cannot be opened");
    for (int64_t number = 1; status == SB_OK && getline(&line, &room, file) >= 0; number++)
        if (line[0] != '#' && line[0] != '\n')
            status = read_label(r, line, path, number, err);
    free(line);
    fclose(file);
    if (status == SB_OK && r->n_labels == 0)
        status = sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "has no labels");
    return status;
}

static sb_status push_all(sb_features_maker *maker, sb_decoder *decoder, sb_error *err)
{
    for (;;) {
        sb_pcm block;
        sb_status status = sb_decoder_read(decoder, &block, err);
        if (status != SB_OK || block.n_samples == 0)
            return status;
        status = sb_features_push(maker, block.planes, block.n_samples, err);
        if (status != SB_OK)
            return status;
    }
}

static sb_status hear(recording *r, sb_error *err)
{
    sb_decoder *decoder = NULL;
    sb_features_maker *maker = NULL;
    sb_status status = sb_decoder_open(&decoder, r->path, NULL, err);
    if (status == SB_OK)
        status = sb_features_maker_create(&maker, sb_decoder_info(decoder)->sample_rate,
                                          sb_decoder_info(decoder)->channels, NULL, err);
    if (status == SB_OK)
        status = push_all(maker, decoder, err);
    if (status == SB_OK)
        status = sb_features_end(maker, &r->features, err);
    sb_features_maker_free(&maker);
    sb_decoder_free(&decoder);
    return status;
}

static sb_status pronounce(recording *r, sb_error *err)
{
    const char **words = calloc(r->n_labels, sizeof *words);
    if (!words)
        return sb_error_memory(err, "training");
    for (size_t i = 0; i < r->n_labels; i++)
        words[i] = r->labels[i].word;
    const sb_lexicon_params params = {.dictionary = sb_acoustic_model_dictionary()};
    sb_status status = sb_lexicon_make(&r->lexicon, words, r->n_labels, &params, err);
    free(words);
    return status;
}

/* Aligns the labels [first, end) to `sound`. `words` has one element per label. Only this function uses the
 * aligner. */
static sb_status align(sb_heard_word *words, const recording *r, size_t first, size_t end, sb_span sound,
                       sb_error *err)
{
    sb_chunk chunk = {.own = {first, end}, .heard = {{first, end}}, .sound = {sound}};
    const sb_chunks chunks = {.items = &chunk, .n_items = 1};
    const sb_listen_params params = {
        .model = r->model, .lexicon = &r->lexicon, .features = &r->features, .unrefined = true};
    return sb_listen(words, &chunks, &params, err);
}

/* Writes one of the two edges of a word. */
typedef struct edge {
    sb_refined_edges boundary;
    sb_time aligned;
    double labelled;
} edge;

static void write_edge(outputs *out, const recording *r, const sb_boundary_scale *scale, const label *l,
                       edge e)
{
    sb_boundary_sight sight;
    int16_t levels[SB_BOUNDARY_SEEN * SB_BANDS];
    if (!sb_boundary_look(&sight, &r->features.levels, scale, e.boundary, e.aligned))
        return;
    for (size_t i = 0; i < SB_BOUNDARY_SEEN; i++)
        for (size_t band = 0; band < SB_BANDS; band++)
            levels[i * SB_BANDS + band] = (int16_t)lrintf(100 * sight.level_db[i][band]);
    sb_time refined = sb_boundary_refine(NULL, &r->features.levels, scale, e.boundary, e.aligned, NULL);
    fprintf(out->table, "%zu\t%s\t%s\t%s\t%d\t%.9f\t%.9f\t%.9f\t%.9f\n", r->number, l->speaker, l->word,
            e.boundary.is_end ? "end" : "start", sight.context, sight.first_s, sb_time_to_seconds(e.aligned),
            e.labelled, sb_time_to_seconds(refined));
    fwrite(levels, sizeof levels, 1, out->levels);
    out->n_examples++;
}

static bool measure(sb_boundary_scale *scale, const recording *r, const sb_heard_word *words, size_t n)
{
    sb_span *spans = calloc(n + 1, sizeof *spans);
    size_t n_spans = 0;
    for (size_t i = 0; spans && i < n; i++)
        if (words[i].heard)
            spans[n_spans++] = words[i].span;
    bool measured = spans && sb_boundary_scale_set(scale, &r->features.levels, spans, n_spans);
    free(spans);
    return measured;
}

static void write_words(outputs *out, const recording *r, const label *labels, const sb_heard_word *words,
                        size_t n)
{
    sb_boundary_scale scale;
    if (!measure(&scale, r, words, n))
        return;
    for (size_t i = 0; i < n; i++) {
        const sb_heard_word *w = &words[i];
        if (!w->heard)
            continue;
        write_edge(out, r, &scale, &labels[i],
                   (edge){{false, w->before_class, w->first_class}, w->span.start, labels[i].start});
        write_edge(out, r, &scale, &labels[i],
                   (edge){{true, w->last_class, w->after_class}, w->span.end, labels[i].end});
    }
}

/* Returns the end of the chunk that begins with label `first`. Chunks are divided at the longest pause near
 * their end. */
static size_t chunk_end(const recording *r, size_t first)
{
    double begin = r->labels[first].start, widest = -HUGE_VAL;
    size_t best = first + 1, end = first + 1;
    for (; end < r->n_labels && r->labels[end].end - begin <= CHUNK_S; end++) {
        double gap = r->labels[end].start - r->labels[end - 1].end;
        if (gap >= widest && r->labels[end - 1].end - begin >= PIECE_S) {
            widest = gap;
            best = end;
        }
    }
    return end == r->n_labels ? end : best;
}

static double between(const recording *r, size_t before, size_t after)
{
    return (r->labels[before].end + r->labels[after].start) / 2;
}

static sb_span chunk_sound(const recording *r, size_t first, size_t end)
{
    double from = r->labels[first].start - MARGIN_S, until = r->labels[end - 1].end + MARGIN_S;
    from = first > 0 ? fmax(from, between(r, first - 1, first)) : fmax(from, 0);
    until = end < r->n_labels ? fmin(until, between(r, end - 1, end)) : until;
    return (sb_span){sb_time_from_seconds(from), sb_time_from_seconds(fmax(from, until))};
}

static sb_status take_chunks(outputs *out, const recording *r, sb_error *err)
{
    sb_heard_word *words = calloc(r->n_labels, sizeof *words);
    sb_status status = words ? SB_OK : sb_error_memory(err, "training");
    for (size_t first = 0, end; status == SB_OK && first < r->n_labels; first = end) {
        end = chunk_end(r, first);
        status = align(words, r, first, end, chunk_sound(r, first, end), err);
        if (status == SB_OK)
            write_words(out, r, r->labels + first, words + first, end - first);
    }
    free(words);
    return status;
}

static sb_status take_recording(outputs *out, const sb_acoustic_model *model, const char *sound,
                                const char *labels, size_t number, sb_error *err)
{
    recording r = {.path = sound, .number = number, .model = model};
    sb_status status = read_labels(&r, labels, err);
    if (status == SB_OK)
        status = hear(&r, err);
    if (status == SB_OK)
        status = pronounce(&r, err);
    if (status == SB_OK)
        status = take_chunks(out, &r, err);
    finish(&r);
    return status;
}

static void tell(const sb_error *err)
{
    char text[1024];
    sb_error_print(text, sizeof text, err);
    fprintf(stderr, "boundary-examples: %s\n", text);
}

static int take_list(outputs *out, const sb_acoustic_model *model, FILE *list)
{
    char *line = NULL, *fields[2];
    size_t room = 0;
    for (size_t number = 0; getline(&line, &room, list) >= 0; number++) {
        sb_error err = {0};
        if (!split_columns(line, fields, 2))
            sb_error_set(&err, SB_ERR_FORMAT, "line %zu of the list has no tab", number + 1);
        else
            take_recording(out, model, fields[0], fields[1], number, &err);
        if (err.status != SB_OK)
            tell(&err);
    }
    free(line);
    return out->n_examples > 0 ? 0 : 1;
}

static FILE *open_output(const char *base, const char *extension)
{
    char *path = sb_text_print("%s%s", base, extension);
    FILE *file = path ? fopen(path, "wb") : NULL;
    if (!file)
        fprintf(stderr, "boundary-examples: %s%s cannot be written\n", base, extension);
    free(path);
    return file;
}

static int make_examples(const char *list_path, const char *base)
{
    FILE *list = fopen(list_path, "r");
    outputs out = {.table = open_output(base, ".tsv"), .levels = open_output(base, ".levels")};
    sb_acoustic_model *model = NULL;
    sb_error err = {0};
    int code = 1;
    if (sb_acoustic_model_open(&model, sb_acoustic_model_folder(), &err) != SB_OK)
        tell(&err);
    if (model && list && out.table && out.levels)
        code = take_list(&out, model, list);
    if (!list)
        fprintf(stderr, "boundary-examples: %s cannot be opened\n", list_path);
    sb_acoustic_model_free(&model);
    bool bad = (out.table && ferror(out.table)) || (out.levels && ferror(out.levels));
    bad |= out.table && fclose(out.table) != 0;
    bad |= out.levels && fclose(out.levels) != 0;
    if (list)
        fclose(list);
    return bad ? 1 : code;
}

static int print_weights(void)
{
    sb_bytes bytes = {0};
    sb_status status = sb_boundary_weights_write(&bytes, NULL, NULL);
    bool written = status == SB_OK && fwrite(bytes.data, bytes.size, 1, stdout) == 1;
    sb_bytes_finish(&bytes);
    return written && fflush(stdout) == 0 ? 0 : 1;
}

int main(int n_arguments, char **arguments)
{
    if (n_arguments == 2 && strcmp(arguments[1], "--weights") == 0)
        return print_weights();
    if (n_arguments == 3)
        return make_examples(arguments[1], arguments[2]);
    fprintf(stderr, "usage: boundary-examples LIST OUT | --weights\n");
    return 2;
}
