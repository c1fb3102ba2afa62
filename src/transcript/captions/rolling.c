#include <string.h>

#include "transcript/captions/captions.h"

#define MAX_LINES 8

typedef struct cue_lines {
    sb_range items[MAX_LINES];
    size_t n_items;
} cue_lines;

/* Ends the line at the separator. "/" after "|" stands for italics. */
static void end_at_separator(sb_line *line, const char *text, const char *separator)
{
    size_t n = strlen(separator);
    const char *found = memmem(text + line->at, line->length, separator, n);
    if (found) {
        line->length = (size_t)(found - text) - line->at;
        line->next = line->at + line->length + n;
    }
    if (n == 1 && line->length > 0 && text[line->at] == '/') {
        line->at++;
        line->length--;
    }
}

bool sb_cue_next_line(const sb_cue *cue, const char *text, sb_line *line, sb_range *content)
{
    if (line->next == 0)
        line->next = cue->text.at;
    while (sb_line_next(line, text, cue->text.at + cue->text.length)) {
        if (cue->separator)
            end_at_separator(line, text, cue->separator);
        *content = sb_range_trim(text, (sb_range){line->at, line->length});
        if (content->length > 0)
            return true;
    }
    return false;
}

/* Cues with many lines do not roll; returns false for them. */
static bool collect_lines(cue_lines *out, const sb_cue *cue, const char *text)
{
    sb_line line = {0};
    sb_range content;
    out->n_items = 0;
    while (sb_cue_next_line(cue, text, &line, &content)) {
        if (out->n_items == MAX_LINES)
            return false;
        out->items[out->n_items++] = content;
    }
    return true;
}

/* Returns the position of the next character that is not markup. */
static size_t skip_tags(const char *text, size_t at, size_t end)
{
    while (at < end) {
        size_t length = sb_cue_tag_read(text + at, end - at).length;
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

static bool lines_equal(const char *text, sb_range a, sb_range b)
{
    size_t at_a = a.at, at_b = b.at, end_a = a.at + a.length, end_b = b.at + b.length;
    for (;; at_a++, at_b++) {
        at_a = skip_tags(text, at_a, end_a);
        at_b = skip_tags(text, at_b, end_b);
        if (at_a == end_a || at_b == end_b)
            return at_a == end_a && at_b == end_b;
        if (text[at_a] != text[at_b])
            return false;
    }
}

/* Returns the number of lines at the head of a cue that the cue before ends with. Sets `*has_new` if other
 * lines follow. */
static size_t count_repeated(bool *has_new, const sb_cue *before, const sb_cue *cue, const char *text)
{
    cue_lines old, new;
    *has_new = true;
    if (!collect_lines(&old, before, text) || !collect_lines(&new, cue, text))
        return 0;
    for (size_t n = old.n_items < new.n_items ? old.n_items : new.n_items; n > 0; n--) {
        size_t n_equal = 0;
        while (n_equal < n && lines_equal(text, old.items[old.n_items - n + n_equal], new.items[n_equal]))
            n_equal++;
        *has_new = n < new.n_items;
        if (n_equal == n)
            return n;
    }
    return 0;
}

size_t sb_cue_repeated_lines(const sb_cue *before, const sb_cue *cue, const char *text)
{
    bool has_new;
    return count_repeated(&has_new, before, cue, text);
}

bool sb_cue_has_word_times(const sb_cue *cue, const char *text)
{
    const char *at = text + cue->text.at, *end = at + cue->text.length;
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (sb_cue_tag_read(at, (size_t)(end - at)).time_length > 0)
            return true;
        at++;
    }
    return false;
}

/* Cues that only repeat the cue before are people who say the same thing twice, unless some cues also add a
 * new line. */
bool sb_cues_roll(const sb_cues *cues, const char *text)
{
    size_t n_rolling = 0, n_with_new = 0;
    bool has_word_times = cues->n_items > 0 && sb_cue_has_word_times(&cues->items[0], text);
    for (size_t i = 1; i < cues->n_items; i++) {
        bool has_new, rolls = count_repeated(&has_new, &cues->items[i - 1], &cues->items[i], text) > 0;
        n_rolling += rolls;
        n_with_new += rolls && has_new;
    }
    if (n_rolling < (has_word_times ? 1 : 2) || (!has_word_times && 4 * n_with_new < n_rolling))
        return false;
    return 2 * n_rolling + 1 >= cues->n_items;
}
