#include "video/style/style.h"

#include "base/text/text.h"
#include "base/words/words.h"
#include "soundbite/file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define FILE_LIMIT ((size_t)64 << 10)
#define LINE_LIMIT 512
#define NAMED      "speaker."

typedef enum key_kind {
    KEY_FONT,
    KEY_COLOUR,
    KEY_NUMBER,
    KEY_ALIGN,
    KEY_STYLE,
    KEY_CORNER,
    KEY_BOOL,
    KEY_COLOURS
} key_kind;

typedef struct key {
    const char *name;
    key_kind kind;
    size_t offset;
    double least, most;
} key;

#define MEMBER(member) offsetof(sb_theme, member)

static const key keys[] = {
    {"font", KEY_FONT, MEMBER(font), 0, 0},
    {"title-font", KEY_FONT, MEMBER(title_font), 0, 0},
    {"speaker-font", KEY_FONT, MEMBER(speaker_font), 0, 0},
    {"caption-font", KEY_FONT, MEMBER(caption_font), 0, 0},
    {"background", KEY_COLOUR, MEMBER(background), 0, 0},
    {"background-end", KEY_COLOUR, MEMBER(background_end), 0, 0},
    {"text", KEY_COLOUR, MEMBER(text), 0, 0},
    {"speaker", KEY_COLOUR, MEMBER(speaker), 0, 0},
    {"lit", KEY_COLOUR, MEMBER(lit), 0, 0},
    {"wave", KEY_COLOUR, MEMBER(wave), 0, 0},
    {"wave-rest", KEY_COLOUR, MEMBER(wave_rest), 0, 0},
    {"shade", KEY_NUMBER, MEMBER(shade), 0, 100},
    {"cover-blur", KEY_NUMBER, MEMBER(cover_blur), 0, 20},
    {"picture-blur", KEY_NUMBER, MEMBER(picture_blur), 0, 20},
    {"title-size", KEY_NUMBER, MEMBER(title_size), 0, 20},
    {"speaker-size", KEY_NUMBER, MEMBER(speaker_size), 0, 20},
    {"caption-size", KEY_NUMBER, MEMBER(caption_size), 2, 20},
    {"caption-characters", KEY_NUMBER, MEMBER(caption_characters), 8, 60},
    {"caption-lines", KEY_NUMBER, MEMBER(caption_lines), 1, 2},
    {"cover-size", KEY_NUMBER, MEMBER(cover_size), 0, 50},
    {"header-at", KEY_NUMBER, MEMBER(header_at), 0, 100},
    {"captions-at", KEY_NUMBER, MEMBER(captions_at), 0, 100},
    {"wave-at", KEY_NUMBER, MEMBER(wave_at), 0, 100},
    {"wave-height", KEY_NUMBER, MEMBER(wave_height), 0, 50},
    {"progress-at", KEY_NUMBER, MEMBER(progress_at), 0, 100},
    {"progress-height", KEY_NUMBER, MEMBER(progress_height), 0, 5},
    {"align", KEY_ALIGN, MEMBER(align), 0, 0},
    {"style", KEY_STYLE, MEMBER(style), 0, 0},
    {"uppercase", KEY_BOOL, MEMBER(uppercase), 0, 0},
    {"logo-size", KEY_NUMBER, MEMBER(logo_size), 1, 50},
    {"logo-at", KEY_CORNER, MEMBER(logo_at), 0, 0},
    {"speaker-colours", KEY_COLOURS, 0, 0, 0},
};
#define N_KEYS (sizeof keys / sizeof keys[0])

const char *sb_theme_key(size_t index)
{
    return index < N_KEYS ? keys[index].name : NULL;
}

typedef struct reader {
    sb_theme *theme;
    const char *path;
    sb_video_shape shape;
    bool applies; /* the lines of this section apply to the shape */
    int64_t line;
    char text[LINE_LIMIT]; /* the line; `name` and `value` point into it */
    char *name, *value;
} reader;

static char *trim(char *text)
{
    text += strspn(text, " \t\r");
    size_t n = strlen(text);
    while (n && strchr(" \t\r", text[n - 1]))
        text[--n] = 0;
    return text;
}

static int64_t column_of(const reader *r, const char *at)
{
    return at - r->text + 1;
}

static const key *find_key(const char *name)
{
    for (size_t i = 0; i < N_KEYS; i++)
        if (strcmp(name, keys[i].name) == 0)
            return &keys[i];
    return NULL;
}

static sb_status unknown_key(const reader *r, sb_error *err)
{
    const char *names[N_KEYS + 1] = {NULL};
    for (size_t i = 0; i < N_KEYS; i++)
        names[i] = keys[i].name;
    const char *nearest = sb_nearest_name(r->name, names);
    if (nearest)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, r->name),
                               "unknown key '%.40s'; did you mean '%s'?", r->name, nearest);
    return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, r->name),
                           "unknown key '%.40s'; soundbite-theme(5) lists the keys", r->name);
}

