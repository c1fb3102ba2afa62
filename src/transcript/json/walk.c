#include <stdlib.h>
#include <string.h>

#include "base/words/words.h"
#include "transcript/json/json_forms.h"

#define MAX_FRAMES 32
#define KNOWN_KEYS 24

typedef struct frame {
    uint32_t node;
    size_t index; /* arrays: of the next item */
    bool is_array, is_open_item;
} frame;

/* Whether a key that the form does not describe is a speaker. The keys of a list are the same in each item.
 */
typedef struct known_key {
    const char *key;
    size_t length;
    unsigned rank, clear_rank;
} known_key;

typedef struct walk {
    sb_json_finds *out;
    sb_reading *reading;
    const sb_json_form *form;
    sb_json_scan scan;
    sb_json_tree tree;
    frame frames[MAX_FRAMES];
    size_t n_frames;
    sb_json_open open[SB_JSON_MAX_OPEN];
    size_t n_open;
    int field, rank; /* of the list that is being read */
    size_t n_texts;  /* items of it that have text */
    /* the list before it, which counts if this one turns out to have no text */
    sb_json_pieces other_items;
    int other_field, other_rank;
    size_t n_other_texts;
    known_key keys[KNOWN_KEYS];
    size_t n_keys;
} walk;

static void keep_mended_place(walk *w, size_t n_before, size_t at)
{
    if (n_before == 0 && w->out->n_mended > 0)
        w->out->mended_at = at;
}

static sb_scan_token skip(walk *w, sb_scan_token token)
{
    size_t before = w->out->n_mended;
    token = sb_json_scan_skip_damaged(&w->scan, token, &w->out->n_mended);
    keep_mended_place(w, before, token.range.at);
    return token;
}

/* Passes over a value that the form does not describe. */
static sb_status pass_over(walk *w, sb_range key, sb_scan_token *token)
{
    size_t before = w->out->n_mended;
    sb_status status =
        sb_json_begins_container(token) ? sb_json_pass_over(w->out, &w->scan, key, token) : SB_OK;
    keep_mended_place(w, before, token->range.at);
    return status;
}

/* Takes the speaker from a value, or from an object with the name. */
static void take_speaker(walk *w, unsigned rank, sb_scan_token *token)
{
    size_t before = w->out->n_mended;
    sb_scan_token name = *token;
    if (sb_json_begins_container(token))
        *token = sb_json_read_person(&name, &w->scan, *token, &w->out->n_mended);
    keep_mended_place(w, before, token->range.at);
    sb_json_take_speaker(&w->open[w->n_open - 1].item, rank, &name);
}

static bool is_speech(sb_json_role role)
{
    return role == SB_JSON_SEGMENT || role == SB_JSON_PASSAGE || role == SB_JSON_WORD;
}

static bool is_in_segment(const walk *w)
{
    for (size_t i = 0; i < w->n_open; i++) {
        if (w->open[i].role == SB_JSON_SEGMENT || w->open[i].role == SB_JSON_PASSAGE)
            return true;
    }
    return false;
}

static void keep_list(walk *w)
{
    free(w->other_items.items);
    w->other_items = w->out->items;
    w->other_field = w->field;
    w->other_rank = w->rank;
    w->n_other_texts = w->n_texts;
    w->out->items = (sb_json_pieces){0};
}

/* A better list counts only if it has text: "speakers" may be a list of names. */
static void restore_list(walk *w)
{
    if (w->n_texts > 0 || w->n_other_texts == 0)
        return;
    free(w->out->items.items);
    w->out->items = w->other_items;
    w->field = w->other_field;
    w->rank = w->other_rank;
    w->n_texts = w->n_other_texts;
    w->other_items = (sb_json_pieces){0};
    w->n_other_texts = 0;
}

/* Decides whether the items of this list count. A better list replaces the one before. */
static bool takes_list(walk *w, const sb_json_node *node)
{
    if (!is_speech(node->role) || node->rank == SB_JSON_LOOSE || is_in_segment(w) || node->field == w->field)
        return true;
    if (w->n_texts > 0 && node->rank <= w->rank)
        return false;
    if (w->n_texts > 0)
        keep_list(w);
    w->out->items.n_items = 0;
    w->n_texts = 0;
    for (size_t i = 0; i < w->n_open; i++)
        w->open[i].first = 0;
    w->field = node->field;
    w->rank = node->rank;
    return true;
}

