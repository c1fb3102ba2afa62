#include <stdlib.h>
#include <string.h>

#include "base/words/words.h"
#include "transcript/json/json_forms.h"

#define MIN_TITLES       8 /* fewer may be people who speak once */
#define TITLES_LOOKED_AT 40

#define LABEL_SLACK (SB_TIME_SECOND / 1000) /* times of labels are rounded */

static int compare_starts(const void *a, const void *b)
{
    const sb_json_piece *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

/* Returns the last label that begins at `time` or before, or NULL. */
static const sb_json_piece *label_at(const sb_json_pieces *labels, sb_time time)
{
    size_t low = 0, high = labels->n_items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (labels->items[middle].start <= time + LABEL_SLACK)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &labels->items[low - 1] : NULL;
}

void sb_json_label_words(sb_json_finds *finds)
{
    sb_json_pieces *labels = &finds->labels;
    if (labels->n_items == 0)
        return;
    qsort(labels->items, labels->n_items, sizeof *labels->items, compare_starts);
    for (size_t i = 0; i < finds->items.n_items; i++) {
        sb_json_piece *item = &finds->items.items[i];
        if (item->has_speaker || item->start == SB_TIME_NONE || item->start > INT64_MAX - LABEL_SLACK ||
            item->n_inside > 0)
            continue;
        const sb_json_piece *label = label_at(labels, item->start);
        if (!label || !label->has_speaker)
            continue;
        item->has_speaker = true;
        item->speaker = label->speaker;
    }
}

static bool is_unclear(const sb_json_piece *item)
{
    return item->has_speaker && item->speaker_rank > 0 && item->speaker_rank < SB_JSON_ID_RANK / 2;
}

static bool occurs_before(const sb_json_piece *items, size_t at, const char *text)
{
    sb_json_mark mark = items[at].speaker;
    for (size_t i = 0; i < at; i++) {
        sb_json_mark other = items[i].speaker;
        if (is_unclear(&items[i]) && other.length == mark.length &&
            memcmp(text + other.at, text + mark.at, mark.length) == 0)
            return true;
    }
    return false;
}

void sb_json_drop_titles(sb_json_finds *finds, const char *text)
{
    sb_json_piece *items = finds->items.items;
    size_t n = finds->items.n_items, n_unclear = 0;
    for (size_t i = 0; i < n && n_unclear < TITLES_LOOKED_AT; i++) {
        if (is_unclear(&items[i]) && occurs_before(items, i, text))
            return;
        n_unclear += is_unclear(&items[i]);
    }
    for (size_t i = 0; i < n && n_unclear >= MIN_TITLES; i++) {
        if (is_unclear(&items[i])) {
            items[i].has_speaker = false;
            items[i].speaker = (sb_json_mark){0};
        }
    }
}

/* The last segment repeats the others if it has as many words as they, and begins as early. */
void sb_json_drop_repeats(sb_json_finds *finds)
{
    sb_json_piece *items = finds->items.items;
    size_t n = finds->items.n_items, last = n, n_segments = 0, n_words = 0;
    sb_time first = SB_TIME_NONE;
    for (size_t i = 0; i < n; i += 1 + items[i].n_inside) {
        n_words += items[i].n_inside;
        n_segments++;
        last = i;
        if (first == SB_TIME_NONE && items[i].n_inside > 0)
            first = items[i + 1].start;
    }
    if (n_segments < 2 || items[last].n_inside == 0)
        return;
    size_t n_before = n_words - items[last].n_inside;
    bool begins_first =
        first == SB_TIME_NONE || items[last + 1].start == SB_TIME_NONE || items[last + 1].start <= first;
    if (n_before == 0 || items[last].n_inside < n_before || !begins_first)
        return;
    for (size_t i = 0; i < last; i++)
        items[i].is_dropped = true;
}

static uint64_t hash_of(const char *text, sb_json_mark mark)
{
    uint64_t hash = SB_HASH_SEED;
    for (size_t i = 0; i < mark.length; i++)
        hash = sb_hash_add(hash, (unsigned char)text[mark.at + i]);
    return hash;
}

typedef struct wanted_name {
    const char *text;
    const sb_json_piece *names;
    sb_json_mark id;
} wanted_name;

static bool has_id(const void *user, size_t item)
{
    const wanted_name *wanted = user;
    sb_json_mark id = wanted->names[item].speaker;
    return id.length == wanted->id.length &&
           memcmp(wanted->text + id.at, wanted->text + wanted->id.at, id.length) == 0;
}

static uint32_t *find_name(const sb_json_finds *finds, const char *text, sb_json_mark id)
{
    wanted_name wanted = {text, finds->names.items, id};
    return sb_hash_index_find(&finds->name_index, hash_of(text, id), has_id, &wanted);
}

bool sb_json_index_names(sb_json_finds *finds, const char *text)
{
    const sb_json_pieces *names = &finds->names;
    if (names->n_items == 0)
        return true;
    if (!sb_hash_index_init(&finds->name_index, names->n_items))
        return false;
    for (size_t i = 0; i < names->n_items; i++) {
        uint32_t *slot = find_name(finds, text, names->items[i].speaker);
        if (*slot == 0)
            *slot = (uint32_t)i + 1;
    }
    return true;
}

static bool is_small_number(const char *text, sb_json_mark mark)
{
    size_t n = 0;
    while (n < mark.length && text[mark.at + n] >= '0' && text[mark.at + n] <= '9')
        n++;
    return n > 0 && n == mark.length && n < 6;
}

static bool is_nobody(const sb_json_form *form, const char *text, sb_json_mark mark)
{
    return mark.length == 0 || (form->nobody && strlen(form->nobody) == mark.length &&
                                memcmp(form->nobody, text + mark.at, mark.length) == 0);
}

void sb_json_speaker_name(sb_bytes *out, const sb_json_finds *finds, const sb_json_form *form,
                          const sb_json_scan *scan, const sb_json_piece *item)
{
    sb_json_mark mark = item->speaker;
    bool has_channel = finds->has_channels && item->channel >= 0;
    uint32_t *slot = finds->names.n_items > 0 ? find_name(finds, scan->text, mark) : NULL;
    if (slot && *slot && finds->names.items[*slot - 1].has_text) {
        sb_json_scan_text(out, scan, sb_json_range(finds->names.items[*slot - 1].text));
        return;
    }
    bool is_unknown = is_nobody(form, scan->text, mark), is_plain = is_small_number(scan->text, mark);
    if (has_channel && (is_unknown || is_plain))
        sb_bytes_print(out, "Channel %d%s", item->channel, is_plain && !is_unknown ? " " : "");
    if (is_plain && !is_unknown)
        sb_bytes_text(out, "Speaker ");
    if (!is_unknown)
        sb_json_scan_text(out, scan, sb_json_range(mark));
}
