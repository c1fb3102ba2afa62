#include "acoustic/model/model.h"
#include "base/run/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MOST   64
#define COUNTS      6
#define LEVELS      3 /* below the position: phone, left, right */
#define TEXT_COUNT  (1 << 24)
#define LINE_FIELDS 6   /* of a phone, before its senones */
#define PHONES_MOST 256 /* in the file, including fillers */

sb_status sb_triphones_check_counts(const sb_triphones *t, int n_states, const sb_model_bytes *b,
                                    sb_error *err)
{
    if (n_states != SB_STATES)
        return sb_model_bytes_refuse(b, err, "phones have %d states; only 3 are supported", n_states);
    if (t->n_phones > PHONES_MOST)
        return sb_model_bytes_refuse(b, err, "there are %d phones; only %d are supported", t->n_phones,
                                     SB_PHONES_MAX);
    if (t->n_senones > UINT16_MAX)
        return sb_model_bytes_refuse(b, err, "there are %zu tied states; only %d are supported", t->n_senones,
                                     UINT16_MAX);
    return SB_OK;
}

/* One line of the file: a phone between two others. */
typedef struct line {
    int32_t phone, left, right, position; /* the model's own numbers; left is -1 without context */
    int32_t number;                       /* of the triphone */
} line;

typedef struct text_reader {
    sb_triphones *t;
    sb_model_bytes *b;
    const char *at, *end;
    line *lines; /* of triphones */
    size_t n_lines;
    int n_states;
} text_reader;

/* Reads the next word outside comments. At the end of the file, returns false and marks the file as
 * failed. */
static bool take_field(text_reader *r, char out[WORD_MOST])
{
    for (;;) {
        while (r->at < r->end && strchr(" \t\r\n", *r->at))
            r->at++;
        if (r->at == r->end || *r->at != '#')
            break;
        while (r->at < r->end && *r->at != '\n')
            r->at++;
    }
    size_t n = 0;
    for (; r->at < r->end && !strchr(" \t\r\n", *r->at); r->at++)
        if (n + 1 < WORD_MOST)
            out[n++] = *r->at;
    out[n] = '\0';
    r->b->failed |= n == 0;
    return n > 0;
}

static int32_t take_number(text_reader *r)
{
    char word[WORD_MOST], *rest;
    if (!take_field(r, word))
        return -1;
    long value = strtol(word, &rest, 10);
    if (*rest || value < 0 || value > TEXT_COUNT) {
        r->b->failed = true;
        return -1;
    }
    return (int32_t)value;
}

/* "0.3", then counts, each followed by its name. */
static sb_status read_counts(text_reader *r, sb_error *err)
{
    char word[WORD_MOST];
    int32_t counts[COUNTS];
    if (take_field(r, word) && strcmp(word, "0.3") != 0)
        r->b->failed = true;
    for (int i = 0; i < COUNTS; i++) {
        counts[i] = take_number(r);
        take_field(r, word);
    }
    sb_triphones *t = r->t;
    r->b->failed = r->b->failed || counts[0] < 1 || counts[2] % (counts[0] + counts[1]) != 0;
    sb_status status = sb_model_bytes_check(r->b, err);
    if (status != SB_OK)
        return status;
    t->n_phones = counts[0];
    t->n_triphones = t->n_sequences = (size_t)counts[0] + (size_t)counts[1];
    r->n_states = counts[2] / (counts[0] + counts[1]) - 1; /* the last state does not emit */
    t->n_senones = (size_t)counts[3];
    t->n_transitions = (size_t)counts[5];
    r->b->failed = t->n_triphones > r->b->file.size;
    status = sb_model_bytes_check(r->b, err);
    return status == SB_OK ? sb_triphones_check_counts(t, r->n_states, r->b, err) : status;
}

static bool allocate_triphones(text_reader *r)
{
    sb_triphones *t = r->t;
    t->defined = calloc((size_t)t->n_phones, sizeof *t->defined);
    t->sequence_of = calloc(t->n_triphones + 1, sizeof *t->sequence_of);
    t->sequences = calloc(t->n_triphones * SB_STATES, sizeof *t->sequences);
    r->lines = calloc(t->n_triphones + 1, sizeof *r->lines);
    return t->defined && t->sequence_of && t->sequences && r->lines;
}

static int32_t phone_named(const text_reader *r, const char *name, int n_known)
{
    for (int i = 0; i < n_known; i++)
        if (strcmp(r->t->defined[i].name, name) == 0)
            return i;
    return -1;
}

static int32_t position_named(const char *name)
{
    static const char positions[] = "ibes";
    const char *at = name[0] && !name[1] ? strchr(positions, name[0]) : NULL;
    return at ? (int32_t)(at - positions) : -1;
}