/* A segment that holds segments is only a group. Returns false if it has words already. */
static bool demote_outer(walk *w)
{
    for (size_t i = 0; i < w->n_open; i++) {
        sb_json_open *outer = &w->open[i];
        if (outer->role != SB_JSON_SEGMENT && outer->role != SB_JSON_PASSAGE)
            continue;
        if (w->out->items.n_items != outer->first + 1)
            return false;
        w->out->items.n_items--;
        outer->role = SB_JSON_GROUP;
    }
    return true;
}

static sb_status open_item(walk *w, const sb_json_node *node, size_t index, size_t at)
{
    sb_json_open *open = &w->open[w->n_open++];
    sb_json_open_init(open, node, at);
    open->first = w->out->items.n_items;
    if (node->role == SB_JSON_TRACK)
        open->item.channel = (int16_t)(index < INT16_MAX ? index : INT16_MAX);
    if (node->role != SB_JSON_SEGMENT && node->role != SB_JSON_PASSAGE)
        return SB_OK;
    return sb_json_pieces_add(&w->out->items, &open->item) ? SB_OK : SB_ERR_MEMORY;
}

/* Passes the speaker and the channel of a container to the items inside. */
static void hand_down(walk *w, const sb_json_open *open)
{
    const sb_json_piece *from = &open->item;
    if (!from->has_speaker && from->channel < 0)
        return;
    for (size_t i = open->first; i < w->out->items.n_items; i++) {
        sb_json_piece *item = &w->out->items.items[i];
        if (!item->has_speaker && from->has_speaker) {
            item->speaker = from->speaker;
            item->has_speaker = true;
        }
        if (item->channel < 0)
            item->channel = from->channel;
    }
}

static void close_segment(walk *w, sb_json_open *open, bool is_cut)
{
    sb_json_pieces *items = &w->out->items;
    size_t n_inside = items->n_items - open->first - 1;
    if (open->first >= items->n_items)
        return;
    open->item.n_inside = (uint32_t)n_inside;
    items->items[open->first] = open->item;
    w->n_texts += open->item.has_text || n_inside > 0;
    if (is_cut && !open->item.has_text && n_inside == 0)
        items->n_items--;
}

static sb_status close_word(walk *w, const sb_json_open *open, bool is_cut)
{
    bool is_wanted =
        open->item.has_text && !is_cut && !sb_json_is_token_mark(w->reading->text, open->item.text);
    if (!is_wanted)
        return SB_OK;
    bool is_loose = open->rank == SB_JSON_LOOSE;
    w->n_texts += !is_loose;
    return sb_json_pieces_add(is_loose ? &w->out->loose : &w->out->items, &open->item) ? SB_OK
                                                                                       : SB_ERR_MEMORY;
}

static sb_status close_item(walk *w, bool is_cut)
{
    sb_json_open *open = &w->open[--w->n_open];
    sb_json_open_settle(open, w->out);
    if (open->role == SB_JSON_WORD)
        return close_word(w, open, is_cut);
    if (open->role == SB_JSON_LABEL || open->role == SB_JSON_NAME) {
        sb_json_pieces *list = open->role == SB_JSON_LABEL ? &w->out->labels : &w->out->names;
        return is_cut || sb_json_pieces_add(list, &open->item) ? SB_OK : SB_ERR_MEMORY;
    }
    if (open->role == SB_JSON_SEGMENT || open->role == SB_JSON_PASSAGE)
        close_segment(w, open, is_cut);
    hand_down(w, open);
    if (open->is_interim && open->first < w->out->items.n_items)
        w->out->items.n_items = open->first;
    return SB_OK;
}

