/* JSON in a form that no other reader accepts: the list with the most timed text is the transcript. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "transcript/json/json_forms.h"

#define MAX_FIELDS    24
#define MAX_PATH      160
#define MAX_NAME      41
#define MIN_SHARE     2   /* of the items, one in so many must have text and a time */
#define SPEAKER_BONUS 1.3 /* a list with speakers counts for more text */
#define LATEST        (1000 * 3600 * SB_TIME_SECOND) /* the first time of a transcript is not later */
#define NEARLY        0.8                            /* words have no blanks between them */

/* Keys without "_", "-" and capitals, in the order in which they are tried. */
static const char *const text_keys[] = {
    "text",      "punctuatedword", "body",      "content", "transcript", "transcription", "sentence",
    "caption",   "captions",       "utterance", "word",    "line",       "phrase",        "speech",
    "display",   "displaytext",    "value",     "token",   "segment",    "paragraph",     "utf8",
    "plaintext", "subtitle",       "w",         NULL};
static const char *const start_keys[] = {
    "start",     "starttime", "startoffset", "begin",  "begintime", "beginoffset", "timebegin", "timestart",
    "datastart", "tstart",    "from",        "offset", "timestamp", "time",        "ts",        "in",
    "tcin",      "timecode",  "position",    "t",      "tc",        NULL};
static const char *const end_keys[] = {"end",    "endtime", "endoffset", "timeend", "dataend",
                                       "tend",   "to",      "until",     "stop",    "stoptime",
                                       "finish", "endts",   "out",       "tcout",   NULL};
static const char *const duration_keys[] = {"duration", "dur", "dduration", "length", "d", NULL};
static const char *const speaker_keys[] = {"speakername",
                                           "speakerdisplayname",
                                           "speakerlabel",
                                           "speaker",
                                           "voice",
                                           "speakerid",
                                           "speakertag",
                                           "participant",
                                           "participantrole",
                                           "participantname",
                                           "displayname",
                                           "actor",
                                           "username",
                                           "user",
                                           "author",
                                           "who",
                                           "talker",
                                           "person",
                                           "role",
                                           "name",
                                           NULL};
static const char *const language_keys[] = {"language", "languagecode", "lang", "locale", NULL};

/* A form that was found, and the memory of its paths. */
typedef struct found_form {
    sb_json_form form;
    sb_json_field fields[MAX_FIELDS + 1];
    char paths[MAX_FIELDS][MAX_PATH];
    size_t n_fields;
    uint32_t list, text, start;
} found_form;

typedef struct candidate {
    uint32_t list, text, start, end, duration, speaker;
    double weight;
} candidate;

