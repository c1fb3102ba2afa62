#include "clip/batch/batch.h"

#include "base/run/run.h"
#include "base/text/text.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef enum column_kind {
    KIND_TEXT,    /* char * */
    KIND_TEXTS,   /* row_strings */
    KIND_TIME,    /* sb_time, not negative */
    KIND_WHOLE,   /* int */
    KIND_COUNT,   /* size_t */
    KIND_BITRATE, /* int64_t, "k" for thousands */
    KIND_LEVEL,   /* double; "off" is NaN */
    KIND_EXPAND,
    KIND_CAPTIONS, /* unsigned, bits of sb_clip_captions */
    KIND_FLAG,     /* bool */
    KIND_LOUDNESS_OF,
    KIND_STRING, /* const char *, owned by the row's strings */
    KIND_SHAPE,
    KIND_PROFILE,
    KIND_DROP /* unsigned, bits of sb_drop_kind; "off" is 0 */
} column_kind;

typedef enum text_list { LIST_PHRASES, LIST_REGEXES, LIST_SPEAKERS, LIST_STRINGS, N_LISTS } text_list;

struct sb_batch_column {
    const char *name;
    column_kind kind;
    size_t offset; /* in sb_batch_row; for KIND_TEXTS, of a text_list */
    double least, most;
    size_t has; /* the flag beside the value; 0: none */
};

#define MEMBER(member) offsetof(sb_batch_row, member)
#define NO_LIMIT       1e9

/* The limits are those of the command line. */
static const sb_batch_column columns[] = {
    {"id", KIND_TEXT, MEMBER(id), 0, 0, 0},
    {"audio", KIND_TEXT, MEMBER(audio), 0, 0, 0},
    {"transcript", KIND_TEXT, MEMBER(transcript), 0, 0, 0},
    {"language", KIND_TEXT, MEMBER(language), 0, 0, 0},
    {"output", KIND_TEXT, MEMBER(template_text), 0, 0, 0},
    {"phrase", KIND_TEXTS, LIST_PHRASES, 0, 0, 0},
    {"regex", KIND_TEXTS, LIST_REGEXES, 0, 0, 0},
    {"speaker", KIND_TEXTS, LIST_SPEAKERS, 0, 0, 0},
    {"from", KIND_TIME, MEMBER(selection.from), 0, NO_LIMIT, MEMBER(selection.has_from)},
    {"until", KIND_TIME, MEMBER(selection.until), 0, NO_LIMIT, MEMBER(selection.has_until)},
    {"min-length", KIND_TIME, MEMBER(selection.min_length), 0, NO_LIMIT, 0},
    {"max-length", KIND_TIME, MEMBER(selection.max_length), 0, NO_LIMIT, 0},
    {"expand", KIND_EXPAND, MEMBER(selection.expand), 0, 0, 0},
    {"fuzzy", KIND_WHOLE, MEMBER(selection.fuzzy), 0, 100, 0},
    {"limit", KIND_COUNT, MEMBER(selection.limit), 1, NO_LIMIT, 0},
    {"match", KIND_COUNT, MEMBER(selection.match), 1, NO_LIMIT, 0},
    {"lead", KIND_TIME, MEMBER(clip.cut.lead), 0, 60, MEMBER(clip.cut.has_lead)},
    {"tail", KIND_TIME, MEMBER(clip.cut.tail), 0, 60, MEMBER(clip.cut.has_tail)},
    {"fade", KIND_TIME, MEMBER(clip.cut.fade), 0, 10, MEMBER(clip.cut.has_fade)},
    {"loudness", KIND_LEVEL, MEMBER(clip.loudness_lufs), -70, 0, MEMBER(clip.has_loudness_lufs)},
    {"loudness-of", KIND_LOUDNESS_OF, MEMBER(clip.loudness_of), 0, 0, 0},
    {"true-peak", KIND_LEVEL, MEMBER(clip.true_peak_db), -20, 0, MEMBER(clip.has_true_peak_db)},
    {"rate", KIND_WHOLE, MEMBER(clip.sample_rate), 8000, 192000, 0},
    {"channels", KIND_WHOLE, MEMBER(clip.channels), 1, 2, 0},
    {"captions", KIND_CAPTIONS, MEMBER(clip.captions), 0, 0, 0},
    {"caption-names", KIND_FLAG, MEMBER(clip.caption_names), 0, 0, 0},
    {"bitrate", KIND_BITRATE, MEMBER(clip.bit_rate), 6000, 512000, 0},
    {"strict", KIND_FLAG, MEMBER(clip.strict), 0, 0, 0},
    {"no-certificate", KIND_FLAG, MEMBER(clip.no_certificate), 0, 0, 0},
    {"copy", KIND_FLAG, MEMBER(clip.copy), 0, 0, 0},
    {"video", KIND_SHAPE, MEMBER(clip.video.shape), 0, 0, 0},
    {"for", KIND_PROFILE, MEMBER(clip.profile), 0, 0, 0},
    {"background", KIND_STRING, MEMBER(clip.video.background), 0, 0, 0},
    {"title", KIND_STRING, MEMBER(clip.video.title), 0, 0, 0},
    {"theme", KIND_STRING, MEMBER(clip.video.theme), 0, 0, 0},
    {"drop", KIND_DROP, MEMBER(clip.drop), 0, 0, 0},
};
#define N_COLUMNS (sizeof columns / sizeof columns[0])

