/* JSON in a form that no other reader accepts: the list with the most timed text is the transcript. */
#include <stdlib.h>
#include <string.h>

#include "base/words/words.h"
#include "transcript/json/json_forms.h"

#define MAX_FIELDS 24
#define MAX_PATH   320
#define LATEST     (1000 * 3600 * SB_TIME_SECOND) /* the first time of a transcript is not later */

/* A form that was found, and the memory of its paths. */
typedef struct found_form {
    sb_json_form form;
    sb_json_field fields[MAX_FIELDS + 1];
    char paths[MAX_FIELDS][MAX_PATH];
    size_t n_fields;
    sb_json_list list;
} found_form;

static sb_json_unit unit_of_shape(const sb_json_shape *shape)
{
    return sb_json_key_unit(shape->key, shape->key_length);
}

static bool write_path(char path[MAX_PATH], const sb_json_survey *s, uint32_t i)
{
    size_t at = MAX_PATH - 1;
    path[at] = 0;
    for (; i != 0; i = s->shapes[i].parent) {
        const sb_json_shape *shape = &s->shapes[i];
        if (at < shape->key_length + 1)
            return false;
        at -= shape->key_length;
        memcpy(path + at, shape->key, shape->key_length);
        if (shape->key[0] != '[')
            path[--at] = '.';
    }
    size_t skipped = path[at] == '.' ? 1 : 0;
    memmove(path, path + at + skipped, MAX_PATH - at - skipped);
    if (path[0] == 0)
        memcpy(path, ".", 2);
    return true;
}

static void add_field(found_form *f, const sb_json_survey *s, sb_json_role role, uint32_t shape,
                      const char *more)
{
    if (f->n_fields == MAX_FIELDS || !write_path(f->paths[f->n_fields], s, shape))
        return;
    char *path = f->paths[f->n_fields];
    if (strlen(path) + strlen(more) + 1 > MAX_PATH)
        return;
    memcpy(path + strlen(path), more, strlen(more) + 1);
    bool is_time_role = role >= SB_JSON_START && role <= SB_JSON_DURATION;
    f->fields[f->n_fields++] =
        (sb_json_field){.role = role,
                        .path = path,
                        .unit = is_time_role ? unit_of_shape(&s->shapes[shape]) : SB_JSON_ANY_UNIT};
}

static void add_list(found_form *f, const sb_json_survey *s, const sb_json_list *c, sb_json_role role)
{
    bool is_pair = c->start && c->start == c->end;
    add_field(f, s, role, c->record, "");
    add_field(f, s, SB_JSON_TEXT, c->text, "");
    if (c->start)
        add_field(f, s, SB_JSON_START, c->start, is_pair ? "[0]" : "");
    if (c->end)
        add_field(f, s, SB_JSON_END, c->end, is_pair ? "[1]" : "");
    if (c->duration)
        add_field(f, s, SB_JSON_DURATION, c->duration, "");
    if (c->speaker)
        add_field(f, s, SB_JSON_SPEAKER, c->speaker, "");
}

/* Objects round the list may name the speaker of all that is in them. */
static void add_groups(found_form *f, const sb_json_survey *s, uint32_t list)
{
    for (uint32_t i = list; i != 0;) {
        i = s->shapes[i].parent;
        uint32_t speaker = s->shapes[i].n_objects > 0 ? sb_json_find_speaker(s, i) : 0;
        if (!speaker || i == 0)
            continue;
        add_field(f, s, SB_JSON_GROUP, i, "");
        add_field(f, s, SB_JSON_SPEAKER, speaker, "");
    }
}

/* Describes the document. The form has no list if there is none. Returns false if memory runs out. */
static bool find_form(found_form *f, sb_json_survey *s, const char *text, size_t size)
{
    size_t looked_at = size < SB_SNIFF_BYTES ? size : SB_SNIFF_BYTES;
    static const sb_json_sign no_signs[] = {{0}};
    *f = (found_form){0};
    if (!sb_json_survey_make(s, text, looked_at))
        return false;
    sb_json_list words;
    if (!sb_json_find_lists(&f->list, &words, s))
        return true;
    add_groups(f, s, f->list.record);
    uint32_t language = sb_json_find_language(s);
    if (language)
        add_field(f, s, SB_JSON_LANGUAGE, language, "");
    add_list(f, s, &f->list, SB_JSON_SEGMENT);
    if (words.weight > 0)
        add_list(f, s, &words, SB_JSON_WORD);
    f->form = (sb_json_form){.fields = f->fields, .signs = no_signs};
    return true;
}

