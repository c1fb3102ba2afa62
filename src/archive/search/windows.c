#include "archive/search/search.h"

#include "alignment/alignment.h"
#include "archive/pack/pack.h"
#include "base/run/run.h"
#include "base/text/text.h"
#include "base/words/words.h"

#include <stdlib.h>
#include <string.h>

/* Blocks [first, end) that may match, of one episode, next to each other. Their matches do not overlap with
 * those of other windows. */
typedef struct window {
    int64_t first, end;
    double rank; /* of its best block */
} window;

/* A window as an alignment. Matches begin in words [first_word, end_word), which begin with `block`. */
typedef struct view {
    sb_alignment alignment;
    size_t first_word, end_word;
    int64_t block;
} view;

static int by_block(const void *a, const void *b)
{
    const sb_candidate *x = a, *y = b;
    return (x->block > y->block) - (x->block < y->block);
}

static int by_rank(const void *a, const void *b)
{
    const window *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* With an expansion to sentences or turns, a window is a whole episode. */
static bool joins_window(const window *w, int64_t block, bool whole)
{
    return whole ? w->first >> SB_BLOCK_BITS == block >> SB_BLOCK_BITS : block == w->end;
}

static window *list_windows(sb_candidates *candidates, bool whole, size_t *n_windows)
{
    window *windows = calloc(candidates->n + 1, sizeof *windows);
    size_t n = 0;
    if (candidates->n > 1)
        qsort(candidates->items, candidates->n, sizeof *candidates->items, by_block);
    for (size_t i = 0; windows && i < candidates->n; i++) {
        sb_candidate c = candidates->items[i];
        if (n && joins_window(&windows[n - 1], c.block, whole)) {
            windows[n - 1].end = c.block + 1;
            windows[n - 1].rank = c.rank < windows[n - 1].rank ? c.rank : windows[n - 1].rank;
        } else {
            windows[n++] = (window){c.block, c.block + 1, c.rank};
        }
    }
    if (windows && n > 1)
        qsort(windows, n, sizeof *windows, by_rank);
    *n_windows = n;
    return windows;
}

static void view_finish(view *v)
{
    for (size_t i = 0; i < v->alignment.n_turns; i++)
        sb_aligned_turn_finish(&v->alignment.turns[i]);
    free(v->alignment.turns);
    *v = (view){0};
}

/* Moves words [from, end) of a view to the end of `out`, each row as one of its own. */
static bool move_words(sb_alignment *out, view *v, size_t from, size_t end)
{
    size_t word = 0;
    for (size_t i = 0; i < v->alignment.n_turns; i++) {
        sb_aligned_turn *turn = &v->alignment.turns[i];
        size_t first = from > word ? from - word : 0, last = end > word ? end - word : 0;
        word += turn->n_words;
        last = sb_least_size(last, turn->n_words);
        if (first >= last)
            continue;
        bool ok = sb_push_room(&out->turns, out->n_turns, sizeof *out->turns);
        sb_aligned_word *words = ok ? calloc(last - first, sizeof *words) : NULL;
        char *speaker = sb_copy_text(turn->speaker, &ok);
        if (!ok || !words) {
            free(words);
            free(speaker);
            return false;
        }
        for (size_t k = first; k < last; k++) {
            words[k - first] = turn->words[k];
            turn->words[k].text = NULL;
        }
        out->turns[out->n_turns++] = (sb_aligned_turn){.speaker = speaker,
                                                       .stamp = SB_TIME_NONE,
                                                       .start = SB_TIME_NONE,
                                                       .end = SB_TIME_NONE,
                                                       .words = words,
                                                       .n_words = last - first};
    }
    return true;
}

/* Words before the candidate blocks are there for the context, and those after for the ends of the
 * matches. */
static bool view_trim(view *v, size_t n_before, size_t n_after)
{
    view whole = *v;
    size_t from = v->first_word > n_before ? v->first_word - n_before : 0, end = v->end_word + n_after;
    v->alignment.turns = NULL;
    v->alignment.n_turns = 0;
    bool ok = move_words(&v->alignment, &whole, from, end);
    v->first_word -= from;
    v->end_word -= from;
    view_finish(&whole);
    return ok;
}

/* One block before shows the context, and those after have the ends of the matches. */
static sb_status view_read(view *out, sb_search *search, const sb_archive_source *source, const window *w,
                           size_t n_places, sb_error *err)
{
    bool whole = search->query->expand > SB_EXPAND_NONE;
    int64_t least = source->id << SB_BLOCK_BITS, most = (source->id + 1) << SB_BLOCK_BITS;
    int64_t from = whole || w->first == least ? least : w->first - 1;
    int64_t until = w->end + 1 + (int64_t)(n_places / (SB_BLOCK_WORDS / 2));
    const sb_archive_speakers *speakers = &source->speakers;
    *out = (view){.alignment.method = SB_METHOD_ACOUSTIC, .alignment.transcript.language = source->language};
    if (whole || until > most)
        until = most;
    if (!whole && from < w->first &&
        sb_archive_read_blocks(&out->alignment, search->archive, speakers, from, w->first, false, err))
        return err->status;
    out->first_word = whole ? 0 : sb_alignment_n_words(&out->alignment);
    int64_t first = whole ? from : w->first, end = whole ? until : w->end;
    out->block = first;
    if (sb_archive_read_blocks(&out->alignment, search->archive, speakers, first, end, true, err))
        return err->status;
    if (!out->alignment.n_turns)
        return sb_archive_damaged(search->archive, err);
    out->alignment.turns[0].goes_on = false;
    out->end_word = sb_alignment_n_words(&out->alignment);
    if (end < until &&
        sb_archive_read_blocks(&out->alignment, search->archive, speakers, end, until, true, err))
        return err->status;
    size_t n_before = search->context > SB_TERM_SPAN ? search->context : SB_TERM_SPAN;
    if (!whole && !view_trim(out, n_before, n_before + 3 * n_places)) /* a number may have several words */
        return sb_error_memory(err, "searching");
    return SB_OK;
}

/* Words [from, end) with what is between them. */
static char *text_between(const sb_alignment *alignment, size_t from, size_t end)
{
    sb_bytes out = {0};
    const sb_aligned_word *before = NULL;
    sb_bytes_append(&out, "", 0);
    for (size_t i = from; i < end; i++) {
        const sb_aligned_word *word = sb_alignment_word(alignment, i);
        sb_bytes_text(&out, before ? sb_word_gap(before->text, word->text) : "");
        sb_bytes_text(&out, word->text);
        before = word;
    }
    if (!out.failed && out.data)
        return out.data;
    bool failed = out.failed;
    sb_bytes_finish(&out);
    return failed ? NULL : sb_copy_text("", NULL);
}

static size_t index_of(const sb_alignment *alignment, size_t turn, size_t word)
{
    for (size_t i = 0; i < turn; i++)
        word += alignment->turns[i].n_words;
    return word;
}

static char *shown_speakers(const sb_archive_source *source, const sb_match *match)
{
    sb_bytes out = {0};
    sb_bytes_append(&out, "", 0);
    for (size_t i = 0; i < match->n_speakers; i++)
        for (size_t k = 0; k < source->speakers.n; k++)
            if (sb_same_text(source->speakers.names[k], match->speakers[i]))
                sb_bytes_print(&out, "%s%s", out.size ? ", " : "", source->shown[k]);
    if (!out.failed && out.data)
        return out.data;
    bool failed = out.failed;
    sb_bytes_finish(&out);
    return failed ? NULL : sb_copy_text("", NULL);
}

/* Words [first, end) of a view, with the matches of one window and their context. */
typedef struct part {
    size_t source, first, end;
    double rank;
    int64_t block;
    size_t block_word; /* its first word, in the view */
} part;

static sb_status add_match(sb_search *search, const part *in, const view *v, const sb_match *match,
                           sb_error *err)
{
    const sb_archive_source *from = &search->out->sources[in->source];
    size_t n_before = search->out->n_repeats;
    size_t first = index_of(&v->alignment, match->first_turn, match->first_word),
           end = index_of(&v->alignment, match->last_turn, match->last_word) + 1;
    if (!search->query->repeats && sb_archive_in_repeat(search->archive, from->id, match->span, err))
        search->out->n_repeats++;
    if (err->status || search->out->n_repeats > n_before)
        return err->status;
    if (!sb_push_room(&search->found, search->n_found, sizeof *search->found))
        return sb_error_memory(err, "searching");
    sb_found *found = &search->found[search->n_found++];
    *found = (sb_found){.source = in->source,
                        .rank = in->rank,
                        .is_literal = sb_word_same_core(match->text, search->query->text),
                        .block = in->block,
                        .word = (int64_t)first - (int64_t)in->block_word};
    sb_archive_match *to = &found->match;
    *to = (sb_archive_match){.how = match->how,
                             .score = match->score,
                             .span = match->span,
                             .confidence = match->confidence,
                             .n_not_heard = match->n_not_heard,
                             .estimated = match->estimated,
                             .n_words = end - first};
    to->text = sb_copy_text(match->text, NULL);
    to->why = sb_copy_text(match->why, NULL);
    to->speakers = shown_speakers(from, match);
    size_t least = first > in->first + search->context ? first - search->context : in->first;
    to->before = text_between(&v->alignment, least, first);
    to->after = text_between(&v->alignment, end, sb_least_size(in->end, end + search->context));
    return to->text && to->why && to->speakers && to->before && to->after ? SB_OK
                                                                          : sb_error_memory(err, "searching");
}

static sb_status search_window(sb_search *search, size_t source, const window *w,
                               const sb_selection *selection, size_t n_places, sb_error *err)
{
    view v;
    sb_matches *matches = NULL;
    sb_selection wanted = *selection;
    const sb_archive_source *from = &search->out->sources[source];
    if (search->query->n_speakers) {
        wanted.speakers = from->wanted;
        wanted.n_speakers = from->n_wanted;
    }
    if (!view_read(&v, search, from, w, n_places, err))
        sb_matches_find_only(&matches, &v.alignment, &wanted, NULL, err);
    part all = {source, 0, sb_alignment_n_words(&v.alignment), w->rank, v.block, v.first_word};
    for (size_t i = 0; !err->status && i < matches->n_items; i++) {
        const sb_match *match = &matches->items[i];
        size_t first = index_of(&v.alignment, match->first_turn, match->first_word);
        if (first >= v.first_word && first < v.end_word)
            add_match(search, &all, &v, match, err);
    }
    sb_matches_free(&matches);
    view_finish(&v);
    return err->status;
}

static bool is_among(const sb_archive_source *source, const char *speaker)
{
    for (size_t i = 0; i < source->n_wanted; i++)
        if (!strcmp(source->wanted[i], speaker))
            return true;
    return false;
}

static sb_status add_part(view *all, part *out, sb_search *search, size_t source, const window *w,
                          sb_error *err)
{
    view v;
    if (!view_read(&v, search, &search->out->sources[source], w, 1, err)) {
        size_t from = v.first_word > search->context ? v.first_word - search->context : 0,
               end = v.end_word + SB_TERM_SPAN;
        out->first = sb_alignment_n_words(&all->alignment);
        if (!move_words(&all->alignment, &v, from, end))
            sb_error_memory(err, "searching");
        *out = (part){source,  out->first, sb_alignment_n_words(&all->alignment),
                      w->rank, v.block,    out->first + v.first_word - from};
    }
    view_finish(&v);
    return err->status;
}

/* Matches over the edge of a part are none. The speakers are checked here, because the episodes have
 * different ones. */
static sb_status take_matches(sb_search *search, const view *all, const part *parts, size_t n_parts,
                              const sb_matches *matches, sb_error *err)
{
    for (size_t i = 0; i < matches->n_items && !err->status; i++) {
        const sb_match *match = &matches->items[i];
        size_t first = index_of(&all->alignment, match->first_turn, match->first_word),
               last = index_of(&all->alignment, match->last_turn, match->last_word), k = 0;
        while (k + 1 < n_parts && first >= parts[k].end)
            k++;
        const sb_archive_source *source = &search->out->sources[parts[k].source];
        bool is_wanted = last < parts[k].end;
        for (size_t s = 0; search->query->n_speakers && is_wanted && s < match->n_speakers; s++)
            is_wanted = is_among(source, match->speakers[s]);
        if (search->query->n_speakers && !match->n_speakers)
            is_wanted = false;
        if (is_wanted)
            add_match(search, &parts[k], all, match, err);
    }
    return err->status;
}

sb_status sb_search_sounds(sb_search *search, const char *language, sb_error *err)
{
    size_t n, n_parts = 0;
    view all = {.alignment.method = SB_METHOD_ACOUSTIC, .alignment.transcript.language = (char *)language};
    sb_matches *matches = NULL;
    sb_selection selection = {.sounds = &search->query->text, .n_sounds = 1, .expand = SB_EXPAND_NONE};
    selection.min_length = search->query->min_length;
    selection.max_length = search->query->max_length;
    window *windows = list_windows(&search->candidates, false, &n);
    part *parts = calloc(search->candidates.n + 1, sizeof *parts);
    if (!windows || !parts)
        sb_error_memory(err, "searching");
    for (size_t i = 0; !err->status && i < n; i++) {
        sb_archive_source *source = sb_search_source(search, windows[i].first >> SB_BLOCK_BITS, err);
        if (source)
            add_part(&all, &parts[n_parts++], search, (size_t)(source - search->out->sources), &windows[i],
                     err);
    }
    if (!err->status && n_parts &&
        !sb_matches_find_only(&matches, &all.alignment, &selection, search->archive->dictionary, err))
        take_matches(search, &all, parts, n_parts, matches, err);
    sb_matches_free(&matches);
    view_finish(&all);
    free(windows);
    free(parts);
    return err->status;
}

sb_status sb_search_windows(sb_search *search, const sb_selection *selection, size_t n_places, size_t enough,
                            sb_error *err)
{
    size_t n;
    window *windows = list_windows(&search->candidates, search->query->expand > SB_EXPAND_NONE, &n);
    if (!windows)
        return sb_error_memory(err, "searching");
    for (size_t i = 0; i < n && search->n_found < enough && !err->status; i++) {
        sb_archive_source *source = sb_search_source(search, windows[i].first >> SB_BLOCK_BITS, err);
        if (source)
            search_window(search, (size_t)(source - search->out->sources), &windows[i], selection, n_places,
                          err);
    }
    free(windows);
    return err->status;
}
