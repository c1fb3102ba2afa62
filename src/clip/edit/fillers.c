#include "clip/edit/edit.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdlib.h>
#include <string.h>

#define PAUSE (120 * SB_TIME_MS) /* separates words as a comma does */

typedef struct filler {
    char *words[SB_FILLER_WORDS];
    size_t n_words;
    bool apart;
} filler;

struct sb_fillers {
    filler *items;
    size_t n_items;
};

void sb_fillers_free(sb_fillers **fillers)
{
    if (!*fillers)
        return;
    for (size_t i = 0; i < (*fillers)->n_items; i++)
        for (size_t w = 0; w < (*fillers)->items[i].n_words; w++)
            free((*fillers)->items[i].words[w]);
    free((*fillers)->items);
    free(*fillers);
    *fillers = NULL;
}

char *sb_drop_fold(const char *text)
{
    char *folded = sb_fold(text);
    if (!folded)
        return NULL;
    size_t from, size = sb_word_core(folded, &from);
    memmove(folded, folded + from, size);
    folded[size] = 0;
    return folded;
}

static sb_status fail_at_line(sb_error *err, const char *path, int64_t line, const char *what)
{
    return sb_error_set_at(err, SB_ERR_FORMAT, path, line, 0, "%s", what);
}

static sb_status read_words(filler *out, char *line, const char *path, int64_t number, sb_error *err)
{
    for (char *save = NULL, *word = strtok_r(line, " \t\r", &save); word;
         word = strtok_r(NULL, " \t\r", &save)) {
        char *folded = sb_drop_fold(word);
        if (!folded)
            return sb_error_memory(err, "editing a clip");
        if (!*folded || out->n_words == SB_FILLER_WORDS) {
            bool many = *folded;
            free(folded);
            return fail_at_line(err, path, number,
                                many ? "a filler can have at most 8 words; shorten it"
                                     : "has punctuation but no word; write a word");
        }
        out->words[out->n_words++] = folded;
    }
    return out->n_words ? SB_OK
                        : fail_at_line(err, path, number, "has punctuation but no word; write a word");
}

/* Commas at both ends mean that the filler must be set off. They are removed. */
static sb_status read_commas(filler *out, char **line, const char *path, int64_t number, sb_error *err)
{
    char *text = *line + strspn(*line, " \t"), *end = text + strlen(text);
    while (end > text && strchr(" \t\r", end[-1]))
        end--;
    bool before = *text == ',', after = end > text + 1 && end[-1] == ',';
    if (before != after)
        return fail_at_line(
            err, path, number,
            "has a comma at one end only; write commas at both ends if the filler must be set apart, "
            "or at neither");
    out->apart = before;
    *end = 0;
    if (after)
        end[-1] = 0;
    *line = text + before;
    return SB_OK;
}

static sb_status read_filler_line(sb_fillers *f, char *line, const char *path, int64_t number, sb_error *err)
{
    line[strcspn(line, "#")] = 0;
    if (!line[strspn(line, " \t\r")])
        return SB_OK;
    if (!sb_push_room(&f->items, f->n_items, sizeof *f->items))
        return sb_error_memory(err, "editing a clip");
    filler *item = &f->items[f->n_items++];
    *item = (filler){0};
    sb_status status = read_commas(item, &line, path, number, err);
    return status ? status : read_words(item, line, path, number, err);
}

static sb_status read_all(sb_fillers *f, char *text, const char *path, sb_error *err)
{
    int64_t number = 1;
    for (char *line = text, *next; line; line = next, number++) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        sb_status status = read_filler_line(f, line, path, number, err);
        if (status)
            return status;
    }
    return f->n_items ? SB_OK : fail_at_line(err, path, 0, "lists no filler; write one per line");
}

sb_status sb_fillers_read(sb_fillers **out, const void *data, size_t size, const char *path, sb_error *err)
{
    *out = NULL;
    const char *bytes = size ? data : "";
    size_t mark = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (memchr(bytes, 0, size) || !sb_utf8_valid(bytes, size))
        return fail_at_line(err, path, 0, "is not UTF-8 text; save it as UTF-8");
    sb_fillers *f = calloc(1, sizeof *f);
    char *text = sb_copy_bytes(bytes + mark, size - mark);
    sb_status status = f && text ? read_all(f, text, path, err) : sb_error_memory(err, "editing a clip");
    free(text);
    if (status)
        sb_fillers_free(&f);
    else
        *out = f;
    return status;
}

static bool is_apart(const sb_drop_word *words, size_t n, size_t first, size_t last)
{
    const sb_drop_word *before = first ? &words[first - 1] : NULL;
    const sb_drop_word *after = last + 1 < n ? &words[last + 1] : NULL;
    bool left =
        !before || before->marked || before->dropped || words[first].span.start - before->span.end >= PAUSE;
    bool right =
        !after || words[last].marked || !after->heard || after->span.start - words[last].span.end >= PAUSE;
    return left && right;
}

static bool matches(const filler *item, const sb_drop_word *words, size_t n, size_t at)
{
    if (item->n_words > n - at)
        return false;
    for (size_t w = 0; w < item->n_words; w++) {
        if (!words[at + w].heard || strcmp(words[at + w].folded, item->words[w]))
            return false;
        if (w + 1 < item->n_words && words[at + w].stopped)
            return false;
    }
    return !item->apart || is_apart(words, n, at, at + item->n_words - 1);
}

size_t sb_fillers_match(const sb_fillers *fillers, const sb_drop_word *words, size_t n, size_t at)
{
    size_t longest = 0;
    for (size_t i = 0; i < fillers->n_items; i++)
        if (fillers->items[i].n_words > longest && matches(&fillers->items[i], words, n, at))
            longest = fillers->items[i].n_words;
    return longest;
}
