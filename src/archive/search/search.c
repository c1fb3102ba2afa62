#include "archive/search/search.h"

#include "base/run/run.h"
#include "base/text/text.h"
#include "quote/alike/alike.h"

#include <stdlib.h>
#include <string.h>

/* Blocks that are looked at, the best first, and those that are if too few of them match. Reading one takes
 * about 0.1 ms. */
#define FIRST_PLACES 500
#define MOST_PLACES  10000
/* By sound, each earlier place of the same spelling, up to SAME_MOST of them, lowers the rank of a match by
 * this much of its score. */
#define SAME_COST 0.15
#define SAME_MOST 2
/* More matches than wanted are made, so that those with the exact spelling come first. */
#define MORE 2

static void match_finish(sb_archive_match *match)
{
    free(match->speakers);
    free(match->text);
    free(match->before);
    free(match->after);
    free(match->why);
}

static void forget_found(sb_search *search)
{
    for (size_t i = 0; i < search->n_found; i++)
        match_finish(&search->found[i].match);
    search->n_found = 0;
}

static void search_finish(sb_search *search)
{
    forget_found(search);
    free(search->found);
    free(search->source_of);
    free(search->candidates.items);
    sb_alias_list_finish(&search->aliases);
}

static sb_selection selection_of(const sb_search *search)
{
    const sb_archive_query *query = search->query;
    return (sb_selection){.expand = query->expand == SB_EXPAND_AUTO ? SB_EXPAND_NONE : query->expand,
                          .min_length = query->min_length,
                          .max_length = query->max_length};
}

static sb_status look(sb_search *search, sb_selection *selection, const sb_bytes *expression, size_t n_places,
                      sb_error *err)
{
    if (expression->failed)
        return sb_error_memory(err, "searching");
    if (!expression->size ||
        sb_search_candidates(search, expression->data, MOST_PLACES, &search->out->n_places, err))
        return err->status;
    sb_candidates *list = &search->candidates;
    size_t n = list->n;
    bool is_cut = search->out->n_places > n;
    list->n = sb_least_size(n, FIRST_PLACES);
    sb_search_windows(search, selection, n_places, search->limit * MORE, err);
    if (!err->status && search->n_found <= search->limit && n > list->n) {
        forget_found(search);
        search->out->n_repeats = 0;
        list->n = n;
        sb_search_windows(search, selection, n_places, search->limit + 1, err);
    }
    search->out->is_partial = is_cut && search->n_found <= search->limit;
    return err->status;
}

static sb_status find_phrase(sb_search *search, sb_error *err)
{
    sb_phrases phrases;
    sb_bytes expression = {0};
    size_t n_places = 0;
    sb_phrases_expand(&phrases, search->archive, search->query->text, err);
    for (size_t i = 0; i < phrases.n && !err->status; i++) {
        sb_pattern pattern;
        sb_term_query terms = {0};
        if (sb_pattern_init(&pattern, phrases.items[i], err))
            break;
        n_places = pattern.tokens.n_items > n_places ? pattern.tokens.n_items : n_places;
        if (!sb_phrase_terms(&terms, &pattern, err)) {
            sb_bytes_text(&expression, i ? " OR (" : "(");
            sb_search_expression(&expression, &terms);
            sb_bytes_text(&expression, ")");
        }
        sb_term_query_finish(&terms);
        sb_pattern_finish(&pattern);
    }
    sb_selection selection = selection_of(search);
    selection.phrases = (const char *const *)phrases.items;
    selection.n_phrases = phrases.n;
    if (!err->status)
        look(search, &selection, &expression, n_places, err);
    sb_bytes_finish(&expression);
    sb_phrases_finish(&phrases);
    return err->status;
}

static sb_status list_languages(sb_phrases *out, sb_archive *archive, sb_error *err)
{
    sb_rows *rows = sb_database_read(archive->database, err, "SELECT DISTINCT language FROM episode", "");
    while (sb_rows_next(rows, err)) {
        bool ok = true;
        char *language = sb_rows_is_null(rows, 0) ? NULL : sb_copy_text(sb_rows_text(rows, 0), &ok);
        if (!ok || !sb_push_room(&out->items, out->n, sizeof *out->items)) {
            free(language);
            sb_error_memory(err, "searching");
        } else {
            out->items[out->n++] = language;
        }
    }
    sb_rows_end(&rows);
    return err->status;
}

static sb_status find_near(sb_search *search, sb_error *err)
{
    sb_phrases languages = {0};
    sb_bytes expression = {0};
    sb_pattern pattern;
    sb_term_query terms = {0};
    sb_selection selection = selection_of(search);
    selection.near = &search->query->text;
    selection.n_near = 1;
    if (sb_pattern_init(&pattern, search->query->text, err))
        return err->status;
    if (!list_languages(&languages, search->archive, err) && languages.n &&
        !sb_near_terms(&terms, &pattern, (const char *const *)languages.items, languages.n, err)) {
        sb_search_near_expression(&expression, &terms, SB_NEAR_WINDOW(pattern.tokens.n_items));
        look(search, &selection, &expression, SB_TERM_SPAN, err);
    }
    sb_term_query_finish(&terms);
    sb_pattern_finish(&pattern);
    sb_bytes_finish(&expression);
    sb_phrases_finish(&languages);
    return err->status;
}