static sb_status bad_value(const reader *r, const char *takes, sb_error *err)
{
    return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, r->value),
                           "%s must be %s, not '%.40s'", r->name, takes, r->value);
}

/* Reads digits with at most one point. Independent of the locale. */
static bool read_number(const char *text, double *out)
{
    double unit = 1;
    size_t n = 0;
    for (*out = 0; isdigit((unsigned char)*text); text++, n++)
        *out = *out * 10 + (*text - '0');
    if (*text == '.')
        for (text++; isdigit((unsigned char)*text); text++, n++)
            *out += (*text - '0') * (unit /= 10);
    return n > 0 && n < 12 && !*text;
}

static sb_status set_number(const reader *r, const key *k, double *at, sb_error *err)
{
    double number;
    char takes[64];
    snprintf(takes, sizeof takes, "a number from %.0f to %.0f", k->least, k->most);
    if (!read_number(r->value, &number) || number < k->least || number > k->most)
        return bad_value(r, takes, err);
    if (r->applies)
        *at = number;
    return SB_OK;
}

static sb_status set_font(const reader *r, char *at, sb_error *err)
{
    if (strlen(r->value) >= SB_THEME_FONT)
        return bad_value(r, "the names of fonts, fewer than 200 letters", err);
    if (r->applies)
        snprintf(at, SB_THEME_FONT, "%s", r->value);
    return SB_OK;
}

static sb_status set_colour(const reader *r, sb_colour *at, sb_error *err)
{
    sb_colour colour;
    if (!sb_colour_read(&colour, r->value))
        return bad_value(r, "a colour such as #102030 or navy", err);
    if (r->applies)
        *at = colour;
    return SB_OK;
}

/* Sets `*at` to the index of the value among `names`, which ends with NULL. `takes` lists them. */
static sb_status set_choice(const reader *r, int *at, const char *const *names, const char *takes,
                            sb_error *err)
{
    for (int i = 0; names[i]; i++)
        if (strcmp(r->value, names[i]) == 0) {
            *at = r->applies ? i : *at;
            return SB_OK;
        }
    return bad_value(r, takes, err);
}

static sb_status set_align(const reader *r, sb_theme_align *at, sb_error *err)
{
    static const char *const names[] = {"left", "centre", NULL};
    int choice = (int)*at;
    sb_status status = set_choice(r, &choice, names, "left or centre", err);
    *at = (sb_theme_align)choice;
    return status;
}

static sb_status set_corner(const reader *r, sb_theme_corner *at, sb_error *err)
{
    static const char *const names[] = {"top-left", "top-right", "bottom-left", "bottom-right", NULL};
    int choice = (int)*at;
    sb_status status = set_choice(r, &choice, names, "top-left, top-right, bottom-left or bottom-right", err);
    *at = (sb_theme_corner)choice;
    return status;
}

static sb_status set_bool(const reader *r, bool *at, sb_error *err)
{
    static const char *const names[] = {"no", "yes", NULL};
    int choice = *at;
    sb_status status = set_choice(r, &choice, names, "yes or no", err);
    *at = choice == 1;
    return status;
}

static sb_status set_style(const reader *r, sb_video_style *at, sb_error *err)
{
    for (size_t i = 0; sb_video_style_name(i); i++)
        if (strcmp(r->value, sb_video_style_name(i)) == 0) {
            *at = r->applies ? (sb_video_style)(i + SB_VIDEO_KARAOKE) : *at;
            return SB_OK;
        }
    return bad_value(r, "karaoke, box, pop or plain", err);
}

static bool read_voice(sb_colour *out, const char *text)
{
    bool is_text = strcmp(text, "text") == 0;
    if (is_text)
        *out = SB_COLOUR_TEXT;
    return is_text || sb_colour_read(out, text);
}

static sb_status set_voices(const reader *r, sb_error *err)
{
    sb_colour voices[SB_THEME_VOICES];
    size_t n = 0;
    char list[LINE_LIMIT];
    snprintf(list, sizeof list, "%s", r->value);
    for (char *at = list, *next; at; at = next, n++) {
        next = strchr(at, ',');
        if (next)
            *next++ = 0;
        if (n == SB_THEME_VOICES || !read_voice(&voices[n], trim(at)))
            return bad_value(
                r, "at most 12 colours with commas between them, each such as #102030, navy or text", err);
    }
    if (r->applies) {
        memcpy(r->theme->voices, voices, sizeof voices);
        r->theme->n_voices = n;
    }
    return SB_OK;
}