typedef struct row_strings {
    char **lists[N_LISTS];
    size_t n[N_LISTS];
    bool has_captions; /* the row itself has captions; those of the batch do not count */
} row_strings;

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char left = *a == '_' ? '-' : (char)tolower((unsigned char)*a);
        if (left != *b)
            return false;
    }
    return *a == *b;
}

const sb_batch_column *sb_batch_column_find(const char *name)
{
    for (size_t i = 0; i < N_COLUMNS; i++)
        if (same_name(name, columns[i].name))
            return &columns[i];
    return NULL;
}

const char *sb_batch_column_nearest(const char *name)
{
    const char *names[N_COLUMNS + 1];
    for (size_t i = 0; i < N_COLUMNS; i++)
        names[i] = columns[i].name;
    names[N_COLUMNS] = NULL;
    return sb_nearest_name(name, names);
}

bool sb_batch_column_repeats(const sb_batch_column *column)
{
    return column->kind == KIND_TEXTS || column->kind == KIND_CAPTIONS;
}

void sb_batch_row_init(sb_batch_row *row, int64_t line, const sb_clip_params *defaults)
{
    *row = (sb_batch_row){.line = line};
    if (defaults)
        row->clip = *defaults;
}

void sb_batch_row_finish(sb_batch_row *row)
{
    row_strings *strings = row->owned;
    for (int list = 0; strings && list < N_LISTS; list++) {
        for (size_t i = 0; i < strings->n[list]; i++)
            free(strings->lists[list][i]);
        free(strings->lists[list]);
    }
    free(strings);
    free(row->id);
    free(row->audio);
    free(row->transcript);
    free(row->language);
    free(row->template_text);
    *row = (sb_batch_row){0};
}

static row_strings *own_strings(sb_batch_row *row)
{
    if (!row->owned)
        row->owned = calloc(1, sizeof(row_strings));
    return row->owned;
}

static sb_status add_text(sb_batch_row *row, text_list list, const char *value, sb_error *err)
{
    row_strings *strings = own_strings(row);
    char *copy = sb_copy_text(value, NULL);
    if (!strings || !copy || !sb_push_room(&strings->lists[list], strings->n[list], sizeof(char *))) {
        free(copy);
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    }
    strings->lists[list][strings->n[list]++] = copy;
    sb_selection *s = &row->selection;
    s->phrases = (const char *const *)strings->lists[LIST_PHRASES];
    s->n_phrases = strings->n[LIST_PHRASES];
    s->regexes = (const char *const *)strings->lists[LIST_REGEXES];
    s->n_regexes = strings->n[LIST_REGEXES];
    s->speakers = (const char *const *)strings->lists[LIST_SPEAKERS];
    s->n_speakers = strings->n[LIST_SPEAKERS];
    return SB_OK;
}

static sb_status fail_bounds(const sb_batch_column *column, const char *value, sb_error *err)
{
    return sb_error_set(err, SB_ERR_ARGUMENT, "%s must be from %.10g to %.10g, not '%.40s'", column->name,
                        column->least, column->most, value);
}

/* Reads digits with an optional sign and point. Independent of the locale. */
static bool read_number(const char *text, double *out)
{
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    double value = 0, unit = 1;
    size_t n_digits = 0;
    for (; isdigit((unsigned char)*text); text++, n_digits++)
        value = value * 10 + (*text - '0');
    if (*text == '.')
        for (text++; isdigit((unsigned char)*text); text++, n_digits++)
            value += (*text - '0') * (unit /= 10);
    *out = negative ? -value : value;
    return n_digits > 0 && !*text;
}

