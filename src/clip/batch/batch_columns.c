#include "clip/batch/batch.h"

#include "base/run/run.h"
#include "base/words/words.h"
#include "option/option.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX   (SB_OPTIONS_MAX + N_OWN + N_PHRASES + 1)
#define LEAST_NAME  5 /* bytes; a shorter name is one letter away from too many words */
#define LEAST_SOUND 4 /* letters */
#define NAME_SIZE   40
#define SOUND_MAX   40 /* bytes */

static const sb_batch_column own_columns[] = {
    {.name = "id", .at = offsetof(sb_batch_row, id)},
    {.name = "audio", .at = offsetof(sb_batch_row, audio)},
    {.name = "transcript", .at = offsetof(sb_batch_row, transcript)},
    {.name = "output", .at = offsetof(sb_batch_row, template_text)},
};
#define N_OWN (sizeof own_columns / sizeof own_columns[0])

/* What lists of quotes call the phrase, the preferred name first. */
static const char *const phrase_names[] = {"phrase", "quote", "text"};
#define N_PHRASES (sizeof phrase_names / sizeof phrase_names[0])

/* Names that users give to their own columns and that are similar to the name of an option. */
static const char *const people_words[] = {"channel", "caption", "state", "story", NULL};

static bool name_is_listed(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (sb_option_is_name(name, *names))
            return true;
    return false;
}

static bool is_column(const sb_option *option)
{
    return option->group == SB_OPTION_SELECTION || option->group == SB_OPTION_CLIP ||
           option->group == SB_OPTION_NAMES || option == sb_option_find("language");
}

/* Users write blanks instead of the dashes in option names. */
static const char *with_dashes(char out[NAME_SIZE], const char *name)
{
    size_t n = strnlen(name, NAME_SIZE - 1);
    memcpy(out, name, n);
    out[n] = 0;
    for (size_t i = 0; i < n; i++)
        out[i] = out[i] == ' ' ? '-' : out[i];
    return out;
}

bool sb_batch_column_find(sb_batch_column *out, const char *written)
{
    char dashed[NAME_SIZE];
    const char *name = with_dashes(dashed, written);
    *out = (sb_batch_column){0};
    for (size_t i = 0; i < N_OWN; i++)
        if (sb_option_is_name(name, own_columns[i].name)) {
            *out = own_columns[i];
            return true;
        }
    for (size_t i = 0; i < N_PHRASES; i++)
        if (sb_option_is_name(name, phrase_names[i])) {
            *out = (sb_batch_column){.name = phrase_names[i], .option = sb_option_find("phrase")};
            return true;
        }
    const sb_option *option = sb_option_find(name);
    if (!option || !is_column(option))
        return false;
    *out = (sb_batch_column){.name = option->name, .option = option};
    return true;
}

/* With such a column, a column `text` need not be the quote itself. */
bool sb_batch_column_selects(const sb_batch_column *column)
{
    static const char *const names[] = {"phrase", "quote", "regex",       "near",         "from",
                                        "until",  "match", "from-phrase", "until-phrase", NULL};
    return column->name && name_is_listed(column->name, names);
}

size_t sb_batch_phrase_rank(const sb_batch_column *column)
{
    for (size_t i = 0; column->name && i < N_PHRASES; i++)
        if (!strcmp(column->name, phrase_names[i]))
            return i;
    return SIZE_MAX;
}

/* In a manifest, the requested times select the clip; the other columns are results. */
bool sb_batch_manifest_column_find(sb_batch_column *out, const char *name)
{
    static const char *const options[][2] = {
        {"asked_text", "phrase"}, {"asked_start", "from"}, {"asked_end", "until"}, {"captions", "captions"}};
    *out = (sb_batch_column){0};
    for (size_t i = 0; i < N_OWN - 1; i++)
        if (sb_option_is_name(name, own_columns[i].name))
            *out = own_columns[i];
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (!strcmp(name, options[i][0]))
            *out = (sb_batch_column){.name = options[i][1], .option = sb_option_find(options[i][1])};
    if (!strcmp(name, "joins"))
        *out = (sb_batch_column){.name = "joins"};
    out->is_manifest = out->name != NULL;
    return out->is_manifest;
}