static sb_status begin_container(walk *w, uint32_t index, size_t item, sb_scan_token *token)
{
    const sb_json_node *node = &w->tree.nodes[index];
    bool is_item = node->role != SB_JSON_NONE && node->role <= SB_JSON_LAST_CONTAINER;
    bool is_segment = node->role == SB_JSON_SEGMENT || node->role == SB_JSON_PASSAGE;
    bool fits = w->n_frames < MAX_FRAMES && (!is_item || w->n_open < SB_JSON_MAX_OPEN);
    if (!fits || (is_segment && !demote_outer(w)) || (is_item && !takes_list(w, node))) {
        *token = skip(w, *token);
        return SB_OK;
    }
    bool is_array = token->kind == SB_SCAN_BEGIN_ARRAY;
    uint32_t element = is_array ? node->element : 0;
    sb_json_role held = w->tree.nodes[element].role;
    w->out->has_list = w->out->has_list || is_item ||
                       (element && held != SB_JSON_NONE && held <= SB_JSON_PASSAGE) ||
                       (element && held == SB_JSON_WORD);
    w->frames[w->n_frames++] = (frame){index, 0, is_array, is_item};
    return is_item ? open_item(w, node, item, token->range.at) : SB_OK;
}

/* A time may be an object of several numbers; any other container in the place of a value is passed over. */
static sb_status begin_value(walk *w, uint32_t node, size_t index, sb_scan_token *token)
{
    sb_json_role role = w->tree.nodes[node].role;
    if (w->tree.nodes[node].child)
        return begin_container(w, node, index, token);
    if (w->n_open > 0 && (role == SB_JSON_SPEAKER || role == SB_JSON_BETTER_SPEAKER)) {
        take_speaker(w, role == SB_JSON_SPEAKER ? SB_JSON_FORM_RANK : SB_JSON_BETTER_RANK, token);
        return SB_OK;
    }
    sb_status status =
        sb_json_open_take(w->open, w->n_open, &w->tree.nodes[node], token, w->reading, &w->scan, w->out);
    if (status == SB_OK)
        *token = skip(w, *token);
    return status;
}

static unsigned speaker_rank(walk *w, const char *key, size_t length, bool only_clear)
{
    size_t i = 0;
    while (i < w->n_keys && !(w->keys[i].length == length && memcmp(w->keys[i].key, key, length) == 0))
        i++;
    if (i == w->n_keys) {
        w->n_keys += w->n_keys < KNOWN_KEYS;
        i = i < KNOWN_KEYS ? i : KNOWN_KEYS - 1;
        w->keys[i] = (known_key){key, length, sb_json_speaker_rank(key, length, false),
                                 sb_json_speaker_rank(key, length, true)};
    }
    return only_clear ? w->keys[i].clear_rank : w->keys[i].rank;
}

/* Takes the value of a key that the form does not describe. The speaker has many spellings, which no form
 * lists in full. */
static sb_status take_unknown(walk *w, const frame *top, sb_range key, sb_scan_token *token)
{
    const char *name = w->reading->text + key.at;
    sb_json_open *open =
        w->n_open > 0 && top->is_open_item && !top->is_array ? &w->open[w->n_open - 1] : NULL;
    bool is_segment = open && (open->role == SB_JSON_SEGMENT || open->role == SB_JSON_PASSAGE);
    unsigned rank = 0;
    if (is_segment || (open && open->role == SB_JSON_WORD))
        rank = speaker_rank(w, name, key.length, !is_segment || w->n_frames == 1);
    if (rank > 0)
        take_speaker(w, rank, token);
    else if (is_segment && !sb_json_begins_container(token) && open->item.channel < 0 &&
             sb_json_is_channel_key(name, key.length))
        sb_json_open_take(w->open, w->n_open, &(sb_json_node){.role = SB_JSON_CHANNEL}, token, w->reading,
                          &w->scan, w->out);
    return rank > 0 ? SB_OK : pass_over(w, key, token);
}

