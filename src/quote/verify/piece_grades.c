#include "quote/verify/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define NAME_LEAST 3 /* letters of a name that is known only from the beginning of a sentence */

static bool starts_upper(const char *word)
{
    size_t size = strlen(word);
    for (size_t at = 0; at < size;) {
        int32_t c = sb_utf8_next(word, size, &at);
        if (sb_is_letter(c) || sb_is_digit(c))
            return sb_is_upper(c);
    }
    return false;
}

/* The word alone, folded. Returns NULL if it has no letter, or memory runs out (then `*ok` becomes false). */
static char *core_of(const char *word, bool *ok)
{
    char *plain = sb_plain_words(word);
    *ok = *ok && plain;
    if (!plain || strlen(plain) < 3) {
        free(plain);
        return NULL;
    }
    size_t size = strcspn(plain + 1, " ");
    memmove(plain, plain + 1, size);
    plain[size] = '\0';
    return plain;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const sb_cased_word *)a)->text, ((const sb_cased_word *)b)->text);
}

static void join_equal(sb_cased_words *words)
{
    size_t n = 0;
    for (size_t i = 0; i < words->n_items; i++) {
        sb_cased_word *last = n ? &words->items[n - 1] : NULL, *next = &words->items[i];
        if (!last || strcmp(last->text, next->text)) {
            words->items[n++] = *next;
            continue;
        }
        last->lower = last->lower || next->lower;
        last->upper = last->upper || next->upper;
        free(next->text);
    }
    words->n_items = n;
}

sb_status sb_cased_words_init(sb_cased_words *out, const sb_runs *runs, const sb_sentences *sentences,
                              sb_error *err)
{
    size_t n_upper = 0, n_inner = 0, sentence = 0;
    bool ok = true;
    *out = (sb_cased_words){0};
    for (size_t w = 0; ok && w < runs->n_words; w++) {
        while (sentence < sentences->n_starts && sentences->starts[sentence] < w)
            sentence++;
        bool initial = sentence < sentences->n_starts && sentences->starts[sentence] == w;
        bool upper = starts_upper(runs->texts[w]);
        char *text = core_of(runs->texts[w], &ok);
        if (!text)
            continue;
        n_upper += upper && !initial;
        n_inner += !initial;
        if (!sb_grow(&out->items, out->n_items, &out->capacity, sizeof *out->items)) {
            free(text);
            ok = false;
            break;
        }
        out->items[out->n_items++] =
            (sb_cased_word){.text = text, .lower = !upper, .upper = upper && !initial};
    }
    if (!ok) {
        sb_cased_words_finish(out);
        return sb_error_memory(err, "verifying quotations");
    }
    if (out->n_items > 1)
        qsort(out->items, out->n_items, sizeof *out->items, by_text);
    join_equal(out);
    out->says_nothing = 3 * n_upper > 2 * n_inner;
    return SB_OK;
}

void sb_cased_words_finish(sb_cased_words *words)
{
    for (size_t i = 0; i < words->n_items; i++)
        free(words->items[i].text);
    free(words->items);
    *words = (sb_cased_words){0};
}

typedef struct namer {
    const sb_quote_place_maker *maker;
    const sb_wording *wording;
} namer;

static bool is_in_speaker(const sb_alignment *alignment, const char *word)
{
    for (size_t i = 0; i < alignment->n_turns; i++) {
        const char *speaker = alignment->turns[i].speaker;
        if (!speaker || (i && speaker == alignment->turns[i - 1].speaker))
            continue;
        bool ok = true;
        char *plain = sb_plain_words(speaker);
        sb_bytes wanted = {0};
        sb_bytes_print(&wanted, " %s ", word);
        bool found = plain && !wanted.failed && strstr(plain, wanted.data);
        free(plain);
        sb_bytes_finish(&wanted);
        if (found && ok)
            return true;
    }
    return false;
}

/* True if the quote has the word with a capital letter. `*initial` tells whether it is only so at the
 * beginning of a sentence. */
static bool is_upper_in_quote(const sb_wording *wording, const char *word, bool *initial)
{
    bool found = false;
    for (size_t i = 0; i < wording->quoted.n_words; i++) {
        bool ok = true, first = i == 0 || sb_word_ends_sentence(wording->quoted.words[i - 1].text) ||
                                wording->quoted.words[i].gap_before;
        const char *text = wording->quoted.words[i].text;
        char *core = starts_upper(text) ? core_of(text, &ok) : NULL;
        if (core && !strcmp(core, word)) {
            *initial = first && (!found || *initial);
            found = true;
        }
        free(core);
    }
    return found;
}

