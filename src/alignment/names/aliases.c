#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"
#include "soundbite/names.h"

#define NAMES_LISTED 12

/* An alias in its parts. */
typedef struct alias {
    char *from, *to; /* "" if empty */
} alias;

static void finish_alias(alias *a)
{
    free(a->from);
    free(a->to);
    *a = (alias){0};
}

static char *trimmed(const char *text, size_t size)
{
    for (; size && *text == ' '; size--)
        text++;
    while (size && text[size - 1] == ' ')
        size--;
    return sb_copy_bytes(text, size);
}

static sb_status out_of_memory(sb_error *err)
{
    return sb_error_memory(err, "reading names");
}

static sb_status read_alias(alias *out, const char *text, sb_error *err)
{
    const char *equals = strchr(text, '=');
    *out = (alias){0};
    if (!equals)
        return sb_error_set_field(
            err, SB_ERR_ARGUMENT, "aliases", NULL,
            "alias '%.80s' has no '='; write OLD=NEW, such as Berk=Burke, or =NEW for turns "
            "without a name",
            text);
    out->from = trimmed(text, (size_t)(equals - text));
    out->to = trimmed(equals + 1, strlen(equals + 1));
    if (!out->from || !out->to) {
        finish_alias(out);
        return out_of_memory(err);
    }
    if (*out->from || *out->to)
        return SB_OK;
    finish_alias(out);
    return sb_error_set_field(
        err, SB_ERR_ARGUMENT, "aliases", NULL,
        "alias '%.80s' has no names; write OLD=NEW, such as Berk=Burke, or =NEW for turns without a name",
        text);
}

sb_status sb_alias_check(const char *text, sb_error *err)
{
    alias parts;
    sb_status status = read_alias(&parts, text, err);
    finish_alias(&parts);
    return status;
}

static bool fits(const alias *a, const sb_speaker *speaker)
{
    if (!*a->from || !speaker->name)
        return !*a->from && !speaker->name;
    return sb_wildcard_match(a->from, speaker->name);
}

/* At most one entry of the list has no name. */
static const char *name_at(const void *user, size_t index)
{
    const sb_speakers *speakers = user;
    size_t nameless = 0;
    while (nameless < speakers->n_items && nameless <= index && speakers->items[nameless].name)
        nameless++;
    index += nameless <= index;
    return index < speakers->n_items ? speakers->items[index].name : NULL;
}

static void list_names(sb_bytes *out, const sb_speakers *speakers)
{
    const char *name;
    size_t n = 0;
    for (; (name = name_at(speakers, n)) && n < NAMES_LISTED; n++)
        sb_bytes_print(out, "%s%.60s", n ? ", " : "", name);
    sb_bytes_text(out, name ? " ..." : "");
}

static sb_status refuse_unmatched(const sb_speakers *speakers, const char *text, const alias *a,
                                  const char *path, sb_error *err)
{
    if (!*a->from)
        return sb_error_set_field(err, SB_ERR_ARGUMENT, "aliases", path,
                                  "alias '%.80s' matches no turn: every turn has a name; leave it out", text);
    if (!name_at(speakers, 0))
        return sb_error_set_field(
            err, SB_ERR_ARGUMENT, "aliases", path,
            "alias '%.80s' matches no speaker: no turn has a name; use '=%.60s' to name them", text, a->to);
    const char *nearest = sb_nearest(a->from, name_at, speakers);
    sb_bytes names = {0};
    list_names(&names, speakers);
    sb_status status =
        names.failed
            ? out_of_memory(err)
            : sb_error_set_field(err, SB_ERR_ARGUMENT, "aliases", path,
                                 "alias '%.80s' matches no speaker; %s%.60s%s%s", text,
                                 nearest ? "did you mean '" : "", nearest ? nearest : "",
                                 nearest ? "'? The speakers are " : "use one of the speakers: ", names.data);
    sb_bytes_finish(&names);
    return status;
}

/* The new name of each speaker; NULL: it does not change. */
typedef struct renaming {
    alias *aliases;
    size_t n_aliases;
    const char **names; /* "" for none */
} renaming;