/* "speaker.NAME = COLOUR" */
static sb_status set_named_voice(const reader *r, const char *name, sb_error *err)
{
    sb_theme *theme = r->theme;
    sb_colour colour;
    size_t i = 0;
    if (!*name || strlen(name) >= SB_THEME_NAME)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, r->name),
                               "a speaker's name of fewer than %d bytes must follow 'speaker.'",
                               SB_THEME_NAME);
    if (!read_voice(&colour, r->value))
        return bad_value(r, "a colour such as #102030, navy or text", err);
    while (i < theme->n_named && !sb_wildcard_match(theme->named[i].name, name))
        i++;
    if (i == SB_THEME_NAMED)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, r->name),
                               "a theme has colours for at most %d names", SB_THEME_NAMED);
    if (r->applies) {
        snprintf(theme->named[i].name, SB_THEME_NAME, "%s", name);
        theme->named[i].colour = colour;
        theme->n_named += i == theme->n_named;
    }
    return SB_OK;
}

static sb_status set_key(const reader *r, sb_error *err)
{
    const key *k = find_key(r->name);
    if (strncmp(r->name, NAMED, strlen(NAMED)) == 0)
        return set_named_voice(r, r->name + strlen(NAMED), err);
    if (!k)
        return unknown_key(r, err);
    void *at = (char *)r->theme + k->offset;
    switch (k->kind) {
    case KEY_FONT:
        return set_font(r, at, err);
    case KEY_COLOUR:
        return set_colour(r, at, err);
    case KEY_ALIGN:
        return set_align(r, at, err);
    case KEY_STYLE:
        return set_style(r, at, err);
    case KEY_CORNER:
        return set_corner(r, at, err);
    case KEY_BOOL:
        return set_bool(r, at, err);
    case KEY_COLOURS:
        return set_voices(r, err);
    default:
        return set_number(r, k, at, err);
    }
}

static sb_status begin_section(reader *r, const char *name, sb_error *err)
{
    for (size_t i = 0; sb_video_shape_name(i); i++)
        if (strcmp(name, sb_video_shape_name(i)) == 0 && i + SB_VIDEO_9_16 < SB_VIDEO_SOURCE) {
            r->applies = i + SB_VIDEO_9_16 == r->shape;
            return SB_OK;
        }
    return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, name),
                           "unknown shape '%.40s'; use [9:16], [1:1], [4:5] or [16:9]", name);
}

static sb_status read_theme_line(reader *r, sb_error *err)
{
    char *line = trim(r->text);
    size_t n = strlen(line);
    if (!n || *line == '#')
        return SB_OK;
    if (*line == '[' && line[n - 1] == ']') {
        line[n - 1] = 0;
        return begin_section(r, trim(line + 1), err);
    }
    char *equals = strchr(line, '=');
    if (!equals || equals == line)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, line),
                               "not a line of a theme; write it as key = value");
    *equals = 0;
    r->name = trim(line);
    r->value = trim(equals + 1);
    if (!*r->value)
        return sb_error_set_at(err, SB_ERR_FORMAT, r->path, r->line, column_of(r, r->value),
                               "%.40s has no value; give it one or delete the line", r->name);
    return set_key(r, err);
}

sb_status sb_theme_read(sb_theme *theme, const char *data, size_t size, const char *path,
                        sb_video_shape shape, sb_error *err)
{
    reader r = {.theme = theme, .path = path, .shape = shape, .applies = true};
    size_t at = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < size) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t n = end ? (size_t)(end - data) - at : size - at;
        r.line++;
        if (n >= LINE_LIMIT || memchr(data + at, 0, n) || !sb_utf8_valid(data + at, n))
            return sb_error_set_at(
                err, SB_ERR_FORMAT, path, r.line, 1,
                "the line is not UTF-8 or is longer than %d bytes; check that the file is a theme",
                LINE_LIMIT - 1);
        memcpy(r.text, data + at, n);
        r.text[n] = 0;
        sb_status status = read_theme_line(&r, err);
        if (status)
            return status;
        at += n + 1;
    }
    return SB_OK;
}

void sb_theme_init(sb_theme *out, sb_video_shape shape)
{
    *out = (sb_theme){0};
    const char *text = sb_theme_default_text();
    sb_theme_read(out, text, strlen(text), NULL, shape, NULL);
}

sb_status sb_theme_load(sb_theme *out, const char *path, sb_video_shape shape, sb_error *err)
{
    sb_theme_init(out, shape);
    if (!path)
        return SB_OK;
    sb_bytes bytes = {0};
    sb_status status = sb_file_read(&bytes, path, FILE_LIMIT, err);
    if (!status)
        status = sb_theme_read(out, bytes.data ? bytes.data : "", bytes.size, path, shape, err);
    sb_bytes_finish(&bytes);
    return status;
}
