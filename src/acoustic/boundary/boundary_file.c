#include "acoustic/boundary/boundary.h"
#include "base/json/json.h"
#include "base/run/run.h"
#include "base/text/text.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEIGHT_MAX 1e4  /* larger weights could overflow the sums; no training produces them */
#define STD_MIN    1e-4 /* inputs are divided by it */

/* The shape that boundary_model.c computes. It supports no other. */
static const struct {
    const char *key;
    double values[12];
    size_t n; /* 0: a single number */
} shape[] = {
    {"rate_hz", {16000}, 0},
    {"pre_emphasis", {1}, 0},
    {"window_samples", {200}, 0},
    {"hop_samples", {40}, 0},
    {"fft", {256}, 0},
    {"band_edges_bins", {1, 4, 7, 11, 16, 22, 30, 40, 54, 72, 96, 128}, 12},
    {"floor", {0.0001}, 0},
    {"candidates_each_side", {28}, 0},
    {"context_frames", {2, 4, 8, 16, 32}, 5},
    {"abs_context_frames", {4, 16, 32}, 3},
    {"level_context_frames", {4}, 0},
    {"offset_scale_s", {0.02}, 0},
    {"inputs", {SB_BOUNDARY_INPUTS + SB_BOUNDARY_OFFSETS}, 0},
    {"hidden", {SB_BOUNDARY_HIDDEN}, 0},
};
#define N_SHAPE (sizeof shape / sizeof *shape)

#define TABLE(key, member)                                                                                   \
    {                                                                                                        \
        key, offsetof(sb_boundary_weights, member), sizeof((sb_boundary_weights *)0)->member / sizeof(float) \
    }

/* Arrays of arrays are in the file row by row. */
static const struct {
    const char *key;
    size_t offset, n;
} tables[] = {TABLE("bias_s", bias_s),   TABLE("mean", mean),         TABLE("std", std),
              TABLE("w_hidden", hidden), TABLE("w_context", context), TABLE("w_out", out),
              TABLE("w_offset", offset)};
#define N_TABLES (sizeof tables / sizeof *tables)

static const char classes[] = "VSFZNL_";

typedef struct context_name {
    const char *edge;
    char left[2], right[2];
} context_name;

/* In the order of sb_boundary_weights. */
static context_name name_context(size_t i)
{
    size_t n_starts = SB_BOUNDARY_CONTEXTS / 2, n_right = i < n_starts ? 6 : 7, at = i % n_starts;
    return (context_name){
        i < n_starts ? "start" : "end", {classes[at / n_right], 0}, {classes[at % n_right], 0}};
}

typedef struct reader {
    const sb_json_doc *doc;
    const sb_json_value *root;
    const char *path;
    sb_error *err;
} reader;

static bool fail_at_key(const reader *r, const sb_json_value *where, const char *key, const char *what)
{
    int64_t line = 0, column = 0;
    bool placed = sb_json_is_array(where) || sb_json_is_object(where);
    sb_json_place(r->doc, placed ? where : r->root, &line, &column);
    sb_error_set_at(r->err, SB_ERR_FORMAT, r->path, line, column, "\"%s\" %s", key, what);
    return false;
}

static bool is_same_number(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(b);
}

static bool check_shape(const reader *r, size_t i)
{
    static const char what[] = "is for another version of the boundary model; train the model again";
    const sb_json_value *v = sb_json_member(r->root, shape[i].key);
    if (!v)
        return fail_at_key(r, r->root, shape[i].key, "is missing; is this a boundary model?");
    if (shape[i].n == 0)
        return is_same_number(sb_json_double(v), shape[i].values[0]) ||
               fail_at_key(r, r->root, shape[i].key, what);
    bool same = sb_json_length(v) == shape[i].n && sb_json_is_array(v);
    for (size_t k = 0; same && k < shape[i].n; k++)
        same = is_same_number(sb_json_double(sb_json_item(v, k)), shape[i].values[k]);
    return same || fail_at_key(r, v, shape[i].key, what);
}

static bool item_is_text(const sb_json_value *array, size_t index, const char *wanted)
{
    const char *text = sb_json_string(sb_json_item(array, index));
    return text && strcmp(text, wanted) == 0;
}

static bool check_contexts(const reader *r)
{
    const sb_json_value *v = sb_json_member(r->root, "contexts");
    bool same = sb_json_is_array(v) && sb_json_length(v) == SB_BOUNDARY_CONTEXTS;
    for (size_t i = 0; same && i < SB_BOUNDARY_CONTEXTS; i++) {
        context_name name = name_context(i);
        const sb_json_value *item = sb_json_item(v, i);
        same = sb_json_length(item) == 3 && item_is_text(item, 0, name.edge) &&
               item_is_text(item, 1, name.left) && item_is_text(item, 2, name.right);
    }
    return same ||
           fail_at_key(r, v, "contexts", "are not the 84 of the boundary model; train the model again");
}