static const char *nearest(const char *name)
{
    const char *names[NAMES_MAX];
    const sb_option *option;
    size_t n = 0;
    for (size_t i = 0; i < N_OWN; i++)
        names[n++] = own_columns[i].name;
    for (size_t i = 0; (option = sb_option_at(i)); i++)
        if (is_column(option))
            names[n++] = option->name;
    names[n++] = "quote";
    names[n] = NULL;
    return sb_nearest_name(name, names);
}

/* How an English word sounds: a run of vowels is one sound, doubled letters are single, and c, ph and z are
 * k, f and s. */
static size_t sound_of(char out[SOUND_MAX], const char *word)
{
    size_t n = 0;
    for (const char *at = word; *at && n + 1 < SOUND_MAX; at++) {
        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at + ('a' - 'A')) : *at;
        if (c == 'p' && (at[1] | 32) == 'h') {
            c = 'f';
            at++;
        }
        c = c == 'z' ? 's' : c == 'c' ? 'k' : c == 'y' ? 'i' : c;
        if (n && strchr("aeiou", c))
            c = 'a';
        if (n == 0 || out[n - 1] != c)
            out[n++] = c;
    }
    out[n] = 0;
    return n;
}

static const char *sounding_like(const char *name)
{
    char sound[SOUND_MAX], other[SOUND_MAX];
    const sb_option *option;
    if (sound_of(sound, name) < LEAST_SOUND)
        return NULL;
    for (size_t i = 0; i < N_OWN; i++) {
        sound_of(other, own_columns[i].name);
        if (!strcmp(sound, other))
            return own_columns[i].name;
    }
    for (size_t i = 0; (option = sb_option_at(i)); i++) {
        sound_of(other, option->name);
        if (is_column(option) && !strcmp(sound, other))
            return option->name;
    }
    return NULL;
}

const char *sb_batch_column_nearest(const char *name, bool *is_misspelt)
{
    const char *alike = name_is_listed(name, people_words) ? NULL : sounding_like(name);
    const char *near = alike ? alike : nearest(name);
    *is_misspelt = alike || (near && strlen(name) >= LEAST_NAME && !name_is_listed(name, people_words));
    return near;
}

const char *sb_batch_column_refused(const char *name)
{
    static const char *const refused[][2] = {
        {"join", "a list makes one file for each quote; make the montage from clips of one episode"},
        {"gap", "a list makes no montages; leave it out"},
        {"crossfade", "a list makes no montages; leave it out"},
        {"fillers", "the list of fillers applies to all rows; give it once"},
        {"manifest", "a list has manifests in its folder anyway; leave it out"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (sb_option_is_name(name, refused[i][0]))
            return refused[i][1];
    return NULL;
}

void sb_batch_strangers_finish(sb_batch_strangers *strangers)
{
    for (size_t i = 0; i < strangers->n_names; i++)
        free(strangers->names[i]);
    free(strangers->names);
    *strangers = (sb_batch_strangers){0};
}

bool sb_batch_strangers_add(sb_batch_strangers *strangers, const char *name)
{
    for (size_t i = 0; i < strangers->n_names; i++)
        if (!strcmp(strangers->names[i], name))
            return true;
    if (strangers->n_names >= SB_BATCH_STRANGERS_MAX)
        return true;
    char *copy = sb_copy_text(name, NULL);
    if (!copy || !sb_push_room(&strangers->names, strangers->n_names, sizeof *strangers->names)) {
        free(copy);
        return false;
    }
    strangers->names[strangers->n_names++] = copy;
    return true;
}

void sb_batch_strangers_note(const sb_batch_strangers *strangers, sb_notes *notes, const char *path,
                             int64_t line)
{
    sb_bytes text = {0};
    size_t n = strangers->n_names;
    bool is_misspelt;
    for (size_t i = 0; i < n; i++) {
        const char *near = sb_batch_column_nearest(strangers->names[i], &is_misspelt);
        sb_bytes_print(&text, "%s'%.40s'", i == 0 ? "" : i + 1 == n ? " and " : ", ", strangers->names[i]);
        if (near)
            sb_bytes_print(&text, " (did you mean '%s'?)", near);
    }
    if (n && text.data)
        sb_notes_add(notes, path, line, 0, "ignored the column%s %s, which %s not known", n == 1 ? "" : "s",
                     text.data, n == 1 ? "is" : "are");
    sb_bytes_finish(&text);
}