static sb_status read_whole(const sb_batch_column *column, const char *value, int64_t *out, sb_error *err)
{
    char digits[24];
    double number;
    size_t length = strlen(value);
    bool thousands = column->kind == KIND_BITRATE && length && (value[length - 1] | 32) == 'k';
    if (length >= sizeof digits)
        return fail_bounds(column, value, err);
    memcpy(digits, value, length + 1);
    if (thousands)
        digits[length - 1] = 0;
    if (!read_number(digits, &number))
        return fail_bounds(column, value, err);
    number *= thousands ? 1000 : 1;
    if (number != floor(number) || !(number >= column->least && number <= column->most))
        return fail_bounds(column, value, err);
    *out = (int64_t)number;
    return SB_OK;
}

static sb_status set_number(const sb_batch_column *column, void *at, const char *value, sb_error *err)
{
    int64_t whole = 0;
    sb_status status = read_whole(column, value, &whole, err);
    if (status)
        return status;
    if (column->kind == KIND_BITRATE)
        *(int64_t *)at = whole;
    else if (column->kind == KIND_COUNT)
        *(size_t *)at = (size_t)whole;
    else
        *(int *)at = (int)whole;
    return SB_OK;
}

static sb_status set_level(sb_batch_row *row, const sb_batch_column *column, double *at, const char *value,
                           sb_error *err)
{
    double number = 0;
    if (strcmp(column->name, "loudness") == 0) {
        row->clip.keep_level = strcmp(value, "off") == 0;
        if (row->clip.keep_level) {
            *at = 0;
            row->clip.has_loudness_lufs = false;
            return SB_OK;
        }
    }
    if (!read_number(value, &number) || !(number >= column->least && number <= column->most))
        return fail_bounds(column, value, err);
    *at = number;
    *(bool *)((char *)row + column->has) = true;
    return SB_OK;
}

static sb_status set_time(sb_batch_row *row, const sb_batch_column *column, sb_time *at, const char *value,
                          sb_error *err)
{
    sb_error reason = {0};
    if (sb_time_parse(at, value, &reason))
        return sb_error_set(err, SB_ERR_ARGUMENT, "%s: %s", column->name, reason.message);
    double seconds = sb_time_to_seconds(*at);
    if (seconds < column->least || seconds > column->most)
        return fail_bounds(column, value, err);
    if (column->has)
        *(bool *)((char *)row + column->has) = true;
    return SB_OK;
}

static sb_status set_expand(sb_expand *at, const char *value, sb_error *err)
{
    static const char *const names[] = {"none", "sentence", "turn"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            *at = (sb_expand)(SB_EXPAND_NONE + i);
            return SB_OK;
        }
    return sb_error_set(err, SB_ERR_ARGUMENT, "expand must be none, sentence or turn, not '%.40s'", value);
}

static bool is_format(size_t index, const char *name, size_t length)
{
    const char *format = sb_clip_captions_format(index);
    return strlen(format) == length && strncmp(format, name, length) == 0;
}

/* Reads one or more formats separated by blanks, commas, semicolons or '|'. */
static sb_status set_captions(sb_batch_row *row, const char *value, sb_error *err)
{
    static const char parting[] = " ,;|";
    row_strings *strings = own_strings(row);
    if (!strings)
        return sb_error_set(err, SB_ERR_MEMORY, "out of memory");
    if (!strings->has_captions)
        row->clip.captions = 0;
    strings->has_captions = true;
    for (value += strspn(value, parting); *value; value += strspn(value, parting)) {
        size_t length = strcspn(value, parting), i = 0;
        while (sb_clip_captions_format(i) && !is_format(i, value, length))
            i++;
        if (!sb_clip_captions_format(i))
            return sb_error_set(err, SB_ERR_ARGUMENT, "captions must be srt, vtt or ass, not '%.40s'", value);
        row->clip.captions |= 1u << i;
        value += length;
    }
    return SB_OK;
}

static sb_status set_flag(const sb_batch_column *column, bool *at, const char *value, sb_error *err)
{
    static const char *const words[] = {"no", "yes", "false", "true", "0", "1"};
    for (int i = 0; i < 6; i++)
        if (strcmp(value, words[i]) == 0) {
            *at = i % 2;
            return SB_OK;
        }
    return sb_error_set(err, SB_ERR_ARGUMENT, "%s must be yes or no, not '%.40s'", column->name, value);
}