/* Files that soundbite writes are not transcripts. */
static const char *own_file(const sb_json_survey *s, const char *text, size_t size)
{
    static const char *const own_keys[] = {"startsample", "firstturn", "asked", "unmatchedspeech", NULL};
    size_t head = size < 200 ? size : 200;
    if (memmem(text, head, "\"soundbite-alignment\"", 21))
        return "this is a saved alignment, not a transcript; use the transcript it was made from";
    for (uint32_t i = s->shapes[0].child; i; i = s->shapes[i].next) {
        char name[SB_JSON_KEY_BYTES];
        sb_json_plain_key(name, s->shapes[i].key, s->shapes[i].key_length);
        if (sb_word_is_among(name, own_keys))
            return "this is a list of clips or matches, not a transcript; use the transcript it was made "
                   "from";
    }
    return NULL;
}

static const char *unit_text(const found_form *f, const sb_json_survey *s)
{
    static const char *const names[] = {
        "", "seconds", "milliseconds", "microseconds", "units of 100 ns", "nanoseconds"};
    sb_json_unit unit = f->form.unit;
    if (s->shapes[f->list.start].n_clocks > s->shapes[f->list.start].n_numbers)
        return "as written";
    for (size_t i = 0; i < f->n_fields; i++) {
        if (f->fields[i].role == SB_JSON_START && f->fields[i].unit != SB_JSON_ANY_UNIT)
            unit = f->fields[i].unit;
    }
    return names[unit];
}

static void write_note(sb_reading *reading, const found_form *f, const sb_json_survey *s)
{
    char text[MAX_PATH], start[MAX_PATH];
    size_t at = s->shapes[f->list.record].at;
    if (!write_path(text, s, f->list.text) || !write_path(start, s, f->list.start))
        return;
    if (f->list.start)
        sb_reading_note(
            reading, at,
            "JSON of an unknown service: text read from \"%s\", times from \"%s\" (%s); check them", text,
            start, unit_text(f, s));
    else
        sb_reading_note(reading, at,
                        "JSON of an unknown service: text read from \"%s\", without times; check it", text);
}

/* Seconds since 1970 are a chat or a log. */
static sb_status look_for_dates(bool *is_dated, sb_reading *reading, const found_form *f)
{
    sb_json_finds finds;
    sb_status status = sb_json_walk(&finds, reading, &f->form, f->form.unit, 2);
    for (size_t i = 0; i < finds.items.n_items; i++)
        *is_dated = *is_dated || finds.items.items[i].start > LATEST;
    sb_json_finds_finish(&finds);
    return status;
}

static sb_status read_found(sb_reading *reading, found_form *f, const sb_json_survey *s)
{
    if (f->n_fields == 0)
        return sb_reading_fail(
            reading, 0,
            "JSON without a list of words or segments: looked for objects with a text (\"text\", \"word\", "
            "\"body\" ...) and a time (\"start\", \"startTime\", \"offset\" ...); export the transcript as "
            "text, SRT or VTT");
    sb_status status = sb_json_find_unit(&f->form.unit, reading, &f->form);
    if (status != SB_OK)
        return status;
    bool is_dated = false;
    status = look_for_dates(&is_dated, reading, f);
    if (status != SB_OK)
        return status;
    if (is_dated)
        return sb_reading_fail(reading, s->shapes[f->list.start].at,
                               "the times are dates, not times in the audio; let them begin at zero");
    write_note(reading, f, s);
    return sb_json_read_form(reading, &f->form);
}

static sb_status json_read(sb_reading *reading)
{
    found_form f;
    sb_json_survey survey;
    sb_status status = find_form(&f, &survey, reading->text, reading->size) ? SB_OK : SB_ERR_MEMORY;
    const char *own = status == SB_OK ? own_file(&survey, reading->text, reading->size) : NULL;
    if (own)
        status = sb_reading_fail(reading, 0, "%s", own);
    else if (status == SB_OK)
        status = read_found(reading, &f, &survey);
    free(survey.shapes);
    return status;
}

static sb_sniff json_sniff(const char *text, size_t size)
{
    found_form f;
    sb_json_survey survey;
    sb_sniff sniff = {0};
    bool ok = true;
    if (!sb_json_begins(text, size, &ok)) {
        sniff.score = ok ? 0 : SB_SNIFF_NO_MEMORY;
        return sniff;
    }
    sniff.score = SB_SNIFF_NO_MEMORY;
    if (find_form(&f, &survey, text, size))
        sniff = f.n_fields == 0 ? (sb_sniff){20, "JSON without timed text"}
                : f.list.start  ? (sb_sniff){50, "JSON with a list of timed text"}
                                : (sb_sniff){40, "JSON with a list of speakers and texts"};
    free(survey.shapes);
    return sniff;
}

const sb_reader sb_reader_json = {"json", "JSON of other services: any list of text with times", json_sniff,
                                  json_read, SB_UNIT_CUE};
