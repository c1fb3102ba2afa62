#include <stdlib.h>
#include <string.h>

#include "alignment/names/names.h"
#include "base/run/run.h"
#include "base/text/text.h"

#define MAX_STEPS 4

/* A speaker with a name that is no label. */
typedef struct named {
    size_t speaker;
    size_t n_words; /* spoken */
    sb_name_core core;
} named;

/* A zeroed item may be finished. */
typedef struct named_list {
    named *items;
    size_t n_items;
} named_list;

/* Those with the most words first, then those that speak first. */
static int by_words(const void *a, const void *b)
{
    const named *x = a, *y = b;
    if (x->n_words != y->n_words)
        return x->n_words > y->n_words ? -1 : 1;
    return (x->speaker > y->speaker) - (x->speaker < y->speaker);
}

static bool make_named(named_list *out, const sb_speakers *speakers)
{
    *out = (named_list){.items = calloc(speakers->n_items + 1, sizeof *out->items)};
    bool ok = out->items != NULL;
    size_t n = 0;
    for (size_t i = 0; ok && i < speakers->n_items; i++)
        if (speakers->items[i].name && !sb_name_is_label(speakers->items[i].name, &ok))
            out->items[n++] = (named){.speaker = i, .n_words = speakers->items[i].n_words};
    if (n > 1)
        qsort(out->items, n, sizeof *out->items, by_words);
    for (size_t i = 0; ok && i < n && i < SB_NAME_HINT_SPEAKERS; i++) {
        sb_name_core_make(&out->items[i].core, speakers->items[out->items[i].speaker].name);
        out->n_items = i + 1;
    }
    return ok;
}

/* Returns the longer name that contains `part`. Returns NULL if there is none, or if there are several. */
static const named *whole_of(const named_list *list, const named *part)
{
    const named *whole = NULL;
    for (size_t i = 0; i < list->n_items; i++) {
        const named *one = &list->items[i];
        if (one == part || !sb_name_core_is_part(&part->core, &one->core))
            continue;
        if (whole && !sb_name_core_is_same(&whole->core, &one->core))
            return NULL;
        whole = whole ? whole : one;
    }
    return whole;
}

/* Returns the speaker with the most words whose name is the same as that of `of` or almost the same, and who
 * has more words than `of`. */
static const named *spelling_of(const named_list *list, const named *of,
                                bool (*is_like)(const sb_name_core *a, const sb_name_core *b))
{
    for (const named *one = list->items; one < of; one++)
        if (is_like(&one->core, &of->core))
            return one;
    return NULL;
}

/* A part of a name is better evidence than a similar spelling. */
static const named *next_named(const named_list *list, const named *from, sb_name_hint_kind *kind)
{
    const named *next = spelling_of(list, from, sb_name_core_is_same);
    *kind = SB_NAME_SPELLING;
    if (next)
        return next;
    if ((next = whole_of(list, from)))
        *kind = SB_NAME_PART;
    return next ? next : spelling_of(list, from, sb_name_core_is_near);
}

/* From "Berk" over "Burke" to "Jo Burke". The kind is that of the first step. */
static const named *meant_by(const named_list *list, const named *of, sb_name_hint_kind *kind)
{
    sb_name_hint_kind later;
    const named *meant = next_named(list, of, kind), *next = meant;
    for (int i = 0; next && i < MAX_STEPS; i++) {
        next = next_named(list, next, &later);
        meant = next && next != of ? next : meant;
    }
    return meant;
}

/* In the old name, '*' replaces '=', which would end the name. */
static char *alias_of(const char *from, const char *to)
{
    char *alias = sb_text_print("%s=%s", from ? from : "", to ? to : "NAME");
    for (size_t i = 0; alias && from && from[i]; i++)
        if (alias[i] == '=')
            alias[i] = '*';
    return alias;
}

static bool add_hint(sb_name_hints *out, sb_name_hint_kind kind, const sb_speakers *speakers, size_t speaker,
                     size_t other)
{
    if (!sb_push_room(&out->items, out->n_items, sizeof *out->items))
        return false;
    sb_name_hint *hint = &out->items[out->n_items++];
    *hint = (sb_name_hint){.kind = kind, .speaker = speaker, .other = other};
    hint->alias =
        alias_of(speakers->items[speaker].name, other == SIZE_MAX ? NULL : speakers->items[other].name);
    return hint->alias != NULL;
}

static bool add_alike(sb_name_hints *out, const sb_speakers *speakers)
{
    named_list list;
    bool ok = make_named(&list, speakers);
    for (size_t i = 0; ok && i < list.n_items; i++) {
        sb_name_hint_kind kind = SB_NAME_SPELLING;
        const named *of = &list.items[i], *meant = meant_by(&list, of, &kind);
        if (meant)
            ok = add_hint(out, kind, speakers, of->speaker, meant->speaker);
    }
    free(list.items);
    return ok;
}

/* Turns without a name are usual if no turn has one. */
static bool add_labels(sb_name_hints *out, const sb_speakers *speakers)
{
    bool ok = true;
    for (size_t i = 0; ok && i < speakers->n_items; i++) {
        const char *name = speakers->items[i].name;
        if (!name && speakers->n_items > 1)
            ok = add_hint(out, SB_NAME_MISSING, speakers, i, SIZE_MAX);
        else if (name && sb_name_is_label(name, &ok) && ok)
            ok = add_hint(out, SB_NAME_LABEL, speakers, i, SIZE_MAX);
    }
    return ok;
}

static int by_speaker(const void *a, const void *b)
{
    const sb_name_hint *x = a, *y = b;
    return (x->speaker > y->speaker) - (x->speaker < y->speaker);
}

sb_status sb_name_hints_find(sb_name_hints *out, const sb_speakers *speakers, sb_error *err)
{
    *out = (sb_name_hints){0};
    if (!add_alike(out, speakers) || !add_labels(out, speakers)) {
        sb_name_hints_finish(out);
        return sb_error_memory(err, "reading names");
    }
    if (out->n_items > 1)
        qsort(out->items, out->n_items, sizeof *out->items, by_speaker);
    return SB_OK;
}

void sb_name_hints_finish(sb_name_hints *hints)
{
    for (size_t i = 0; i < hints->n_items; i++)
        free(hints->items[i].alias);
    free(hints->items);
    *hints = (sb_name_hints){0};
}

const char *sb_name_hint_kind_name(sb_name_hint_kind kind)
{
    static const char *const names[] = {"spelling", "part", "label", "missing"};
    return names[kind];
}