static sb_status set_loudness_of(sb_loudness_of *at, const char *value, sb_error *err)
{
    static const char *const names[] = {"clip", "speaker", "episode"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            *at = (sb_loudness_of)(SB_LOUDNESS_OF_CLIP + i);
            return SB_OK;
        }
    return sb_error_set(err, SB_ERR_ARGUMENT, "loudness-of must be clip, speaker or episode, not '%.40s'",
                        value);
}

static sb_status set_drop(unsigned *at, const char *value, sb_error *err)
{
    sb_error reason = {0};
    *at = 0;
    if (strcmp(value, "off") && sb_drop_parse(at, value, &reason))
        return sb_error_set(err, SB_ERR_ARGUMENT, "drop: %s", reason.message);
    return SB_OK;
}

static sb_status set_text(char **at, const char *value, sb_error *err)
{
    free(*at);
    *at = sb_copy_text(value, NULL);
    return *at ? SB_OK : sb_error_set(err, SB_ERR_MEMORY, "out of memory");
}

static sb_status set_string(sb_batch_row *row, const char **at, const char *value, sb_error *err)
{
    sb_status status = add_text(row, LIST_STRINGS, value, err);
    row_strings *strings = row->owned;
    if (!status)
        *at = strings->lists[LIST_STRINGS][strings->n[LIST_STRINGS] - 1];
    return status;
}

static sb_status fail_name(const char *value, const char *column, const char *(*name_at)(size_t),
                           sb_error *err)
{
    sb_bytes names = {0};
    for (size_t i = 0; name_at(i); i++)
        sb_bytes_print(&names, "%s%s", i ? ", " : "", name_at(i));
    sb_error_set(err, SB_ERR_ARGUMENT, "%s must be one of %s, not '%.40s'", column,
                 names.data ? names.data : "none", value);
    sb_bytes_finish(&names);
    return SB_ERR_ARGUMENT;
}

static sb_status set_shape(sb_video_shape *at, const char *value, sb_error *err)
{
    for (size_t i = 0; sb_video_shape_name(i); i++)
        if (strcmp(value, sb_video_shape_name(i)) == 0) {
            *at = (sb_video_shape)(SB_VIDEO_9_16 + i);
            return SB_OK;
        }
    return fail_name(value, "video", sb_video_shape_name, err);
}

static const char *profile_name(size_t index)
{
    const sb_profile *profile = sb_profile_at(index);
    return profile ? profile->name : NULL;
}

static sb_status set_profile(const sb_profile **at, const char *value, sb_error *err)
{
    *at = sb_profile_find(value);
    return *at ? SB_OK : fail_name(value, "for", profile_name, err);
}

sb_status sb_batch_row_set(sb_batch_row *row, const sb_batch_column *column, const char *value, sb_error *err)
{
    if (!value[strspn(value, " ")])
        return SB_OK;
    void *at = (char *)row + column->offset;
    switch (column->kind) {
    case KIND_TEXT:
        return set_text(at, value, err);
    case KIND_TEXTS:
        return add_text(row, (text_list)column->offset, value, err);
    case KIND_TIME:
        return set_time(row, column, at, value, err);
    case KIND_LEVEL:
        return set_level(row, column, at, value, err);
    case KIND_EXPAND:
        return set_expand(at, value, err);
    case KIND_CAPTIONS:
        return set_captions(row, value, err);
    case KIND_FLAG:
        return set_flag(column, at, value, err);
    case KIND_LOUDNESS_OF:
        return set_loudness_of(at, value, err);
    case KIND_STRING:
        return set_string(row, at, value, err);
    case KIND_SHAPE:
        return set_shape(at, value, err);
    case KIND_PROFILE:
        return set_profile(at, value, err);
    case KIND_DROP:
        return set_drop(at, value, err);
    default:
        return set_number(column, at, value, err);
    }
}

sb_status sb_batch_row_check(const sb_batch_row *row, sb_error *err)
{
    sb_status status = sb_clip_params_check(&row->clip, err);
    if (status)
        return status;
    if (!row->audio)
        return sb_error_set(err, SB_ERR_FORMAT, "the row has no audio; fill in its audio column");
    if (!row->transcript)
        return sb_error_set(
            err, SB_ERR_FORMAT,
            "the row has no transcript; fill in its transcript column with a transcript or an alignment");
    return sb_selection_check(&row->selection, err);
}
