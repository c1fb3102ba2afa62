#include "quote/wording/wording.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"

static bool is_said(const sb_quoted_word *word)
{
    return word->said && *word->said;
}

/* The words without brackets. A full stop is added before each ellipsis, so that numbers do not continue
 * across it. */
static bool write_phrase(sb_wording *w)
{
    const sb_quoted *quoted = &w->quoted;
    sb_bytes text = {0};
    for (size_t i = 0; i < quoted->n_words; i++) {
        const sb_quoted_word *next = i + 1 < quoted->n_words ? &quoted->words[i + 1] : NULL;
        if (!is_said(&quoted->words[i]))
            continue;
        bool ends = next && (next->gap_before || !next->said);
        sb_bytes_print(&text, "%s%s%s", text.size ? " " : "", quoted->words[i].said, ends ? "." : "");
    }
    sb_bytes_text(&text, "");
    w->phrase = text.failed ? NULL : text.data;
    if (text.failed)
        sb_bytes_finish(&text);
    return w->phrase != NULL;
}

static size_t n_free_rows(const sb_quoted_word *word)
{
    return 2 * word->n_bracketed + 2;
}

static size_t count_rows(const sb_wording *w)
{
    size_t n = w->pattern.tokens.n_items;
    for (size_t i = 0; i < w->quoted.n_words; i++)
        n += w->quoted.words[i].said ? 0 : n_free_rows(&w->quoted.words[i]);
    return n;
}

static void add_token_row(sb_wording *w, size_t token, const size_t *word_of)
{
    const sb_token *t = &w->pattern.tokens.items[token];
    sb_wording_row *row = &w->rows[w->n_rows++];
    *row = (sb_wording_row){.id = w->pattern.ids[token],
                            .first = word_of[t->first_word],
                            .last = word_of[t->last_word],
                            .joint = t->joint,
                            .is_spelled = t->is_spelled};
    sb_letters_init(&w->letters[row - w->rows], t->text);
    if (w->n_tokens++ == 0 || row->last != row[-1].last || row[-1].free)
        w->n_words += row->last - row->first + 1;
}

/* Only brackets follow the ellipsis. */
static bool has_gap_at_end(const sb_wording *w)
{
    for (size_t b = w->n_rows; b-- > 0 && w->rows[b].free;)
        if (w->gaps[b])
            return true;
    return false;
}

/* In the order of the quote. An ellipsis before a word without a token (a dash) counts for the next word. */
static void lay_out_rows(sb_wording *w, size_t *word_of)
{
    size_t n_said = 0, token = 0, n_tokens = w->pattern.tokens.n_items;
    bool gap = false;
    for (size_t i = 0; i < w->quoted.n_words; i++)
        if (is_said(&w->quoted.words[i]))
            word_of[n_said++] = i;
    for (size_t i = 0; i < w->quoted.n_words; i++) {
        const sb_quoted_word *word = &w->quoted.words[i];
        gap = gap || word->gap_before;
        w->gaps[w->n_rows] = gap && w->n_rows > 0;
        w->gap_first = w->gap_first || (gap && w->n_tokens == 0);
        size_t before = w->n_rows;
        for (size_t k = 0; !word->said && k < n_free_rows(word); k++)
            w->rows[w->n_rows++] = (sb_wording_row){.free = true, .id = -1, .first = i, .last = i};
        while (word->said && token < n_tokens && word_of[w->pattern.tokens.items[token].first_word] == i)
            add_token_row(w, token++, word_of);
        gap = gap && w->n_rows == before;
    }
    w->gaps[w->n_rows] = false;
    w->gap_last = gap || w->quoted.gap_after || has_gap_at_end(w);
}

static sb_status make_rows(sb_wording *w, sb_error *err)
{
    size_t n = count_rows(w);
    size_t *word_of = calloc(w->quoted.n_words + 1, sizeof *word_of);
    w->rows = calloc(n, sizeof *w->rows);
    w->letters = calloc(n, sizeof *w->letters);
    w->gaps = calloc(n + 1, sizeof *w->gaps);
    bool ok = word_of && w->rows && w->letters && w->gaps;
    if (ok)
        lay_out_rows(w, word_of);
    free(word_of);
    return ok ? SB_OK : sb_error_memory(err, "verifying quotations");
}

static sb_status make_pattern(sb_wording *w, const char *quote, sb_error *err)
{
    sb_error reason = {0};
    if (!write_phrase(w))
        return sb_error_memory(err, "verifying quotations");
    sb_status status = sb_pattern_init_contracting(&w->pattern, w->phrase, &reason);
    if (status != SB_ERR_ARGUMENT)
        return status ? sb_error_set(err, status, "%s", reason.message) : SB_OK;
    return sb_error_set(err, status,
                        "the quote '%.100s' has no words, or more than %d; give it in the speaker's words",
                        quote, SB_PATTERN_MAX);
}

sb_status sb_wording_init(sb_wording *out, const char *quote, sb_error *err)
{
    *out = (sb_wording){0};
    if (strlen(quote) > SB_WORDING_MAX)
        return sb_error_set(err, SB_ERR_ARGUMENT,
                            "the quote '%.40s...' has more than %zu bytes; check it in parts", quote,
                            SB_WORDING_MAX);
    sb_status status = sb_quoted_read(&out->quoted, quote, err);
    if (!status)
        status = make_pattern(out, quote, err);
    if (!status)
        status = make_rows(out, err);
    if (status)
        sb_wording_finish(out);
    return status;
}

void sb_wording_finish(sb_wording *wording)
{
    sb_quoted_finish(&wording->quoted);
    sb_pattern_finish(&wording->pattern);
    free(wording->phrase);
    free(wording->rows);
    free(wording->letters);
    free(wording->gaps);
    *wording = (sb_wording){0};
}

bool sb_wording_fits(const sb_wording *wording, size_t row, const sb_said_unit *unit)
{
    const sb_quoted_word *word = &wording->quoted.words[wording->rows[row].first];
    if (!word->head || wording->rows[row].first != wording->rows[row].last)
        return false;
    size_t size = strlen(unit->unit.text), head = strlen(word->head), tail = strlen(word->tail);
    return size >= head + tail && strncmp(unit->unit.text, word->head, head) == 0 &&
           strcmp(unit->unit.text + size - tail, word->tail) == 0;
}

int64_t sb_cost_match(const sb_wording *wording, size_t row, const sb_said_unit *unit, bool spelling)
{
    const sb_wording_row *r = &wording->rows[row];
    if (unit->barred)
        return SB_COST_NEVER;
    if (r->free)
        return 1;
    if (r->id == unit->unit.id)
        return unit->heard ? 0 : unit->alone ? 2 : SB_COST_UNHEARD;
    if (!unit->heard && !unit->alone)
        return SB_COST_NEVER;
    if (sb_wording_fits(wording, row, unit))
        return 1;
    return SB_COST_WORD + (spelling ? sb_unlikeness(&wording->letters[row], unit->unit.text) : 0);
}

int64_t sb_cost_added(const sb_wording *wording, size_t row)
{
    return wording->rows[row].free ? 0 : SB_COST_GAP;
}

int64_t sb_cost_missing(const sb_wording *wording, size_t boundary, const sb_said_unit *unit)
{
    if (!unit->heard)
        return 1;
    return wording->gaps[boundary] ? SB_COST_MARKED : SB_COST_WORD;
}

int64_t sb_cost_omitted(const sb_said_unit *unit)
{
    return unit->heard ? SB_COST_OMIT_WORD : 1;
}
