#include "quote/verify/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/run/run.h"
#include "base/text/text.h"

#define STYLE_WEIGHT 0.25 /* of a word that differs in style only */

static sb_diff_kind kind_of_match(const sb_wording *wording, size_t row, const sb_said_unit *unit)
{
    const sb_wording_row *r = &wording->rows[row];
    if (r->free)
        return SB_DIFF_BRACKET;
    if (r->id == unit->unit.id)
        return !unit->heard ? SB_DIFF_NOT_HEARD : unit->unit.is_contraction ? SB_DIFF_CHANGED : SB_DIFF_SAME;
    return sb_wording_fits(wording, row, unit) ? SB_DIFF_BRACKET : SB_DIFF_CHANGED;
}

static sb_diff_kind kind_of_missing(const sb_wording *wording, size_t boundary, const sb_said_unit *unit)
{
    if (wording->gaps[boundary])
        return SB_DIFF_LEFT_OUT;
    return unit->heard ? SB_DIFF_MISSING : SB_DIFF_NOT_HEARD;
}

static sb_wording_part piece_of(const sb_step *step, const sb_wording *wording, const sb_said *said)
{
    sb_wording_part piece = {.is_outside = step->is_outside};
    const sb_said_unit *unit = &said->units[step->unit];
    if (step->kind == SB_STEP_MATCH) {
        piece.kind = kind_of_match(wording, step->row, unit);
        piece.is_contraction = piece.kind == SB_DIFF_CHANGED && wording->rows[step->row].id == unit->unit.id;
    } else if (step->kind == SB_STEP_MISSING)
        piece.kind = kind_of_missing(wording, step->row, unit);
    else
        piece.kind = wording->rows[step->row].free ? SB_DIFF_BRACKET : SB_DIFF_ADDED;
    if (step->kind != SB_STEP_MISSING) {
        piece.first_quoted = wording->rows[step->row].first;
        piece.last_quoted = wording->rows[step->row].last;
        piece.n_quoted = piece.last_quoted - piece.first_quoted + 1;
        piece.n_rows = 1;
    }
    piece.n_proven = piece.kind == SB_DIFF_SAME && unit->proven ? piece.n_quoted : 0;
    if (step->kind != SB_STEP_ADDED) {
        piece.first_said = unit->unit.first_word;
        piece.last_said = unit->unit.last_word;
        piece.n_said = piece.last_said - piece.first_said + 1;
        piece.n_units = 1;
    }
    return piece;
}

static bool is_digits(const sb_wording *wording, const sb_wording_row *row)
{
    const char *text = row->id >= 0 ? wording->pattern.tokens.items[row->id].text : "";
    size_t size = strspn(text, "0123456789");
    return size > 0 && !text[size] && !row->is_spelled;
}

static const char *text_of(const sb_wording *wording, const sb_wording_row *row)
{
    return wording->pattern.tokens.items[row->id].text;
}

/* True for telephone numbers and the like, in which a hyphen is a blank: one of the numbers is long, or there
 * are more than two. */
static bool is_block(const sb_step *step, const sb_wording *wording, const sb_said *said)
{
    const sb_wording_row *row = &wording->rows[step->row];
    const sb_said_unit *unit = &said->units[step->unit];
    return strlen(text_of(wording, row)) > 2 || strlen(text_of(wording, row - 1)) > 2 ||
           row[-1].joint == '-' || unit[-1].unit.joint == '-' ||
           (step->row + 1 < wording->n_rows && row[1].joint == '-') ||
           (step->unit + 1 < said->n_units && unit[1].unit.joint == '-');
}

static bool is_year(const char *digits)
{
    return strlen(digits) == 4 && (digits[0] == '1' || digits[0] == '2');
}

/* "1990/91", "1999/00", "1990/1991". With a hyphen most are ranges, in which "to" is said. */
static bool are_years(const char *first, const char *second)
{
    if (!is_year(first) || (strlen(second) != 2 && !is_year(second)))
        return false;
    int from = atoi(first), until = atoi(second);
    if (until < 100)
        until += from / 100 * 100 + (from % 100 == 99 && until == 0 ? 100 : 0);
    return from < until;
}

