#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "transcript/json/json_forms.h"

#define MAX_SHAPES   4000
#define MAX_CHILDREN 60 /* objects with more keys are maps, not records */
#define MAX_DEPTH    24
#define MAX_PLACES   6 /* of values in rows such as ["Hello", 1.5, 2.0], each with a shape of its own */
#define MAX_KEY      40

typedef struct walk {
    sb_json_survey *survey;
    sb_json_scan scan;
    uint32_t open[MAX_DEPTH];
    size_t indices[MAX_DEPTH]; /* of the next item of an open array */
    int depth;
    size_t n_mended;
    bool failed;
} walk;

static uint32_t add_shape(walk *w, uint32_t parent, const char *key, size_t length, size_t at)
{
    sb_json_survey *s = w->survey;
    if (!sb_grow(&s->shapes, s->n_shapes, &s->capacity, sizeof *s->shapes)) {
        w->failed = true;
        return 0;
    }
    sb_json_shape shape = {.key = key, .key_length = length, .parent = parent, .at = at};
    if (s->n_shapes > 0) {
        shape.next = s->shapes[parent].child;
        shape.depth = s->shapes[parent].depth + 1;
        s->shapes[parent].child = (uint32_t)s->n_shapes;
        s->shapes[parent].n_children++;
    }
    s->shapes[s->n_shapes] = shape;
    return (uint32_t)s->n_shapes++;
}

/* Returns the shape for a key of the open container, or 0. Keys that a path cannot hold are passed over. */
static uint32_t shape_for(walk *w, uint32_t parent, const char *key, size_t length, size_t at)
{
    sb_json_survey *s = w->survey;
    bool is_item = length > 0 && key[0] == '[' && key[length - 1] == ']' &&
                   (length == 2 || (length == 3 && sb_is_ascii_digit(key[1])));
    for (uint32_t i = s->shapes[parent].child; i; i = s->shapes[i].next) {
        if (s->shapes[i].key_length == length && memcmp(s->shapes[i].key, key, length) == 0)
            return i;
    }
    if (s->n_shapes >= MAX_SHAPES || s->shapes[parent].n_children >= MAX_CHILDREN || length == 0 ||
        length > MAX_KEY)
        return 0;
    for (size_t i = 0; !is_item && i < length; i++) {
        if (strchr(".[]|*\\", key[i]))
            return 0;
    }
    return add_shape(w, parent, key, length, at);
}

static void count_text(sb_json_shape *shape, const char *text, const sb_scan_token *token)
{
    sb_time time;
    sb_range written;
    size_t length = token->range.length;
    shape->n_texts++;
    shape->text_bytes += length;
    shape->n_blanks += memchr(text + token->range.at, ' ', length) != NULL;
    if (length > 0 && length < MAX_KEY &&
        (sb_json_read_span(text, token, NULL) ||
         !sb_json_read_time(&time, &written, text, token, SB_JSON_SECONDS)))
        shape->n_clocks++;
}

/* Seconds, milliseconds, microseconds or nanoseconds since 1970, from 2008 to 2039. */
static bool is_date(const char *digits, size_t length)
{
    size_t n = 0;
    while (n < length && digits[n] >= '0' && digits[n] <= '9')
        n++;
    bool is_recent =
        n > 9 && ((digits[0] == '1' && digits[1] >= '2') || (digits[0] == '2' && digits[1] <= '1'));
    return is_recent && (n == 10 || n == 13 || n == 16 || n == 19);
}

static void count_number(sb_json_shape *shape, const char *text, const sb_scan_token *token)
{
    sb_time time;
    sb_range written;
    shape->n_numbers++;
    shape->n_dates += is_date(text + token->range.at, token->range.length);
    bool is_huge = sb_json_read_time(&time, &written, text, token, SB_JSON_SECONDS) != NULL;
    if (is_huge && sb_json_read_time(&time, &written, text, token, SB_JSON_NS))
        return;
    shape->n_rising += (double)time >= shape->latest;
    shape->n_greater += shape->n_numbers > 1 && (double)time > shape->latest;
    shape->latest = (double)time;
}

static bool count_value(walk *w, uint32_t index, sb_scan_token token)
{
    sb_json_shape *shape = &w->survey->shapes[index];
    bool is_container = sb_json_begins_container(&token);
    shape->n_objects += token.kind == SB_SCAN_BEGIN_OBJECT;
    shape->n_arrays += token.kind == SB_SCAN_BEGIN_ARRAY;
    if (token.kind == SB_SCAN_TEXT)
        count_text(shape, w->scan.text, &token);
    else if (token.kind == SB_SCAN_NUMBER)
        count_number(shape, w->scan.text, &token);
    if (is_container && w->depth < MAX_DEPTH) {
        w->indices[w->depth] = 0;
        w->open[w->depth++] = index;
    } else if (is_container)
        token = sb_json_scan_skip_damaged(&w->scan, token, &w->n_mended);
    return token.kind < SB_SCAN_DONE;
}

/* The shape of an item of the open array: rows in arrays have one for each place. */
static uint32_t item_shape(walk *w, uint32_t parent, const sb_scan_token *token)
{
    static const char *const places[MAX_PLACES] = {"[0]", "[1]", "[2]", "[3]", "[4]", "[5]"};
    const sb_json_shape *row = &w->survey->shapes[parent];
    size_t index = w->indices[w->depth - 1]++;
    bool is_container = sb_json_begins_container(token);
    bool is_in_row = row->key_length == 2 && row->key[0] == '[' && row->n_arrays > 0;
    if (is_in_row && !is_container && index < MAX_PLACES)
        return shape_for(w, parent, places[index], 3, token->range.at);
    return shape_for(w, parent, "[]", 2, token->range.at);
}

static bool count_token(walk *w)
{
    sb_scan_token token = sb_json_scan_next(&w->scan);
    uint32_t index = 0;
    if (token.kind == SB_SCAN_BAD && sb_json_scan_mend(&w->scan))
        return true;
    if (token.kind >= SB_SCAN_DONE)
        return false;
    if (token.kind == SB_SCAN_END_OBJECT || token.kind == SB_SCAN_END_ARRAY) {
        w->depth--;
        return true;
    }
    bool is_root = w->depth == 0;
    uint32_t parent = is_root ? 0 : w->open[w->depth - 1];
    if (token.kind == SB_SCAN_KEY) {
        index = shape_for(w, parent, w->scan.text + token.range.at, token.range.length, token.range.at);
        token = sb_json_scan_next(&w->scan);
    } else if (!is_root) {
        index = item_shape(w, parent, &token);
    }
    if (token.kind >= SB_SCAN_DONE)
        return false;
    if (index > 0 || is_root)
        return count_value(w, index, token) && !w->failed;
    return sb_json_scan_skip_damaged(&w->scan, token, &w->n_mended).kind < SB_SCAN_DONE && !w->failed;
}

bool sb_json_survey_make(sb_json_survey *survey, const char *text, size_t size)
{
    walk w = {.survey = survey, .scan = {.text = text, .size = size}};
    *survey = (sb_json_survey){0};
    add_shape(&w, 0, "", 0, 0);
    while (!w.failed && count_token(&w))
        continue;
    bool ok = !w.failed && !w.scan.open.failed;
    sb_json_scan_finish(&w.scan);
    return ok;
}
