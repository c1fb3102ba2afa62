#include <stdlib.h>
#include <string.h>

#include "transcript/json/json_forms.h"

#define MAX_PATHS 31 /* fewer than bits in search.seen */
#define MAX_DEPTH 24

/* The generic reader has 50 points for a list of timed text, and 20 for other documents. A document with the
 * signs of a form, but with its text or its times under other keys, has fewer. */
#define TRIAL_ITEMS   64
#define WITHOUT_TEXT  30
#define WITHOUT_TIMES 45

/* Looking for the paths of the signs. */
typedef struct search {
    sb_json_scan scan;
    sb_json_tree tree;
    sb_json_field fields[MAX_PATHS + 1];
    size_t n_fields;
    uint32_t seen; /* one bit a field */
    uint32_t nodes[MAX_DEPTH];
    size_t indices[MAX_DEPTH];
    size_t depth;
} search;

static bool has_key(const char *text, size_t size, const char *key, size_t key_length)
{
    for (const char *at = text; (at = memmem(at, size - (size_t)(at - text), key, key_length)) != NULL;
         at += key_length) {
        if (at > text && at[-1] == '"' && at + key_length < text + size && at[key_length] == '"')
            return true;
    }
    return false;
}

/* A quick test: the last key of each path occurs. */
static bool is_possible(const sb_json_sign *sign, const char *text, size_t size)
{
    for (size_t i = 0; i < SB_JSON_SIGN_PATHS && sign->paths[i]; i++) {
        const char *path = sign->paths[i], *key = strrchr(path, '.');
        key = key ? key + 1 : path;
        size_t length = strcspn(key, "[|");
        if (length > 0 && !strchr(key, '|') && !has_key(text, size, key, length))
            return false;
    }
    return true;
}

static size_t find_field(const search *s, const char *path)
{
    size_t i = 0;
    while (i < s->n_fields && strcmp(s->fields[i].path, path) != 0)
        i++;
    return i;
}

static void add_sign(search *s, const sb_json_sign *sign)
{
    for (size_t i = 0; i < SB_JSON_SIGN_PATHS && sign->paths[i] && s->n_fields < MAX_PATHS; i++) {
        if (find_field(s, sign->paths[i]) == s->n_fields)
            s->fields[s->n_fields++] = (sb_json_field){.role = SB_JSON_TEXT, .path = sign->paths[i]};
    }
}

static bool match_token(search *s)
{
    sb_scan_token token = sb_json_scan_next(&s->scan);
    uint32_t node = 0;
    if (token.kind == SB_SCAN_BAD && sb_json_scan_mend(&s->scan))
        return true;
    if (token.kind >= SB_SCAN_DONE)
        return false;
    if (token.kind == SB_SCAN_END_OBJECT || token.kind == SB_SCAN_END_ARRAY) {
        s->depth--;
        return true;
    }
    if (s->depth > 0) {
        uint32_t parent = s->nodes[s->depth - 1];
        node = token.kind == SB_SCAN_KEY
                   ? sb_json_tree_key(&s->tree, parent, s->scan.text + token.range.at, token.range.length)
                   : sb_json_tree_index(&s->tree, parent, s->indices[s->depth - 1]++);
        if (node && s->tree.nodes[node].role != SB_JSON_NONE)
            s->seen |= UINT32_C(1) << s->tree.nodes[node].field;
    }
    if (token.kind == SB_SCAN_KEY)
        token = sb_json_scan_next(&s->scan);
    if (token.kind != SB_SCAN_BEGIN_OBJECT && token.kind != SB_SCAN_BEGIN_ARRAY)
        return token.kind < SB_SCAN_DONE;
    if ((node || s->depth == 0) && s->depth < MAX_DEPTH) {
        s->nodes[s->depth] = node;
        s->indices[s->depth++] = 0;
        return true;
    }
    size_t n_mended = 0;
    return sb_json_scan_skip_damaged(&s->scan, token, &n_mended).kind < SB_SCAN_DONE;
}