static bool is_expression(const char *first, const char *second)
{
    static const char *const expressions[][2] = {{"9", "11"}, {"24", "7"}, {"50", "50"}, {"20", "20"}};
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
        if (strcmp(first, expressions[i][0]) == 0 && strcmp(second, expressions[i][1]) == 0)
            return true;
    return false;
}

/* True if the two numbers at a slash are no fraction: the slash may be a hyphen or a blank. Three numbers
 * are a date or the like. */
static bool is_slash_alone(const sb_step *step, const sb_wording *wording, const sb_said *said)
{
    const sb_wording_row *row = &wording->rows[step->row];
    const sb_said_unit *unit = &said->units[step->unit];
    const char *first = text_of(wording, row - 1), *second = text_of(wording, row);
    bool is_phone = first[0] == '0' && strlen(first) > 2;
    bool has_more =
        row->joint == '/'
            ? row[-1].joint == '/' || (step->row + 1 < wording->n_rows && row[1].joint == '/')
            : unit[-1].unit.joint == '/' || (step->unit + 1 < said->n_units && unit[1].unit.joint == '/');
    return is_phone || has_more || are_years(first, second) || is_expression(first, second);
}

static bool is_harmless(char left, char right, const sb_step *step, const sb_wording *wording,
                        const sb_said *said)
{
    if (left && right && (!strchr("-/", left) || !strchr("-/", right)))
        return false;
    char sign = left == '/' || right == '/' ? '/' : left ? left : right;
    if (sign == '/')
        return is_slash_alone(step, wording, said);
    return sign == '-' && is_block(step, wording, said);
}

/* True if two numbers are the same as before, but another sign joins them: "3/2", "3:2" and "3-2" are not "3
 * 2". In words they have no sign. */
static bool has_other_sign(const sb_steps *steps, size_t i, const sb_wording *wording, const sb_said *said)
{
    if (i == 0 || steps->items[i].kind != SB_STEP_MATCH || steps->items[i - 1].kind != SB_STEP_MATCH)
        return false;
    const sb_step *step = &steps->items[i];
    if (step->row != steps->items[i - 1].row + 1 || step->unit != steps->items[i - 1].unit + 1)
        return false;
    const sb_wording_row *row = &wording->rows[step->row], *before = row - 1;
    const sb_unit *unit = &said->units[step->unit].unit, *unit_before = &said->units[step->unit - 1].unit;
    if (row->joint == unit->joint || !is_digits(wording, row) || !is_digits(wording, before) ||
        row->id != unit->id || before->id != unit_before->id || unit->is_spelled || unit_before->is_spelled)
        return false;
    return !is_harmless(row->joint, unit->joint, step, wording, said);
}

static bool shares_word(const sb_wording_part *a, const sb_wording_part *b)
{
    return (a->n_quoted && b->n_quoted && b->first_quoted <= a->last_quoted) ||
           (a->n_said && b->n_said && b->first_said <= a->last_said);
}

static void absorb(sb_wording_part *to, const sb_wording_part *next)
{
    if (next->n_quoted) {
        to->first_quoted = to->n_quoted ? to->first_quoted : next->first_quoted;
        to->last_quoted = next->last_quoted;
        to->n_quoted = to->last_quoted - to->first_quoted + 1;
    }
    if (next->n_said) {
        to->first_said = to->n_said ? to->first_said : next->first_said;
        to->last_said = next->last_said;
        to->n_said = to->last_said - to->first_said + 1;
    }
    to->is_contraction = to->is_contraction && next->is_contraction;
    to->is_outside = to->is_outside || next->is_outside;
    to->n_rows += next->n_rows;
    to->n_units += next->n_units;
    to->n_proven += next->n_proven;
    to->n_proven = to->n_proven < to->n_quoted ? to->n_proven : to->n_quoted;
}

/* For two steps that share a word. */
static sb_diff_kind common_kind(sb_diff_kind a, sb_diff_kind b)
{
    if (a == b)
        return a;
    bool unheard = a == SB_DIFF_NOT_HEARD || b == SB_DIFF_NOT_HEARD;
    bool same = a == SB_DIFF_SAME || b == SB_DIFF_SAME;
    return unheard && same ? SB_DIFF_NOT_HEARD : SB_DIFF_CHANGED;
}

