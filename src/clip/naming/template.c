#include "clip/naming/naming.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WIDTH     12
#define MAX_FIELD     80  /* bytes of one field */
#define MAX_COMPONENT 200 /* bytes of one name; leaves room for numbers and temporary names */

#define MAX_EXTENSION 16

typedef enum field {
    FIELD_N,
    FIELD_SPEAKER,
    FIELD_SLUG,
    FIELD_PHRASE,
    FIELD_START,
    FIELD_END,
    FIELD_EPISODE,
    FIELD_ID,
    FIELD_NONE
} field;

static const char *const field_names[] = {"n",   "speaker", "slug", "phrase", "start",
                                          "end", "episode", "id",   NULL};

typedef struct piece {
    char *literal; /* NULL: a field */
    field field;
    int width;
} piece;

struct sb_template {
    piece *pieces;
    size_t n_pieces;
};

typedef struct values {
    const sb_match *match;
    size_t n;
    const char *episode, *id;
} values;

void sb_template_free(sb_template **tmpl)
{
    if (!*tmpl)
        return;
    for (size_t i = 0; i < (*tmpl)->n_pieces; i++)
        free((*tmpl)->pieces[i].literal);
    free((*tmpl)->pieces);
    free(*tmpl);
    *tmpl = NULL;
}

static bool add_template_piece(sb_template *tmpl, piece item)
{
    if (!sb_push_room(&tmpl->pieces, tmpl->n_pieces, sizeof item))
        return false;
    tmpl->pieces[tmpl->n_pieces++] = item;
    return true;
}

static sb_status fail_at(sb_error *err, size_t at, const char *what, const char *detail)
{
    return sb_error_set(err, SB_ERR_ARGUMENT, "the name, column %zu: %s%s", at + 1, what, detail);
}

static field find_field(const char *name, size_t length)
{
    for (int i = 0; field_names[i]; i++)
        if (strlen(field_names[i]) == length && memcmp(field_names[i], name, length) == 0)
            return (field)i;
    return FIELD_NONE;
}

static sb_status fail_unknown(sb_error *err, size_t at, const char *name, size_t length)
{
    char word[32], text[160];
    snprintf(word, sizeof word, "%.*s", (int)(length < 31 ? length : 31), name);
    const char *nearest = sb_nearest_name(word, field_names);
    snprintf(text, sizeof text,
             "{%s}%s%s%s; use {n}, {speaker}, {slug}, {phrase}, {start}, {end}, {episode} or {id}", word,
             nearest ? ", did you mean {" : "", nearest ? nearest : "", nearest ? "}" : "");
    return fail_at(err, at, "there is no field ", text);
}

/* `text` begins after the brace. `*used` is the number of bytes read, including the closing brace. */
static sb_status read_field(sb_template *tmpl, const char *text, size_t at, size_t *used, sb_error *err)
{
    size_t length = strcspn(text, "}");
    if (!text[length])
        return fail_at(err, at, "the brace is not closed", "; write {{ for a plain brace");
    size_t name_length = strcspn(text, ":}");
    piece item = {.field = find_field(text, name_length)};
    if (item.field == FIELD_NONE)
        return fail_unknown(err, at + 1, text, name_length);
    if (text[name_length] == ':') {
        char *end;
        long width = strtol(text + name_length + 1, &end, 10);
        if (item.field != FIELD_N || end != text + length || width < 1 || width > MAX_WIDTH)
            return fail_at(err, at + name_length + 1, "only n takes a width", ", such as {n:02}");
        item.width = (int)width;
    }
    *used = length + 1;
    return add_template_piece(tmpl, item) ? SB_OK : sb_error_memory(err, "naming files");
}

static sb_status read_literal(sb_template *tmpl, const char *text, size_t length, sb_error *err)
{
    piece item = {.literal = sb_copy_bytes(text, length)};
    if (item.literal && add_template_piece(tmpl, item))
        return SB_OK;
    free(item.literal);
    return sb_error_memory(err, "naming files");
}

static sb_status read_pieces(sb_template *tmpl, const char *text, sb_error *err)
{
    size_t at = 0;
    while (text[at]) {
        sb_status status;
        size_t used = strcspn(text + at, "{}");
        if (used > 0) {
            status = read_literal(tmpl, text + at, used, err);
        } else if (text[at] == text[at + 1]) {
            status = read_literal(tmpl, text + at, 1, err);
            used = 2;
        } else if (text[at] == '}') {
            return fail_at(err, at, "the closing brace has no opening brace", "; write }} for a plain brace");
        } else {
            status = read_field(tmpl, text + at + 1, at, &used, err);
            used++;
        }
        if (status)
            return status;
        at += used;
    }
    return SB_OK;
}