static bool take_number(const reader *r, const sb_json_value *array, size_t table, size_t i, float *out)
{
    char what[128];
    double value = sb_json_double(sb_json_item(array, i));
    bool is_std = strcmp(tables[table].key, "std") == 0;
    if (fabs(value) <= WEIGHT_MAX && (!is_std || value >= STD_MIN)) {
        *out = (float)value;
        return true;
    }
    snprintf(what, sizeof what, "has a wrong number %zu of %zu; it must be %s", i + 1, tables[table].n,
             is_std ? "from 0.0001 to 10000" : "from -10000 to 10000");
    return fail_at_key(r, array, tables[table].key, what);
}

static bool take_table(const reader *r, size_t table, sb_boundary_weights *weights)
{
    char what[128];
    const sb_json_value *v = sb_json_member(r->root, tables[table].key);
    float *out = (float *)(void *)((char *)weights + tables[table].offset);
    if (!sb_json_is_array(v))
        return fail_at_key(r, r->root, tables[table].key, v ? "is not an array" : "is missing");
    snprintf(what, sizeof what, "has %zu numbers; %zu are needed", sb_json_length(v), tables[table].n);
    if (sb_json_length(v) != tables[table].n)
        return fail_at_key(r, v, tables[table].key, what);
    for (size_t i = 0; i < tables[table].n; i++)
        if (!take_number(r, v, table, i, &out[i]))
            return false;
    return true;
}

static bool take_all(const reader *r, sb_boundary_weights *weights)
{
    for (size_t i = 0; i < N_SHAPE; i++)
        if (!check_shape(r, i))
            return false;
    if (!check_contexts(r))
        return false;
    for (size_t i = 0; i < N_TABLES; i++)
        if (!take_table(r, i, weights))
            return false;
    return true;
}

sb_status sb_boundary_weights_read(sb_boundary_weights **out, const void *data, size_t size, const char *path,
                                   sb_error *err)
{
    *out = NULL;
    sb_error own = {0};
    sb_json_doc *doc = NULL;
    sb_status status = sb_json_read(&doc, data, size, path, err);
    if (status != SB_OK)
        return status;
    reader r = {doc, sb_json_root(doc), path, err ? err : &own};
    sb_boundary_weights *weights = calloc(1, sizeof *weights);
    if (!weights)
        status = sb_error_memory(err, "reading boundary weights");
    else if (!take_all(&r, weights))
        status = SB_ERR_FORMAT;
    if (status == SB_OK)
        *out = weights;
    else
        free(weights);
    sb_json_free(&doc);
    return status;
}

static void write_shape(sb_json_writer *w, size_t i)
{
    if (shape[i].n == 0) {
        double value = shape[i].values[0];
        sb_json_number(w, shape[i].key, value, value == floor(value) ? 0 : 4);
        return;
    }
    sb_json_begin(w, shape[i].key, '[');
    for (size_t k = 0; k < shape[i].n; k++)
        sb_json_int(w, NULL, (int64_t)shape[i].values[k]);
    sb_json_end(w, ']');
}

static void write_contexts(sb_json_writer *w)
{
    sb_json_begin(w, "contexts", '[');
    for (size_t i = 0; i < SB_BOUNDARY_CONTEXTS; i++) {
        context_name name = name_context(i);
        sb_json_begin(w, NULL, '[');
        sb_json_text(w, NULL, name.edge);
        sb_json_text(w, NULL, name.left);
        sb_json_text(w, NULL, name.right);
        sb_json_end(w, ']');
    }
    sb_json_end(w, ']');
}

sb_status sb_boundary_weights_write(sb_bytes *out, const sb_boundary_weights *weights, sb_error *err)
{
    const sb_boundary_weights *from = weights ? weights : &sb_boundary_built_in;
    sb_json_writer w = {out, false};
    sb_json_begin(&w, NULL, '{');
    sb_json_text(&w, "what",
                 "boundary model: scores candidate places of a word boundary near the aligner's place");
    for (size_t i = 0; i < N_SHAPE; i++) {
        sb_json_newline(&w);
        write_shape(&w, i);
    }
    sb_json_newline(&w);
    write_contexts(&w);
    for (size_t i = 0; i < N_TABLES; i++) {
        const float *values = (const float *)(const void *)((const char *)from + tables[i].offset);
        sb_json_newline(&w);
        sb_json_begin(&w, tables[i].key, '[');
        for (size_t k = 0; k < tables[i].n; k++)
            sb_json_float(&w, NULL, values[k]);
        sb_json_end(&w, ']');
    }
    sb_json_end(&w, '}');
    sb_bytes_append(out, "\n", 1);
    if (!out->failed)
        return SB_OK;
    sb_bytes_finish(out);
    return sb_error_memory(err, "reading boundary weights");
}

void sb_boundary_weights_free(sb_boundary_weights **weights)
{
    free(*weights);
    *weights = NULL;
}
