#include <string.h>

#include "base/text/text.h"
#include "transcript/cues/cues.h"

#define MAX_LINES    8
#define MAX_WORDS    48
#define FLASH_MAX    (20 * SB_TIME_MS)
#define MAX_MEASURED 4096 /* cues that are compared word by word */

typedef struct cue_lines {
    sb_range items[MAX_LINES];
    size_t n_items;
} cue_lines;

/* Lines also end at the separator. "/" after "|" stands for italics. */
static bool next_piece(sb_line *line, const char *text, size_t size, const char *separator)
{
    size_t n = strlen(separator), at = line->next;
    if (at >= size)
        return false;
    while (at < size && !strchr("\r\n", text[at]) && (size - at < n || memcmp(text + at, separator, n) != 0))
        at++;
    bool is_separator = size - at >= n && memcmp(text + at, separator, n) == 0;
    size_t skipped = n == 1 && text[line->next] == '/' && line->next < at;
    line->at = line->next + skipped;
    line->length = at - line->at;
    line->next = at + (is_separator ? n : at < size);
    return true;
}

bool sb_cue_next_line(const sb_cue *cue, const char *text, sb_line *line, sb_range *content)
{
    size_t end = cue->text.at + cue->text.length;
    if (line->next == 0)
        line->next = cue->text.at;
    while (cue->separator ? next_piece(line, text, end, cue->separator) : sb_line_next(line, text, end)) {
        *content = sb_cue_trim(text, (sb_range){line->at, line->length});
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

typedef struct cue_words {
    sb_range items[MAX_WORDS];
    size_t n_items;
} cue_words;

/* Cues with many words do not roll; returns false for them. */
static bool collect_words(cue_words *out, const sb_cue *cue, const char *text)
{
    size_t at = cue->text.at, end = at + cue->text.length;
    out->n_items = 0;
    while (at < end) {
        size_t begin = skip_tags(text, at, end);
        for (at = begin; at < end && !sb_is_ascii_space(text[at]);)
            at++;
        if (at > begin && out->n_items == MAX_WORDS)
            return false;
        if (at > begin)
            out->items[out->n_items++] = (sb_range){begin, at - begin};
        while (at < end && sb_is_ascii_space(text[at]))
            at++;
    }
    return true;
}

/* Returns the number of words at the head of a cue that the cue before ends with. One word must be all of
 * that cue. */
static size_t count_repeated_words(const cue_words *old, const cue_words *new, const char *text)
{
    for (size_t n = old->n_items < new->n_items ? old->n_items : new->n_items; n > 0; n--) {
        size_t n_equal = 0;
        while (n_equal < n && lines_equal(text, old->items[old->n_items - n + n_equal], new->items[n_equal]))
            n_equal++;
        if (n_equal == n)
            return n > 1 || n == old->n_items ? n : 0;
    }
    return 0;
}

size_t sb_cue_new_text(const sb_cue *before, const sb_cue *cue, const char *text)
{
    cue_words old, new;
    if (!collect_words(&old, before, text) || !collect_words(&new, cue, text))
        return cue->text.at;
    size_t n = count_repeated_words(&old, &new, text);
    return n == 0 ? cue->text.at : n < new.n_items ? new.items[n].at : cue->text.at + cue->text.length;
}

/* Captions that grow word by word, or that begin with the last words of the cue before. */
static bool rolls_by_words(const sb_cues *cues, const char *text)
{
    size_t n = cues->n_items < MAX_MEASURED ? cues->n_items : MAX_MEASURED, n_rolling = 0, n_with_new = 0;
    for (size_t i = 1; i < n; i++) {
        const sb_cue *cue = &cues->items[i];
        size_t at = sb_cue_new_text(cue - 1, cue, text);
        n_rolling += at > cue->text.at;
        n_with_new += at > cue->text.at && at < cue->text.at + cue->text.length;
    }
    return n_with_new > 2 && 2 * n_with_new >= n_rolling && 2 * n_rolling + 1 >= n;
}

/* YouTube has a cue of 10 ms between two lines, which is too short to read. */
static bool is_flash(const sb_cue *cue)
{
    return cue->start != SB_TIME_NONE && cue->end > cue->start && cue->end - cue->start <= FLASH_MAX;
}

/* If no cue adds a new line, cues that repeat the cue before are real repetitions in the speech. */
static bool rolls_by_lines(const sb_cues *cues, const char *text)
{
    size_t n_rolling = 0, n_with_new = 0;
    bool is_certain = cues->n_items > 0 && sb_cue_has_word_times(&cues->items[0], text);
    for (size_t i = 1; i < cues->n_items; i++) {
        const sb_cue *cue = &cues->items[i];
        bool has_new, rolls = count_repeated(&has_new, cue - 1, cue, text) > 0;
        is_certain = is_certain || (rolls && is_flash(cue));
        n_rolling += rolls;
        n_with_new += rolls && has_new;
    }
    if (n_rolling < (is_certain ? 1 : 2) || (!is_certain && 4 * n_with_new < n_rolling))
        return false;
    return 2 * n_rolling + 1 >= cues->n_items;
}

sb_cue_rolling sb_cues_roll(const sb_cues *cues, const char *text)
{
    return rolls_by_lines(cues, text)   ? SB_CUE_ROLLS_LINES
           : rolls_by_words(cues, text) ? SB_CUE_ROLLS_WORDS
                                        : SB_CUE_ROLLS_NOT;
}