sb_status sb_template_read(sb_template **out, const char *text, sb_error *err)
{
    *out = NULL;
    size_t length = strlen(text);
    if (length == 0 || text[length - 1] == '/')
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "the output has no file name; end it with a name such as {n:02}-{slug}.mp3");
    sb_template *tmpl = calloc(1, sizeof *tmpl);
    if (!tmpl)
        return sb_error_memory(err, "naming files");
    sb_status status = read_pieces(tmpl, text, err);
    if (status) {
        sb_template_free(&tmpl);
        return status;
    }
    *out = tmpl;
    return SB_OK;
}

bool sb_template_varies(const sb_template *tmpl)
{
    for (size_t i = 0; i < tmpl->n_pieces; i++)
        if (!tmpl->pieces[i].literal && tmpl->pieces[i].field != FIELD_EPISODE)
            return true;
    return false;
}

static char *print_time(sb_time t)
{
    char text[SB_TIME_TEXT];
    sb_time_print(text, t, 3);
    for (char *c = text; *c; c++)
        if (*c == ':')
            *c = '-';
    return sb_copy_text(text, NULL);
}

static char *field_text(const piece *item, const values *v)
{
    switch (item->field) {
    case FIELD_N:
        return sb_text_print("%0*zu", item->width ? item->width : 1, v->n);
    case FIELD_SPEAKER:
        return v->match->n_speakers ? sb_match_speakers(v->match)
                                    : sb_copy_text(v->match->speaker ? v->match->speaker : "nobody", NULL);
    case FIELD_SLUG:
        return sb_clip_slug(v->match->text);
    case FIELD_PHRASE:
        return sb_copy_text(v->match->phrase ? v->match->phrase : "", NULL);
    case FIELD_START:
        return print_time(v->match->span.start);
    case FIELD_END:
        return print_time(v->match->span.end);
    case FIELD_EPISODE:
        return sb_copy_text(v->episode ? v->episode : "episode", NULL);
    default:
        return sb_copy_text(v->id ? v->id : "", NULL);
    }
}

static bool append_field(sb_bytes *out, const piece *item, const values *v)
{
    char *text = field_text(item, v);
    char *safe = text ? sb_file_name_safe(text, MAX_FIELD) : NULL;
    if (safe)
        sb_bytes_text(out, safe);
    free(text);
    free(safe);
    return safe != NULL;
}

/* A name with a field is made safe as a whole and keeps its extension. A name that the user wrote out is
 * unchanged. */
static bool append_component(sb_bytes *out, const char *name, bool has_field, bool last)
{
    if (!has_field) {
        sb_bytes_text(out, name);
        return true;
    }
    size_t length = strlen(name), stem_length = last ? sb_path_stem(name) : length;
    if (length - stem_length > MAX_EXTENSION)
        stem_length = length;
    char *stem = sb_copy_bytes(name, stem_length);
    char *safe = stem ? sb_file_name_safe(stem, MAX_COMPONENT) : NULL;
    if (safe) {
        sb_bytes_text(out, safe);
        sb_bytes_text(out, name + stem_length);
    }
    free(stem);
    free(safe);
    return safe != NULL;
}

typedef struct path_writer {
    sb_bytes path, component;
    bool has_field, ok;
} path_writer;

static void end_component(path_writer *w, bool last)
{
    if (w->component.size)
        w->ok = append_component(&w->path, w->component.data, w->has_field, last) && w->ok;
    if (!last)
        sb_bytes_text(&w->path, "/");
    w->ok = w->ok && !w->component.failed;
    sb_bytes_finish(&w->component);
    w->has_field = false;
}

static void append_literal(path_writer *w, const char *text)
{
    for (;;) {
        size_t length = strcspn(text, "/");
        sb_bytes_append(&w->component, text, length);
        if (!text[length])
            return;
        end_component(w, false);
        text += length + 1;
    }
}

char *sb_template_path(const sb_template *tmpl, const sb_match *match, size_t n, const char *episode,
                       const char *id)
{
    values v = {.match = match, .n = n, .episode = episode, .id = id};
    path_writer w = {.ok = true};
    for (size_t i = 0; i < tmpl->n_pieces && w.ok; i++) {
        const piece *item = &tmpl->pieces[i];
        if (item->literal) {
            append_literal(&w, item->literal);
        } else {
            w.ok = append_field(&w.component, item, &v);
            w.has_field = true;
        }
    }
    end_component(&w, true);
    if (w.ok && !w.path.failed)
        return w.path.data;
    sb_bytes_finish(&w.path);
    return NULL;
}

bool sb_template_has_field(const sb_template *tmpl)
{
    for (size_t i = 0; i < tmpl->n_pieces; i++)
        if (!tmpl->pieces[i].literal)
            return true;
    return false;
}

char *sb_template_folder(const sb_template *tmpl)
{
    const char *text = tmpl->n_pieces > 0 && tmpl->pieces[0].literal ? tmpl->pieces[0].literal : "";
    const char *slash = strrchr(text, '/');
    if (!slash)
        return sb_copy_text(".", NULL);
    return sb_copy_bytes(text, slash > text ? (size_t)(slash - text) : 1);
}