static void plain_name(char name[MAX_NAME], const sb_json_shape *shape)
{
    size_t n = 0;
    for (size_t i = 0; i < shape->key_length && n + 1 < MAX_NAME; i++) {
        char c = shape->key[i];
        if (c != '_' && c != '-')
            name[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    name[n] = 0;
}

/* The units that keys name: "start_ms", "offsetInTicks". */
static const struct unit_ending {
    const char *text;
    sb_json_unit unit;
} unit_endings[] = {{"milliseconds", SB_JSON_MS}, {"seconds", SB_JSON_SECONDS},
                    {"inticks", SB_JSON_TICKS},   {"ticks", SB_JSON_TICKS},
                    {"millis", SB_JSON_MS},       {"secs", SB_JSON_SECONDS},
                    {"sec", SB_JSON_SECONDS},     {"ms", SB_JSON_MS}};

/* Takes the unit off the name. Returns SB_JSON_ANY_UNIT if it names none. */
static sb_json_unit unit_in_name(char name[MAX_NAME])
{
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof unit_endings / sizeof *unit_endings; i++) {
        size_t n = strlen(unit_endings[i].text);
        if (length <= n || strcmp(name + length - n, unit_endings[i].text) != 0)
            continue;
        name[length - n] = 0;
        return unit_endings[i].unit;
    }
    return SB_JSON_ANY_UNIT;
}

static sb_json_unit unit_of_key(const sb_json_shape *shape)
{
    char name[MAX_NAME];
    plain_name(name, shape);
    return unit_in_name(name);
}

static size_t rank_in(const char *const *keys, const char *name)
{
    size_t i = 0;
    while (keys[i] && strcmp(keys[i], name) != 0)
        i++;
    return i;
}

typedef bool shape_test(const sb_json_shape *shape, size_t n_needed);

static bool is_text_shape(const sb_json_shape *shape, size_t n_needed)
{
    return shape->n_texts >= n_needed && shape->text_bytes > 0 && shape->n_clocks * 2 <= shape->n_texts;
}

static bool is_time(const sb_json_shape *shape, size_t n_needed)
{
    return shape->n_numbers + shape->n_clocks >= n_needed;
}

static bool is_rising(const sb_json_shape *shape, size_t n_needed)
{
    bool rises =
        shape->n_rising * 10 >= shape->n_numbers * 7 && (shape->n_greater > 0 || shape->n_numbers == 1);
    return is_time(shape, n_needed) && (shape->n_numbers == 0 || rises);
}

static bool is_name_key(const sb_json_shape *shape, size_t n_needed)
{
    (void)n_needed;
    return shape->n_texts > 0 || shape->n_numbers > 0;
}

/* Returns the best of the record's keys, or of those of objects in it; 0 if there is none. */
static uint32_t find_key(const sb_json_survey *s, uint32_t record, const char *const *keys, shape_test *test,
                         size_t n_needed, int depth)
{
    uint32_t best = 0;
    size_t best_rank = SIZE_MAX;
    for (uint32_t i = s->shapes[record].child; i; i = s->shapes[i].next) {
        char name[MAX_NAME];
        plain_name(name, &s->shapes[i]);
        size_t rank = rank_in(keys, name);
        if (!keys[rank] && unit_in_name(name) != SB_JSON_ANY_UNIT)
            rank = rank_in(keys, name);
        if (keys[rank] && rank < best_rank && test(&s->shapes[i], n_needed)) {
            best = i;
            best_rank = rank;
        }
    }
    for (uint32_t i = s->shapes[record].child; !best && depth > 0 && i; i = s->shapes[i].next) {
        if (s->shapes[i].n_objects > 0)
            best = find_key(s, i, keys, test, n_needed, depth - 1);
    }
    return best;
}

/* "timestamp": [start, end] */
static uint32_t find_pair(const sb_json_survey *s, uint32_t record, size_t n_needed)
{
    for (uint32_t i = s->shapes[record].child; i; i = s->shapes[i].next) {
        uint32_t inner = s->shapes[i].child;
        char name[MAX_NAME];
        plain_name(name, &s->shapes[i]);
        bool has_name = strstr(name, "time") || strcmp(name, "span") == 0 || strcmp(name, "interval") == 0;
        if (has_name && s->shapes[i].n_arrays >= n_needed && inner && s->shapes[inner].key[0] == '[' &&
            s->shapes[inner].n_numbers >= 2 * n_needed)
            return i;
    }
    return 0;
}

/* The speaker's name, also in {"speaker": {"name": "Ann"}}. */
static uint32_t find_speaker(const sb_json_survey *s, uint32_t record)
{
    static const char *const inner_keys[] = {"name", "displayname", "label", "id", NULL};
    uint32_t speaker = find_key(s, record, speaker_keys, is_name_key, 0, 0);
    for (uint32_t i = s->shapes[record].child; !speaker && i; i = s->shapes[i].next) {
        char name[MAX_NAME];
        plain_name(name, &s->shapes[i]);
        if (s->shapes[i].n_objects > 0 && speaker_keys[rank_in(speaker_keys, name)])
            speaker = find_key(s, i, inner_keys, is_name_key, 0, 0);
    }
    return speaker;
}

static candidate look_at(const sb_json_survey *s, uint32_t record)
{
    const sb_json_shape *shape = &s->shapes[record];
    size_t n_needed = (shape->n_objects + MIN_SHARE - 1) / MIN_SHARE;
    candidate c = {.list = record};
    if (shape->n_objects == 0 || (record == 0 && shape->n_objects < 2))
        return c;
    c.text = find_key(s, record, text_keys, is_text_shape, n_needed, 2);
    c.start = find_key(s, record, start_keys, is_rising, n_needed, 1);
    c.end = find_key(s, record, end_keys, is_time, n_needed, 1);
    c.duration = c.end ? 0 : find_key(s, record, duration_keys, is_time, n_needed, 1);
    if (!c.start)
        c.start = c.end = find_pair(s, record, n_needed);
    c.speaker = find_speaker(s, record);
    if (c.speaker == c.text)
        c.speaker = 0;
    bool is_clear = shape->n_objects > 1 || c.end || c.duration;
    if (c.text && c.start && is_clear)
        c.weight = (double)s->shapes[c.text].text_bytes * (c.speaker ? SPEAKER_BONUS : 1);
    return c;
}

/* The items of arrays, and the root if it is one of many documents. */
static bool is_record(const sb_json_survey *s, uint32_t i)
{
    return i == 0 || s->shapes[i].key[0] == '[';
}

static candidate find_list(const sb_json_survey *s)
{
    candidate best = {0};
    for (uint32_t i = 0; i < s->n_shapes; i++) {
        candidate c = {0};
        if (is_record(s, i))
            c = look_at(s, i);
        if (c.weight > 0 && c.weight * NEARLY > best.weight)
            best = c;
    }
    return best;
}

static bool is_inside(const sb_json_survey *s, uint32_t inner, uint32_t outer)
{
    while (s->shapes[inner].depth > s->shapes[outer].depth)
        inner = s->shapes[inner].parent;
    return inner == outer;
}

/* Finds the list of words inside the segments. */
static candidate find_word_list(const sb_json_survey *s, const candidate *segments)
{
    candidate best = {0};
    for (uint32_t i = 1; i < s->n_shapes; i++) {
        if (i == segments->list || !is_record(s, i) || !is_inside(s, i, segments->list))
            continue;
        candidate c = look_at(s, i);
        if (c.weight > best.weight)
            best = c;
    }
    return best;
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
    f->fields[f->n_fields++] = (sb_json_field){
        .role = role, .path = path, .unit = is_time_role ? unit_of_key(&s->shapes[shape]) : SB_JSON_ANY_UNIT};
}

static void add_list(found_form *f, const sb_json_survey *s, const candidate *c, sb_json_role role)
{
    bool is_pair = c->start == c->end;
    add_field(f, s, role, c->list, "");
    add_field(f, s, SB_JSON_TEXT, c->text, "");
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
        uint32_t speaker = s->shapes[i].n_objects > 0 ? find_speaker(s, i) : 0;
        if (!speaker || i == 0)
            continue;
        add_field(f, s, SB_JSON_GROUP, i, "");
        add_field(f, s, SB_JSON_SPEAKER, speaker, "");
    }
}