/* Takes a value at `node`, which is 0 for the root and for values that the form does not have. */
static sb_status take_value(walk *w, uint32_t node, size_t index, sb_scan_token *token, bool is_root)
{
    bool is_container = sb_json_begins_container(token);
    if (token->kind >= SB_SCAN_DONE)
        return SB_OK;
    bool is_time = is_container && node && w->tree.nodes[node].role > SB_JSON_LAST_CONTAINER;
    if (is_container && (node || is_root) && !is_time)
        return begin_container(w, node, index, token);
    if (is_time)
        return begin_value(w, node, index, token);
    if (is_container)
        return pass_over(w, (sb_range){0, 0}, token);
    if (node)
        return sb_json_open_take(w->open, w->n_open, &w->tree.nodes[node], token, w->reading, &w->scan,
                                 w->out);
    return SB_OK;
}

static sb_status take_token(walk *w, sb_scan_token *token)
{
    frame *top = w->n_frames ? &w->frames[w->n_frames - 1] : NULL;
    *token = sb_json_scan_next(&w->scan);
    if (token->kind >= SB_SCAN_DONE)
        return SB_OK;
    if (token->kind == SB_SCAN_END_OBJECT || token->kind == SB_SCAN_END_ARRAY) {
        w->n_frames--;
        return top->is_open_item ? close_item(w, false) : SB_OK;
    }
    if (!top)
        return take_value(w, 0, 0, token, true);
    if (token->kind != SB_SCAN_KEY) {
        size_t index = top->index++;
        return take_value(w, sb_json_tree_index(&w->tree, top->node, index), index, token, false);
    }
    sb_range key = token->range;
    uint32_t node = sb_json_tree_key(&w->tree, top->node, w->reading->text + key.at, key.length);
    *token = sb_json_scan_next(&w->scan);
    if (node == 0 && token->kind < SB_SCAN_DONE)
        return take_unknown(w, top, key, token);
    return take_value(w, node, 0, token, false);
}

/* Returns true if the scan can go on after what is not JSON. */
static bool mend(walk *w, size_t at)
{
    bool is_inside = w->scan.open.size > 0;
    if (!sb_json_scan_mend(&w->scan))
        return false;
    if (is_inside && w->out->n_mended++ == 0)
        w->out->mended_at = at;
    return true;
}

static sb_status walk_document(walk *w, size_t max_items)
{
    sb_status status = SB_OK;
    sb_scan_token token = {SB_SCAN_WORD, {0, 0}};
    while (status == SB_OK && token.kind < SB_SCAN_DONE &&
           w->out->items.n_items + w->out->loose.n_items < max_items) {
        status = take_token(w, &token);
        if (token.kind == SB_SCAN_BAD && mend(w, token.range.at))
            token.kind = SB_SCAN_WORD;
    }
    if (token.kind == SB_SCAN_MEMORY)
        status = SB_ERR_MEMORY;
    if (token.kind == SB_SCAN_CUT || token.kind == SB_SCAN_BAD) {
        w->out->cut = (sb_range){token.kind == SB_SCAN_CUT ? w->reading->size : token.range.at, 1};
        w->out->is_damaged = token.kind == SB_SCAN_BAD;
    }
    while (status == SB_OK && w->n_open > 0)
        status = close_item(w, true);
    return status;
}

sb_status sb_json_walk(sb_json_finds *out, sb_reading *reading, const sb_json_form *form, sb_json_unit unit,
                       size_t max_items)
{
    walk w = {.out = out, .reading = reading, .form = form, .field = -1};
    w.scan = (sb_json_scan){.text = reading->text, .size = reading->size};
    *out = (sb_json_finds){0};
    bool ok = sb_json_tree_make(&w.tree, form->fields, form->roots);
    for (size_t i = 0; ok && i < w.tree.n_nodes; i++) {
        if (w.tree.nodes[i].unit == SB_JSON_ANY_UNIT)
            w.tree.nodes[i].unit = unit;
    }
    sb_status status = ok ? walk_document(&w, max_items) : SB_ERR_MEMORY;
    restore_list(&w);
    free(w.other_items.items);
    free(w.tree.nodes);
    sb_json_scan_finish(&w.scan);
    return status;
}

void sb_json_finds_finish(sb_json_finds *finds)
{
    free(finds->items.items);
    free(finds->loose.items);
    free(finds->labels.items);
    free(finds->names.items);
    sb_hash_index_finish(&finds->name_index);
    free(finds->language);
    free(finds->title);
    *finds = (sb_json_finds){0};
}