static void finish_renaming(renaming *r)
{
    for (size_t i = 0; i < r->n_aliases; i++)
        finish_alias(&r->aliases[i]);
    free(r->aliases);
    free(r->names);
    *r = (renaming){0};
}

static sb_status use_alias(renaming *r, const sb_speakers *speakers, const char *text, bool skip_unused,
                           const char *path, sb_error *err)
{
    bool used = false;
    alias *a = &r->aliases[r->n_aliases];
    sb_status status = read_alias(a, text, err);
    if (status)
        return status;
    r->n_aliases++;
    for (size_t i = 0; i < speakers->n_items; i++) {
        if (!fits(a, &speakers->items[i]))
            continue;
        used = true;
        r->names[i] = r->names[i] ? r->names[i] : a->to;
    }
    return used || skip_unused ? SB_OK : refuse_unmatched(speakers, text, a, path, err);
}

static sb_status make_renaming(renaming *out, const sb_speakers *speakers, const sb_names_params *params,
                               const char *path, sb_error *err)
{
    *out = (renaming){.aliases = calloc(params->n_aliases + 1, sizeof *out->aliases),
                      .names = calloc(speakers->n_items + 1, sizeof *out->names)};
    sb_status status = out->aliases && out->names ? SB_OK : out_of_memory(err);
    for (size_t i = 0; !status && i < params->n_aliases; i++)
        status = use_alias(out, speakers, params->aliases[i], params->skip_unused, path, err);
    if (status)
        finish_renaming(out);
    return status;
}

sb_status sb_names_check(const sb_speakers *speakers, const sb_names_params *params, const char *path,
                         sb_error *err)
{
    renaming r;
    if (!params || !params->n_aliases)
        return SB_OK;
    sb_status status = make_renaming(&r, speakers, params, path, err);
    if (!status)
        finish_renaming(&r);
    return status;
}

/* Copies the new names first, so that nothing is changed if memory runs out. `names` gets NULL where a turn
 * keeps its name. */
static bool copy_names(char **names, size_t n_turns, const renaming *r, const sb_speakers *speakers)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n_turns; i++)
        names[i] = sb_copy_text(r->names[speakers->of_turn[i]], &ok);
    return ok;
}

static void take_name(char **speaker, char **name)
{
    if (!*name)
        return;
    free(*speaker);
    *speaker = **name ? *name : NULL;
    if (!*speaker)
        free(*name);
    *name = NULL;
}

static sb_status new_names(char ***out, const sb_speakers *speakers, size_t n_turns,
                           const sb_names_params *params, const char *path, sb_error *err)
{
    renaming r;
    sb_status status = make_renaming(&r, speakers, params, path, err);
    if (status)
        return status;
    char **names = calloc(n_turns + 1, sizeof *names);
    if (!names || !copy_names(names, n_turns, &r, speakers)) {
        for (size_t i = 0; names && i < n_turns; i++)
            free(names[i]);
        free(names);
        names = NULL;
        status = out_of_memory(err);
    }
    finish_renaming(&r);
    *out = names;
    return status;
}

sb_status sb_transcript_rename(sb_transcript *t, const sb_names_params *params, sb_error *err)
{
    sb_speakers speakers;
    char **names;
    if (!params || !params->n_aliases)
        return SB_OK;
    sb_status status = sb_speakers_of_transcript(&speakers, t, err);
    if (status)
        return status;
    status = new_names(&names, &speakers, t->n_turns, params, t->path, err);
    for (size_t i = 0; !status && i < t->n_turns; i++)
        take_name(&t->turns[i].speaker, &names[i]);
    if (!status)
        free(names);
    sb_speakers_finish(&speakers);
    return status;
}

sb_status sb_alignment_rename(sb_alignment *a, const sb_names_params *params, sb_error *err)
{
    sb_speakers speakers;
    char **names;
    if (!params || !params->n_aliases)
        return SB_OK;
    sb_status status = sb_speakers_of_alignment(&speakers, a, err);
    if (status)
        return status;
    status = new_names(&names, &speakers, a->n_turns, params, NULL, err);
    for (size_t i = 0; !status && i < a->n_turns; i++)
        take_name(&a->turns[i].speaker, &names[i]);
    if (!status)
        free(names);
    sb_speakers_finish(&speakers);
    return status;
}
