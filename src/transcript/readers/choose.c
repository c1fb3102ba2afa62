#include <string.h>
#include <strings.h>

#include "base/words/words.h"
#include "soundbite/file.h"
#include "transcript/readers/readers.h"
#include "transcript/transcript.h"

#define CLOSE_SCORE  15 /* largest difference in points at which both formats are reported */
#define LEAST_OTHER  20 /* smallest score of another format that is reported */
#define SURE_SCORE   90 /* score of a feature that only one format has */
#define SIGNED_SCORE 95 /* from here on, no other format is reported */
/* bytes of a text without keys and tags that are examined; less is enough to recognise it */
#define TEXT_BYTES    (SB_SNIFF_BYTES / 4)
#define LINES_SHOWN   2
#define LINE_BYTES    50
#define BYTES_TO_LOOK 4096

static const char *name_at(const void *user, size_t index)
{
    (void)user;
    const sb_reader *reader = sb_reader_at(index);
    return reader ? reader->name : NULL;
}

static void list_names(sb_bytes *out)
{
    for (size_t i = 0; sb_reader_at(i); i++) {
        sb_bytes_text(out, i ? ", " : "");
        sb_bytes_text(out, sb_reader_at(i)->name);
    }
}

static sb_status choose_by_name(const sb_reader **out, const sb_reading *reading, const char *name)
{
    for (size_t i = 0; (*out = sb_reader_at(i)) != NULL; i++)
        if (strcasecmp((*out)->name, name) == 0)
            return SB_OK;
    const char *nearest = sb_nearest(name, name_at, NULL);
    if (nearest)
        return sb_error_set_field(reading->err, SB_ERR_ARGUMENT, "format", NULL,
                                  "unknown transcript format '%.40s'; did you mean '%s'?", name, nearest);
    sb_bytes names = {0};
    list_names(&names);
    sb_status status = names.failed ? SB_ERR_MEMORY
                                    : sb_error_set_field(reading->err, SB_ERR_ARGUMENT, "format", NULL,
                                                         "unknown transcript format '%.40s'; use one of %s",
                                                         name, names.data);
    sb_bytes_finish(&names);
    return status;
}

/* Adds the beginning of a line, cut between characters. */
static void add_sample_line(sb_bytes *out, const char *text, sb_range line)
{
    size_t size = line.length;
    if (size > LINE_BYTES)
        for (size = LINE_BYTES; size && ((unsigned char)text[line.at + size] & 0xc0) == 0x80;)
            size--;
    sb_bytes_print(out, "\"%.*s%s\"", (int)size, text + line.at, size < line.length ? "..." : "");
}

/* Adds the first lines that are not blank. */
static void add_first_lines(sb_bytes *out, const sb_reading *reading)
{
    size_t size = reading->size < BYTES_TO_LOOK ? reading->size : BYTES_TO_LOOK, n = 0;
    for (sb_line line = {0}; n < LINES_SHOWN && sb_line_next(&line, reading->text, size);) {
        sb_range trimmed = sb_range_trim(reading->text, (sb_range){line.at, line.length});
        if (!trimmed.length)
            continue;
        sb_bytes_text(out, n++ ? " and " : "");
        add_sample_line(out, reading->text, trimmed);
    }
}

/* Returns the first character at or after `*at` that is not blank, and moves `*at` behind it. Returns 0 at
 * the end. */
static char next_char(const char *text, size_t size, size_t *at)
{
    while (*at < size && memchr(" \t\r\n", text[*at], 4))
        (*at)++;
    return *at < size ? text[(*at)++] : 0;
}

/* Objects and arrays. An array of words alone could be a line such as "[laughter]". */
static bool looks_like_json(const char *text, size_t size)
{
    size_t at = 0;
    char first = next_char(text, size, &at), second = next_char(text, size, &at);
    if (first == '{')
        return second == '"' || second == '}' || !second;
    return first == '[' && (second == '{' || second == ']');
}

/* Returns what the readers searched for in a text that begins like this one. */
static const char *looked_for(const sb_reading *reading)
{
    size_t at = 0;
    if (looks_like_json(reading->text, reading->size))
        return "it looks like JSON, but has no segments, turns or words of a known form with text";
    if (next_char(reading->text, reading->size, &at) == '<')
        return "it looks like XML or HTML, but has no captions or transcript of a known form";
    return "no times of captions (00:00:01,000 --> 00:00:04,000), no speakers before a colon or a time "
           "(ANN LEE: or ANN LEE [00:01:30]:), no lines that begin with a time, no table with times";
}