static bool is_change(sb_diff_kind kind)
{
    return kind == SB_DIFF_MISSING || kind == SB_DIFF_ADDED || kind == SB_DIFF_CHANGED;
}

static bool belong_together(const sb_wording_part *a, const sb_wording_part *b)
{
    if (is_change(a->kind) && is_change(b->kind))
        return a->is_outside == b->is_outside && a->is_contraction == b->is_contraction;
    return a->kind == b->kind && (a->kind != SB_DIFF_NOT_HEARD || !a->n_quoted == !b->n_quoted);
}

static void join_words(sb_pieces *pieces, const sb_steps *steps, const sb_wording *wording,
                       const sb_said *said)
{
    for (size_t i = 0; i < steps->n_items; i++) {
        sb_wording_part next = piece_of(&steps->items[i], wording, said);
        if (next.kind == SB_DIFF_SAME && has_other_sign(steps, i, wording, said)) {
            next.kind = SB_DIFF_CHANGED;
            next.n_proven = 0;
        }
        sb_wording_part *last = pieces->n_items ? &pieces->items[pieces->n_items - 1] : NULL;
        if (last && shares_word(last, &next)) {
            last->kind = common_kind(last->kind, next.kind);
            absorb(last, &next);
        } else {
            pieces->items[pieces->n_items++] = next;
        }
    }
}

static void join_kinds(sb_pieces *pieces)
{
    size_t n = 0;
    for (size_t i = 0; i < pieces->n_items; i++) {
        sb_wording_part *last = n ? &pieces->items[n - 1] : NULL, next = pieces->items[i];
        if (!last || !belong_together(last, &next)) {
            pieces->items[n++] = next;
            continue;
        }
        if (last->kind != next.kind)
            last->kind = SB_DIFF_CHANGED;
        absorb(last, &next);
    }
    pieces->n_items = n;
}

sb_status sb_pieces_make(sb_pieces *out, const sb_steps *steps, const sb_wording *wording,
                         const sb_said *said, sb_error *err)
{
    *out = (sb_pieces){.items = calloc(steps->n_items + 3, sizeof *out->items)};
    if (!out->items)
        return sb_error_memory(err, "verifying quotations");
    join_words(out, steps, wording, said);
    join_kinds(out);
    return SB_OK;
}

void sb_pieces_finish(sb_pieces *pieces)
{
    free(pieces->items);
    *pieces = (sb_pieces){0};
}

size_t sb_piece_differences(const sb_wording_part *piece)
{
    if (is_change(piece->kind))
        return piece->n_quoted > piece->n_said ? piece->n_quoted : piece->n_said;
    return piece->kind == SB_DIFF_NOT_HEARD ? piece->n_quoted : 0;
}

double sb_piece_weight(const sb_wording_part *piece)
{
    double missing = (double)piece->n_units, omitted = 2 + missing / 20, quoted = (double)piece->n_rows;
    if (piece->is_outside) /* the words of the quote were said */
        return 0;
    if (!is_change(piece->kind))
        return piece->kind == SB_DIFF_NOT_HEARD ? quoted : 0;
    missing = missing < omitted ? missing : omitted;
    return (quoted > missing ? quoted : missing) * (piece->grade == SB_GRADE_STYLE ? STYLE_WEIGHT : 1);
}

char *sb_piece_quoted(const sb_wording_part *piece, const sb_wording *wording, bool *ok)
{
    const sb_quoted_word *words = wording->quoted.words;
    sb_bytes text = {0};
    for (size_t w = piece->first_quoted; piece->n_quoted && w <= piece->last_quoted; w++)
        sb_bytes_print(&text, "%s%s",
                       w > piece->first_quoted ? sb_word_gap(words[w - 1].text, words[w].text) : "",
                       words[w].text);
    *ok = *ok && !text.failed;
    return text.data;
}

char *sb_piece_said(const sb_wording_part *piece, const sb_runs *runs, bool *ok)
{
    char *text = piece->n_said ? sb_runs_text(runs, piece->first_said, piece->last_said) : NULL;
    *ok = *ok && (text || !piece->n_said);
    return text;
}
