#include "clip/naming/naming.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLUG_BYTES 40

typedef struct slug {
    char text[SLUG_BYTES + 1];
    size_t size, word_end;
    bool gap;
} slug;

/* Returns false if the letter does not fit. */
static bool add_letter(slug *s, const char *bytes, size_t size)
{
    if (s->size + size + 1 > SLUG_BYTES)
        return false;
    if (s->gap && s->size) {
        s->word_end = s->size;
        s->text[s->size++] = '-';
    }
    s->gap = false;
    memcpy(s->text + s->size, bytes, size);
    s->size += size;
    return true;
}

char *sb_clip_slug(const char *text)
{
    char *folded = sb_fold(text ? text : "");
    if (!folded)
        return NULL;
    slug s = {0};
    size_t size = strlen(folded);
    bool fits = true;
    for (size_t at = 0; at < size && fits;) {
        size_t from = at;
        int32_t code_point = sb_utf8_next(folded, size, &at);
        if (sb_is_letter(code_point) || sb_is_digit(code_point))
            fits = add_letter(&s, folded + from, at - from);
        else if (code_point != '\'')
            s.gap = true;
    }
    free(folded);
    if (!fits && s.word_end)
        s.size = s.word_end;
    return s.size ? sb_copy_bytes(s.text, s.size) : sb_copy_text("quote", NULL);
}

/* A folded path that is taken. `next` is the first number to try if the path occurs again. */
typedef struct taken_path {
    char *key;
    size_t next;
} taken_path;

typedef struct key_set {
    taken_path *items;
    size_t n_items;
    sb_hash_index index;
    bool stems; /* keys have no extensions */
} key_set;

typedef struct wanted_key {
    const key_set *set;
    const char *key;
} wanted_key;

static bool has_key(const void *user, size_t item)
{
    const wanted_key *wanted = user;
    return strcmp(wanted->set->items[item].key, wanted->key) == 0;
}

/* Returns the entry of a path and adds it if it is new, which sets `*is_new`. Returns NULL if memory runs
 * out. */
static taken_path *take_path(key_set *set, const char *path, bool *is_new)
{
    char *stem = path && set->stems ? sb_copy_bytes(path, sb_path_stem(path)) : NULL;
    char *key = path && (stem || !set->stems) ? sb_fold(stem ? stem : path) : NULL;
    free(stem);
    if (!key)
        return NULL;
    uint32_t *slot =
        sb_hash_index_find(&set->index, sb_hash_text(SB_HASH_SEED, key), has_key, &(wanted_key){set, key});
    *is_new = *slot == 0;
    if (*is_new) {
        set->items[set->n_items++] = (taken_path){.key = key, .next = 2};
        *slot = (uint32_t)set->n_items;
    } else {
        free(key);
    }
    return &set->items[*slot - 1];
}

static char *numbered(const char *path, size_t number)
{
    size_t stem = sb_path_stem(path);
    return sb_text_print("%.*s-%zu%s", (int)stem, path, number, path + stem);
}

static bool claim(key_set *set, char **path)
{
    bool is_new;
    taken_path *taken = take_path(set, *path, &is_new);
    if (!taken || is_new)
        return taken;
    for (;;) {
        char *candidate = numbered(*path, taken->next++);
        if (!take_path(set, candidate, &is_new)) {
            free(candidate);
            return false;
        }
        if (is_new) {
            free(*path);
            *path = candidate;
            return true;
        }
        free(candidate);
    }
}

static sb_status make_distinct(char **paths, size_t n, bool stems, sb_error *err)
{
    key_set set = {.items = calloc(n + 1, sizeof *set.items), .stems = stems};
    bool ok = set.items && sb_hash_index_init(&set.index, n);
    for (size_t i = 0; i < n && ok; i++)
        ok = claim(&set, &paths[i]);
    for (size_t i = 0; i < set.n_items; i++)
        free(set.items[i].key);
    free(set.items);
    sb_hash_index_finish(&set.index);
    return ok ? SB_OK : sb_error_memory(err, "naming files");
}

sb_status sb_clip_paths_distinct(char **paths, size_t n, sb_error *err)
{
    return make_distinct(paths, n, false, err);
}

sb_status sb_clip_stems_distinct(char **paths, size_t n, sb_error *err)
{
    return make_distinct(paths, n, true, err);
}