static sb_status fail_unknown(const sb_reading *reading)
{
    size_t head = reading->size < 200 ? reading->size : 200;
    if (memmem(reading->text, head, "\"soundbite-alignment\"", 21))
        return sb_error_set_at(
            reading->err, SB_ERR_FORMAT, reading->transcript->path, 1, 1,
            "this is a saved alignment, not a transcript; use the transcript it was made from");
    sb_bytes lines = {0};
    const char *kind = sb_not_prose(reading->text, reading->size < TEXT_BYTES ? reading->size : TEXT_BYTES);
    if (kind && (strstr(kind, "JSON") || strstr(kind, "XML")))
        kind = NULL; /* `looked_for` already says it */
    if (kind)
        sb_bytes_print(&lines, " like %s", kind);
    sb_bytes_text(&lines, kind ? " (" : " with ");
    add_first_lines(&lines, reading);
    sb_bytes_text(&lines, kind ? ")" : "");
    sb_status status = lines.failed
                           ? SB_ERR_MEMORY
                           : sb_error_set_at(reading->err, SB_ERR_FORMAT, reading->transcript->path, 1, 1,
                                             "no transcript format was recognised: %s; the text begins"
                                             "%s; export it in another form",
                                             looked_for(reading), lines.data);
    if (status == SB_ERR_FORMAT && reading->err && !reading->err->field)
        reading->err->field = "format";
    sb_bytes_finish(&lines);
    return status;
}

/* The readers of JSON have names that end in "json". Other readers are not tried for such a text, because
 * almost any text can look like a table or prose. */
static bool reads_json(const sb_reader *reader)
{
    size_t size = strlen(reader->name);
    return size >= 4 && !strcmp(reader->name + size - 4, "json");
}

/* These two read anything that no other reader accepts, so they are not reported as another format. */
static bool reads_anything(const sb_reader *reader)
{
    return !strcmp(reader->name, "plain") || !strcmp(reader->name, "json");
}

static bool is_close(sb_sniff best, sb_sniff other)
{
    if (best.score >= SIGNED_SCORE || (best.score >= SURE_SCORE && other.score < SURE_SCORE))
        return false;
    return other.score >= LEAST_OTHER && best.score - other.score <= CLOSE_SCORE;
}

/* Of equal scores the first in the table counts. */
static const sb_reader *choose_by_content(sb_transcript *t, const char *text, size_t size)
{
    const sb_reader *best = NULL, *other = NULL, *reader;
    sb_sniff best_sniff = {0}, other_sniff = {0};
    size_t at = 0;
    bool is_json = looks_like_json(text, size);
    if (!is_json && next_char(text, size, &at) != '<' && size > TEXT_BYTES)
        size = TEXT_BYTES;
    for (size_t i = 0; (reader = sb_reader_at(i)) != NULL; i++) {
        if (is_json && !reads_json(reader))
            continue;
        sb_sniff sniff = reader->sniff(text, size);
        if (sniff.score > best_sniff.score) {
            other = best;
            other_sniff = best_sniff;
            best = reader;
            best_sniff = sniff;
        } else if (sniff.score > other_sniff.score) {
            other = reader;
            other_sniff = sniff;
        }
    }
    t->certainty = best_sniff.score;
    t->evidence = best_sniff.why;
    if (other && !reads_anything(other) && is_close(best_sniff, other_sniff)) {
        t->other_format = other->name;
        t->other_evidence = other_sniff.why;
    }
    return best;
}

sb_status sb_reader_choose(const sb_reader **out, const sb_reading *reading, const char *name)
{
    *out = NULL;
    if (sb_range_trim(reading->text, (sb_range){0, reading->size}).length == 0)
        return sb_error_set_at(reading->err, SB_ERR_FORMAT, reading->transcript->path, 1, 1,
                               "the transcript is empty; use a file with text in it");
    if (name)
        return choose_by_name(out, reading, name);
    *out = choose_by_content(reading->transcript, reading->text,
                             reading->size < SB_SNIFF_BYTES ? reading->size : SB_SNIFF_BYTES);
    return *out ? SB_OK : fail_unknown(reading);
}