static int by_worth(const void *a, const void *b)
{
    const sb_found *x = a, *y = b;
    if (x->match.score != y->match.score)
        return x->match.score > y->match.score ? -1 : 1;
    if (x->is_literal != y->is_literal)
        return x->is_literal ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->match.span.start > y->match.span.start) - (x->match.span.start < y->match.span.start);
}

/* By sound, further places of one spelling rank lower, so that other spellings are among the first. */
static void spread_spellings(sb_search *search)
{
    if (search->n_found > 1)
        qsort(search->found, search->n_found, sizeof *search->found, by_worth);
    for (size_t i = 0; i < search->n_found; i++) {
        size_t n_same = 0;
        for (size_t k = 0; k < i && n_same < SAME_MOST; k++)
            n_same += strcmp(search->found[k].match.text, search->found[i].match.text) == 0;
        search->found[i].rank = -search->found[i].match.score + SAME_COST * (double)n_same;
    }
}

static int by_rank_of_spelling(const void *a, const void *b)
{
    const sb_found *x = a, *y = b;
    return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank) : by_worth(a, b);
}

/* The best matches move to the result. */
static sb_status take_best(sb_search *search, sb_error *err)
{
    sb_archive_matches *out = search->out;
    size_t n = sb_least_size(search->n_found, search->limit);
    out->items = calloc(n + 1, sizeof *out->items);
    if (!out->items)
        return sb_error_memory(err, "searching");
    bool by_sound = search->n_found && search->found[0].match.how == SB_MATCH_SOUND;
    if (by_sound)
        spread_spellings(search);
    if (search->n_found > 1)
        qsort(search->found, search->n_found, sizeof *search->found,
              by_sound ? by_rank_of_spelling : by_worth);
    for (size_t i = 0; i < n && !err->status; i++) {
        const sb_archive_source *source = &out->sources[search->found[i].source];
        sb_archive_match *match = &out->items[out->n_items++];
        *match = search->found[i].match;
        search->found[i].match = (sb_archive_match){0};
        match->episode = source->name;
        match->audio = source->audio;
        match->transcript = source->transcript;
        match->title = source->title;
        match->date = source->date;
        if (search->query->places)
            sb_search_place(match, search, &search->found[i], err);
    }
    /* A place in the index is a block, which may have several matches. */
    bool has_all = search->n_found <= search->limit;
    out->n_places = has_all ? n : out->n_places > search->n_found ? out->n_places : search->n_found;
    return err->status;
}

static sb_status find_with(sb_search *search, sb_search_how how, sb_error *err)
{
    search->candidates.n = 0;
    search->out->n_repeats = 0;
    return how == SB_SEARCH_NEAR    ? find_near(search, err)
           : how == SB_SEARCH_SOUND ? sb_search_by_sound(search, err)
                                    : find_phrase(search, err);
}

/* The text may have too many words for either; then it was only searched as it is. */
static sb_status find_alike(sb_search *search, sb_error *err)
{
    bool was_partial = search->out->is_partial;
    find_with(search, SB_SEARCH_NEAR, err);
    if (err->status == SB_ERR_ARGUMENT)
        *err = (sb_error){0};
    if (!err->status && search->n_found == 0)
        find_with(search, SB_SEARCH_SOUND, err);
    if (err->status == SB_ERR_ARGUMENT)
        *err = (sb_error){0};
    search->out->is_partial = search->out->is_partial || was_partial;
    return err->status;
}

static sb_status check_query(const sb_archive_query *query, sb_error *err)
{
    sb_pattern pattern;
    if (sb_pattern_init(&pattern, query->text, err))
        return err->status;
    sb_pattern_finish(&pattern);
    sb_selection selection = {.min_length = query->min_length, .max_length = query->max_length};
    return sb_selection_check(&selection, err);
}

static sb_status find_in_archive(sb_search *search, sb_error *err)
{
    const sb_archive_query *query = search->query;
    if (check_query(query, err) || sb_alias_list_read(&search->aliases, search->archive, err) ||
        find_with(search, query->how, err))
        return err->status;
    if (search->n_found == 0 && search->out->n_repeats == 0 && query->or_alike &&
        query->how == SB_SEARCH_PHRASE && find_alike(search, err))
        return err->status;
    if (search->n_found == 0 && search->out->n_repeats == 0 && sb_search_find_unmet(search, err))
        return err->status;
    return take_best(search, err);
}

sb_status sb_archive_find(sb_archive_matches **out, sb_archive *archive, const sb_archive_query *query,
                          sb_error *err)
{
    sb_error reason = {0};
    *out = calloc(1, sizeof **out);
    sb_search search = {.archive = archive,
                        .query = query,
                        .out = *out,
                        .limit = query->limit ? query->limit : SB_SEARCH_LIMIT,
                        .context = query->context ? query->context : SB_SEARCH_CONTEXT};
    if (!*out)
        sb_error_memory(&reason, "searching");
    else if (!sb_archive_begin_reading(archive, &reason))
        find_in_archive(&search, &reason);
    sb_archive_end_reading(archive);
    if (reason.status)
        sb_archive_matches_free(out);
    search_finish(&search);
    return sb_archive_report(err, &reason);
}

void sb_archive_matches_free(sb_archive_matches **matches)
{
    if (!*matches)
        return;
    for (size_t i = 0; i < (*matches)->n_items; i++)
        match_finish(&(*matches)->items[i]);
    for (size_t i = 0; i < (*matches)->n_sources; i++)
        sb_archive_source_finish(&(*matches)->sources[i]);
    free((*matches)->items);
    free((*matches)->sources);
    free(*matches);
    *matches = NULL;
}