static bool is_cased_name(const void *user, const char *word)
{
    const namer *n = user;
    const sb_cased_words *cased = &n->maker->cased;
    sb_cased_word key = {.text = (char *)word};
    const sb_cased_word *seen =
        cased->n_items ? bsearch(&key, cased->items, cased->n_items, sizeof *cased->items, by_text) : NULL;
    bool initial = false;
    if (sb_senses_has(n->maker->senses->common, word))
        return false;
    if (is_in_speaker(n->maker->runs.alignment, word))
        return true;
    if (cased->says_nothing || (seen && seen->lower))
        return false;
    if (seen && seen->upper)
        return true;
    return is_upper_in_quote(n->wording, word, &initial) && (!initial || strlen(word) >= NAME_LEAST);
}

/* The speaker of the first word that is quoted as it was said. */
static const char *main_speaker(const sb_pieces *pieces, const sb_runs *runs)
{
    for (size_t i = 0; i < pieces->n_items; i++)
        if (pieces->items[i].kind == SB_DIFF_SAME || pieces->items[i].kind == SB_DIFF_NOT_HEARD)
            if (pieces->items[i].n_said && pieces->items[i].n_quoted)
                return sb_runs_speaker(runs, pieces->items[i].first_said);
    return NULL;
}

static bool has_foreign_word(const sb_wording_part *piece, const sb_runs *runs, const char *speaker)
{
    for (size_t w = piece->first_said; piece->n_said && w <= piece->last_said; w++)
        if (!sb_same_text(sb_runs_speaker(runs, w), speaker))
            return true;
    return false;
}

static bool ends_with_number(const char *word, bool *ok)
{
    sb_tokens tokens;
    if (sb_tokens_make(&tokens, &word, 1, NULL) != SB_OK)
        return *ok = false;
    bool found = tokens.n_items > 0 && sb_is_ascii_digit(tokens.items[tokens.n_items - 1].text[0]);
    sb_tokens_finish(&tokens);
    return found;
}

/* True if a number is before the words said or quoted: "7" before "am". */
static bool is_after_number(const sb_wording_part *piece, const namer *n, bool *ok)
{
    if (piece->n_said && piece->first_said > 0 &&
        ends_with_number(n->maker->runs.texts[piece->first_said - 1], ok))
        return true;
    return piece->n_quoted && piece->first_quoted > 0 &&
           ends_with_number(n->wording->quoted.words[piece->first_quoted - 1].text, ok);
}

static bool has_apostrophe(const char *text)
{
    return text && (strchr(text, '\'') || strstr(text, "\u2019") || strstr(text, "\u02bc"));
}

static sb_diff_grade grade_of(const sb_wording_part *piece, const namer *n, bool *ok)
{
    const sb_quote_place_maker *maker = n->maker;
    char *quoted = sb_piece_quoted(piece, n->wording, ok);
    char *said = piece->kind == SB_DIFF_NOT_HEARD ? NULL : sb_piece_said(piece, &maker->runs, ok);
    sb_diff_grade grade =
        sb_words_grade(maker->senses, quoted, said, is_after_number(piece, n, ok), is_cased_name, n, ok);
    if (piece->is_foreign && (quoted || grade > SB_GRADE_STYLE))
        grade = SB_GRADE_SUBSTANCE;
    if (!quoted && said && (sb_senses_in(maker->senses, said, ok) & SB_MISLEADS_QUESTION))
        grade = SB_GRADE_SUBSTANCE;
    if (piece->is_contraction && !piece->is_foreign && (has_apostrophe(quoted) || has_apostrophe(said)))
        grade = SB_GRADE_STYLE; /* "he's" may be "he is" or "he has" */
    free(quoted);
    free(said);
    return grade;
}

sb_status sb_pieces_grade(sb_pieces *pieces, const sb_quote_place_maker *maker, const sb_wording *wording,
                          sb_error *err)
{
    const char *speaker = main_speaker(pieces, &maker->runs);
    const namer n = {maker, wording};
    bool ok = true;
    for (size_t i = 0; ok && i < pieces->n_items; i++) {
        sb_wording_part *piece = &pieces->items[i];
        piece->is_foreign = has_foreign_word(piece, &maker->runs, speaker);
        if (sb_piece_differences(piece) > 0)
            piece->grade = piece->is_outside ? SB_GRADE_SUBSTANCE : grade_of(piece, &n, &ok);
    }
    return ok ? SB_OK : sb_error_memory(err, "verifying quotations");
}
