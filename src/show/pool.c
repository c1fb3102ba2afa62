#include "show/show.h"

#include "base/text/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Sorts files so that those of one item are neighbours. */
typedef struct pool_key {
    size_t file, folder_length;
    const char *path;
    bool is_audio;
    sb_name_facts facts, own;
} pool_key;

/* Encodings of the same audio, the best first: without losses, then without pictures. */
static int encoding_rank(const char *path)
{
    static const char *const without_loss[] = {"wav", "flac", "aif", "aiff", "caf", "w64", NULL};
    static const char *const with_pictures[] = {"mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", NULL};
    const char *name = sb_path_name(path), *dot = name + sb_path_stem(name);
    for (size_t i = 0; *dot && without_loss[i]; i++)
        if (!strcasecmp(dot + 1, without_loss[i]))
            return 0;
    for (size_t i = 0; *dot && with_pictures[i]; i++)
        if (!strcasecmp(dot + 1, with_pictures[i]))
            return 2;
    return 1;
}

static int compare_facts(const sb_name_facts *a, const sb_name_facts *b)
{
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->season != b->season)
        return a->season < b->season ? -1 : 1;
    if (!a->kind != !b->kind)
        return a->kind ? 1 : -1;
    if (a->kind && a->number != b->number)
        return a->number < b->number ? -1 : 1;
    for (size_t i = 0; i < a->n_words && i < b->n_words; i++) {
        int order = strcmp(a->words[i], b->words[i]);
        if (order)
            return order;
    }
    int order = (a->n_words > b->n_words) - (a->n_words < b->n_words);
    return order ? order : strcmp(a->language, b->language);
}

static int compare_items(const pool_key *a, const pool_key *b)
{
    size_t shorter = sb_least_size(a->folder_length, b->folder_length);
    int order = strncmp(a->path, b->path, shorter);
    if (!order)
        order = (a->folder_length > b->folder_length) - (a->folder_length < b->folder_length);
    if (!order)
        order = (int)b->is_audio - (int)a->is_audio;
    return order ? order : compare_facts(&a->facts, &b->facts);
}

/* "ep1 raw.wav" and "ep1.mp3" differ in more than the encoding. */
static int compare_takes(const pool_key *a, const pool_key *b)
{
    if (a->own.stage != b->own.stage)
        return a->own.stage < b->own.stage ? -1 : 1;
    if (a->own.version != b->own.version)
        return a->own.version > b->own.version ? -1 : 1;
    return encoding_rank(a->path) - encoding_rank(b->path);
}

static int by_item(const void *x, const void *y)
{
    const pool_key *a = x, *b = y;
    int order = compare_items(a, b);
    if (!order && a->is_audio)
        order = compare_takes(a, b);
    if (!order)
        order = sb_path_compare(a->path, b->path);
    return order ? order : (a->file > b->file) - (a->file < b->file);
}

static int date_of_text(const char *date)
{
    return (int)(strtol(date, NULL, 10) * 10000 + strtol(date + 5, NULL, 10) * 100 +
                 strtol(date + 8, NULL, 10));
}

/* What a feed says counts more than the name of the file, but files beside each other with one name are a
 * pair anyway. */
static bool read_facts(sb_name_facts *out, sb_name_facts *own, const sb_show_file *file)
{
    if (!sb_name_facts_read(own, file->path) || !sb_name_facts_read(out, file->path) ||
        (file->title && !sb_name_facts_add_title(out, file->title)))
        return false;
    if (file->date && strlen(file->date) == 10)
        out->date = date_of_text(file->date);
    if (file->season)
        out->season = file->season;
    if (file->number) {
        out->number = file->number;
        out->kind = SB_NAME_NUMBER_MARKED;
    }
    return true;
}

static bool add_item(sb_show_pool *pool, pool_key *keys, size_t n)
{
    sb_show_item *item = &pool->items[pool->n_items];
    *item = (sb_show_item){.files = calloc(n, sizeof *item->files),
                           .n_files = n,
                           .is_audio = keys[0].is_audio,
                           .facts = keys[0].facts,
                           .own = keys[0].own,
                           .pair = SIZE_MAX};
    keys[0].facts = keys[0].own = (sb_name_facts){0};
    pool->n_items++;
    for (size_t i = 0; item->files && i < n; i++)
        item->files[i] = keys[i].file;
    return item->files != NULL;
}

/* Names that say nothing are each an item. */
static bool belongs(const pool_key *first, const pool_key *other)
{
    return !compare_items(first, other) && sb_name_facts_equal(&first->facts, &other->facts);
}

static bool make_items(sb_show_pool *pool, pool_key *keys, size_t n)
{
    bool ok = true;
    pool->items = calloc(n + 1, sizeof *pool->items);
    if (!pool->items)
        return false;
    for (size_t begin = 0, end; ok && begin < n; begin = end) {
        for (end = begin + 1; end < n && belongs(&keys[begin], &keys[end]); end++)
            continue;
        ok = add_item(pool, keys + begin, end - begin);
    }
    return ok;
}

sb_status sb_show_pool_fill(sb_show_pool *pool, const sb_show_file *files, const bool *is_given,
                            size_t n_files, sb_error *err)
{
    size_t n = 0;
    pool_key *keys = calloc(n_files + 1, sizeof *keys);
    bool ok = keys != NULL;
    pool->files = files;
    for (size_t i = 0; ok && i < n_files; i++) {
        if (is_given[i])
            continue;
        const char *path = files[i].path;
        keys[n] = (pool_key){.file = i,
                             .folder_length = (size_t)(sb_path_name(path) - path),
                             .path = path,
                             .is_audio = files[i].kind == SB_SHOW_AUDIO};
        ok = read_facts(&keys[n].facts, &keys[n].own, &files[i]);
        n++;
    }
    if (ok && n)
        qsort(keys, n, sizeof *keys, by_item);
    ok = ok && make_items(pool, keys, n);
    for (size_t i = 0; keys && i < n; i++) {
        sb_name_facts_finish(&keys[i].facts);
        sb_name_facts_finish(&keys[i].own);
    }
    free(keys);
    return ok ? SB_OK : sb_error_memory(err, "pairing the files");
}

const char *sb_show_item_path(const sb_show_pool *pool, size_t item)
{
    return pool->files[pool->items[item].files[0]].path;
}

void sb_show_pool_finish(sb_show_pool *pool)
{
    for (size_t i = 0; i < pool->n_items; i++) {
        free(pool->items[i].files);
        sb_name_facts_finish(&pool->items[i].facts);
        sb_name_facts_finish(&pool->items[i].own);
    }
    free(pool->items);
    pool->items = NULL;
    pool->n_items = 0;
}