/* Returns the best sign all of whose paths were seen. */
static sb_sniff best_sign(const search *s, const sb_json_sign *signs, const bool *possible)
{
    sb_sniff best = {0};
    for (size_t i = 0; signs[i].paths[0]; i++) {
        bool is_there = possible[i];
        for (size_t k = 0; is_there && k < SB_JSON_SIGN_PATHS && signs[i].paths[k]; k++)
            is_there = (s->seen & UINT32_C(1) << find_field(s, signs[i].paths[k])) != 0;
        if (is_there && signs[i].score > best.score)
            best = (sb_sniff){signs[i].score, signs[i].why};
    }
    return best;
}

/* Stops at the sign with the highest score. */
static sb_sniff search_signs(search *s, const sb_json_sign *signs, const bool *possible)
{
    int top = 0;
    for (size_t i = 0; signs[i].paths[0]; i++)
        top = possible[i] && signs[i].score > top ? signs[i].score : top;
    for (size_t n = 0; match_token(s); n++) {
        if (n % 64 == 0 && best_sign(s, signs, possible).score == top)
            break;
    }
    return best_sign(s, signs, possible);
}

/* Returns the largest score for what the form finds in the first items. */
static int try_form(const char *text, size_t size, const sb_json_form *form)
{
    sb_reading reading = {.text = text, .size = size};
    sb_json_finds finds;
    size_t n_texts = 0, n_times = 0, n_spoken = 0;
    if (sb_json_walk(&finds, &reading, form, SB_JSON_SECONDS, TRIAL_ITEMS) != SB_OK) {
        sb_json_finds_finish(&finds);
        return SB_SNIFF_NO_MEMORY;
    }
    size_t n = finds.items.n_items;
    for (size_t i = 0; i < n; i++) {
        const sb_json_piece *item = &finds.items.items[i];
        bool has_time = item->start != SB_TIME_NONE || item->has_bad_start || item->end != SB_TIME_NONE;
        n_texts += item->has_text;
        n_times += has_time;
        n_spoken += item->has_text || has_time || item->has_speaker;
    }
    n_times += finds.loose.n_items;
    sb_json_finds_finish(&finds);
    return n_spoken == 0 ? 100 : n_texts == 0 ? WITHOUT_TEXT : n_times == 0 ? WITHOUT_TIMES : 100;
}

sb_sniff sb_json_sniff_form(const char *text, size_t size, const sb_json_form *form)
{
    search s = {.scan = {.text = text, .size = size}};
    bool possible[MAX_PATHS] = {false}, any = false;
    const sb_sniff no_memory = {SB_SNIFF_NO_MEMORY, NULL};
    bool ok = true;
    sb_sniff best = {0};
    if (!sb_json_begins(text, size, &ok))
        return ok ? best : no_memory;
    for (size_t i = 0; i < MAX_PATHS && form->signs[i].paths[0]; i++) {
        possible[i] = is_possible(&form->signs[i], text, size);
        any = any || possible[i];
        if (possible[i])
            add_sign(&s, &form->signs[i]);
    }
    if (!any)
        return best;
    ok = sb_json_tree_make(&s.tree, s.fields, form->roots);
    if (ok)
        best = search_signs(&s, form->signs, possible);
    if (ok && best.score > WITHOUT_TEXT && !s.scan.open.failed) {
        int most = try_form(text, size, form);
        ok = most != SB_SNIFF_NO_MEMORY;
        best.score = most < best.score ? most : best.score;
    }
    if (!ok || s.scan.open.failed)
        best = no_memory;
    free(s.tree.nodes);
    sb_json_scan_finish(&s.scan);
    return best;
}

bool sb_json_begins(const char *text, size_t size, bool *ok)
{
    sb_range content = sb_range_trim(text, (sb_range){0, size});
    sb_json_scan scan = {.text = text + content.at, .size = content.length};
    if (content.length == 0 || (scan.text[0] != '{' && scan.text[0] != '['))
        return false;
    sb_scan_token token;
    for (int i = 0; i < 4; i++)
        token = sb_json_scan_next(&scan);
    sb_json_scan_finish(&scan);
    *ok = *ok && token.kind != SB_SCAN_MEMORY;
    return token.kind != SB_SCAN_BAD && token.kind != SB_SCAN_MEMORY;
}
