#include <string.h>

#include "transcript/json/json_forms.h"
#include "transcript/tables/tables.h"

/* Keys without "_", "-", blanks and capitals, in the order in which they are tried. */
static const char *const text_keys[] = {
    "text",    "punctuatedword", "body",        "content",    "transcript", "transcription", "sentence",
    "caption", "captions",       "utterance",   "message",    "speech",     "word",          "line",
    "phrase",  "display",        "displaytext", "value",      "token",      "segment",       "paragraph",
    "utf8",    "plaintext",      "subtitle",    "simpletext", "w",          "input",         NULL};
static const char *const start_keys[] = {"start",       "starttime",
                                         "startoffset", "starttimestamp",
                                         "begin",       "begintime",
                                         "beginoffset", "timebegin",
                                         "timestart",   "datastart",
                                         "tstart",      "from",
                                         "offset",      "secondsfromstart",
                                         "timestamp",   "time",
                                         "ts",          "in",
                                         "tcin",        "timecode",
                                         "position",    "t",
                                         "tc",          "range",
                                         "timerange",   "span",
                                         "interval",    "times",
                                         NULL};
static const char *const end_keys[] = {
    "end",   "endtime", "endoffset", "endtimestamp", "timeend", "dataend", "tend",  "to",
    "until", "stop",    "stoptime",  "finish",       "endts",   "out",     "tcout", NULL};
static const char *const duration_keys[] = {"duration", "dur", "dduration", "length", "d", NULL};
static const char *const span_keys[] = {"timestamp", "timestamps", "timerange", "time", "times",
                                        "range",     "span",       "interval",  NULL};
static const char *const inner_time_keys[] = {"relative", "seconds",      "sec", "value",
                                              "ms",       "milliseconds", NULL};
static const char *const language_keys[] = {"language", "languagecode", "lang", "locale", NULL};
static const char *const name_keys[] = {"name",     "displayname",        "speakername",
                                        "fullname", "speakerdisplayname", "participantname",
                                        "label",    "username",           NULL};
static const char *const id_keys[] = {"id",      "speakerid",    "participantid", "uuid",
                                      "index",   "speakertag",   "key",           "tag",
                                      "speaker", "speakerlabel", "label",         NULL};

static const char *const *const key_lists[] = {[SB_JSON_KEY_TEXT] = text_keys,
                                               [SB_JSON_KEY_START] = start_keys,
                                               [SB_JSON_KEY_END] = end_keys,
                                               [SB_JSON_KEY_DURATION] = duration_keys,
                                               [SB_JSON_KEY_SPAN] = span_keys,
                                               [SB_JSON_KEY_INNER_TIME] = inner_time_keys,
                                               [SB_JSON_KEY_LANGUAGE] = language_keys,
                                               [SB_JSON_KEY_NAME] = name_keys,
                                               [SB_JSON_KEY_ID] = id_keys};

/* Keys of the speaker. `is_clear`: the key means nothing else, so it counts in words and at the root too. */
static const struct speaker_key {
    const char *key;
    bool is_name, is_clear;
} speaker_keys[] = {{"speakername", true, true},
                    {"speakerdisplayname", true, true},
                    {"speakerfullname", true, true},
                    {"participantname", true, true},
                    {"speaker", false, true},
                    {"voice", false, false},
                    {"speakerlabel", false, true},
                    {"speakerid", false, true},
                    {"speakertag", false, true},
                    {"speakeridx", false, true},
                    {"speakerindex", false, true},
                    {"speakernumber", false, true},
                    {"speakermodellabel", false, true},
                    {"speakerinfo", false, true},
                    {"spk", false, true},
                    {"spkid", false, true},
                    {"spkname", false, true},
                    {"participant", false, false},
                    {"participantrole", false, false},
                    {"displayname", false, false},
                    {"actor", false, false},
                    {"character", false, false},
                    {"username", false, false},
                    {"talker", false, false},
                    {"person", false, false},
                    {"who", false, false},
                    {"name", false, false},
                    {"user", false, false},
                    {"author", false, false},
                    {"role", false, false},
                    {"participantid", false, false}};