/* Lists such as "speakers": [{"id": 0, "name": "Ann"}]. */
static void add_names(found_form *f, const sb_json_survey *s)
{
    static const char *const id_keys[] = {"id", "speakerid", "uuid", "index", NULL};
    static const char *const name_keys[] = {"name", "displayname", "speakername", "label", NULL};
    for (uint32_t i = 1; i < s->n_shapes; i++) {
        char name[MAX_NAME];
        plain_name(name, &s->shapes[s->shapes[i].parent]);
        if (s->shapes[i].key[0] != '[' || !(strstr(name, "speaker") || strstr(name, "participant")))
            continue;
        uint32_t id = find_key(s, i, id_keys, is_name_key, 0, 0),
                 label = find_key(s, i, name_keys, is_name_key, 0, 0);
        if (!id || !label || i == f->list)
            continue;
        add_field(f, s, SB_JSON_NAME, i, "");
        add_field(f, s, SB_JSON_ID, id, "");
        add_field(f, s, SB_JSON_TEXT, label, "");
        return;
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
    candidate list = find_list(s);
    if (list.weight == 0)
        return true;
    candidate words = find_word_list(s, &list);
    f->list = list.list;
    f->text = list.text;
    f->start = list.start;
    add_groups(f, s, list.list);
    uint32_t language = find_key(s, 0, language_keys, is_name_key, 0, 0);
    if (language)
        add_field(f, s, SB_JSON_LANGUAGE, language, "");
    add_names(f, s);
    add_list(f, s, &list, SB_JSON_SEGMENT);
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
        char name[MAX_NAME];
        plain_name(name, &s->shapes[i]);
        if (own_keys[rank_in(own_keys, name)])
            return "this is a list of clips or matches, not a transcript; use the transcript it was made "
                   "from";
    }
    return NULL;
}

static const char *unit_text(const sb_reading *reading, const found_form *f, const sb_json_survey *s)
{
    static const char *const names[] = {
        "", "seconds", "milliseconds", "microseconds", "units of 100 ns", "nanoseconds"};
    sb_json_unit unit = f->form.unit;
    if (s->shapes[f->start].n_clocks > s->shapes[f->start].n_numbers)
        return "as written";
    for (size_t i = 0; i < f->n_fields; i++) {
        if (f->fields[i].role == SB_JSON_START && f->fields[i].unit != SB_JSON_ANY_UNIT)
            unit = f->fields[i].unit;
    }
    (void)reading;
    return names[unit];
}

static void write_note(sb_reading *reading, const found_form *f, const sb_json_survey *s)
{
    char list[MAX_PATH], text[MAX_PATH], start[MAX_PATH];
    if (!write_path(list, s, f->list) || !write_path(text, s, f->text) || !write_path(start, s, f->start))
        return;
    sb_reading_note(reading, s->shapes[f->list].at,
                    "JSON of an unknown service: text read from \"%s\", times from \"%s\" (%s); check them",
                    text, start, unit_text(reading, f, s));
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
        return sb_reading_fail(reading, s->shapes[f->start].at,
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
        sniff = f.n_fields > 0 ? (sb_sniff){50, "JSON with a list of timed text"}
                               : (sb_sniff){20, "JSON without timed text"};
    free(survey.shapes);
    return sniff;
}

const sb_reader sb_reader_json = {"json", "JSON of other services: any list of text with times", json_sniff,
                                  json_read, SB_UNIT_CUE};