static void take_senones(text_reader *r, int32_t number)
{
    char word[WORD_MOST];
    r->t->sequence_of[number] = number;
    for (int s = 0; s < SB_STATES; s++) {
        int32_t senone = take_number(r);
        r->b->failed |= senone > UINT16_MAX;
        r->t->sequences[number * SB_STATES + s] = (uint16_t)senone;
    }
    take_field(r, word); /* N */
}

/* "AA B IY i n/a 2 340 341 342 N"; phones without context have dashes, and come first. */
static void read_triphone_line(text_reader *r, int32_t number)
{
    char field[LINE_FIELDS - 1][WORD_MOST];
    sb_triphones *t = r->t;
    for (int i = 0; i < LINE_FIELDS - 1; i++)
        take_field(r, field[i]);
    int32_t transitions = take_number(r);
    take_senones(r, number);
    if (number < t->n_phones) {
        snprintf(t->defined[number].name, SB_PHONE_NAME, "%.*s", SB_PHONE_NAME - 1, field[0]);
        t->defined[number].filler = strcmp(field[4], "filler") == 0;
        t->defined[number].transitions = transitions;
        return;
    }
    line *l = &r->lines[r->n_lines++];
    *l = (line){phone_named(r, field[0], t->n_phones), phone_named(r, field[1], t->n_phones),
                phone_named(r, field[2], t->n_phones), position_named(field[3]), number};
    r->b->failed |= l->phone < 0 || l->left < 0 || l->right < 0 || l->position < 0;
}

static int compare_lines(const void *a, const void *b)
{
    const line *x = a, *y = b;
    const int32_t one[] = {x->position, x->phone, x->left, x->right, x->number},
                  two[] = {y->position, y->phone, y->left, y->right, y->number};
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        if (one[i] != two[i])
            return one[i] < two[i] ? -1 : 1;
    return 0;
}

static bool same_left(const line *a, const line *b)
{
    return a->position == b->position && a->phone == b->phone && a->left == b->left;
}

static void lay_roots(sb_triphones *t)
{
    for (int position = 0; position < 4; position++) {
        t->nodes[position] =
            (sb_triphone_node){(int16_t)position, (int16_t)t->n_phones, 4 + position * t->n_phones};
        for (int p = 0; p < t->n_phones; p++)
            t->nodes[4 + position * t->n_phones + p] = (sb_triphone_node){(int16_t)p, 0, -1};
    }
}

/* The lines are sorted, so the entries of a level are adjacent. Each position and each phone has a node, even
 * if unused, so that a node is found by its number. Contexts have a node only if they exist. */
static void lay_contexts(text_reader *r)
{
    sb_triphones *t = r->t;
    size_t left = 4 + 4 * (size_t)t->n_phones, n_left = 0;
    for (size_t i = 0; i < r->n_lines; i++)
        n_left += i == 0 || !same_left(&r->lines[i], &r->lines[i - 1]);
    size_t right = left + n_left;
    t->n_nodes = right + r->n_lines;
    for (size_t i = 0; i < r->n_lines; i++) {
        const line *l = &r->lines[i];
        if (i == 0 || !same_left(l, l - 1)) {
            sb_triphone_node *phone = &t->nodes[4 + l->position * t->n_phones + l->phone];
            phone->below = phone->n_below++ == 0 ? (int32_t)left : phone->below;
            t->nodes[left++] = (sb_triphone_node){(int16_t)l->left, 0, (int32_t)right};
        }
        t->nodes[left - 1].n_below++;
        t->nodes[right++] = (sb_triphone_node){(int16_t)l->right, 0, l->number};
    }
}

static bool make_tree(text_reader *r)
{
    sb_triphones *t = r->t;
    t->nodes = calloc(4 + 4 * (size_t)t->n_phones + 2 * r->n_lines, sizeof *t->nodes);
    if (!t->nodes)
        return false;
    if (r->n_lines > 0)
        qsort(r->lines, r->n_lines, sizeof *r->lines, compare_lines);
    lay_roots(t);
    lay_contexts(r);
    return true;
}

sb_status sb_triphones_read_text(sb_triphones *out, sb_model_bytes *file, sb_error *err)
{
    text_reader r = {.t = out, .b = file, .at = file->file.data, .end = file->file.data + file->file.size};
    sb_status status = read_counts(&r, err);
    bool memory = status == SB_OK && allocate_triphones(&r);
    for (int32_t i = 0; memory && !file->failed && (size_t)i < out->n_triphones; i++)
        read_triphone_line(&r, i);
    if (memory && !file->failed)
        memory = make_tree(&r);
    free(r.lines);
    if (status != SB_OK)
        return status;
    return memory ? sb_model_bytes_check(file, err) : sb_error_memory(err, "reading the acoustic model");
}