#define N_SPEAKER_KEYS (sizeof speaker_keys / sizeof *speaker_keys)

void sb_json_plain_key(char plain[SB_JSON_KEY_BYTES], const char *key, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length && n + 1 < SB_JSON_KEY_BYTES; i++) {
        char c = key[i];
        if (c != '_' && c != '-' && c != ' ')
            plain[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    plain[n] = 0;
}

/* The units that keys name: "start_ms", "offsetInTicks". */
static const struct unit_ending {
    const char *text;
    sb_json_unit unit;
} unit_endings[] = {{"milliseconds", SB_JSON_MS}, {"seconds", SB_JSON_SECONDS},
                    {"inticks", SB_JSON_TICKS},   {"ticks", SB_JSON_TICKS},
                    {"millis", SB_JSON_MS},       {"secs", SB_JSON_SECONDS},
                    {"sec", SB_JSON_SECONDS},     {"ms", SB_JSON_MS}};

/* Takes the unit off the key. Returns SB_JSON_ANY_UNIT if it names none. */
static sb_json_unit take_unit(char plain[SB_JSON_KEY_BYTES])
{
    size_t length = strlen(plain);
    for (size_t i = 0; i < sizeof unit_endings / sizeof *unit_endings; i++) {
        size_t n = strlen(unit_endings[i].text);
        if (length < n || strcmp(plain + length - n, unit_endings[i].text) != 0)
            continue;
        plain[length - n] = 0;
        return unit_endings[i].unit;
    }
    return strncmp(plain, "seconds", 7) == 0 ? SB_JSON_SECONDS : SB_JSON_ANY_UNIT;
}

sb_json_unit sb_json_key_unit(const char *key, size_t length)
{
    char plain[SB_JSON_KEY_BYTES];
    sb_json_plain_key(plain, key, length);
    return take_unit(plain);
}

static size_t rank_in(const char *const *keys, const char *plain)
{
    size_t i = 0;
    while (keys[i] && strcmp(keys[i], plain) != 0)
        i++;
    return keys[i] ? i : SIZE_MAX;
}

static size_t speaker_key_index(const char *plain)
{
    size_t i = 0;
    while (i < N_SPEAKER_KEYS && strcmp(speaker_keys[i].key, plain) != 0)
        i++;
    return i;
}

static bool is_known(const char *plain)
{
    for (int kind = SB_JSON_KEY_TEXT; kind <= SB_JSON_KEY_DURATION; kind++) {
        if (rank_in(key_lists[kind], plain) != SIZE_MAX)
            return true;
    }
    return speaker_key_index(plain) < N_SPEAKER_KEYS;
}

/* Returns the length of the first part of "tiempo_inicio" or "tempoInicio". */
static size_t part_length(const char *key, size_t length)
{
    size_t n = 1;
    while (n < length && !strchr("_- ", key[n]) && !(key[n] >= 'A' && key[n] <= 'Z' && key[n - 1] >= 'a'))
        n++;
    return n;
}

/* True if this part of a key fits the kind: a time in the name of a start, a unit, an id of a speaker. */
static bool part_fits(sb_json_key_kind kind, const char *part)
{
    sb_column column = sb_column_read(part);
    switch (kind) {
    case SB_JSON_KEY_TEXT:
        return column.kind == SB_COLUMN_TEXT;
    case SB_JSON_KEY_SPEAKER:
        return column.kind == SB_COLUMN_SPEAKER || column.kind == SB_COLUMN_NAME || strcmp(part, "id") == 0;
    case SB_JSON_KEY_START:
        return column.kind == SB_COLUMN_START || column.kind == SB_COLUMN_TIME || column.unit;
    case SB_JSON_KEY_END:
        return column.kind == SB_COLUMN_END || column.kind == SB_COLUMN_TIME || column.unit;
    default:
        return column.kind == SB_COLUMN_LENGTH || column.unit;
    }
}

/* The names of columns, in several languages, are also used as keys. Other words beside them could change
 * their meaning: "start_line". */
static bool is_like_column(sb_json_key_kind kind, const char *key, size_t length)
{
    static const sb_column_kind kinds[] = {[SB_JSON_KEY_TEXT] = SB_COLUMN_TEXT,
                                           [SB_JSON_KEY_START] = SB_COLUMN_START,
                                           [SB_JSON_KEY_END] = SB_COLUMN_END,
                                           [SB_JSON_KEY_DURATION] = SB_COLUMN_LENGTH,
                                           [SB_JSON_KEY_SPEAKER] = SB_COLUMN_SPEAKER};
    char name[SB_JSON_KEY_BYTES], part[SB_JSON_KEY_BYTES];
    sb_json_plain_key(name, key, length);
    if (kind > SB_JSON_KEY_SPEAKER || length == 0 || length >= sizeof name || is_known(name) ||
        strncmp(name, "userid", 6) == 0)
        return false;
    for (size_t at = 0, n; at < length; at += n) {
        n = part_length(key + at, length - at);
        size_t skipped = strchr("_- ", key[at]) ? 1 : 0;
        memcpy(part, key + at + skipped, n - skipped);
        part[n - skipped] = 0;
        if (n > skipped && !part_fits(kind, part))
            return false;
    }
    memcpy(name, key, length);
    name[length] = 0;
    sb_column_kind found = sb_column_read(name).kind;
    return found == kinds[kind] || (kind == SB_JSON_KEY_START && found == SB_COLUMN_TIME);
}

size_t sb_json_key_rank(sb_json_key_kind kind, const char *key, size_t length)
{
    char plain[SB_JSON_KEY_BYTES];
    sb_json_plain_key(plain, key, length);
    size_t rank = SIZE_MAX;
    if (kind == SB_JSON_KEY_SPEAKER)
        rank = speaker_key_index(plain) < N_SPEAKER_KEYS ? speaker_key_index(plain) : SIZE_MAX;
    else
        rank = rank_in(key_lists[kind], plain);
    bool has_unit = rank == SIZE_MAX && kind <= SB_JSON_KEY_DURATION && take_unit(plain) != SB_JSON_ANY_UNIT;
    if (has_unit)
        rank = rank_in(key_lists[kind], plain);
    return rank == SIZE_MAX && is_like_column(kind, key, length) ? SB_JSON_LIKE_COLUMN : rank;
}

unsigned sb_json_speaker_rank(const char *key, size_t length, bool only_clear)
{
    char plain[SB_JSON_KEY_BYTES];
    if (length == 0 || length >= SB_JSON_KEY_BYTES)
        return 0;
    sb_json_plain_key(plain, key, length);
    size_t i = speaker_key_index(plain);
    if (i == N_SPEAKER_KEYS)
        return is_like_column(SB_JSON_KEY_SPEAKER, key, length) ? 1 : 0;
    if (only_clear && !speaker_keys[i].is_clear)
        return 0;
    unsigned most = speaker_keys[i].is_name    ? SB_JSON_NAME_RANK
                    : speaker_keys[i].is_clear ? SB_JSON_ID_RANK
                                               : SB_JSON_ID_RANK / 2;
    return most - (unsigned)i;
}

bool sb_json_is_channel_key(const char *key, size_t length)
{
    static const char *const keys[] = {"channel",    "channelid",     "channelindex",
                                       "channeltag", "channelnumber", NULL};
    char plain[SB_JSON_KEY_BYTES];
    if (length < 7 || (key[0] != 'c' && key[0] != 'C'))
        return false;
    sb_json_plain_key(plain, key, length);
    return rank_in(keys, plain) != SIZE_MAX;
}

bool sb_json_is_names_key(const char *key, size_t length)
{
    static const char *const parts[] = {"speakers",     "speakernames", "speakermap", "speakerlabels",
                                        "participants", "contributors", "attendees",  "voices",
                                        "people",       "characters",   NULL};
    char plain[SB_JSON_KEY_BYTES];
    if (length < 6 || length >= SB_JSON_KEY_BYTES)
        return false;
    sb_json_plain_key(plain, key, length);
    for (size_t i = 0; parts[i]; i++) {
        if (strncmp(plain, parts[i], strlen(parts[i])) == 0)
            return true;
    }
    return false;
}
