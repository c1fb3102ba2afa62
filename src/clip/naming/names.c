#include "clip/naming/naming.h"

#include "base/run/run.h"
#include "base/text/text.h"

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

/* Open addressing over folded paths. `next` is the first number to try if the path occurs again. */
typedef struct slot {
    char *key;
    size_t next;
} slot;

typedef struct key_set {
    slot *slots;
    size_t n_slots;
    bool stems; /* keys have no extensions */
} key_set;

size_t sb_clip_stem_length(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - path) : strlen(path);
}

static size_t hash_text(const char *text)
{
    uint64_t hash = UINT64_C(1469598103934665603);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (size_t)hash;
}

/* Returns the slot of a path. If its key is NULL, the path is new and `*key` is the key to store. Returns
 * NULL if memory runs out. */
static slot *find_slot(key_set *set, const char *path, char **key)
{
    char *stem = path && set->stems ? sb_copy_bytes(path, sb_clip_stem_length(path)) : NULL;
    *key = path && (stem || !set->stems) ? sb_fold(stem ? stem : path) : NULL;
    free(stem);
    if (!*key)
        return NULL;
    size_t at = hash_text(*key) % set->n_slots;
    while (set->slots[at].key && strcmp(set->slots[at].key, *key) != 0)
        at = (at + 1) % set->n_slots;
    if (set->slots[at].key) {
        free(*key);
        *key = NULL;
    }
    return &set->slots[at];
}

static char *numbered(const char *path, size_t number)
{
    size_t stem = sb_clip_stem_length(path);
    return sb_text_print("%.*s-%zu%s", (int)stem, path, number, path + stem);
}

static bool claim(key_set *set, char **path)
{
    char *key;
    slot *taken = find_slot(set, *path, &key);
    if (!taken)
        return false;
    if (key) {
        *taken = (slot){.key = key, .next = 2};
        return true;
    }
    for (;;) {
        char *candidate = numbered(*path, taken->next++);
        slot *found = find_slot(set, candidate, &key);
        if (found && key) {
            *found = (slot){.key = key, .next = 2};
            free(*path);
            *path = candidate;
            return true;
        }
        free(candidate);
        if (!found)
            return false;
    }
}

static sb_status make_distinct(char **paths, size_t n, bool stems, sb_error *err)
{
    key_set set = {.n_slots = 2 * n + 1, .stems = stems};
    set.slots = calloc(set.n_slots, sizeof *set.slots);
    bool ok = set.slots != NULL;
    for (size_t i = 0; i < n && ok; i++)
        ok = claim(&set, &paths[i]);
    for (size_t i = 0; set.slots && i < set.n_slots; i++)
        free(set.slots[i].key);
    free(set.slots);
    return ok ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

sb_status sb_clip_paths_distinct(char **paths, size_t n, sb_error *err)
{
    return make_distinct(paths, n, false, err);
}

sb_status sb_clip_stems_distinct(char **paths, size_t n, sb_error *err)
{
    return make_distinct(paths, n, true, err);
}
